/**
 * Overlaps → tracks: the segments of a wave that touch the same files stand together, in the order in which they run.
 *
 * A segment that overlaps everything would draw its whole wave into one track, and hide that the others run side by
 * side. Such segments share a track of their own; that nothing runs beside them is the schedule's concern.
 */
import type { IssueNumber, Segment } from '#core/model/epic';
import type { Overlap, Track } from '#core/model/plan';
import { fixedPrefix, GlobCache, isEverything } from '#core/scope/glob';

/**
 * The tracks of one wave: ordered, lettered, and named after what their files share.
 *
 * @param order each segment's place among those that are ready: its members', and with them the tracks', order.
 */
export function tracksOf(
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
  order: ReadonlyMap<IssueNumber, number>,
  globs = new GlobCache(),
): readonly Track[] {
  const place = (segment: Segment | undefined): number => (segment ? (order.get(segment.number) ?? segment.number) : 0);
  const sorted = [...segments].sort((a, b) => place(a) - place(b));
  const { wide = [], narrow = [] } = Object.groupBy(sorted, (segment) => (isWide(segment, globs) ? 'wide' : 'narrow'));
  const groups = connected(narrow, overlaps);
  if (wide.length > 0) groups.push(wide);
  const shared = sharedBy(groups, overlaps);
  // Sorted within, a group stands where its first does.
  return groups
    .sort((a, b) => place(a[0]) - place(b[0]))
    .map((group, at) => ({
      letter: letterOf(at),
      name: nameOf(group, shared.get(group), globs),
      segments: group.map((segment) => segment.number),
    }));
}

const isWide = ({ spec }: Segment, globs: GlobCache): boolean =>
  !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob, globs));

/** Why the members of a group share it. */
interface Shared {
  /** Where the files of two of them meet, of each pair. */
  readonly places: string[];
  /** The globs that all of these pairs name. */
  globs: readonly string[];
}

function sharedBy(
  groups: readonly (readonly Segment[])[],
  overlaps: readonly Overlap[],
): ReadonlyMap<readonly Segment[], Shared> {
  const groupOf = new Map<IssueNumber, readonly Segment[]>();
  for (const group of groups) if (group.length > 1) for (const { number } of group) groupOf.set(number, group);
  const shared = new Map<readonly Segment[], Shared>();
  for (const { a, b, why } of overlaps) {
    const group = groupOf.get(a);
    if (why.kind !== 'files' || !group || group !== groupOf.get(b)) continue;
    const known = shared.get(group);
    const place = meetingPlace(why.a, why.b);
    if (known) {
      known.places.push(place);
      known.globs = known.globs.filter((glob) => glob === why.a || glob === why.b);
    } else shared.set(group, { places: [place], globs: [why.a, why.b] });
  }
  return shared;
}

/** Groups of segments that overlap, directly or through one another; each in the order given. */
function connected(segments: readonly Segment[], overlaps: readonly Overlap[]): Segment[][] {
  const head = new Map(segments.map(({ number }) => [number, number]));
  const headOf = (number: IssueNumber): IssueNumber => {
    let at = number;
    for (let above = head.get(at); above !== undefined && above !== at; above = head.get(at)) {
      head.set(at, head.get(above) ?? above);
      at = above;
    }
    return at;
  };
  for (const { a, b } of overlaps) {
    if (head.has(a) && head.has(b)) head.set(headOf(a), headOf(b));
  }
  return [...Map.groupBy(segments, ({ number }) => headOf(number)).values()];
}

/** `A` … `Z`, `AA`, `AB` … */
export function letterOf(at: number): string {
  let letters = '';
  for (let left = at; left >= 0; left = Math.floor(left / 26) - 1) {
    letters = String.fromCharCode(65 + (left % 26)) + letters;
  }
  return letters;
}

/**
 * What keeps them one after the other: the place that their overlaps lie in, `src/auth`; a glob that is in everybody's way;
 * or the few places. A track of one, or of segments that name one another, is called after all its files.
 */
function nameOf(group: readonly Segment[], shared: Shared | undefined, known: GlobCache): string {
  const globs = group.flatMap(wantedBy);
  if (globs.length === 0) return 'scope not known';
  if (group.some((segment) => wantedBy(segment).length === 0) || globs.some((glob) => isEverything(glob, known))) {
    return 'everything';
  }
  const places = shared?.places ?? globs.map((glob) => fixedPrefix(glob) || glob);
  const one = commonPlace(places) || shared?.globs[0] || '';
  if (one !== '') return one;
  const tops = [...new Set(places.map(topOf))].sort();
  return tops.length <= 3 ? tops.join(', ') : `${tops.slice(0, 2).join(', ')} and ${tops.length - 2} more`;
}

const isWanted = (glob: string): boolean => !glob.startsWith('!');

const wantedBy = ({ spec }: Segment): readonly string[] =>
  spec.files.every(isWanted) ? spec.files : spec.files.filter(isWanted);

/** Its first two names: `src/auth` of `src/auth/login.ts`. */
function topOf(place: string): string {
  const end = place.indexOf('/', place.indexOf('/') + 1);
  return end === -1 ? place : place.slice(0, end);
}

/** Where two globs that overlap do so. One that begins anywhere, such as `*` + `.md`, says less than the other. */
function meetingPlace(a: string, b: string): string {
  const [one, other] = [fixedPrefix(a), fixedPrefix(b)];
  if (one === '' || other === '') return one || other || a;
  return commonPlace([one, other]) || one;
}

function commonPlace(places: readonly string[]): string {
  let [shared = ''] = places;
  for (const place of places) {
    while (shared !== '' && !liesIn(place, shared)) shared = shared.slice(0, Math.max(0, shared.lastIndexOf('/')));
    if (shared === '') break;
  }
  return shared;
}

const liesIn = (place: string, directory: string): boolean =>
  place.startsWith(directory) && (place.length === directory.length || place[directory.length] === '/');
