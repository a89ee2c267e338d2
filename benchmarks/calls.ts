/**
 * `npm run bench:calls`: what an epic costs at GitHub, per merged segment: calls of REST, points of GraphQL, jobs, and the
 * minutes that GitHub bills for them; by both doors, with the app and without it.
 *
 * Whole epics are played on the emulator, which counts calls and points as GitHub does. The jobs work, verify and calibrate
 * are played and call nothing; all other jobs run swarm's own code. Work takes no time here, so a job is billed one minute,
 * the least that GitHub bills for one. Beside the new numbers stand those of `calls-before.json`, which is an earlier answer
 * of this command.
 *
 *     npm run bench:calls -- --json
 *     npm run bench:calls -- --all       # 300 segments, too: takes several minutes
 *     npm run bench:calls -- 3 app-less routes    # epics of 3 without the app, and which calls they consist of
 */
import { readFileSync } from 'node:fs';
import type { Issue } from '../src/emulator/model/records.ts';
import { Agents } from '../test/rig/agents.ts';
import { GitHub, Person } from '../test/rig/cast.ts';
import { type Door, Stage } from '../test/rig/stage.ts';
import { answer, readAsked, say, sayTable, shown } from './frame.ts';

const DOORS: readonly Door[] = ['app', 'app-less'];
const SIZES: readonly number[] = [3, 30];
const ALL_SIZES: readonly number[] = [...SIZES, 300];
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

// ── Routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How often each route of REST and each operation of GraphQL was called. Everything here calls by `fetch`. */
const routes = new Map<string, number>();

function countRoutes(): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const { pathname } = new URL(String(input));
    const isFree = answer.status === 304;
    const name = pathname.endsWith('/graphql')
      ? (/^\s*(?:query|mutation)\s+\w+/.exec(JSON.parse(String(init?.body)).query)?.[0] ?? 'graphql')
      : `${init?.method ?? 'GET'} ${routeOf(pathname)}${isFree ? ' (unchanged, free)' : ''}`;
    routes.set(name, (routes.get(name) ?? 0) + 1);
    return answer;
  };
}

/** A path without what differs from call to call. */
const routeOf = (path: string): string =>
  path
    .replace(/^\/repos\/[^/]+\/[^/]+/, '')
    .replace(/\b[0-9a-f]{40}\b/g, 'SHA')
    .replace(/\/\d+(?=\/|$)/g, '/N')
    .replace(/(\/(?:matching-refs|labels|branches|git\/refs?)\/).*/, '$1…');

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
  const stage = await Stage.open('on time', { door });
  try {
    const { emulator, repository } = stage;
    const github = new GitHub(stage);
    const agents = new Agents(stage, github);
    const ana = new Person(github, 'ana');
    // One epic at a time, without the hours that it would take: the limit itself is not what is measured.
    emulator.limits.perHour.job = emulator.limits.perHour.installation = 1e9;
    const { epic, names } = await opens(github, segments);
    if (door === 'app') await stage.startApp();
    await ana.labels(epic, 'swarm:execute');
    const isOpen = (name: string): boolean => github.segment(name).state === 'open';
    // With the app, the tokens of jobs have a budget of their own, which this leaves almost untouched.
    const budget = emulator.limits.spent[door === 'app' ? 'installation' : 'job'];
    const jobsOf = (): number =>
      repository.runs.flatMap((run) => run.jobs).filter(({ conclusion }) => conclusion !== 'skipped').length;
    const spent = () => ({ rest: budget.core, points: budget.graphql, jobs: jobsOf() });
    let still = Number.NaN;
    let aside = { rest: 0, points: 0, jobs: 0 };
    for (let turn = 0; turn <= segments && names.some(isOpen); turn++) {
      await agents.finishEverything();
      const waiting = names.filter((name) => isOpen(name) && hasPull(github, name));
      if (Number.isNaN(still)) {
        const before = spent();
        const counted = new Map(routes);
        still = await standing(stage);
        const after = spent();
        aside = {
          rest: after.rest - before.rest,
          points: after.points - before.points,
          jobs: after.jobs - before.jobs,
        };
        routes.clear();
        for (const [name, count] of counted) routes.set(name, count);
      }
      for (const name of waiting) await ana.approves(name);
    }
    const open = names.filter(isOpen);
    if (open.length > 0) throw new Error(`${open.join(', ')} did not get merged:\n${github.board(epic)}`);
    const per = (count: number): number => Math.round((10 * count) / segments) / 10;
    const all = spent();
    const jobs = per(all.jobs - aside.jobs);
    return {
      ...{ door, segments, rest: per(all.rest - aside.rest), points: per(all.points - aside.points) },
      ...{ jobs, minutes: jobs, still },
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

/** Calls per minute while the epic waits for people, those of the clock included. */
async function standing(stage: Stage): Promise<number> {
  const { calls } = stage.emulator;
  // Without the app, the clock comes four times an hour.
  const minutes = stage.apps.length === 0 ? 60 : MINUTES;
  await stage.pass(60_000);
  await stage.sweep();
  const before = calls.reads + calls.writes;
  for (let minute = 0; minute < minutes; minute++) {
    await stage.pass(60_000);
    await Promise.all(stage.apps.map((app) => app.sweep()));
    await stage.settle();
  }
  return Math.round((10 * (calls.reads + calls.writes - before)) / minutes) / 10;
}

const DAY_MINUTES = 24 * 60;

/** Jobs in a day in which nothing happens, after a first day in which the clock finds that out. */
async function idleJobs(door: Door): Promise<number> {
  const stage = await Stage.open('on time', { door });
  try {
    const jobs = (): number => stage.repository.runs.flatMap((run) => run.jobs).length;
    const days = [];
    for (let minute = 0; minute <= 2 * DAY_MINUTES; minute += 5) {
      if (minute % DAY_MINUTES === 0) days.push(jobs());
      await stage.pass(5 * 60_000);
      await stage.settle();
    }
    const [, first = 0, second = 0] = days;
    return second - first;
  } finally {
    await stage.close();
  }
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
const chosen = asked.words.map(Number).filter((size) => size > 0);
const sizes = chosen.length > 0 ? chosen : asked.all ? ALL_SIZES : SIZES;
const withRoutes = asked.words.includes('routes');
if (withRoutes) countRoutes();
const measured: Measured[] = [];
const doors = DOORS.filter((door) => asked.words.includes(door));
for (const door of doors.length > 0 ? doors : DOORS) {
  for (const segments of sizes) {
    routes.clear();
    measured.push(await measure(door, segments));
    if (!withRoutes) continue;
    say(`\n${door}, ${segments} segments: calls per merged segment`);
    const most = [...routes].sort(([, one], [, other]) => other - one);
    sayTable(
      ['route', 'calls'],
      most.map(([name, count]) => [name, shown(Math.round((10 * count) / segments) / 10)]),
    );
  }
}
const result: Answer = { measured, idleJobs: { app: await idleJobs('app'), 'app-less': await idleJobs('app-less') } };
say('Per merged segment; in brackets, the numbers of calls-before.json.\n');
sayTable(
  ['door', 'segments', 'REST calls', 'GraphQL points', 'jobs', 'billed minutes', 'calls a minute, standing still'],
  measured.map(row),
);
say(
  `\nJobs a day in an idle repository without the app: ${result.idleJobs['app-less']} (${before.idleJobs['app-less']}).`,
);
answer(asked, { ...result });
