/**
 * Commands people write: `/swarm retry #14` on an epic or segment, `/approve` and `/reject why` on a pull request.
 *
 * A command stands at the start of a comment's first line, where no code, quote or reply tail can be; whatever else a comment says is
 * talk. A mention in prose must never start anything (SPEC R3.4, threats T36).
 */
import { type IssueNumber, numberIn } from './epic.ts';
import { nearest } from './nearest.ts';
import { withoutEnd } from './without-end.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'plan' }
  | {
      readonly kind: 'execute';
      readonly wave?: number;
      readonly agents?: number;
      readonly sequential?: boolean;
      readonly dryRun?: boolean;
    }
  | { readonly kind: 'status' }
  | { readonly kind: 'run'; readonly segment: IssueNumber }
  | { readonly kind: 'approve'; readonly wave?: number; readonly head?: string }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: string; readonly text: string }
  | { readonly kind: 'retry'; readonly segment?: IssueNumber }
  | { readonly kind: 'skip'; readonly segment: IssueNumber; readonly reason: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'needs-work'; readonly what: string };

export type CommandKind = Command['kind'];

/** What a comment's text asks for: nothing, a command, or something that looks like one and is not. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest?: string }
  | { readonly kind: 'malformed'; readonly command: string; readonly expected: string };

export interface CommandText {
  readonly usage: string;
  /** The permission it takes. */
  readonly who: 'write' | 'triage';
  readonly says: string;
  readonly example: string;
}

/** What people are told about each command; help texts and docs are made of it. */
export const COMMANDS: Readonly<Record<CommandKind, CommandText>> = {
  help: { usage: '/swarm help', who: 'triage', says: 'Lists these commands.', example: '/swarm help' },
  plan: {
    usage: '/swarm plan',
    who: 'triage',
    says: 'Shows the waves and tracks as they would run now, and starts nothing.',
    example: '/swarm plan',
  },
  execute: {
    usage: '/swarm execute [wave N] [agents N] [sequential] [dry-run]',
    who: 'write',
    says: 'Starts the epic with its texts as they are now: all of it, or one wave, with so many agents at once.',
    example: '/swarm execute agents 3',
  },
  status: { usage: '/swarm status', who: 'triage', says: 'Brings the panel up to date.', example: '/swarm status' },
  run: {
    usage: '/swarm run #N',
    who: 'write',
    says: 'Lets this segment run with its text as it is now, even where its author has no write access.',
    example: '/swarm run #14',
  },
  approve: {
    usage: '/swarm approve [wave N]; on a pull request /approve [commit]',
    who: 'write',
    says: 'Lets the next wave start; on a pull request, approves the commit that is its head.',
    example: '/approve 1f3c9ab',
  },
  reject: {
    usage: '/reject REASON',
    who: 'write',
    says: "Sends a pull request back to its agent with these words and the review's comments.",
    example: '/reject The total must include shipping.',
  },
  retry: {
    usage: '/swarm retry [#N]',
    who: 'write',
    says: 'Tries a blocked segment again, or all of them, with fresh limits.',
    example: '/swarm retry #14',
  },
  answer: {
    usage: '/swarm answer ID TEXT',
    who: 'write',
    says: 'Answers the question that a run stopped for; it goes on from where it was.',
    example: '/swarm answer q1 Prices are in cents.',
  },
  skip: {
    usage: '/swarm skip #N REASON',
    who: 'write',
    says: 'Leaves a segment out; what waited for it goes on.',
    example: '/swarm skip #14 We buy this instead.',
  },
  pause: {
    usage: '/swarm pause',
    who: 'write',
    says: 'Lets what runs finish and starts nothing more.',
    example: '/swarm pause',
  },
  resume: {
    usage: '/swarm resume',
    who: 'write',
    says: 'Carries on after a pause or a cancel from what GitHub shows.',
    example: '/swarm resume',
  },
  cancel: {
    usage: '/swarm cancel',
    who: 'write',
    says: 'Cancels what runs and starts nothing more; branches and pull requests stay.',
    example: '/swarm cancel',
  },
  accept: {
    usage: '/swarm accept',
    who: 'write',
    says: 'Accepts the finished epic and closes it.',
    example: '/swarm accept',
  },
  'needs-work': {
    usage: '/swarm needs-work WHAT',
    who: 'write',
    says: 'Makes a follow-up segment of what is missing, instead of accepting.',
    example: '/swarm needs-work The empty cart shows an error page.',
  },
};

