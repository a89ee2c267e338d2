/** Consent: the texts, links and config that a person authorised, and changes that need no second word (SPEC R11.2). */
import { describe, expect, test } from 'vitest';
import {
  adoptChanges,
  authorise,
  authoriseMore,
  bindMadeSegments,
  noteConfig,
} from '../../../src/core/decide/authorise.ts';
import type { Draft } from '../../../src/core/decide/draft.ts';
import type { Facts } from '../../../src/core/decide/progress.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import type { Act, Authorisation, Journal } from '../../../src/core/model/journal.ts';
import type { Finding } from '../../../src/core/model/report.ts';
import type { Issue, Snapshot } from '../../../src/core/model/snapshot.ts';
import { ana, issue, rita, robot, sha, snapshot } from '../facts.ts';
import { authorisation, decide, factsOf, later, NOW, passed, recordWith, round } from './records.ts';

const mail = { number: issueNumber(9), repository: { owner: 'octo', name: 'mail' } };
const two = issue(2);
const three: Issue = {
  ...issue(3, { blockedBy: [2] }),
  blockedBy: [
    { number: issueNumber(2), state: 'open' },
    { ...mail, state: 'open' },
  ],
};
const entry = (of: Issue, blockedBy: readonly number[] = [], external: readonly (typeof mail)[] = []) => ({
  digest: of.digest,
  blockedBy,
  external,
});
const text = ({ title, body, labels }: Issue) => ({ title, body, labels });
const seenBy = (draft: Draft) => ({ authorisation: draft.journal.authorisation, texts: draft.texts });

describe('an authorisation', () => {
  const bob = { login: 'bob', id: 7, kind: 'person', permission: 'write' } as const;
  const gives = (
    consent: Partial<Parameters<typeof authorise>[2]> = {},
    facts: Facts = factsOf([two, three], { journal: { authorisation: undefined as never } }),
  ) =>
    seenBy(
      decide(facts, (situation, draft) => {
        authorise(situation, draft, { by: bob, at: later(3), issues: situation.snapshot.issues, ...consent });
      }).draft,
    );
  const { epic } = snapshot([two, three]);
  const unstarted = (facts: Partial<Snapshot>) =>
    factsOf([two, three], { journal: { authorisation: undefined as never }, snapshot: facts });
  const all = { 2: entry(two), 3: entry(three, [2], [mail]) };
  const given: Authorisation = { ...authorisation(), at: later(3), by: 'bob', byId: 7, segments: all as never };
  const earlier = authorisation({ epicDigest: 'old', segments: { 3: { digest: 'old', blockedBy: [], external: [] } } });

  test('holds who gave it, the config, the base, and each text with its links', () => {
    const base = { branch: 'trunk', head: sha('beef'), checks: 'none', failing: [] } as const;
    expect(gives({}, unstarted({ base, configDigest: 'd' }))).toEqual({
      authorisation: { ...given, base: sha('beef'), baseBranch: 'trunk', configDigest: 'd' },
      texts: { 1: text(epic), 2: text(two), 3: text(three) },
    });
  });

  const adds = (issues: (epic: Issue) => readonly Issue[]) => {
    const facts = factsOf([two, three], { journal: { authorisation: earlier } });
    return seenBy(
      decide(facts, (situation, draft) => {
        authoriseMore(situation, draft, { by: bob, at: later(3), issues: issues(situation.snapshot.epic) });
      }).draft,
    );
  };
  const byBob = { at: later(3), by: 'bob', byId: 7 };

  test('of one issue adds to an earlier one, with its own person, and leaves the epic as it was', () => {
    expect(adds(() => [two])).toEqual({
      authorisation: { ...earlier, segments: { ...earlier.segments, 2: { ...entry(two), ...byBob } } },
      texts: { 2: text(two) },
    });
  });

  test('of the epic itself beside an issue adds the epic', () => {
    expect(adds((itself) => [itself, two])).toEqual({
      authorisation: {
        ...earlier,
        epicDigest: epic.digest,
        segments: { ...earlier.segments, 2: { ...entry(two), ...byBob } },
      },
      texts: { 1: text(epic), 2: text(two) },
    });
  });

  test('says nothing of issues that are no segments', () => {
    expect(gives({ issues: [issue(8), two] }).authorisation?.segments).toEqual({ 2: entry(two) });
  });

  test('replaces an earlier one where it does not add to it', () => {
    const facts = factsOf([two, three], { journal: { authorisation: earlier } });
    expect(gives({ issues: [two] }, facts).authorisation?.segments).toEqual({ 2: entry(two) });
  });

  test('of an epic that is its own segment is for the epic', () => {
    const alone = factsOf([], { journal: { authorisation: undefined as never } });
    expect(gives({}, alone)).toEqual({
      authorisation: { ...given, segments: { 1: entry(alone.snapshot.epic) } },
      texts: { 1: text(alone.snapshot.epic) },
    });
  });

  test.each<[string, 'counts' | 'does not count', Partial<Issue>]>([
    ['that was never edited', 'counts', {}],
    ['that a stranger wrote and never edited', 'counts', { author: rita }],
    ['that a stranger edited at that time', 'counts', { editor: rita, editedAt: later(3) }],
    ['that a stranger edited after it', 'does not count', { editor: rita, editedAt: later(4) }],
    ['that its author, a stranger, edited after it', 'does not count', { author: rita, editedAt: later(4) }],
    ['that its author edited after it', 'counts', { editedAt: later(4) }],
    [
      'of a stranger that a trusted person edited after it',
      'counts',
      { author: rita, editor: ana, editedAt: later(4) },
    ],
  ])('for a text %s %s', (_, verdict, change) => {
    const counts = verdict === 'counts';
    const changed = { ...two, ...change };
    const ofSegment = gives({}, unstarted({ issues: [changed, three] }));
    expect(Object.keys(ofSegment.texts)).toEqual(counts ? ['1', '2', '3'] : ['1', '3']);
    expect(Object.keys(ofSegment.authorisation?.segments ?? {})).toEqual(counts ? ['2', '3'] : ['3']);
    const before = authorisation({ epicDigest: 'old' });
    const facts = factsOf([two, three], {
      journal: { authorisation: before },
      snapshot: { epic: { ...epic, ...change } },
    });
    const ofEpic = gives({}, facts);
    expect(Object.keys(ofEpic.texts)).toEqual(counts ? ['1', '2', '3'] : ['2', '3']);
    expect(ofEpic.authorisation?.epicDigest).toBe(counts ? epic.digest : 'old');
  });

  test('of an epic that a stranger edited after it has no text of the epic at first', () => {
    const changed = { ...epic, editor: rita, editedAt: later(4) };
    expect(gives({}, unstarted({ epic: changed })).authorisation?.epicDigest).toBe('');
  });
});

