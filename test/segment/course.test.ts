/** What happens inside a run: the test-first pair, the council, questions. The agents are scripts that know their role. */
import { describe, expect, it } from 'vitest';
import { shippedPersona } from '../../src/brief/instructions.ts';
import { roles, says } from '../rig/scripts.ts';
import { openWithCriteria as open, useGitHub } from './stand.ts';

useGitHub();

const TESTER = `printf '# AC-1 and AC-2\\ngrep -q total src/cart.txt\\n' > test/cart.check`;
const IMPLEMENTER = `printf 'one\\ntwo\\nthree\\ntotal\\n' > src/cart.txt\n${says({ summary: 'A cart.' })}`;
const PAIR = { roles: { tester: 'command' }, council: 'off' };
const COUNCIL = { tdd: false, council: 'on' };

describe('the test-first pair (R5.6)', () => {
  it('publishes, and shows which test proves which criterion', async () => {
    const stand = await open({ agent: roles({ tester: TESTER, implementer: IMPLEMENTER }), config: PAIR });
    const report = await stand.run();
    expect(report.course?.pair).toEqual({
      kind: 'written',
      tester: 'command',
      implementer: 'command',
      files: ['test/cart.check'],
      red: 'sh test/run.sh: 2 tests, 1 failed',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      criteria: [
        { id: 'AC-1', tests: ['test/cart.check:1'] },
        { id: 'AC-2', tests: ['test/cart.check:1'] },
      ],
    });
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    const body = (await stand.read<{ body: string }>(`/pulls/${stand.pull}`)).body;
    expect(body).toMatch(/\| .AC-1. \| .A cart adds up its prices. \| .test\/cart\.check:1. \|/);
    expect(body).toContain('they failed (`sh test/run.sh: 2 tests, 1 failed`)');
  });

  it('proves in the verify job that the tests are the tester’s, and fail without the rest of the change', async () => {
    const stand = await open({ agent: roles({ tester: TESTER, implementer: IMPLEMENTER }), config: PAIR });
    const { validation } = await stand.run();
    expect(validation[0]).toMatchObject({
      gate: 'tests-first',
      verdict: 'pass',
      output: 'They fail, as they should: 2 tests, 1 failed',
    });
    expect(validation.map(({ gate, verdict }) => [gate, verdict])).toContainEqual(['tests', 'pass']);
  });

  it.each<[string, object, string]>([
    ['were changed after the tester', { digest: 'a'.repeat(64) }, 'the change holds other versions of them'],
    ['are not in the change', { files: ['test/other.check'] }, 'the change does not hold test/other.check'],
    ['pass without the change', { files: ['src/cart.txt'], digest: undefined }, 'they already pass'],
  ])('publishes nothing that claims tests that %s', async (_, claim, why) => {
    const stand = await open({ agent: roles({ tester: TESTER, implementer: IMPLEMENTER }), config: PAIR });
    const done = await stand.work();
    const { course } = done.outcome;
    if (course?.pair.kind !== 'written') throw new Error(JSON.stringify(course));
    const pair = { ...course.pair, ...claim } as typeof course.pair;
    if (pair.digest === undefined) delete (pair as { digest?: string }).digest;
    const forged = { ...done, outcome: { ...done.outcome, course: { ...course, pair } } };
    const { verdict, validation } = await stand.verify(forged);
    expect(verdict).toBe('fail');
    expect(validation[0]).toMatchObject({ gate: 'tests-first', verdict: 'fail' });
    expect(validation[0]?.output).toContain(why);
    expect(validation.slice(1).every(({ verdict: each }) => each !== 'fail')).toBe(true);
  });

  it('shows the implementer the tests, and each try what failed', async () => {
    const stand = await open({
      agent: roles({
        tester: TESTER,
        implementer: `cp "$SWARM_BRIEF_FILE" src/brief-$SWARM_TRY.md; [ "$SWARM_TRY" = 1 ] || { ${IMPLEMENTER} }`,
      }),
      config: PAIR,
    });
    const report = await stand.run();
    expect(report).toMatchObject({ tries: 2, result: { kind: 'ready' } });
    const first = await stand.fileAt('feat/cart', 'src/brief-1.md');
    expect(first).toContain('that they are the same: test/cart.check');
    expect(first).toContain('AC-1: test/cart.check:1');
    expect(await stand.fileAt('feat/cart', 'src/brief-2.md')).toContain('FAIL test/cart.check');
  });

  it.each<[string, string, string]>([
    ['that pass already', `printf '# AC-1 AC-2\\ntrue\\n' > test/cart.check`, 'they already pass'],
    ['that are none', 'true', 'no test was written'],
    ['with half a solution beside them', `${TESTER}; echo total > src/cart.txt`, 'src/cart.txt'],
    [
      'that leave a criterion out',
      `printf '# AC-1\\ngrep -q total src/cart.txt\\n' > test/cart.check`,
      'no test names AC-2',
    ],
    [
      'that cannot be read',
      `printf '# AC-1 AC-2\\necho "test/cart.check:2: SyntaxError: Unexpected token"; exit 1\\n' > test/cart.check`,
      'the tests themselves are broken',
    ],
  ])('does not take tests %s', async (_, tester, why) => {
    const stand = await open({
      agent: roles({ tester, implementer: IMPLEMENTER }),
      config: { ...PAIR, tries: 1 },
    });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ problem: { kind: 'TESTS_NOT_RED' } });
    expect(JSON.stringify(outcome.problem)).toContain(why);
  });

  it('takes a criterion that no test can prove, with its reason', async () => {
    const tester = `printf '# AC-1\\ngrep -q total src/cart.txt\\n' > test/cart.check\n${says({ criteria: [{ id: 'AC-2', evidence: 'Nothing to run.' }] })}`;
    const stand = await open({ agent: roles({ tester, implementer: IMPLEMENTER }), config: PAIR });
    const { outcome } = await stand.work();
    expect(outcome.course?.pair).toMatchObject({ criteria: [{ id: 'AC-1' }, { id: 'AC-2', tests: [] }] });
  });

  it('lets the tester try again with what was wrong', async () => {
    const tester = `if [ "$SWARM_TRY" = 1 ]; then printf '# AC-1 AC-2\\ntrue\\n' > test/cart.check; else grep -q 'they already pass' "$SWARM_BRIEF_FILE" && { ${TESTER}; }; fi`;
    const stand = await open({ agent: roles({ tester, implementer: IMPLEMENTER }), config: PAIR });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ course: { pair: { kind: 'written' } } });
  });

  it('refuses an implementer that makes the tests pass by changing them', async () => {
    const stand = await open({
      agent: roles({ tester: TESTER, implementer: `echo true > test/cart.check; ${IMPLEMENTER}` }),
      config: { ...PAIR, tries: 2 },
    });
    const report = await stand.run();
    expect(report).toMatchObject({
      tries: 2,
      result: {
        kind: 'failed',
        problem: { kind: 'TEST_CHANGED', files: ['test/cart.check'] },
        kept: 'swarm/wip/1.14-1',
      },
    });
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    [
      'the agent is a script',
      '- [ ] AC-1: x',
      { council: 'off' },
      'the agent is a plain command, and no tester is set',
    ],
    ['nothing is asked for by criteria', 'Do it.', PAIR, 'the issue names no acceptance criteria'],
    ['the config says so', '- [ ] AC-1: x', { ...PAIR, tdd: false }, 'the config says tdd: false'],
    ['no gate runs tests', '- [ ] AC-1: x', { ...PAIR, gates: {} }, 'no gate runs tests'],
  ])('is skipped, with the reason, if %s', async (_, criteria, config, why) => {
    const body = `---\nfiles: [src/**, test/**]\n---\nA cart.\n\n## Acceptance criteria\n\n${criteria}`;
    const stand = await open({ agent: roles({ tester: 'exit 1', implementer: IMPLEMENTER }), body, config });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ course: { pair: { kind: 'skipped', why } } });
  });
});

