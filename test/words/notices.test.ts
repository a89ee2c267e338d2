import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueNumber as issue, pullNumber as pull } from '../../src/core/model/epic.ts';
import type { Notice } from '../../src/core/model/notice.ts';
import { readMarker } from '../../src/words/marker.ts';
import { sayNotice, titleOf } from '../../src/words/notices.ts';
import { overlapLines } from '../../src/words/plan.ts';
import { boardOf } from './board.ts';
import { nasty } from './nasty.ts';
import { ACTED_ON, html, outsideCode } from './rendered.ts';

const context = { key: 'answer:comment:7', url: 'https://github.com/octo/shop' };

/** Outside of code, and without whom it is for. */
const withoutMention = (shown: string): string => outsideCode(shown).replace(/^<p>@[\w-]+ /, '');

const noticesOf = (text: string): { readonly [Kind in Notice['kind']]: Extract<Notice, { kind: Kind }> } => {
  const board = boardOf({}, (plain) => `${plain}${text}`);
  const problem = { kind: 'AGENT_CRASHED', command: text, exit: 'exit code 1', output: text } as const;
  const skipped = { kind: 'skipped', why: text } as const;
  const course = {
    ...{ pair: skipped, council: skipped, questions: [], findings: [] },
    checkpoints: [{ afterMs: 5_000, text }],
    lastLines: [text, text],
  };
  const finding = { check: 'gate', subject: text, detail: text } as const;
  return {
    help: { kind: 'help', to: text },
    plan: { kind: 'plan', plan: board.plan, dryRun: true },
    import: {
      kind: 'import',
      epic: issue(12),
      found: {
        children: [{ issue: issue(14), line: 3 }],
        links: [{ from: issue(15), on: issue(14), source: { kind: 'label', label: text } }],
        left: [
          { kind: 'task', issue: issue(16), line: 4, why: 'other parent' },
          {
            ...{ kind: 'link', from: issue(15), why: 'another repository' },
            on: { number: issue(7), repository: { owner: text, name: text } },
          },
        ],
      },
      errors: [{ level: 'error', problem }],
    },
    imported: {
      kind: 'imported',
      by: text,
      children: [issue(14)],
      links: [],
      refused: [{ from: issue(15), on: issue(14), says: text }],
    },
    'refused request': { kind: 'refused request', to: text, problem },
    'setup warnings': { kind: 'setup warnings', diagnostics: [{ level: 'warning', problem }] },
    'epic held': { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: text },
    'segment blocked': {
      kind: 'segment blocked',
      segment: issue(14),
      problem,
      owner: text,
      kept: text,
      artefact: text,
      course,
    },
    question: {
      kind: 'question',
      segment: issue(14),
      owner: text,
      question: { kind: 'QUESTION_ASKED', id: 'q1', question: text, options: [text, text], context: text },
      kept: text,
    },
    'segment answered': { kind: 'segment answered', segment: issue(14), summary: text },
    'approve wave': { kind: 'approve wave', wave: 2, owner: text, plan: board.plan },
    reminder: {
      kind: 'reminder',
      need: { kind: 'unblock', segment: issue(14), problem },
      board,
      to: [text, `octo/${text}`],
      time: 1,
      of: 3,
      afterMs: 86_400_000,
    },
    'calibration failed': { kind: 'calibration failed', wave: 1, round: 1, findings: [finding], fixes: [issue(20)] },
    'calibration stopped': {
      kind: 'calibration stopped',
      problem: { kind: 'CALIBRATION_LIMIT', wave: 1, rounds: 3, findings: [text] },
      owner: text,
    },
    'ask acceptance': { kind: 'ask acceptance', owner: text, board },
    summary: { kind: 'summary', board, by: text },
    cancelled: { kind: 'cancelled', by: text },
    withdrawn: {
      kind: 'withdrawn',
      by: text,
      owner: text,
      what: [
        { kind: 'approval', pull: pull(31) },
        { kind: 'answer', segment: issue(14) },
        { kind: 'wave approval', wave: 2 },
      ],
    },
    'merge refused': {
      kind: 'merge refused',
      pull: pull(31),
      problem: { kind: 'MERGE_REFUSED', at: { pull: pull(31) }, message: text },
      owner: text,
    },
    'fix segment': { kind: 'fix segment', wave: 1, round: 1, finding, files: [text], epic: issue(12) },
    'follow-up segment': { kind: 'follow-up segment', by: text, what: text, epic: issue(12) },
    // Its text is the author's, exactly: a person with write access has authorised it as an issue.
    'block segment': { kind: 'block segment', title: text, text: '---\nslug: "cart"\n---\n\nDo it.\n', conflicts: [] },
  };
};

