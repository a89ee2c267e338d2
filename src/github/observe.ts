/**
 * Reads everything that `decide` may know about one epic. Only GitHub's current answers are trusted.
 *
 * It reads in three steps: the epic with its issues, journal and config; then the runs that the journal names; then pull
 * requests, reports and blockers outside the epic. Runs are read *before* reports: if a run is over and its report is not
 * there afterwards, it will never come.
 */
import { createHash } from 'node:crypto';
import type { Command } from '#core/model/command';
import { CONFIG_FILES, type Config, escalateOf, labelName, STATE_LABELS } from '#core/model/config';
import {
  headSha,
  type Instant,
  type IssueNumber,
  type IssueRef,
  instant,
  issueNumber,
  type RepositoryName,
  type Segment,
} from '#core/model/epic';
import {
  foldersFor,
  isInstructionName,
  type KnownInstructions,
  personaIn,
  SHIPPED_PERSONAS,
} from '#core/model/instructions';
import { type AuthorisedTexts, findAttempt, type Journal, keptOf } from '#core/model/journal';
import type { Block } from '#core/model/journal/block';
import { speakersOf } from '#core/model/journal/say-so';
import { actKeys, hasStartedWork, isEnded } from '#core/model/journal-lenses';
import { isTrusted } from '#core/model/people';
import type { Diagnostic } from '#core/model/problem';
import type { BaselineReport, CalibrationReport, Report } from '#core/model/report';
import type { Gone, Hands, Issue, OtherIssue, Performed, Pull, Request, Snapshot } from '#core/model/snapshot';
import { mayHaveBlock } from '#core/text/block';
import { CLOCK_WORKFLOW, EVENTS_WORKFLOW, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { readSpec, readTaskList } from '#core/text/spec';
import { readMarker } from '#words/marker';
import { readAgentFiles } from './agent-files.ts';
import { branchesToMake, branchFaults, openSegments } from './branch-names.ts';
import { claimedAmong, readOwners } from './claims.ts';
import type { Client } from './client.ts';
import { type ConfigText, configTextIn, type ParseConfig } from './config-text.ts';
import {
  digestOf,
  handsOn,
  isDiscussion,
  issueOf,
  issuesBelow,
  type RawIssues,
  readRepositoryName,
  stateOf,
  withChildren,
} from './issues.ts';
import { baselineRef, calibrationRef, readEarlier, readState, reportRef, textFile } from './journal.ts';
import type { CutList, ReadOptions } from './lists.ts';
import type { PassAnswers } from './looks/pass.ts';
import { observeRuns } from './looks/runs.ts';
import { record, type Stillness } from './looks/still.ts';
import { readProven } from './proven.ts';
import { withLanded } from './pulls/landing.ts';
import { baseOf, pullOf, pullsOf, withMissingChecks, withPusher, withStart } from './pulls/pulls.ts';
import { checkMethod } from './pulls/rules.ts';
import * as queries from './queries.ts';
import { ABSENT, type FileAnswer, isByJob, isSigned, readFile, readHead } from './refs.ts';
import { commentsOf, type ManualRequest, requestsOf, saidIn } from './requests.ts';
import { setupFaults } from './setup/faults.ts';

export interface Observed {
  readonly snapshot: Snapshot;
  readonly config: Config;
  /** The journal's commit, which the next step must follow. */
  readonly journalOid: string | undefined;
  /** For a later look that only asks if anything has changed; undefined while REST alone can tell, as of a run. */
  readonly stillness: (() => Stillness) | undefined;
}

/** A journal with its commit. */
export interface KnownJournal {
  readonly oid: string;
  readonly journal: Journal;
}

/**
 * A process of its own reads the variable `SWARM_DISABLED`, gets events as webhooks and has a clock. For a job, workflows do
 * all of that.
 */
export type RunsIn = 'process' | 'job';

export interface ObserveOptions {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly epic: IssueNumber;
  /** This orchestrator's name. */
  readonly orchestrator: string;
  readonly performed: Readonly<Record<string, Performed>>;
  /** The journal, if this orchestrator has just advanced it. */
  readonly known?: KnownJournal | undefined;
  /** How many issues the epic had at the latest look, if this process has looked at it. */
  readonly expected?: number | undefined;
  readonly runsIn: RunsIn;
  /** Requests that GitHub does not store: the inputs of a `workflow_dispatch`. */
  readonly requests: readonly ManualRequest[];
  /** Answers that stay valid for one pass: permissions, and the kill switch. */
  readonly answers: PassAnswers;
  readonly parseConfig: ParseConfig;
  /** The block in an epic's text. Only called for a text that may have one. */
  readonly parseBlock: (body: string) => Promise<Block | undefined> | Block | undefined;
}

/** @returns undefined if the issue does not exist. */
export async function observe(options: ObserveOptions): Promise<Observed | undefined> {
  const { epic: number } = options;
  const cuts: CutList[] = [];
  const { client, stillness } = record(options.client);
  const onCut = (list: CutList) => void cuts.push(list);
  const { known } = options;
  const oid = known?.oid ?? (await readHead(client, options.repository, number));
  const isRead = oid !== undefined && known === undefined;
  const variables = { ...options.repository, epic: number, journal: oid ?? ABSENT, isStarted: isRead };
  const { issues: before } = options.answers;
  const guess = before && known && (await guessDetail(options, before, known));
  const ofEpic = { text: queries.epicQuery(options.expected), variables };
  const { text: query, variables: given } = guess ? queries.asOne<unknown>(ofEpic, guess) : ofEpic;
  const first = await client.queryWithNulls<FirstAnswer>(query, given, { onCut });
  const answer = first.repository;
  if (!answer?.issue) return undefined;
  // It may have been renamed, and GitHub still answers to the old name.
  const repository = readRepositoryName(answer.nameWithOwner);
  const reading = { ...options, repository, client, onCut };
  const journal =
    known?.journal ??
    (oid === undefined ? undefined : await readState(client, repository, { epic: number, oid, seen: answer.state }));
  const configText = configTextIn(answer);
  const { config, diagnostics } = await options.parseConfig(configText);

  const earlier = journal?.authorisation ? undefined : await readEarlier(client, repository, number);

  const { people } = options.answers;
  const below = await issuesBelow(reading, answer.issue);
  options.answers.issues = below;
  const raw = { ...below, issues: below.issues.filter((issue) => !isDiscussion(issue)) };
  const gone = journal ? await goneFrom(reading, journal, below, raw) : {};
  const runs = journal ? await observeRuns({ ...reading, recent: options.answers.runs }, journal) : [];
  options.answers.config = config;
  const isOpen = raw.epic.state === 'OPEN';
  const block = isOpen && mayHaveBlock(raw.epic.body) ? await options.parseBlock(raw.epic.body) : undefined;
  const outside = outsideRefs(raw, reading, block);
  const files = journal && oid ? await filesOf(reading, { journal, oid }, raw) : [];
  const wanted = detailQueriesOf(options.answers, { config, journal, raw, others: outside, files });
  const detail = await observeDetail(reading, wanted, guess && { query: guess, answer: first });
  const seenOf = ({ alias }: queries.CommitFile) => detail.repository?.[alias] as FileAnswer;
  const texts = new Map(
    await Promise.all(
      files.map(
        async (file) => [file.alias, await readFile(client, repository, { ...file, seen: seenOf(file) })] as const,
      ),
    ),
  );
  options.answers.signs ||= isSigned(answer.head);
  const { signs } = options.answers;
  const { reports, forged } = reportsOf(journal, files, (file) => {
    const commit = seenOf(file);
    return {
      value: parse<Report>(texts.get(file.alias)),
      isByJob: !signs || !commit || isByJob(commit),
      author: commit?.author?.name ?? '',
    };
  });
  const head = detail.repository?.base ?? null;
  const base = baseOf(head, config.base ?? answer.defaultBranchRef?.name ?? 'main', config);

  const comments = commentsOf(raw, detail);
  const requests = await requestsOf(reading, config, journal, raw, detail, comments, people);

  const since = consentSince(journal, requests, config);
  const watched = [raw.epic, ...raw.issues].filter(({ state }) => state === 'OPEN');
  const hands = since === undefined ? new Map<string, Hands>() : await handsOn(reading, people, watched, since);
  const authorisedAt = journal?.authorisation?.at;
  const own = comments.find(({ comment }) => comment.viewerDidAuthor)?.comment.author?.login;
  const read = (issue: queries.IssueAnswer) =>
    issueOf(people, repository, issue, raw.epic.number, { authorisedAt, own, hands: hands.get(issue.id) });
  const issues = withChildren(await Promise.all(raw.issues.map(read)));
  const top = await read(raw.epic);
  const epic = { ...top, children: issues.filter((issue) => issue.parent === top.number).map((issue) => issue.number) };
  const { rules } = options.answers;
  const pulls = await Promise.all(
    pullsOf(detail).map(async (pull) => {
      const known = await withMissingChecks(rules, await pullOf(people, pull), pull);
      const started = await withStart(client, repository, journal, base, known);
      const pushed = await withPusher(client, repository, journal, started);
      return withLanded({ client, repository, journal, base }, pushed, pull);
    }),
  );
  const isAsked = requests.length > 0;
  const mergeMethods = await options.answers.methods(base.branch, mayMatter(journal, pulls, isAsked), answer);
  const agentFiles = detail.repository?.base
    ? await readAgentFiles({ client: options.client, repository, config, journal, base, pulls, isAsked })
    : undefined;
  const open = new Set(watched.map(({ number }) => number));
  const others = othersOf(detail, outside);
  const isStarting = mayStart(journal, requests, config);
  const startsSoon = isStarting || requests.some(asksForPlan);
  const provenBase =
    isStarting && isBaseUnknown(journal, config) && base.proof !== undefined
      ? await readProven(client, repository, base.proof)
      : undefined;
  const from = block && epic.children.length === 0 ? { block } : {};
  const segments = startsSoon ? openSegments({ epic, issues, others, config, fixes: {}, ...from }) : [];
  const names = branchesToMake(segments);
  const owners = await ownersOf(reading, journal, isStarting ? watched.map((issue) => issueNumber(issue.number)) : []);
  const speakers = journal ? speakersOf(journal, (segment) => open.has(segment)) : [];
  const found = await preflight(options, answer, configText, detail, base.branch);
  const rulesBroken = [
    ...checkMethod(config, base.branch, mergeMethods),
    ...(names.length > 0 ? await branchFaults({ client, repository, rules }, names) : []),
    ...(startsSoon && answer.workflow && detail.repository?.base
      ? await setupFaults({ client, repository, config, base: base.branch, agents: agentsOf(segments, config) })
      : []),
  ];
  // Only REST tells when the kill switch is taken back, or a rule, or when a workflow is enabled.
  const isHeld =
    found.some(({ problem }) => problem.kind === 'DISABLED') || rulesBroken.some(({ level }) => level === 'error');

  return {
    config,
    journalOid: oid,
    stillness: !before && journal && runs.length === 0 && !isHeld && !isAwaited(journal) ? stillness : undefined,
    snapshot: {
      now: client.now(),
      orchestrator: options.orchestrator,
      repository: {
        ...repository,
        id: answer.id,
        url: answer.url,
        defaultBranch: answer.defaultBranchRef?.name ?? base.branch,
        ...(answer.isEmpty ? { isEmpty: true as const } : {}),
      },
      base,
      epic,
      ...(block ? { block } : {}),
      issues,
      ...(Object.keys(gone).length > 0 ? { gone } : {}),
      ...(owners ? { owners } : {}),
      others,
      pulls,
      runs,
      reports,
      ...(forged.length === 0 ? {} : { forged }),
      calibrationReports: calibrationReportsOf(texts, journal),
      ...baselineReportsOf(texts, journal),
      ...(provenBase ? { provenBase } : {}),
      ...(earlier ? { earlier } : {}),
      requests,
      acknowledged: comments
        .filter(({ comment }) => queries.hasReacted(comment, 'EYES') && !queries.hasReacted(comment, 'ROCKET'))
        .map(({ comment }) => ({ id: `comment:${comment.id}`, node: comment.id })),
      said: saidIn(comments, number),
      made: madeIn(raw, issues),
      branches: branchesOf(detail),
      journal,
      authorised: authorisedTexts(raw, texts),
      speakers: await Promise.all(speakers.map((speaker) => people.speaker(speaker))),
      performed: options.performed,
      ...(namesInstructions(raw) ? { instructions: instructionsOf(detail) } : {}),
      mergeMethods,
      labelIds: labelIdsOf(raw, detail),
      ...(options.runsIn === 'job' && answer.clockWorkflow ? { clockWorkflow: CLOCK_WORKFLOW } : {}),
      preflight: [...diagnostics, ...foreignIssues(raw), ...cuts.map(tooLong), ...found, ...rulesBroken],
      configDigest: sha256(configText.text ?? ''),
      ...(agentFiles ? { agentFiles } : {}),
    },
  };
}

/** What became of the authorised segments that are not below the epic and that nobody has skipped. */
async function goneFrom(
  { answers, repository }: ObserveOptions,
  { authorisation, segments }: Journal,
  below: RawIssues,
  { issues }: RawIssues,
): Promise<NonNullable<Snapshot['gone']>> {
  const there = new Set([below.epic, ...issues].map(({ number }) => number));
  const missing = Object.keys(authorisation?.segments ?? {})
    .map(Number)
    .filter((number) => !there.has(number) && !segments[number]?.skipped)
    .slice(0, MAX_GONE);
  const found = missing.map(async (number): Promise<readonly (readonly [number, Gone])[]> => {
    if (below.issues.some((issue) => issue.number === number)) return [[number, { how: 'discussion' }]];
    const gone = await answers.gone(repository, number);
    return gone ? [[number, gone]] : [];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

/**
 * The epics that have some of its segments. It is asked before anything is started, and then only about segments that another
 * epic had at the latest look: for all others, their claim is made together with the journal's step, or not at all.
 *
 * @param unstarted segments of an epic that may start in this look
 */
async function ownersOf(
  { client, repository, epic, answers }: ObserveOptions,
  journal: Journal | undefined,
  unstarted: readonly IssueNumber[],
): Promise<Snapshot['owners']> {
  const known = [...(journal?.contested ?? []), ...answers.contested];
  const claimed = unstarted.length === 0 ? [] : await claimedAmong(client, repository, unstarted);
  const contested = [...new Set([...known, ...claimed])];
  return contested.length === 0 ? undefined : readOwners(client, repository, epic, contested);
}

/** Each costs a call. Of more than that, the epic says only that they are not there. */
const MAX_GONE = 20;

type FirstAnswer = queries.EpicAnswer & queries.DetailAnswer;

/**
 * Answers whether the rules of the base have to be read: before anything is started, and once something may be merged. They
 * cost a call.
 */
const mayMatter = (journal: Journal | undefined, pulls: readonly Pull[], isAsked: boolean): boolean =>
  isAsked || !hasStartedWork(journal) || pulls.some(({ state, reviews }) => state === 'open' && reviews.length > 0);

/** True while a run, or its report, is expected. */
const isAwaited = (journal: Journal): boolean =>
  Object.values(journal.dispatches).some((dispatch) => !isEnded(journal, dispatch)) ||
  Object.values(journal.segments).some(({ attempts }) => attempts.some(({ outcome }) => outcome === undefined));

/** A part of a list looks like a list. So the epic waits, and a person hears of it. */
const tooLong = ({ kind, of, read }: CutList): Diagnostic => ({
  level: 'error',
  problem: { kind: 'LIST_TOO_LONG', list: kind, ...(of === undefined ? {} : { of }), read },
});

/** Answers whether the first segments may start in this look. */
const mayStart = (journal: Journal | undefined, requests: readonly Request[], config: Config): boolean =>
  !hasStartedWork(journal) && (journal?.authorisation !== undefined || consentsIn(requests, config).length > 0);

/** Answers whether the gates have to run on the base, so that it is worth a call to ask if another epic did that. */
const isBaseUnknown = (journal: Journal | undefined, { baseline }: Config): boolean =>
  baseline === 'on' && journal?.baselines?.at(-1)?.verdict?.kind !== 'sound';

/** A plan tells everything that would hold its epic back. */
const asksForPlan = ({ asked }: Request): boolean =>
  asked.kind === 'command' &&
  (asked.command.kind === 'plan' || (asked.command.kind === 'execute' && asked.command.dryRun === true));

/** The agents that segments and their workers name, and those that try after others or stand in for them. */
const agentsOf = (segments: readonly Segment[], config: Config): readonly string[] => {
  const specs = segments.map(({ spec }) => spec);
  const workers = [...new Set(specs.map(({ worker }) => worker))];
  const picks = [...specs, ...workers.flatMap((worker) => escalateOf(config, worker)), ...config.fallback];
  const own = workers.flatMap((worker) => config.byWorker[worker] ?? []);
  return [
    ...new Set([
      ...[...picks, ...own].flatMap(({ agent }) => agent ?? []),
      ...own.flatMap(({ roles = {} }) => Object.values(roles)),
    ]),
  ];
};

/** Swarm's own issues. One of a block is the block's whatever people have written into it since. */
function madeIn(raw: RawIssues, issues: readonly Issue[]): Snapshot['made'] {
  const fixes = issues.flatMap(({ madeFor, number }) => (madeFor === undefined ? [] : [[madeFor, number] as const]));
  const ofBlock = raw.issues.flatMap(({ body, number, viewerDidAuthor }) => {
    const marker = viewerDidAuthor ? readMarker(body) : undefined;
    return marker?.kind === 'segment' ? [[marker.key, issueNumber(number)] as const] : [];
  });
  return Object.fromEntries([...fixes, ...ofBlock]);
}

/** The times of the consents that people give in this look. */
const consentsIn = (requests: readonly Request[], config: Config): readonly Instant[] =>
  requests.flatMap(({ asked, by, at }) =>
    asked.kind === 'command' && isConsent(asked.command) && isTrusted(by, config) ? [at] : [],
  );

/**
 * The time since when changes of issues have to be known, because a consent to them is recorded in this look: a person gave
 * it, or changes may be adopted. What others changed since then is not part of it (SPEC R11.2).
 */
function consentSince(journal: Journal | undefined, requests: readonly Request[], config: Config): Instant | undefined {
  const given = consentsIn(requests, config);
  const { authorisation } = journal ?? {};
  const mayAdopt = config.adopt === 'automatic' || !hasStartedWork(journal);
  const all = [...given, ...(authorisation && mayAdopt ? [authorisation.at] : [])];
  return all.length === 0 ? undefined : instant(Math.min(...all));
}

const isConsent = (command: Command): boolean =>
  command.kind === 'run' || (command.kind === 'execute' && !command.dryRun);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// ── Objects that the journal names: pull requests, reports, branches, outside blockers ─────────────────────────────────────

interface DetailFacts {
  readonly config: Config;
  readonly journal: Journal | undefined;
  readonly raw: RawIssues;
  readonly others: readonly IssueRef[];
  readonly files: readonly queries.CommitFile[];
}

function detailQueriesOf(
  { merged }: PassAnswers,
  { config, journal, raw, others, files }: DetailFacts,
): readonly queries.Query[] {
  const open = new Set(raw.issues.filter((issue) => issue.state === 'OPEN').map((issue) => issue.number));
  const records = Object.entries(journal?.segments ?? {}).map(([segment, record]) => ({
    segment: Number(segment),
    record,
  }));
  const attempts = records.flatMap(({ record }) => record.attempts);
  const pulls = records.flatMap(({ segment, record }) => {
    const outcome = record.attempts.findLast((attempt) => attempt.outcome?.kind === 'published')?.outcome;
    if (outcome?.kind !== 'published') return [];
    const isOpen = open.has(segment) || segment === raw.epic.number;
    if (!isOpen && merged.has(outcome.pull)) return [];
    return [{ number: outcome.pull, detail: isOpen ? ('whole' as const) : ('state' as const) }];
  });
  return queries.detailQueries({
    base: config.base ?? 'HEAD',
    pulls,
    branches: [
      ...new Set(attempts.flatMap((attempt) => [attempt.branch, ...keptOf(attempt).map(({ branch }) => branch)])),
    ],
    labels: STATE_LABELS.map((label) => labelName(config, label)),
    files,
    others,
    personaFolders: namesInstructions(raw) ? foldersFor('persona', config.instructions) : [],
    skillFolders: namesInstructions(raw) ? foldersFor('skill', config.instructions) : [],
  });
}

/** The query that will be needed once the epic is read, if nobody but Swarm changed it: then one call asks for both. */
async function guessDetail(
  options: ObserveOptions,
  raw: RawIssues,
  known: KnownJournal,
): Promise<queries.Query | undefined> {
  const { answers, repository } = options;
  if (!answers.config) return undefined;
  const facts = { config: answers.config, ...known, raw, others: outsideRefs(raw, { repository, onCut: () => {} }) };
  return detailQueriesOf(answers, { ...facts, files: await filesOf(options, known, raw) })[0];
}

/** @param guess the query that was asked for together with the epic, and its answer */
async function observeDetail(
  { client, repository, answers, ...options }: ObserveOptions & ReadOptions,
  wanted: readonly queries.Query[],
  guess: { readonly query: queries.Query; readonly answer: queries.DetailAnswer } | undefined,
): Promise<queries.DetailAnswer> {
  const isGuessed = guess !== undefined && JSON.stringify(wanted[0]) === JSON.stringify(guess.query);
  const asked = await Promise.all(
    wanted
      .slice(isGuessed ? 1 : 0)
      .map(({ text, variables }) =>
        client.queryWithNulls<queries.DetailAnswer>(text, { ...repository, ...variables }, options),
      ),
  );
  const [first, ...more] = isGuessed ? [guess.answer, ...asked] : asked;
  if (!first?.repository) return { repository: null };
  const repositories = more.map(({ repository }) => repository);
  const known = [...answers.merged].map(([number, pull]) => [`pull${number}`, pull]);
  const all = Object.assign(Object.fromEntries(known), first.repository, ...repositories);
  const detail: queries.DetailAnswer = Object.assign({}, first, ...more, { repository: all });
  for (const pull of pullsOf(detail)) if (pull.merged) answers.merged.set(pull.number, pull);
  return detail;
}

/**
 * The files that the journal waits for: reports of attempts, calibrations and the base, and texts as they were authorised where they
 * read differently now.
 */
async function filesOf(
  { answers, epic }: ObserveOptions,
  { journal, oid }: { readonly journal: Journal; readonly oid: string },
  raw: RawIssues,
): Promise<readonly queries.CommitFile[]> {
  const attempts = Object.values(journal.segments).flatMap((record) => record.attempts);
  const reports = attempts
    .filter((attempt) => !attempt.outcome || journal.acts[actKeys.checks(attempt.id)]?.state === 'intended')
    .map((attempt) => ({
      kind: 'report',
      ref: reportRef(epic, attempt.id),
      attempt: attempt.id as string | undefined,
    }));
  const calibrations = Object.entries(journal.calibrations).flatMap(([wave, rounds]) =>
    rounds
      .filter((round) => !round.verdict)
      .map((round) => ({
        ...{ kind: 'calibration', ref: calibrationRef(epic, Number(wave), round.round), attempt: undefined },
      })),
  );
  const baselines = (journal.baselines ?? [])
    .filter(({ verdict }) => !verdict)
    .map(({ round }) => ({ kind: 'baseline', ref: baselineRef(epic, round), attempt: undefined }));
  const awaited = [...reports, ...calibrations, ...baselines];
  const refs =
    awaited.length === 0 ? new Map<string, string>() : await answers.refs(sharedStart(awaited.map(({ ref }) => ref)));
  return [
    ...awaited.flatMap(({ kind, ref, attempt }, index) => {
      const commit = refs.get(ref);
      const file = { alias: `${kind}${index}`, path: `${kind}.json`, ...(attempt === undefined ? {} : { attempt }) };
      return commit === undefined ? [] : [{ ...file, commit }];
    }),
    ...[raw.epic, ...raw.issues]
      .filter((issue) => isOther(journal, issue))
      .map(({ number }) => ({ alias: `text${number}`, commit: oid, path: textFile(number) })),
  ];
}

/** The longest text that all of these begin with. */
function sharedStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/** Answers whether a segment ran and reads differently now, so that the text that it was given has to be read. */
function isOther(journal: Journal | undefined, issue: queries.IssueAnswer): boolean {
  const known = journal?.authorisation?.segments[issue.number]?.digest;
  const ran = (journal?.segments[issue.number]?.attempts.length ?? 0) > 0;
  return known !== undefined && ran && issue.state === 'OPEN' && known !== digestOf(issue);
}

/** The texts of files, by their alias. */
type Texts = ReadonlyMap<string, string | undefined>;

function authorisedTexts(raw: RawIssues, texts: Texts): AuthorisedTexts {
  const found = [raw.epic, ...raw.issues].flatMap(({ number }) => {
    const text = texts.get(`text${number}`);
    return text === undefined ? [] : [[number, JSON.parse(text) as AuthorisedTexts[number]] as const];
  });
  return Object.fromEntries(found);
}

/** True if an open issue may name a persona or a skill. Otherwise reading them would be a waste. */
const namesInstructions = (raw: RawIssues): boolean =>
  [raw.epic, ...raw.issues].some(
    ({ state, body, labels }) =>
      state === 'OPEN' && (/persona|skill/i.test(body) || labels.nodes.some(({ name }) => name.startsWith('persona:'))),
  );

function instructionsOf(detail: queries.DetailAnswer): KnownInstructions {
  const entriesOf = (alias: string) =>
    queries.answersWith<queries.FolderAnswer>(detail.repository, alias).flatMap(({ entries }) => entries ?? []);
  const personas = entriesOf('personas').flatMap(({ name, type }) => (type === 'blob' ? (personaIn(name) ?? []) : []));
  const skills = entriesOf('skills').flatMap(({ name, object }) =>
    isInstructionName(name) && object?.entries?.some((entry) => entry.name === 'SKILL.md') ? [name] : [],
  );
  return {
    personas: [...new Set([...personas, ...SHIPPED_PERSONAS])].sort(),
    skills: [...new Set(skills)].sort(),
  };
}

function branchesOf(detail: queries.DetailAnswer): Snapshot['branches'] {
  const branches = queries.answersWith<{ name: string; target: { oid: string } }>(detail.repository, 'branch');
  return Object.fromEntries(branches.map((branch) => [branch.name, headSha(branch.target.oid)]));
}

function labelIdsOf({ epic, issues }: RawIssues, detail: queries.DetailAnswer): NonNullable<Snapshot['labelIds']> {
  const known = [epic, ...issues].flatMap(({ labels }) => labels.nodes);
  const ours = queries.answersWith<queries.LabelAnswer>(detail.repository, 'label');
  return Object.fromEntries([...known, ...ours].map(({ id, name }) => [name.toLowerCase(), id]));
}

/**
 * Reports of attempts that the journal waits for. One that is not valid JSON is ignored, and the run counts as lost. One that
 * the run's own job did not write is forged: its commit is not a job's where GitHub signs those, or it names another run.
 */
function reportsOf(
  journal: Journal | undefined,
  files: readonly queries.CommitFile[],
  read: (file: queries.CommitFile) => {
    readonly value: Report | undefined;
    readonly isByJob: boolean;
    readonly author: string;
  },
): { readonly reports: readonly Report[]; readonly forged: NonNullable<Snapshot['forged']> } {
  const reports: Report[] = [];
  const forged: { attempt: string; author: string }[] = [];
  for (const file of files) {
    const attempt = journal && file.attempt !== undefined ? findAttempt(journal, file.attempt) : undefined;
    const { value, isByJob: isOurs, author } = read(file);
    if (!attempt || value?.version !== 1) continue;
    const isOfRun = value.attempt === attempt.id && journal?.dispatches[attempt.dispatch]?.runId === value.runId;
    if (isOurs && isOfRun) reports.push(value);
    else forged.push({ attempt: attempt.id, author });
  }
  return { reports, forged };
}

function calibrationReportsOf(texts: Texts, journal: Journal | undefined): readonly CalibrationReport[] {
  return [...texts].flatMap(([alias, text]) => {
    const report = alias.startsWith('calibration') ? parse<CalibrationReport>(text) : undefined;
    return report?.version === 1 && journal?.calibrations[report.wave] !== undefined ? [report] : [];
  });
}

function baselineReportsOf(texts: Texts, journal: Journal | undefined): Pick<Snapshot, 'baselineReports'> {
  const found = [...texts].flatMap(([alias, text]) => {
    const report = alias.startsWith('baseline') ? parse<BaselineReport>(text) : undefined;
    return report?.version === 1 && journal?.baselines?.some(({ round }) => round === report.round) ? [report] : [];
  });
  return found.length === 0 ? {} : { baselineReports: found };
}

function parse<Kind>(text: string | undefined): Kind | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Kind);
  } catch {
    return undefined;
  }
}

/** The most issues outside the epic that its texts may name. */
const MAX_OUTSIDE = 1_000;

/** Issues that texts name but that are not below the epic, to distinguish "open elsewhere" from "missing". */
function outsideRefs(
  raw: RawIssues,
  { repository, onCut }: { readonly repository: RepositoryName; readonly onCut: (list: CutList) => void },
  block?: Block,
): readonly IssueRef[] {
  const inside = new Set([raw.epic.number, ...raw.issues.map((issue) => issue.number)]);
  const refs = new Map<string, IssueRef>();
  const texts = [raw.epic, ...raw.issues].map(({ number, title, body, labels }) => ({
    ...{ number: issueNumber(number), title, body },
    labels: labels.nodes.map((label) => label.name),
  }));
  const planned = (block?.segments ?? []).map((segment) => ({ ...segment, number: issueNumber(raw.epic.number) }));
  for (const text of [...texts, ...planned]) {
    const { spec } = readSpec(text);
    for (const ref of [...spec.dependsOn, ...spec.conflictsWith]) {
      if (ref.repository === undefined && inside.has(ref.number)) continue;
      const { owner, name } = ref.repository ?? repository;
      refs.set(`${owner}/${name}#${ref.number}`, ref);
    }
  }
  for (const item of readTaskList(raw.epic.body, repository)) {
    if (!inside.has(item.number)) refs.set(`#${item.number}`, { number: item.number });
  }
  if (refs.size > MAX_OUTSIDE) onCut({ kind: 'issues that texts name', of: raw.epic.number, read: MAX_OUTSIDE });
  return [...refs.values()].slice(0, MAX_OUTSIDE);
}

const othersOf = (detail: queries.DetailAnswer, outside: readonly IssueRef[]): readonly OtherIssue[] =>
  queries.othersIn(detail, outside).map(({ ref, answer }) => {
    if (answer === null) return { ref, kind: 'missing' };
    return answer.__typename === 'PullRequest'
      ? { ref, kind: 'pull request' }
      : { ref, kind: 'issue', state: stateOf(answer) };
  });

// ── Before anything starts ──────────────────────────────────────────────────────────────────────────────────────────

async function preflight(
  options: ObserveOptions,
  answer: NonNullable<queries.EpicAnswer['repository']>,
  configText: ConfigText,
  detail: queries.DetailAnswer,
  base: string,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const error = (problem: Diagnostic['problem']) => found.push({ level: 'error', problem });
  if (configText.ambiguous) error({ kind: 'CONFIG_AMBIGUOUS', files: CONFIG_FILES });
  const there = [answer.workflow, answer.segmentWorkflow];
  for (const [index, name] of WORKFLOWS.entries()) {
    if (!there[index]) error({ kind: 'WORKFLOW_MISSING', file: `${WORKFLOWS_FOLDER}/${name}` });
  }
  if (!detail.repository?.base) error({ kind: 'BASE_MISSING', branch: base });
  // In a workflow, the job's condition reads the variable, and its token has no permission to.
  const disabled = options.runsIn === 'job' ? 'no' : await options.answers.isDisabled();
  if (disabled === 'yes') error({ kind: 'DISABLED' });
  const warn = (problem: Diagnostic['problem']) => found.push({ level: 'warning', problem });
  if (disabled === 'cannot tell')
    warn({ kind: 'PERMISSION_MISSING', permission: 'actions_variables: read', lost: 'kill switch' });
  if (options.runsIn === 'job') {
    const triggers = [
      [EVENTS_WORKFLOW, answer.eventsWorkflow, 'by events'],
      [CLOCK_WORKFLOW, answer.clockWorkflow, 'by the clock'],
    ] as const;
    for (const [name, file, starts] of triggers) {
      if (!file) warn({ kind: 'TRIGGER_MISSING', file: `${WORKFLOWS_FOLDER}/${name}`, starts });
    }
  }
  return found;
}

const foreignIssues = (raw: RawIssues): readonly Diagnostic[] =>
  raw.foreign.map((issue) => {
    const repository = readRepositoryName(issue.repository.nameWithOwner);
    const ref: IssueRef = { number: issueNumber(issue.number), repository };
    return {
      level: 'warning',
      problem: { kind: 'SEGMENT_ELSEWHERE', at: { issue: issueNumber(raw.epic.number) }, ref },
    };
  });
