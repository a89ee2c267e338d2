/**
 * Reads commands in comments: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
 *
 * A command must begin the first line of a comment, where no code, quote or quoted reply can be. Nothing else in a comment is
 * a command: a mention in prose must never start anything (SPEC R3.4, threats T36). One that begins a later line is answered,
 * so that nobody waits for it.
 */
import {
  type Asked,
  COMMANDS,
  type Command,
  type CommandArguments,
  type CommandKind,
  MAX_REASON_CHARS,
} from '#core/model/command';
import { type IssueNumber, numberIn } from '#core/model/epic';
import { linesOf, readableLines } from './markdown.ts';
import { nearest } from './nearest.ts';
import { trimEndOf } from './trim-end.ts';

/** The longest command without a reason. Longer lines are prose, or an attempt to make Swarm repeat something. */
const LINE_CHARS = 200;
/** How much of an unknown command is quoted. */
const SHOWN_CHARS = 40;
/** Words that people often try and that no edit distance would find. */
const OTHER_WORDS: ReadonlyMap<string, CommandKind> = new Map([
  ['stop', 'cancel'],
  ['abort', 'cancel'],
  ['kill', 'cancel'],
  ['start', 'execute'],
  ['go', 'execute'],
  ['continue', 'resume'],
  ['again', 'retry'],
  ['merge', 'approve'],
  ['lgtm', 'approve'],
  ['deny', 'reject'],
  ['commands', 'help'],
  ['dry-run', 'plan'],
]);

/**
 * Reads the command of a new comment: the first line from its first column on, in plain ASCII, in any case. The reason of
 * `reject`, `skip`, `answer` and `needs-work` may continue below it. A line that clearly tries to be a command is `unknown` or
 * `malformed`; any other text is `nothing`.
 *
 * @param where `/approve` and `/reject` without `/swarm` are commands on pull requests only.
 */
export function readCommand(comment: string, where: 'issue' | 'pull'): Asked {
  const asked = readFirstLine(comment, where);
  return asked.kind === 'nothing' ? lateCommand(comment, where) : asked;
}

const LATE = /^\/(?:swarm[ \t]+([A-Za-z-]{1,20})|(approve|reject))(?=[ \t\r\n]|$)/im;

/** A command that begins a later line, outside code and quotes, is not taken. */
function lateCommand(comment: string, where: 'issue' | 'pull'): Asked {
  if (!LATE.test(comment)) return NOTHING;
  for (const { text } of readableLines(linesOf(comment)).filter(({ number }) => number > 1)) {
    const found = LATE.exec(text);
    const verb = verbIn(found?.[1] ?? (where === 'pull' ? found?.[2] : undefined));
    if (verb) return malformed(verb, 'first line');
  }
  return NOTHING;
}

function readFirstLine(comment: string, where: 'issue' | 'pull'): Asked {
  const end = comment.search(/[\r\n]/);
  const line = trimEndOf(end === -1 ? comment : comment.slice(0, end), ' \t');
  const below = end === -1 ? '' : comment.slice(end);
  const start = /^\/(swarm|approve|reject)(?=[ \t]|$)[ \t]*/i.exec(line);
  if (!start) {
    return where === 'pull' && /^\/(?:approve|reject)/i.test(line) ? withPunctuation(line.slice(1)) : NOTHING;
  }
  const first = start[1]?.toLowerCase();
  if (first !== 'swarm') {
    if (where === 'issue') return NOTHING;
    return readArguments(first === 'approve' ? 'approve' : 'reject', line.slice(start[0].length), below, where);
  }
  const rest = line.slice(start[0].length);
  if (rest === '') return { kind: 'command', command: { kind: 'help' } };
  const word = rest.slice(0, rest.search(/[ \t]|$/));
  const verb = verbIn(word);
  if (!verb) {
    const asked = withPunctuation(rest);
    return asked.kind === 'nothing' ? unknown(word) : asked;
  }
  return readArguments(verb, rest.slice(word.length).replace(/[ \t]+/, ''), below, where);
}

/** GitHub's limit of jobs in one matrix. @see https://docs.github.com/en/actions/reference/limits */
const MAX_AGENTS = 256;
const MAX_WAVE = 999;
const NOTHING: Asked = { kind: 'nothing' };
const VERBS = Object.keys(COMMANDS) as readonly CommandKind[];
/** In any case, but only of letters of ASCII: others may look or fold alike. */
const verbIn = (word = ''): CommandKind | undefined =>
  /^[A-Za-z-]+$/.test(word) ? VERBS.find((verb) => verb === word.toLowerCase()) : undefined;

/** `approve; rm -rf /` and `approve!` are meant as the command, but they do not count. */
function withPunctuation(text: string): Asked {
  const verb = verbIn(/^([A-Za-z-]{1,20})[;.,:!]/.exec(text)?.[1]);
  return verb && text.length <= LINE_CHARS ? malformed(verb, 'space or nothing') : NOTHING;
}

function unknown(word: string): Asked {
  // Invisible or look-alike letters are a disguise, not a typing mistake.
  if (word.length > LINE_CHARS || !/^[!-~]+$/.test(word)) return NOTHING;
  const near = OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, VERBS);
  return { kind: 'unknown', text: word.slice(0, SHOWN_CHARS), ...(near === undefined ? {} : { nearest: near }) };
}

