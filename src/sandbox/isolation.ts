/**
 * The kinds of isolation, what each of them guarantees, and where each is found. `docs/isolation.md` is made from this file.
 */
import type { Isolation } from '#core/model/config';

export const GUARANTEES = {
  processes: 'When a call ends, every process that it started has ended, including any that tried to escape.',
  privileges: 'No program gains privileges, by `sudo` or otherwise.',
  keys: 'A call sees the keys of its own agent. It finds no other secret of the job in any environment, memory or file.',
  home: 'Each call has its own home and temporary directory. Author and judge share neither.',
  files:
    'Outside its own home and temporary directory, a call can write only to its working tree. It can read neither the job’s files nor the home of the job’s user.',
  network:
    'An agent reaches the endpoint of its own model, and every program the package registries in use and the hosts that the config names. Nothing else: no other host, no port or socket of the machine, no other program’s loopback. With `network: open`, this does not hold.',
  report: 'No program can write the outputs of its job.',
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
    says: '`bwrap` with namespaces for users, processes, mounts, IPC, host name and network.',
    holds: ALL,
  },
  {
    isolation: 'bubblewrap-sudo',
    says: 'The same, for machines where only root may create namespaces. `sudo -n` starts `bwrap`; the program runs as the job’s user.',
    holds: ALL,
  },
  {
    isolation: 'none',
    says: 'Only an allow-listed environment and a separate home for each call. No other process can read the job’s secrets from its environment, but programs of the same user can read its memory and files. The network is open.',
    holds: [],
  },
];

/** What `auto` finds on a kind of runner. */
export const RUNNERS: readonly { readonly runner: string; readonly finds: string }[] = [
  {
    runner: 'GitHub’s Ubuntu runners',
    finds:
      '`bubblewrap` if AppArmor lets users create namespaces, otherwise `bubblewrap-sudo`. The shipped workflows install `bwrap`.',
  },
  { runner: 'self-hosted Linux with `bwrap`', finds: '`bubblewrap`, if the kernel lets users create namespaces.' },
  { runner: 'self-hosted Linux with `bwrap` and `sudo` without a password', finds: 'at least `bubblewrap-sudo`.' },
  {
    runner: 'self-hosted Linux without `bwrap`, or with neither namespaces nor `sudo`',
    finds: 'nothing, so the run is refused. The shipped workflows install `bwrap` only on GitHub’s own runners.',
  },
  {
    runner: 'a container job',
    finds:
      'nothing by default, because containers may not create namespaces, so the run is refused. Use the runner itself, or a container with `--privileged`.',
  },
  { runner: 'macOS and Windows', finds: 'nothing, so the run is refused.' },
  {
    runner: 'your own machine, with `swarm dev`',
    finds:
      'the strongest that the machine has. Without walls it still runs, and says so. The owner of another runner can allow the same with `SWARM_ISOLATION=best` in the runner’s environment.',
  },
];
