/** The walls that this machine has, and the tools that programs find on it. */
import { delimiter } from 'node:path';
import type { Isolation } from '#core/model/config';
import { Sandbox } from '#sandbox/sandbox';

/** @param secluded directories that no program may see. @returns undefined if it has none. */
export const wallsHere = async (secluded: readonly string[] = []): Promise<Isolation | undefined> =>
  (await Sandbox.open('auto', { variables: process.env, secluded, network: [] }))?.isolation;

/** Directories that npm puts on the PATH of its scripts: Swarm's own tools, which no job on GitHub has. */
const OF_NPM = /[\\/]node_modules[\\/](?:\.bin|@npmcli[\\/]run-script[\\/]lib[\\/]node-gyp-bin)$/;

/** The directories on the PATH, without those of Swarm's own tools. */
export const pathOfMachine = (path = ''): readonly string[] =>
  path.split(delimiter).filter((directory) => !OF_NPM.test(directory));