/** Plain ASCII. An emoji, as in `/approve 👍`, is not an argument, but hides nothing either: its comment gets an answer. */
const ARGUMENTS =
  /^(?:[\t -~]|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*)*$/u;

function readArguments(verb: CommandKind, rest: string, below: string, where: 'issue' | 'pull'): Asked {
  if (verb === 'reject' || verb === 'needs-work') {
    const words = `${rest}${below}`.trim();
    const wrong = reasonFault(words);
    if (wrong) return malformed(verb, wrong);
    return command(verb === 'reject' ? { kind: verb, reason: words } : { kind: verb, what: words });
  }
  if (verb === 'skip') {
    const words = `${rest}${below}`;
    const end = words.search(/\s|$/);
    const segment = issueIn(words.slice(0, end));
    const reason = words.slice(end).trim();
    if (segment === undefined) return malformed(verb, 'issue and reason');
    const wrong = reasonFault(reason);
    if (wrong) return malformed(verb, wrong);
    return command({ kind: verb, segment, reason });
  }
  if (verb === 'answer') {
    const [, id = '', words = ''] = /^([A-Za-z0-9][\w.-]{0,39})[ \t\r\n]([\s\S]*)/.exec(`${rest}${below}`) ?? [];
    const wrong = id === '' ? 'question and answer' : reasonFault(words.trim());
    return wrong ? malformed(verb, wrong) : command({ kind: verb, id, text: words.trim() });
  }
  if (rest.length > LINE_CHARS || !ARGUMENTS.test(rest)) return NOTHING;
  const words = rest.split(/[ \t]/).filter((word) => word !== '');
  const [first, ...more] = words;
  switch (verb) {
    case 'execute':
      return readExecute(words);
    case 'run':
    case 'retry': {
      if (verb === 'retry' && first === undefined) return command({ kind: verb });
      const segment = issueIn(first ?? '');
      return segment === undefined || more.length > 0
        ? malformed(verb, verb === 'run' ? 'issue' : 'issue or nothing')
        : command({ kind: verb, segment });
    }
    case 'import':
      if (first === undefined) return command({ kind: verb });
      return first.toLowerCase() === 'yes' && more.length === 0
        ? command({ kind: verb, confirmed: true })
        : malformed(verb, 'yes or nothing');
    case 'approve':
      return where === 'issue' ? readWaveApproval(words) : readPullApproval(words);
    case 'resume':
      return readResume(words);
    case 'help':
    case 'plan':
    case 'status':
    case 'pause':
    case 'cancel':
    case 'accept':
      return words.length === 0 ? command({ kind: verb }) : malformed(verb, 'nothing');
  }
}

const command = (read: Command): Asked => ({ kind: 'command', command: read });

const malformed = (verb: CommandKind, expected: CommandArguments): Asked => ({
  kind: 'malformed',
  command: verb,
  expected,
});

function reasonFault(reason: string): CommandArguments | undefined {
  if (reason === '') return 'reason';
  return reason.length > MAX_REASON_CHARS ? 'shorter reason' : undefined;
}

function readExecute(words: readonly string[]): Asked {
  const wrong = malformed('execute', 'execute options');
  const options: { wave?: number; agents?: number; sequential?: boolean; dryRun?: boolean } = {};
  // People write `wave 2`, `wave=2` and `wave: 2`.
  const parts = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== '');
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (part === 'sequential' && options.sequential === undefined) options.sequential = true;
    else if (part === 'dry-run' && options.dryRun === undefined) options.dryRun = true;
    else if ((part === 'wave' || part === 'agents') && options[part] === undefined) {
      const count = wholeIn(parts.shift(), part === 'agents' ? MAX_AGENTS : MAX_WAVE);
      if (count === undefined) return wrong;
      options[part] = count;
    } else return wrong;
  }
  return command({ kind: 'execute', ...options });
}

const MAX_BUDGET_USD = 1_000_000;

function readResume(words: readonly string[]): Asked {
  if (words.length === 0) return command({ kind: 'resume' });
  const [first, amount, ...more] = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== '');
  const budgetUsd = Number(/^\$?(\d{1,7}(?:\.\d{1,2})?)$/.exec(amount ?? '')?.[1]);
  return first === 'budget' && more.length === 0 && budgetUsd > 0 && budgetUsd <= MAX_BUDGET_USD
    ? command({ kind: 'resume', budgetUsd })
    : malformed('resume', 'budget or nothing');
}

function readWaveApproval(words: readonly string[]): Asked {
  if (words.length === 0) return command({ kind: 'approve' });
  const wave = words[0] === 'wave' && words.length === 2 ? wholeIn(words[1], MAX_WAVE) : undefined;
  return wave === undefined ? malformed('approve', 'wave or nothing') : command({ kind: 'approve', wave });
}

function readPullApproval(words: readonly string[]): Asked {
  const [first, ...more] = words;
  if (first === undefined) return command({ kind: 'approve' });
  const head = first.toLowerCase();
  return more.length === 0 && /^[0-9a-f]{7,40}$/.test(head)
    ? command({ kind: 'approve', head })
    : malformed('approve', 'commit or nothing');
}

/** A whole number from 1 to `most`. */
function wholeIn(word: string | undefined, most: number): number | undefined {
  const value = Number(/^[1-9]\d{0,3}$/.exec(word ?? '')?.[0]);
  return value <= most ? value : undefined;
}

const issueIn = (word: string): IssueNumber | undefined => numberIn(/^#?([1-9]\d{0,9})$/.exec(word)?.[1]);
