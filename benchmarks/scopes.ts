/**
 * `npm run bench:scopes`: which of n file scopes overlap.
 *
 * First whether the answers are right, by two judges that share no code with swarm: brute force (which of all short paths
 * does picomatch give to both globs?) and automata (refa decides whether the two languages are disjoint). Then how long
 * all pairs take, beside comparing pair by pair, beside glob-intersection, and beside matching the globs against the files
 * that exist, which is fast to write and misses what is not yet written.
 *
 *     npm run bench:scopes -- --json
 */
import picomatch from 'picomatch';
import { matches, type Pattern, patternsOverlap, readGlob } from '../src/core/scope/glob.ts';
import { overlappingScopes, overlaps } from '../src/core/scope/scope.ts';
import { answer, dice, installPeers, interleave, readAsked, say, sayTable, shown, timed } from './frame.ts';

const PEERS = { 'glob-intersection': '0.1.3', refa: '0.12.1' };

type Roll = () => number;
const pick = <Item>(items: readonly Item[], roll: Roll): Item => items[Math.floor(roll() * items.length)] as Item;

interface Judged {
  readonly pairs: number;
  readonly overlapping: number;
  readonly recall: number;
  readonly precision: number;
}

function judge(pairs: readonly { readonly truth: boolean; readonly said: boolean }[]): Judged {
  const both = pairs.filter(({ truth, said }) => truth && said).length;
  const truths = pairs.filter(({ truth }) => truth).length;
  const saids = pairs.filter(({ said }) => said).length;
  return { pairs: pairs.length, overlapping: truths, recall: both / truths, precision: both / saids };
}

// ── Brute force ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Picomatch takes `a/**` to mean `a`, too, but not `a*` + `/**`. Swarm takes both. */
const ODD_OF_PICOMATCH = /(?:^|\/)(?!\*\*\/)[^/]*[*?[{][^/]*(?:\/\*\*)+$/;

/**
 * All paths of up to four parts, each of one or two of three letters. Globs of this bench have at most two parts beside
 * one `**`, and two pieces a part: if two of them share a path at all, they share one of these.
 */
function byBruteForce(roll: Roll): Judged {
  const letters = ['a', 'b', 'c'];
  const names = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))];
  let longest: readonly string[] = names;
  const paths = [...names];
  for (let parts = 2; parts <= 4; parts++) {
    longest = longest.flatMap((start) => names.map((name) => `${start}/${name}`));
    paths.push(...longest);
  }
  const pieces = ['a', 'b', '*', '?', '[ab]', '[^a]', '{a,b}', '[b-c]'];
  const part = (): string =>
    (roll() < 0.35 ? pick(pieces, roll) : `${pick(pieces, roll)}${pick(pieces, roll)}`).replace('**', '*');
  const globs = new Set<string>();
  while (globs.size < 160) {
    const parts = Array.from({ length: 1 + Math.floor(roll() * 2) }, part);
    if (roll() < 0.6) parts.splice(Math.floor(roll() * (parts.length + 1)), 0, '**');
    const glob = parts.join('/');
    if (!ODD_OF_PICOMATCH.test(glob)) globs.add(glob);
  }
  const sets = [...globs].map((glob) => {
    const isMatch = picomatch(glob, { dot: true, fastpaths: false });
    return { glob, inside: Uint8Array.from(paths, (path) => (isMatch(path) ? 1 : 0)) };
  });
  return judge(
    sets.flatMap((one, at) =>
      sets.slice(at).map((other) => ({
        truth: one.inside.some((is, path) => is === 1 && other.inside[path] === 1),
        said: overlaps(one.glob, other.glob),
      })),
    ),
  );
}

// ── Automata ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Refa {
  readonly JS: {
    readonly Parser: { fromLiteral(literal: RegExp): { parse(): { expression: unknown; maxCharacter: number } } };
  };
  readonly NFA: { fromRegex(expression: unknown, options: { maxCharacter: number }): unknown };
  isDisjointWith(one: unknown, other: unknown): boolean;
}

