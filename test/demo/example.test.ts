/**
 * The example project and its prepared changes, walked through by hand: what the demo shows must really be in them,
 * whoever runs it. Each step is made by the real agent and judged by the project's own commands.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlanFile } from '../../src/plans/plan-file.ts';

const plan = readPlanFile(readFileSync('examples/parcel-desk.epic.yml', 'utf8'), 'parcel-desk.epic.yml');
const project = mkdtempSync(join(tmpdir(), 'parcel-desk-'));
const PATH = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
const AGENT = [resolve('examples/agents/prepared.mjs'), resolve('examples/agents/parcel-desk')] as const;
const GATES = ['lint', 'types', 'test', 'build'] as const;
const branchOf = (name: string): string => `feat/${name}`;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args], {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs the gates; what fails, with its output. */
function failures(): { readonly gates: readonly string[]; readonly output: string } {
  const failed = GATES.map((gate) => {
    const ran = spawnSync('npm', ['run', '--silent', gate], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, PATH, NO_COLOR: '1', CI: 'true', NODE_OPTIONS: '' },
    });
    return { gate, failed: ran.status !== 0, output: ran.stdout + ran.stderr };
  }).filter((each) => each.failed);
  return { gates: failed.map((each) => each.gate), output: failed.map((each) => each.output).join('\n') };
}

function agent(brief: string, tryNumber = 1): { readonly status: number | null; readonly output: string } {
  const ran = spawnSync(process.execPath, AGENT, {
    cwd: project,
    encoding: 'utf8',
    input: brief,
    env: { PATH, SWARM_SEGMENT: '7', SWARM_TRY: String(tryNumber) },
  });
  return { status: ran.status, output: ran.stdout + ran.stderr };
}

const briefFor = (name: string): string => {
  const title = plan.segments.find((segment) => segment.name === name)?.title;
  return `# Segment #7: ${title}\n`;
};

/** Branches from main, lets the agent work, and commits; `words` is what the brief says besides the issue. */
function works(name: string, words = ''): ReturnType<typeof failures> {
  git('checkout', '--quiet', '-b', branchOf(name), 'main');
  return worksOn(name, words);
}

function worksOn(name: string, words = '', tryNumber = 1): ReturnType<typeof failures> {
  expect(agent(briefFor(name) + words, tryNumber)).toMatchObject({ status: 0 });
  const found = failures();
  expect(git('status', '--porcelain')).not.toBe('');
  if (found.gates.length > 0) return found;
  git('add', '--all');
  git('commit', '--quiet', '-m', `feat: ${name}`);
  git('checkout', '--quiet', 'main');
  return found;
}

const merges = (...names: string[]): void => {
  for (const name of names) git('merge', '--quiet', '--no-ff', '-m', `Merge ${name}`, branchOf(name));
};

beforeAll(() => {
  cpSync('examples/parcel-desk', project, { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'chore: open the desk');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('the example goes the way that the demo tells', () => {
  expect(failures().gates, 'the example itself').toEqual([]);

  // Wave 1: all from the same base. The postage's first version fails its own test, and its second does not.
  expect(works('tracking-numbers').gates).toEqual([]);
  const postage = works('postage');
  expect(postage.gates).toEqual(['test']);
  expect(worksOn('postage', postage.output, 2).gates).toEqual([]);
  expect(works('returns').gates).toEqual([]);
  expect(works('status-wording').gates).toEqual([]);

  // Green each, broken together: nobody gave the new status its sentence.
  merges('tracking-numbers', 'postage', 'returns', 'status-wording');
  const merged = failures();
  expect(merged.gates).toEqual(['types']);
  expect(merged.output).toContain("Property 'returned' is missing");
  git('checkout', '--quiet', '-b', 'fix/wave-1', 'main');
  expect(agent(`# Segment #7: Mend what wave 1 broke\n${merged.output}`)).toMatchObject({ status: 0 });
  expect(failures().gates).toEqual([]);
  git('commit', '--quiet', '--all', '-m', 'fix: say what happened to returned parcels');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', 'fix/wave-1');

  // Wave 2: the reviewer sends the label back; the two routes share a file and go one after the other.
  expect(works('track-route').gates).toEqual([]);
  expect(works('labels').gates).toEqual([]);
  git('checkout', '--quiet', branchOf('labels'));
  expect(worksOn('labels', plan.rejections.labels).gates).toEqual([]);
  merges('track-route', 'labels');
  expect(works('quote-route').gates).toEqual([]);
  merges('quote-route');
  expect(failures().gates).toEqual([]);

  // Wave 3.
  expect(works('label-route').gates).toEqual([]);
  merges('label-route');
  expect(failures().gates).toEqual([]);
});

test('the agent says so when nothing is prepared for what it is asked', () => {
  expect(agent('# Segment #7: Paint the desk')).toMatchObject({
    status: 1,
    output: expect.stringContaining('Nothing is prepared for segment #7: # Segment #7: Paint the desk'),
  });
});
