/** Every end of the council. No git, no program: see `fakes.ts`. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/model/problem.ts';
import { holdCouncil, NO_COUNCIL } from '../../src/segment/council.ts';
import { NO_WORK } from '../../src/segment/step.ts';
import { asks, CRASH, crash, FakeRun, overspent, type Scene, type Turn } from './fakes.ts';

const FILE = 'src/cart.ts';
/** The change: ten lines. */
const CART = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n');

const finding = (line = 1, severity = 'major', why = line === 1 ? 'No tax.' : `Fault ${line}.`) => ({
  file: FILE,
  line,
  severity,
  why,
});
const approves = (...findings: readonly object[]): Turn => ({
  json: { verdict: 'approved', summary: 'Good.', findings },
});
const rejects = (...findings: readonly object[]): Turn => ({
  json: { verdict: 'rejected', summary: 'Bad.', findings },
});
const answers = (...did: readonly ('fixed' | 'disputed')[]) => ({
  answers: did.map((each, index) => ({ finding: index + 1, did: each, why: `It is ${each}.` })),
});
let edits = 0;
/** The implementer changes something and says so. */
const fixes = (): Turn => ({ writes: { [FILE]: `${CART}\nedit ${++edits}` }, json: answers('fixed') });
const disputes: Turn = { json: answers('disputed') };
const crashes: Turn = { problem: CRASH };

async function run(scene: Scene) {
  const fake = new FakeRun(scene);
  // The implementer's work before the council.
  fake.workspace.files = { ...fake.workspace.files, [FILE]: CART };
  const change = fake.workspace.change();
  const work = { ...NO_WORK, change, tries: 1, says: { ...NO_WORK.says, summary: 'A cart.' } };
  return { fake, step: await holdCouncil(fake.councilDeps(), work, change) };
}

const on = { config: { council: 'on', tries: 1 } } as const;

describe('what a judge reads of the author', () => {
  it('is nothing in the first look, and its own words in the next', async () => {
    const { fake } = await run({
      ...on,
      agents: { reviewer: [rejects(finding()), approves()], implementer: [fixes()] },
    });
    expect(fake.brief(0)).not.toContain("# The author's own words");
    expect(fake.brief(2)).toContain("# The author's own words");
  });
});

