/**
 * `npm run bench:calls`: what an epic costs at GitHub, per merged segment: calls of REST, points of GraphQL, jobs, and the
 * minutes that GitHub bills for them; by both doors, with the app and without it.
 *
 * Whole epics are played on the emulator, which counts calls and points as GitHub does. The jobs work, verify and calibrate
 * are played and call nothing; all other jobs run swarm's own code. Work takes no time here, so a job is billed one minute, the least that GitHub bills for
 * one. Beside the new numbers stand those of `calls-before.json`, which is an earlier answer of this command.
 *
 *     npm run bench:calls -- --json
 *     npm run bench:calls -- --all       # 300 segments, too: takes several minutes
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { WorldEvent } from '../src/emulator/model/events.ts';
import type { Issue } from '../src/emulator/model/records.ts';
import { Agents } from '../test/rig/agents.ts';
import { GitHub, Person } from '../test/rig/cast.ts';
import { Stage } from '../test/rig/stage.ts';
import { answer, readAsked, say, sayTable, shown } from './frame.ts';

const DOORS = ['app', 'app-less'] as const;
type Door = (typeof DOORS)[number];
const SIZES = [3, 30] as const;
const ALL_SIZES = [...SIZES, 300] as const;
const WAVES = 3;
/** GitHub takes no more sub-issues below one issue. */
const GROUP = 100;

/** Per merged segment. */
interface Costs {
  readonly rest: number;
  readonly points: number;
  readonly jobs: number;
  readonly minutes: number;
}

interface Measured extends Costs {
  readonly door: Door;
  readonly segments: number;
  /** Calls of all kinds for each minute in which the whole epic waits for people. */
  readonly still: number;
}

interface Answer {
  readonly measured: readonly Measured[];
  /** Jobs a day in a repository where nothing happens. */
  readonly idleJobs: Readonly<Record<Door, number>>;
}

/** GitHub starts a workflow for what people do, and not for the acts of a job's token. */
function startsWorkflow(event: WorldEvent): boolean {
  if (event.actor.kind !== 'user') return false;
  switch (event.kind) {
    case 'issues':
      return ['labeled', 'unlabeled', 'edited', 'closed', 'reopened'].includes(event.action);
    case 'issue_comment':
      return event.action === 'created' && event.comment.body.startsWith('/');
    case 'pull_request':
      return event.action === 'closed';
    case 'pull_request_review':
      return event.action !== 'edited';
    default:
      return false;
  }
}

/** Plays the jobs by which swarm runs without the app: one for each event, and one at the end of each run. */
function withoutApp(stage: Stage): void {
  const { played, world, repository } = stage;
  played.lastJob = (run) =>
    played.plays(run, 'orchestrate', { epic: String(run.inputs.epic), dispatch: String(run.inputs.dispatch) });
  const orchestrate = async (event: WorldEvent): Promise<void> => {
    const git = await world.git(repository);
    const head = (await git.readRef('refs/heads/main')) ?? '';
    const run = await world.runs.create(event.actor, {
      ...{ workflow: world.runs.workflow(repository, '.github/workflows/swarm.yml', 'swarm'), event: event.kind },
      ...{ headBranch: 'main', headSha: head, workflowSha: head, ref: 'refs/heads/main' },
      ...{ displayTitle: `swarm: ${event.kind}`, payload: event.payload, inputs: {} },
    });
    await played.plays(run, 'orchestrate', {});
    world.runs.update(run, { conclusion: 'success' });
  };
  world.on((event) => {
    if (startsWorkflow(event)) played.later(orchestrate(event));
  });
}

async function opens(github: GitHub, count: number): Promise<{ epic: Issue; names: readonly string[] }> {
  const names = Array.from({ length: count }, (_, at) => `part ${at + 1}`);
  const epic = await github.opensEpic('Shop', {});
  const { world } = github.stage;
  const ana = world.as('ana');
  const perWave = Math.ceil(count / (count > WAVES ? WAVES : 1));
  await world.quietly(async () => {
    let group = epic;
    for (const [at, name] of names.entries()) {
      if (count > GROUP && at % GROUP === 0) {
        group = github.open(ana, epic, `group ${at / GROUP + 1}`, {});
      }
      const wave = Math.floor(at / perWave);
      const issue = github.open(ana, group, name, { files: [`src/part-${at + 1}/**`] });
      const blocker = names[(wave - 1) * perWave];
      if (blocker !== undefined && wave > 0) world.issues.addBlockedBy(ana, issue, github.segment(blocker));
    }
  });
  return { epic, names };
}

