/** Facts derived from a repository's record: roles, the rules for a branch, its pull requests. */
import type { BranchRule, Pull, Repository, Role, User } from './records.ts';

/** A person's role in a repository. Everyone can read a public repository. */
export function roleIn(repository: Repository, user: User): Role | null {
  if (repository.owner.id === user.id) return 'admin';
  const role = repository.collaborators.get(user.id);
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

/** The rules that apply to a branch. */
export function rulesFor(repository: Repository, branch: string): BranchRule[] {
  return repository.rules.filter(
    (rule) =>
      rule.branch === '~ALL' ||
      rule.branch === branch ||
      (rule.branch === '~DEFAULT_BRANCH' && branch === repository.defaultBranch),
  );
}

/** All pull requests of the repository, newest first. */
export function pullsOf(repository: Repository): Pull[] {
  return [...repository.issues.values()].flatMap((issue) => issue.pull ?? []).reverse();
}
