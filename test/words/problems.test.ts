import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueNumber } from '../../src/core/model/epic.ts';
import type { Diagnostic, Problem, ProblemKind } from '../../src/core/model/problem.ts';
import {
  diagnosticsList,
  formatProblem,
  PROBLEM_KINDS,
  problemComment,
  problemPage,
  sayProblem,
} from '../../src/words/problems.ts';
import { nasty } from './nasty.ts';
import { ACTED_ON, html, outsideCode } from './rendered.ts';

const examples = PROBLEM_KINDS.map((kind): [string, Problem] => [kind, problemPage(kind).example]);
const url = 'https://github.com/octo/shop';

describe.each(examples)('%s', (kind, problem) => {
  it('has four parts, and the first is one short sentence (R8.3)', () => {
    const { what, why, next, docs, code } = sayProblem(problem, { form: 'plain', segment: 14 });
    expect(code).toBe(kind);
    expect(docs).toMatch(/^docs\/problems\.md#[a-z-]+$/);
    for (const part of [what, why, next]) {
      expect(part).toMatch(/[.?]$/);
      expect(part).not.toMatch(/undefined|NaN|\[object|\s{2}/);
    }
    expect(what.length).toBeLessThanOrEqual(170);
    expect(formatProblem(problem)).toBe(formatProblem(structuredClone(problem)));
  });

  it('holds what others wrote in code', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = outsideCode(problemComment(withText(problem, text), { url }));
        expect(shown).not.toMatch(ACTED_ON);
      }),
      { numRuns: 30 },
    );
  });
});

/** Texts that are of a closed set, and are never somebody's words. */
const CLOSED: Partial<Record<ProblemKind, readonly string[]>> = {
  ACTION_REFUSED: ['policy'],
  BAD_ARGUMENT: ['command', 'expected'],
  BAD_GLOB: ['why'],
  BASE_RULE: ['rule'],
  BRANCH_FORBIDDEN: ['why'],
  BUDGET_SPENT: ['of'],
  FORBIDDEN: ['needs'],
  INSTRUCTIONS_UNREADABLE: ['what'],
  LIMIT_EXCEEDED: ['what'],
  LIST_TOO_LONG: ['list'],
  NOT_NOW: ['command', 'phase'],
  PATCH_LIMIT: ['what'],
  PERMISSION_MISSING: ['lost'],
};

/** The problem with every text in it replaced, its kind and closed words kept. */
const withText = (problem: Problem, text: string): Problem => {
  const closed = new Set(['kind', ...(CLOSED[problem.kind] ?? [])]);
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return closed.has(key) ? value : text;
    if (Array.isArray(value)) return value.map((item) => change(item, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, change(held, name)]));
  };
  return change(problem, '') as Problem;
};

it('the guard can fire', () => {
  expect(outsideCode('hello @everyone')).toMatch(ACTED_ON);
  expect(outsideCode('Fixes #1')).toMatch(ACTED_ON);
  expect(outsideCode('`Fixes #1`')).not.toMatch(ACTED_ON);
});

it('a cycle reads as the design says', () => {
  expect(formatProblem(problemPage('EPIC_CYCLE').example)).toMatchInlineSnapshot(`
    "The epic cannot be ordered: #14 → #17 → #14 wait for each other.  [EPIC_CYCLE]
    Why   #14 is blocked by #17 (its "Blocked by" link); #17 is blocked by #14 (its text, line 3: "Blocked-by: #14").
    Next  Remove one of these dependencies. Swarm checks again automatically.
    Docs  docs/problems.md#epic-cycle"
  `);
});

it('a segment that waits for itself by a task list says where that list is', () => {
  const said = { kind: 'text', line: 4, text: '- [ ] #14 (depends on: #14)', of: issueNumber(12) } as const;
  const link = { from: issueNumber(14), to: issueNumber(14), said };
  const { why } = sayProblem({ kind: 'SELF_DEPENDENCY', at: {}, link }, { form: 'plain', url });
  expect(why).toBe('It is blocked by itself (the text of #12, line 4: "- [ ] #14 (depends on: #14)").');
});

it('a wrong value quotes what was written, lists what is allowed and offers the nearest', () => {
  expect(problemComment(problemPage('SPEC_VALUE').example, { url })).toMatchInlineSnapshot(`
    "#14, line 3: \`worker\` cannot be \`implementer\`. Did you mean \`implementation\`? \`SPEC_VALUE\`

    **Why** It takes \`implementation\`, \`tests\`, \`research\`, \`security\` or \`refactor\`.

    **Next** Correct it in the issue (or its label). Swarm checks again automatically.

    <sub>[docs/problems.md#spec-value](https://github.com/swarm-engineering/swarm/blob/main/docs/problems.md#spec-value)</sub>"
  `);
});

it('the config is linked at its line', () => {
  expect(sayProblem(problemPage('CONFIG_KEY').example, { form: 'markdown', url }).what).toBe(
    '[`.github/swarm.yml:2:1`](https://github.com/octo/shop/blob/HEAD/.github/swarm.yml#L2) has an unknown key: `max_parallel`. Did you mean `max-parallel`?',
  );
});

it('a list of problems tells errors first, and how many more there are', () => {
  const diagnostics: Diagnostic[] = [
    { level: 'warning', problem: problemPage('SPEC_KEY').example },
    { level: 'error', problem: problemPage('EPIC_CYCLE').example },
    ...Array.from({ length: 100 }, () => ({ level: 'error', problem: problemPage('EMPTY_TASK').example }) as const),
  ];
  const lines = html(diagnosticsList(diagnostics, { url }, 10))
    .split('\n')
    .filter((line) => line.startsWith('<li>'));
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('⛔');
  expect(lines[0]).toContain('EPIC_CYCLE');
  expect(lines.at(-1)).toContain('92 more');
});