/** Letters a command and its short arguments may take: longer lines are talk, or an attempt to make swarm echo. */
const LINE_CHARS = 200;
const REASON_CHARS = 4_000;
const ALONE: readonly CommandKind[] = ['help', 'plan', 'status', 'pause', 'resume', 'cancel', 'accept'];
/** What people reach for first; edit distance would not find it. */
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
 * What a new comment asks for. Only its first line is read, from the first column on, in plain ASCII; the reason of a
 * `reject`, `skip` or `needs-work` may go on below it. Anything that is not exactly a command is `unknown` or
 * `malformed` when it clearly tried to be one, and `nothing` when it is talk.
 *
 * @param where `/approve` and `/reject` alone are commands on pull requests only.
 */
export function readCommand(comment: string, where: 'issue' | 'pull'): Asked {
  const end = comment.search(/[\r\n]/);
  const line = withoutEnd(end === -1 ? comment : comment.slice(0, end), ' \t');
  const below = end === -1 ? '' : comment.slice(end);
  const start = /^\/(swarm|approve|reject)(?=[ \t]|$)[ \t]*/.exec(line);
  if (!start)
    return where === 'pull' ? withPunctuation(/^\/(?=approve|reject)/.test(line) ? line.slice(1) : '') : NOTHING;
  if (start[1] !== 'swarm') {
    if (where === 'issue') return NOTHING;
    return readArguments(start[1] === 'approve' ? 'approve' : 'reject', line.slice(start[0].length), below, where);
  }
  const rest = line.slice(start[0].length);
  if (rest === '') return { kind: 'command', command: { kind: 'help' } };
  const word = /^[^ \t]+/.exec(rest)?.[0] ?? '';
  const verb = VERBS.find((each) => each === word);
  if (!verb) {
    const asked = withPunctuation(rest);
    return asked.kind === 'nothing' ? unknown(word) : asked;
  }
  return readArguments(verb, rest.slice(word.length).replace(/^[ \t]+/, ''), below, where);
}

const NOTHING: Asked = { kind: 'nothing' };
const VERBS = Object.keys(COMMANDS) as readonly CommandKind[];

/** `approve; rm -rf /` and `approve!` are meant as the command, and are not it. */
function withPunctuation(text: string): Asked {
  const word = /^([a-z-]{1,20})[;.,:!]/.exec(text)?.[1];
  const verb = VERBS.find((each) => each === word);
  return verb && text.length <= LINE_CHARS ? malformed(verb, `a blank or nothing behind "${verb}"`) : NOTHING;
}

function unknown(word: string): Asked {
  // A word with invisible or look-alike letters is no mistyped command but a disguised one.
  if (word.length > LINE_CHARS || !/^[!-~]+$/.test(word)) return NOTHING;
  const near = OTHER_WORDS.get(word.toLowerCase()) ?? nearest(word, VERBS);
  return { kind: 'unknown', text: word.slice(0, 40), ...(near === undefined ? {} : { nearest: near }) };
}