/** Each part ends in "/", the last one too: then `**` is any number of parts and needs no cases. */
function regexpOf(glob: string): RegExp {
  const part = (text: string): string => {
    if (text === '**') return '(?:[^/]+/)*';
    if (/^\*+$/.test(text)) return '[^/]+/';
    let depth = 0;
    const said = text.replace(
      /\[!([^\]]*)\]|\[([^\]]*)\]|[*?{},.]|[^*?{},.[\]]/g,
      (token, not?: string, of?: string) => {
        if (not !== undefined) return `[^/${not}]`;
        if (of !== undefined) return `[${of}]`;
        if (token === '*') return '[^/]*';
        if (token === '?') return '[^/]';
        if (token === '{') depth++;
        if (token === '}') depth--;
        if (token === '{') return '(?:';
        if (token === '}') return ')';
        if (token === ',' && depth > 0) return '|';
        return token === '.' ? '\\.' : token;
      },
    );
    return `${said}/`;
  };
  return new RegExp(glob.split('/').map(part).join(''), 'u');
}

function byAutomata(refa: Refa, roll: Roll): Judged {
  const words = ['src', 'cart', 'mail', 'a', 'test', 'x.ts', 'index.ts', 'api'];
  const name = (): string => {
    const dice = roll();
    if (dice < 0.35) return pick(words, roll);
    if (dice < 0.5) return '*';
    if (dice < 0.6) return `*${pick(['.ts', '.md', 't', 'rt'], roll)}`;
    if (dice < 0.7) return `${pick(words, roll)}*`;
    if (dice < 0.8) return `{${pick(words, roll)},${pick(words, roll)}*}`;
    if (dice < 0.9) return `${pick(['?', '[a-m]', '[!s]'], roll)}${pick(['*', 'rc', 'art'], roll)}`;
    return `*${pick(['a', 't', 's'], roll)}*${pick(['s', 't', '.ts'], roll)}`;
  };
  const glob = (): string =>
    Array.from({ length: 1 + Math.floor(roll() * 4) }, () => (roll() < 0.25 ? '**' : name())).join('/');
  const nfaOf = (text: string): unknown => {
    const { expression, maxCharacter } = refa.JS.Parser.fromLiteral(regexpOf(text)).parse();
    return refa.NFA.fromRegex(expression, { maxCharacter });
  };
  return judge(
    Array.from({ length: 4_000 }, () => {
      const [one, other] = [glob(), glob()];
      return { truth: !refa.isDisjointWith(nfaOf(one), nfaOf(other)), said: overlaps(one, other) };
    }),
  );
}

// ── All pairs ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** One to three globs a segment, of a repository with n / 4 areas: half directories, a third files, some tests and kinds. */
function makeScopes(count: number, roll: Roll): readonly (readonly string[])[] {
  const areas = Math.max(4, Math.floor(count / 4));
  const glob = (): string => {
    const kind = roll();
    const area = `src/area${Math.floor(roll() * areas)}`;
    const module = `${area}/m${Math.floor(roll() * 8)}`;
    if (kind < 0.5) return `${roll() < 0.1 ? area : module}/**`;
    if (kind < 0.8) return `${module}/file${Math.floor(roll() * 20)}.ts`;
    if (kind < 0.9) return `${area}/**/*.test.ts`;
    if (kind < 0.95) return `${module}/*.ts`;
    return `docs/{guide,api}/page${Math.floor(roll() * count)}*.md`;
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(roll() * 3) }, glob));
}

type Letter = 'any characters' | readonly number[];
const LETTERS = new WeakMap<object, readonly Letter[]>();