async function measure(door: Door, segments: number): Promise<Measured> {
  const stage = await Stage.open('on time');
  try {
    const { emulator, repository } = stage;
    const github = new GitHub(stage);
    const agents = new Agents(stage, github);
    const ana = new Person(github, 'ana');
    // One epic at a time, without the hours that it would take: the limit itself is not what is measured.
    emulator.limits.perHour.job = emulator.limits.perHour.installation = 1e9;
    const { epic, names } = await opens(github, segments);
    if (door === 'app') await stage.startApp();
    else withoutApp(stage);
    await ana.labels(epic, 'swarm:execute');
    const isOpen = (name: string): boolean => github.segment(name).state === 'open';
    let still = Number.NaN;
    for (let turn = 0; turn <= segments && names.some(isOpen); turn++) {
      await agents.finishEverything();
      const waiting = names.filter((name) => isOpen(name) && hasPull(github, name));
      if (Number.isNaN(still)) still = await standing(stage);
      for (const name of waiting) await ana.approves(name);
    }
    const open = names.filter(isOpen);
    if (open.length > 0) throw new Error(`${open.join(', ')} did not get merged:\n${github.board(epic)}`);
    // With the app, the tokens of jobs have a budget of their own, which this leaves almost untouched.
    const spent = emulator.limits.spent[door === 'app' ? 'installation' : 'job'];
    const jobs = repository.runs.flatMap((run) => run.jobs).filter(({ conclusion }) => conclusion !== 'skipped').length;
    const per = (count: number): number => Math.round((10 * count) / segments) / 10;
    return {
      ...{ door, segments, rest: per(spent.core), points: per(spent.graphql) },
      ...{ jobs: per(jobs), minutes: per(jobs), still },
    };
  } finally {
    await stage.close();
  }
}

function hasPull(github: GitHub, name: string): boolean {
  try {
    return github.pull(name).issue.state === 'open';
  } catch {
    return false;
  }
}

const MINUTES = 10;

/** Calls per minute while the epic waits for people, sweeps included. Without the app there is only the schedule. */
async function standing(stage: Stage): Promise<number> {
  const { calls } = stage.emulator;
  if (stage.apps.length === 0) return 0;
  await stage.pass(60_000);
  await stage.sweep();
  const before = calls.reads + calls.writes;
  for (let minute = 0; minute < MINUTES; minute++) {
    await stage.pass(60_000);
    await Promise.all(stage.apps.map((app) => app.sweep()));
    await stage.settle();
  }
  return (calls.reads + calls.writes - before) / MINUTES;
}

/** Jobs that the schedule alone starts in a day. With the app they are skipped, and no minute is billed. */
function idleJobs(): Answer['idleJobs'] {
  const text = readFileSync(new URL('../.github/workflows/swarm.yml', import.meta.url), 'utf8');
  const { on } = parse(text) as { on: { schedule?: readonly { cron: string }[] } };
  const perDay = (on.schedule ?? []).reduce(
    (sum, { cron }) => sum + 24 * (cron.split(' ')[0] ?? '').split(',').length,
    0,
  );
  return { app: 0, 'app-less': perDay };
}

const before = JSON.parse(readFileSync(new URL('./calls-before.json', import.meta.url), 'utf8')) as Answer;

function row(now: Measured): readonly string[] {
  const then = before.measured.find(({ door, segments }) => door === now.door && segments === now.segments);
  const pair = (name: keyof Costs | 'still'): string => `${shown(now[name])} (${shown(then?.[name])})`;
  return [
    ...[now.door, String(now.segments)],
    ...[pair('rest'), pair('points'), pair('jobs'), pair('minutes'), pair('still')],
  ];
}

const asked = readAsked();
const measured: Measured[] = [];
for (const door of DOORS) {
  for (const segments of asked.all ? ALL_SIZES : SIZES) measured.push(await measure(door, segments));
}
const result: Answer = { measured, idleJobs: idleJobs() };
say('Per merged segment; in brackets, the numbers of calls-before.json.\n');
sayTable(
  ['door', 'segments', 'REST calls', 'GraphQL points', 'jobs', 'billed minutes', 'calls a minute, standing still'],
  measured.map(row),
);
say(
  `\nJobs a day in an idle repository without the app: ${result.idleJobs['app-less']} (${before.idleJobs['app-less']}).`,
);
answer(asked, { ...result });