describe.each(Object.keys(noticesOf('')) as Notice['kind'][])('%s', (kind) => {
  it('has words, a marker and a line for the log', () => {
    const notice = noticesOf('ana')[kind];
    const text = sayNotice(notice, context);
    const isFix = kind === 'fix segment' || kind === 'follow-up segment';
    const made = isFix ? 'fix' : kind === 'block segment' ? 'segment' : 'say';
    expect(readMarker(text)).toEqual({ kind: made, key: context.key });
    expect(outsideCode(text)).not.toMatch(/undefined|NaN|\[object/);
    expect(titleOf(notice)).toMatch(/^\S.{0,120}$/);
    expect(text).toBe(sayNotice(structuredClone(notice), context));
  });

  it('holds what others wrote in code, and stays below the limit', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = sayNotice(noticesOf(text)[kind], context);
        expect(withoutMention(shown)).not.toMatch(ACTED_ON);
        expect(html(shown).match(/<details/g)?.length).toBe(html(shown).match(/<\/details>/g)?.length);
      }),
      // Two that only luck would find.
      { numRuns: 15, examples: [['GH-3'], ['https://github.com/octo/shop/issues/4|---|é\0']] },
    );
    expect(sayNotice(noticesOf('`|x'.repeat(30_000))[kind], context).length).toBeLessThan(65_000);
  });
});

it('the issue of a segment of a block has its text, and the segments that it conflicts with', () => {
  const text = '---\nslug: "cart"\n---\n\nAsk @ana.\n';
  const notice = { kind: 'block segment', title: 'Cart', text, conflicts: [issue(14), issue(15)] } as const;
  expect(sayNotice(notice, { ...context, key: 'segment:12:cart' })).toBe(
    '<!-- swarm:segment key=segment%3A12%3Acart -->\n---\nconflicts-with: ["#14", "#15"]\nslug: "cart"\n---\n\nAsk @ana.\n',
  );
  expect(titleOf(notice)).toBe('Cart');
});

it('segments without issues go by their names', () => {
  const problem = {
    kind: 'EPIC_CYCLE',
    path: [2_000_000_000, 2_000_000_001, 2_000_000_000].map(issue),
    links: [],
  } as const;
  const held = { kind: 'epic held', diagnostics: [{ level: 'error', problem }], owner: 'ana' } as const;
  const names = { 2000000000: 'cart', 2000000001: 'till' };
  expect(sayNotice({ ...held, names }, context)).toContain('`cart` → `till` → `cart` wait for each other');
  expect(sayNotice(held, context)).toContain('#2000000000 → #2000000001');
});

it('an import is shown line by line, and then what became of it', () => {
  const shown = sayNotice(noticesOf('mail').import, context).split('\n').slice(1).join('\n');
  expect(shown.replace(/\*\*First\*\*[\s\S]*\n\n(?=Texts)/, '')).toMatchInlineSnapshot(`
    "📥 \`/swarm import\` would create 1 sub-issue and 1 "Blocked by" link. Nothing is changed yet; comment \`/swarm import yes\` to create them.

    **Sub-issues of #12**, from its task list: #14 (line 3).

    **"Blocked by" links**
    - #15 blocked by #14 (the label \`mail\`)

    **Left as they are**
    - #16 (line 4): it is a sub-issue of another issue
    - #15 blocked by \`mail/mail#7\`: it is in another repository

    Texts stay as they are. A dependency that is said twice counts once, and sub-issues count instead of a task list."
  `);
  expect(sayNotice(noticesOf('Too many.').imported, context)).toContain(
    '✅ Imported, as `Too many.` asked: 1 sub-issue.\n\n**Not imported**\n- #15 blocked by #14: `Too many.`',
  );
});

it('only a name that GitHub would take is mentioned', () => {
  const to = (login: string) => sayNotice({ kind: 'cancelled', by: login }, context);
  expect(to('ana')).not.toContain('@ana');
  const blocked = (owner: string) => sayNotice({ ...noticesOf('x')['segment blocked'], owner }, context).split('\n')[1];
  expect(blocked('ana')).toMatch(/^@ana ⛔ /);
  expect(blocked('octo/team')).toMatch(/^⛔ /);
  expect(blocked('everyone and you')).toMatch(/^⛔ /);
});

