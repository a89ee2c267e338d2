/** The checks of `swarm doctor`: the words for those that pass, and for those that nobody could make. */

/** In the order in which they are shown: what nothing works without comes first. */
export const CHECKS = {
  repository: 'can be written to, and has issues and commits',
  actions: 'Actions is on, and may use the actions of the workflows',
  workflows: 'on the default branch, readable and enabled',
  triggers: 'people and the clock reach Swarm',
  versions: 'one commit of the action, of this version',
  jobs: 'each job has the rights it needs and no others',
  runners: 'there is a runner for each job',
  pulls: 'Swarm may open pull requests',
  config: 'valid',
  agent: 'an agent is named',
  keys: 'the workflows pass each agent its keys',
  secrets: 'there is a secret for each key',
  base: 'the branch is there, and no check is red',
  rules: 'no rule of the base is in the way',
  merge: 'the merge method is allowed',
  branches: 'branches of segments can be made',
  labels: 'the labels for commands are there',
  'kill switch': 'SWARM_DISABLED is not set',
  files: 'no submodules, no Git LFS',
  guide: 'agents are told how to work',
  instructions: 'personas and skills can be read',
  tools: 'the jobs set up the versions that the files ask for',
  gates: 'found, and their programs are on this machine',
} as const;

export type CheckName = keyof typeof CHECKS;

export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

/** A right that the person's own token lacks. */
export const sayHidden = (right: string): string => `not known: your token may not read this (${right})`;
