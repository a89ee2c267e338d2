/**
 * The kinds of isolation, what each of them guarantees, and where each is found. `docs/isolation.md` is made from this file.
 */
import type { Isolation } from '#core/model/config';

export const GUARANTEES = {
  processes: 'When a call ends, every process that it started has ended, whatever it did to escape.',
  privileges: 'No program gains privileges, by `sudo` or otherwise.',
  keys: 'A call sees the keys of its own agent and no other secret of the job, in no environment, memory or file.',
  home: 'Each call has its own home and temporary directory. Author and judge share none.',
  files: 'A call writes to its working tree alone, and reads neither the job’s files nor the home of the job’s user.',
  report: 'No program writes the outputs of its job.',
} as const;
export type Guarantee = keyof typeof GUARANTEES;

interface Kind {
  readonly isolation: Isolation;
  readonly says: string;
  readonly holds: readonly Guarantee[];
}

const ALL = Object.keys(GUARANTEES) as readonly Guarantee[];

/** From the strongest to the weakest. `auto` takes the first that works. */
export const KINDS: readonly Kind[] = [
  {
    isolation: 'bubblewrap',
    says: '`bwrap` with namespaces for users, processes, mounts, IPC and host name.',
    holds: ALL,
  },
  {
    isolation: 'bubblewrap-sudo',
    says: 'The same, where only root may make namespaces. `sudo -n` starts `bwrap`; the program runs as the job’s user.',
    holds: ALL,
  },
  {
    isolation: 'none',
    says: 'An allow-listed environment and an own home for each call. The job’s process holds its secrets in no environment that another process can read, but its memory and files are open to programs of the same user.',
    holds: [],
  },
];

/** What `auto` finds on a kind of runner. */
export const RUNNERS: readonly { readonly runner: string; readonly finds: string }[] = [
  {
    runner: 'GitHub’s Ubuntu runners',
    finds:
      '`bubblewrap` where AppArmor lets users make namespaces, otherwise `bubblewrap-sudo`. The shipped workflows install `bwrap`.',
  },
  { runner: 'self-hosted Linux with `bwrap`', finds: '`bubblewrap`, if the kernel lets users make namespaces.' },
  { runner: 'self-hosted Linux with `bwrap` and `sudo` without a password', finds: 'at least `bubblewrap-sudo`.' },
  {
    runner: 'a container job',
    finds:
      'nothing by default, because containers may not make namespaces: the run is refused. Use the runner itself, or a container with `--privileged`.',
  },
  { runner: 'macOS and Windows', finds: 'nothing: the run is refused.' },
  {
    runner: 'your own machine, with `swarm dev`',
    finds:
      'the best there is. Without walls it still runs, and says so: the owner of a runner may allow that with `SWARM_ISOLATION=best` in the runner’s environment.',
  },
];
