/**
 * Overlaps → tracks: the segments of a wave that touch the same files form a track, in the order in which they run.
 *
 * A segment that overlaps everything would pull its whole wave into one track, and hide that the others run side by side. Such
 * segments share a track of their own. The schedule makes sure that nothing else runs meanwhile.
 */
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Overlap, Track } from '#core/model/plan';
import { fixedPrefix, GlobCache, isEverything } from '#core/scope/glob';

/**
 * The tracks of one wave, sorted, lettered, and named after the files that their segments share.
 *
 * @param order each segment's place among ready ones. It orders the members of a track, and the tracks.
 */
export function tracksOf(
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
  order: ReadonlyMap<IssueNumber, number>,
  globs = new GlobCache(),
): readonly Track[] {
  const rankOf = (segment: Segment | undefined): number => (segment && order.get(segment.number)) ?? 0;
  const sorted = [...segments].sort((a, b) => rankOf(a) - rankOf(b));
  const groups = connected(
    sorted.filter((segment) => !isWide(segment, globs)),
    overlaps,
  );
  const wide = sorted.filter((segment) => isWide(segment, globs));
  if (wide.length > 0) groups.push(wide);
  const shared = sharedFiles(groups, overlaps);
  // Members are sorted, so a group stands where its first member does.
  return groups
    .sort((a, b) => rankOf(a[0]) - rankOf(b[0]))
    .map((group, index) => ({
      letter: letterOf(index),
      name: nameOf(group, shared.get(group), globs),
      segments: group.map((segment) => segment.number),
    }));
}

const isWide = ({ spec }: Segment, globs: GlobCache): boolean =>
  !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob, globs));

/** Why the members of a group form a track. */
interface SharedFiles {
  /** For each overlapping pair, the directory or file in which their globs overlap. */
  readonly paths: string[];
  /** The globs that all of these pairs name. */
  globs: readonly string[];
}

function sharedFiles(
  groups: readonly (readonly Segment[])[],
  overlaps: readonly Overlap[],
): ReadonlyMap<readonly Segment[], SharedFiles> {
  const groupOf = new Map(groups.flatMap((group) => group.map(({ number }) => [number, group] as const)));
  const shared = new Map<readonly Segment[], SharedFiles>();
  for (const { a, b, why } of overlaps) {
    const group = groupOf.get(a);
    if (why.kind !== 'files' || !group || group !== groupOf.get(b)) continue;
    const known = shared.get(group);
    const path = overlapPath(why.a, why.b);
    if (known) {
      known.paths.push(path);
      known.globs = known.globs.filter((glob) => glob === why.a || glob === why.b);
    } else shared.set(group, { paths: [path], globs: [why.a, why.b] });
  }
  return shared;
}

/** Groups of segments that overlap, directly or through others (union-find). Groups and members keep the given order. */
function connected(segments: readonly Segment[], overlaps: readonly Overlap[]): Segment[][] {
  const parents = new Map(segments.map(({ number }) => [number, number]));
  const rootOf = (number: IssueNumber): IssueNumber => {
    let at = number;
    for (let parent = parents.get(at) ?? at; parent !== at; parent = parents.get(at) ?? at) {
      parents.set(at, parents.get(parent) ?? parent);
      at = parent;
    }
    return at;
  };
  for (const { a, b } of overlaps) {
    if (parents.has(a) && parents.has(b)) parents.set(rootOf(a), rootOf(b));
  }
  return [...Map.groupBy(segments, ({ number }) => rootOf(number)).values()];
}

/** From 0: `A` … `Z`, `AA`, `AB` … */
export function letterOf(index: number): string {
  let letters = '';
  for (let left = index; left >= 0; left = Math.floor(left / 26) - 1) {
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  }
  return letters;
}

/**
 * A name that says why the members run one after the other: the directory that holds their overlaps (`src/auth`), a glob that
 * is part of every overlap, or the few places where they overlap. A track of one segment, or of segments that only name each
 * other as conflicts, is named after all its files.
 */
function nameOf(group: readonly Segment[], shared: SharedFiles | undefined, cache: GlobCache): string {
  const globs = group.flatMap(includedBy);
  if (globs.length === 0) return 'unknown';
  if (group.some((segment) => includedBy(segment).length === 0) || globs.some((glob) => isEverything(glob, cache))) {
    return 'everything';
  }
  const paths = shared?.paths ?? globs.map((glob) => fixedPrefix(glob) || glob);
  const one = commonDirectory(paths) || shared?.globs[0];
  if (one) return one;
  const tops = [...new Set(paths.map(topOf))].sort();
  return tops.length <= 3 ? tops.join(', ') : `${tops.slice(0, 2).join(', ')}, +${tops.length - 2}`;
}

const includedBy = ({ spec }: Segment): readonly string[] => spec.files.filter((glob) => !glob.startsWith('!'));

/** The first two names: `src/auth` of `src/auth/login.ts`. */
const topOf = (path: string): string => path.split('/', 2).join('/');

/** The path in which two globs overlap. A glob that starts anywhere, such as `*` + `.md`, says less than the other one. */
function overlapPath(a: string, b: string): string {
  const [one, other] = [fixedPrefix(a), fixedPrefix(b)];
  if (one === '') return other || a;
  return commonDirectory([one, other]) || one;
}

/** The deepest directory, or the file, that holds all paths; '' if there is none. */
function commonDirectory(paths: readonly string[]): string {
  let shared = paths[0] as string;
  for (const path of paths) {
    while (shared !== '' && !liesIn(path, shared)) shared = shared.slice(0, Math.max(0, shared.lastIndexOf('/')));
  }
  return shared;
}

const liesIn = (path: string, directory: string): boolean => path === directory || path.startsWith(`${directory}/`);
