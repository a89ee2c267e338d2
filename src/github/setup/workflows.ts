/**
 * Judges the installed workflows: rights and steps of their jobs, the actions that they use, and the runners that they ask for.
 *
 * Pure: parsed files in, problems out.
 */
import type { Diagnostic, Problem } from '#core/model/problem';
import { CLOCK_WORKFLOW, EVENTS_WORKFLOW, isCommit, UNRELEASED, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import type { ActionsPolicy } from './facts.ts';

/** A workflow's file as parsed YAML. Maps need not have a prototype. */
export type ParseWorkflow = (
  text: string,
) =>
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly line: number; readonly column: number; readonly message: string };

type Rights = Readonly<Record<string, string>>;

const [DISPATCHED, SEGMENT] = WORKFLOWS;

/** In which an orchestrator runs, with a token that may do all that Swarm does. */
const ORCHESTRATES: Rights = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
  statuses: 'read',
};
const WRITES: Rights = { contents: 'write' };
const READS: Rights = { contents: 'read' };

/** The jobs of each workflow, with the rights that they need. Jobs that need `READS` run other people's code. */
export const JOBS: Readonly<Record<string, Readonly<Record<string, Rights>>>> = {
  [DISPATCHED]: {
    orchestrate: ORCHESTRATES,
    plan: WRITES,
    segment: WRITES,
    calibrate: READS,
    record: WRITES,
    continue: ORCHESTRATES,
  },
  [SEGMENT]: { work: READS, verify: READS, publish: WRITES },
  [EVENTS_WORKFLOW]: { orchestrate: ORCHESTRATES },
  [CLOCK_WORKFLOW]: { orchestrate: ORCHESTRATES },
};

interface Step {
  readonly uses: string | undefined;
  /** The input `do`, which only Swarm's action has. */
  readonly does: string | undefined;
}

export interface Job {
  readonly file: string;
  readonly name: string;
  readonly steps: readonly Step[];
  /** The workflow that it calls. */
  readonly calls: string | undefined;
  readonly permissions: unknown;
  readonly runsOn: unknown;
}

export interface InstalledWorkflow {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly jobs: readonly Job[];
  readonly permissions: unknown;
}

