/** The sandbox for tests: the best walls that this machine has. */
import { ISOLATIONS, type Isolation } from '../../src/core/model/config.ts';
import type { Variables } from '../../src/sandbox/environment.ts';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

/** @param scratch holds everything that the test's programs may not see. */
export async function sandboxFor(
  scratch: string,
  {
    variables = process.env,
    isolation,
    network = [],
  }: {
    readonly variables?: Variables;
    readonly isolation?: Isolation;
    readonly network?: SandboxOptions['network'];
  } = {},
): Promise<Sandbox> {
  const options = { variables, secluded: [scratch], network };
  const sandbox = await Sandbox.open(isolation ?? 'auto', options);
  if (sandbox) return sandbox;
  if (isolation !== undefined) throw new Error(`This machine has no ${isolation}.`);
  const open = await Sandbox.open('none', options);
  if (!open) throw new Error('unreachable: no walls are always there');
  return open;
}

/** The kinds of isolation that this machine has. */
export async function kindsHere(scratch: string): Promise<readonly Isolation[]> {
  const opened = await Promise.all(
    ISOLATIONS.map((kind) => Sandbox.open(kind, { variables: process.env, secluded: [scratch], network: [] })),
  );
  return opened.flatMap((sandbox) => (sandbox ? [sandbox.isolation] : []));
}
