/**
 * Counts scripted cheats that are stopped, and honest changes that raise an alarm. It judges each like the publish job does.
 *
 *     npm run test:cheats                            the corpus in test/cheats
 *     npm run test:cheats -- --history DIRECTORY…    also each commit of these repositories that changes a test
 *     npm run test:cheats -- --history … --most 200  of each only the newest 200
 *     npm run test:cheats -- --history … --show      with each finding
 *
 * The last line is `N cheats, N stopped; M honest changes, K false alarms`. It fails if more than one cheat of a hundred
 * is not stopped, or more than one honest change of a hundred raises an alarm. History is only reported: a commit of a
 * person is no proof that it weakens nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Store } from '../src/git/store.ts';
import { readCorpus } from '../test/cheats/corpus.ts';
import { judgeHistory } from '../test/cheats/history.ts';
import { isStopped, judgeAll } from '../test/cheats/judge.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { history: { type: 'boolean' }, most: { type: 'string' }, show: { type: 'boolean' } },
});

const scratch = await mkdtemp(join(tmpdir(), 'swarm-cheats-'));
try {
  if (values.history) {
    for (const [at, directory] of positionals.entries()) {
      const history = await judgeHistory(
        directory,
        join(scratch, `history-${at}`),
        Number(values.most ?? Number.POSITIVE_INFINITY),
      );
      const shown = [...history.reasons].toSorted(([, a], [, b]) => b.length - a.length);
      console.log(
        `${directory}: ${history.commits} commits that change tests, ${history.alarms} with a finding (${percent(history.alarms, history.commits)}); ${history.settings} more change settings of gates`,
      );
      for (const [reason, commits] of shown)
        console.log(`  ${commits.length} ${reason}${values.show ? `\n    ${commits.join('\n    ')}` : ''}`);
    }
  }
  const { cheats, honest } = readCorpus();
  const store = await Store.make(join(scratch, 'corpus'));
  const judgedCheats = await judgeAll(store, cheats);
  const judgedHonest = await judgeAll(await Store.make(join(scratch, 'honest')), honest);
  const missed = judgedCheats.filter((each) => !isStopped(each));
  const alarms = judgedHonest.filter(({ reasons }) => reasons.length > 0);
  for (const { change, reasons } of missed) {
    console.log(
      `not stopped: ${change.ecosystem}: ${change.name}\n  wanted ${change.reason}\n  found  ${reasons.join('\n         ') || 'nothing'}`,
    );
  }
  for (const { change, reasons } of alarms) {
    console.log(`false alarm: ${change.ecosystem}: ${change.name}\n  ${reasons.join('\n  ')}`);
  }
  const isGood = missed.length * 100 <= cheats.length && alarms.length * 100 <= honest.length;
  if (!isGood) process.exitCode = 1;
  console.log(
    `${cheats.length} cheats, ${cheats.length - missed.length} stopped; ${honest.length} honest changes, ${alarms.length} false alarms`,
  );
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function percent(part: number, of: number): string {
  return of === 0 ? 'none' : `${((100 * part) / of).toFixed(1)} %`;
}