function readArguments(verb: CommandKind, rest: string, below: string, where: 'issue' | 'pull'): Asked {
  if (verb === 'reject' || verb === 'needs-work') {
    const words = `${rest}${below}`.trim();
    const wrong = reasonFault(words);
    if (wrong) return malformed(verb, wrong);
    return command(verb === 'reject' ? { kind: verb, reason: words } : { kind: verb, what: words });
  }
  if (verb === 'skip') {
    const named = /^(\S+)([\s\S]*)$/.exec(`${rest}${below}`);
    const segment = issueIn(named?.[1] ?? '');
    const reason = (named?.[2] ?? '').trim();
    const wrong = segment === undefined ? 'an issue number and a reason' : reasonFault(reason);
    if (segment === undefined || wrong) return malformed(verb, wrong ?? 'an issue number and a reason');
    return command({ kind: verb, segment, reason });
  }
  if (verb === 'answer') {
    const [, id = '', words = ''] = /^([A-Za-z0-9][\w.-]{0,39})[ \t\r\n]+([\s\S]*)$/.exec(`${rest}${below}`) ?? [];
    const wrong = id === '' ? "the question's id and your answer" : reasonFault(words.trim());
    return wrong ? malformed(verb, wrong) : command({ kind: verb, id, text: words.trim() });
  }
  if (rest.length > LINE_CHARS || !/^[\t -~]*$/.test(rest)) return NOTHING;
  const words = rest.split(/[ \t]+/).filter((word) => word !== '');
  const [first, ...more] = words;
  switch (verb) {
    case 'execute':
      return readExecute(words);
    case 'run':
    case 'retry': {
      if (verb === 'retry' && first === undefined) return command({ kind: verb });
      const segment = issueIn(first ?? '');
      return segment === undefined || more.length > 0
        ? malformed(verb, verb === 'run' ? 'one issue number, such as #14' : 'nothing, or one issue number such as #14')
        : command({ kind: verb, segment });
    }
    case 'approve':
      return where === 'issue' ? readWaveApproval(words) : readPullApproval(words);
    default:
      return ALONE.includes(verb) && words.length === 0
        ? command({ kind: verb } as Command)
        : malformed(verb, 'nothing after it');
  }
}

const command = (read: Command): Asked => ({ kind: 'command', command: read });

const malformed = (verb: CommandKind, expected: string): Asked => ({ kind: 'malformed', command: verb, expected });

function reasonFault(reason: string): string | undefined {
  if (reason === '') return 'a reason in your own words';
  return reason.length > REASON_CHARS
    ? `at most ${REASON_CHARS.toLocaleString('en-US')} characters of reason`
    : undefined;
}

function readExecute(words: readonly string[]): Asked {
  const expected = 'any of `wave N`, `agents N`, `sequential` and `dry-run`, each once';
  const options: { wave?: number; agents?: number; sequential?: boolean; dryRun?: boolean } = {};
  // `wave 2`, `wave=2` and `wave: 2` are the same to whoever types them.
  const parts = words.flatMap((word) => word.split(/[:=]/)).filter((part) => part !== '');
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part === 'sequential' && options.sequential === undefined) options.sequential = true;
    else if (part === 'dry-run' && options.dryRun === undefined) options.dryRun = true;
    else if ((part === 'wave' || part === 'agents') && options[part] === undefined) {
      const count = wholeIn(parts[++at] ?? '', part === 'agents' ? 256 : 999);
      if (count === undefined) return malformed('execute', expected);
      options[part] = count;
    } else return malformed('execute', expected);
  }
  return command({ kind: 'execute', ...options });
}

function readWaveApproval(words: readonly string[]): Asked {
  if (words.length === 0) return command({ kind: 'approve' });
  const wave = words[0] === 'wave' && words.length === 2 ? wholeIn(words[1] ?? '', 999) : undefined;
  return wave === undefined
    ? malformed('approve', 'nothing, or `wave N`; a pull request is approved on its own page')
    : command({ kind: 'approve', wave });
}

function readPullApproval(words: readonly string[]): Asked {
  if (words.length === 0) return command({ kind: 'approve' });
  const head = words[0]?.toLowerCase() ?? '';
  return words.length === 1 && /^[0-9a-f]{7,40}$/.test(head)
    ? command({ kind: 'approve', head })
    : malformed('approve', "nothing, or the commit you approve by 7 to 40 of its id's digits");
}

function wholeIn(word: string, most: number): number | undefined {
  const value = /^[1-9]\d{0,3}$/.test(word) ? Number(word) : undefined;
  return value !== undefined && value <= most ? value : undefined;
}

function issueIn(word: string): IssueNumber | undefined {
  const digits = /^#?([1-9]\d{0,9})$/.exec(word)?.[1];
  return digits === undefined ? undefined : numberIn(digits);
}