describe('the rounds of a council', () => {
  it.each<[string, NonNullable<Scene['agents']>, readonly string[], object]>([
    [
      'the reviewer approves',
      { reviewer: [approves()] },
      ['reviewer'],
      { kind: 'approved', rounds: 1, reviewer: 'claude', summary: 'Good.', findings: [] },
    ],
    [
      'the reviewer approves with a remark',
      { reviewer: [approves(finding(2, 'minor'))] },
      ['reviewer'],
      { kind: 'approved', rounds: 1, findings: [{ line: 2, state: 'noted' }] },
    ],
    [
      'the implementer fixes a finding',
      { reviewer: [rejects(finding()), approves()], implementer: [fixes()] },
      ['reviewer', 'implementer', 'reviewer'],
      { kind: 'approved', rounds: 2, findings: [{ line: 1, state: 'settled' }] },
    ],
    [
      'the implementer fixes one finding and then the next',
      { reviewer: [rejects(finding(1)), rejects(finding(9)), approves()], implementer: [fixes(), fixes()] },
      ['reviewer', 'implementer', 'reviewer', 'implementer', 'reviewer'],
      {
        kind: 'approved',
        rounds: 3,
        findings: [
          { line: 1, state: 'settled' },
          { line: 9, state: 'settled' },
        ],
      },
    ],
    [
      'the lead overrules the reviewer',
      { reviewer: [rejects(finding())], implementer: [disputes], lead: [approves()] },
      ['reviewer', 'implementer', 'lead'],
      { kind: 'approved', rounds: 1, lead: 'claude', findings: [{ state: 'overruled' }] },
    ],
    [
      'the lead lets one of two findings fall, and the other is fixed',
      {
        reviewer: [rejects(finding(1), finding(9)), approves()],
        implementer: [{ json: answers('disputed', 'disputed') }, fixes()],
        lead: [rejects(finding(9))],
      },
      ['reviewer', 'implementer', 'lead', 'implementer', 'reviewer'],
      {
        kind: 'approved',
        rounds: 2,
        findings: [
          { line: 1, state: 'overruled' },
          { line: 9, state: 'settled' },
        ],
      },
    ],
    [
      'the lead decides a finding that is repeated although it was disputed, beside one that was fixed',
      {
        reviewer: [rejects(finding(1), finding(9)), rejects(finding(9))],
        implementer: [{ ...fixes(), json: answers('fixed', 'disputed') }],
        lead: [approves()],
      },
      ['reviewer', 'implementer', 'reviewer', 'lead'],
      {
        kind: 'approved',
        rounds: 2,
        findings: [
          { line: 1, state: 'settled' },
          { line: 9, state: 'overruled' },
        ],
      },
    ],
    [
      'an answer that cannot be read is asked for again',
      { reviewer: [{ text: 'LGTM' }, approves()] },
      ['reviewer', 'reviewer'],
      { kind: 'approved', rounds: 1 },
    ],
    [
      'a reviewer that crashes is asked again',
      { reviewer: [crashes, approves()] },
      ['reviewer', 'reviewer'],
      { kind: 'approved', rounds: 1 },
    ],
    [
      'the lead stands in for a reviewer that gives no verdict',
      { reviewer: [crashes, crashes], lead: [approves()] },
      ['reviewer', 'reviewer', 'lead'],
      { kind: 'approved', rounds: 1, lead: 'claude' },
    ],
    [
      'the lead, standing in, has something fixed',
      { reviewer: [crashes, crashes, approves()], lead: [rejects(finding())], implementer: [fixes()] },
      ['reviewer', 'reviewer', 'lead', 'implementer', 'reviewer'],
      { kind: 'approved', rounds: 2, findings: [{ line: 1, state: 'settled' }] },
    ],
    [
      'findings that name no line of the change are dropped',
      { reviewer: [approves(finding(900), { ...finding(), file: 'README.md' })] },
      ['reviewer'],
      { kind: 'approved', dropped: 2, findings: [] },
    ],
  ])('%s', async (_, agents, roles, council) => {
    const { fake, step } = await run({ ...on, agents });
    expect(step).toMatchObject({ kind: 'continue', found: { council } });
    expect(fake.roles).toEqual(roles);
    const { rounds } = step.found.council as { readonly rounds: number };
    expect(fake.checkpoints.at(-1)).toBe(`council: approved after round ${rounds}`);
  });

  it('are judged by the agents that stand in for those of the config', async () => {
    const { step } = await run({
      config: { council: 'on', tries: 1, agent: 'claude', roles: { lead: 'gemini' } },
      attempt: { instead: { claude: { agent: 'codex' }, gemini: { agent: 'opencode' } } },
      agents: { reviewer: [rejects(finding())], implementer: [disputes], lead: [approves()] },
    });
    expect(step.found.council).toMatchObject({ reviewer: 'codex', lead: 'opencode' });
  });

  it('hand on the work with what was fixed', async () => {
    const { fake, step } = await run({
      ...on,
      agents: { reviewer: [rejects(finding()), approves()], implementer: [fixes()] },
    });
    expect(step.found.work).toMatchObject({ tries: 2, says: { summary: 'A cart.' } });
    expect(fake.workspace.filesOf(step.found.work.change?.tree ?? '')[FILE]).toContain('edit');
  });
});

