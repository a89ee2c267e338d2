/** `swarm` as a program, for what it answers before it starts anything. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { splitCommand } from '../../src/cli/dev.ts';
import { COMMANDS, helpFor, helpForAll } from '../../src/cli/help.ts';
import { kindsHere } from '../rig/walls.ts';

const dir = mkdtempSync(join(tmpdir(), 'swarm-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

const swarm = (...args: string[]): Ran => swarmWith({}, ...args);

function swarmWith(variables: Readonly<Record<string, string>>, ...args: string[]): Ran {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables };
  const ran = spawnSync(process.execPath, ['src/cli/main.ts', ...args], { encoding: 'utf8', env });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
}

const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

test('a brief is what the agent would be told, and what its tester would', () => {
  const ask = ['brief', 'postage', '--plan', 'examples/parcel-desk.epic.yml'];
  const { status, out } = swarm(...ask);
  expect(status).toBe(0);
  expect(out).toMatch(/^# Segment #3\n[\s\S]* issue #3\nSay what a parcel costs\n/);
  expect(out).toContain('POST-1: A heavier band and a farther zone cost more');
  expect(out).toContain('- types: `npm run types`');
  expect(swarm(...ask, '--tester').out).toContain('You are a test engineer.');
});

test('without a command it lists those that are there (R9.3)', () => {
  const { status, out } = swarm();
  expect(status).toBe(0);
  for (const command of Object.keys(COMMANDS)) expect(out).toContain(`swarm ${command}`);
});

test('help fits into 80 columns', () => {
  const commands = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  const lines = [helpForAll(), ...commands.map(helpFor)].flatMap((text) => text.split('\n'));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test('samples in the help and in the docs are commands with options that there are', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const fences = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code),
  );
  const inDocs = fences.flatMap((code) =>
    [...code.matchAll(/^(?:source <\()?(?:npm run swarm -- |swarm )([a-z].*)$/gm)].map(([, line = '']) => line),
  );
  const inHelp = Object.values(COMMANDS).flatMap(({ examples }) =>
    examples.map((each) => each.replace(/^.*?swarm /, '')),
  );
  expect(inDocs.length).toBeGreaterThan(10);
  const unknown = [...inDocs, ...inHelp].filter((line) => {
    const [command = '', ...words] = line
      .replace(/[)|#].*$/, '')
      .trim()
      .split(/\s+/);
    if (!Object.hasOwn(COMMANDS, command)) return true;
    const { options } = COMMANDS[command as keyof typeof COMMANDS];
    return words.some((word) => word.startsWith('--') && !Object.hasOwn(options, word.slice(2)));
  });
  expect(unknown).toEqual([]);
});

test('the version is the package’s', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(swarm('version').out).toBe(`${version}\n`);
});

test.each<readonly [string[], string]>([
  [['plam'], 'Unknown command "plam". Did you mean "plan"?'],
  [['toString'], 'Unknown command "toString"'],
  [['plan', '--jsn'], '`swarm plan` has no option --jsn. Did you mean --json?'],
  [['plan', 'a', 'b'], 'Unexpected argument for `swarm plan`: "b".'],
  [['plan', '--epic'], "Option '--epic <value>' argument missing."],
  [['help', 'nothing'], 'Unknown command "nothing".'],
])('swarm %j is not understood, in one sentence', (args, says) => {
  const { status, out, err } = swarm(...args);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(says);
  expect(err.trim().split('\n')).toHaveLength(1);
});

test.each<readonly [string[], string]>([
  [['plan'], 'No plan is given.'],
  [['plan', 'nowhere.yml'], 'The plan file nowhere.yml cannot be opened.'],
  [['plan', 'README.md'], 'README.md holds no plan.'],
  [['plan', 'nowhere.md'], 'The plan file nowhere.md cannot be opened.'],
  [['plan', '--repo', 'shop'], '--repo cannot be "shop".'],
  [['plan', '--repo', 'octo/shop'], 'No epic is given.'],
  [['plan', '--repo', 'octo/shop', '--epic', '1'], 'There is no token.'],
  [['brief'], 'No segment is given.'],
  [['brief', 'cart'], 'Exactly one of --plan and --repo is required.'],
  [['brief', 'postag', '--plan', 'examples/parcel-desk.epic.yml'], 'did you mean "postage"?'],
  [['brief', '#99', '--plan', 'examples/parcel-desk.epic.yml'], '#99 is not a segment of this epic.'],
  [['status'], 'No epic is given.'],
  [['status', 'shop'], '"shop" is not an epic.'],
  [['status', 'octo/shop#1'], 'There is no token.'],
  [['why', 'octo/shop#1', 'cart'], '"cart" is not a segment.'],
  [['config', '.', '--repo', 'octo/shop'], 'A folder and --repo cannot be combined.'],
  [['config', '--repo', 'shop'], '--repo cannot be "shop".'],
  [['schema', 'confg'], 'did you mean "config"?'],
  [['completion'], 'No shell is given.'],
  [['completion', 'fihs'], 'did you mean "fish"?'],
  [['import'], 'No source is given.'],
  [['import', 'nowhere'], 'nowhere cannot be opened.'],
  [['import', 'src'], 'src holds no tasks that are known.'],
  [['import', 'examples/parcel-desk.epic.yml'], 'examples/parcel-desk.epic.yml is a YAML file.'],
  [['import', 'package.json'], 'it has neither tasks of Task Master nor a plan.'],
  [['import', 'README.md', '--epic', 'a'], '--epic has no meaning here.'],
  [['export'], 'No plan is given.'],
  [['export', 'examples/parcel-desk.epic.yml'], 'No format is given.'],
  [['export', 'examples/parcel-desk.epic.yml', '--to', 'bead'], 'did you mean "beads"?'],
  [['export', 'examples/parcel-desk.epic.yml', '--to', 'json', '--from', 'x'], '--from and --outcome need --to beads.'],
  [
    ['export', 'examples/parcel-desk.epic.yml', '--to', 'beads', '--from', 'x'],
    'The file of Beads x cannot be opened.',
  ],
  [['dev', '--port', 'x'], '--port cannot be "x".'],
  [['dev', '--port', '65536'], '--port cannot be "65536".'],
  [['dev', '--repo', '.'], '--repo needs a plan.'],
  [['dev', '--app-less', '--kills', '2'], '--kills needs the app.'],
  [['dev', '--agent', 'a "b'], '--agent is not valid: a "b'],
  [['dev', '--repo', '/nowhere', '--plan', 'examples/parcel-desk.epic.yml'], 'There is no folder /nowhere.'],
  [['dev', '--plan', 'nowhere.yml'], 'The plan file nowhere.yml cannot be opened.'],
])('swarm %j says what, why and what next', (args, says) => {
  const { status, err } = swarm(...args);
  expect(status).toBe(1);
  expect(err).toMatch(/^\S.*\nWhy {3}\S.*\nNext {2}\S.*\n$/);
  expect(err).toContain(says);
});

test('an agent’s command line becomes words, and a path leads to the same file from everywhere', () => {
  expect(splitCommand(`node  ./package.json "two words" 'a "quoted" one' --x=1`)).toEqual([
    'node',
    join(process.cwd(), 'package.json'),
    'two words',
    'a "quoted" one',
    '--x=1',
  ]);
});

test('a plan file is shown as waves and tracks (R2.6)', () => {
  const { status, out, err } = swarm('plan', 'examples/parcel-desk.epic.yml');
  expect([status, err]).toEqual([0, '']);
  expect(out.replace(/This machine has \S+\. On/, 'This machine has WALLS. On')).toMatchInlineSnapshot(`
    "Customers can follow their parcels
    Forecast 1h 18m, 80 % likely between 1h 1m and 1h 45m; one at a time 2h 10m (8 of 8 segments have an estimate); the longest chain, #2, #8 and #9, takes 50m. With the expected durations, the schedule takes 1h 5m: no schedule with these settings is shorter.
    - Set \`schedule: eager\` to save 5m (1h instead of 1h 5m): each segment then starts when its own dependencies are merged.
    - Check whether #7 really has to wait for #3: this dependency costs the most time, 5m.
    - Let #6 and #7 run at the same time to save 10m: both may change \`src/routes.ts\`; narrow the \`files\` of one of them.

    Wave 1
      A  #2    Give every parcel a tracking number  [src/tracking.ts, test/tracking.test.ts]
      B  #3    Say what a parcel costs  [src/postage.ts, test/postage.test.ts]
      C  #5    Say a parcel's status in plain words  [src/wording.ts, test/wording.test.ts]
      D  #4    Let a parcel go back to its sender  [src/parcel.ts, test/returns.test.ts]

    Wave 2
      A  #8    Print a label for a parcel  after #2  [src/label.ts, test/label.test.ts]
      B  #6    Let customers follow a parcel  after #2, #5  [src/routes.ts]
         #7    Quote the postage over HTTP  after #3, #6

    Wave 3
      A  #9    Fetch a parcel's label over HTTP  after #6, #7, #8  [src/routes.ts, test/label-route.test.ts]

    These never run at the same time
      #6 and #7: both may change \`src/routes.ts\`

    Agents and gates run behind the strongest walls that their runner has, and not at all if it has none. Each pull request says which. This machine has WALLS. On the network they reach their models and the package registries in use.
    "
  `);
});

test('a plan says what waits outside of it, and what is only perhaps in the way', () => {
  const outside = file(
    'outside.yml',
    `epic: {title: E, body: x}
segments:
  a: {title: A, files: ['src/**', '!src/a*.ts'], body: Depends on octo/lib#4}
  b: {title: B, files: ['src/*b.ts'], body: x}
`,
  );
  const { out } = swarm('plan', outside);
  expect(out).toContain('#2    A  after octo/lib#4  [src]\n');
  expect(out).toMatch(/These never run at the same time\n {2}#2 and #3: .* overlaps .* \(maybe not: .*\)\n/);
});

test('a plan in the text of an epic is shown with the names of its segments (R1.2)', () => {
  const file = join(dir, 'epic.md');
  const lines = [
    ...['# Shop', '', '```swarm', 'segments:', '  cart: {title: Cart, files: [src/cart/**]}'],
    ...['  till: {title: Till, files: [src/till/**], blocked-by: [cart]}', '```', ''],
  ];
  writeFileSync(file, lines.join('\n'));
  const { status, out, err } = swarm('plan', file, '--explain');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^Shop\n/);
  expect(out).toContain('`till` Till  after `cart`');
  expect(out).toContain('  `till` `Till`: listed on line 6 of #1; files from line 6; waits for `cart` (line 6).\n');

  writeFileSync(file, lines.join('\n').replace('blocked-by', 'blockd-by'));
  const broken = swarm('plan', file);
  expect(broken.status).toBe(1);
  expect(broken.err).toMatch(/The `swarm` block of #1, line 6: `blockd-by` is not a key .*\[BLOCK_INVALID\]/);
});

test('a plan is explained on request: what was read from which line (R1.9)', () => {
  const file = join(dir, 'explained.yml');
  writeFileSync(file, 'epic: {title: E}\nsegments:\n  a: {title: A, files: [src/**], body: "Depends on #9"}\n');
  const heading = 'What Swarm read, and from which line';
  expect(swarm('plan', file).out).not.toContain(heading);
  expect(swarm('plan', file, '--explain').out).toContain(
    `\n\n${heading}\n  #2 \`A\`: files from line 3; waits for #9 (line 7); slug \`a\` (line 2).\n`,
  );
  const { readings } = JSON.parse(swarm('plan', file, '--json').out) as { readings: object };
  expect(readings).toMatchObject({ 2: { waits: [{ on: { number: 9 }, source: { kind: 'text', line: 7 } }] } });
});

test('a plan says which walls this machine has', async () => {
  const [strongest] = await kindsHere(dir);
  const ask = ['plan', 'examples/parcel-desk.epic.yml'];
  expect(swarm(...ask).out).toMatch(new RegExp(`This machine has ${strongest}\\. On the network they reach`));
  expect(swarmWith({ PATH: '/nonexistent' }, ...ask).out).toMatch(/This machine has none\. On/);
  const json = (variables: Readonly<Record<string, string>>) => JSON.parse(swarmWith(variables, ...ask, '--json').out);
  expect(json({})).toMatchObject({ isolation: 'auto', isolationHere: strongest === 'none' ? null : strongest });
  expect(json({ PATH: '/nonexistent' })).toMatchObject({ isolation: 'auto', isolationHere: null });
});

test('a plan for programs', () => {
  const { out } = swarm('plan', 'examples/parcel-desk.epic.yml', '--json');
  const plan = JSON.parse(out) as { title: string; waves: { tracks: { segments: number[] }[] }[] };
  expect(plan.title).toBe('Customers can follow their parcels');
  expect(plan.waves.map((wave) => wave.tracks.flatMap((track) => track.segments).length)).toEqual([4, 3, 1]);
});

test('a cycle is named, and the plan is refused', () => {
  const cycle = file(
    'cycle.yml',
    'epic: {title: E}\nsegments:\n  a: {title: A, files: [a], blocked-by: [b], body: x}\n  b: {title: B, files: [b], blocked-by: [a], body: x}\n',
  );
  const { status, err } = swarm('plan', cycle);
  expect(status).toBe(1);
  expect(err).toContain('#2 → #3 → #2');
  expect(err).toContain('EPIC_CYCLE');
});

test('tasks of another tool become a plan file, and that a plan (R9.3)', () => {
  const feature = join(dir, 'specs', '001-cart');
  mkdirSync(feature, { recursive: true });
  writeFileSync(join(feature, 'spec.md'), '# Cart\n');
  writeFileSync(
    join(feature, 'tasks.md'),
    '# Tasks: Cart\n\n## One\n- [ ] T001 Add src/a.ts\n- [x] T002 Done\n\n## Two\n- [ ] T003 Add src/b.ts\n',
  );
  const plan = join(dir, 'imported.yml');
  const { status, out, err } = swarm('import', dir, '--out', plan, '--title', 'The cart');
  expect([status, out]).toEqual([0, '']);
  expect(err).toContain(
    'as Spec Kit: 2 segments, 1 dependency, 0 criteria.\n- left out, because it is ticked: T002 (line 5)\n',
  );
  expect(readFileSync(plan, 'utf8')).toMatch(
    /^epic:\n {2}title: The cart\n[\s\S]*"specs\/001-cart\/spec.md"[\s\S]*from: T001\n/,
  );
  expect(swarm('plan', plan).out).toMatch(/Wave 1\n.* Add src\/a\.ts [\s\S]*Wave 2\n.* Add src\/b\.ts {2}after #2/);
  const again = swarm('import', dir, '--out', plan);
  expect([again.status, again.err]).toEqual([1, expect.stringContaining('imported.yml is there already.')]);
  const second = join(dir, 'specs', '002-till');
  mkdirSync(second);
  writeFileSync(join(second, 'tasks.md'), '- [ ] T001 A till\n');
  expect(swarm('import', dir).err).toContain('holds several files with tasks.');
  const json = swarm('export', plan, '--to', 'json');
  expect(swarm('import', file('plan.json', json.out)).out).toBe(readFileSync(plan, 'utf8'));
  const beads = swarm('export', plan, '--to', 'beads');
  expect(swarm('import', file('issues.jsonl', beads.out)).out).toContain('from: T003\n');
});
