/** The epic's graph as SVG: a column for each wave, an arrow for each "blocked by", a colour and a word for each state. */

import type { EpicView, SegmentView } from './epic-view.ts';
import { type Html, html } from './html.ts';

const BOX = { width: 262, height: 60, gapX: 76, gapY: 16, top: 50, left: 8 } as const;

interface Point {
  readonly x: number;
  readonly y: number;
}

export function graph(view: EpicView): Html {
  const points = new Map<number, Point>();
  const frames: Html[] = [];
  const heights = view.waves.map((wave) => wave.tracks.reduce((sum, track) => sum + heightOf(track), 0));
  const tallest = Math.max(BOX.height, ...heights);
  for (const [column, wave] of view.waves.entries()) {
    const x = BOX.left + column * (BOX.width + BOX.gapX);
    let y = BOX.top + (tallest - (heights[column] ?? 0)) / 2;
    for (const track of wave.tracks) {
      if (track.length > 1) frames.push(frame(track, { x, y }));
      y += track.length > 1 ? FRAME.above : 0;
      for (const segment of track) {
        points.set(segment.issue, { x, y });
        y += BOX.height + BOX.gapY;
      }
      y += track.length > 1 ? FRAME.below : 0;
    }
  }
  const width = BOX.left * 2 + view.waves.length * (BOX.width + BOX.gapX) - BOX.gapX;
  const height = BOX.top + tallest;
  const edges = view.segments.flatMap((segment) =>
    segment.blockedBy.flatMap((blocker) => {
      const from = points.get(blocker);
      const to = points.get(segment.issue);
      return from && to ? [edge(from, to)] : [];
    }),
  );
  const waves = view.waves.map((wave, column) => {
    const x = BOX.left + column * (BOX.width + BOX.gapX);
    const calibration = calibrationWord(wave.calibrations);
    return html`<text class="wave" x="${x}" y="18">Wave ${wave.number}<tspan class="calibration" x="${x}" dy="17">${calibration}</tspan></text>`;
  });
  const boxes = view.segments.map((segment) => box(segment, points.get(segment.issue) ?? { x: 0, y: 0 }));
  return html`<div class="wide" tabindex="0"><svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Graph of the epic: ${view.waves.length} waves, ${view.segments.length} segments">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${frames}${waves}${edges}${boxes}</svg></div>`;
}

/** Space for the frame around segments that share files, and for its label. */
const FRAME = { above: 24, below: 6, around: 7 } as const;

const heightOf = (track: readonly SegmentView[]): number =>
  track.length * (BOX.height + BOX.gapY) + (track.length > 1 ? FRAME.above + FRAME.below : 0);

function frame(track: readonly SegmentView[], { x, y }: Point): Html {
  const [first, ...others] = track;
  const shared = first?.files.filter((file) => others.some((other) => other.files.includes(file))) ?? [];
  const height = heightOf(track) - BOX.gapY;
  return html`<g class="track"><rect x="${x - FRAME.around}" y="${y}" width="${BOX.width + 2 * FRAME.around}" height="${height}" rx="10"/><text x="${x}" y="${y + 16}">one after the other: ${clip(shared[0] ?? 'shared files', 26)}</text></g>`;
}

function calibrationWord(rounds: EpicView['waves'][number]['calibrations']): string {
  const last = rounds.at(-1);
  if (!last) return '';
  const round = last.round > 1 ? `, round ${last.round}` : '';
  return last.verdict ? `calibration ${last.verdict.kind}${round}` : `calibrating${round}`;
}

function edge(from: Point, to: Point): Html {
  const start = { x: from.x + BOX.width, y: from.y + BOX.height / 2 };
  const end = { x: to.x, y: to.y + BOX.height / 2 };
  if (from.x === to.x) {
    const side = from.x + BOX.width + 22;
    return html`<path class="edge" d="M${start.x} ${start.y}C${side} ${start.y} ${side} ${end.y} ${start.x} ${end.y}"/>`;
  }
  const middle = (start.x + end.x) / 2;
  return html`<path class="edge" d="M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x - 2} ${end.y}"/>`;
}

function box(segment: SegmentView, { x, y }: Point): Html {
  const state = segment.pull ? `${segment.state} · PR ${segment.pull.number}` : segment.state;
  const notes = [
    segment.fix ? 'fix' : '',
    segment.attempts > 1 ? `attempt ${segment.attempts}` : '',
    segment.tries > 1 ? `${segment.tries} tries` : '',
  ].filter((note) => note !== '');
  return html`<a href="/issues/${segment.issue}"><g class="box ${segment.state.replace(' ', '-')}${segment.fix ? ' fix' : ''}" transform="translate(${x} ${y})">
<title>#${segment.issue} ${segment.title}: ${state}</title>
<rect width="${BOX.width}" height="${BOX.height}" rx="8"/><rect class="bar" width="6" height="${BOX.height}" rx="3"/>
<text x="16" y="22"><tspan class="number">#${segment.issue}</tspan> ${clip(segment.title, 28)}</text>
<text class="what" x="16" y="42">${clip([state, ...notes].join(' · '), 42)}</text>
</g></a>`;
}

function clip(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
