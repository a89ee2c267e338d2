import type { Actor, Job, Repository, Run, Workflow } from './records.ts';

/** The interface to the workflow runner for REST and GraphQL. The runner sets itself as `world.actions`. */
export interface ActionsService {
  /**
   * Starts a run by `workflow_dispatch`. `ref` is a full ref name. `inputs` are the caller's, already checked against
   * the file's `workflow_dispatch.inputs`, with no defaults applied.
   */
  dispatch(request: {
    readonly actor: Actor;
    readonly repository: Repository;
    readonly workflow: Workflow;
    readonly ref: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }): Promise<Run>;
  /** Cancels a run. `forced` also stops steps with `always()`. */
  cancel(run: Run, force: 'ask' | 'forced'): Promise<void>;
  /** Starts the next attempt of a completed run: all jobs, or the failed jobs or one job, and those that need them. */
  rerun(run: Run, actor: Actor, which: 'all' | 'failed' | Job): Promise<void>;
  /** Starts a run that waits for an approval. */
  approve(run: Run, actor: Actor): Promise<void>;
}