describe('a rejection that stands', () => {
  it.each<[string, NonNullable<Scene['agents']>, object]>([
    [
      'after three rounds',
      {
        reviewer: [rejects(finding(1)), rejects(finding(1, 'major', 'Still.')), rejects(finding(2))],
        implementer: [fixes(), fixes()],
      },
      { rounds: 3, findings: [`${FILE}:2 (major): Fault 2.`] },
    ],
    [
      'because the lead upholds it and nothing is changed then',
      { reviewer: [rejects(finding())], implementer: [disputes, disputes], lead: [rejects(finding())] },
      { rounds: 1, findings: [`${FILE}:1 (major): No tax.`] },
    ],
    [
      'because the lead gives no verdict about what is disputed',
      { reviewer: [rejects(finding())], implementer: [disputes], lead: [crashes, { text: 'Hm.' }] },
      { rounds: 1, findings: [`${FILE}:1 (major): No tax.`] },
    ],
    [
      'because the lead, standing in, rejects it and nothing is changed then',
      {
        reviewer: [crashes, crashes],
        lead: [rejects(finding(1), finding(9, 'minor')), rejects(finding(1))],
        implementer: [disputes, disputes],
      },
      { rounds: 1, findings: [`${FILE}:1 (major): No tax.`, `${FILE}:9 (minor): Fault 9.`] },
    ],
    [
      'because the lead stands in again, and repeats what was not fixed',
      {
        reviewer: [crashes, crashes, crashes, crashes, crashes, crashes],
        lead: [rejects(finding(1)), rejects(finding(1)), rejects(finding(1))],
        implementer: [fixes(), fixes()],
      },
      { rounds: 3, findings: [`${FILE}:1 (major): No tax.`] },
    ],
    ['because nobody gives a verdict', { reviewer: [crashes, crashes], lead: [crashes, crashes] }, { rounds: 1 }],
    [
      'because a verdict names no line of the change, also when asked again',
      { reviewer: [rejects(finding(900)), rejects(finding(900))], lead: [crashes, crashes] },
      { rounds: 1, findings: [] },
    ],
  ])('%s', async (_, agents, problem) => {
    const { step } = await run({ ...on, agents });
    expect(step).toMatchObject({
      kind: 'ended',
      found: { council: { kind: 'rejected' } },
      ending: { kind: 'problem', problem: { kind: 'COUNCIL_REJECTED', ...problem } },
    });
  });

  it('is not softened by an implementer that claims a fix and changes nothing', async () => {
    const { fake, step } = await run({
      ...on,
      agents: {
        reviewer: [rejects(finding()), rejects(finding()), rejects(finding())],
        implementer: [{ json: answers('fixed') }, { json: answers('fixed') }],
      },
    });
    expect(step).toMatchObject({ kind: 'ended', ending: { problem: { kind: 'COUNCIL_REJECTED', rounds: 3 } } });
    expect(fake.brief(2)).toContain('The implementer (not answered): It is fixed.');
  });

  it('names minor findings if there are no others', async () => {
    const { fake } = await run({
      ...on,
      agents: { reviewer: [rejects(finding(3, 'minor')), approves()], implementer: [fixes()] },
    });
    expect(fake.brief(1)).toContain(`1. ${FILE}:3 (minor): Fault 3.`);
  });
});

describe('what each member reads', () => {
  it('is the change, and for the next round the answers', async () => {
    const { fake } = await run({
      ...on,
      agents: {
        reviewer: [rejects(finding(1), finding(9)), approves()],
        implementer: [{ ...fixes(), json: answers('fixed', 'disputed') }],
      },
    });
    const [first, second, third] = fake.started;
    expect(first).toMatchObject({
      role: 'reviewer',
      access: 'read',
      directory: '/checkout',
      answer: { name: 'verdict' },
    });
    expect(first?.brief).toContain('+line 10');
    expect(second).toMatchObject({ role: 'implementer', access: 'write', answer: { name: 'answers' } });
    expect(second?.brief).toContain(`2. ${FILE}:9 (major): Fault 9.`);
    expect(third?.brief).toContain('The implementer (fixed): It is fixed.');
    expect(third?.brief).toContain('The implementer (disputed): It is disputed.');
    expect(third?.brief).toContain('edit');
  });

  it('is for a judge that is asked again also why', async () => {
    const { fake } = await run({ ...on, agents: { reviewer: [{ text: 'LGTM' }, approves()] } });
    expect(fake.brief(1)).toContain('There was no JSON object in it.');
    expect(fake.log.warnings).toEqual(["The reviewer's answer could not be used: There was no JSON object in it."]);
  });
});