describe('the council (R5.10)', () => {
  const finding = (line: number, file = 'src/cart.txt', severity = 'major') => ({
    file,
    line,
    severity,
    why: 'No tax.',
  });
  const verdict = (kind: 'approved' | 'rejected', findings: readonly unknown[] = []) =>
    says({ verdict: kind, summary: `I say ${kind}.`, findings });
  const answers = (did: 'fixed' | 'disputed', why: string) => says({ answers: [{ finding: 1, did, why }] });
  /** Rejects until the change holds the word. */
  const UNTIL_TAX = `if grep -q tax src/cart.txt; then ${verdict('approved')} else ${verdict('rejected', [finding(4)])} fi`;

  it('sends the change back, approves the fix, and is shown in the pull request', async () => {
    const stand = await open({
      agent: roles({
        implementer: `if [ -s src/done ]; then echo tax >> src/cart.txt; ${answers('fixed', 'Tax is added.')} else echo y > src/done; ${IMPLEMENTER} fi`,
        reviewer: UNTIL_TAX,
      }),
      config: COUNCIL,
    });
    const report = await stand.run();
    expect(report.course?.council).toMatchObject({
      kind: 'approved',
      rounds: 2,
      findings: [{ file: 'src/cart.txt', line: 4, state: 'settled' }],
    });
    expect(report.agent.summary).toBe('A cart.');
    if (report.result.kind !== 'ready') throw new Error(JSON.stringify(report.result));
    expect((await stand.read<{ body: string }>(`/pulls/${stand.pull}`)).body).toContain('✅ approved in 2 rounds');
    expect(await stand.fileAt('feat/cart', 'src/cart.txt')).toContain('tax');
  });

  it.each<[string, string, object, string]>([
    ['the implementer', verdict('approved'), { kind: 'approved', findings: [{ state: 'overruled' }] }, 'ready'],
    [
      'the reviewer',
      verdict('rejected', [finding(4)]),
      { kind: 'rejected', findings: [{ state: 'stands' }] },
      'failed',
    ],
  ])('lets the lead decide for %s where they disagree', async (_, lead, council, result) => {
    const stand = await open({
      agent: roles({
        implementer: `if [ -s src/done ]; then ${answers('disputed', 'src/cart.txt:4 is without tax by law.')} else echo y > src/done; ${IMPLEMENTER} fi`,
        reviewer: verdict('rejected', [finding(4)]),
        lead: `grep -q 'without tax by law' "$SWARM_BRIEF_FILE" && { ${lead} }`,
      }),
      config: COUNCIL,
    });
    const report = await stand.run();
    expect(report.course?.council).toMatchObject({ lead: 'command', ...council });
    expect(report.result.kind).toBe(result);
    if (report.result.kind === 'failed') {
      expect(report.result).toMatchObject({
        problem: { kind: 'COUNCIL_REJECTED', findings: ['src/cart.txt:4 (major): No tax.'] },
        kept: 'swarm/wip/1.14-1',
      });
    }
  });

  it('drops findings that name no line of the change, and says so', async () => {
    const stand = await open({
      agent: roles({
        implementer: IMPLEMENTER,
        reviewer: verdict('approved', [finding(900), finding(1, 'README.md'), finding(2, 'src/cart.txt', 'minor')]),
      }),
      config: COUNCIL,
    });
    const { outcome } = await stand.work();
    expect(outcome.course?.council).toMatchObject({
      kind: 'approved',
      dropped: 2,
      findings: [{ line: 2, state: 'noted' }],
    });
  });

  it('asks once more where an answer is no verdict', async () => {
    const stand = await open({
      agent: roles({
        implementer: IMPLEMENTER,
        reviewer: `if [ "$SWARM_TRY" = 1 ]; then echo LGTM; else grep -q 'could not be used' "$SWARM_BRIEF_FILE" && { ${verdict('approved')} } fi`,
      }),
      config: COUNCIL,
    });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({
      course: { council: { kind: 'approved', rounds: 1 } },
    });
  });

  it('does not approve without a verdict', async () => {
    const stand = await open({
      agent: roles({ implementer: IMPLEMENTER, reviewer: 'echo LGTM', lead: 'exit 1' }),
      config: COUNCIL,
    });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ problem: { kind: 'COUNCIL_REJECTED', rounds: 1 } });
  });

  it('keeps nothing of what a reviewer does to the files', async () => {
    const stand = await open({
      agent: roles({
        implementer: IMPLEMENTER,
        reviewer: `git diff HEAD --stat | grep -q cart.txt || exit 1; echo evil > src/evil.txt; rm src/cart.txt; ${verdict('approved')}`,
      }),
      config: COUNCIL,
    });
    const report = await stand.run();
    expect(report).toMatchObject({ files: ['src/cart.txt'], result: { kind: 'ready' } });
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['only documentation changed', `printf 'a\\nb\\nc\\nd\\n' > src/cart.md`, COUNCIL, 'only documentation changed'],
    ['the change is trivial', 'echo x > src/cart.txt', COUNCIL, 'the change is trivial (2 lines)'],
    ['the agent is a script', IMPLEMENTER, { tdd: false }, 'the agent is a plain command, and no reviewer is set'],
    ['the config says so', IMPLEMENTER, { tdd: false, council: 'off' }, 'the config says council: off'],
  ])('is skipped, with the reason, if %s', async (_, implementer, config, why) => {
    const stand = await open({ agent: roles({ implementer, reviewer: 'exit 1' }), config });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ course: { council: { kind: 'skipped', why } } });
  });
});

