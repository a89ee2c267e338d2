/**
 * How a sentence names things, for Markdown on GitHub and for plain text in a terminal or a log.
 *
 * Sentences are written once; only their quotes and links differ. Every word that is not swarm's own goes through `quote`.
 */
import type { AgentPick } from '#core/model/config';
import type { IssueRef } from '#core/model/epic';
import type { Place } from '#core/model/problem';
import { clip, inline, oneLine, titleText } from './safe.ts';

/** How to write a sentence. */
export interface SayOptions {
  readonly form: 'markdown' | 'plain';
  /** The repository's page, for links to its files: `https://github.com/octo/shop`. */
  readonly url?: string;
  /** The segment that it is about, for the retry command. */
  readonly segment?: number;
}

export interface Voice {
  /** Other people's words, exact but inert. */
  quote(text: string, max?: number): string;
  /** Something to type exactly as written: a command, a key, a label. */
  code(text: string): string;
  /** Words from another room, without a full stop; quoted if they contain anything that GitHub could act on. */
  own(text: string): string;
  /** `own`, as a complete sentence. */
  sentence(text: string): string;
  issue(number: number): string;
  ref(ref: IssueRef): string;
  pull(number: number): string;
  place(at: Place): string;
  /** The first few, quoted, and how many more there are. */
  files(paths: readonly string[], max?: number): string;
  issues(numbers: readonly number[], joint?: string): string;
  /** The command that retries a segment. */
  retry(): string;
  commit(sha: string): string;
}

export const voiceOf = ({ form, url, segment }: SayOptions): Voice => {
  const markdown = form === 'markdown';
  const quote = (text: string, max = 160): string => (markdown ? inline(text, max) : quoted(clip(oneLine(text), max)));
  const code = (text: string): string => (markdown ? inline(text) : `\`${text}\``);
  const issue = (number: number): string => `#${number}`;
  const own = (text: string): string => {
    const words = oneLine(text).replace(/\.$/, '');
    return markdown && /[<>@`[\]!*_~#\\|&]|:\/\/|GH-\d|www\./i.test(words) ? inline(words, 400) : words;
  };
  const voice: Voice = {
    quote,
    code,
    own,
    sentence: (text) => {
      const words = own(text);
      return words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
    },
    issue,
    ref: ({ number, repository }) =>
      repository === undefined ? issue(number) : quote(`${repository.owner}/${repository.name}#${number}`),
    pull: (number) => `PR #${number}`,
    place: (at) => {
      if (at.file !== undefined) {
        const text = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
        if (!markdown || url === undefined || !/^[\w./-]+$/.test(at.file)) return markdown ? inline(text) : text;
        return `[${inline(text)}](${url}/blob/HEAD/${at.file}${at.line === undefined ? '' : `#L${at.line}`})`;
      }
      const line = at.line === undefined ? '' : `, line ${at.line}`;
      if (at.pull !== undefined) return `PR #${at.pull}${line}`;
      return at.issue === undefined ? 'the epic' : `#${at.issue}${line}`;
    },
    files: (paths, max = 5) => enumerate(paths, max, (path) => quote(path, 120)),
    issues: (numbers, joint = ', ') => numbers.map(issue).join(joint),
    retry: () => code(segment === undefined ? '/swarm retry #<number>' : `/swarm retry #${segment}`),
    commit: (sha) => (markdown ? inline(sha.slice(0, 10)) : oneLine(sha.slice(0, 10))),
  };
  return voice;
};

// In plain text, quotation marks only show where a quote begins and ends; text that contains one gets the other kind.
const quoted = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`);

/** `a, b and c`, or `a, b, c and 4 more`. `say` runs only for the items shown. */
export function enumerate(items: readonly string[], max?: number): string;
export function enumerate<Item>(items: readonly Item[], max: number, say: (item: Item) => string): string;
export function enumerate<Item>(items: readonly Item[], max = 8, say = String as (item: Item) => string): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, max).map((item) => say(item));
  const left = items.length - max;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  if (shown.length === 1) return shown[0] ?? '';
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 file`, `3 files`. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;

/** `3s`, `12m 34s`, `2h 5m`. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
};

/** A mention, or '' if this cannot be a login on GitHub. */
export const mention = (login: string): string =>
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(login) ? `@${login} ` : '';

/** Mentions of people and of teams, such as `octo/payments`, each once. */
export const mentions = (names: readonly string[]): string =>
  [...new Set(names)]
    .map((name) => {
      const [owner = '', team, ...more] = name.split('/');
      if (team === undefined || more.length > 0) return mention(name);
      return mention(owner) !== '' && /^[a-z0-9](?:[a-z0-9_-]{0,99})$/.test(team) ? `@${owner}/${team} ` : '';
    })
    .join('');

/** `claude, opus`. Plain text: a model may have any name. */
export const sayPick = ({ agent, model }: AgentPick): string =>
  [agent, model].filter((each) => each !== undefined).join(', ');

export const money = (usd: number): string => `$${usd.toFixed(2)}`;

/**
 * A text in which segments that have no issue yet go by their names. Everywhere else in this room they are numbers like others.
 *
 * @param names by number, as a plan has them; names are lowercase letters, digits and hyphens.
 */
export function withNames(text: string, names: Readonly<Record<number, string>> = {}): string {
  const nameOf = (whole: string, number: string, quote: string): string => {
    const name = names[Number(number)];
    return name === undefined ? whole : `${quote}${name}${quote}`;
  };
  return text
    .replace(/(?<=\[")#(\d{10})(?!\d)/g, (whole, number: string) => nameOf(whole, number, ''))
    .replace(/#(\d{10})(?!\d)/g, (whole, number: string) => nameOf(whole, number, '`'));
}

/** An issue's number and its quoted title: ``#14 `Add the cart` ``. */
export const named = (number: number, title: string, max = 80): string =>
  `#${number} ${inline(titleText(title, number, max), max)}`;

/** Says where unpublished work is: on a branch, or at the ref of its report if no branch could be made. */
export const keptAt = (kept: string): string =>
  kept.startsWith('refs/')
    ? `The work is at ${inline(kept)}, because GitHub allowed no branch for it. To see it: ${inline(`git fetch origin ${kept} && git show FETCH_HEAD^`)}`
    : `The work so far is on branch ${inline(kept)}.`;
