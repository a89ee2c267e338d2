/**
 * The plan file: an epic and its segments in one YAML file, from which issues, sub-issues and links are created.
 *
 * Only the schema below knows its keys: it validates the file, and the table in `docs/plan-file.md` is generated from it. A
 * segment's keys become the front matter of its issue, which swarm reads. So a cycle or an unknown worker is not found
 * here but reported on the epic, as for an issue written by hand.
 */
import { z } from 'zod';
import { nearest } from '#core/text/nearest';
import { Fault } from '#words/fault';
import { isMap, isScalar, readYaml } from '#yaml/read';

/** A plan file is refused above this size. */
export const MAX_BYTES = 512 * 1024;

const text = z.string().min(1, 'expected text that is not empty');
const texts = z.array(text);
/** GitHub takes no longer title. */
const title = text.max(256, 'a title has at most 256 characters');
/** `- A parcel can be returned`, or `- RET-1: A parcel can be returned`. */
const criterion = z.union([text, z.record(text, text)], { error: 'expected a sentence, or an id and a sentence' });

/** An id in another tool. It is shown as code, on one line. */
const from = z
  .string()
  .regex(/^[^\s`\p{C}]{1,200}$/u, 'an id has at most 200 characters, without spaces and backticks');

/** The keys of a segment. Other tools' files may carry them along, too. */
export const segmentSchema = z.strictObject({
  title: title.describe('The issue’s title.'),
  body: z
    .string()
    .optional()
    .describe('The issue’s text: the task and the reason for it. Default: the title, if there are no criteria.'),
  type: text.optional().describe('Kind of commit: `feat`, `fix`, `refactor`, `docs`, `test`, `chore`, `perf` …'),
  files: texts.optional().describe('File scope: the globs that the segment may change.'),
  'blocked-by': texts.optional().describe('Names of the segments that must be merged first.'),
  criteria: z
    .array(criterion)
    .optional()
    .describe('Acceptance criteria: one sentence each, optionally with an id (`RET-1: A parcel can be returned`).'),
  slug: text.optional().describe('Name of the branch, after the type. Default: the segment’s name in this file.'),
  scope: text.optional().describe('Scope of the commit message.'),
  worker: text.optional().describe('`implementation`, `tests`, `research`, `security` or `refactor`.'),
  persona: text.optional().describe('The agent’s persona: a file with instructions.'),
  model: text.optional().describe('The agent’s model.'),
  effort: text.optional().describe('The agent’s reasoning effort.'),
  agent: text.optional().describe('The agent, if the config names several.'),
  skills: texts.optional().describe('Skills the agent should read first.'),
  priority: z.number().int().optional().describe('From 0 (critical) to 3 (low).'),
  estimate: text.optional().describe('For the forecast: `20m`, `2h`.'),
  tdd: z.boolean().optional().describe('`true`: a tester writes the tests first, and the agent may not change them.'),
  review: z.boolean().optional().describe('`false`: no council reviews the change.'),
  context: texts.optional().describe('Paths of documents the agent should read.'),
  'conflicts-with': texts.optional().describe('Names of segments that must never run at the same time.'),
  parallel: z.boolean().optional().describe('`false`: no other segment of the epic runs at the same time.'),
  attempts: z.number().int().optional().describe('Not used yet: `attempts` in the config applies to all segments.'),
  labels: texts.optional().describe('Labels of the issue.'),
  from: from
    .optional()
    .describe('Its id in the tool that `swarm import` read; its issue names it, and `swarm export` writes it.'),
});

export const SEGMENT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const shape = {
  epic: z
    .strictObject({
      title: title.describe('The epic’s title.'),
      body: z.string().optional().describe('The epic’s text.'),
      labels: texts.optional().describe('Labels of the epic.'),
      from: from.optional().describe('Its id in the tool that `swarm import` read.'),
    })
    .describe('The parent issue.'),
  segments: z
    .record(
      z.string().regex(SEGMENT_NAME, 'a name has at most 63 characters: lowercase letters, digits and hyphens'),
      segmentSchema,
    )
    .describe('The sub-issues, each under a name that other segments can refer to.'),
  reviewer: z
    .record(z.string(), z.strictObject({ reject: text.describe('What the reviewer asks for.') }))
    .optional()
    .describe('For runs without `--manual`: the pull requests of these segments are rejected once, with these words.'),
};
const schema = z.strictObject(shape);
/** In the text of an issue, that issue is the epic. */
const blockSchema = z.strictObject({ ...shape, epic: shape.epic.optional() });

/** The JSON Schema of the file, for editors. */
export const planFileSchema = (): object => z.toJSONSchema(schema, { io: 'input' });

export interface PlannedSegment {
  readonly name: string;
  /** Its id in another tool. */
  readonly from?: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Names of segments. */
  readonly blockedBy: readonly string[];
  readonly conflictsWith: readonly string[];
  readonly criteria: readonly { readonly id?: string; readonly text: string }[];
  /** Keys of the issue's front matter with their values, in the file's order. */
  readonly spec: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface PlanFile {
  readonly epic: {
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
    /** Its id in another tool. */
    readonly from?: string;
  };
  readonly segments: readonly PlannedSegment[];
  /** Reasons for one rejection each by the automatic reviewer, by segment name. */
  readonly rejections: Readonly<Record<string, string>>;
}

/** Something that is wrong with a plan. */
export interface PlanFault {
  /** From 1; undefined if it concerns the whole. */
  readonly line: number | undefined;
  /** One sentence. */
  readonly says: string;
}

export type CheckedPlan =
  | {
      readonly kind: 'plan';
      readonly plan: PlanFile;
      /** The line of a key, or of its nearest existing parent. */
      readonly lineOf: (path: readonly PropertyKey[]) => number;
      /** Keys at the top. */
      readonly keys: readonly string[];
    }
  | { readonly kind: 'refused'; readonly faults: readonly PlanFault[] };

/**
 * Reads the plan. Throws a `Fault` that lists all errors, each with its line.
 *
 * @param file its name, for the fault.
 */
export function readPlanFile(source: string, file: string): PlanFile {
  const refuse = (errors: readonly string[]): never => {
    const more = errors.length > 10 ? [`… and ${errors.length - 10} more`] : [];
    throw new Fault(
      `The plan file ${file} cannot be read: ${errors[0]}`,
      errors.length === 1
        ? 'Nothing is created from a plan file that has an error.'
        : `All errors:\n      ${[...errors.slice(0, 10), ...more].join('\n      ')}`,
      'Fix the file and try again. docs/plan-file.md lists every key.',
    );
  };
  const checked = checkPlan(source, 'file');
  if (checked.kind === 'plan') return checked.plan;
  return refuse(checked.faults.map(({ line, says }) => (line === undefined ? says : `line ${line}: ${says}`)));
}

/** Reads a plan file, or a block in the text of an epic. */
export function checkPlan(source: string, as: 'file' | 'block'): CheckedPlan {
  const yaml = readYaml(source, { maxBytes: MAX_BYTES });
  if (yaml.kind === 'refused') {
    const faults = yaml.faults.map(({ kind, line, message }) =>
      kind === 'too large'
        ? { line: undefined, says: `it is larger than ${MAX_BYTES} bytes.` }
        : { line, says: `${message}.` },
    );
    return { kind: 'refused', faults };
  }
  const lineOf = (path: readonly PropertyKey[]): number => yaml.lineOf(offsetOf(yaml.contents, path)).line;
  const read = (as === 'file' ? schema : blockSchema).safeParse(yaml.value, { reportInput: true });
  if (!read.success) {
    const faults = read.error.issues.flatMap((issue) =>
      sayIssue(issue, as).map(({ path, says }) => ({ line: lineOf(path), says })),
    );
    return { kind: 'refused', faults };
  }
  const plan = toPlan(read.data);

  const names = plan.segments.map((segment) => segment.name);
  const unknown = (path: readonly PropertyKey[], name: string): PlanFault[] => {
    if (names.includes(name)) return [];
    const like = nearest(name, names);
    return [{ line: lineOf(path), says: `there is no segment "${name}"${like ? `; did you mean "${like}"?` : '.'}` }];
  };
  const faults = [
    ...plan.segments.flatMap(({ name, blockedBy, conflictsWith }) => [
      ...blockedBy.flatMap((blocker) => unknown(['segments', name, 'blocked-by'], blocker)),
      ...conflictsWith.flatMap((other) => unknown(['segments', name, 'conflicts-with'], other)),
    ]),
    ...Object.keys(plan.rejections).flatMap((name) => unknown(['reviewer', name], name)),
  ];
  if (names.length === 0) faults.push({ line: lineOf(['segments']), says: 'an epic needs at least one segment.' });
  return faults.length > 0 ? { kind: 'refused', faults } : { kind: 'plan', plan, lineOf, keys: Object.keys(read.data) };
}

/** The offset of the key, or of its nearest existing parent, in the text. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let offset = 0;
  for (const key of path) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (!pair) break;
    if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

type Issue = z.core.$ZodIssue;

/** The schema's types in words. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

function sayIssue(
  issue: Issue,
  as: 'file' | 'block',
): readonly { readonly path: readonly PropertyKey[]; readonly says: string }[] {
  const path = issue.path.map(String);
  const key = path.join('.');
  const named = key || `the ${as}`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => {
      const known = Object.keys(
        path.length === 0
          ? schema.shape
          : path[0] === 'epic'
            ? schema.shape.epic.shape
            : path[0] === 'segments'
              ? segmentSchema.shape
              : { reject: 0 },
      );
      const like = nearest(unknown, known);
      const hint = like ? `did you mean \`${like}\`?` : `known here: ${known.join(', ')}.`;
      return {
        path: [...issue.path, unknown],
        says: `\`${unknown}\` is not a key${key ? ` of \`${key}\`` : ''}; ${hint}`,
      };
    });
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [{ path: issue.path, says: `\`${named}\` is missing.` }];
  }
  const type = issue.code === 'invalid_type' ? TYPES[issue.expected] : undefined;
  const why =
    issue.code === 'invalid_key'
      ? (issue.issues[0]?.message ?? issue.message)
      : type
        ? `expected ${type}`
        : issue.message.replace(/^Invalid input: /, '');
  return [{ path: issue.path, says: `\`${named}\`: ${why}.` }];
}