describe('a run that asks', () => {
  const question = { id: 'currency', text: 'Cents or euros?', options: ['cents', 'euros'], blocking: true };

  it('keeps its work, and goes on from it with the answer', async () => {
    const stand = await open({
      agent: roles({
        tester: TESTER,
        implementer: `if grep -q 'Always cents' "$SWARM_BRIEF_FILE"; then cat src/half.txt > src/whole.txt; ${IMPLEMENTER} else echo half > src/half.txt; ${says({ questions: [question] })} fi`,
      }),
      config: PAIR,
    });
    const report = await stand.run();
    expect(report.result).toMatchObject({ kind: 'needs-input', question, kept: 'swarm/wip/1.14-1' });
    expect(await stand.fileAt('swarm/wip/1.14-1', 'src/half.txt')).toBe('half\n');

    await stand.goesOn(report, { text: 'Always cents', by: 'ana' });
    const second = await stand.run();
    expect(second).toMatchObject({
      result: { kind: 'ready', branch: 'feat/cart' },
      // The tests that were written before the question are still the contract.
      course: { pair: { kind: 'written', files: ['test/cart.check'] } },
    });
    expect(await stand.fileAt('feat/cart', 'src/whole.txt')).toBe('half\n');
    expect(second.files).toContain('test/cart.check');
  });

  it('goes on where it only would have liked to know', async () => {
    const stand = await open({
      agent: `echo a first line; echo and a last one\n${IMPLEMENTER}${says({ summary: 'A cart.', questions: [{ ...question, blocking: false }] })}`,
      config: { tdd: false },
    });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({
      course: {
        questions: [{ text: 'Cents or euros?' }],
        checkpoints: [{ text: 'implementer, try 1: command' }, { text: 'gates, round 1: all pass' }],
        lastLines: ['a first line', 'and a last one'],
      },
    });
  });
});

