/**
 * Consent: the texts, edges and config that a person authorised (SPEC R11.2).
 */
import type { Config } from '#core/model/config';
import type { Instant, IssueNumber } from '#core/model/epic';
import type { Authorisation, AuthorisedSegment, Journal, Withdrawn } from '#core/model/journal';
import { withoutLost } from '#core/model/journal/say-so';
import { hasStartedWork, recordOf, segmentOfPull, withRecord } from '#core/model/journal-lenses';
import { isTrusted, type Person, type Speaker, speakerOf } from '#core/model/people';
import { proofOf } from '#core/model/proof';
import type { Finding } from '#core/model/report';
import type { Issue, Snapshot } from '#core/model/snapshot';
import { changedBetween, digestAt } from '#core/scope/agent-files';
import { fixesFor } from './calibration.ts';
import type { Draft } from './draft.ts';
import { edgesOf, type Facts, isSilenced, sameEdges } from './progress.ts';

/** A person's consent to issues as they stood at that time. */
interface Consent {
  readonly by: Person;
  readonly at: Instant;
  readonly issues: readonly Issue[];
}

/** Records what a person consents to: these texts and edges, this config, this base (SPEC R11.2). It replaces any earlier consent. */
export function authorise(facts: Facts, draft: Draft, { by, at, issues }: Consent): void {
  const { snapshot, plan } = facts;
  const { epic } = snapshot;
  const meansEpic = stoodThen(facts, epic, at);
  draft.journal = {
    ...draft.journal,
    authorisation: {
      at,
      ...speakerOf(by),
      configDigest: snapshot.configDigest,
      base: snapshot.base.head,
      baseBranch: snapshot.base.branch,
      ...agentFilesOf(snapshot),
      epicDigest: meansEpic ? epic.digest : (draft.journal.authorisation?.epicDigest ?? ''),
      segments: {
        ...takenOutSince(facts, at),
        ...consented(facts, draft, plan.source === 'the epic itself' ? [epic] : issues, at),
      },
    },
  };
  if (meansEpic) keepText(draft, epic);
}

/** Records a person's consent to a few issues more, or to what changed in them. The consent to the others stays as it is. */
export function authoriseMore(
  facts: Facts,
  draft: Draft,
  { by, at, issues }: Omit<Consent, 'by'> & { readonly by?: Person },
): void {
  const { authorisation } = draft.journal;
  const { epic } = facts.snapshot;
  if (!authorisation) return;
  const more = Object.entries(consented(facts, draft, issues, at));
  const meansEpic = issues.includes(epic) && stoodThen(facts, epic, at);
  if (meansEpic) keepText(draft, epic);
  const speaker = by ? speakerOf(by) : {};
  draft.journal = {
    ...draft.journal,
    authorisation: {
      ...authorisation,
      ...(meansEpic ? { epicDigest: epic.digest } : {}),
      segments: {
        ...authorisation.segments,
        ...Object.fromEntries(more.map(([number, segment]) => [number, { ...segment, at, ...speaker }])),
      },
    },
  };
}

/** Those of the issues that are segments and stood then as they stand now. Their texts are kept. */
function consented(facts: Facts, draft: Draft, issues: readonly Issue[], at: Instant): Authorisation['segments'] {
  const { plan } = facts;
  const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
  const segments: Record<number, AuthorisedSegment> = {};
  for (const issue of issues) {
    const segment = leaves.get(issue.number);
    if (!segment || !stoodThen(facts, issue, at)) continue;
    segments[issue.number] = { digest: issue.digest, ...edgesOf(plan, segment) };
    keepText(draft, issue);
  }
  return segments;
}

const keepText = (draft: Draft, { number, title, body, labels }: Issue): void => {
  draft.texts[number] = { title, body, labels };
};

/**
 * Answers whether an issue stands as it did when a person spoke. What somebody without write access changed since then
 * (the text, its labels and links, those of its groups) is not part of the consent.
 */
function stoodThen({ snapshot, config, journal }: Omit<Facts, 'plan'>, issue: Issue, at: Instant): boolean {
  const wrote = issue.editedAt === undefined || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);
  const groups = groupsOf(snapshot.issues, issue);
  const own = recordOf(journal, issue.number).fromBlock ? issue.author.id : undefined;
  return wrote && !isTouched(issue, at, config, own) && !groups.some((each) => isTouched(each, at, config));
}

