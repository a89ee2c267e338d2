/**
 * Reads an attempt's assignment from the journal. A job's inputs only name the attempt.
 *
 * The issue's text is the authorised one. Its spec, and with it the file scope, follows from that text.
 */

import { join } from 'node:path';
import querystring from 'node:querystring';
import { readConfig } from '#config/read';
import { readAttemptId, segmentOf } from '#core/model/attempt';
import { type AgentWish, type Config, keysOf } from '#core/model/config';
import type { HeadSha, IssueNumber, RepositoryName, Segment } from '#core/model/epic';
import { type Attempt, findAttempt, type Journal, keptOf, type SegmentRecord } from '#core/model/journal';
import type { KnownGate } from '#core/model/journal/baseline';
import type { Problem } from '#core/model/problem';
import { readSpec } from '#core/text/spec';
import { type Definition, readDefinition } from '#gates/definition';
import { GateRunner } from '#gates/run';
import { applyPatch, type PackedPatch, unpackPatch } from '#git/patch';
import type { Remote, Store } from '#git/store';
import type { WorkTree } from '#git/work-tree';
import type { Client } from '#github/client';
import { type ConfigText, readConfigText } from '#github/config-text';
import { type AuthorisedText, readJournal } from '#github/journal';
import type { Variables } from '#sandbox/environment';
import { registriesOfMachine } from '#sandbox/registries';
import { Sandbox, type SandboxOptions } from '#sandbox/sandbox';
import { sayRefused } from '#words/course';
import { sayProblem } from '#words/problems';

/** The surroundings of a job: its repository and epic, its access to GitHub, and its scratch directory. */
export interface Site {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly epic: IssueNumber;
  readonly remote: Remote;
  /** The job's environment, with its secrets. */
  readonly variables: Variables;
  /** A directory that only this job uses. */
  readonly scratch: string;
  /** Values that must not be shown anywhere. The set grows as the job learns more. */
  readonly secrets: Set<string>;
  /** Prints a line, and makes untrusted lines safe. */
  readonly log: (line: string) => void;
}

export interface Assignment {
  readonly journal: Journal;
  /** The commit that the journal was read from. */
  readonly journalOid: string;
  /** GraphQL id of the repository. */
  readonly repositoryId: string;
  readonly config: Config;
  readonly attempt: Attempt;
  readonly record: SegmentRecord;
  readonly segment: Segment;
  readonly text: AuthorisedText;
  readonly epicText: AuthorisedText;
  readonly baseBranch: string;
  /** The commit that the earlier work on the branch started from, if this attempt continues that work. */
  readonly fromBase: HeadSha | undefined;
  /** The attempt that left the kept work: it stopped to ask, or was cut short. */
  readonly keptBy: Attempt | undefined;
}

/** What the segment and the attempt say about the agents that work on it, for `agentFor`. */
export const wishOf = ({ segment, attempt }: Pick<Assignment, 'segment' | 'attempt'>): AgentWish => ({
  ...segment.spec,
  by: attempt.by,
  instead: attempt.instead,
});

/** The journal has no such work, or the work has ended. */
export class NoAssignment extends Error {
  override readonly name = 'NoAssignment';
}

export async function readAssignment(site: Site, attemptId: string): Promise<Assignment> {
  const { client, repository, epic } = site;
  const named = readAttemptId(attemptId)?.segment;
  const stored = await readJournal(client, repository, epic, named === undefined ? [epic] : [named, epic]);
  const journal = stored?.journal;
  const attempt = journal && findAttempt(journal, attemptId);
  if (!stored || !journal || !attempt) throw new NoAssignment(`The journal of #${epic} has no attempt ${attemptId}.`);
  const number = segmentOf(attempt.id);
  // "Re-run failed jobs" can restart the jobs of an old run. An attempt that has ended stays ended.
  const latest = journal.segments[number]?.attempts.at(-1)?.id;
  if (attempt.outcome || latest !== attempt.id || journal.segments[number]?.skipped || journal.phase === 'finished') {
    throw new NoAssignment(`Attempt ${attemptId} of #${epic} has already ended, so there is nothing to do for it.`);
  }
  const config = checked(stored.config);
  const text = stored.texts[number];
  const epicText = stored.texts[epic];
  if (!text) throw new NoAssignment(`No text of #${number} was authorised in #${epic}.`);
  const record = journal.segments[number];
  if (!record) throw new NoAssignment(`The journal of #${epic} has no segment #${number}.`);
  const { spec } = readSpec({ number, ...text });
  const before = record.attempts.filter((each) => each.number < attempt.number);
  const published = before.findLast((each) => each.outcome?.kind === 'published') ?? before.at(-1);
  return {
    journal,
    journalOid: stored.oid,
    repositoryId: stored.repositoryId,
    config,
    attempt,
    record,
    segment: {
      number,
      title: text.title,
      spec,
      blockedBy: journal.authorisation?.segments[number]?.blockedBy ?? [],
      branch: attempt.branch,
      ...(record.fix ? { fix: record.fix } : {}),
    },
    text,
    epicText: epicText ?? { title: `#${epic}`, body: '', labels: [] },
    baseBranch: journal.authorisation?.baseBranch ?? '',
    fromBase: attempt.from ? published?.base : undefined,
    // Kept work has one parent: the commit that its attempt started from. Later attempts may have left nothing.
    keptBy: before.findLast((each) => keptOf(each).some(({ head }) => head === attempt.kept)),
  };
}

