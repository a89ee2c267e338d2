/** `swarm config`, `swarm schema` and `swarm completion` as programs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/help.ts';
import { readConfig } from '../../src/config/read.ts';
import { startEmulator } from '../../src/emulator/doors/server.ts';
import { Repositories, run, write } from './bench.ts';

const repositories = new Repositories();
afterAll(() => repositories.close());

describe('swarm config (R9.4)', () => {
  it('prints a file with the same effect, and every default', async () => {
    const text = 'agent: codex\napprovals: 2\nworkers: { research: 3 }\ngates:\n  docs: { run: [make, docs] }\n';
    const root = repositories.make({});
    write(root, { '.github/swarm.yml': text });
    const { status, out, err } = await run(['config', root]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^# From \.github\/swarm\.yml, with all defaults\.\n/);
    expect(readConfig(out, 'x')).toEqual(readConfig(text, 'x'));
    expect(parse(out)).toMatchObject({
      agent: 'codex',
      approvals: 2,
      'max-parallel': 8,
      workers: { research: 3, tests: 4 },
    });
  });

  it('prints the defaults where there is no file', async () => {
    const { status, out } = await run(['config', repositories.make({})]);
    expect(status).toBe(0);
    expect(out).toMatch(/^# There is no config, so these are the defaults\.\n/);
    expect(readConfig(out, 'x')).toEqual(readConfig(undefined, 'x'));
  });

  it('names what is wrong, with the line, and what takes effect in its place', async () => {
    const root = repositories.make({ '.github/swarm.yml': 'agent: claude\napprovals: many\naprovals: 2\n' });
    const { status, out, err } = await run(['config', root]);
    expect(status).toBe(1);
    expect(parse(out)).toMatchObject({ approvals: 1 });
    expect(err).toMatch(/swarm\.yml:2:1: `approvals` cannot be "many"\..*\[CONFIG_VALUE\]/);
    expect(err).toMatch(/Warning: \.github\/swarm\.yml:3:1 has an unknown key/);
    const json = await run(['config', root, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      file: '.github/swarm.yml',
      config: { agent: 'claude', approvals: 1 },
      problems: [
        { level: 'error', code: 'CONFIG_VALUE' },
        { level: 'warning', code: 'CONFIG_KEY' },
      ],
    });
    write(root, { '.github/swarm.yaml': 'agent: claude\n' });
    expect((await run(['config', root])).err).toContain('CONFIG_AMBIGUOUS');
  });

  it('reads the default branch on GitHub', async () => {
    const emulator = await startEmulator();
    try {
      const { world } = emulator;
      const ana = world.addUser('ana');
      const repository = await world.addRepository(ana, 'shop', { visibility: 'private' });
      const author = { name: 'ana', email: 'ana@example.com', date: world.now() };
      const git = await world.git(repository);
      await git.seed({ '.github/swarm.yml': 'agent: gemini\n' }, { branch: 'main', message: 'x', author });
      const variables = { GITHUB_API_URL: `${emulator.url}/api/v3`, GITHUB_TOKEN: world.tokens.forUser(ana) };
      const { status, out } = await run(['config', '--repo', 'ana/shop'], { variables });
      expect([status, parse(out)]).toEqual([0, expect.objectContaining({ agent: 'gemini' })]);
    } finally {
      await emulator.close();
    }
  });
});

describe('swarm schema (R9.4)', () => {
  it('prints the schema of the config that editors use', async () => {
    const { out } = await run(['schema']);
    expect(out).toBe(readFileSync('swarm.schema.json', 'utf8'));
  });

  it('prints a schema of the plan file that accepts a plan, and no other', async () => {
    const { out } = await run(['schema', 'plan']);
    const isPlan = new Ajv({ strict: false }).compile(JSON.parse(out));
    expect(isPlan(parse(readFileSync('examples/parcel-desk.epic.yml', 'utf8')))).toBe(true);
    expect(isPlan({ epic: { title: 'E' }, segments: { a: { title: 'A', worked: 'x' } } })).toBe(false);
  });
});

describe('swarm completion', () => {
  /** The words that bash offers for the last one. */
  const offered = (script: string, ...words: string[]): string[] => {
    const given = words.map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${given}); COMP_CWORD=${words.length - 1}; _swarm; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const ran = spawnSync('bash', ['--norc', '-c', `${script}\n${ask}`], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    return ran.stdout.split('\n').filter(Boolean);
  };

  it('offers commands, options and values in bash', async () => {
    const { out: script } = await run(['completion', 'bash']);
    expect(offered(script, 'swarm', '')).toEqual(Object.keys(COMMANDS));
    expect(offered(script, 'swarm', 'in')).toEqual(['init']);
    expect(offered(script, 'swarm', 'init', '--a')).toEqual(['--agent', '--approvals', '--app', '--action']);
    expect(offered(script, 'swarm', 'init', '--agent', 'c')).toEqual(['claude', 'codex', 'copilot']);
    expect(offered(script, 'swarm', 'completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(offered(script, 'swarm', 'help', 'do')).toEqual(['doctor']);
    // Names of files are bash's own.
    expect(offered(script, 'swarm', 'plan', 'x')).toEqual([]);
  });

  it.each([
    ['zsh', '--no-exec'],
    ['fish', '--no-execute'],
  ])('names every command and option in %s, and is valid where that shell is', async (shell, check) => {
    const { out } = await run(['completion', shell]);
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(out).toContain(name);
      for (const option of Object.keys(options)) expect(out).toMatch(new RegExp(`(?:--|-l )${option}\\b`));
    }
    const ran = spawnSync(shell, [check], { input: out, encoding: 'utf8' });
    if (ran.error === undefined) expect([ran.status, ran.stderr]).toEqual([0, '']);
  });
});
