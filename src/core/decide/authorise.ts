/**
 * Consent: the texts, edges and config that a person authorised (SPEC R11.2).
 */
import type { Config } from '#core/model/config';
import type { Authorisation, Journal } from '#core/model/journal';
import { recordOf, segmentOfPull, withRecord } from '#core/model/journal-lenses';
import { isTrusted } from '#core/model/people';
import { proofOf } from '#core/model/proof';
import type { Finding } from '#core/model/report';
import type { Issue, Snapshot } from '#core/model/snapshot';
import { changedBetween, digestAt } from '#core/scope/agent-files';
import { fixesFor } from './calibration.ts';
import type { Draft } from './draft.ts';
import { edgesOf, type Facts, sameEdges } from './progress.ts';

/** A person's consent to issues as they read at that time. */
interface Consent {
  readonly by: { readonly login: string; readonly id: number };
  readonly at: Authorisation['at'];
  readonly issues: readonly Issue[];
  /** An earlier consent that this one adds to. Undefined: it replaces any earlier one. */
  readonly addsTo?: Authorisation | undefined;
}

/** Records what a person consents to: these texts and edges, this config, this base (SPEC R11.2). */
export function authorise(
  { snapshot, plan, config }: Facts,
  draft: Draft,
  { by, at, issues, addsTo: before }: Consent,
): void {
  const leaves = new Map(plan.segments.map((segment) => [segment.number, segment]));
  const named = plan.source === 'the epic itself' ? [snapshot.epic] : issues;
  const segments: Record<number, Authorisation['segments'][number]> = { ...before?.segments };
  for (const issue of named) {
    const segment = leaves.get(issue.number);
    if (!segment) continue;
    if (!wroteBefore(issue, at, config)) continue;
    segments[issue.number] = {
      digest: issue.digest,
      blockedBy: segment.blockedBy,
      external: plan.outside[issue.number] ?? [],
    };
    draft.texts[issue.number] = { title: issue.title, body: issue.body, labels: issue.labels };
  }
  const { epic } = snapshot;
  const meansEpic = (!before || named.includes(epic)) && wroteBefore(epic, at, config);
  if (meansEpic) draft.texts[epic.number] = { title: epic.title, body: epic.body, labels: epic.labels };
  draft.journal = {
    ...draft.journal,
    authorisation: {
      at,
      by: by.login,
      byId: by.id,
      configDigest: snapshot.configDigest,
      base: snapshot.base.head,
      baseBranch: snapshot.base.branch,
      ...agentFilesOf(snapshot, before),
      epicDigest: meansEpic ? epic.digest : ((before ?? draft.journal.authorisation)?.epicDigest ?? ''),
      segments,
    },
  };
}

/** A text that a stranger wrote after the consent is not part of it. */
const wroteBefore = (issue: Issue, at: Authorisation['at'], config: Config): boolean =>
  issue.editedAt === undefined || issue.editedAt <= at || isTrusted(issue.editor ?? issue.author, config);

/** Consent to one issue more says nothing of the files that steer agents. */
function agentFilesOf(
  { base, agentFiles }: Snapshot,
  before: Authorisation | undefined,
): Pick<Authorisation, 'agentFiles'> {
  if (before) return before.agentFiles ? { agentFiles: before.agentFiles } : {};
  return agentFiles ? { agentFiles: { base: base.head, digest: agentFiles.now.digest } } : {};
}

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
  const nothingStarted = Object.keys(draft.journal.dispatches).length === 0;
  if (!nothingStarted && config.adopt !== 'automatic') return;
  const leaves = plan.source === 'the epic itself' ? [draft.snapshot.epic] : draft.snapshot.issues;
  const changed = leaves.filter((issue) => {
    const segment = plan.segments.find((each) => each.number === issue.number);
    if (!segment || recordOf(draft.journal, issue.number).attempts.length > 0) return false;
    const known = authorisation.segments[issue.number];
    const same = known?.digest === issue.digest && sameEdges(known, edgesOf(plan, segment));
    if (same || (!known && config.adopt !== 'automatic')) return false;
    return isTrusted(issue.author, config) && (!issue.editor || isTrusted(issue.editor, config));
  });
  const { epic } = draft.snapshot;
  const isOther = epic.digest !== authorisation.epicDigest && isTrusted(epic.editor ?? epic.author, config);
  const adopted = isOther && !changed.includes(epic) ? [...changed, epic] : changed;
  if (adopted.length === 0) return;
  const by = { login: authorisation.by, id: authorisation.byId };
  authorise(facts, draft, { by, at: authorisation.at, issues: adopted, addsTo: authorisation });
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
