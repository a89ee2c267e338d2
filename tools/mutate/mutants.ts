/**
 * Finds every small change of a source file that a test should notice, and writes the file so that each change sits behind
 * a switch. The switch is thrown while the tests run (`switch.ts`), so a file is read and transformed once for all of its
 * mutants.
 *
 * The operators are those of StrykerJS, plus the removal of a call that stands as a statement. Left out is every change
 * that cannot show: types, imports, messages of thrown errors, and a change that says the same as its neighbour (`'a'` in
 * `x === 'a'`, since `false` for the whole comparison is a mutant already).
 */
import { parseAst } from 'rolldown/parseAst';

type Program = ReturnType<typeof parseAst>;
type Statement = Program['body'][number];
type Expression = Extract<Statement, { type: 'ExpressionStatement' }>['expression'];
type Case = Extract<Statement, { type: 'SwitchStatement' }>['cases'][number];
type Node = Statement | Expression | Case;
type Of<Type extends Node['type']> = Extract<Node, { type: Type }>;

/** The part of the file that a switch wraps, and in what manner. */
export interface Place {
  readonly kind: 'expression' | 'statement' | 'block' | 'case';
  readonly start: number;
  readonly end: number;
}

export interface Mutant {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly line: number;
  /** The functions and constants around it, outermost first: `takeIn.inner`. */
  readonly within: string;
  /** The text of its line, without indentation. */
  readonly code: string;
  readonly operator: string;
  readonly before: string;
  readonly after: string;
  /** 1, unless an earlier mutant is the same in all of the above but its line. */
  readonly nth: number;
  readonly place: Place;
  /** What stands at the place once the switch is thrown. */
  readonly text: string;
}

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
};
const ARITHMETIC: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' };
const LOGIC: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', '??': '&&' };
const ASSIGNMENTS: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '%=': '*=',
  '||=': '&&=',
  '&&=': '||=',
  '??=': '&&=',
};
const SWAPPED: ReadonlyMap<string, string> = new Map(
  [
    ['startsWith', 'endsWith'],
    ['toUpperCase', 'toLowerCase'],
    ['some', 'every'],
    ['trimStart', 'trimEnd'],
    ['min', 'max'],
    ['floor', 'ceil'],
    ['indexOf', 'lastIndexOf'],
    ['find', 'findLast'],
    ['findIndex', 'findLastIndex'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);
const REMOVED: ReadonlySet<string> = new Set([
  'filter',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'slice',
  'substring',
  'charAt',
  'trim',
]);
/** Parts of a node that exist for the compiler alone. */
const TYPES: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeArguments',
  'implements',
  'decorators',
]);
/** A cast holds a value; every other TypeScript node holds types. */
const CASTS: ReadonlySet<string> = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

/** The nodes right below a node, each with the key under which it hangs. */
function* below(node: Node): Generator<readonly [string, Node]> {
  for (const [key, value] of Object.entries(node)) {
    if (TYPES.has(key)) continue;
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield [key, each];
  }
}

const isString = (node: Node): boolean =>
  (node.type === 'Literal' && typeof node.value === 'string') ||
  node.type === 'TemplateLiteral' ||
  (node.type === 'BinaryExpression' && node.operator === '+' && (isString(node.left as Node) || isString(node.right)));

const isComparison = (node: Node): boolean =>
  node.type === 'BinaryExpression' &&
  (node.operator in COMPARISONS || node.operator === 'in' || node.operator === 'instanceof');

/** Has `true` and `false` among its mutants. */
const isQuestion = (node: Node): boolean =>
  isComparison(node) || (node.type === 'LogicalExpression' && node.operator !== '??');

/** A call's callee and a member's object continue an optional chain: nothing may be put around them alone. */
const continues = (parent: Node, key: string): boolean =>
  (parent.type === 'MemberExpression' && key === 'object') ||
  (parent.type === 'CallExpression' && key === 'callee') ||
  (parent.type === 'ChainExpression' && key === 'expression') ||
  (parent.type === 'TSNonNullExpression' && key === 'expression');

