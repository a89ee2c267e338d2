/**
 * How close the emulator comes to GitHub, by judges that this project did not write. Prints one table.
 *
 *     npm run score:github                     all judges
 *     npm run score:github -- rest git         some of them
 *     npm run score:github -- --quick          those that take seconds, as CI does
 *     npm run score:github -- --faults         each check that is not right as well, with what was seen
 *     npm run score:github -- --write          also writes the scores to docs/emulator.md, and raises the floors to them
 *
 * A score below its floor (`floors.json`) fails. A judge whose program or package is not here is skipped and named; it
 * never counts as passed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { act } from './act.ts';
import { checkout, githubScript, setupNode, uploadArtifact } from './actions.ts';
import { gh, ghes } from './gh.ts';
import { git } from './git.ts';
import type { Check, Judge, Verdict } from './judge.ts';
import { protocol } from './protocol.ts';
import { recordings } from './recordings.ts';
import { rest } from './rest.ts';
import { type Floors, type Score, scoreOf, shortfall, table, withTable } from './table.ts';
import { webhooks } from './webhooks.ts';

const QUICK: readonly Judge[] = [rest, protocol, recordings, webhooks, git, gh, ghes];
const ALL: readonly Judge[] = [...QUICK, act, checkout, githubScript, setupNode, uploadArtifact];

const FLOORS = new URL('./floors.json', import.meta.url);
const PAGE = new URL('../../docs/emulator.md', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, faults: { type: 'boolean' }, write: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !ALL.some((judge) => judge.name === name));
if (unknown.length > 0) {
  console.error(`Unknown judge: ${unknown.join(', ')}. Judges: ${ALL.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const named = ALL.filter(({ name }) => positionals.includes(name));
const judges = named.length > 0 ? named : values.quick ? QUICK : ALL;

const floors = JSON.parse(readFileSync(FLOORS, 'utf8')) as Floors;
const scores: Score[] = [];
for (const { name, about, run } of judges) {
  const verdict = await run();
  scores.push(scoreOf(name, about, verdict));
  if (values.faults) showFaults(name, verdict);
}
console.log(table(scores));

if (values.write) {
  const judged = scores.filter((score) => score.kind === 'judged');
  const raised: Floors = { ...floors };
  for (const { name, about, right, wrong, of, by } of judged) raised[name] = { about, right, wrong, of, by };
  const inOrder = ALL.flatMap(({ name }) => (raised[name] ? [[name, raised[name]] as const] : []));
  const written = Object.fromEntries(inOrder);
  writeFileSync(FLOORS, `${JSON.stringify(written, null, 2)}\n`);
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), written));
} else {
  const faults = scores.flatMap((score) => shortfall(score, floors[score.name]));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

function showFaults(name: string, verdict: Verdict): void {
  if (verdict.kind === 'skipped') return;
  const faulty = verdict.checks.filter(({ outcome }: Check) => outcome !== 'right');
  for (const { name: check, outcome, seen } of faulty) console.log(`${name} · ${outcome} · ${check}: ${seen ?? ''}`);
}
