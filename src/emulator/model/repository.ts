/** Facts derived from a repository's record: roles, the rules for a branch, its pull requests. */
import type { BranchRule, NamePattern, Pull, Repository, Reviewer, Role, User } from './records.ts';

const STRONGEST_FIRST: readonly Role[] = ['admin', 'maintain', 'write', 'triage', 'read'];

/** The role of a person or a team in a repository. Everyone can read a public repository. */
export function roleIn(repository: Repository, who: Reviewer): Role | null {
  if (who.type === 'Team') return repository.teams.get(who) ?? null;
  const user = who;
  if (repository.owner.id === user.id) return 'admin';
  const roles = [...repository.teams].flatMap(([team, role]) => (team.members.includes(user) ? [role] : []));
  const own = repository.collaborators.get(user.id);
  const role = STRONGEST_FIRST.find((each) => each === own || roles.includes(each));
  if (role) return role;
  if (repository.owner.members.has(user.id)) return 'read';
  return repository.visibility === 'public' ? 'read' : null;
}

/** GitHub's `author_association`: the person's relation to the repository. */
export function associationWith(
  repository: Repository,
  user: User,
): 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE' {
  if (repository.owner.id === user.id) return 'OWNER';
  if (repository.owner.members.has(user.id)) return 'MEMBER';
  if (repository.collaborators.has(user.id)) return 'COLLABORATOR';
  for (const issue of repository.issues.values()) {
    if (issue.pull?.merged && issue.user.id === user.id) return 'CONTRIBUTOR';
  }
  return 'NONE';
}

/** The rules that apply to a branch, which need not exist. */
export function rulesFor(repository: Repository, branch: string): BranchRule[] {
  const names = (target: string): boolean =>
    target === '~ALL' ||
    target === branch ||
    (target === '~DEFAULT_BRANCH' && branch === repository.defaultBranch) ||
    fileNameMatcher(target).test(`refs/heads/${branch}`);
  return repository.rules.filter((rule) => names(rule.branch) && !rule.except.some(names));
}

/**
 * Ruby's `File.fnmatch` with `FNM_PATHNAME`, which rulesets use: a star stops at slashes, and two stars with a slash behind
 * them stand for any folders, or none.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
 */
function fileNameMatcher(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*+|\?|[\\^$.|+(){}[\]]/g, (part) =>
    part === '**/' ? '(?:[^/]+/)*' : part.startsWith('*') ? '[^/]*' : part === '?' ? '[^/]' : `\\${part}`,
  );
  return new RegExp(`^${source}$`);
}

/** Answers whether a name is one that the pattern asks for. */
export function fitsPattern(name: string, { operator, pattern, negate }: NamePattern): boolean {
  const matches = {
    starts_with: () => name.startsWith(pattern),
    ends_with: () => name.endsWith(pattern),
    contains: () => name.includes(pattern),
    regex: () => new RegExp(pattern).test(name),
  }[operator]();
  return matches !== negate;
}

/** The settings of a branch's merge queue, or undefined if it has none. */
export const queueRuleOf = (repository: Repository, branch: string): BranchRule['mergeQueue'] | undefined =>
  rulesFor(repository, branch).find(({ mergeQueue }) => mergeQueue)?.mergeQueue;

/** All pull requests of the repository, newest first. */
export function pullsOf(repository: Repository): Pull[] {
  return [...repository.issues.values()].flatMap((issue) => issue.pull ?? []).reverse();
}
