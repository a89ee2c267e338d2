/**
 * Hidden markers by which swarm finds its own comments and issues again.
 *
 * A marker says which act a text belongs to, so that no act is done twice. Anyone can write one, so a marker counts only
 * if the caller has checked that swarm is the author (threats T33), and it never carries state. Only the first line is
 * read, so a marker quoted further down has no effect.
 */

/**
 * `say`: a comment · `panel`: the panel of an epic · `fix`: an issue that swarm created to fix something · `segment`: one that it
 * created from the epic's block · `pull`: a segment's pull request.
 */
export type MarkerKind = 'say' | 'panel' | 'fix' | 'segment' | 'pull';

export interface Marker {
  readonly kind: MarkerKind;
  readonly key: string;
}

/** The marker's line, without a line break. Any key is safe: characters that could end the HTML comment are encoded. */
export const writeMarker = (marker: Marker): string =>
  `<!-- swarm:${marker.kind} key=${encodeURIComponent(marker.key.toWellFormed()).replaceAll('--', '%2D%2D')} -->`;

const FIRST_LINE = /^<!-- swarm:(say|panel|fix|segment|pull) key=([A-Za-z0-9%_.!~*'()-]{1,600}) -->[ \t]*(?:\r?\n|$)/;

/** The marker on the first line of a comment's or issue's body. Check the author before trusting it. */
export const readMarker = (body: string | null | undefined): Marker | undefined => {
  const found = FIRST_LINE.exec(body ?? '');
  if (found === null) return undefined;
  const kind = found[1] as MarkerKind;
  try {
    return { kind, key: decodeURIComponent(found[2] ?? '') };
  } catch {
    // `writeMarker` did not write this: a `%` is not followed by UTF-8 in hex.
    return undefined;
  }
};

/** A body below its marker. */
export const marked = (marker: Marker, body: string): string => `${writeMarker(marker)}\n${body}`;
