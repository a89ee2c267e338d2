import type { Actor, Repository, Run, Workflow } from './records.ts';

/** The part of GitHub that runs workflows, as REST and GraphQL ask it. The runner puts itself into `world.actions`. */
export interface ActionsService {
  /**
   * Starts a run by `workflow_dispatch`. `ref` is a full ref name, `inputs` are the caller's (already checked against
   * the file's `workflow_dispatch.inputs`, defaults not yet applied).
   */
  dispatch(request: {
    readonly actor: Actor;
    readonly repository: Repository;
    readonly workflow: Workflow;
    readonly ref: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }): Promise<Run>;
  /** Asks a run to stop; `forced` does not wait for `always()`. */
  cancel(run: Run, force: 'ask' | 'forced'): Promise<void>;
  /** Starts the next attempt of a completed run: all jobs, or those that failed and what needs them. */
  rerun(run: Run, actor: Actor, which: 'all' | 'failed'): Promise<void>;
}
