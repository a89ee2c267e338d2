/** What agents and providers say when they fail, in their own words, and what swarm makes of it. */
import { describe, expect, it } from 'vitest';
import { type FailureKind, kindOf } from '../../src/agents/failure.ts';
import { waitIn } from '../../src/agents/wait.ts';

describe('what a failure is', () => {
  it.each<[FailureKind, string, number?]>([
    ['no credentials', 'Not logged in · Please run /login'],
    [
      'no credentials',
      'API Error: 401 {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
    ],
    ['no credentials', 'Failed to authenticate. API Error: 401 it failed here', 401],
    ['no credentials', 'OAuth token has expired. Please obtain a new token or refresh your existing token.'],
    [
      'no credentials',
      'unexpected status 401 Unauthorized: Incorrect API key provided, url: https://api.openai.com/v1/responses',
    ],
    ['no credentials', 'Missing environment variable: `CODEX_API_KEY`.'],
    [
      'no credentials',
      'Error: No authentication information found.\n\nCopilot can be authenticated with GitHub using an OAuth Token',
    ],
    ['no credentials', 'Authentication failed with provider at https://api.example.com/v1 (HTTP 401).', 401],
    [
      'no credentials',
      'Please set an Auth method in your ~/.gemini/settings.json or specify one of the following environment variables before running: GEMINI_API_KEY',
    ],
    ['no credentials', 'Invalid auth method selected.'],
    ['no credentials', '[API Error: {"error":{"code":401,"message":"it failed","status":"UNAUTHENTICATED"}}]'],
    ['no credentials', 'API key not valid. Please pass a valid API key.', 400],
    ['no credentials', 'Authentication required'],
    ['no credentials', 'Your access token could not be refreshed: access token has expired'],
    ['no credentials', 'forbidden', 403],
    ['no credit', 'Your credit balance is too low to access the Anthropic API.', 400],
    ['no credit', 'You exceeded your current quota, please check your plan and billing details.', 429],
    ['no credit', '{"error":{"code":"insufficient_quota"}}', 429],
    ['no credit', 'Payment Required', 402],
    ['no credit', 'Insufficient Balance'],
    ['model refused', 'The model `gpt-9` does not exist or you do not have access to it.', 404],
    [
      'model refused',
      'There is an issue with the selected model (claude-9). It may not exist or you may not have access to it.',
    ],
    [
      'model refused',
      'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
      404,
    ],
    ['model refused', 'ProviderModelNotFoundError: mock/none'],
    ['model refused', '{"type":"error","error":{"type":"not_found_error","message":"model: claude-9 not found"}}', 404],
    ['model refused', "The 'gpt-9' model is not supported when using Codex with a ChatGPT account."],
    ['later', 'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 529],
    [
      'later',
      'Model metadata for `mock-model` not found. Defaulting to fallback metadata. unexpected status 529 <unknown status code>: it failed',
    ],
    ['later', 'overloaded (HTTP 529)'],
    ['later', 'Rate limit reached for gpt-5 in organization org-1 on tokens per min. Please try again in 20s.', 429],
    ['later', 'Claude AI usage limit reached|1790000000'],
    ['later', "You've hit your usage limit. Try again in 3 hours 20 minutes."],
    ['later', '{"error":{"code":429,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED"}}'],
    [
      'later',
      'Failed to get response from the AI model; retried 5 times (total retry wait time: 14.02 seconds) Last error: 529 it failed here',
      529,
    ],
    ['later', 'stream disconnected before completion: error sending request for url'],
    ['later', 'Reconnecting... waiting for network'],
    ['later', 'Attempt 3 failed. Retrying with backoff... Error: exception TypeError: fetch failed sending request'],
    ['later', 'connect ECONNREFUSED 10.0.0.1:443'],
    ['later', 'Internal server error', 500],
    ['later', 'Bad gateway', 502],
    ['later', 'Claude AI usage limit reached|1790000000'],
    ['later', '5-hour limit reached ∙ resets 3pm'],
    ['later', 'You’ve hit your limit · resets 3pm (America/New_York)'],
    ['later', 'You’ve hit your weekly limit · resets Oct 12, 3pm'],
    ['later', 'You’re out of extra usage · resets Mar 3, 6am (UTC)'],
    [
      'later',
      'You’ve hit your usage limit. Visit the billing page to purchase more credits or try again in 3 days 4 hours.',
    ],
    ['no credit', 'You’re out of extra usage'],
    ['context', 'Prompt is too long'],
    [
      'context',
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens.",
      400,
    ],
    ['context', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', 400],
    ['context', 'Request Entity Too Large', 413],
    [
      'declined',
      'API Error: Claude Code is unable to respond to this request, which appears to violate our Usage Policy',
    ],
    ['declined', 'Invalid prompt: your prompt was flagged as potentially violating our content policy.'],
    ['unknown', 'TypeError: Cannot read properties of undefined'],
    ['unknown', 'error: unexpected argument --json found'],
    ['unknown', ''],
  ])('%s: %s', (kind, message, status) => {
    expect(kindOf({ message, ...(status === undefined ? {} : { status }) })).toBe(kind);
  });

  it('is found in a text of any length and form in no time', () => {
    const long = 'model '.repeat(20_000) + 'no_'.repeat(20_000);
    expect(kindOf({ message: long })).toBe('unknown');
  });
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long to wait', () => {
  // A Monday.
  const now = Date.UTC(2026, 8, 21, 12);
  it.each<[string, number | undefined]>([
    ['Please try again in 20s.', 20_000],
    ['rate limited, retry after 1.5 minutes', 90_000],
    ['Retry-After: 30', 30_000],
    ['"retryDelay":"34s"', 34_000],
    ['{"resets_in_seconds":3600}', HOUR],
    ['Try again in 3 hours', 3 * HOUR],
    ['try again in 250ms', 250],
    ['try again in 250 milliseconds', 250],
    ['Please try again in 6m0s.', 6 * MINUTE],
    ['Your quota will reset after 18h31m7s.', 18 * HOUR + 31 * MINUTE + 7_000],
    ['try again in 3 days 4 hours 12 minutes.', 3 * DAY + 4 * HOUR + 12 * MINUTE],
    ['try again in 3 days, 4 hours and 1 minute', 3 * DAY + 4 * HOUR + MINUTE],
    ['resets in 1 week', 7 * DAY],
    ['try again in 90 days', 8 * DAY],
    ['try again in 5 apples', undefined],
    ['try again in 20 seconds, please', 20_000],
    ['Retrying failed, try again in 5 minutes', 5 * MINUTE],
    [`usage limit reached|${now / 1_000 + 600}`, 600_000],
    [`usage limit reached|${now / 1_000 + 30 * 86_400}`, 8 * DAY],
    [`"resets_at":${now / 1_000 + 600}`, 600_000],
    ['usage limit reached|1000000000', undefined],
    ['Overloaded', undefined],
    ['try again in 999999 hours', 8 * DAY],
    ['5-hour limit reached ∙ resets 3pm (UTC)', 3 * HOUR],
    ['You’ve hit your limit · resets 3:45pm (Etc/UTC)', 3 * HOUR + 45 * MINUTE],
    ['resets at 15:00 UTC', 3 * HOUR],
    ['resets 9am (UTC)', 21 * HOUR],
    ['resets 12am (UTC)', 12 * HOUR],
    ['resets 12pm (UTC)', DAY],
    ['resets 3pm (America/New_York)', 7 * HOUR],
    ['resets 3pm (Europe/Berlin)', HOUR],
    ['Weekly limit reached ∙ resets Thu 9am (UTC)', 2 * DAY + 21 * HOUR],
    ['Weekly limit reached ∙ resets Monday, 9am (UTC)', 6 * DAY + 21 * HOUR],
    ['resets Sep 24, 6am (UTC)', 2 * DAY + 18 * HOUR],
    ['resets Sep 20, 6am (UTC)', undefined],
    ['try again at Sep 23rd, 2026 4:11 PM UTC.', 2 * DAY + 4 * HOUR + 11 * MINUTE],
    ['wait for your limit to reset on September 27, 2026 at 12:00 AM (UTC).', 5 * DAY + 12 * HOUR],
    ['Retry-After: Wed, 23 Sep 2026 07:28:00 GMT', DAY + 19 * HOUR + 28 * MINUTE],
    ['resets at 2026-09-22T09:00:00Z', 21 * HOUR],
    ['resets at 2026-09-22 09:00 UTC', 21 * HOUR],
    ['resets at 2026-09-22T09:00:00.123+02:00', 19 * HOUR],
    ['resets 99:99', undefined],
    ['resets 25pm', undefined],
    ['reset 3 of 5 counters', undefined],
    ['try again (Not/Azone)', undefined],
  ])('%s', (message, waitMs) => {
    expect(waitIn(message, now)).toBe(waitMs);
  });

  it('over the end of the year', () => {
    expect(waitIn('resets Jan 1, 6am (UTC)', Date.UTC(2026, 11, 30, 6))).toBe(2 * DAY);
  });

  it('over a change of the clock', () => {
    // In Berlin, summer time ends on 25 October 2026 at 3 in the morning.
    expect(waitIn('resets 9am (Europe/Berlin)', Date.UTC(2026, 9, 24, 20))).toBe(12 * HOUR);
  });

  it('by the zone of the machine, where the message names none', () => {
    const at = new Date(2026, 8, 21, 12);
    expect(waitIn('resets 3pm', at.getTime())).toBe(3 * HOUR);
  });

  it('is found in a text of any length and form in no time', () => {
    const before = performance.now();
    for (const part of ['retry ', 'resets 1', 'reset Jan 1, ', 'try again in 1 h ', '1m1s', `wait${' '.repeat(60)}`]) {
      waitIn(part.repeat(20_000), now);
    }
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