/** The textbook table over parts, and another over letters inside it: exact, and what one would write first. */
function plainDp(a: Pattern, b: Pattern): boolean {
  const meet = <Token>(
    one: readonly Token[],
    other: readonly Token[],
    isMany: (token: Token) => boolean,
    same: (x: Token, y: Token) => boolean,
  ): boolean => {
    const table = Array.from({ length: one.length + 1 }, () => new Uint8Array(other.length + 1));
    for (let i = one.length; i >= 0; i--) {
      for (let j = other.length; j >= 0; j--) {
        const [x, y] = [one[i], other[j]];
        const row = table[i];
        if (!row) continue;
        if (x === undefined && y === undefined) row[j] = 1;
        else if (x !== undefined && isMany(x))
          row[j] = (table[i + 1]?.[j] ?? 0) | (y === undefined ? 0 : (row[j + 1] ?? 0));
        else if (y !== undefined && isMany(y))
          row[j] = (row[j + 1] ?? 0) | (x === undefined ? 0 : (table[i + 1]?.[j] ?? 0));
        else if (x !== undefined && y !== undefined && same(x, y)) row[j] = table[i + 1]?.[j + 1] ?? 0;
      }
    }
    return table[0]?.[0] === 1;
  };
  const lettersOf = (part: Exclude<Pattern[number], 'any parts'>): readonly Letter[] => {
    const known = LETTERS.get(part);
    if (known) return known;
    const letters: readonly Letter[] =
      'literal' in part
        ? [...part.literal].map((letter) => [letter.codePointAt(0) ?? 0, letter.codePointAt(0) ?? 0])
        : part.tokens;
    LETTERS.set(part, letters);
    return letters;
  };
  const lettersMeet = (x: Letter, y: Letter): boolean =>
    x !== 'any characters' &&
    y !== 'any characters' &&
    x.some(
      (from, i) =>
        i % 2 === 0 && y.some((start, j) => j % 2 === 0 && from <= (y[j + 1] ?? 0) && start <= (x[i + 1] ?? 0)),
    );
  return meet<Pattern[number]>(
    a,
    b,
    (part) => part === 'any parts',
    (x, y) =>
      x !== 'any parts' &&
      y !== 'any parts' &&
      meet<Letter>(lettersOf(x), lettersOf(y), (letter) => letter === 'any characters', lettersMeet),
  );
}

/** Every `step`th scope against all after it. */
function pairwise(
  scopes: readonly (readonly string[])[],
  meets: (a: Pattern, b: Pattern) => boolean,
  step = 1,
): number {
  const read = scopes.map((globs) =>
    globs.flatMap((glob): readonly Pattern[] => {
      const patterns = readGlob(glob);
      return typeof patterns === 'string' ? [] : patterns;
    }),
  );
  let found = 0;
  for (let at = 0; at < read.length; at += step) {
    for (const other of read.slice(at + 1)) {
      if (read[at]?.some((a) => other.some((b) => meets(a, b)))) found++;
    }
  }
  return found;
}

/** Files of the tree that the scopes are about; most of what they name is still to be written. */
function overlapsOnFiles(scopes: readonly (readonly string[])[], roll: Roll): number {
  const areas = Math.max(4, Math.floor(scopes.length / 4));
  const files = Array.from({ length: scopes.length * 6 }, () => {
    const place = `src/area${Math.floor(roll() * areas)}/m${Math.floor(roll() * 8)}`;
    return `${place}/${roll() < 0.2 ? 'a.test.ts' : `file${Math.floor(roll() * 20)}.ts`}`;
  });
  const touched = scopes.map((globs) => {
    const isMatch = picomatch([...globs], { dot: true });
    return new Set(files.filter((file) => isMatch(file)));
  });
  let found = 0;
  touched.forEach((one, at) => {
    for (const other of touched.slice(at + 1)) if (!one.isDisjointFrom(other)) found++;
  });
  return found;
}

