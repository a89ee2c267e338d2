/**
 * The workflows that people install, and the name of swarm's action in them.
 *
 * Jobs that may write run this action, so they name it by commit: a tag can move. A file cannot hold the commit it is part
 * of, so in the repository the workflows name no commit at all. A release writes its own into them.
 */

/** The folder of workflows. */
export const WORKFLOWS_FOLDER = '.github/workflows';
/** Every repository has these. */
export const WORKFLOWS = ['swarm.yml', 'segment.yml'] as const;
/** Repositories without the app also have these: one starts Swarm when people act, the other is its clock. */
export const EVENTS_WORKFLOW = 'swarm-events.yml';
export const CLOCK_WORKFLOW = 'swarm-clock.yml';
export const ALL_WORKFLOWS = [...WORKFLOWS, EVENTS_WORKFLOW, CLOCK_WORKFLOW] as const;

/** Stands where a release writes its commit. No commit has this name, so a job that tries to run it fails. */
export const UNRELEASED = '0'.repeat(40);

/** The repository of swarm's action. */
export const ACTION = 'swarm-engineering/swarm';

export interface Release {
  /** 40 hex digits. */
  readonly commit: string;
  /** Without the `v`. */
  readonly version: string;
  /** The repository of the action, if it is a fork. */
  readonly action?: string;
}

export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text) && text !== UNRELEASED;

export const isVersion = (text: string): boolean => /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(text);

const USE = /(\buses: *)swarm-engineering\/swarm@\S*(?:[ \t]+#[^\r\n]*)?/g;

/** The versions of swarm's action that a workflow names: what stands behind the `@`. */
export const usedVersions = (workflow: string): readonly string[] => [
  ...new Set(
    [...workflow.matchAll(/^\s*(?:- +)?uses: *["']?swarm-engineering\/swarm@([^\s"'#]+)/gm)].map(
      ([, version = '']) => version,
    ),
  ),
];

/** The workflow with this release as its action, whatever it named before; undefined if that does not name a release. */
export const pinned = (workflow: string, { commit, version, action = ACTION }: Release): string | undefined =>
  isCommit(commit) && isVersion(version) && isRepository(action)
    ? workflow.replaceAll(USE, `$1${action}@${commit} # v${version}`)
    : undefined;

/** `owner/name`, as GitHub allows it. */
export const isRepository = (text: string): boolean => /^[\w-]{1,39}\/[\w.-]{1,100}$/.test(text);
