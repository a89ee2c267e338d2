/** What a crowd, or a long history, makes of an epic: all of it is answered, and nothing is done twice. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide/decide.ts';
import { attemptId } from '../../src/core/model/attempt.ts';
import { instant, issueNumber } from '../../src/core/model/epic.ts';
import { type Act, type Attempt, emptyRecord, type Journal, type SegmentRecord } from '../../src/core/model/journal.ts';
import { asks, config, issue, kinds, PaperGitHub, report, rita, sha, snapshot } from './facts.ts';

const execute = asks('comment:1', 'execute');
const segments = (count: number) =>
  Array.from({ length: count }, (_, at) => issue(at + 2, at % 4 === 0 ? {} : { blockedBy: [at + 1] }));

describe('many people at once', () => {
  test('asking for the plan all get the same one', () => {
    const requests = Array.from({ length: 5_000 }, (_, at) => asks(`comment:${at}`, 'plan'));
    const { decisions } = decide(snapshot(segments(60), { requests }), config());
    const plans = decisions.flatMap((each) =>
      each.kind === 'say' && each.notice.kind === 'plan' ? [each.notice] : [],
    );
    expect(plans).toHaveLength(requests.length);
    expect(plans[0]?.advice).toBeDefined();
    for (const plan of plans) expect(plan).toBe(plans[0]);
  });

  test('are all answered, and each once; strangers with no command are not', () => {
    const started = decide(snapshot(segments(4), { requests: [execute] }), config());
    const requests = Array.from({ length: 30_000 }, (_, at) =>
      asks(`comment:c${at}`, 'help', {
        asked: { kind: 'unknown', text: 'hlp', nearest: 'help' },
        ...(at % 3 === 0 ? { by: rita } : {}),
      }),
    );
    const look = snapshot(segments(4), { requests, journal: started.journal });
    const first = decide(look, config());
    expect(kinds(first).filter((kind) => kind === 'say')).toHaveLength(20_000);
    expect(Object.keys(first.journal.taken)).toHaveLength(requests.length + 1);
    // What was handed in stays as it was.
    expect(Object.keys(look.journal?.taken ?? {})).toHaveLength(1);
    expect(Object.keys(look.journal?.acts ?? {})).toHaveLength(Object.keys(started.journal.acts).length);
    const again = decide({ ...look, journal: first.journal }, config());
    expect(again.journal.taken).toEqual(first.journal.taken);
  });
});

test('a long history with everything blocked is told of once', () => {
  const github = new PaperGitHub(segments(200));
  const { journal } = decide({ ...github.look(), requests: [execute] }, config());
  const failed = (segment: number): SegmentRecord => {
    const id = attemptId({ epic: issueNumber(1), segment: issueNumber(segment), number: 1 });
    const problem = { kind: 'NO_CHANGE' } as const;
    const told = report(journal, id, { result: { kind: 'failed', problem } });
    const attempt: Attempt = {
      ...{ id, number: 1, name: 'BlueLake', worker: 'implementation', why: 'first', branch: `feat/${segment}` },
      ...{
        base: sha('ba5e'),
        dispatch: '1.1',
        claimedAt: instant(1),
        outcome: { kind: 'failed', at: instant(2), problem, report: told },
      },
    };
    return { ...emptyRecord, attempts: [attempt] };
  };
  const done: Act = { at: instant(1), by: 'me', state: 'done' };
  github.journal = {
    ...journal,
    segments: Object.fromEntries(github.issues.map(({ number }) => [number, failed(number)])),
    acts: Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`blocked:${at + 1_000}:1:NO_CHANGE`, done])),
  } satisfies Journal;

  const first = decide(github.look(), config());
  expect(kinds(first).filter((kind) => kind === 'say')).toHaveLength(200);
  github.journal = first.journal;
  const second = decide(github.look('me', github.perform(first.decisions)), config());
  expect(kinds(second)).not.toContain('say');
  for (const { number } of github.issues) {
    expect(second.journal.acts[`blocked:${number}:1:NO_CHANGE`]).toMatchObject({ state: 'done' });
  }
});
