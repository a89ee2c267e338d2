/**
 * Other people's texts, and what Swarm reads in them (SPEC R1.9). Each text has a snapshot in `read/` that its author should
 * be able to agree with: what was taken from which line, what it means, and what is wrong.
 *
 * Issues and epics begin with a title and labels, as in a mail. The lines in a snapshot are counted below that head, as on
 * GitHub. To add a text, write it in our own words, run `npx vitest run test/corpus -u`, and read what came of it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPersona, readSkill } from '../../src/brief/instructions.ts';
import { planLines, readPlanOf } from '../../src/cli/plan.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import { type KnownInstructions, SHIPPED_PERSONAS } from '../../src/core/model/instructions.ts';
import type { Plan } from '../../src/core/model/plan.ts';
import type { Diagnostic } from '../../src/core/model/problem.ts';
import type { Issue } from '../../src/core/model/snapshot.ts';
import { planEpic } from '../../src/core/plan/planner.ts';
import { refText } from '../../src/core/text/markdown.ts';
import { readTasks } from '../../src/core/text/spec.ts';
import { Store } from '../../src/git/store.ts';
import { previewBrief } from '../../src/segment/preview.ts';
import { sayProblem } from '../../src/words/problems.ts';
import { readingLines } from '../../src/words/readings.ts';
import { issue as openIssue } from '../core/facts.ts';

type Kind = 'epics' | 'issues' | 'personas' | 'plans' | 'skills';

interface Text {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const textsOf = (kind: Kind): readonly Text[] =>
  readdirSync(join(import.meta.dirname, kind))
    .sort()
    .map((file) => {
      const path = join(import.meta.dirname, kind, file);
      return { name: basename(file).replace(/\.\w+$/, ''), path, text: readFileSync(path, 'utf8') };
    });

const snapshotOf = (kind: Kind, name: string): string => join(import.meta.dirname, 'read', kind, `${name}.txt`);

/** `Title: …`, `Labels: a, b`, an empty line, and the body. */
function mailOf(text: string): Pick<Issue, 'title' | 'labels' | 'body'> {
  const end = text.indexOf('\n\n');
  const head = new Map(
    text
      .slice(0, end)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const labels = (head.get('Labels') ?? '').split(',').map((label) => label.trim());
  return { title: head.get('Title') ?? '', labels: labels.filter((label) => label !== ''), body: text.slice(end + 2) };
}

const EPIC = 12;

/** The plan of an epic #12 with these issues. */
const planOf = (
  epic: Pick<Issue, 'title' | 'body' | 'labels'>,
  issues: readonly Issue[],
  instructions?: KnownInstructions,
): Plan =>
  planEpic({
    epic: openIssue(EPIC, epic),
    issues,
    others: [],
    config: defaultConfig(),
    fixes: {},
    ...(instructions ? { instructions } : {}),
  });

const PLAIN_EPIC = { title: 'The epic', body: 'See the sub-issues.', labels: [] };

const problemLines = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ level, problem }) => {
    const { what, why, next, code } = sayProblem(problem, { form: 'plain' });
    return `${level} ${code}: ${what} ${why} ${next}`;
  });

/** Everything that Swarm makes of the segments, in a form that a person can check against the text. */
function understood(plan: Plan): string {
  const segments = plan.segments.flatMap(({ number, spec, blockedBy, branch }) => {
    const waits = [...blockedBy.map((on) => `#${on}`), ...(plan.waitsOutside[number] ?? []).map(refText)];
    return [
      `#${number} → ${branch}${waits.length === 0 ? '' : `, after ${waits.join(', ')}`}`,
      ...(spec.files.length === 0 ? [] : [`  files (${spec.filesFrom}): ${spec.files.join('  ')}`]),
      ...spec.criteria.map(
        ({ id, text, line, state }) => `  ${id}, line ${line}, ${state}: ${text.replaceAll('\n', '⏎')}`,
      ),
    ];
  });
  return `${[...readingLines(plan), '', ...segments, '', ...problemLines(plan.diagnostics)].join('\n').trim()}\n`;
}

const all = (['epics', 'issues', 'personas', 'plans', 'skills'] as const).map((kind) => [kind, textsOf(kind)] as const);
const issues = textsOf('issues');
const segmentOf = (mail: Pick<Issue, 'title' | 'labels' | 'body'>): Issue => ({
  ...openIssue(14, mail),
  parent: issueNumber(EPIC),
});

it('has at least 60 texts, of every kind', () => {
  expect(all.reduce((sum, [, texts]) => sum + texts.length, 0)).toBeGreaterThanOrEqual(60);
  for (const [kind, texts] of all) expect(texts.length, kind).toBeGreaterThan(2);
});

it('has a snapshot of each text, and no other', () => {
  for (const [kind, texts] of all) {
    const found = readdirSync(join(import.meta.dirname, 'read', kind)).sort();
    expect(found).toEqual(texts.map(({ name }) => `${name}.txt`).sort());
  }
});

describe('an issue', () => {
  it.each(issues)('$name', async ({ name, text }) => {
    await expect(understood(planOf(PLAIN_EPIC, [segmentOf(mailOf(text))]))).toMatchFileSnapshot(
      snapshotOf('issues', name),
    );
  });
});

