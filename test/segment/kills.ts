/**
 * Jobs killed at each of their writes, for the short test and the long one: whatever was done, the same job started again
 * (people press "Re-run") ends as if nothing had been, with nothing lost and nothing there twice.
 */
import type { Report } from '../../src/core/model/report.ts';
import { Bridge, type Cut, type Ended, type Shop, type Town } from './jobs.ts';

export type Ending = 'ready' | 'kept';

/** The work of one attempt, done once: its patch fits any shop, since their files are the same. */
export async function workOnce(town: Town, ending: Ending): Promise<Readonly<Record<string, string>>> {
  const shop = await town.shop(ASKS[ending]);
  const worked = await (await shop.job('work', {})).ended;
  const annotations = Array.from({ length: 60 }, (_, at) => ({
    file: 'src/cart.ts',
    line: at + 1,
    message: `No. ${at}`,
  }));
  const verdict = ending === 'ready' ? 'pass' : 'fail';
  const gate = { gate: 'tests', verdict, command: 'sh', durationMs: 1, output: 'seen', annotations };
  return {
    ...shop.handed(worked, undefined),
    'verify-result': ending === 'ready' ? 'success' : 'failure',
    validation: JSON.stringify({ validation: [gate], refused: [] }),
  };
}

export const ASKS = {
  ready: { agent: ['sh', '-c', 'echo "export const cart = 2;" > src/cart.ts'] },
  kept: { agent: ['sh', '-c', 'echo "export const cart = 2;" > src/cart.ts'] },
} as const;

/** What is there, as people see it; the same for every run that went as it should. */
export async function boardOf(shop: Shop): Promise<string> {
  const refs = Object.keys(await shop.refs()).sort();
  const lines = [`refs ${refs.join(' ')}`];
  for (const branch of (await shop.branches()).filter((each) => each !== 'main')) {
    const head = (await shop.refs())[`refs/heads/${branch}`] ?? '';
    const { parents, message } = await shop.read<{ parents: { sha: string }[]; message: string }>(
      `/git/commits/${head}`,
    );
    const onBase = parents.length === 1 && parents[0]?.sha === shop.base;
    lines.push(`${branch} ${onBase ? 'one commit on the base' : 'something else'}: ${message.split('\n')[0]}`);
    const { check_runs } = await shop.read<{
      check_runs: { name: string; conclusion: string; output: { annotations_count: number } }[];
    }>(`/commits/${head}/check-runs?filter=all&per_page=100`);
    for (const { name, conclusion, output } of check_runs) {
      lines.push(`  ${name}: ${conclusion}, ${output.annotations_count} notes`);
    }
  }
  const pulls = await shop.read<{ title: string; draft: boolean; head: { ref: string } }[]>('/pulls?state=all');
  for (const { title, draft, head } of pulls) lines.push(`pull ${head.ref} ${draft ? 'draft' : 'ready'}: ${title}`);
  const git = await shop.town.emulator.world.git(shop.repository);
  for (const ref of refs.filter((each) => each.startsWith('refs/swarm/runs/'))) {
    const { result } = JSON.parse((await git.readBlob(`${ref}:report.json`))?.toString('utf8') ?? '{}') as Report;
    lines.push(
      `report ${result.kind}${result.kind === 'failed' ? ` ${result.problem.kind}, kept ${result.kept}` : ''}`,
    );
  }
  return lines.join('\n');
}

/** Publishes with a kill at the n-th write; tells whether the job came that far. */
export async function publishKilled(
  shop: Shop,
  inputs: Readonly<Record<string, string>>,
  at: number,
  cut: Cut,
): Promise<{ readonly ended: Ended; readonly write: string | undefined }> {
  const bridge = await Bridge.open(shop.town.emulator.url);
  try {
    const { child, ended } = await shop.job('publish', inputs, { server: bridge.url });
    bridge.kills(child, at, cut);
    return { ended: await ended, write: bridge.writes[at - 1] };
  } finally {
    await bridge.close();
  }
}

/** Killed at the n-th write, then run again, undisturbed. @returns undefined where there is no n-th write. */
export async function killedAndAgain(
  town: Town,
  ending: Ending,
  inputs: Readonly<Record<string, string>>,
  at: number,
  cut: Cut,
): Promise<{ readonly write: string; readonly board: string } | undefined> {
  const shop = await town.shop(ASKS[ending]);
  const { ended, write } = await publishKilled(shop, inputs, at, cut);
  if (write === undefined) return undefined;
  if (ended.end !== 'SIGKILL') throw new Error(`it was not killed at ${write}: ${ended.log}`);
  const again = await (await shop.job('publish', inputs)).ended;
  if (again.end !== 0) throw new Error(`after a kill at ${write} (${cut}): ${again.log}`);
  await shop.orchestrates();
  return { write, board: await boardOf(shop) };
}