describe('a price for tokens', () => {
  it('makes the tokens of all calls count against the budget of the segment, and keeps the work', async () => {
    const used = { tokens: { input: 4_000, output: 200 } };
    const script = roles({
      tester: `${TESTER}; ${says(used)}`,
      implementer: `printf 'total\\n' > src/cart.txt; ${says(used)}`,
    });
    const mine = { command: ['sh', '-c', script], price: { input: 1, output: 10 } };
    const stand = await open({
      config: { agent: 'mine', agents: { mine }, tdd: true, council: 'off', budget: { segment: 0.01 } },
    });
    const report = await stand.run();
    expect(report).toMatchObject({
      costUsd: 0.012,
      course: { tokens: 8_400 },
      result: {
        kind: 'failed',
        problem: { kind: 'BUDGET_SPENT', spentUsd: 0.012, budgetUsd: 0.01, of: 'segment' },
        kept: 'swarm/wip/1.14-1',
      },
    });
  });
});

describe('the budget of an epic', () => {
  it('is a limit of its runs, too, where less is left of it than of the segment’s (R5.13)', async () => {
    const agent = {
      config: { council: 'off', tdd: false },
      agent: `printf 'total\n' > src/cart.txt; ${says({ costUsd: 0.5 })}`,
    };
    const spends = (epic: number, segment: number) =>
      open({ ...agent, config: { ...agent.config, budget: { epic, segment } } }).then((stand) => stand.run());
    const spent = (of: 'epic' | 'segment', budgetUsd: number) => ({
      result: { kind: 'failed', problem: { kind: 'BUDGET_SPENT', spentUsd: 0.5, budgetUsd, of } },
    });
    expect(await spends(0.4, 5)).toMatchObject(spent('epic', 0.4));
    expect(await spends(5, 0.3)).toMatchObject(spent('segment', 0.3));
  });
});