async function main(): Promise<void> {
  const asked = readAsked();
  const peers = await installPeers(PEERS);
  const refa = (await peers.load('refa')) as unknown as Refa;
  const { default: intersect } = (await peers.load('glob-intersection')) as {
    default: (a: string, b: string) => string | false;
  };

  const bruteForce = byBruteForce(dice(1));
  const automata = byAutomata(refa, dice(2));
  const told = ({ recall, precision, pairs, overlapping }: Judged): readonly string[] => [
    recall.toFixed(3),
    precision.toFixed(3),
    pairs.toLocaleString('en'),
    overlapping.toLocaleString('en'),
  ];
  say('Do two globs share a path?');
  sayTable(
    ['judge', 'recall', 'precision', 'pairs', 'of them overlap'],
    [
      ['all short paths, by picomatch', ...told(bruteForce)],
      ['disjoint automata, by refa', ...told(automata)],
    ],
  );
  const inside = agreesInside(dice(3));
  say(`A path in a glob, as picomatch says: ${inside.same} of ${inside.asked}.`);

  const results: Record<string, unknown> = { bruteForce, automata, inside };
  for (const count of [100, 1_000, 10_000]) {
    const scopes = makeScopes(count, dice(count));
    const sides: Record<string, () => number> = { swarm: () => overlappingScopes(scopes).length };
    if (count <= 1_000) sides['pair by pair, swarm’s own comparison'] = () => pairwise(scopes, patternsOverlap);
    if (count <= 1_000) sides['picomatch over files that exist'] = () => overlapsOnFiles(scopes, dice(4));
    const found = Object.fromEntries(Object.entries(sides).map(([name, act]) => [name, act()]));
    const rounds = await interleave(
      Object.fromEntries(Object.entries(sides).map(([name, act]) => [name, timed(act)])),
      {
        warmUps: 3,
        least: 2,
        most: 15,
        budgetMs: 12_000,
      },
    );
    // The slow ones take minutes: they are timed once, for a thousand scopes on a share of the rows, and told as that.
    const step = count / 100;
    const once: Record<string, number> = {};
    if (count <= 1_000) {
      once['pair by pair, plain table'] = (await timed(() => pairwise(scopes, plainDp, step))()) * step;
    }
    if (count === 100) {
      once['glob-intersection, pair by pair'] = await timed(() => {
        for (const [at, one] of scopes.entries()) {
          for (const other of scopes.slice(at + 1)) one.some((a) => other.some((b) => intersect(a, b) !== false));
        }
      })();
    }
    say(
      `\n${count.toLocaleString('en')} scopes, ${scopes.flat().length.toLocaleString('en')} globs (best of ${rounds.times.swarm?.length} rounds)`,
    );
    sayTable(
      ['', 'pairs', 'ms', '× swarm'],
      Object.keys(sides).map((name) => [
        name,
        String(found[name]),
        shown(rounds.ms(name)),
        name === 'swarm' ? '' : shown(rounds.ratio(name, 'swarm')),
      ]),
    );
    const rows = step === 1 ? 'once' : `once, every ${step}th row, times ${step}`;
    for (const [name, ms] of Object.entries(once)) {
      say(`${name} (${rows}): ${shown(ms)} ms, ${shown(ms / rounds.ms('swarm'))} × swarm`);
    }
    results[`scopes${count}`] = {
      once: Object.fromEntries(
        Object.entries(once).map(([name, ms]) => [name, { ms, timesSwarm: ms / rounds.ms('swarm') }]),
      ),
      pairs: found,
      ms: Object.fromEntries(Object.keys(sides).map((name) => [name, rounds.ms(name)])),
      timesSwarm: Object.fromEntries(Object.keys(sides).map((name) => [name, rounds.ratio(name, 'swarm')])),
    };
  }
  answer(asked, results);
}

/** Containment: the same matcher, beside picomatch, over random paths. */
function agreesInside(roll: Roll): { readonly asked: number; readonly same: number } {
  const names = ['a', 'b', 'ab', '.a', 'a.b', 'ba'];
  const parts = ['a', 'b*', '*', '?', '[ab]*', '{a,ab}', '*.b', '**'];
  let same = 0;
  const asked = 20_000;
  for (let time = 0; time < asked; ) {
    const glob = Array.from({ length: 1 + Math.floor(roll() * 3) }, () => pick(parts, roll)).join('/');
    if (ODD_OF_PICOMATCH.test(glob)) continue;
    const path = Array.from({ length: 1 + Math.floor(roll() * 3) }, () => pick(names, roll));
    const read = readGlob(glob);
    const ours = typeof read !== 'string' && read.some((pattern) => matches(pattern, path));
    if (ours === picomatch.isMatch(path.join('/'), glob, { dot: true, fastpaths: false })) same++;
    time++;
  }
  return { asked, same };
}

await main();
