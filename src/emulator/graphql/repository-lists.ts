/** A repository's other lists in GraphQL: releases, rulesets, pinned issues. And how far two of its refs are apart. */
import { nodeIdOf } from '#emulator/model/ids';
import type { BranchRule, Issue, Release, Repository } from '#emulator/model/records';
import { showRules } from '#emulator/shapes/rulesets';
import { typedActor } from './actors.ts';
import { ordered, page } from './connection.ts';
import { type Table, typed, typedOrNull, urlOf } from './tables.ts';

interface RulesetIt {
  readonly repository: Repository;
  readonly rule: BranchRule;
}

/** Two commits, and how far they are from each other. */
export interface ComparisonIt {
  readonly repository: Repository;
  readonly base: string;
  readonly head: string;
  readonly ahead: number;
  readonly behind: number;
}

/** The fields of a repository with these lists. */
export const repositoryListFields: Table<Repository> = {
  releases: (it, args, context) => {
    const keys = { CREATED_AT: (release: Release) => release.id, NAME: (release: Release) => release.tag };
    // Drafts are shown to those who may publish them.
    const mayWrite = context.world.tokens.may(context.credential, it, { permission: 'contents', level: 'write' });
    const shown = it.releases.filter((release) => mayWrite || !release.draft);
    return page(
      ordered(shown, args, keys).map((release) => typed('Release', release)),
      args,
    );
  },
  latestRelease: (it, _, { world }) => typedOrNull('Release', world.releases.latest(it)),
  release: (it, args) =>
    typedOrNull(
      'Release',
      it.releases.find(({ tag, draft }) => tag === args.tagName && !draft),
    ),
  rulesets: (it, args) => {
    // The emulator has no rulesets of organizations, so parents add none.
    const { targets, includeParents: _ } = args as { targets?: readonly string[]; includeParents?: boolean };
    const shown = targets && !targets.includes('BRANCH') ? [] : it.rules;
    return page(
      shown.map((rule) => typed('RepositoryRuleset', { repository: it, rule })),
      args,
    );
  },
  pinnedIssues: (it, args) =>
    page(
      it.pinned.map((issue) => typed('PinnedIssue', issue)),
      args,
    ),
};

const comparisonState = ({ ahead, behind }: ComparisonIt): string =>
  ahead > 0 ? (behind > 0 ? 'DIVERGED' : 'AHEAD') : behind > 0 ? 'BEHIND' : 'IDENTICAL';

const releaseFields: Table<Release> = {
  id: (it) => it.nodeId,
  databaseId: (it) => it.id,
  name: (it) => it.name,
  tagName: (it) => it.tag,
  description: (it) => it.body,
  isDraft: (it) => it.draft,
  isPrerelease: (it) => it.prerelease,
  isLatest: (it, _, { world }) => world.releases.latest(it.repository) === it,
  immutable: () => false,
  author: (it) => typed('User', it.author),
  createdAt: (it) => it.createdAt,
  updatedAt: (it) => it.updatedAt,
  publishedAt: (it) => it.publishedAt,
  repository: (it) => typed('Repository', it.repository),
  url: (it, _, { world }) => `${urlOf(world, it.repository)}/releases/tag/${it.tag}`,
  resourcePath: (it) => `/${it.repository.owner.login}/${it.repository.name}/releases/tag/${it.tag}`,
};

const rulesetFields: Table<RulesetIt> = {
  id: ({ rule }) => nodeIdOf('rule', rule.id),
  databaseId: ({ rule }) => rule.id,
  name: ({ rule }) => rule.name,
  target: () => 'BRANCH',
  enforcement: () => 'ACTIVE',
  source: ({ repository }) => typed('Repository', repository),
  rules: ({ rule }, args) =>
    page(
      showRules(rule).map(({ type }) => ({ type: String(type).toUpperCase() })),
      args,
    ),
  createdAt: ({ rule }) => rule.createdAt,
  updatedAt: ({ rule }) => rule.createdAt,
};

export const REPOSITORY_LIST_TABLES = {
  Release: releaseFields,
  RepositoryRuleset: rulesetFields,
  PinnedIssue: {
    issue: (it: Issue) => typed('Issue', it),
    pinnedBy: (it: Issue) =>
      typedActor(it.timeline.findLast(({ fact }) => fact.kind === 'pinned')?.actor ?? it.repository.owner),
    repository: (it: Issue) => typed('Repository', it.repository),
  },
  Comparison: {
    aheadBy: (it: ComparisonIt) => it.ahead,
    behindBy: (it: ComparisonIt) => it.behind,
    status: (it: ComparisonIt) => comparisonState(it),
    baseTarget: (it: ComparisonIt) => typed('Commit', { repository: it.repository, oid: it.base }),
    headTarget: (it: ComparisonIt) => typed('Commit', { repository: it.repository, oid: it.head }),
  },
};
