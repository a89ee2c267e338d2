/**
 * The meaning of an agent's error, in one table. Providers and agents word the same few failures in many ways, and exit
 * codes say almost nothing. The kind of a failure decides what helps: a person (keys, credit, the model's name), time
 * (limits, outages), or another text of the segment.
 *
 * Messages are untrusted and only searched. Rules are tried in order; the first match counts.
 */
import type { WorkProblem } from '#core/model/problem';
import { waitIn } from './wait.ts';

export type FailureKind =
  | 'no credit'
  | 'no credentials'
  | 'model refused'
  | 'context'
  | 'money'
  | 'turns'
  | 'later'
  | 'declined'
  | 'unknown';

/** A failure as an agent reports it. */
export interface Failure {
  /** The provider's HTTP status. */
  readonly status?: number;
  readonly message: string;
  /** Only if the agent's format states it. */
  readonly kind?: FailureKind;
}

interface FailureRule {
  readonly kind: FailureKind;
  readonly status?: readonly number[];
  /** Without nested repetition, because it searches untrusted text. */
  readonly pattern: RegExp;
}

const RULES: readonly FailureRule[] = [
  // An allowance that renews automatically, although the same words can mean an empty account.
  { kind: 'later', pattern: /(?:out of (?:extra )?usage|hit your .{0,20}limit).{0,80}(?:resets?|try again)\b/i },
  {
    kind: 'no credit',
    status: [402],
    pattern:
      /credit balance|insufficient[_ ](?:quota|credits?|funds|balance)|billing|payment required|exceeded your (?:current )?(?:monthly )?(?:quota|spend)|out of (?:extra )?(?:usage|credits)|no (?:remaining )?(?:premium requests|credits)/i,
  },
  {
    kind: 'context',
    status: [413],
    pattern:
      /context[_ ](?:length|window)|prompt is too long|maximum context|too many tokens in|input (?:token count|is too long)|exceeds the maximum number of tokens|request_too_large/i,
  },
  {
    kind: 'model refused',
    pattern:
      /model[_ ]not[_ ](?:found|supported|available)|(?:unknown|invalid|unsupported) model|model (?!metadata).{0,120}(?:does not exist|not exist|is not (?:found|supported|available)|not found|may not exist)|not have access to (?:the |this |it)?.{0,60}model|no such model|ProviderModelNotFound|issue with the selected model/i,
  },
  {
    kind: 'no credentials',
    status: [401],
    pattern:
      /not logged in|please run .{0,20}login|unauthori[sz]ed|authentication[_ ](?:error|required|failed|fails)|(?:invalid|incorrect|missing|expired|no)[_ ](?:x-)?api[- _]?key|api[- _]?key (?:is |was )?(?:not (?:valid|set|found)|invalid|missing|expired)|no authentication information|invalid bearer|(?:access|oauth|auth) token (?:has )?(?:expired|is invalid)|set an auth method|must specify the .{0,40}(?:key|environment variable)|invalid auth method|permission_error|missing environment variable|UNAUTHENTICATED|missing scopes?/i,
  },
  {
    kind: 'later',
    status: [408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529],
    pattern:
      /rate[-_ ]?limit|too many requests|overloaded|usage limit|hit your (?:[a-z0-9-]{1,20} )?limit|limit (?:reached|will reset)|quota|resource[_ ]exhausted|temporarily unavailable|service unavailable|server[_ ]error|bad gateway|gateway time-?out|(?:high|heavy) (?:demand|load|traffic)|at capacity|try again (?:later|in)|connection (?:error|refused|reset|closed)|network error|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|fetch failed|socket hang up|stream disconnected|error sending request|request timed out|UNAVAILABLE|transport error|reconnecting/i,
  },
  {
    kind: 'no credentials',
    status: [403],
    pattern: /access denied|permission denied|forbidden/i,
  },
  { kind: 'model refused', status: [404], pattern: /\bmodel\b.{0,80}\b404\b/i },
  {
    kind: 'declined',
    pattern:
      /content[_ ](?:policy|filter)|usage policy|blocked by (?:the )?safety|refused to (?:answer|respond)|stop_reason.{0,5}refusal/i,
  },
];

const SEARCHED_CHARS = 4_000;

export function kindOf({ status, message, kind }: Failure): FailureKind {
  if (kind !== undefined) return kind;
  const words = message.slice(0, SEARCHED_CHARS);
  // The text counts before the status: a 400 or a 429 can mean an empty account.
  const byText = RULES.find(({ pattern }) => pattern.test(words))?.kind;
  if (byText !== undefined && byText !== 'later') return byText;
  const number = status ?? statusIn(words);
  const byStatus = number === undefined ? undefined : RULES.find((row) => row.status?.includes(number))?.kind;
  return byStatus ?? byText ?? 'unknown';
}

/** `API Error: 529 …`, `status 401`, `HTTP 503`, `"code":429`. */
function statusIn(words: string): number | undefined {
  const found = /(?:error:?|status(?: code)?:?|http(?:\/\d(?:\.\d)?)?|"code":|code:?|\[)\s?\(?([45]\d\d)\b/i.exec(
    words,
  );
  return found ? Number(found[1]) : undefined;
}

/** The facts about the agent that a problem mentions. */
export interface FailureContext {
  /** Its name in the config. */
  readonly agent: string;
  readonly program: string;
  /** Names of the variables that can hold its key. */
  readonly keys: readonly string[];
  readonly model: string | undefined;
  readonly maxTurns: number | undefined;
  readonly turns: number | undefined;
  readonly budget: { readonly usd: number; readonly of: 'segment' | 'agent' } | undefined;
  readonly spentUsd: number | undefined;
  /** How its process ended, in words. */
  readonly exit: string;
}

const MESSAGE_CHARS = 1_000;

/** The problem to report for a failure. */
export function problemOf(failure: Failure, context: FailureContext, nowMs: number): WorkProblem {
  const message = oneLine(failure.message) || context.exit;
  const { agent } = context;
  switch (kindOf(failure)) {
    case 'no credentials':
      return { kind: 'AGENT_NO_CREDENTIALS', agent, keys: context.keys, message };
    case 'no credit':
      return { kind: 'AGENT_NO_CREDIT', agent, message };
    case 'model refused':
      return {
        kind: 'AGENT_MODEL_REFUSED',
        agent,
        ...(context.model === undefined ? {} : { model: context.model }),
        message,
      };
    case 'context':
      return { kind: 'AGENT_CONTEXT', agent, message };
    case 'declined':
      return { kind: 'AGENT_DECLINED', agent, message };
    case 'turns':
      return { kind: 'AGENT_TURNS', agent, turns: context.turns ?? context.maxTurns ?? 0 };
    case 'money':
      return {
        kind: 'BUDGET_SPENT',
        spentUsd: context.spentUsd ?? context.budget?.usd ?? 0,
        budgetUsd: context.budget?.usd ?? 0,
        of: context.budget?.of ?? 'segment',
      };
    case 'later': {
      const waitMs = waitIn(failure.message, nowMs);
      return { kind: 'AGENT_LATER', agent, message, ...(waitMs === undefined ? {} : { waitMs }) };
    }
    case 'unknown':
      return {
        kind: 'AGENT_CRASHED',
        command: context.program,
        exit: context.exit,
        output: failure.message.slice(-4_000),
      };
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MESSAGE_CHARS).toWellFormed();