describe('a config', () => {
  const notes = (digest: string, journal: Partial<Journal>) => {
    const facts = factsOf([two], { journal, snapshot: { configDigest: digest } });
    const { draft } = decide(facts, noteConfig);
    return { configs: draft.journal.configs, history: draft.history.map(({ kind }) => kind) };
  };
  const old = (count: number) => Array.from({ length: count }, (_, at) => ({ at: later(at), digest: `c${at}` }));

  test.each<[string, ReturnType<typeof notes>, string, Partial<Journal>]>([
    ['that is as it was authorised says nothing', { configs: undefined, history: [] }, 'c', {}],
    ['that changed is noted', { configs: [{ at: NOW, digest: 'd' }], history: ['CONFIG CHANGED'] }, 'd', {}],
    ['that changed before says nothing more', { configs: old(3), history: [] }, 'c2', { configs: old(3) }],
    [
      'that changed back is noted, too',
      { configs: [...old(3), { at: NOW, digest: 'c' }], history: ['CONFIG CHANGED'] },
      'c',
      { configs: old(3) },
    ],
    [
      'that changed often is noted with the last fifty',
      { configs: [...old(50).slice(1), { at: NOW, digest: 'd' }], history: ['CONFIG CHANGED'] },
      'd',
      { configs: old(50) },
    ],
    ['before the start is not noted', { configs: undefined, history: [] }, 'd', { authorisation: undefined as never }],
  ])('%s', (_, expected, digest, journal) => {
    expect(notes(digest, journal)).toEqual(expected);
  });
});

