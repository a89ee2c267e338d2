/**
 * Reads if segments' branches can be made: existing branches that are in their way, and the repository's rules.
 *
 * Without this, a person would learn of it at the end of a run that an agent was paid for. It is read until the first
 * dispatch. GitHub has the last word when the branch is made.
 */
import { type PlannedBlock, readEpic } from '#core/epic/block';
import type { EpicFacts } from '#core/epic/segments';
import type { RepositoryName, Segment } from '#core/model/epic';
import type { Diagnostic } from '#core/model/problem';
import { branchFault } from '#core/text/branch-name';
import { type Client, GitHubRefused, inRepository } from './client.ts';
import { onlyThe } from './lists.ts';
import type { BranchRules } from './pulls/rules.ts';

/** Rules are written for folders of names, so one name stands for the others in its folder. */
const MAX_FOLDERS = 20;
/** How many branches one query asks about. */
const PAGE = 50;

/** The segments that are still open, as their issues read now. */
export function openSegments(facts: EpicFacts & { readonly block?: PlannedBlock }): readonly Segment[] {
  const { segments } = readEpic(facts);
  if (facts.block) return segments;
  const open = new Set(
    [facts.epic, ...facts.issues].filter(({ state }) => state === 'open').map(({ number }) => number),
  );
  return segments.filter(({ number }) => open.has(number));
}

/** The branches of segments, without those with names that git refuses. */
export const branchesToMake = (segments: readonly Segment[]): readonly string[] => [
  ...new Set(segments.flatMap(({ branch }) => (branchFault(branch) ? [] : [branch]))),
];

export async function branchFaults(source: BranchSource, branches: readonly string[]): Promise<readonly Diagnostic[]> {
  const { client, repository } = source;
  const found = await Promise.all([inTheWay(client, repository, branches), forbidden(source, branches)]);
  return found.flat();
}

interface BranchSource {
  readonly client: Client;
  readonly repository: RepositoryName;
  readonly rules: BranchRules;
}

// ── Branches ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `a/b/c` → `a` and `a/b`. */
const foldersOf = (branch: string): readonly string[] =>
  branch.split('/').flatMap((_, at, parts) => (at === 0 ? [] : [parts.slice(0, at).join('/')]));

async function inTheWay(
  client: Client,
  repository: RepositoryName,
  branches: readonly string[],
): Promise<readonly Diagnostic[]> {
  const folders = [...new Set(branches.flatMap(foldersOf))];
  const questions: readonly Question[] = [
    ...folders.map((name) => ({ is: 'above', name }) as const),
    ...branches.map((name) => ({ is: 'below', name }) as const),
  ];
  const pages = Array.from({ length: Math.ceil(questions.length / PAGE) }, (_, at) =>
    questions.slice(at * PAGE, (at + 1) * PAGE),
  );
  const found = await Promise.all(pages.map((page) => there(client, repository, page)));
  return found.flat().map(({ is, name, branch }) => ({
    level: 'error',
    problem: {
      kind: 'BRANCH_IN_WAY',
      there: branch,
      branches: is === 'below' ? [name] : branches.filter((each) => each.startsWith(`${name}/`)),
    },
  }));
}

/** A branch that is a folder of others, or one that has this one as a folder. */
interface Question {
  readonly is: 'above' | 'below';
  readonly name: string;
}

interface Found extends Question {
  /** The branch that is there. */
  readonly branch: string;
}

interface NamedRefs {
  readonly name?: string;
  readonly nodes?: readonly { readonly name: string }[];
}

export const branchQuestions = (page: readonly Question[]) => ({
  text: `query SwarmBranches($owner: String!, $name: String!, ${page.map((_, at) => `$branch${at}: String!`).join(', ')}) {
    repository(owner: $owner, name: $name) {
      id
      ${page
        .map(({ is }, at) =>
          is === 'above'
            ? `branch${at}: ref(qualifiedName: $branch${at}) { name }`
            : `branch${at}: refs(refPrefix: $branch${at}, ${onlyThe('first', 1, 'one branch is enough to be in the way')}) { nodes { name } }`,
        )
        .join('\n      ')}
    }
  }`,
  variables: Object.fromEntries(
    page.map(({ is, name }, at) => [`branch${at}`, `refs/heads/${name}${is === 'below' ? '/' : ''}`]),
  ),
});

