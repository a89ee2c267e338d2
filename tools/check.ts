/**
 * The checks of a change: types, lint, generated files, dist and tests, fastest first. Prints one line for each step, and
 * its output only if it fails. CI runs these too, and some longer tests (`.ci/run`).
 *
 *     npm run check                      all steps
 *     npm run check -- --except tests    without the tests
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

interface Step {
  readonly name: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
}

const STEPS: readonly Step[] = [
  {
    name: 'types',
    commands: [
      [bin('tsc'), '-p', '.'],
      [bin('tsc'), '-p', 'src/core', '--noEmit'],
    ],
  },
  { name: 'lint', commands: [[bin('biome'), 'ci', '--colors=off', '.']] },
  { name: 'generated', commands: [[process.execPath, 'tools/generate.ts', '--check']] },
  { name: 'dist', commands: [[process.execPath, 'tools/dist.ts', '--check']] },
  {
    name: 'tests',
    commands: [
      [process.execPath, 'tools/need-node.mjs'],
      [bin('vitest'), 'run', '--reporter=dot'],
      [bin('vitest'), 'run', '--config', 'vitest.run.config.ts', '--reporter=dot'],
    ],
  },
];

interface Ended {
  readonly status: number;
  readonly output: string;
}

const run = ([program, ...args]: readonly [string, ...string[]]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, output: Buffer.concat(output).toString() }));
  });

const check = async ({ name, commands }: Step): Promise<boolean> => {
  const startMs = performance.now();
  for (const command of commands) {
    const { status, output } = await run(command);
    if (status === 0) continue;
    console.log(`✗ ${name}\n${output.trimEnd()}\n`);
    return false;
  }
  console.log(`✓ ${name.padEnd(10)} ${((performance.now() - startMs) / 1_000).toFixed(1)} s`);
  return true;
};

const excepted = process.argv.flatMap((word, index, words) => (words[index - 1] === '--except' ? [word] : []));
const unknown = excepted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`Unknown step: ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const results: boolean[] = [];
for (const step of STEPS) if (!excepted.includes(step.name)) results.push(await check(step));
if (results.includes(false)) process.exitCode = 1;