describe('a change after the authorisation', () => {
  interface Change {
    readonly issues?: Readonly<Record<number, Partial<Issue>>>;
    readonly epic?: Partial<Issue>;
    readonly added?: readonly Issue[];
    readonly adopt?: 'automatic' | 'ask';
    readonly started?: boolean;
    readonly journal?: Partial<Journal>;
    readonly alone?: boolean;
  }
  /** The texts that are adopted. */
  const adopts = ({
    issues = {},
    epic = {},
    added = [],
    adopt = 'ask',
    started = false,
    journal = {},
    alone,
  }: Change) => {
    const before = factsOf(alone ? [] : [two, three]);
    const now = (alone ? [] : [two, three]).map((each) => ({ ...each, ...issues[each.number] }));
    const dispatches: Journal['dispatches'] = started
      ? { '1.1': { id: '1.1', at: NOW, work: { kind: 'segments', attempts: [] } } }
      : {};
    const facts = factsOf([...now, ...added], {
      snapshot: { epic: { ...before.snapshot.epic, ...epic } },
      journal: { ...before.journal, dispatches, ...journal },
      config: { adopt } as never,
    });
    const { draft } = decide(facts, adoptChanges);
    return { facts, draft, adopted: Object.keys(draft.texts).map(Number) };
  };
  const changed = { digest: 'other' };
  const ran: Partial<Journal> = { segments: { 2: recordWith(2, [{}]) } };

  test.each<[string, readonly number[], Change]>([
    ['to nothing is nothing', [], {}],
    ['of a text by a trusted person is adopted before anything starts', [2], { issues: { 2: changed } }],
    ['of two texts is adopted', [2, 3], { issues: { 2: changed, 3: changed } }],
    ['of a text waits for a word once something started', [], { issues: { 2: changed }, epic: changed, started: true }],
    [
      'of a text is adopted later, too, where the config says so',
      [1, 2],
      { issues: { 2: changed }, epic: changed, started: true, adopt: 'automatic' },
    ],
    ['of links is adopted', [3], { issues: { 3: { blockedBy: [] } } }],
    ['of links outside is adopted', [2], { issues: { 2: { blockedBy: [{ ...mail, state: 'open' }] } } }],
    [
      'of a text that ran is not adopted',
      [],
      { issues: { 2: changed }, started: true, adopt: 'automatic', journal: ran },
    ],
    [
      'of another text is adopted beside it',
      [3],
      { issues: { 2: changed, 3: changed }, started: true, adopt: 'automatic', journal: ran },
    ],
    ['by an editor with rights is adopted', [2], { issues: { 2: { ...changed, editor: ana } } }],
    ['by a stranger is not adopted', [], { issues: { 2: { ...changed, editor: rita } } }],
    ['of a stranger’s text is not adopted', [], { issues: { 2: { ...changed, author: rita } } }],
    [
      'of a stranger’s text by a trusted person is not adopted',
      [],
      { issues: { 2: { ...changed, author: rita, editor: ana } } },
    ],
    ['by a bot that the config does not name is not adopted', [], { issues: { 2: { ...changed, author: robot } } }],
    ['that adds a segment waits for a word', [], { added: [issue(4)] }],
    [
      'that adds a segment is adopted where the config says so',
      [4],
      { added: [issue(4)], adopt: 'automatic', started: true },
    ],
    ['of the epic’s text is adopted', [1], { epic: changed }],
    ['of the epic’s text by a stranger is not adopted', [], { epic: { ...changed, editor: rita } }],
    ['of the epic’s text by its author, a stranger, is not adopted', [], { epic: { ...changed, author: rita } }],
    ['of a stranger’s epic by a trusted person is adopted', [1], { epic: { ...changed, author: rita, editor: ana } }],
    [
      'of the links of an epic that is its own segment is adopted',
      [1],
      { alone: true, epic: { blockedBy: [{ ...mail, state: 'open' }] } },
    ],
    ['of an epic that is its own segment is adopted', [1], { alone: true, epic: changed }],
    [
      'of a group is not adopted, since nobody runs it',
      [],
      { added: [{ ...issue(5), children: [issueNumber(9)] }], adopt: 'automatic' },
    ],
    [
      'before anything was authorised is nothing',
      [],
      { issues: { 2: changed }, journal: { authorisation: undefined as never } },
    ],
  ])('%s', (_, adopted, change) => {
    const { facts, draft, adopted: found } = adopts(change);
    expect(found).toEqual(adopted);
    if (adopted.length === 0) expect(draft.journal).toBe(facts.journal);
  });

  test('is adopted under the authorisation that was given, and counts from then on', () => {
    const { facts, draft } = adopts({ issues: { 2: changed } });
    expect(draft.journal.authorisation).toEqual({
      ...facts.journal.authorisation,
      segments: {
        ...facts.journal.authorisation?.segments,
        2: { digest: 'other', blockedBy: [], external: [], at: NOW },
      },
    });
  });

  test('of an epic that is its own segment is adopted with its links', () => {
    const { draft } = adopts({ alone: true, epic: changed });
    expect(draft.journal.authorisation).toEqual(
      authorisation({
        epicDigest: 'other',
        segments: { 1: { digest: 'other', blockedBy: [], external: [], at: NOW } },
      }),
    );
  });
});