it('a fix segment reads as a task with its files and its criterion', () => {
  const notice: Notice = {
    kind: 'fix segment',
    wave: 2,
    round: 1,
    finding: { check: 'gate', subject: 'types', detail: 'src/receipt.ts(3,7): error TS2322' },
    files: ['src/receipt.ts', 'src/cart.ts'],
    epic: issue(12),
  };
  const mends = {
    issue: issue(14),
    criteria: [
      { id: 'AC-2', text: 'A total @ana' },
      { id: 'C3', text: 'No tax' },
    ],
  };
  const coverage = { ...notice, finding: { check: 'coverage', subject: '#14', detail: '', mends } } as const;
  expect(sayNotice(coverage, { ...context, key: 'fix:12:2:1:1' })).toContain(
    '## Acceptance criteria\n\n- [ ] AC-2: `A total @ana`\n- [ ] `No tax`',
  );
  expect(titleOf(notice)).toBe('Fix: wave 2, types');
  expect(titleOf({ ...notice, round: 2 })).toBe('Fix: wave 2 round 2, types');
  expect(sayNotice(notice, { ...context, key: 'fix:2:1:0' })).toMatchInlineSnapshot(`
    "<!-- swarm:fix key=fix%3A2%3A1%3A0 -->
    The calibration of wave 2 of epic #12 (round 1) found a problem in the merged result: \`gate\` \`types\`.

    Each segment was green on its own. Fix the root cause; do not weaken the check.

    Output of the check:

    \`\`\`text
    src/receipt.ts(3,7): error TS2322
    \`\`\`

    ### Files

    - \`src/receipt.ts\`
    - \`src/cart.ts\`

    ### Type

    fix

    ## Acceptance criteria

    - [ ] \`types\` passes on the merged base"
  `);
});

describe('the plan', () => {
  const { plan } = boardOf();
  const said = (changes: Partial<typeof plan>): string =>
    sayNotice({ kind: 'plan', plan: { ...plan, ...changes }, dryRun: true }, context);

  it('forecasts nothing beside a cycle', () => {
    const cycle = { kind: 'EPIC_CYCLE', path: [issue(14), issue(15), issue(14)], links: [] } as const;
    expect(said({})).toContain('Forecast 58m, 80 % likely between 40m and 1h 20m');
    const text = said({ diagnostics: [{ level: 'error', problem: cycle }] });
    expect(text).toContain('No forecast until the cycle is fixed.');
    expect(text).not.toContain('80 % likely');
  });

  it.each([
    ['auto', 'the strongest walls that their runner has'],
    ['bubblewrap', 'run behind `bubblewrap`, and not at all on a runner without it'],
    [
      'none',
      'without walls (`isolation: none`) and reach the whole network, so a person has to approve each pull request',
    ],
  ] as const)('says which walls its runs will have: %s', (isolation, words) => {
    expect(said({ isolation })).toContain(words);
  });

  it('says what its runs will reach on the network', () => {
    expect(said({})).toContain('On the network they reach their models and the package registries in use.');
    expect(said({ network: ['api.example.com', '*.example.org'] })).toContain(
      'On the network they reach their models, the package registries in use, `api.example.com` and `*.example.org`.',
    );
    expect(said({ network: 'open' })).toContain('They reach the whole network (`network: open`).');
    expect(said({ isolation: 'none', network: ['api.example.com'] })).not.toContain('On the network');
  });

  it('says once who runs beside nobody, and of whom else each pair', () => {
    const own: Readonly<Record<number, object>> = { 14: { parallel: false }, 15: { files: [] } };
    const segments = plan.segments.map((each) => ({ ...each, spec: { ...each.spec, ...own[each.number] } }));
    const overlaps = [
      { a: issue(14), b: issue(15), why: { kind: 'not parallel' } },
      { a: issue(14), b: issue(16), why: { kind: 'not parallel' } },
      { a: issue(15), b: issue(16), why: { kind: 'conflicts-with' } },
      // #18 waits for #16 as it is.
      { a: issue(16), b: issue(18), why: { kind: 'conflicts-with' } },
    ] as const;
    expect(overlapLines({ ...plan, segments, overlaps })).toEqual([
      '#14 runs alone: `parallel: false`',
      '#15 runs alone: the file scope is unknown',
      '#15 and #16: at least one names the other in `conflicts-with`',
    ]);
  });
});

describe('two segments that never run at once', () => {
  it.each([
    [undefined, '- #14 and #16: `src/**` overlaps `src/x.ts`'],
    ['negation', '`src/x.ts` (maybe not: the `!…` patterns may exclude it, but swarm cannot prove it)'],
    ['not read', '`src/x.ts` (maybe not: a glob that cannot be read counts as everything it might match)'],
    ['not compared', '`src/x.ts` (maybe not: the scopes are too complex to compare in full)'],
  ] as const)('where the overlap is %s', (doubt, told) => {
    const files = { kind: 'files', a: 'src/**', b: 'src/x.ts' } as const;
    const why = doubt ? { ...files, doubt } : files;
    const plan = { ...boardOf().plan, overlaps: [{ a: issue(14), b: issue(16), why }] };
    const said = sayNotice({ kind: 'plan', plan, dryRun: true }, context);
    expect(said.split('\n').filter((line) => line.startsWith('- #14 and'))).toEqual([expect.stringContaining(told)]);
    expect(said.includes('maybe')).toBe(doubt !== undefined);
  });
});
