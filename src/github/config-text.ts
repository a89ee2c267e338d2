/**
 * Reads the text of the config from the default branch. The parser comes from the caller, because YAML and the schema are
 * half of the action's bundle, and most events need neither.
 */
import { COMMAND_LABELS, CONFIG_FILES, type Config, isLabel, labelName, STATE_LABELS } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';
import type { Client } from './client.ts';

/** A config's text on the default branch, not parsed yet. */
export interface ConfigText {
  readonly file: string;
  readonly text: string | undefined;
  /** True if both spellings of the file name exist. */
  readonly ambiguous: boolean;
}

interface ParsedConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

export type ParseConfig = (config: ConfigText) => ParsedConfig | Promise<ParsedConfig>;

/** The config under both spellings of its name. */
export interface ConfigAnswer {
  readonly yml: { readonly text: string | null } | null;
  readonly yaml: { readonly text: string | null } | null;
}

/** Read from the default branch only. */
export const CONFIG_FIELDS = `yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }`;

const CONFIG = `query SwarmConfig($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${CONFIG_FIELDS}
  }
}`;

/** The config's text on the default branch. */
export async function readConfigText(client: Client, repository: RepositoryName): Promise<ConfigText> {
  const answer = await client.queryWithNulls<{ repository: ConfigAnswer | null }>(CONFIG, {
    ...repository,
  });
  return configTextIn(answer.repository);
}

export const configTextIn = (answer: ConfigAnswer | null): ConfigText => ({
  file: answer?.yml || !answer?.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
  text: (answer?.yml ?? answer?.yaml)?.text ?? undefined,
  ambiguous: Boolean(answer?.yml && answer.yaml),
});

/** Swarm's labels, under the names that the repository chose for them. */
export interface OwnLabels {
  readonly kindOf: (name: string) => 'command' | 'state' | undefined;
  /** Those that people put on an issue. */
  readonly commands: readonly string[];
}

export async function readOwnLabels(
  client: Client,
  repository: RepositoryName,
  parseConfig: ParseConfig,
): Promise<OwnLabels> {
  const { config } = await parseConfig(await readConfigText(client, repository));
  return {
    kindOf: (name) => {
      if (COMMAND_LABELS.some((label) => isLabel(name, config, label))) return 'command';
      return STATE_LABELS.some((label) => isLabel(name, config, label)) ? 'state' : undefined;
    },
    commands: COMMAND_LABELS.map((label) => labelName(config, label)),
  };
}
