/** Stories share a process and nothing else. A story that runs out of time, at any moment, leaves the next one alone. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Stage } from './stage.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the stories of `late` in a test runner of their own. @returns how each ended. */
async function runLateStories(signal: AbortSignal): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'swarm-rig-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'results.json');
  const config = join('test', 'rig', 'late', 'vitest.config.ts');
  const args = ['run', '--config', config, '--reporter=json', `--outputFile=${file}`];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), ...args],
      { cwd: ROOT, env, signal },
      (_, out, error) => resolve(out + error),
    );
  });
  const { testResults } = JSON.parse(read(file, output)) as Results;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages }) =>
      [title, status, ...failureMessages.map((message) => message.split('\n', 1)[0] ?? '')].join(': '),
    ),
  );
}

function read(file: string, output: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The test runner wrote no results:\n${output}`);
  }
}

test('a story that runs out of time leaves the next one its time, its process and its world', async ({ signal }) => {
  expect(await runLateStories(signal)).toEqual([
    expect.stringMatching(/^late after 1 ms: failed: .*timed out in 1ms/),
    expect.stringMatching(/^late after 1000 ms: failed: .*timed out in 1000ms/),
    expect.stringMatching(/^late after 3000 ms: failed: .*timed out in 3000ms/),
    'in time: passed',
  ]);
});

test('a stage that is closed in the middle of a step ends whatever was under way there', async () => {
  const stage = await Stage.open('on time');
  await stage.startApp();
  stage.emulator.faults.add({ effect: { kind: 'slow', waitMs: 60_000 } });
  const sweep = stage.sweep();

  await stage.close();

  await sweep;
  expect(stage.apps).toEqual([]);
  await expect(stage.startApp()).rejects.toThrow('The story is over');
});
