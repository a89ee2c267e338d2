/** `/swarm import`: task lists and dependencies in texts become GitHub's own links (SPEC R1.4). */
import { describe, expect, test } from 'vitest';
import { importableIn } from '../../../src/core/decide/issues/import.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Issue, OtherIssue } from '../../../src/core/model/snapshot.ts';
import { ana, issue, rita, robot } from '../facts.ts';
import { MINUTE, Scene } from './scene.ts';

const text = (number: number, ...lines: readonly string[]): Issue =>
  issue(number, { body: [`---\nfiles: [src/s${number}/**]\n---\nDo it.`, ...lines].join('\n\n') });
const alone = ({ parent: _, ...rest }: Issue): Issue => rest;
const other = (number: number, kind: OtherIssue['kind'] = 'issue'): OtherIssue => ({
  ref: { number: issueNumber(number) },
  kind,
  ...(kind === 'issue' ? { state: 'open' } : {}),
});

function sceneOf(issues: readonly Issue[], body = 'The epic.', others: readonly OtherIssue[] = []): Scene {
  const scene = new Scene(issues);
  scene.github.epic = { ...scene.github.epic, body };
  scene.extra = { others };
  return scene;
}

const found = (scene: Scene) => importableIn(scene.board().plan, scene.snapshot());
const linksOf = (scene: Scene): readonly string[] =>
  [scene.github.epic, ...scene.github.issues].flatMap(({ number, blockedBy }) =>
    blockedBy.map((each) => `${number} < ${each.number}`),
  );
const childrenOf = (scene: Scene): readonly number[] =>
  scene.github.issues.filter(({ parent }) => parent === 1).map(({ number }) => number);

describe('what can be imported', () => {
  test('are dependencies in texts that are no links yet, once each', () => {
    const linked = { ...text(4, 'Depends on #2.'), blockedBy: [{ number: issueNumber(2), state: 'open' as const }] };
    const scene = sceneOf([text(2), text(3, 'Depends on #2', 'Blocked by #2, #9'), linked], undefined, [other(9)]);
    expect(found(scene)).toEqual({
      children: [],
      links: [
        { from: 3, on: 2, source: { kind: 'text', line: 6 } },
        { from: 3, on: 9, source: { kind: 'text', line: 8 } },
      ],
      left: [],
    });
  });

  test('are those of groups, as the groups state them', () => {
    const group = { ...text(3, 'Depends on #2'), children: [issueNumber(4)] };
    const scene = sceneOf([text(2), group, { ...text(4), parent: issueNumber(3) }]);
    expect(found(scene).links).toEqual([{ from: 3, on: 2 }]);
  });

  test('are not those of segments that are closed', () => {
    const scene = sceneOf([text(2), { ...text(3, 'Depends on #2'), state: 'completed' }]);
    expect(found(scene).links).toEqual([]);
  });

  test.each<[string, readonly string[], readonly OtherIssue[], object]>([
    [
      'an issue of another repository',
      ['Depends on octo/mail#9'],
      [],
      { on: { number: 9 }, why: 'another repository' },
    ],
    ['an issue that is not there', ['Depends on #9'], [other(9, 'missing')], { on: { number: 9 }, why: 'no issue' }],
    ['a pull request', ['Depends on #9'], [other(9, 'pull request')], { on: { number: 9 }, why: 'pull request' }],
  ])('is not a link to %s', (_, lines, others, left) => {
    expect(found(sceneOf([text(2, ...lines)], undefined, others))).toMatchObject({
      children: [],
      links: [],
      left: [{ kind: 'link', from: 2, ...left }],
    });
  });

  test('is a task list, with its dependencies', () => {
    const scene = sceneOf([alone(text(2)), alone(text(3))], 'Build.\n\n- [ ] #2\n- [ ] #3 (depends on: #2)');
    expect(found(scene)).toEqual({
      children: [
        { issue: 2, line: 3 },
        { issue: 3, line: 4 },
      ],
      links: [{ from: 3, on: 2, source: { kind: 'task list', of: 1, line: 4 } }],
      left: [],
    });
  });

  test('is no task list beside sub-issues', () => {
    expect(found(sceneOf([text(2), alone(text(3))], '- [ ] #3')).children).toEqual([]);
  });

  test('is the whole of a task list or nothing of it', () => {
    const elsewhere = { ...text(3), parent: issueNumber(7) };
    expect(found(sceneOf([alone(text(2)), elsewhere], '- [ ] #2\n- [ ] #3\n- [ ] #4'))).toMatchObject({
      children: [],
      left: [
        { kind: 'task', issue: 3, line: 2, why: 'other parent' },
        { kind: 'task', issue: 4, line: 3, why: 'no issue' },
        { kind: 'task', issue: 2, line: 1, why: 'others' },
      ],
    });
    const many = Array.from({ length: 101 }, (_, index) => alone(text(index + 2)));
    const list = many.map(({ number }) => `- [ ] #${number}`).join('\n');
    const { children, left } = found(sceneOf(many, list));
    expect([children.length, left.length, left.every(({ why }) => why === 'too many')]).toEqual([0, 101, true]);
  });
});