const error = (problem: Problem): Diagnostic => ({ level: 'error', problem });
const warning = (problem: Problem): Diagnostic => ({ level: 'warning', problem });

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const tableOf = (value: unknown): Readonly<Record<string, unknown>> => (isTable(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The workflows that can be read, and what is wrong with the others. A job that Swarm needs has to be there. */
export function readWorkflows(
  texts: ReadonlyMap<string, string>,
  parse: ParseWorkflow,
): { readonly workflows: readonly InstalledWorkflow[]; readonly faults: readonly Diagnostic[] } {
  const workflows: InstalledWorkflow[] = [];
  const faults: Diagnostic[] = [];
  for (const [name, text] of texts) {
    const file = `${WORKFLOWS_FOLDER}/${name}`;
    const parsed = parse(text);
    if (parsed.kind === 'refused') {
      const { line, column, message } = parsed;
      faults.push(error({ kind: 'WORKFLOW_INVALID', at: { file, line, column }, message: message.replace(/\.$/, '') }));
      continue;
    }
    const { jobs, permissions } = tableOf(parsed.value);
    const found = Object.entries(tableOf(jobs)).map(([job, value]) => jobOf(file, job, tableOf(value)));
    const missing = Object.keys(JOBS[name] ?? {}).filter((job) => !found.some((each) => each.name === job));
    if (missing.length > 0) {
      const message = `the ${missing.length === 1 ? 'job' : 'jobs'} ${missing.join(', ')} is missing`;
      faults.push(error({ kind: 'WORKFLOW_INVALID', at: { file }, message }));
    }
    workflows.push({ name, file, text, jobs: found, permissions });
  }
  return { workflows, faults };
}

function jobOf(file: string, name: string, job: Readonly<Record<string, unknown>>): Job {
  const steps = Array.isArray(job.steps) ? job.steps.map(tableOf) : [];
  return {
    file,
    name,
    steps: steps.map((step) => ({ uses: textOf(step.uses), does: textOf(tableOf(step.with).do) })),
    calls: textOf(job.uses),
    permissions: job.permissions,
    runsOn: job['runs-on'],
  };
}

// ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Swarm's action as the workflows name it: what stands behind the `@`. */
const namedVersions = (workflow: InstalledWorkflow): readonly string[] => [
  ...new Set(
    workflow.jobs.flatMap(({ steps }) =>
      steps.flatMap(({ uses, does }) => (does === undefined || uses === undefined ? [] : uses.split('@').slice(1))),
    ),
  ),
];

/** The workflows pass values to each other, so all of them have to name the same commit, of the same version as this program. */
export function versionFaults(workflows: readonly InstalledWorkflow[], own: string): readonly Diagnostic[] {
  const unpinned = workflows.flatMap((workflow): readonly Diagnostic[] => {
    const versions = namedVersions(workflow).filter((version) => !isCommit(version));
    if (versions.length === 0) return [];
    // No job can start with zeros.
    const judge = versions.includes(UNRELEASED) ? error : warning;
    return [judge({ kind: 'WORKFLOW_UNPINNED', file: workflow.file, versions })];
  });
  const named = [...new Set(workflows.flatMap(namedVersions))];
  const differ =
    named.length < 2
      ? []
      : [error({ kind: 'WORKFLOWS_DIFFER', files: workflows.map(({ file }) => file), versions: named })];
  const others = [...new Set(workflows.flatMap(({ text }) => commentedVersions(text)))].filter((each) => each !== own);
  const old = others.length === 0 ? [] : [warning({ kind: 'WORKFLOWS_OLD', versions: others, own })];
  return [...unpinned, ...differ, ...old];
}

/** `uses: …@<commit> # v1.2.3` in front of the input `do`. */
const commentedVersions = (text: string): readonly string[] =>
  [
    ...text.matchAll(/uses: *[\w.-]+\/[\w.-]+@[0-9a-f]{40}[ \t]+# v(\d+\.\d+\.\d+\S*)[ \t]*\r?\n +with:\r?\n +do: /g),
  ].map(([, version = '']) => version);

// ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const LEVELS = ['none', 'read', 'write'];
const levelOf = (level: string | undefined): number => Math.max(0, LEVELS.indexOf(level ?? 'none'));

/** @param byDefault the rights of a job for which no file says any; undefined if nobody knows. */
export function jobFaults(
  workflows: readonly InstalledWorkflow[],
  byDefault: 'read' | 'write' | undefined,
): readonly Diagnostic[] {
  return workflows.flatMap(({ name, file, jobs, permissions }) =>
    jobs.flatMap((job): readonly Diagnostic[] => {
      const needs = JOBS[name]?.[job.name];
      if (!needs) return [];
      const given = rightsOf(job.permissions ?? permissions, byDefault);
      const lacks = Object.entries(needs).filter(([right, level]) => levelOf(given(right)) < levelOf(level));
      const mayOnlyRead = needs === READS;
      const extra = mayOnlyRead ? WRITABLE.filter((right) => given(right) === 'write') : [];
      const wrong = (what: { readonly lacks: readonly string[]; readonly extra: readonly string[] }): Diagnostic =>
        error({ kind: 'JOB_PERMISSIONS', file, job: job.name, ...what });
      const isCrowded = !mayOnlyRead && job.calls === undefined && job.steps.length > 1;
      return [
        ...(lacks.length > 0 ? [wrong({ lacks: lacks.map(([right, level]) => `${right}: ${level}`), extra: [] })] : []),
        ...(extra.length > 0 ? [wrong({ lacks: [], extra: extra.map((right) => `${right}: write`) })] : []),
        ...(isCrowded ? [error({ kind: 'JOB_STEPS', file, job: job.name })] : []),
      ];
    }),
  );
}

/** Rights of a job's token that change something. */
const WRITABLE = [
  ...['actions', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'id-token', 'issues'],
  ...['packages', 'pages', 'pull-requests', 'security-events', 'statuses'],
];

function rightsOf(
  permissions: unknown,
  byDefault: 'read' | 'write' | undefined,
): (right: string) => string | undefined {
  if (permissions === 'write-all') return () => 'write';
  if (permissions === 'read-all') return () => 'read';
  if (isTable(permissions)) return (right) => textOf(permissions[right]);
  if (permissions === null || permissions === undefined) {
    // Every job can read the code by default.
    return (right) =>
      byDefault === 'write' && right !== 'id-token' ? 'write' : right === 'contents' ? 'read' : undefined;
  }
  return () => undefined;
}

// ── actions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Actions that the policy of the repository refuses. */
export function policyFaults(
  workflows: readonly InstalledWorkflow[],
  owner: string,
  policy: ActionsPolicy,
): readonly Diagnostic[] {
  if (!policy.enabled) return [error({ kind: 'ACTIONS_OFF' })];
  const used = workflows.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])));
  const remote = [...new Set(used)].filter((uses) => !uses.startsWith('./') && !uses.startsWith('docker://'));
  const { allowed, selected, fullCommits } = policy;
  const isOwn = (uses: string): boolean => uses.toLowerCase().startsWith(`${owner.toLowerCase()}/`);
  const loose = fullCommits ? remote.filter((uses) => !isCommit(uses.split('@')[1] ?? '')) : [];
  const refused =
    allowed === 'all'
      ? []
      : remote.filter((uses) => !isOwn(uses) && (allowed === 'local_only' || !isSelected(uses, selected)));
  // GitHub does not say which creators are verified.
  const judge = allowed === 'selected' && selected.verified ? warning : error;
  const named = allowed === 'local_only' ? 'own only' : 'selected';
  return [
    ...(loose.length > 0 ? [error({ kind: 'ACTION_REFUSED', actions: loose, policy: 'full commits' })] : []),
    ...(refused.length > 0 ? [judge({ kind: 'ACTION_REFUSED', actions: refused, policy: named })] : []),
  ];
}

