/**
 * A repository without the app: swarm's workflows alone start it. Which events start a run, whether its job is skipped and
 * when the clock is due are read from the workflow files, and judged by the emulator's own rules. A job runs swarm's own code.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CLOCK_WORKFLOW, EVENTS_WORKFLOW } from '../../src/core/text/pin.ts';
import type { WorldEvent } from '../../src/emulator/model/events.ts';
import type { Actor, Run } from '../../src/emulator/model/records.ts';
import { holds } from '../../src/emulator/runner/expression.ts';
import { nextDue } from '../../src/emulator/runner/triggers.ts';
import type { Stage } from './stage.ts';

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly types: readonly string[] }>> & {
    readonly schedule?: readonly { readonly cron: string }[];
  };
  readonly jobs: { readonly orchestrate: { readonly if: string } };
}

const FOLDER = '.github/workflows';
const read = (file: string): Workflow =>
  parse(readFileSync(new URL(`../../${FOLDER}/${file}`, import.meta.url), 'utf8')) as Workflow;
const EVENTS = read(EVENTS_WORKFLOW);
const CLOCK = read(CLOCK_WORKFLOW);

export class WithoutApp {
  readonly #stage: Stage;
  #stop: () => void = () => {};

  constructor(stage: Stage) {
    this.#stage = stage;
    const { world, played } = stage;
    played.lastJob = (run, given) => played.plays(run, 'orchestrate', given, 'continue');
    world.on((event) => this.#listen(event));
    this.#setClock();
  }

  close(): void {
    this.#stop();
  }

  /** GitHub starts no workflow for the acts of a job's token, except for a dispatch. */
  #listen(event: WorldEvent): void {
    const { world, repository } = this.#stage;
    if (event.actor.kind === 'job' || event.kind === 'workflow_dispatch') return;
    if (!world.runs.workflowBy(repository, EVENTS_WORKFLOW)) return;
    const action = 'action' in event ? event.action : undefined;
    if (!EVENTS.on[event.kind]?.types.some((type) => type === action)) return;
    const { actor, kind, payload } = event;
    this.#stage.played.later(this.#run(EVENTS_WORKFLOW, EVENTS, { actor, event: kind, payload }));
  }

  /** Sets a timer for the next time in the schedule. Each sets the next one. */
  #setClock(): void {
    const { clock, world, repository, played } = this.#stage;
    const now = clock.now();
    const dues = (CLOCK.on.schedule ?? []).map(({ cron }) => nextDue(cron, now) ?? Number.POSITIVE_INFINITY);
    this.#stop = clock.after(Math.min(...dues) - now, () => {
      this.#setClock();
      if (world.runs.workflowBy(repository, CLOCK_WORKFLOW)?.state !== 'active') return;
      const actor: Actor = { kind: 'user', user: repository.owner };
      played.later(this.#run(CLOCK_WORKFLOW, CLOCK, { actor, event: 'schedule', payload: {} }));
    });
  }

  async #run(
    file: string,
    workflow: Workflow,
    { actor, event, payload }: { readonly actor: Actor; readonly event: string; readonly payload: Run['payload'] },
  ): Promise<void> {
    const { world, repository, played } = this.#stage;
    const git = await world.git(repository);
    const head = (await git.readRef(`refs/heads/${repository.defaultBranch}`)) ?? '';
    const run: Run = await world.runs.create(actor, {
      ...{ workflow: world.runs.workflow(repository, `${FOLDER}/${file}`, workflow.name), event, payload, inputs: {} },
      ...{ headBranch: repository.defaultBranch, headSha: head, workflowSha: head },
      ...{ ref: `refs/heads/${repository.defaultBranch}`, displayTitle: `swarm: ${event}` },
    });
    const vars = Object.fromEntries([...repository.variables].map(([name, { value }]) => [name, value]));
    const github = { event: payload, event_name: event, repository: `${repository.owner.login}/${repository.name}` };
    const condition = workflow.jobs.orchestrate.if.replace(/^\$\{\{|\}\}$/g, '');
    if (holds(condition, { contexts: { github, vars, inputs: {} } })) await played.plays(run, 'orchestrate', {});
    else played.skips(run, 'orchestrate');
    world.runs.update(run, { conclusion: 'success' });
  }
}
