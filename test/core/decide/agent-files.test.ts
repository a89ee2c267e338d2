/** Files that steer agents and were changed on the base after it was authorised (SPEC R11.2). */
import { describe, expect, test } from 'vitest';
import { decide as decideAll } from '../../../src/core/decide/decide.ts';
import type { Authorisation } from '../../../src/core/model/journal.ts';
import type { AgentFilesSeen, Pull, Snapshot } from '../../../src/core/model/snapshot.ts';
import { asks, config, issue, pull, report, sha } from '../facts.ts';
import { authorisation, factsOf, journal, recordWith } from './records.ts';

const then = { base: sha('ba5e'), digest: 'then' };
const head = sha('21');
/** A base on which AGENTS.md was changed. */
const changed: AgentFilesSeen = {
  now: { digest: 'now', files: { 'AGENTS.md': 'new', 'CLAUDE.md': 'same' } },
  authorised: { 'AGENTS.md': 'old', 'CLAUDE.md': 'same' },
  merged: {},
};

/** A look at an epic of two segments. The first one is merged, and its report names these files. */
function look({
  agentFiles = changed,
  given = then,
  reported = [],
  merged = {},
  seen = {},
  snapshot = {},
}: {
  /** Null: nothing was read. */
  agentFiles?: AgentFilesSeen | null;
  /** Null: a journal from before they were noted. */
  given?: Authorisation['agentFiles'] | null;
  reported?: readonly string[];
  merged?: Partial<Pull>;
  seen?: AgentFilesSeen['merged'];
  snapshot?: Partial<Snapshot>;
} = {}) {
  const outcome = {
    kind: 'published',
    at: 0 as never,
    pull: 102 as never,
    head,
    report: { ...report(journal(), '1.2-1'), files: reported },
  } as const;
  const facts = factsOf([issue(2), issue(3, { blockedBy: [2] })], { segments: { 2: recordWith(2, [{ outcome }]) } });
  const { authorisation: before = authorisation() } = facts.journal;
  const known = { ...facts.journal, authorisation: { ...before, ...(given ? { agentFiles: given } : {}) } };
  const decided = decideAll(
    {
      ...facts.snapshot,
      journal: known,
      pulls: [pull(102, 'feat/2', head, { state: 'merged', ...merged })],
      ...(agentFiles ? { agentFiles: { ...agentFiles, merged: seen } } : {}),
      ...snapshot,
    },
    config({ schedule: 'eager', calibrationRounds: 1, adopt: 'automatic' }),
  );
  return {
    files: decided.board.plan.diagnostics.flatMap(({ problem }) =>
      problem.kind === 'AGENT_FILES_CHANGED' ? problem.files : [],
    ),
    started: (decided.journal.segments[3]?.attempts ?? []).length,
    authorised: decided.journal.authorisation?.agentFiles,
  };
}

test('the commit that later bases are compared with moves on, while its files for agents are the same', () => {
  const same = { now: { digest: 'then', files: {} }, merged: {} };
  const base = { branch: 'main', head: sha('ba5e2'), checks: 'none', failing: [] } as const;
  expect(look({ agentFiles: same, snapshot: { base } }).authorised).toEqual({ base: sha('ba5e2'), digest: 'then' });
  expect(look({ snapshot: { base } }).authorised).toEqual(then);
  expect(look({ agentFiles: null, snapshot: { base } }).authorised).toEqual(then);
});

describe('a changed file that steers agents', () => {
  test('holds everything, whatever `adopt` says', () => {
    expect(look()).toEqual({ files: ['AGENTS.md'], started: 0, authorised: then });
  });

  test('is agreed to by executing again, and by nothing less', () => {
    const [execute, retry] = [asks('r1', 'execute'), asks('r1', 'retry')];
    const run = { kind: 'command', command: { kind: 'run', segment: 3 } } as never;
    expect(look({ snapshot: { requests: [execute] } })).toEqual({
      files: [],
      started: 1,
      authorised: { base: sha('ba5e'), digest: 'now' },
    });
    for (const less of [retry, asks('r1', 'run', { asked: run })]) {
      expect(look({ snapshot: { requests: [less] } })).toEqual({ files: ['AGENTS.md'], started: 0, authorised: then });
    }
  });

  test('is one even where the journal knows no digest', () => {
    expect(look({ given: null }).files).toEqual(['AGENTS.md']);
  });

  test('counts if it is new or gone', () => {
    const none = { digest: 'now', files: {} };
    expect(look({ agentFiles: { ...changed, now: none } }).files).toEqual(['AGENTS.md', 'CLAUDE.md']);
    expect(look({ agentFiles: { ...changed, authorised: {} } }).files).toEqual(['AGENTS.md', 'CLAUDE.md']);
  });

  test('is none without a difference, or if nothing was read', () => {
    expect(look({ agentFiles: null })).toEqual({ files: [], started: 1, authorised: then });
    const { authorised: _, ...same } = { ...changed, now: { ...changed.now, digest: 'then' } };
    expect(look({ agentFiles: same })).toEqual({ files: [], started: 1, authorised: then });
  });
});

describe('the merge of an approved segment', () => {
  const approved = { reported: ['AGENTS.md'], seen: { 102: { 'AGENTS.md': 'new' } } };

  test('explains the files that its report names, as its head has them', () => {
    expect(look(approved)).toEqual({ files: [], started: 1, authorised: then });
  });

  test.each([
    ['another file in its report', { ...approved, reported: ['CLAUDE.md'] }],
    ['another content at its head', { ...approved, seen: { 102: { 'AGENTS.md': 'other' } } }],
    ['a head that was not read', { ...approved, seen: {} }],
    ['a pull request that is not merged', { ...approved, merged: { state: 'closed' } as const }],
    ['a head that somebody else pushed, such as an update of the branch', { ...approved, merged: { head: sha('22') } }],
  ])('explains nothing by %s', (_, facts) => {
    expect(look(facts).files).toEqual(['AGENTS.md']);
  });
});