describe('a last segment that prepares the acceptance', () => {
  it('is told what a product manager looks at, and answers in words', async () => {
    const stand = await open({
      body: '---\nworker: research\npersona: product-manager\n---\nDoes the shop do what was asked for?',
      agent: `grep -q 'You are a product manager' "$SWARM_BRIEF_FILE" && [ "$SWARM_ROLE" = researcher ] || exit 9\n${says({ summary: 'needs work: an empty cart has no words.' })}`,
    });
    expect(await stand.run()).toMatchObject({
      result: { kind: 'no-change' },
      agent: { summary: 'needs work: an empty cart has no words.' },
    });
  });
});

describe('an agent that remembers', () => {
  /** Speaks as Claude Code does in its headless mode: a conversation with an id, which `--resume` goes on with. */
  const claude = (script: string): readonly string[] => [
    'sh',
    '-c',
    [
      `echo '{"type":"system","subtype":"init","session_id":"s-1"}'`,
      'said=$(cat)',
      script,
      `echo '{"type":"result","subtype":"success","is_error":false,"result":"Done.","session_id":"s-1","num_turns":2,"total_cost_usd":0.01,"usage":{"input_tokens":10,"output_tokens":5}}'`,
    ].join('\n'),
    'claude',
  ];
  const config = (script: string, more: object = {}) => ({
    agent: 'claude',
    agents: { claude: { command: claude(script) } },
    tdd: false,
    council: 'off',
    ...more,
  });
  const RESUMED = 'case "$*" in *"--resume s-1"*) true ;; *) false ;; esac';

  it('gets only what failed, in the same conversation', async () => {
    const stand = await open({
      agent: 'exit 1',
      config: config(
        `if ${RESUMED}; then printf '%s' "$said" > src/second.md; printf 'true\\n' > test/new.check; else printf 'false\\n' > test/new.check; fi`,
      ),
    });
    const report = await stand.run();
    expect(report).toMatchObject({ tries: 2, result: { kind: 'ready' }, course: { turns: 4, tokens: 30 } });
    const second = await stand.fileAt('feat/cart', 'src/second.md');
    expect(second).toContain('FAIL test/new.check');
    expect(second).not.toContain('# Your role');
  });

  it('answers the council in the same conversation, and the reviewer in none', async () => {
    const verdict = (kind: string, findings: string) =>
      `printf '%s' '{"verdict":"${kind}","summary":"s","findings":[${findings}]}' > "$SWARM_REPORT_FILE"`;
    const finding = '{"file":"src/cart.txt","line":1,"severity":"major","why":"No tax."}';
    const stand = await open({
      agent: 'exit 1',
      config: config(
        [
          'if [ "$SWARM_ROLE" = reviewer ]; then',
          `  if ${RESUMED}; then exit 9; fi`,
          `  if grep -q tax src/cart.txt; then ${verdict('approved', '')}; else ${verdict('rejected', finding)}; fi`,
          `elif ${RESUMED}; then echo tax >> src/cart.txt; printf '%s' "$said" > src/second.md`,
          `else printf 'a\\nb\\nc\\nd\\n' > src/cart.txt; fi`,
        ].join('\n'),
        { council: 'auto' },
      ),
    });
    const report = await stand.run();
    expect(report).toMatchObject({
      result: { kind: 'ready' },
      course: { council: { kind: 'approved', rounds: 2, reviewer: 'claude' } },
    });
    const second = await stand.fileAt('feat/cart', 'src/second.md');
    expect(second).toMatch(/^# Round 1 of 3 of the council/);
    expect(second).toContain('1. src/cart.txt:1 (major): No tax.');
  });
});

describe('personas and skills of the repository', () => {
  const files = {
    '.claude/agents/cart-expert.md':
      '---\nname: cart-expert\ndescription: Knows: carts\nskills: [money]\n---\nYou know carts.\n',
    '.agents/skills/money/SKILL.md': '---\nname: money\ndescription: Counts\n---\nCount in cents.\n',
    'AGENTS.md': '# How to work here\n',
  };
  const body = '---\nfiles: [src/**]\npersona: cart-expert\n---\nA cart.';

  it('reach the agent in its brief', async () => {
    const stand = await open({ agent: `cp "$SWARM_BRIEF_FILE" src/brief.md; ${IMPLEMENTER}`, body, files });
    await stand.run();
    const brief = (await stand.fileAt('feat/cart', 'src/brief.md')) ?? '';
    expect(brief).toContain('# Your role\n\nYou know carts.');
    expect(brief).toContain('## money (.agents/skills/money/SKILL.md)\n\nCount in cents.');
    expect(brief).toContain('Read these first:\n- AGENTS.md');
    expect(brief).not.toContain(shippedPersona('implementer').body);
  });

  it.each([
    [
      'is not there',
      { ...files, '.claude/agents/cart-expert.md': 'x\n', '.agents/skills/money/SKILL.md': 'x' },
      'persona: cart-experts',
      'PERSONA_NOT_FOUND',
    ],
    [
      'is empty',
      { ...files, '.claude/agents/cart-expert.md': '---\nname: a\n---\n' },
      'persona: cart-expert',
      'INSTRUCTIONS_UNREADABLE',
    ],
    [
      'is too long',
      { ...files, '.claude/agents/cart-expert.md': 'x'.repeat(40_000) },
      'persona: cart-expert',
      'INSTRUCTIONS_UNREADABLE',
    ],
    ['names a skill that is not there', files, 'skills: [mony]', 'SKILL_NOT_FOUND'],
  ])('end the run before an agent is called where one %s', async (_, there, key, kind) => {
    const stand = await open({
      agent: IMPLEMENTER,
      body: `---\nfiles: [src/**]\n${key}\n---\nA cart.`,
      files: there,
    });
    const { outcome } = await stand.work();
    expect(outcome).toMatchObject({ tries: 0, problem: { kind } });
  });
});

it('a transcript shows what was printed, without what must not be seen', async () => {
  const stand = await open({
    agent: `echo "I begin"; echo "token gh""p_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5"; ${IMPLEMENTER}`,
  });
  const done = await stand.work();
  expect(done.transcript).toContain('I begin');
  expect(done.transcript).toContain(' issue #14\nAdd the cart');
  expect(done.transcript).not.toContain('aB3dE5gH7jK9');
});