function toPlan(read: z.infer<typeof blockSchema>): PlanFile {
  const segments = Object.entries(read.segments).map(([name, segment]): PlannedSegment => {
    const {
      title,
      body,
      labels,
      criteria,
      from,
      'blocked-by': blockedBy,
      'conflicts-with': conflictsWith,
      ...spec
    } = segment;
    const frontMatter: Record<string, string | number | boolean | readonly string[]> = { slug: name };
    for (const [key, value] of Object.entries(spec)) if (value !== undefined) frontMatter[key] = value;
    return {
      name,
      ...(from === undefined ? {} : { from }),
      title,
      body: body ?? '',
      labels: labels ?? [],
      blockedBy: blockedBy ?? [],
      conflictsWith: conflictsWith ?? [],
      criteria: (criteria ?? []).flatMap((entry) =>
        typeof entry === 'string'
          ? [{ text: entry }]
          : Object.entries(entry).map(([id, sentence]) => ({ id, text: sentence })),
      ),
      spec: frontMatter,
    };
  });
  const { title = '', body = '', labels = [], from } = read.epic ?? {};
  return {
    epic: { title, body, labels, ...(from === undefined ? {} : { from }) },
    segments,
    rejections: Object.fromEntries(Object.entries(read.reviewer ?? {}).map(([name, { reject }]) => [name, reject])),
  };
}

