import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/core/model/board.ts';
import { headSha, issueNumber as issue, pullNumber as pull } from '../../src/core/model/epic.ts';
import type { Progress } from '../../src/core/model/progress.ts';
import { readMarker } from '../../src/words/marker.ts';
import { graphOf, sayPanel, withoutSteps } from '../../src/words/panel.ts';
import { boardText, saySummary, summaryOf } from '../../src/words/summary.ts';
import { at, boardOf, reportOf } from './board.ts';
import { nasty } from './nasty.ts';
import { ACTED_ON, html, outsideCode } from './rendered.ts';

const context = { key: 'panel', url: 'https://github.com/octo/shop' };

it('the panel says which agent and model each attempt used, where the config leaves a choice', () => {
  const board = boardOf();
  const [first, ...waves] = board.waves;
  const tried = [
    { number: 1, name: 'BlueLake', by: { agent: 'claude', model: 'sonnet' }, ended: 'failed', problem: 'GATES_FAILED' },
    { number: 2, name: 'RedFox', by: { agent: 'claude', model: 'a|b' }, ended: 'no-change' },
    { number: 3, name: 'JadeBay', by: { agent: 'codex' } },
  ] as const;
  const segments = first?.segments.map((each) =>
    each.number === 15 ? { ...each, agent: 'JadeBay', attempts: 3, tried } : each,
  );
  const said = sayPanel({ ...board, waves: [{ ...first, segments } as never, ...waves] }, context);
  expect(said).toContain('| `JadeBay`, attempt 3 (`codex`) | 🔄 running |');
  expect(said.split('<summary>Attempts</summary>')[1]?.split('</details>')[0]).toMatchInlineSnapshot(`
    "

    | segment | attempt | agent | ended |
    |---|---|---|---|
    | #15 \`Add the price\` | 1 \`BlueLake\` | \`claude, sonnet\` | \`GATES_FAILED\` |
    | #15 \`Add the price\` | 2 \`RedFox\` | \`claude, a\\|b\` | no change |
    | #15 \`Add the price\` | 3 \`JadeBay\` | \`codex\` |  |

    "
  `);
  expect(sayPanel(board, context)).not.toContain('<summary>Attempts</summary>');
});

it('the panel shows the outcome, the one thing to do, and then the rest (R9.1)', () => {
  expect(sayPanel(boardOf(), context)).toMatchInlineSnapshot(`
    "<!-- swarm:panel key=panel -->
    **⚠️ Wave 1 of 2 is under way: 1 of 5 segments done, 1 blocked.**

    **To do:** Review PR #32 for #16 \`Add the payment\`: **Approve**, or **Request changes** with your reasons. 1 more below.

    **Progress** wave 1 of 2 · ▰▰▱▱▱▱▱▱▱▱ 1/5 · 12m so far · forecast 58m (40m to 1h 20m), one at a time 1h 40m; no segment has an estimate, so all count the same · cost $0.40

    | track | segment | agent | progress | current |
    |---|---|---|---|---|
    | 1A \`src/cart\` | #14 \`Add the cart\` | \`BlueLake\` | ✅ merged | PR #31 |
    | 1A \`src/cart\` | #15 \`Add the price\` | \`BlueLake\` | 🔄 running | \`work: tests\` |
    | 1A \`src/cart\` | #16 \`Add the payment\` | \`BlueLake\` | ⏳ in review | PR #32 waits for 1 approval |
    | 1A \`src/cart\` | #17 \`Add tax\` | \`BlueLake\` | ⛔ blocked | \`The agent did not finish within 60 minutes and was stopped.\` |

    **Needs you**
    - #17 \`Add tax\`: The agent did not finish within 60 minutes and was stopped. Split the segment or raise the limit. Then comment \`/swarm retry #17\`. The other segments continue.

    **⛔ Blocked**
    - #17 \`Add tax\`: The agent did not finish within 60 minutes and was stopped. \`AGENT_TIMED_OUT\`

    **✅ Done**
    - Wave 1: #14 (PR #31)

    **Next**
    - wait for #15, #16 and #17 → calibrate wave 1 → start wave 2 (1 segment).

    <details><summary>Graph</summary>

    \`\`\`mermaid
    flowchart LR
      subgraph w1["wave 1"]
        n14["#14 merged"]:::done
        n15["#15 running"]:::active
        n16["#16 in review"]:::active
        n17["#17 blocked"]:::blocked
      end
      subgraph w2["wave 2"]
        n18["#18 waiting"]:::waiting
      end
      n14 --> n18
      n16 --> n18
      classDef done fill:#dafbe1,stroke:#1a7f37,color:#1f2328
      classDef active fill:#ddf4ff,stroke:#0969da,color:#1f2328
      classDef blocked fill:#ffebe9,stroke:#cf222e,color:#1f2328
      classDef waiting fill:#f6f8fa,stroke:#818b98,color:#1f2328
    \`\`\`

    </details>

    <details><summary>All segments</summary>

    | wave | track | segment | progress | PR | attempts | tries | tests first | council | cost |
    |---|---|---|---|---|---|---|---|---|---|
    | 1 | A | #14 \`Add the cart\` | ✅ merged | #31 | 1 | 2 |  |  | $0.40 |
    | 1 | A | #15 \`Add the price\` | 🔄 running |  | 1 |  |  |  |  |
    | 1 | A | #16 \`Add the payment\` | ⏳ in review | #32 | 1 |  |  |  |  |
    | 1 | A | #17 \`Add tax\` | ⛔ blocked |  | 1 |  |  |  |  |
    | 2 | A | #18 \`Add the receipt\` | ⏳ waiting |  | 0 |  |  |  |  |

    </details>

    <details><summary>Event log</summary>

    \`\`\`text
    2026-11-21 10:05 STARTED
    2026-11-21 10:06 CLAIMED #14 BlueLake
    2026-11-21 10:14 CLOSED #14 PR #31
    \`\`\`

    </details>"
  `);
});

