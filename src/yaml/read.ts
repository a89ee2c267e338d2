/**
 * The only reader of YAML that other people wrote.
 *
 * The library is written for files that their readers trust. It compares each key with all others, descends once for each
 * bracket, and a few lines of `? ? ?` keep it busy for minutes. So a text is measured before it is read: by its size, by
 * its lexical parts, which the library's lexer finds in one pass, and by its depth. Aliases are refused, because few lines of them
 * make a gigabyte, unless the caller reads nothing below them. What is left takes time in proportion to its size.
 *
 * A house test checks that no other file imports the library.
 */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  type YAMLMap,
} from 'yaml';

export { isAlias, isMap, isScalar, isSeq, type Node, parse as parseOwn, parseDocument as parseOwnDocument } from 'yaml';

/** Nothing that swarm reads is nested so deeply. */
export const MAX_DEPTH = 32;
/** The parts of a text are its words, signs and line ends. A config of 64 KiB has about 15,000. */
const PARTS_PER_KIB = 320;
/** The most faults that are reported. */
const MAX_FAULTS = 20;

export interface YamlFault {
  readonly kind:
    | 'syntax'
    | 'too large'
    | 'too many parts'
    | 'too deep'
    | 'alias'
    | 'key'
    | 'repeated key'
    | 'documents';
  /** Where it is in the text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Without a full stop. */
  readonly message: string;
}

export interface YamlOptions {
  readonly maxBytes: number;
  /** `share`: an alias stands for the same value as its anchor. Only for a caller that reads no deeper than a level or two. */
  readonly aliases?: 'refuse' | 'share';
  /** `last`: a repeated key is allowed, and the last one counts. */
  readonly repeatedKeys?: 'refuse' | 'last';
}

export type ReadYaml =
  | {
      readonly kind: 'read';
      /** Maps are objects without a prototype. An empty text is null. */
      readonly value: unknown;
      readonly contents: Node | null;
      readonly lineOf: (offset: number) => { readonly line: number; readonly column: number };
    }
  | { readonly kind: 'refused'; readonly faults: readonly YamlFault[] };

export function readYaml(text: string, options: YamlOptions): ReadYaml {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const lineOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const fault = (kind: YamlFault['kind'], offset: number, message: string): YamlFault => ({
    ...{ kind, offset, message },
    ...lineOf(offset),
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > options.maxBytes) {
    return {
      kind: 'refused',
      faults: [fault('too large', 0, `it has ${bytes} bytes; the limit is ${options.maxBytes}`)],
    };
  }
  const measured = measure(text, Math.ceil(options.maxBytes / 1024) * PARTS_PER_KIB, lines);
  if (measured) return { kind: 'refused', faults: [fault(measured.kind, measured.offset, SAID[measured.kind])] };

  const [document, second] = compose(text);
  const errors = [...(document?.errors ?? []), ...(document?.warnings ?? [])].slice(0, MAX_FAULTS);
  if (errors.length > 0) {
    const faults = errors.map(({ pos: [offset], message }) => fault('syntax', offset, message.split('\n', 1).join()));
    return { kind: 'refused', faults };
  }
  if (second) {
    const offset = second.range[0];
    const message = 'a second document starts here (`---`), but only one is allowed';
    return { kind: 'refused', faults: [fault('documents', offset, message)] };
  }
  const faults: YamlFault[] = [];
  const contents = (document?.contents ?? null) as Node | null;
  const value = plain(contents, options, (kind, offset, message = SAID[kind]) => {
    if (faults.length < MAX_FAULTS) faults.push(fault(kind, offset, message));
  });
  return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'read', value, contents, lineOf };
}

const SAID = {
  'too many parts': 'it has too many parts to be read',
  'too deep': 'it is nested too deeply',
  alias: 'aliases (`*name`) are not supported; write the value out',
  key: 'a key has to be a plain word',
  'repeated key': 'Map keys must be unique',
} as const;

/** Goes through a text once, without building anything. @returns the reason not to read it. */
function measure(
  text: string,
  maxParts: number,
  lines: LineCounter,
): { readonly kind: 'too many parts' | 'too deep'; readonly offset: number } | undefined {
  let parts = 0;
  let offset = 0;
  /** Open brackets. */
  let brackets = 0;
  /** Signs of lists and keys in one line outside of brackets; each is a level. */
  let signs = 0;
  let isText = false;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  for (const part of new Lexer().lex(text)) {
    if (isText) isText = false;
    // The lexer's own marks: a scalar follows, a document begins, a bracket is missing.
    else if (part === '\u001f') {
      isText = true;
      continue;
    } else if (part === '\u0002' || part === '\u0018') continue;
    else if (part === '[' || part === '{') brackets += 1;
    else if (part === ']' || part === '}') brackets = Math.max(0, brackets - 1);
    else if (part === '\n' || part === '\r\n') signs = 0;
    else if (brackets === 0 && (part === '-' || part === '?' || part === ':')) signs += 1;
    parts += 1;
    if (brackets > MAX_DEPTH || signs > MAX_DEPTH) return { kind: 'too deep', offset };
    if (parts > maxParts) return { kind: 'too many parts', offset };
    offset += part.length;
  }
  return undefined;
}

/** The first two documents of a text. Keys are compared later, and in one pass. */
function compose(text: string): readonly (Document.Parsed | undefined)[] {
  const composer = new Composer({ schema: 'core', version: '1.2', strict: true, uniqueKeys: false, merge: false });
  const found: Document.Parsed[] = [];
  // A text can hold thousands of errors, and the stack of each would take most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const document of composer.compose(new Parser().parse(text), true, text.length)) {
      found.push(document);
      if (found.length === 2) break;
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return found;
}

type Note = (kind: 'too deep' | 'alias' | 'key' | 'repeated key', offset: number, message?: string) => void;

/** Values without the library's classes. */
function plain(
  contents: Node | null,
  { aliases = 'refuse', repeatedKeys = 'refuse' }: YamlOptions,
  note: Note,
): unknown {
  const anchors = new Map<string, unknown>();
  const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
  const remembered = (node: Node, value: unknown): unknown => {
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, value);
    return value;
  };
  const mapOf = (map: YAMLMap, depth: number): unknown => {
    const values: Record<string, unknown> = Object.create(null);
    remembered(map, values);
    for (const { key, value } of map.items) {
      if (!isScalar(key)) {
        note('key', key ? offsetOf(key) : offsetOf(map));
        continue;
      }
      const name = String(key.value);
      if (repeatedKeys === 'refuse' && Object.hasOwn(values, name)) note('repeated key', offsetOf(key));
      values[name] = converted(value, depth + 1);
    }
    return values;
  };
  const converted = (node: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) return note('too deep', offsetOf(node));
    if (isAlias(node)) {
      if (aliases === 'share') return anchors.get(node.source);
      return note('alias', offsetOf(node));
    }
    if (isMap(node)) return mapOf(node, depth);
    if (isSeq(node)) {
      const items: unknown[] = [];
      remembered(node, items);
      for (const item of node.items) items.push(converted(item, depth + 1));
      return items;
    }
    return isScalar(node) ? remembered(node, node.value) : null;
  };
  return converted(contents, 0);
}

/** A reader that reads each text once, and remembers the last few. Its results must not be changed. */
export function oncePerText<Result>(read: (text: string) => Result, most = 16): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Result;
    const result = read(text);
    known.set(text, result);
    if (known.size > most) known.delete(known.keys().next().value ?? '');
    return result;
  };
}