/** The issues above it, without the epic. */
function groupsOf(issues: readonly Issue[], issue: Issue): readonly Issue[] {
  const above = issues.find(({ number }) => number === issue.parent);
  return above ? [above, ...groupsOf(issues, above)] : [];
}

/**
 * Answers whether a stranger has changed an issue since then. GitHub tells times in seconds: a change in the same second may be
 * later.
 *
 * @param own Swarm's own id, where it has changed the issue itself.
 */
export const isTouched = ({ hands }: Issue, at: Instant, config: Config, own?: number): boolean =>
  hands !== undefined &&
  (hands.cut ||
    hands.changes.some(
      ({ by, at: then, removed }) =>
        removed === undefined && then >= at && !isTrusted(by, config) && !(by.kind === 'bot' && by.id === own),
    ));

/** Segments that stood in the epic when the person spoke, and that a stranger has taken out of it since, or made a group of. */
function takenOutSince({ snapshot, plan, config }: Facts, at: Instant): Authorisation['segments'] {
  // The segments of a block are not issues yet.
  if (plan.source === 'block') return {};
  const leaves = new Set<number>(plan.segments.map(({ number }) => number));
  const removed = (snapshot.epic.hands?.changes ?? []).filter((each) => each.at >= at && !isTrusted(each.by, config));
  const groups = snapshot.issues.filter((issue) => !leaves.has(issue.number) && isTouched(issue, at, config));
  const numbers = [...removed.flatMap((each) => each.removed ?? []), ...groups.map(({ number }) => number)];
  return Object.fromEntries(
    numbers
      .filter((number) => !leaves.has(number))
      .map((number) => [number, { digest: '', blockedBy: [], external: [] }]),
  );
}

/** Takes out of the journal whatever people said who may no longer write, unless it is done (SPEC R11.6). */
export function withdrawLost(draft: Draft, config: Config): void {
  const { snapshot } = draft;
  if (!draft.journal.authorisation) return;
  const open = new Set(
    [snapshot.epic, ...snapshot.issues].filter(({ state }) => state === 'open').map(({ number }) => number),
  );
  const isLost = (speaker: Speaker) => isSilenced({ snapshot, config }, speaker);
  const { journal, lost } = withoutLost(draft.journal, (segment) => open.has(segment as IssueNumber), isLost);
  if (lost.length === 0) return;
  const withdrawn = [...Map.groupBy(lost, ({ byId }) => byId).values()].flatMap((sayings): readonly Withdrawn[] => {
    const [first] = sayings;
    if (!first) return [];
    const { what: _, ...speaker } = first;
    return [{ at: draft.now, ...speaker, what: sayings.map(({ what }) => what) }];
  });
  draft.record({ kind: 'WITHDRAWN' });
  draft.journal = { ...journal, withdrawn: [...(journal.withdrawn ?? []), ...withdrawn].slice(-50) };
}

const agentFilesOf = ({ base, agentFiles }: Snapshot): Pick<Authorisation, 'agentFiles'> =>
  agentFiles ? { agentFiles: { base: base.head, digest: agentFiles.now.digest } } : {};

/**
 * Files that steer agents and that were changed on the base since a person authorised it, sorted. A file that reads as an
 * approved segment left it does not count.
 */
export function changedAgentFiles({ agentFiles, pulls }: Snapshot, journal: Journal): readonly string[] {
  const given = journal.authorisation;
  if (!given || !agentFiles?.authorised || given.agentFiles?.digest === agentFiles.now.digest) return [];
  const { now, authorised, merged } = agentFiles;
  const isMerged = (file: string): boolean =>
    pulls.some((pull) => {
      const segment = segmentOfPull(journal, pull.number);
      const head = merged[pull.number];
      if (segment === undefined || pull.state !== 'merged' || !head) return false;
      const reported = proofOf(recordOf(journal, segment), pull.head)?.report.files ?? [];
      return reported.includes(file) && digestAt(head, file) === digestAt(now.files, file);
    });
  return changedBetween(authorised, now.files).filter((file) => !isMerged(file));
}

