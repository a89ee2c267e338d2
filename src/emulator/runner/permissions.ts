/**
 * The permissions of a job's token: the `permissions` of the job or its workflow, and in a reusable workflow never more
 * than the caller has (GitHub, "Reusing workflows", access and permissions).
 */
import type { Access, Permissions, Workflow } from './workflow.ts';

/** All scopes that are not `none`. */
export type Granted = Readonly<Record<string, 'read' | 'write'>>;

const SCOPES = (
  'actions attestations checks contents deployments discussions issues packages pages pull-requests ' +
  'repository-projects security-events statuses'
).split(' ');
/** Scopes that only have `write`, and that `read-all` leaves out. */
const WRITE_ONLY = ['id-token'];

/** The permissions if the workflow sets none, by the repository's setting. */
export function defaultPermissions(setting: 'read' | 'write'): Granted {
  if (setting === 'write') return Object.fromEntries(SCOPES.map((scope) => [scope, 'write']));
  return { contents: 'read', packages: 'read' };
}

/** A job's permissions: its own, or else its workflow's, or else all that are allowed. */
export function grantedTo(workflow: Permissions | undefined, job: Permissions | undefined, allowed: Granted): Granted {
  const declared = job ?? workflow;
  return declared === undefined ? allowed : expand(declared);
}

/** GitHub's error messages for reusable workflows that request more permissions than the caller has. */
export function permissionProblems(workflow: Workflow, allowed: Granted): string[] {
  return workflow.jobs.flatMap((job) => {
    if (job.kind !== 'call') return [];
    const limit = grantedTo(workflow.permissions, job.permissions, allowed);
    const own = job.called.jobs.flatMap((nested) => {
      const wanted = grantedTo(job.called.permissions, nested.permissions, limit);
      return Object.entries(wanted)
        .filter(([scope, access]) => rank(access) > rank(limit[scope] ?? 'none'))
        .map(
          ([scope, access]) =>
            `${workflow.path}: Error calling workflow '${job.uses}'. The nested job '${nested.id}' is requesting ` +
            `'${scope}: ${access}', but is only allowed '${scope}: ${limit[scope] ?? 'none'}'.`,
        );
    });
    return [...own, ...permissionProblems(job.called, limit)];
  });
}

function expand(permissions: Permissions): Granted {
  if (permissions === 'read-all') return Object.fromEntries(SCOPES.map((scope) => [scope, 'read']));
  if (permissions === 'write-all')
    return Object.fromEntries([...SCOPES, ...WRITE_ONLY].map((scope) => [scope, 'write']));
  const granted: Record<string, 'read' | 'write'> = {};
  for (const [scope, access] of Object.entries(permissions)) if (access !== 'none') granted[scope] = access;
  return granted;
}

function rank(access: Access): number {
  return ['none', 'read', 'write'].indexOf(access);
}