describe('an issue that Swarm made', () => {
  const KEY = 'fix:1:10:12:2';
  const done: Act = { at: NOW, by: 'me', state: 'done', result: 50 };
  const made = issue(50, { madeFor: KEY, title: 'Fix it', labels: ['x'] });
  const mends = (number: number) => ({ issue: issueNumber(number), criteria: [] });
  const coverage = (number: number): Finding => ({
    check: 'coverage',
    subject: `#${number}`,
    detail: '',
    mends: mends(number),
  });
  const failedWith = (...findings: readonly Finding[]) => ({ verdict: { kind: 'failed', at: NOW, findings } }) as const;
  const binds = (given: { acts?: Record<string, Act>; issues?: readonly Issue[]; journal?: Partial<Journal> } = {}) => {
    const facts = factsOf([two], {
      journal: { acts: given.acts ?? { [KEY]: done }, ...given.journal },
      snapshot: { issues: given.issues ?? [two, made] },
    });
    const { draft } = decide(facts, (_, each) => bindMadeSegments(each));
    return { facts, draft };
  };

  test('becomes a fix segment that is authorised as it reads', () => {
    const { facts, draft } = binds();
    expect(draft.journal).toEqual({
      ...facts.journal,
      segments: {
        50: { attempts: [], rejections: [], approvals: [], forgiven: 0, fix: { key: KEY, wave: 10, round: 12 } },
      },
      authorisation: {
        ...facts.journal.authorisation,
        segments: {
          ...facts.journal.authorisation?.segments,
          50: { digest: made.digest, blockedBy: [], external: [] },
        },
      },
    });
    expect(draft.texts).toEqual({ 50: { title: 'Fix it', body: made.body, labels: ['x'] } });
  });

  test.each<[string, Parameters<typeof binds>[0]]>([
    ['is not known before it is made', { acts: { [KEY]: { ...done, state: 'intended' } } }],
    [
      'is not known before its number is',
      { acts: { [KEY]: { at: NOW, by: 'me', state: 'done' } }, issues: [two, { ...made, number: undefined as never }] },
    ],
    ['is not known before it shows', { issues: [two] }],
    ['is not one that has the key of another act', { issues: [two, { ...made, madeFor: 'fix:1:10:12:1' }] }],
    ['is not one without a key', { issues: [two, issue(50)] }],
    ['is not one with another number', { issues: [two, { ...made, number: issueNumber(51) }] }],
    ['is nothing before the start', { journal: { authorisation: undefined as never } }],
    [
      'is known once',
      { journal: { segments: { 50: { ...recordWith(50, []), fix: { key: KEY, wave: 1, round: 1 } } } } },
    ],
    [
      'is not made by an act of another name',
      { acts: { [`say:${KEY}`]: done }, issues: [two, { ...made, madeFor: `say:${KEY}` }] },
    ],
    [
      'is not made by an act with a longer key',
      { acts: { [`${KEY}:1`]: done }, issues: [two, { ...made, madeFor: `${KEY}:1` }] },
    ],
    [
      'is not made by an act without a number',
      { acts: { 'fix:1:1:1:x': done }, issues: [two, { ...made, madeFor: 'fix:1:1:1:x' }] },
    ],
  ])('%s', (_, given) => {
    const { facts, draft } = binds(given);
    expect(draft.journal).toBe(facts.journal);
    expect(draft.texts).toEqual({});
  });

  test('is found by keys with many digits, behind others', () => {
    const key = 'fix:123:10:12:34';
    const acts = { 'fix:1:1:1:1': { ...done, state: 'refused' as const }, other: done, [key]: done };
    const { draft } = binds({ acts, issues: [two, { ...made, madeFor: key }] });
    expect(draft.journal.segments[50]?.fix).toEqual({ key, wave: 10, round: 12 });
  });

  const gate: Finding = { check: 'gate', subject: 'tests', detail: '' };
  test.each<[string, number | undefined, Journal['calibrations']]>([
    ['the criteria of its finding', 5, { 10: [round(12, failedWith(coverage(4), coverage(5)))] }],
    [
      'the criteria of its finding behind that of all gates',
      4,
      { 10: [round(12, failedWith(coverage(4), gate, gate))] },
    ],
    [
      'the criteria of its own round and wave',
      5,
      {
        1: [round(12, failedWith(gate, coverage(7)))],
        10: [
          round(11, failedWith(gate, coverage(8))),
          round(12, failedWith(gate, coverage(5))),
          round(13, failedWith(gate, coverage(9))),
        ],
      },
    ],
    ['none where its finding is of gates', undefined, { 10: [round(12, failedWith(coverage(4)))] }],
    ['none where its round passed', undefined, { 10: [round(12, { verdict: passed })] }],
    ['none where its round is unknown', undefined, { 10: [round(11, failedWith(gate, coverage(5)))] }],
    ['none where its wave was never calibrated', undefined, {}],
  ])('fixes %s', (_, number, calibrations) => {
    const { draft } = binds({ journal: { calibrations } });
    expect(draft.journal.segments[50]?.fix).toEqual({
      key: KEY,
      wave: 10,
      round: 12,
      ...(number === undefined ? {} : { mends: mends(number) }),
    });
  });
});
