/** The walls that this machine has, for what says it before anything runs. */
import type { Isolation } from '#core/model/config';
import { Sandbox } from '#sandbox/sandbox';

/** @param secluded directories that no program may see. @returns undefined if it has none. */
export const wallsHere = async (secluded: readonly string[] = []): Promise<Isolation | undefined> =>
  (await Sandbox.open('auto', { variables: process.env, secluded, network: [] }))?.isolation;
