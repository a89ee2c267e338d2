/**
 * All issues below an epic are read in GitHub's order, with any structure of groups: many small ones, groups of several
 * pages, nested groups.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/doors/server.ts';
import type { Issue, Repository } from '../../src/emulator/model/records.ts';
import { type Client, makeClient } from '../../src/github/client.ts';
import { issuesBelow } from '../../src/github/issues.ts';
import { type EpicAnswer, epicQuery } from '../../src/github/queries.ts';
import { ABSENT } from '../../src/github/refs.ts';

const HERE = { owner: 'ana', name: 'shop' };
let emulator: Emulator;
let directory: string;
let client: Client;
let repository: Repository;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'swarm-groups-'));
  emulator = await startEmulator({ dir: join(directory, 'github') });
  const { world } = emulator;
  const ana = world.addUser('ana');
  repository = await world.addRepository(ana, 'shop');
  client = makeClient({ apiUrl: `${emulator.url}/api/v3`, token: world.tokens.forUser(ana) });
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});

/** A group is the list of its members; 0 is a segment. */
type Group = 0 | readonly Group[];

function open(group: Group, parent?: Issue): Issue {
  const { world } = emulator;
  const issue = world.issues.create(world.as('ana'), repository, {
    title: group === 0 ? 'Segment' : 'Group',
    body: '',
  });
  if (parent) world.issues.addSubIssue(world.as('ana'), parent, issue);
  if (group !== 0) for (const each of group) open(each, issue);
  return issue;
}

const of = (count: number, group: Group = 0): readonly Group[] => Array.from({ length: count }, () => group);

test.each<[string, Group]>([
  ['no groups', of(3)],
  ['more than a page of small groups', of(70, of(2))],
  ['groups of different sizes', [of(100), of(1), of(49), of(50), of(51), 0, of(3)]],
  ['nested groups', [of(3, of(2, of(2))), 0, of(2, [0, of(60)])]],
])('%s', async (_, group) => {
  const epic = emulator.world.quietly(() => open(group));
  const { repository: answer } = await client.query<EpicAnswer>(epicQuery(), {
    ...HERE,
    ...{ epic: epic.number, journal: ABSENT, isStarted: false },
  });
  if (!answer?.issue) throw new Error('the epic is not there');
  const onCut = ({ kind }: { readonly kind: string }) => expect.unreachable(`${kind} were cut off`);
  const { issues } = await issuesBelow({ client, repository: HERE, onCut }, answer.issue);
  const below: (readonly [number, number | undefined])[] = [];
  let level: readonly Issue[] = epic.subIssues;
  while (level.length > 0) {
    below.push(...level.map(({ number, parent }) => [number, parent?.number] as const));
    level = level.flatMap(({ subIssues }) => subIssues);
  }
  expect(issues.map(({ number, parent }) => [number, parent?.number])).toEqual(below);
});