it('the same board is the same text, and it carries the marker', () => {
  expect(sayPanel(boardOf(), context)).toBe(sayPanel(structuredClone(boardOf()), context));
  expect(readMarker(sayPanel(boardOf(), context))).toEqual({ kind: 'panel', key: 'panel' });
});

it('a new step alone is not news, and everything else is', () => {
  const running = (step: string, since: number, title = 'x') =>
    sayPanel(
      boardOf({}, () => title, [
        {
          number: 15,
          wave: 1,
          title: `| 🔄 running | ${title}`,
          progress: { kind: 'running', step, since: at(since) },
        },
        { number: 16, wave: 1, title, progress: { kind: 'queued' } },
      ]),
      context,
    );
  expect(running('work: a', 1)).toContain('🔄 running | `work: a` since 10:06 UTC |');
  expect(running('work: a', 1)).not.toBe(running('verify: b', 9));
  expect(withoutSteps(running('work: a', 1))).toBe(withoutSteps(running('verify: b', 9)));
  expect(withoutSteps(running('work: a', 1))).not.toBe(withoutSteps(running('work: a', 1, 'y')));
});

it('a log is linked only by an address that is one', () => {
  const linked = (log: string) =>
    sayPanel(
      boardOf({}, (plain) => plain, [{ number: 15, wave: 1, progress: { kind: 'running', log } }]),
      context,
    );
  expect(linked('https://github.com/octo/shop/actions/runs/1/job/2')).toContain(
    '| 🔄 running | [log](https://github.com/octo/shop/actions/runs/1/job/2) |',
  );
  expect(linked('https://x/) @ana (')).not.toContain('[log]');
});

it('a question is no failure, and stands by itself', () => {
  const problem = { kind: 'QUESTION_ASKED', id: 'q1', question: 'Cents?', options: ['yes', 'no'] } as const;
  const text = sayPanel(
    boardOf({ needs: [] }, (plain) => plain, [
      { number: 14, wave: 1, title: 'Add the cart', progress: { kind: 'blocked', problem } },
    ]),
    context,
  );
  expect(text).toContain('**❓ Wave 1 of 1 is under way: 0 of 1 segment done, 1 waiting for an answer.**');
  expect(text).toContain('**❓ Questions**\n- #14 `Add the cart`: The agent needs an answer to `Cents?`.');
  expect(text).toContain('| ❓ asks |');
  expect(text).not.toContain('Blocked');
});

