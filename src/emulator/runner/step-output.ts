/**
 * The output of a step: its log with secrets masked, the workflow commands in it, and the files it writes commands to.
 *
 * The rules are those of actions/runner. A `::command::` must be at the start of a line, a `##[command]` may be anywhere
 * in it, and only known commands count. After `stop-commands`, nothing is a command until the token appears again.
 */
import { readFileSync } from 'node:fs';

/** The files that a step can write commands to: `GITHUB_OUTPUT` and so on. */
export const FILE_COMMANDS = ['output', 'env', 'path', 'state', 'step_summary'] as const;
export type FileCommand = (typeof FILE_COMMANDS)[number];

/** The runner refuses a longer summary instead of truncating it. */
const MAX_SUMMARY_BYTES = 1024 * 1024;
const MAX_ISSUE_LENGTH = 4096;

/** An annotation for the check run, as `::error file=a.ts,line=3::text` creates it. */
export type Annotation = {
  readonly level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title: string | null;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
};

/** Secret values that must not appear in a log or leave a job. */
export class Masks {
  readonly #values = new Set<string>();
  #pattern: RegExp | undefined;

  /** Adds a value, each of its lines, and their common encodings. */
  add(value: string): void {
    for (const line of new Set([value.trim(), ...value.split(/\r?\n/).map((part) => part.trim())])) {
      if (line === '') continue;
      for (const form of [line, JSON.stringify(line).slice(1, -1), encodeURIComponent(line), ...base64Forms(line)]) {
        this.#values.add(form);
      }
    }
    this.#pattern = undefined;
  }