/** The base moves with each merge. While its files for agents are the same, the next look compares with where it is now. */
export function noteAgentFiles(_facts: Facts, draft: Draft): void {
  const { authorisation } = draft.journal;
  const { agentFiles: seen, base } = draft.snapshot;
  const given = authorisation?.agentFiles;
  if (!authorisation || !given || given.digest !== seen?.now.digest || given.base === base.head) return;
  draft.journal = { ...draft.journal, authorisation: { ...authorisation, agentFiles: { ...given, base: base.head } } };
}

/** A config that changed is used from now on, and the change is shown. */
export function noteConfig(_facts: Facts, draft: Draft): void {
  const { authorisation, configs = [] } = draft.journal;
  const { configDigest } = draft.snapshot;
  if (!authorisation || (configs.at(-1)?.digest ?? authorisation.configDigest) === configDigest) return;
  draft.journal = { ...draft.journal, configs: [...configs, { at: draft.now, digest: configDigest }].slice(-50) };
  draft.record({ kind: 'CONFIG CHANGED' });
}

/**
 * Changes by people with write access need no second consent while nothing has started, or at any time with
 * `adopt: automatic`: their authors could give that consent themselves.
 */
export function adoptChanges(facts: Facts, draft: Draft): void {
  const { plan, config } = facts;
  const { authorisation } = draft.journal;
  if (!authorisation) return;
  const nothingStarted = !hasStartedWork(draft.journal);
  if (!nothingStarted && config.adopt !== 'automatic') return;
  const leaves = plan.source === 'the epic itself' ? [draft.snapshot.epic] : draft.snapshot.issues;
  const changed = leaves.filter((issue) => {
    const segment = plan.segments.find((each) => each.number === issue.number);
    if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
    const known = authorisation.segments[issue.number];
    const same = known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment));
    if (same || (!known && config.adopt !== 'automatic')) return false;
    if (!stoodThen(facts, issue, known?.at ?? authorisation.at)) return false;
    if (recordOf(draft.journal, issue.number).fromBlock) return !issue.editor || isTrusted(issue.editor, config);
    return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
  });
  const { epic } = draft.snapshot;
  const isOther =
    epic.digest !== authorisation.epicDigest &&
    isTrusted(epic.editor ?? epic.author, config) &&
    stoodThen(facts, epic, authorisation.at);
  const adopted = isOther && !changed.includes(epic) ? [...changed, epic] : changed;
  if (adopted.length > 0) authoriseMore(facts, draft, { at: draft.now, issues: adopted });
}

/** Issues that Swarm made are part of what was authorised. They are known by the act that made them. */
export function bindMadeSegments(draft: Draft): void {
  for (const [key, act] of Object.entries(draft.journal.acts)) {
    const made = /^fix:\d+:(\d+):(\d+):(\d+)$/.exec(key);
    if (!made || act.state !== 'done' || act.result === undefined) continue;
    const issue = draft.snapshot.issues.find(({ number }) => number === act.result);
    const { authorisation } = draft.journal;
    if (!issue || issue.madeFor !== key || !authorisation || recordOf(draft.journal, issue.number).fix) continue;
    const wave = Number(made[1]);
    const round = Number(made[2]);
    const mends = findingOf(draft.journal, wave, round, Number(made[3]))?.mends;
    draft.journal = withRecord(draft.journal, issue.number, { fix: { key, wave, round, ...(mends ? { mends } : {}) } });
    draft.texts[issue.number] = { title: issue.title, body: issue.body, labels: issue.labels };
    draft.journal = {
      ...draft.journal,
      authorisation: {
        ...authorisation,
        segments: { ...authorisation.segments, [issue.number]: { digest: issue.digest, blockedBy: [], external: [] } },
      },
    };
  }
}

/** The finding that the n-th fix segment of a round fixes. A follow-up has none. */
function findingOf(journal: Journal, wave: number, round: number, index: number): Finding | undefined {
  const verdict = journal.calibrations[wave]?.find((calibration) => calibration.round === round)?.verdict;
  return verdict?.kind === 'failed' ? fixesFor(verdict.findings)[index - 1] : undefined;
}