/**
 * The walls for this job's programs.
 *
 * The owner of a runner may set `SWARM_ISOLATION=best` in the runner's environment: then programs run without walls if the
 * machine has none. `swarm dev` does so on a person's own machine, and says so.
 *
 * @returns undefined if the machine does not have the walls that the config asks for.
 */
export async function openSandbox(
  site: Pick<Site, 'variables' | 'scratch' | 'secrets' | 'log'>,
  config: Config,
): Promise<Sandbox | undefined> {
  hideValues(site, config);
  const { variables, scratch, log } = site;
  const { isolation, network } = config;
  const secluded = [variables.RUNNER_TEMP, variables.GITHUB_WORKSPACE].filter(
    (each): each is string => each !== undefined && each !== '',
  );
  const options: SandboxOptions = {
    variables,
    secluded: [scratch, ...secluded],
    network,
    onRefused: (refused) => log(sayRefused(refused)),
  };
  const sandbox =
    (await Sandbox.open(isolation, options)) ??
    (isolation === 'auto' && variables.SWARM_ISOLATION === 'best' ? await Sandbox.open('none', options) : undefined);
  log(sandbox ? `isolation: ${sandbox.isolation}` : `isolation: ${isolation} is not available on this machine`);
  if (sandbox)
    log(`network: ${sandbox.limitsNetwork ? ['models and registries in use', ...network].join(', ') : 'open'}`);
  sandbox?.admit(await registriesOfMachine());
  return sandbox;
}

/** Keeps the values of the agents' and gates' variables out of everything that is shown. */
function hideValues(
  { variables, secrets }: Pick<Site, 'variables' | 'secrets'>,
  { environment, agents, gates }: Config,
): void {
  const ofGates = Object.values(gates).flatMap((each) => each.variables ?? []);
  for (const name of [...environment, ...ofGates, ...Object.values(agents).flatMap(keysOf)]) {
    const value = variables[name] ?? '';
    // A tool may print the address of a registry without its user, or only a part of it.
    const password = URL.parse(value)?.password ?? '';
    for (const each of [value, password, querystring.unescape(password)]) {
      // The path of a tool is not a secret, and to hide it would hide what an error says.
      if (each.length >= 8 && !each.startsWith('/')) secrets.add(each);
    }
  }
}

/**
 * The gates on a tree, behind the walls of the job. To be made before any program ran: an agent can write settings, too.
 *
 * @param known the gates that failed on the base before the first agent.
 */
export function gateRunnerFor(
  site: Pick<Site, 'scratch' | 'secrets' | 'log'> & { readonly graceMs?: number },
  { environment, gates }: Config,
  sandbox: Sandbox,
  { definition, tree }: { readonly definition: Definition; readonly tree: WorkTree },
  known: readonly KnownGate[] = [],
): GateRunner {
  sandbox.admit(definition.registries);
  return new GateRunner(definition, {
    ...{ tree, sandbox, environment, choices: gates, known },
    scratch: join(site.scratch, 'gates'),
    secrets: site.secrets,
    log: site.log,
    ...(site.graceMs === undefined ? {} : { graceMs: site.graceMs }),
  });
}

/** The config of the default branch. An invalid one stops the job, because half of a config is a different config. */
export async function readChecked({ client, repository }: Pick<Site, 'client' | 'repository'>): Promise<Config> {
  return checked(await readConfigText(client, repository));
}

function checked({ file, text }: ConfigText): Config {
  const { config, diagnostics } = readConfig(text, file);
  const wrong = diagnostics.find(({ level }) => level === 'error');
  if (wrong) throw new NoAssignment(sayProblem(wrong.problem, { form: 'plain' }).what);
  return config;
}

/** The gates that the files of a commit and the config define. */
export const gatesOf = (store: Store, commit: string, config: Config, before?: string): Promise<Definition> =>
  readDefinition(store, { commit, ...(before === undefined ? {} : { before }) }, config.gates);

/**
 * The tree of an attempt: the base with its patch applied. An attempt that only proves a pushed commit has the tree of that
 * commit.
 */
export type AttemptTree =
  | { readonly kind: 'tree'; readonly tree: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Fetches the base, and the head that the attempt continues or proves, into the store. Nothing is checked out. */
export async function readAttemptTree(
  store: Store,
  remote: Remote,
  attempt: Attempt,
  patch: PackedPatch,
): Promise<AttemptTree> {
  const isProof = attempt.why === 'prove' && attempt.from !== undefined;
  const unpacked = isProof ? undefined : unpackPatch(patch);
  if (unpacked && unpacked.kind !== 'patch') return unpacked;
  await store.fetch(remote, [attempt.base, ...(attempt.from ? [attempt.from] : [])]);
  if (unpacked) return applyPatch(store, attempt.base, unpacked.bytes);
  return { kind: 'tree', tree: await store.text(['rev-parse', '--verify', `${attempt.from}^{tree}`]) };
}