  /** Replaces each secret with three asterisks, the longest first. */
  mask(text: string): string {
    if (this.#values.size === 0) return text;
    this.#pattern ??= new RegExp(
      [...this.#values]
        .sort((a, b) => b.length - a.length)
        .map((value) => value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return text.replace(this.#pattern, '***');
  }

  hides(text: string): boolean {
    return this.mask(text) !== text;
  }
}

/** The value in base64, alone and inside a longer text, for each of the three possible offsets. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  // Shorter ones would mask ordinary words.
  if (bytes.length < 9) return [];
  const middles = [0, 1, 2].map((shift) => bytes.subarray(shift, bytes.length - ((bytes.length - shift) % 3)));
  return [bytes, ...middles].map((part) => part.toString('base64'));
}

/** A job's log. Each line starts with a timestamp, as on GitHub. */
export class JobLog {
  readonly masks: Masks;
  readonly #now: () => number;
  readonly #append: (text: string) => void;

  constructor(masks: Masks, now: () => number, append: (text: string) => void) {
    this.masks = masks;
    this.#now = now;
    this.#append = append;
  }

  line(text: string): void {
    const time = new Date(this.#now()).toISOString().replace('Z', '0000Z');
    let lines = '';
    for (const part of this.masks.mask(text).split('\n')) lines += `${time} ${part}\n`;
    this.#append(lines);
  }

  error(message: string): void {
    this.line(`##[error]${message}`);
  }

  warning(message: string): void {
    this.line(`##[warning]${message}`);
  }
}

const COMMANDS = new Set(
  (
    'add-mask debug notice warning error group endgroup add-matcher remove-matcher save-state set-output ' +
    'add-path set-env echo stop-commands internal-set-repo-path'
  ).split(' '),
);

export type StepReport = {
  readonly outputs: Map<string, string>;
  readonly state: Map<string, string>;
  readonly annotations: Annotation[];
  /** A failed command fails the step, even if its exit code is 0. */
  commandFailed: boolean;
};

export function emptyReport(): StepReport {
  return { outputs: new Map(), state: new Map(), annotations: [], commandFailed: false };
}

/** Handles a step's output: executes the commands in it, and logs the other lines. */
export class StepOutput {
  readonly #log: JobLog;
  readonly #report: StepReport;
  readonly #debug: boolean;
  #stopToken: string | undefined;

  constructor(log: JobLog, report: StepReport, debug: boolean) {
    this.#log = log;
    this.#report = report;
    this.#debug = debug;
  }

  line(text: string): void {
    const command = text.includes('::') || text.includes('##[') ? this.#parse(text) : undefined;
    if (!command) {
      this.#log.line(text);
      return;
    }
    if (this.#stopToken !== undefined) {
      if (command.name.toLowerCase() === this.#stopToken.toLowerCase()) this.#stopToken = undefined;
      this.#log.line(text);
      return;
    }
    this.#perform(command, text);
  }

  #parse(text: string): Command | undefined {
    return parseColons(text, this.#stopToken) ?? parseBrackets(text, this.#stopToken);
  }

  #perform({ name, properties, value }: Command, text: string): void {
    switch (name.toLowerCase()) {
      case 'add-mask':
        if (value.trim() === '') this.#log.warning("Can't add secret mask for empty string in ##[add-mask] command.");
        else this.#log.masks.add(value);
        return;
      case 'debug':
        if (this.#debug) this.#log.line(`##[debug]${value}`);
        return;
      case 'notice':
      case 'warning':
      case 'error':
        this.#annotate(name.toLowerCase() as 'notice' | 'warning' | 'error', properties, value);
        return;
      case 'group':
        this.#log.line(`##[group]${value}`);
        return;
      case 'endgroup':
        this.#log.line('##[endgroup]');
        return;
      case 'set-output':
      case 'save-state': {
        const key = properties.get('name');
        if (!key) this.#fail(text, `Required field 'name' is missing in ##[${name}] command.`);
        else if (name.toLowerCase() === 'set-output') this.#report.outputs.set(key, value);
        else this.#report.state.set(key, value);
        return;
      }
      case 'stop-commands':
        if (value === '' || COMMANDS.has(value.toLowerCase()) || value.toLowerCase() === 'pause-logging') {
          this.#fail(text, `The token '${value}' cannot be used to stop commands.`);
          return;
        }
        this.#stopToken = value;
        if (value.length > 6) this.#log.masks.add(value);
        this.#log.line(text);
        return;
      case 'set-env':
      case 'add-path':
        // Disabled since 2020: untrusted output could change the environment of later steps.
        this.#fail(text, `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        return;
      default:
        // `echo`, matchers and `internal-set-repo-path` only affect how GitHub's website shows logs.
        return;
    }
  }

  #annotate(kind: 'notice' | 'warning' | 'error', properties: ReadonlyMap<string, string>, value: string): void {
    this.#log.line(`##[${kind}]${value}`);
    const startLine = Number.parseInt(properties.get('line') ?? '', 10) || 1;
    this.#report.annotations.push({
      level: kind === 'error' ? 'failure' : kind,
      message: this.#log.masks.mask(value).slice(0, MAX_ISSUE_LENGTH),
      title: properties.get('title') ?? null,
      path: properties.get('file') ?? '.github',
      startLine,
      endLine: Number.parseInt(properties.get('endLine') ?? '', 10) || startLine,
    });
  }

  #fail(text: string, why: string): void {
    this.#log.error(`Unable to process command '${text}' successfully.`);
    this.#log.error(why);
    this.#report.commandFailed = true;
  }
}

type Command = { readonly name: string; readonly properties: ReadonlyMap<string, string>; readonly value: string };

function known(name: string, stopToken: string | undefined): boolean {
  return COMMANDS.has(name.toLowerCase()) || name.toLowerCase() === stopToken?.toLowerCase();
}

function parseColons(text: string, stopToken: string | undefined): Command | undefined {
  const message = text.trimStart();
  const end = message.startsWith('::') ? message.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  const { name, rest } = headOf(message.slice(2, end));
  if (!known(name, stopToken)) return undefined;
  const value = unescaped(message.slice(end + 2), DATA_ESCAPES);
  return { name, properties: propertiesOf(rest.trim(), ',', PROPERTY_ESCAPES), value };
}

function parseBrackets(text: string, stopToken: string | undefined): Command | undefined {
  const start = text.indexOf('##[');
  const end = start < 0 ? -1 : text.indexOf(']', start);
  if (end < 0) return undefined;
  const { name, rest } = headOf(text.slice(start + 3, end));
  if (!known(name, stopToken)) return undefined;
  const value = unescaped(text.slice(end + 1), BRACKET_ESCAPES);
  return { name, properties: propertiesOf(rest, ';', BRACKET_ESCAPES), value };
}

function headOf(text: string): { name: string; rest: string } {
  const space = text.indexOf(' ');
  return space < 0 ? { name: text, rest: '' } : { name: text.slice(0, space), rest: text.slice(space + 1) };
}

function propertiesOf(text: string, separator: string, escapes: readonly Escape[]): Map<string, string> {
  const properties = new Map<string, string>();
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=');
    if (equals > 0 && equals < pair.length - 1) {
      properties.set(pair.slice(0, equals), unescaped(pair.slice(equals + 1), escapes));
    }
  }
  return properties;
}

type Escape = readonly [escaped: string, plain: string];
// `%25` must be last; otherwise `%250A` would become a line break.
const DATA_ESCAPES: readonly Escape[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY_ESCAPES: readonly Escape[] = [['%3A', ':'], ['%2C', ','], ...DATA_ESCAPES];
const BRACKET_ESCAPES: readonly Escape[] = [['%3B', ';'], ['%5D', ']'], ...DATA_ESCAPES];

function unescaped(text: string, escapes: readonly Escape[]): string {
  let plain = text;
  for (const [escaped, character] of escapes) plain = plain.replaceAll(escaped, character);
  return plain;
}

/**
 * Reads a file of `K=V` and `K<<DELIMITER` entries (GitHub, "Workflow commands", environment files). A removed file
 * counts as empty. A malformed file throws the runner's error message.
 */
export function readPairs(file: string): [key: string, value: string][] {
  const text = readCommandFile(file);
  const pairs: [string, string][] = [];
  let at = 0;
  const nextLine = (): string | undefined => {
    if (at >= text.length) return undefined;
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for (let line = nextLine(); line !== undefined; line = nextLine()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
      continue;
    }
    if (heredoc < 0) throw new Error(`Invalid format '${line}'`);
    const key = line.slice(0, heredoc);
    const delimiter = line.slice(heredoc + 2);
    if (key === '' || delimiter === '') {
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
    }
    const value: string[] = [];
    for (let part = nextLine(); part !== delimiter; part = nextLine()) {
      if (part === undefined) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      value.push(part);
    }
    pairs.push([key, value.join('\n')]);
  }
  return pairs;
}

/** The directories of a `GITHUB_PATH` file. */
export function readPaths(file: string): string[] {
  return readCommandFile(file).split(/\r?\n/).filter(Boolean);
}

/** A step's summary with secrets masked, or the reason why it is refused. */
export function readSummary(file: string, masks: Masks): { text: string } | { refused: string } {
  const text = readCommandFile(file);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_SUMMARY_BYTES) {
    const [limit, size] = [MAX_SUMMARY_BYTES / 1024, Math.floor(bytes / 1024)];
    return {
      refused: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${size}k.`,
    };
  }
  return { text: masks.mask(text) };
}

function readCommandFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    // The step may have removed the file. That is not an error.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
