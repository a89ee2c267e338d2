import { expect, test } from 'vitest';
import { type HeadSha, instant } from '../../src/core/model/epic.ts';
import type { Journal } from '../../src/core/model/journal.ts';
import type { EpicView, PullView, SegmentView } from '../../src/local/epic-view.ts';
import { boardLines, Terminal } from '../../src/local/terminal.ts';

const pull = (head: string, more: Partial<PullView> = {}): PullView => ({
  number: 9,
  title: 'feat: cart',
  state: 'open',
  branch: 'feat/cart',
  head,
  reviews: [],
  checks: [],
  mergeable: 'MERGEABLE',
  ...more,
});

const cart = (more: Partial<SegmentView>): SegmentView => ({
  issue: 2,
  title: 'Cart',
  wave: 1,
  blockedBy: [],
  state: 'waiting',
  branch: undefined,
  files: [],
  pull: undefined,
  attempts: 0,
  tries: 0,
  agent: undefined,
  fix: false,
  validation: {},
  labels: [],
  ...more,
});

const started = { authorisation: { by: 'ana' }, segments: {} } as unknown as Journal;
const withAttempts = (...names: string[]): Journal =>
  ({
    ...started,
    segments: { 2: { attempts: names.map((name, index) => ({ name, why: index === 0 ? 'first' : 'rework' })) } },
  }) as unknown as Journal;

const at = (segment: SegmentView, journal: Journal | undefined, more: Partial<EpicView> = {}): EpicView => ({
  epic: { number: 1, title: 'Shop', body: '', state: 'open', labels: [], comments: [] },
  segments: [segment],
  waves: [{ number: 1, segments: [segment], tracks: [[segment]], calibrations: [] }],
  journal,
  history: [],
  ...more,
});

test('each transition is one line, and none is told twice', () => {
  const lines: string[] = [];
  let now = 0;
  const terminal = new Terminal({ write: (text) => lines.push(text), isColoured: false }, () => now);
  const rejected = [{ by: 'ana', state: 'CHANGES_REQUESTED', head: 'a' }];
  const looks: EpicView[] = [
    at(cart({}), undefined),
    at(cart({}), started),
    at(cart({ state: 'running', attempts: 1 }), withAttempts('BlueLake')),
    at(cart({ state: 'running', attempts: 1 }), withAttempts('BlueLake')),
    at(cart({ state: 'in review', attempts: 1, tries: 2, pull: pull('a') }), withAttempts('BlueLake')),
    at(
      cart({ state: 'running', attempts: 2, pull: pull('a', { reviews: rejected }) }),
      withAttempts('BlueLake', 'RedFox'),
    ),
    at(
      cart({ state: 'in review', attempts: 2, pull: pull('b', { reviews: rejected }) }),
      withAttempts('BlueLake', 'RedFox'),
    ),
    at(
      cart({ state: 'merged', attempts: 2, pull: pull('b', { state: 'merged', reviews: rejected }) }),
      withAttempts('BlueLake', 'RedFox'),
      {
        epic: { number: 1, title: 'Shop', body: '', state: 'closed', labels: [], comments: [] },
      },
    ),
  ];
  for (const look of looks) {
    terminal.report(look);
    now += 21_000;
  }
  expect(lines.join('')).toMatchInlineSnapshot(`
    " 0:21  STARTED            #1   Shop: 1 segment in 1 wave, by @ana
     0:42  CLAIMED            #2   by BlueLake: Cart
     1:24  PUBLISHED          #2   PR #9, gates green in try 2: feat: cart
     1:45  REJECTED           #2   PR #9 by @ana
     1:45  CLAIMED            #2   by RedFox, attempt 2 (rework): Cart
     2:06  PUBLISHED          #2   PR #9 again: feat: cart
     2:27  CLOSED             #2   merged as PR #9: Cart
     2:27  EXECUTION COMPLETE #1   Shop
    "
  `);
});

test('the board has a line for each segment, with what was special about it', () => {
  const segments = [
    cart({ state: 'merged', attempts: 2, tries: 2, pull: pull('b', { state: 'merged' }) }),
    cart({
      issue: 14,
      title: 'Fix it',
      state: 'merged',
      attempts: 1,
      tries: 1,
      fix: true,
      pull: pull('c', { number: 15 }),
    }),
  ];
  const failed = { round: 1, verdict: { kind: 'failed', findings: [] } };
  const passed = { round: 2, verdict: { kind: 'passed' } };
  const waves = [
    {
      number: 1,
      segments,
      tracks: [segments],
      calibrations: [failed, passed] as unknown as EpicView['waves'][number]['calibrations'],
    },
  ];
  const [segment = cart({})] = segments;
  expect(boardLines(at(segment, started, { segments, waves }), 61_000).join('\n')).toMatchInlineSnapshot(`
    "Epic #1 Shop: open. 1 segment and 1 fix segment in 1 wave, 61 s.

    Wave 1  calibration failed, then passed
      #2   Cart    merged  PR #9   2 tries, 2 attempts
      #14  Fix it  merged  PR #15  fixes the wave"
  `);
});

test('colours are only where they are wanted', () => {
  const told: string[] = [];
  new Terminal({ write: (text) => told.push(text), isColoured: true }, () => 0).line({ kind: 'CLOSED', text: 'x' });
  expect(told.join('')).toContain('\u001b[32mCLOSED');
});

test('the check of the base is told when it begins and when it ends', () => {
  const lines: string[] = [];
  const terminal = new Terminal({ write: (text) => lines.push(text), isColoured: false }, () => 0);
  const withBase = (...baselines: NonNullable<Journal['baselines']>): EpicView =>
    at(cart({}), { ...started, baselines });
  const first = { round: 1, base: 'a' as HeadSha, dispatch: '1.1', at: instant(0) };
  const problem = { kind: 'BASE_CHECK_LOST', conclusion: 'cancelled', runs: 3 } as const;
  const stopped = { ...first, verdict: { kind: 'unsound', at: instant(1), problem } } as const;
  const known = { gate: 'tests', state: 'flaky', command: 'npm test', output: '' } as const;
  const second = { ...first, round: 2, verdict: { kind: 'sound', at: instant(2), gates: [known] } } as const;
  for (const view of [withBase(first), withBase(stopped), withBase(stopped), withBase(stopped, second)])
    terminal.report(view);
  expect(lines.slice(1).map((line) => line.trim())).toEqual([
    '0:00  CHECKING BASE           all gates, before the first agent',
    '0:00  BASE NOT SOUND          BASE_CHECK_LOST',
    '0:00  CHECKING BASE           all gates, before the first agent, round 2',
    '0:00  BASE SOUND              but tests flaky',
  ]);
});