describe('an epic', () => {
  it.each(textsOf('epics'))('$name', async ({ name, text }) => {
    const epic = mailOf(text);
    const listed = readTasks(epic.body, { owner: 'octo', name: 'shop' }).items;
    const plan = planOf(
      epic,
      listed.map(({ number }) =>
        openIssue(number, { title: `Part ${number}`, body: `Change src/part${number}/x.ts.` }),
      ),
    );
    await expect(`Source: ${plan.source}\n\n${understood(plan)}`).toMatchFileSnapshot(snapshotOf('epics', name));
  });
});

describe('a plan file', () => {
  it.each(textsOf('plans'))('$name', async ({ name, path }) => {
    const said = await readPlanOf(path, defaultConfig()).then(
      ({ epic, plan }) => [...planLines(epic.title, plan), '', understood(plan)].join('\n'),
      (fault: Error) => `${fault.message}\n`,
    );
    await expect(said.replaceAll(path, `${name}.yml`)).toMatchFileSnapshot(snapshotOf('plans', name));
  });
});

describe('a persona', () => {
  it.each(textsOf('personas'))('$name', async ({ name, text }) => {
    const read = readPersona(name, `.claude/agents/${name}.md`, Buffer.from(text));
    await expect(`${JSON.stringify(read, null, 2)}\n`).toMatchFileSnapshot(snapshotOf('personas', name));
  });
});

describe('a skill', () => {
  it.each(textsOf('skills'))('$name', async ({ name, text }) => {
    const read = readSkill(name, `.agents/skills/${name}/SKILL.md`, Buffer.from(text));
    await expect(`${JSON.stringify(read, null, 2)}\n`).toMatchFileSnapshot(snapshotOf('skills', name));
  });
});

// ── What planning accepts, a run can brief ──────────────────────────────────────────────────────────────────────────

describe('a segment that planning accepts', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'swarm-corpus-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

  /** Those that can be read. The others end a run before an agent is asked. */
  const personas = textsOf('personas').filter(
    ({ name, text }) => readPersona(name, undefined, Buffer.from(text)).kind === 'read',
  );
  const skills = textsOf('skills').filter(({ name, text }) => readSkill(name, '', Buffer.from(text)).kind === 'read');
  const known: KnownInstructions = {
    personas: [...personas.map(({ name }) => name), ...SHIPPED_PERSONAS],
    skills: skills.map(({ name }) => name),
  };
  let store: Store;
  let base: string;
  beforeAll(async () => {
    store = await Store.make(scratch);
    const blob = (text: string): Promise<string> => store.text(['hash-object', '-w', '--stdin'], { input: text });
    const tree = (lines: readonly string[]): Promise<string> =>
      store.text(['mktree'], { input: lines.map((line) => `${line}\n`).join('') });
    const agents: string[] = [];
    for (const { name, text } of personas) agents.push(`100644 blob ${await blob(text)}\t${name}.md`);
    const folders: string[] = [];
    for (const { name, text } of skills) {
      folders.push(`040000 tree ${await tree([`100644 blob ${await blob(text)}\tSKILL.md`])}\t${name}`);
    }
    const claude = [`040000 tree ${await tree(agents)}\tagents`, `040000 tree ${await tree(folders)}\tskills`];
    base = await tree([`040000 tree ${await tree(claude)}\t.claude`]);
  });

  /** Any text of the corpus, with some of its lines left out, and any persona and skills, right and wrong ones. */
  const written = fc
    .record({
      text: fc.constantFrom(...issues),
      without: fc.array(fc.nat(40), { maxLength: 4 }),
      persona: fc.option(fc.constantFrom(...known.personas, 'nobody', 'Senior Dev', 'empty-body')),
      skills: fc.subarray([...known.skills, 'unknown']),
    })
    .map(({ text, without, persona, skills: named }) => {
      const mail = mailOf(text.text);
      const lines = mail.body.split('\n').filter((_, at) => !without.includes(at));
      const front = named.length > 0 && lines[0] !== '---' ? ['---', `skills: [${named.join(', ')}]`, '---'] : [];
      return {
        title: mail.title,
        labels: [...mail.labels, ...(persona ? [`persona:${persona}`] : [])],
        body: [...front, ...lines].join('\n'),
      };
    });

  it('gets a brief with its whole task, and no problem with its text, persona or skills (R1.9)', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(written, async (mail) => {
        const issue = segmentOf(mail);
        const plan = planOf(PLAIN_EPIC, [issue], known);
        const [segment] = plan.segments;
        if (!segment || plan.diagnostics.some(({ level }) => level === 'error')) return;
        accepted++;
        const brief = await previewBrief({
          ...{ store, base, segment, config: defaultConfig(), repository: 'octo/shop', baseBranch: 'main' },
          text: { title: issue.title, body: issue.body },
          epic: { number: issueNumber(EPIC), title: PLAIN_EPIC.title, body: PLAIN_EPIC.body },
        });
        if (brief.kind === 'problem') throw new Error(sayProblem(brief.problem, { form: 'plain' }).what);
        for (const { id } of segment.spec.criteria) expect(brief.text).toContain(`${id}: `);
        for (const glob of segment.spec.files) expect(brief.text).toContain(glob);
        for (const skill of segment.spec.skills) expect(brief.text).toContain(skill);
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(10);
  });
});
