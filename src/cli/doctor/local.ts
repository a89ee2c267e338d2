/** The checks of a checkout, at its last commit: gates and their programs on this machine, set-up steps, personas and skills. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic, Problem } from '#core/model/problem';
import { Store } from '#git/store';
import { type Check, checksOf } from '#github/setup/checks';
import { delayExit, openBaseline } from '#segment/before/baseline';
import { Library } from '#segment/library';
import { provesNothing, variablesFor } from '../gates.ts';
import { copyCommit, openHere, readConfigAt } from '../here.ts';

const CLEAN_UP_MS = 8_000;

export async function examineHere(directory: string): Promise<readonly Check[]> {
  const here = await openHere(directory);
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'swarm-doctor-')));
  // A signal ends the programs at once. This process ends after it has removed the files.
  const exit = delayExit(CLEAN_UP_MS);
  try {
    const store = await Store.make(scratch);
    await copyCommit(here, store);
    const { config } = await readConfigAt(store, here.commit);
    const library = await Library.at(store, here.commit, config);
    const baseline = await openBaseline({
      ...{ store, scratch, config, name: here.name, commit: here.commit, secrets: new Set<string>() },
      variables: variablesFor(here),
      log: () => {},
    });
    const lacking = (baseline?.tools ?? []).filter(({ isLacking }) => isLacking);
    const tools = lacking.map(({ tool, version, file }) => `${tool} ${version} (${file})`);
    const none: readonly Problem[] = baseline && provesNothing(baseline.gates) ? [{ kind: 'NO_GATES' }] : [];
    return checksOf({
      instructions: (await library.faults()).map(warning),
      tools: tools.length === 0 ? [] : [warning({ kind: 'TOOLCHAIN_MISSING', tools })],
      gates: [...none, ...(baseline?.lacks ?? [])].map(warning),
    });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    exit.end();
  }
}

/** This machine is not the one that runs segments. */
const warning = (problem: Problem): Diagnostic => ({ level: 'warning', problem });