async function there(client: Client, repository: RepositoryName, page: readonly Question[]): Promise<readonly Found[]> {
  const { text, variables } = branchQuestions(page);
  const answer = await client.queryWithNulls<{ repository: Readonly<Record<string, NamedRefs | null>> | null }>(text, {
    ...repository,
    ...variables,
  });
  return page.flatMap(({ is, name }, at): readonly Found[] => {
    const seen = answer.repository?.[`branch${at}`];
    if (is === 'above') return seen ? [{ is, name, branch: name }] : [];
    return (seen?.nodes ?? []).map((below) => ({ is, name, branch: `${name}/${below.name}` }));
  });
}

// ── Rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────

async function forbidden(
  { client, repository, rules }: BranchSource,
  branches: readonly string[],
): Promise<readonly Diagnostic[]> {
  const folders = [...Map.groupBy(branches, (branch) => foldersOf(branch).at(-1) ?? '').values()];
  const found = await Promise.all(folders.slice(0, MAX_FOLDERS).map((names) => forbiddenIn(rules, names)));
  const byRule = Map.groupBy(found.flat(), ({ ruleset, why }) => `${ruleset} ${why}`);
  const told = await Promise.all(
    [...byRule.values()].map(async (refusals): Promise<readonly Diagnostic[]> => {
      const [first] = refusals;
      const rule = first && (await bindingRule(client, repository, first.ruleset));
      if (!first || rule === undefined) return [];
      const names = refusals.map(({ branch }) => branch);
      return [{ level: 'error', problem: { kind: 'BRANCH_FORBIDDEN', rule, why: first.why, branches: names } }];
    }),
  );
  return told.flat();
}

interface Refusal {
  readonly branch: string;
  readonly ruleset: number;
  readonly why: 'creation' | 'name';
}

/** @param branches of one folder */
async function forbiddenIn(rules: BranchRules, branches: readonly string[]): Promise<readonly Refusal[]> {
  return (await rules.on(branches[0] ?? '')).flatMap((rule): readonly Refusal[] => {
    const { ruleset_id: ruleset } = rule;
    if (ruleset === undefined) return [];
    if (rule.type === 'creation') return branches.map((branch) => ({ branch, ruleset, why: 'creation' }));
    if (rule.type !== 'branch_name_pattern') return [];
    return branches
      .filter((branch) => !fits(branch, rule.parameters))
      .map((branch) => ({ branch, ruleset, why: 'name' }));
  });
}

interface Pattern {
  readonly operator: string;
  readonly pattern: string;
  readonly negate?: boolean;
}

/**
 * Answers whether a rule accepts a name. A regular expression of somebody else may take forever, so it is left to GitHub: a name
 * that it refuses is refused when the branch is made, and the work is kept.
 */
function fits(branch: string, rule: Pattern | undefined): boolean {
  if (!rule) return true;
  const { operator, pattern, negate = false } = rule;
  switch (operator) {
    case 'starts_with':
      return branch.startsWith(pattern) !== negate;
    case 'ends_with':
      return branch.endsWith(pattern) !== negate;
    case 'contains':
      return branch.includes(pattern) !== negate;
    default:
      return true;
  }
}

/** @returns the name of a ruleset that Swarm may not bypass; undefined if it may, or if GitHub does not say. */
async function bindingRule(client: Client, repository: RepositoryName, id: number): Promise<string | undefined> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
      ...inRepository(repository),
      ruleset_id: id,
    });
    const may = data.current_user_can_bypass;
    return may === 'never' || may === 'pull_requests_only' ? data.name : undefined;
  } catch (error) {
    // A ruleset that the token may not see: GitHub decides later.
    if (error instanceof GitHubRefused && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