/** @see https://docs.github.com/en/rest/actions/permissions#set-allowed-actions-and-reusable-workflows-for-a-repository */
function isSelected(uses: string, { githubOwned, patterns }: ActionsPolicy['selected']): boolean {
  if (githubOwned && /^(?:actions|github)\//i.test(uses)) return true;
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (excluded.some((pattern) => fits(uses, pattern))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(uses, pattern));
}

/** `octo/*`, `octo/setup@*`, `octo/setup@v1`. Without regular expressions: they are other people's patterns. */
function fits(uses: string, pattern: string): boolean {
  const text = uses.toLowerCase();
  const [first = '', ...others] = pattern.trim().toLowerCase().split('*');
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of others.entries()) {
    const isLast = index === others.length - 1;
    const found = isLast && part !== '' ? text.lastIndexOf(part) : text.indexOf(part, at);
    if (found < at || (isLast && part !== '' && found + part.length !== text.length)) return false;
    at = found + part.length;
  }
  return others.length > 0 || at === text.length;
}

// ── runners ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Runners that GitHub hosts for everybody. Larger ones have names of their own. */
const isHosted = (label: string): boolean => /^(?:ubuntu|windows|macos)-/.test(label);

/** The labels that a job asks for; undefined if that cannot be said. */
function labelsOf({ runsOn }: Job, variables: ReadonlyMap<string, string>): readonly string[] | undefined {
  const asked = isTable(runsOn) ? runsOn.labels : runsOn;
  const texts = (Array.isArray(asked) ? asked : [asked]).map(textOf);
  const resolved = texts.map((text) => {
    const [, name, otherwise] = /^\$\{\{ *vars\.(\w+) *\|\| *'([^']*)' *\}\}$/.exec(text ?? '') ?? [];
    return name === undefined ? text : variables.get(name) || otherwise;
  });
  const labels = resolved.flatMap((label) =>
    label === undefined || label.includes('${{') ? [] : [label.toLowerCase()],
  );
  return labels.length === resolved.length ? labels : undefined;
}

/** True if the agent's job runs on a machine of GitHub, which has no keys but those of secrets. */
export const isWorkHosted = (
  workflows: readonly InstalledWorkflow[],
  variables: ReadonlyMap<string, string>,
): boolean =>
  workflows
    .flatMap(({ jobs }) => jobs)
    .filter((job) => job.file.endsWith(`/${SEGMENT}`) && job.name === 'work')
    .every((job) => labelsOf(job, variables)?.some(isHosted) ?? false);

/** The sets of labels of runners that are not GitHub's, with a file that asks for each. */
export function ownRunners(
  workflows: readonly InstalledWorkflow[],
  variables: ReadonlyMap<string, string>,
): readonly { readonly file: string; readonly labels: readonly string[] }[] {
  const asked = workflows.flatMap(({ jobs }) =>
    jobs.flatMap((job) => {
      const labels = labelsOf(job, variables);
      return labels === undefined || labels.length === 0 || labels.some(isHosted) ? [] : [{ file: job.file, labels }];
    }),
  );
  return [...new Map(asked.map((each) => [each.labels.join(), each])).values()];
}

export function runnerFaults(
  asked: ReturnType<typeof ownRunners>,
  runners: readonly (readonly string[])[],
): readonly Diagnostic[] {
  return asked
    .filter(({ labels }) => !runners.some((runner) => labels.every((label) => runner.includes(label))))
    .map(({ file, labels }) => warning({ kind: 'RUNNER_MISSING', file, labels }));
}

// ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Names that a workflow reads as secrets. */
export const secretsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\bsecrets\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name));