it('what a run was like stands beside its segment', () => {
  const course = {
    pair: { kind: 'written', tester: 'claude', implementer: 'codex', files: ['a.test.ts'], red: '', criteria: [] },
    council: { kind: 'rejected', rounds: 3, reviewer: 'claude', summary: '', findings: [], dropped: 0 },
    questions: [],
    findings: [],
  } as const;
  const board = boardOf({}, (plain) => plain, [
    {
      number: 14,
      wave: 1,
      title: 'Add the cart',
      progress: { kind: 'blocked', problem: { kind: 'COUNCIL_REJECTED', findings: [], rounds: 3 } },
      report: { ...reportOf(14), course },
    },
  ]);
  expect(sayPanel(board, context)).toContain('| ⛔ blocked |  | 1 | 2 | yes | rejected | $0.40 |');
  expect(summaryOf(board).waves[0]?.segments[0]).toMatchObject({ tester: 'claude', council: 'rejected' });
});

it('says how many wait for what a person is asked for', () => {
  const need = { kind: 'decide pull', segment: issue(16), pull: pull(32) } as const;
  const shown = (unblocks: number) => sayPanel(boardOf({ needs: [{ ...need, unblocks }] }), context).split('\n')[3];
  expect(shown(1)).toMatch(/^\*\*To do:\*\* Review PR #32 .* with your reasons\. 1 segment is waiting for it\.$/);
  expect(shown(4)).toMatch(/ 4 segments are waiting for it\.$/);
});

it('a cycle stands beside no forecast', () => {
  const { plan } = boardOf();
  const problem = { kind: 'EPIC_CYCLE', path: [issue(14), issue(15), issue(14)], links: [] } as const;
  const shown = (diagnostics: typeof plan.diagnostics) =>
    sayPanel(boardOf({ plan: { ...plan, diagnostics } }), context);
  expect(shown([])).toContain('· forecast 58m');
  expect(shown([{ level: 'error', problem }])).not.toContain('· forecast');
});

it('nobody is needed when nobody is needed', () => {
  expect(sayPanel(boardOf({ needs: [] }), context).split('\n')[3]).toBe('No action needed.');
});

it.each<[Board['phase'], string]>([
  ['planned', '📋 Planned: 5 segments in 2 waves; nothing has started.'],
  ['refused', '⛔ Nothing starts until 0 errors are fixed (1 of 5 segments done, 1 blocked).'],
  ['running', '⚠️ Wave 1 of 2 is under way: 1 of 5 segments done, 1 blocked.'],
  ['paused', '⏳ Paused: 1 of 5 segments done, 1 blocked. Running segments may finish; nothing new starts.'],
  ['cancelled', '⛔ Cancelled: 1 of 5 segments done, 1 blocked.'],
  ['accepting', '🎯 All 5 segments are done; the epic is waiting to be accepted.'],
  ['finished', '✅ Finished: 1 of 5 segments done, 1 blocked in 2 waves after 12m.'],
])('an epic that is %s says so first', (phase, line) => {
  expect(sayPanel(boardOf({ phase }), context).split('\n')[1]).toBe(`**${line}**`);
});

describe('what others wrote', () => {
  it('stands in code, in the panel and in the summary', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const board = boardOf({}, (plain) => `${plain}${text}`);
        for (const page of [sayPanel(board, context), saySummary(board)]) {
          expect(outsideCode(page)).not.toMatch(ACTED_ON);
          for (const row of html(page).matchAll(/<tr>(.*?)<\/tr>/gs)) {
            expect([5, 10]).toContain([...(row[1] ?? '').matchAll(/<t[dh]/g)].length);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never reaches the graph: its lines are numbers and words of a closed list', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const lines = graphOf(boardOf({}, () => text)).split('\n');
        const form =
          /^(?:```mermaid|```|flowchart LR| {2}subgraph w\d+\["wave \d+"\]| {4}n\d+\["#\d+ [a-z ]+"\]:::[a-z]+| {2}end| {2}n\d+ --> n\d+| {2}classDef [a-z]+ [\w#:,]+)$/;
        for (const line of lines) expect(line).toMatch(form);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an epic beyond all measure', () => {
  const kinds: Progress[] = [
    { kind: 'blocked', problem: { kind: 'OUT_OF_SCOPE', files: Array(20_000).fill('`a|b`'.repeat(40)), scope: ['x'] } },
    { kind: 'merged', pull: pull(9_999) },
    {
      kind: 'in review',
      pull: pull(1),
      head: headSha('c'.repeat(40)),
      waits: [{ kind: 'merge refused', message: '|'.repeat(9_000) }],
    },
    {
      kind: 'waiting',
      for: Array.from({ length: 500 }, (_, index) => ({ kind: 'segment', number: issue(index) }) as const),
    },
    { kind: 'skipped', reason: '👩‍👩‍👧‍👦'.repeat(2_000) },
  ];

  it.each([300, 2_000])('of %i segments with the worst titles stays below the limit, its tables whole', (size) => {
    const rows = Array.from({ length: size }, (_, index) => ({
      number: index + 1,
      wave: Math.floor(index / 40) + 1,
      title: '`|\\👩‍👩‍👧‍👦'.repeat(60),
      blockedBy: [Math.max(1, index)],
      progress: kinds[index % kinds.length] ?? { kind: 'ready' as const },
    }));
    const board = boardOf(
      {
        needs: rows.map(
          ({ number }) => ({ kind: 'unblock', segment: issue(number), problem: { kind: 'NO_CHANGE' } }) as const,
        ),
        events: Array.from(
          { length: 5_000 },
          (_, index) => ({ at: at(index), kind: 'CLAIMED', segment: issue(index) }) as const,
        ),
      },
      (plain) => plain,
      rows,
    );
    for (const text of [sayPanel(board, context), saySummary(board)]) {
      expect(text.length).toBeLessThan(60_000);
      const fences = text.split('\n').filter((line) => line.startsWith('```')).length;
      expect(fences % 2).toBe(0);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
      for (const line of text.split('\n').filter((row) => row.startsWith('|'))) expect(line.endsWith('|')).toBe(true);
    }
  });
});

describe('the summary', () => {
  it('as a value has the totals, and the outcome of each segment (R7.3)', () => {
    const { totals, waves, elapsedMs, costUsd } = summaryOf(boardOf());
    expect(totals).toEqual({
      waves: 2,
      wavesPassed: 0,
      segments: 5,
      completed: 1,
      failed: 1,
      skipped: 0,
      remaining: 3,
      fixes: 0,
      attempts: 4,
      files: 2,
      tested: 1,
      testsPassed: 1,
    });
    expect(waves[0]?.segments[0]).toEqual({
      issue: 14,
      title: 'Add the cart',
      branch: 'feat/s-14',
      track: 'A',
      status: 'merged',
      attempts: 1,
      tries: 2,
      pr: 31,
      fix: false,
      validation: { lint: 'pass', tests: 'pass', build: 'not applicable' },
      tester: null,
      council: null,
      implementer: 'BlueLake',
      testsPassed: true,
      testFiles: ['test/cart.test.ts'],
      filesModified: ['src/cart/cart.ts', 'test/cart.test.ts'],
      criteria: { all: 1, withEvidence: 1 },
      verified: true,
      costUsd: 0.4,
      durationMs: 95_000,
    });
    expect(elapsedMs).toBe(12 * 60_000);
    expect(costUsd).toBe(0.4);
  });

  it('has the tests that runners counted, where one counted any (R7.3)', () => {
    const MERGED = { kind: 'merged', pull: pull(31) } as const;
    const counted = (number: number, tests: { run: number; failed: number }) => ({
      ...reportOf(number),
      validation: [{ gate: 'tests', verdict: 'pass', command: 'x', durationMs: 1, output: '', tests }] as const,
    });
    const board = boardOf({}, (plain) => plain, [
      { number: 14, wave: 1, title: 'A', progress: MERGED, report: counted(14, { run: 140, failed: 0 }) },
      { number: 15, wave: 1, title: 'B', progress: MERGED, report: counted(15, { run: 3, failed: 1 }) },
    ]);
    expect(summaryOf(board).totals.testsCounted).toEqual({ run: 143, failed: 1 });
    expect(summaryOf(board).waves[0]?.segments.map(({ tests }) => tests?.run)).toEqual([140, 3]);
    expect(saySummary(board)).toContain('- **Tests** passed in 2 of 2 segments that ran them (143 tests, 1 failed)\n');
    expect(saySummary(boardOf())).toContain('- **Tests** passed in 1 of 1 segment that ran them\n');
  });

  it('holds itself as JSON', () => {
    const text = saySummary(boardOf());
    const json = /```json\n(.*?)\n```/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(summaryOf(boardOf()))));
  });

  it('as plain lines for a terminal', () => {
    expect(boardText(boardOf())).toMatchInlineSnapshot(`
      "⚠️ Wave 1 of 2 is under way: 1 of 5 segments done, 1 blocked.
      wave 1   #14   merged      PR #31   feat/s-14
               #15   running              feat/s-15
               #16   in review   PR #32   feat/s-16
               #17   blocked              feat/s-17
      wave 2   #18   waiting              feat/s-18"
    `);
  });
});
