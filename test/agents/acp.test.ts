/** Swarm's side of the Agent Client Protocol, against an agent of ours that speaks the other side in a process of its own. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentTask } from '../../src/agents/task.ts';
import type { AgentChoice } from '../../src/core/model/config.ts';
import { virtualClock } from '../../src/emulator/model/clock.ts';
import type { Step } from '../rig/acp-agent.ts';
import { until } from '../rig/wait.ts';
import { Bench, runAgent } from './bench.ts';

const AGENT = fileURLToPath(new URL('../rig/acp-agent.ts', import.meta.url));

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

const agent = (steps: readonly Step[], gifts: object = {}, more: Partial<AgentChoice> = {}): AgentChoice => ({
  name: 'rig',
  kind: 'acp',
  command: [process.execPath, AGENT, JSON.stringify(steps), JSON.stringify(gifts)],
  environment: [],
  ...more,
});
const run = (steps: readonly Step[], task: Partial<AgentTask> = {}, gifts: object = {}) =>
  runAgent(bench.task(agent(steps, gifts), task));
const inTree = (path: string) => join(bench.tree, path);

describe('what it may do', () => {
  it('edits by its own hands, by the client and by a command, and says what it did', async () => {
    const ended = await run(
      [
        { does: 'edit', path: inTree('own.txt'), content: 'own\n' },
        { does: 'write', path: inTree('new/client.txt'), content: 'client\n' },
        { does: 'run', command: 'echo "$(pwd)" > command.txt; echo out; exit 3' },
        { does: 'read', path: inTree('add.mjs'), line: 1, limit: 1 },
        { does: 'say', text: 'Done.\n```json\n{"summary": "three files", "handoff": "none"}\n```' },
      ],
      {},
      { tokens: 100 },
    );
    expect(ended.problem).toBeUndefined();
    expect([bench.file('own.txt'), bench.file('new/client.txt'), bench.file('command.txt')]).toEqual([
      'own\n',
      'client\n',
      `${bench.tree}\n`,
    ]);
    expect(ended.text).toContain('run ended with 3: out');
    expect(ended.text).toContain('read: export const add = (a, b) => a - b;');
    expect(ended.says).toEqual({ summary: 'three files', handoff: 'none', assumptions: [], criteria: [] });
    expect(ended.usage).toEqual({ inputTokens: 100, outputTokens: 10, cachedTokens: 0 });
    expect(readFileSync(ended.transcript, 'utf8')).toContain('"stopReason":"end_turn"');
  });

  it('is refused what lies outside of the tree, and git’s own files', async () => {
    symlinkSync(bench.home, inTree('out'));
    symlinkSync(join(bench.root, 'gone'), inTree('nowhere'));
    const refusals: [Step, string][] = [
      [{ does: 'write', path: '/etc/swarm-was-here', content: 'x' }, 'outside the working tree'],
      [{ does: 'write', path: `${bench.tree}/../up.txt`, content: 'x' }, 'outside the working tree'],
      [{ does: 'write', path: 'a.txt', content: 'x' }, 'not an absolute path'],
      [{ does: 'write', path: inTree('out/x'), content: 'x' }, 'outside the working tree'],
      [{ does: 'write', path: inTree('nowhere'), content: 'x' }, 'a dangling link'],
      [{ does: 'write', path: inTree('.git/hooks/pre-push'), content: 'x' }, '.git may not be changed'],
      [{ does: 'write', path: inTree('sub/.GIT/config'), content: 'x' }, '.git may not be changed'],
      [{ does: 'read', path: '/etc/hostname' }, 'outside the working tree'],
      [{ does: 'read', path: inTree('none') }, 'not found'],
      [{ does: 'read', path: bench.tree }, 'not a regular file'],
    ];
    const ended = await run(refusals.map(([step]) => step));
    const lines = ended.text.split('\n').filter((line) => line.includes('refused'));
    expect(lines).toEqual(refusals.map(([, why]) => expect.stringContaining(why)));
    for (const path of ['up.txt', 'home/x', 'gone']) expect(existsSync(join(bench.root, path))).toBe(false);
  });

  it('may only look where it judges: no write, no command, no leave for either', async () => {
    const ended = await run(
      [
        { does: 'write', path: inTree('a.txt'), content: 'x' },
        { does: 'run', command: 'touch b.txt' },
        { does: 'permission', kind: 'edit', path: inTree('a.txt') },
        { does: 'permission', kind: 'execute' },
        { does: 'permission', kind: 'read', path: inTree('add.mjs') },
        { does: 'read', path: inTree('add.mjs') },
      ],
      { access: 'read', role: 'reviewer' },
      { modes: ['default', 'plan'] },
    );
    const lines = ended.text.split('\n').filter((line) => /refused|permission|read:|mode/.test(line));
    expect(lines).toEqual([
      'prompt 1, mode plan, model none',
      expect.stringContaining('write refused'),
      expect.stringContaining('run refused'),
      'permission: no',
      'permission: no',
      'permission: yes',
      'read: export const add = (a, b) => a - b;',
    ]);
    expect(bench.status).toBe('');
    expect(ended.denied).toEqual([`write: ${inTree('a.txt')}`, 'edit: edit it', 'execute: execute it']);
  });

  it('gets leave for what lies in the tree, and none for what does not', async () => {
    const ended = await run([
      { does: 'permission', kind: 'edit', path: inTree('a.txt') },
      { does: 'permission', kind: 'execute' },
      { does: 'permission', kind: 'edit', path: '/etc/passwd' },
    ]);
    expect(ended.text.match(/permission: \w+/g)).toEqual(['permission: yes', 'permission: yes', 'permission: no']);
    expect(ended.denied).toEqual(['edit: edit it']);
  });

  it('sees its own key, and its commands do not; nobody sees the job’s', async () => {
    bench.set({
      RIG_KEY: 'the-key-of-the-rig',
      OTHER_KEY: 'of-another-agent',
      GITHUB_TOKEN: 'ghs_of_the_job',
      DB: 'for-gates',
    });
    const names = ['RIG_KEY', 'OTHER_KEY', 'GITHUB_TOKEN', 'DB'];
    const command = `echo "command ${names.map((name) => `${name}=$${name}`).join(' ')}"`;
    const ended = await runAgent(
      bench.task(
        agent(
          [
            { does: 'environment', names },
            { does: 'run', command },
          ],
          {},
          { environment: ['RIG_KEY'] },
        ),
        {
          environment: ['DB'],
        },
      ),
    );
    expect(ended.text).toContain('RIG_KEY=the-key-of-the-rig OTHER_KEY= GITHUB_TOKEN= DB=');
    expect(ended.text).toContain('command RIG_KEY= OTHER_KEY= GITHUB_TOKEN= DB=for-gates');
  });
});

describe('how it is told', () => {
  it('its model, where it has it', async () => {
    const gifts = { models: ['small', 'large'] };
    const ended = await run([], { model: 'Large' }, gifts);
    expect(ended.text).toContain('model large');
    expect((await run([], { model: 'huge' }, gifts)).problem).toEqual({
      kind: 'AGENT_MODEL_REFUSED',
      agent: 'rig',
      model: 'huge',
      message: 'unknown model; it offers small, large',
    });
    expect((await run([], { model: 'large' })).warnings).toEqual(['rig has no setting for its model']);
  });

  it('out of a mode that only plans, where it is to work', async () => {
    expect((await run([], {}, { modes: ['plan', 'agent'] })).text).toContain('mode agent');
  });

  it('to go on in its conversation, and not to say again what it said', async () => {
    const memory = join(bench.shared, 'memory.json');
    const first = await run([{ does: 'say', text: 'looked' }], { brief: 'Look.' }, { memory });
    const second = await run([{ does: 'say', text: 'went on' }], { resume: first.session ?? '' }, { memory });
    expect(second.text).toBe('prompt 2, mode none, model none\nwent on\n');
    const lost = await run([], { resume: first.session ?? '' }, { memory: join(bench.shared, 'other.json') });
    expect(lost.text).toContain('prompt 1');
    expect(lost.warnings.join()).toContain('could not be resumed: Resource not found');
  });
});

describe('how it ends', () => {
  const LATER = 'Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
  it.each<[string, readonly Step[], object, object | undefined]>([
    ['it is done', [{ does: 'say', text: 'Done.' }], {}, undefined],
    ['its provider’s error is all it says', [{ does: 'say', text: LATER }], {}, { kind: 'AGENT_LATER' }],
    [
      'it talks of errors after it worked',
      [
        { does: 'edit', path: 'add.mjs', content: 'x' },
        { does: 'say', text: LATER },
      ],
      {},
      undefined,
    ],
    [
      'it needs a login',
      [],
      { needsLogin: true },
      { kind: 'AGENT_NO_CREDENTIALS', message: 'Authentication required' },
    ],
    ['it speaks another version', [], { version: 9 }, { kind: 'AGENT_CRASHED' }],
    [
      'its provider is full',
      [{ does: 'fail', code: -32603, message: 'rate_limit_error: retry after 30s' }],
      {},
      { kind: 'AGENT_LATER', waitMs: 30_000 },
    ],
    [
      'its account is empty',
      [{ does: 'fail', code: -32603, message: 'Your credit balance is too low' }],
      {},
      { kind: 'AGENT_NO_CREDIT' },
    ],
    [
      'it fails otherwise',
      [{ does: 'fail', code: -32603, message: 'Internal error' }],
      {},
      { kind: 'AGENT_CRASHED', output: 'Internal error' },
    ],
    ['its model refuses', [{ does: 'stop', reason: 'refusal' }], {}, { kind: 'AGENT_DECLINED' }],
    ['its model is full', [{ does: 'stop', reason: 'max_tokens' }], {}, { kind: 'AGENT_CONTEXT' }],
    ['it has had its turns', [{ does: 'stop', reason: 'max_turn_requests' }], {}, { kind: 'AGENT_TURNS' }],
    ['it crashes', [{ does: 'exit', code: 7 }], {}, { kind: 'AGENT_CRASHED', exit: 'exit code 7' }],
    [
      'it leaves in the middle',
      [{ does: 'exit', code: 0 }],
      {},
      { kind: 'AGENT_CRASHED', exit: 'exit code 0 before it was done' },
    ],
    [
      'it prints what is no JSON',
      [
        { does: 'print', text: 'Welcome!\n{"odd": tru\n[]' },
        { does: 'say', text: 'Done.' },
      ],
      {},
      undefined,
    ],
    ['it floods its log', [{ does: 'flood', lines: 20_000 }], {}, undefined],
  ])('%s', async (_, steps, gifts, problem) => {
    const own = steps.map((step) => (step.does === 'edit' ? { ...step, path: inTree(step.path) } : step));
    const ended = await run(own, {}, gifts);
    if (problem) expect(ended.problem).toMatchObject(problem);
    else expect(ended.problem).toBeUndefined();
  });

  it('a program that is not there, and one that speaks nothing of it', async () => {
    const none = await runAgent(bench.task({ ...agent([]), command: ['no-such-agent'] }));
    expect(none.problem).toEqual({ kind: 'AGENT_NOT_FOUND', command: 'no-such-agent' });
    const deaf = await runAgent(bench.task({ ...agent([]), command: ['sh', '-c', 'echo hello; exit 0'] }));
    expect(deaf.problem).toEqual({ kind: 'AGENT_UNREADABLE', agent: 'rig', output: 'hello' });
  });

  it('with a question, which swarm takes along', async () => {
    const ended = await run([{ does: 'question', text: 'Which one?', options: ['red', 'blue'] }]);
    expect(ended.text).toContain('question: cancel');
    expect(ended.question).toEqual({ text: 'Which one?', options: ['red', 'blue'], blocking: true });
  });

  it('when its money is spent, in the middle of its work', async () => {
    const ended = await run([{ does: 'spend', usd: 0.004 }, { does: 'spend', usd: 0.012 }, { does: 'hang' }], {
      budgetUsd: 0.01,
    });
    expect(ended.problem).toEqual({ kind: 'BUDGET_SPENT', spentUsd: 0.012, budgetUsd: 0.01, of: 'segment' });
    expect(ended.costUsd).toBe(0.012);
  });

  it('when its own limit in the config is less than what is left', async () => {
    const choice = agent([{ does: 'spend', usd: 0.2 }, { does: 'hang' }], {}, { budgetUsd: 0.1 });
    const ended = await runAgent(bench.task(choice, { budgetUsd: 5 }));
    expect(ended.problem).toEqual({ kind: 'BUDGET_SPENT', spentUsd: 0.2, budgetUsd: 0.1, of: 'agent' });
  });

  describe('and leaves nothing running and no port open, when', () => {
    /** What it does before: a daemon out of its process group, a command in a terminal. */
    const leaves = (): Step[] => [
      { does: 'daemon', file: join(bench.shared, 'port') },
      { does: 'leave', command: 'sleep 300 & sleep 300' },
      { does: 'say', text: 'All is running.' },
    ];
    const answer = (): Promise<string> => {
      const port = Number(readFileSync(join(bench.shared, 'port'), 'utf8'));
      expect(port).toBeGreaterThan(0);
      return new Promise((resolve) => {
        connect(port, '127.0.0.1', () => resolve('somebody answers')).on('error', ({ message }) => resolve(message));
      });
    };
    beforeEach(() => writeFileSync(join(bench.shared, 'port'), ''));

    it('it is stopped', async () => {
      const stop = new AbortController();
      const ended = await run([...leaves(), { does: 'hang' }], {
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind === 'says' && event.text.includes('All is running')) stop.abort();
        },
      });
      expect(ended.problem).toEqual({ kind: 'AGENT_STOPPED', agent: 'rig' });
      expect(await answer()).toContain('ECONNREFUSED');
    });

    it('it is silent for too long', async () => {
      const clock = virtualClock();
      let isRunning = false;
      const ended = run([...leaves(), { does: 'hang' }], {
        after: clock.after,
        idleMs: 5_000,
        onEvent: (event) => {
          isRunning ||= event.kind === 'says' && event.text.includes('All is running');
        },
      });
      await until('the agent to say that all is running', () => isRunning);
      await clock.advance(5_000);
      expect((await ended).problem).toMatchObject({ kind: 'AGENT_SILENT', agent: 'rig' });
      expect(await answer()).toContain('ECONNREFUSED');
    });

    it.each<[string, Step[]]>([
      ['it ends by itself', []],
      ['it crashes', [{ does: 'exit', code: 1 }]],
    ])('%s', async (_, last) => {
      await run([...leaves(), ...last]);
      expect(await answer()).toContain('ECONNREFUSED');
    });
  });
});
