/**
 * Formats of credentials: one list for two uses. `safe.ts` removes them from everything that is shown, and the secret scan
 * (`git/secrets.ts`) rejects a change that adds one.
 *
 * The list has only formats that are unmistakable: a prefix chosen by the provider, or a name that ordinary text does not
 * have before such a value. A letter before the prefix does not prevent a match: in JSON, a token after a line break is
 * `\nghp_…`, with an `n` before it. Each pattern takes linear time on any text: it ends in one character class, and a new
 * match cannot start inside the run of an earlier attempt.
 */

export interface CredentialForm {
  /** Its name in messages. */
  readonly kind: string;
  readonly pattern: RegExp;
}

export const CREDENTIAL_FORMS: readonly CredentialForm[] = [
  // Since April 2026, installation tokens have about 520 characters, including dots, underscores and dashes.
  { kind: 'GitHub token', pattern: /gh[pousr]_[A-Za-z0-9._-]{36,}/g },
  { kind: 'GitHub token', pattern: /github_pat_[A-Za-z0-9_]{22,}/g },
  { kind: 'GitLab token', pattern: /gl(?:pat|dt|rt|cbt|ptt|soat|agent)-[A-Za-z0-9_-]{20,}/g },
  { kind: 'Anthropic key', pattern: /sk-ant-[A-Za-z0-9_-]{24,}/g },
  { kind: 'OpenAI key', pattern: /sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{32,}/g },
  { kind: 'Google API key', pattern: /AIza[A-Za-z0-9_-]{35}/g },
  { kind: 'Google client secret', pattern: /GOCSPX-[A-Za-z0-9_-]{24,}/g },
  { kind: 'AWS key id', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}(?![A-Z0-9])/g },
  {
    kind: 'AWS secret key',
    pattern: /aws_secret_access_key["']?\s{0,5}[:=]\s{0,5}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  },
  { kind: 'Azure account key', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g },
  { kind: 'Slack token', pattern: /xox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { kind: 'Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}/g },
  { kind: 'Stripe key', pattern: /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}/g },
  { kind: 'Stripe webhook secret', pattern: /whsec_[A-Za-z0-9+/]{32,}/g },
  { kind: 'SendGrid key', pattern: /SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}/g },
  { kind: 'npm token', pattern: /npm_[A-Za-z0-9]{36}/g },
  { kind: 'PyPI token', pattern: /pypi-AgE[A-Za-z0-9_-]{50,}/g },
  { kind: 'Docker token', pattern: /dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,}/g },
  { kind: 'Docker login', pattern: /"auth"\s{0,5}:\s{0,5}"[A-Za-z0-9+/]{20,}={0,2}"/g },
  { kind: 'Hugging Face token', pattern: /hf_[A-Za-z0-9]{34,}/g },
  { kind: 'Groq key', pattern: /gsk_[A-Za-z0-9]{48,}/g },
  { kind: 'xAI key', pattern: /xai-[A-Za-z0-9]{64,}/g },
  { kind: 'Vault token', pattern: /hv[sbr]\.[A-Za-z0-9_-]{24,}/g },
  { kind: 'DigitalOcean token', pattern: /do[opr]_v1_[a-f0-9]{64}/g },
  { kind: 'Shopify token', pattern: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g },
  { kind: 'Databricks token', pattern: /dapi[a-f0-9]{32}/g },
  { kind: 'Grafana token', pattern: /gl(?:sa|c)_[A-Za-z0-9+/_]{32,}/g },
  { kind: 'Linear key', pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/g },
  { kind: 'Notion token', pattern: /ntn_[A-Za-z0-9]{40,}/g },
  { kind: 'Figma token', pattern: /fig[dorsu]_[A-Za-z0-9_-]{36,}/g },
  { kind: 'Tailscale key', pattern: /tskey-[a-z]{2,12}-[A-Za-z0-9-]{16,}/g },
  { kind: 'Postman key', pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/g },
  { kind: 'Cloudflare token', pattern: /CLOUDFLARE_API_(?:TOKEN|KEY)["']?\s{0,5}[:=]\s{0,5}["']?[A-Za-z0-9_-]{37,}/g },
  { kind: 'Telegram bot token', pattern: /(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g },
  { kind: 'age secret key', pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/g },
  { kind: 'JSON web token', pattern: /(?:(?<![\w-])|(?<=\\[nrt]))eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
];