/**
 * The text of a segment's issue: front matter, the author's text, and the criteria as a task list.
 *
 * @param numberOf the issue that was created for a name.
 */
export function issueBody(segment: PlannedSegment, numberOf: (name: string) => number | undefined): string {
  const conflicts = segment.conflictsWith.flatMap((name) => numberOf(name) ?? []).map((number) => `#${number}`);
  const spec = conflicts.length > 0 ? { ...segment.spec, 'conflicts-with': conflicts } : segment.spec;
  const lines = Object.entries(spec).flatMap(([key, value]) =>
    Array.isArray(value)
      ? [`${key}:`, ...value.map((item) => `  - ${JSON.stringify(item)}`)]
      : [`${key}: ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`],
  );
  const criteria = segment.criteria.map(({ id, text: sentence }) => `- [ ] ${id ? `${id}: ` : ''}${sentence}`);
  return [
    ['---', ...lines, '---'].join('\n'),
    // An issue without a task is an error.
    segment.body.trim() || (criteria.length === 0 ? segment.title : ''),
    segment.from === undefined ? '' : `Imported from \`${segment.from}\`.`,
    criteria.length > 0 ? ['## Acceptance criteria', '', ...criteria].join('\n') : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** The tables of `docs/plan-file.md`, generated from the schema. */
export function planFileTables(): string {
  const table = (heading: string, shape: Record<string, z.ZodType>): string =>
    [
      `### ${heading}`,
      '',
      '| key | | meaning |',
      '|---|---|---|',
      ...Object.entries(shape).map(
        ([key, type]) =>
          `| \`${key}\` | ${type.safeParse(undefined).success ? '' : 'required'} | ${type.description ?? ''} |`,
      ),
    ].join('\n');
  return [
    table('The file', schema.shape),
    table('`epic`', schema.shape.epic.shape),
    table('`segments`, each', segmentSchema.shape),
  ].join('\n\n');
}