describe('no council', () => {
  const command = { kind: 'command', command: ['sh'] } as const;
  it.each<[string, Scene]>([
    ['the issue says review: false', { ...on, spec: { review: false } }],
    ['the config says council: off', { config: { council: 'off' } }],
    ['only documentation changed', { judged: () => ({ files: ['README.md', 'docs/a.txt'] }) }],
    ['the change is trivial (1 line)', { base: { [FILE]: CART }, judged: () => ({ files: [FILE] }) }],
    ['the agent is a plain command, and no reviewer is set', { agent: command }],
  ])('because %s', async (why, scene) => {
    const fake = new FakeRun(scene);
    const isTrivial = why.startsWith('the change is trivial');
    fake.workspace.files = isTrivial ? { ...fake.workspace.files, 'src/b.ts': 'x' } : { [FILE]: CART };
    const change = fake.workspace.change();
    const step = await holdCouncil(fake.councilDeps(), { ...NO_WORK, change }, change);
    expect(step).toMatchObject({ kind: 'continue', found: { council: { kind: 'skipped', why } } });
    expect(fake.printed).toEqual([`No council: ${why}.`]);
  });

  const reviewer = { agents: { reviewer: [approves()] } };
  it.each<[string, Scene]>([
    ['the issue asks for it against the config', { spec: { review: true }, config: { council: 'off' } }],
    [
      'the issue asks for it although only documentation changed',
      { spec: { review: true }, judged: () => ({ files: ['a.md'] }) },
    ],
    ['the config asks a plain command for it', { config: { council: 'on' }, agent: command }],
    ['the config names a reviewer', { config: { roles: { reviewer: 'claude' } }, agent: command }],
  ])('does not hold if %s', async (_, scene) => {
    const { fake, step } = await run({ ...reviewer, ...scene });
    expect(step).toMatchObject({ kind: 'continue', found: { council: { kind: 'approved' } } });
    expect(fake.roles).toEqual(['reviewer']);
  });

  it('does not hold for a small change of what the gates are', async () => {
    const scene = { ...reviewer, base: { [FILE]: CART }, judged: () => ({ attention: ['package.json'] }) };
    const fake = new FakeRun(scene);
    fake.workspace.files = { ...fake.workspace.files, 'package.json': '{}' };
    const change = fake.workspace.change();
    const step = await holdCouncil(fake.councilDeps(), { ...NO_WORK, change }, change);
    expect(step).toMatchObject({ found: { council: { kind: 'approved' } } });
  });
});

describe('a run that ends in its council', () => {
  const later: Problem = { kind: 'AGENT_LATER', message: 'overloaded' };
  const noPersona: Problem = { kind: 'INSTRUCTIONS_UNREADABLE', what: 'persona', name: 'x', file: 'x.md', why: 'no' };
  const broken = { verdict: 'fail', output: 'FAIL' } as const;

  it.each<[string, Scene, object, object]>([
    [
      'the reviewer overspends the budget',
      { agents: { reviewer: [{ ...approves(), ending: overspent }] } },
      overspent,
      { kind: 'rejected', rounds: 1 },
    ],
    [
      'the reviewer’s provider is down',
      { agents: { reviewer: [{ problem: later }] } },
      { kind: 'problem', problem: later },
      { kind: 'rejected', rounds: 1 },
    ],
    [
      'the lead overspends the budget',
      {
        agents: {
          reviewer: [rejects(finding())],
          implementer: [disputes],
          lead: [{ ...approves(), ending: overspent }],
        },
      },
      overspent,
      { kind: 'rejected', lead: 'claude', findings: [{ state: 'stands' }] },
    ],
    [
      'the implementer crashes',
      { agents: { reviewer: [rejects(finding())], implementer: [{ ...fixes(), ending: crash }] } },
      crash,
      { kind: 'rejected', findings: [{ state: 'stands' }] },
    ],
    [
      'the implementer asks a question',
      { agents: { reviewer: [rejects(finding())], implementer: [{ ending: asks }] } },
      asks,
      { kind: 'rejected' },
    ],
    [
      'what the implementer changed fails the gates',
      { agents: { reviewer: [rejects(finding())], implementer: [fixes()] }, tests: () => broken },
      { kind: 'problem', problem: { kind: 'GATES_FAILED' } },
      { kind: 'rejected' },
    ],
    [
      'the job is cancelled while the reviewer reads',
      { agents: { reviewer: [{ ...approves(), isCancelled: true }] } },
      { kind: 'cancelled' },
      { kind: 'rejected' },
    ],
    [
      'the job is cancelled while the implementer answers',
      { agents: { reviewer: [rejects(finding())], implementer: [{ ...fixes(), isCancelled: true }] } },
      { kind: 'cancelled' },
      { kind: 'rejected' },
    ],
    [
      'a persona cannot be read',
      { persona: { kind: 'wrong', problem: noPersona } },
      { kind: 'problem', problem: noPersona },
      NO_COUNCIL,
    ],
  ])('because %s', async (_, scene, ending, council) => {
    const { step } = await run({ ...on, ...scene });
    expect(step).toMatchObject({ kind: 'ended', ending, found: { council } });
  });

  it('keeps what the implementer changed before it crashed', async () => {
    const { fake, step } = await run({
      ...on,
      agents: { reviewer: [rejects(finding())], implementer: [{ ...fixes(), ending: crash }] },
    });
    expect(fake.workspace.filesOf(step.found.work.change?.tree ?? '')[FILE]).toContain('edit');
  });
});