const LIST = 'Build.\n\n- [ ] #2\n- [ ] #3 (depends on: #2)\n- [ ] #4';
const listed = () =>
  sceneOf([alone(text(2)), alone(text(3)), alone(text(4, 'Depends on #3 and #9'))], LIST, [other(9)]);
const DONE = { children: [2, 3, 4], links: ['3 < 2', '4 < 3', '4 < 9'] };
const shape = (scene: Scene) => ({ children: childrenOf(scene), links: linksOf(scene) });
const YES = { kind: 'import', confirmed: true } as const;

describe('`/swarm import`', () => {
  test('shows what it would do, and does nothing', () => {
    const scene = listed();
    scene.asks('import');
    const told = scene.looks().join('\n');
    expect(told).toMatch(/say .*notice=import epic=1/);
    expect(told).not.toMatch(/^add /m);
    expect(scene.github.journal?.import).toBeUndefined();
  });

  test('with `yes` does it, says so, and leaves no trace in the journal (R1.4)', () => {
    const scene = listed();
    scene.asks(YES);
    const told = scene.settles().join('\n');
    expect(shape(scene)).toEqual(DONE);
    expect(told.match(/^add sub-issue/gm)).toHaveLength(3);
    expect(told.match(/^add blocker/gm)).toHaveLength(3);
    expect(told.match(/notice=imported by="ana" children=\[2, 3, 4\]/g)).toHaveLength(1);
    expect(scene.journal.import).toBeUndefined();
    expect(scene.journal.taken).toEqual({ 'comment:1': 'accepted' });
  });

  test('changes nothing about the plan', () => {
    const scene = listed();
    const before = scene.board().plan;
    scene.asks(YES);
    scene.settles();
    const { segments, waves } = scene.board().plan;
    expect({ segments, waves }).toEqual({ segments: before.segments, waves: before.waves });
    scene.asks(YES);
    expect(scene.looks().join('\n')).toMatch(/notice=import epic=1 found=\{children=\[\] links=\[\] left=\[\]\}/);
  });

  test('is continued by another orchestrator wherever the first one died', () => {
    for (let acts = 0; acts <= 6; acts++) {
      const scene = listed();
      scene.asks(YES);
      let left = acts;
      for (let look = 0; look < 6 && left > 0; look++) {
        const { journal, decisions } = scene.decides();
        const adds = decisions.filter(({ kind }) => kind.startsWith('add '));
        scene.github.journal = journal;
        scene.performed = scene.github.perform(adds.slice(0, left));
        left -= adds.length;
      }
      if (acts === 0) scene.github.journal = scene.decides().journal;
      scene.performed = {};
      scene.passes(MINUTE);
      scene.settles();
      expect(shape(scene)).toEqual(DONE);
      expect(scene.journal.import).toBeUndefined();
    }
  });

  test('knows issues that nothing shows any more after the first sub-issue', () => {
    const scene = listed();
    scene.asks(YES);
    scene.github.journal = scene.decides().journal;
    const whole = scene.github.issues;
    scene.github.issues = whole.flatMap((each) => (each.number === 2 ? [{ ...each, parent: issueNumber(1) }] : []));
    const { decisions } = scene.decides();
    expect(decisions.filter(({ kind }) => kind === 'add sub-issue')).toMatchObject([{ issue: 3 }, { issue: 4 }]);
    expect(decisions.some((each) => 'issueId' in each)).toBe(false);
  });

  test('does nothing twice while GitHub does not show it', () => {
    const scene = listed();
    scene.asks(YES);
    const { journal, decisions } = scene.decides();
    const before = scene.github.issues;
    scene.github.journal = journal;
    scene.performed = scene.github.perform(decisions);
    scene.github.issues = before;
    const again = scene.decides();
    expect(again.decisions.filter(({ kind }) => kind.startsWith('add '))).toEqual([]);
    expect(again.lookAgainAt).toBeDefined();
  });

  test('says what GitHub refuses, and does the rest', () => {
    const scene = listed();
    scene.asks(YES);
    scene.looks();
    scene.performed = { ...scene.performed, 'import:4:9': { kind: 'refused', status: 422, message: 'No more.' } };
    const told = scene.settles().join('\n');
    expect(linksOf(scene)).toEqual(['3 < 2', '4 < 3']);
    expect(told).toMatch(/notice=imported .*refused=\[\{from=4 on=9 says="No more."\}\]/);
  });

  test('ends with what is there if an issue goes away', () => {
    const scene = listed();
    scene.asks(YES);
    scene.looks();
    scene.github.issues = scene.github.issues.filter(({ number }) => number !== 4);
    scene.performed = {};
    const { kind, issue: wanted } = scene.decides().decisions.find((each) => each.kind === 'add sub-issue') ?? {};
    expect([kind, wanted]).toEqual(['add sub-issue', 4]);
    scene.passes(10 * MINUTE);
    const told = scene.settles().join('\n');
    expect(told).toMatch(/notice=imported by="ana" children=\[2, 3\] .*\{from=4 says=""\}/);
    expect(scene.journal.import).toBeUndefined();
  });

  test('nothing starts before it is done', () => {
    const scene = listed();
    scene.asks(YES);
    scene.asks('execute');
    expect(scene.looks().filter((line) => line.startsWith('dispatch'))).toEqual([]);
    scene.settles();
    expect(shape(scene)).toEqual(DONE);
    expect(scene.github.dispatches).toHaveLength(1);
  });

  test.each<[string, () => Scene, RegExp]>([
    [
      'while the epic runs',
      () => Scene.started([text(2), text(3, 'Depends on #2')]),
      /problem=NOT_NOW .* command="import" why=wrong phase phase="running"/,
    ],
    [
      'while its plan has errors',
      () => sceneOf([text(2, 'Depends on #3'), text(3, 'Depends on #2')]),
      /problem=NOT_NOW .* command="import" why=plan has errors/,
    ],
  ])('is refused %s', (_, make, says) => {
    const scene = make();
    scene.asks(YES);
    expect(scene.looks().join('\n')).toMatch(says);
    expect(linksOf(scene)).toEqual([]);
  });

  test('shows the errors of the plan', () => {
    const scene = sceneOf([text(2, 'Depends on #3'), text(3, 'Depends on #2')]);
    scene.asks('import');
    expect(scene.looks().join('\n')).toMatch(/notice=import .* errors=\[\{level="error" problem=EPIC_CYCLE/);
  });

  test.each([
    ['reads', rita],
    ['is a bot', robot],
  ])('is not for somebody who only %s', (_, by) => {
    const scene = listed();
    scene.asks(YES, { by });
    scene.looks();
    expect(shape(scene)).toEqual({ children: [], links: [] });
    scene.asks(YES, { by: ana });
    scene.settles();
    expect(shape(scene)).toEqual(DONE);
  });
});