const callsSuper = (node: Node): boolean =>
  (node.type === 'CallExpression' && node.callee.type === 'Super') ||
  [...below(node)].some(([, each]) => callsSuper(each));

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-20)}` : line;
};

interface Change {
  readonly operator: string;
  readonly after: string;
  /** How it is shown, where that is shorter than the text itself. */
  readonly shown?: string;
}

interface Around {
  readonly parent: Node | undefined;
  readonly key: string;
  /** The optional chain that this node continues. */
  readonly chain: Node | undefined;
  readonly names: readonly string[];
  /** Whether all of this ends up in the message of an error. */
  readonly message: boolean;
}

/** Every mutant of a file, in the order of the text. */
export function findMutants(file: string, source: string): readonly Mutant[] {
  const found: Omit<Mutant, 'nth'>[] = [];
  const lines = source.split('\n');
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineAt = (offset: number): number => starts.findLastIndex((start) => start <= offset) + 1;
  const text = ({ start, end }: { readonly start: number; readonly end: number }): string => source.slice(start, end);

  const add = (node: Node, place: Place, names: readonly string[], change: Change): void => {
    const line = lineAt(node.start);
    const head = source.slice(place.start, node.start);
    const tail = source.slice(node.end, place.end);
    found.push({
      file,
      line,
      within: names.join('.'),
      code: (lines[line - 1] ?? '').trim(),
      operator: change.operator,
      before: short(text(node)),
      after: short(change.shown ?? change.after),
      place,
      text: `${head}${change.after}${tail}`,
    });
  };

  /** The changes of one expression. */
  const changes = (node: Node, { parent, key, message }: Around): Change[] => {
    const between = (left: Node, right: Node, from: string, to: string): string => {
      const gap = source.slice(left.end, right.start);
      return `${source.slice(node.start, left.end)}${gap.replace(from, () => to)}${source.slice(right.start, node.end)}`;
    };
    const tested =
      parent !== undefined &&
      key === 'test' &&
      ['IfStatement', 'ConditionalExpression', 'WhileStatement', 'DoWhileStatement', 'ForStatement'].includes(
        parent.type,
      );
    const all: Change[] = [];
    if (tested || isQuestion(node)) {
      const loop = tested && parent.type !== 'IfStatement' && parent.type !== 'ConditionalExpression';
      // `false` in a conjunction and `true` in a disjunction say what they say for the whole.
      const operator = parent?.type === 'LogicalExpression' ? parent.operator : undefined;
      if (!loop && operator !== '||') all.push({ operator: 'condition', after: 'true' });
      if (operator !== '&&') all.push({ operator: 'condition', after: 'false' });
    }
    switch (node.type) {
      case 'BinaryExpression': {
        const left = node.left as Node;
        for (const other of COMPARISONS[node.operator] ?? [])
          all.push({ operator: 'comparison', after: between(left, node.right, node.operator, other) });
        const other = ARITHMETIC[node.operator];
        if (other !== undefined && !isString(left) && !isString(node.right))
          all.push({ operator: 'arithmetic', after: between(left, node.right, node.operator, other) });
        break;
      }
      case 'LogicalExpression': {
        const other = LOGIC[node.operator] ?? '';
        const shown = between(node.left, node.right, node.operator, other);
        const sign = source.indexOf(node.operator, node.left.end);
        // `a && b ?? c` is not JavaScript.
        const after = `(${source.slice(node.start, sign)}) ${other} (${source.slice(sign + 2, node.end)})`;
        all.push({ operator: 'logic', after, shown });
        break;
      }
      case 'AssignmentExpression': {
        const other = ASSIGNMENTS[node.operator];
        if (other !== undefined && !isString(node.right))
          all.push({ operator: 'assignment', after: between(node.left as Node, node.right, node.operator, other) });
        break;
      }
      case 'UpdateExpression': {
        const other = node.operator === '++' ? '--' : '++';
        all.push({ operator: 'update', after: text(node).replace(node.operator, other) });
        break;
      }
      case 'UnaryExpression':
        if (node.operator === '!') all.push({ operator: 'negation', after: text(node.argument) });
        if (node.operator === '-' || node.operator === '~') all.push({ operator: 'unary', after: text(node.argument) });
        if (node.operator === '+') all.push({ operator: 'unary', after: `-${text(node.argument)}` });
        break;
      case 'Literal': {
        if (typeof node.value === 'boolean') all.push({ operator: 'boolean', after: String(!node.value) });
        if ('regex' in node)
          for (const pattern of regexChanges(node.regex.pattern, node.regex.flags))
            all.push({ operator: 'regex', after: `/${pattern}/${node.regex.flags}` });
        const compared = parent !== undefined && isComparison(parent);
        if (typeof node.value === 'string' && !message && !compared)
          all.push({ operator: 'string', after: node.value === '' ? "'mutated'" : "''" });
        break;
      }
      case 'TemplateLiteral':
        if (!message && text(node) !== '``') all.push({ operator: 'string', after: '``' });
        break;
      case 'ArrayExpression':
        all.push({ operator: 'array', after: node.elements.length > 0 ? '[]' : "['mutated']" });
        break;
      case 'ObjectExpression':
        if (node.properties.length > 0) all.push({ operator: 'object', after: '{}' });
        break;
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement' && text(node.body) !== 'undefined' && !isQuestion(node.body))
          all.push({ operator: 'arrow', after: '() => undefined' });
        break;
      case 'MemberExpression':
        if (node.optional) {
          const object = source.slice(node.start, node.object.end);
          const rest = source.slice(node.object.end, node.end);
          const after = `${object}${rest.replace('?.', node.computed ? '' : '.')}`;
          all.push({ operator: 'optional chain', after });
        }
        break;
      case 'CallExpression': {
        const { callee } = node;
        if (node.optional) {
          const after = `${text(callee)}${source.slice(callee.end, node.end).replace('?.', '')}`;
          all.push({ operator: 'optional chain', after });
        }
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed) break;
        const { name } = callee.property;
        const other = SWAPPED.get(name);
        if (other !== undefined) {
          const after = `${source.slice(node.start, callee.property.start)}${other}${source.slice(callee.property.end, node.end)}`;
          all.push({ operator: 'method', after });
        }
        if (REMOVED.has(name)) {
          const after = source.slice(node.start, callee.property.start).replace(/\s*\??\.\s*$/, '');
          all.push({ operator: 'method', after });
        }
        break;
      }
    }
    return all;
  };

  const visit = (node: Node, around: Around): void => {
    const { parent, key } = around;
    if (node.type.startsWith('TS') && !CASTS.has(node.type)) return;
    if (node.type.startsWith('Import') || node.type === 'ExportAllDeclaration') return;
    if (node.type === 'ExportNamedDeclaration' && node.source !== null) return;
    if ('declare' in node && node.declare === true) return;

    let { names, message } = around;
    if (parent?.type === 'ThrowStatement') message = true;
    const named = nameOf(node);
    if (named !== undefined) names = [...names, named];
    const chain = around.chain ?? (node.type === 'ChainExpression' ? node : undefined);

    if (isStatementCall(node)) {
      const { start, end } = node;
      add(node, { kind: 'statement', start, end }, names, { operator: 'call', after: ';' });
    } else if (node.type === 'BlockStatement') {
      const keeps = parent?.type === 'FunctionExpression' && callsSuper(node);
      const { start, end } = node;
      if (node.body.length > 0 && !keeps && !isThrow(node))
        add(node, { kind: 'block', start, end }, names, { operator: 'block', after: '{}' });
    } else if (node.type === 'SwitchCase') {
      const [first] = node.consequent;
      const last = node.consequent.at(-1);
      const declares = node.consequent.some((each) => each.type.endsWith('Declaration'));
      if (first !== undefined && last !== undefined && !declares) {
        const place: Place = { kind: 'case', start: first.start, end: last.end };
        const label = source.slice(node.start, first.start).trim();
        const change = { operator: 'case', after: label, shown: label };
        add(node, place, names, change);
      }
    } else if (!isName(node, parent, key)) {
      const { start, end } = chain ?? node;
      for (const change of changes(node, around)) add(node, { kind: 'expression', start, end }, names, change);
    }

    for (const [at, each] of below(node)) {
      const goesOn = chain !== undefined && continues(node, at);
      visit(each, { parent: node, key: at, chain: goesOn ? chain : undefined, names, message });
    }
  };

  for (const statement of parseAst(source, { lang: 'ts' }, file).body)
    visit(statement, { parent: undefined, key: 'body', chain: undefined, names: [], message: false });

  const times = new Map<string, number>();
  return found
    .map((mutant, index) => ({ mutant, index }))
    .sort((a, b) => a.mutant.line - b.mutant.line || a.index - b.index)
    .map(({ mutant }) => {
      const key = keyOf(mutant);
      const nth = (times.get(key) ?? 0) + 1;
      times.set(key, nth);
      return { ...mutant, nth };
    });
}

/** Names a mutant without its line: it stays the same while the code around it moves. */
export const keyOf = (mutant: Pick<Mutant, 'file' | 'within' | 'code' | 'operator' | 'before' | 'after'>): string =>
  [mutant.file, mutant.within, mutant.code, mutant.operator, mutant.before, mutant.after].join('\0');

const isThrow = ({ body }: Of<'BlockStatement'>): boolean => body.length === 1 && body[0]?.type === 'ThrowStatement';

const isStatementCall = (node: Node): node is Of<'ExpressionStatement'> =>
  node.type === 'ExpressionStatement' &&
  (node.expression.type === 'CallExpression' || node.expression.type === 'ChainExpression') &&
  !callsSuper(node);

/** What stands here is a name or the target of a change, not a value. */
const isName = (node: Node, parent: Node | undefined, key: string): boolean => {
  if (parent === undefined) return false;
  const type: string = parent.type;
  if (key === 'key' && !('computed' in parent && parent.computed === true)) return true;
  if (key === 'quasi' || (node.type === 'Literal' && type === 'ExpressionStatement')) return true;
  if (type === 'UpdateExpression' || (key === 'left' && type.startsWith('Assignment'))) return true;
  return type === 'UnaryExpression' && 'operator' in parent && parent.operator === 'delete';
};

const nameOf = (node: Node): string | undefined => {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return node.id?.name;
  const loose: { readonly type: string; readonly id?: unknown; readonly key?: unknown } = node;
  const name =
    loose.type === 'VariableDeclarator' ? loose.id : loose.type === 'MethodDefinition' ? loose.key : undefined;
  return isNode(name) && name.type === 'Identifier' ? name.name : undefined;
};

/** A regular expression without one of its anchors or quantifiers, or with a class or a look-around turned round. */
export function regexChanges(pattern: string, flags: string): readonly string[] {
  const all: string[] = [];
  const put = (from: number, to: number, text: string): void => {
    const changed = `${pattern.slice(0, from)}${text}${pattern.slice(to)}`;
    if (changed !== '' && isRegex(changed, flags)) all.push(changed);
  };
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const escaped = /^\\(?:u\{[^}]*\}|u.{4}|x..|[pP]\{[^}]*\}|k<[^>]*>|.)/s.exec(rest)?.[0];
    if (escaped !== undefined) {
      const letter = escaped[1] ?? '';
      if ('dDsSwW'.includes(letter)) {
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        put(at, at + 2, `\\${other}`);
      }
      if (letter === 'b' && !inClass) put(at, at + 2, '');
      at += escaped.length - 1;
      continue;
    }
    const char = pattern[at];
    if (inClass) {
      inClass = char !== ']';
      continue;
    }
    if (char === '[') {
      const negated = pattern[at + 1] === '^';
      put(at, at + (negated ? 2 : 1), negated ? '[' : '[^');
      inClass = true;
      if (negated) at += 1;
      continue;
    }
    if (char === '^' || char === '$') put(at, at + 1, '');
    const look = /^\(\?<?[=!]/.exec(rest)?.[0];
    if (look !== undefined)
      put(at, at + look.length, look.endsWith('=') ? `${look.slice(0, -1)}!` : `${look.slice(0, -1)}=`);
    const group = /^\(\?(?:<?[=!]|:|<[^>]*>)/.exec(rest)?.[0];
    if (group !== undefined) {
      at += group.length - 1;
      continue;
    }
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest)?.[0];
    if (quantifier !== undefined) {
      put(at, at + quantifier.length, '');
      at += quantifier.length - 1;
    }
  }
  return all;
}

const isRegex = (pattern: string, flags: string): boolean => {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
};

/**
 * Writes a file with its mutants behind switches, each under its number, and a tick in every loop so that a loop that a
 * mutant makes endless is found. No line moves.
 */
export function instrument(file: string, source: string, mutants: ReadonlyMap<number, Mutant>): string {
  const before = new Map<number, string[]>();
  const after = new Map<number, string[]>();
  const put = (map: Map<number, string[]>, at: number, text: string): void => {
    map.set(at, [...(map.get(at) ?? []), text]);
  };
  // Places nest, and the outer one must open first and close last: sorted so, ends are put in front of those that stand.
  const places = Map.groupBy(mutants, ([, { place }]) => `${place.start} ${place.end} ${place.kind}`);
  const groups = [...places.values()]
    .map((all) => ({ all, place: all[0]?.[1].place ?? { kind: 'expression' as const, start: 0, end: 0 } }))
    .map(({ all, place }) => ({ all, ...inside(place) }))
    .sort((a, b) => a.start - b.start || b.end - a.end || ORDER[a.kind] - ORDER[b.kind]);
  for (const { all, kind, start, end } of groups) {
    const [open, close] = wrap(kind, all);
    put(before, start, open);
    after.set(end, [close, ...(after.get(end) ?? [])]);
  }
  const loops: { readonly start: number; readonly end: number; readonly block: boolean }[] = [];
  const look = (node: Node): void => {
    if ('body' in node && /^(?:For|While|DoWhile)/.test(node.type) && isNode(node.body))
      loops.push({ start: node.body.start, end: node.body.end, block: node.body.type === 'BlockStatement' });
    for (const [, each] of below(node)) look(each);
  };
  for (const statement of parseAst(source, { lang: 'ts' }, file).body) look(statement);
  for (const { start, end, block } of loops) {
    if (block) before.set(start + 1, ['__mutants.tick();', ...(before.get(start + 1) ?? [])]);
    else {
      before.set(start, ['{__mutants.tick();', ...(before.get(start) ?? [])]);
      put(after, end, '}');
    }
  }
  const cuts = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
  let from = 0;
  let text = 'const __mutants = globalThis.__mutants;';
  for (const at of cuts) {
    text += source.slice(from, at) + (after.get(at) ?? []).join('') + (before.get(at) ?? []).join('');
    from = at;
  }
  return text + source.slice(from);
}

/** A block's switch stands inside of its braces. */
const inside = ({ kind, start, end }: Place): Place =>
  kind === 'block' ? { kind, start: start + 1, end: end - 1 } : { kind, start, end };

const ORDER: Readonly<Record<Place['kind'], number>> = { block: 0, case: 1, statement: 2, expression: 3 };

function wrap(kind: Place['kind'], mutants: readonly (readonly [number, Mutant])[]): readonly [string, string] {
  if (kind === 'expression') {
    const choices = mutants.map(([id, { text }]) => `__mutants.is(${id})?(${text}\n):`);
    return [`(${choices.join('')}(`, '))'];
  }
  const none = mutants.map(([id]) => `!__mutants.is(${id})`).join('&&');
  return kind === 'statement' ? [`{if(${none}){`, '}}'] : [`if(${none}){`, '}'];
}
