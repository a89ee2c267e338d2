/**
 * Overlaps → tracks: the segments of a wave that touch the same files stand together, in the order in which they run.
 *
 * A segment that overlaps everything would draw its whole wave into one track, and hide that the others run side by
 * side. Such segments share a track of their own; that nothing runs beside them is the schedule's concern.
 */
import type { IssueNumber, Segment } from './epic.ts';
import { fixedPart, isEverything } from './glob.ts';
import type { Overlap, Track } from './plan.ts';

/**
 * The tracks of one wave: ordered, lettered, and named after what their files share.
 *
 * @param order each segment's place among those that are ready: its members', and with them the tracks', order.
 */
export function tracksOf(
  segments: readonly Segment[],
  overlaps: readonly Overlap[],
  order: ReadonlyMap<IssueNumber, number>,
): readonly Track[] {
  const place = (segment: Segment): number => order.get(segment.number) ?? segment.number;
  const sorted = [...segments].sort((a, b) => place(a) - place(b));
  const wide = sorted.filter(isWide);
  const groups = connected(
    sorted.filter((segment) => !isWide(segment)),
    overlaps,
  );
  if (wide.length > 0) groups.push(wide);
  return groups
    .sort((a, b) => Math.min(...a.map(place)) - Math.min(...b.map(place)))
    .map((group, at) => ({
      letter: letterOf(at),
      name: nameOf(group, overlaps),
      segments: group.map((segment) => segment.number),
    }));
}

const isWide = ({ spec }: Segment): boolean =>
  !spec.parallel || spec.files.length === 0 || spec.files.some((glob) => isEverything(glob));

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
 * What keeps them one after the other: the place that their overlaps lie in, `src/auth`, or the few. A track of one, or
 * of segments that name one another, is called after all its files.
 */
function nameOf(group: readonly Segment[], overlaps: readonly Overlap[]): string {
  const scopes = group.map(({ spec }) => spec.files.filter((glob) => !glob.startsWith('!')));
  if (scopes.every((globs) => globs.length === 0)) return 'scope not known';
  if (scopes.some((globs) => globs.length === 0 || globs.some(isEverything))) return 'everything';
  const members = new Set(group.map(({ number }) => number));
  const shared = overlaps.flatMap(({ a, b, why }) =>
    why.kind === 'files' && members.has(a) && members.has(b) ? [meetingPlace(why.a, why.b)] : [],
  );
  const places = shared.length > 0 ? shared : scopes.flat().map((glob) => fixedPart(glob) || glob);
  const one = commonPlace(places);
  if (one !== '') return one;
  const tops = [...new Set(places.map((place) => place.split('/').slice(0, 2).join('/')))].sort();
  return tops.length <= 3 ? tops.join(', ') : `${tops.slice(0, 2).join(', ')} and ${tops.length - 2} more`;
}

/** Where two globs that overlap do so. One that begins anywhere, such as `*` + `.md`, says less than the other. */
function meetingPlace(a: string, b: string): string {
  const [one, other] = [fixedPart(a), fixedPart(b)];
  if (one === '' || other === '') return one || other || a;
  return commonPlace([one, other]) || one;
}

function commonPlace(places: readonly string[]): string {
  const [first = '', ...others] = places;
  let shared = first.split('/');
  for (const other of others) {
    const parts = other.split('/');
    const end = shared.findIndex((part, at) => part !== parts[at]);
    if (end !== -1) shared = shared.slice(0, end);
  }
  return shared.join('/');
}
