/**
 * Reads workflow and action files with GitHub's own parser into plain data.
 *
 * The parser reports the errors. The data is read from its token tree, because its converted model omits half of a step
 * (`with`, `shell`, `timeout-minutes` …) and stops at the first level of reusable workflows.
 */
import { entries, entry, literalList, literalText, type Template } from './expression.ts';
import { actionParser, ifCondition, workflowConversion, workflowParser } from './github-parser.ts';
import { readTemplate } from './template.ts';

export type FileReference =
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'remote';
      readonly owner: string;
      readonly repository: string;
      readonly path: string;
      readonly version: string;
    };

/** Reads the files of a repository at a commit. The returned `files` resolve `./` inside the file that was read. */
export type WorkflowFiles = {
  read(reference: FileReference): Promise<{ text: string; files: WorkflowFiles } | undefined>;
};

export type Access = 'none' | 'read' | 'write';
export type Permissions = 'read-all' | 'write-all' | { readonly [scope: string]: Access };

export type CallInput = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default: Template | undefined;
  readonly options: readonly string[];
};

export type Trigger = {
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly schedules: readonly { readonly cron: string; readonly timezone: string }[];
  readonly inputs: readonly CallInput[];
  readonly secrets: readonly { name: string; required: boolean }[];
  readonly outputs: readonly (readonly [name: string, value: Template])[];
};

export type Workflow = {
  readonly path: string;
  readonly name: string;
  readonly runName: Template | undefined;
  readonly on: ReadonlyMap<string, Trigger>;
  readonly env: Template | undefined;
  readonly runDefaults: Template | undefined;
  readonly permissions: Permissions | undefined;
  readonly concurrency: Template | undefined;
  readonly jobs: readonly JobSpec[];
};

type JobBase = {
  readonly id: string;
  readonly name: Template | undefined;
  readonly needs: readonly string[];
  readonly condition: string;
  readonly strategy: Template | undefined;
  readonly permissions: Permissions | undefined;
  readonly concurrency: Template | undefined;
};

export type StepsJobSpec = JobBase & {
  readonly kind: 'steps';
  readonly runsOn: Template | undefined;
  readonly env: Template | undefined;
  readonly runDefaults: Template | undefined;
  /** The keys of the job that need containers, which the emulator doesn't support. */
  readonly containers: readonly string[];
  readonly continueOnError: Template | undefined;
  readonly timeoutMinutes: Template | undefined;
  readonly outputs: readonly (readonly [name: string, value: Template])[];
  readonly steps: readonly StepSpec[];
};

export type CallJobSpec = JobBase & {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: Template | undefined;
  readonly secrets: 'inherit' | Template | undefined;
  readonly called: Workflow;
};

export type JobSpec = StepsJobSpec | CallJobSpec;

export type StepSpec = {
  /** The id in `steps.<id>`. Generated ids start with `__`, as in the runner. */
  readonly id: string;
  readonly name: Template | undefined;
  readonly condition: string;
  readonly env: Template | undefined;
  readonly continueOnError: Template | undefined;
  readonly timeoutMinutes: Template | undefined;
  readonly does:
    | {
        readonly kind: 'run';
        readonly script: Template;
        readonly shell: Template | undefined;
        readonly workingDirectory: Template | undefined;
      }
    | { readonly kind: 'uses'; readonly action: string; readonly with: Template | undefined };
};

export type Action = {
  readonly name: string;
  readonly inputs: readonly { name: string; default: Template | undefined }[];
  readonly outputs: readonly (readonly [name: string, value: Template])[];
  readonly runs:
    | {
        readonly kind: 'node';
        readonly main: string;
        readonly pre: string | undefined;
        readonly preIf: string;
        readonly post: string | undefined;
        readonly postIf: string;
      }
    | { readonly kind: 'composite'; readonly steps: readonly StepSpec[] }
    /** Built into the emulator. */
    | { readonly kind: 'upload-artifact' }
    | { readonly kind: 'unsupported'; readonly using: string };
};

/** The maximum depth of nested reusable workflows (GitHub, "Reusing workflows", limitations). */
const MAX_LEVELS = 10;

type ReadResult<Value> = { readonly value: Value | undefined; readonly problems: readonly string[] };

/** The errors of GitHub's parser for a workflow file and the reusable workflows that it calls. */
export async function parseWorkflowFile(path: string, text: string, files: WorkflowFiles): Promise<readonly string[]> {
  return (await readWorkflow(path, text, files)).problems;
}

/** The errors of GitHub's parser for an `action.yml`. */
export function parseActionFile(path: string, text: string): readonly string[] {
  return readAction(path, text).problems;
}

/** Reads a workflow and the workflows that it calls, up to ten levels. `value` is undefined if there are problems. */
export async function readWorkflow(
  path: string,
  text: string,
  files: WorkflowFiles,
  level = 1,
): Promise<ReadResult<Workflow>> {
  const { context, value: root } = workflowParser.parseWorkflow(
    { name: path, content: text },
    new workflowParser.NoOperationTraceWriter(),
  );
  if (!root) return { value: undefined, problems: messages(context) };

  const called = new Map<string, ReadResult<Workflow>>();
  await workflowConversion.convertWorkflowTemplate(
    context,
    root,
    {
      async getFileContent(reference) {
        const found = await files.read(fileReference(reference));
        if (!found) throw new Error('not there');
        return { name: reference.path, content: found.text };
      },
    },
    {
      fetchReusableWorkflowDepth: 1,
      maxReusableWorkflowDepth: MAX_LEVELS,
      errorPolicy: workflowConversion.ErrorPolicy.ReturnErrorsOnly,
    },
  );
  const problems = messages(context);
  if (problems.length > 0) return { value: undefined, problems };

  const template = readTemplate(root, text);
  for (const [, job] of entries(entry(template, 'jobs'))) {
    const uses = literalText(entry(job, 'uses'));
    if (uses === undefined || called.has(uses)) continue;
    if (level >= MAX_LEVELS) return { value: undefined, problems: [`${path}: more than ${MAX_LEVELS} levels`] };
    const reference = parseUses(uses);
    const file = await files.read(reference);
    if (!file) return { value: undefined, problems: [`${path}: ${uses} is not there`] };
    const nested = await readWorkflow(reference.path, file.text, file.files, level + 1);
    if (!nested.value) return { value: undefined, problems: nested.problems };
    called.set(uses, nested);
  }
  const workflow = workflowOf(path, template, called);
  return { value: workflow, problems: [] };
}

/** Reads an action's metadata. `value` is undefined if there are problems. */
export function readAction(path: string, text: string): ReadResult<Action> {
  const { context, value: root } = actionParser.parseAction(
    { name: path, content: text },
    new workflowParser.NoOperationTraceWriter(),
  );
  if (!root) return { value: undefined, problems: messages(context) };
  actionParser.convertActionTemplate(context, root);
  const problems = messages(context);
  if (problems.length > 0) return { value: undefined, problems };
  return { value: actionOf(readTemplate(root, text)), problems };
}

/** `./x.yml`, `$/x.yml` or `owner/name/x.yml@version`. */
export function parseUses(uses: string): FileReference {
  if (uses.startsWith('./') || uses.startsWith('$/')) return { kind: 'local', path: uses.slice(2) };
  const [, owner = '', repository = '', path = '', version = ''] =
    /^([^/@]+)\/([^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses) ?? [];
  return { kind: 'remote', owner, repository, path, version };
}

function fileReference(
  reference: { path: string } | { path: string; owner: string; repository: string; version: string },
): FileReference {
  if (!('repository' in reference)) return { kind: 'local', path: reference.path };
  const { owner, repository, path, version } = reference;
  return { kind: 'remote', owner, repository, path, version };
}

function messages(context: { errors: { getErrors(): { message: string }[] } }): readonly string[] {
  return context.errors.getErrors().map(({ message }) => message);
}

function workflowOf(path: string, root: Template, called: ReadonlyMap<string, ReadResult<Workflow>>): Workflow {
  return {
    path,
    name: literalText(entry(root, 'name')) ?? path,
    runName: entry(root, 'run-name'),
    on: triggersOf(entry(root, 'on')),
    env: entry(root, 'env'),
    runDefaults: entry(entry(root, 'defaults'), 'run'),
    permissions: permissionsOf(entry(root, 'permissions')),
    concurrency: entry(root, 'concurrency'),
    jobs: entries(entry(root, 'jobs')).map(([id, job]) => jobOf(id, job, called)),
  };
}

function triggersOf(on: Template | undefined): Map<string, Trigger> {
  const names = literalList(on);
  if (names) return new Map(names.map((name) => [name, triggerOf(undefined)]));
  return new Map(entries(on).map(([name, value]) => [name, triggerOf(value)]));
}

function triggerOf(value: Template | undefined): Trigger {
  const filters: Record<string, readonly string[]> = {};
  for (const [key, item] of entries(value)) {
    const list = literalList(item);
    if (list) filters[key] = list;
  }
  return {
    filters,
    schedules: (value?.kind === 'list' ? value.items : []).map((item) => ({
      cron: literalText(entry(item, 'cron')) ?? '',
      timezone: literalText(entry(item, 'timezone')) ?? 'UTC',
    })),
    inputs: entries(entry(value, 'inputs')).map(([name, input]) => inputOf(name, input)),
    secrets: entries(entry(value, 'secrets')).map(([name, secret]) => ({
      name,
      required: literalText(entry(secret, 'required')) === 'true',
    })),
    outputs: entries(entry(value, 'outputs')).flatMap(([name, output]): [string, Template][] => {
      const of = entry(output, 'value');
      return of ? [[name, of]] : [];
    }),
  };
}

function inputOf(name: string, input: Template): CallInput {
  const type = literalText(entry(input, 'type')) ?? 'string';
  return {
    name,
    type: type === 'boolean' || type === 'number' || type === 'choice' || type === 'environment' ? type : 'string',
    required: literalText(entry(input, 'required')) === 'true',
    default: entry(input, 'default'),
    options: literalList(entry(input, 'options')) ?? [],
  };
}

function permissionsOf(template: Template | undefined): Permissions | undefined {
  if (!template) return undefined;
  const shorthand = literalText(template);
  if (shorthand === 'read-all' || shorthand === 'write-all') return shorthand;
  const permissions: Record<string, Access> = {};
  for (const [scope, value] of entries(template)) {
    const access = literalText(value);
    permissions[scope] = access === 'read' || access === 'write' ? access : 'none';
  }
  return permissions;
}

function jobOf(id: string, job: Template, called: ReadonlyMap<string, ReadResult<Workflow>>): JobSpec {
  const base: JobBase = {
    id,
    name: entry(job, 'name'),
    needs: literalList(entry(job, 'needs')) ?? [],
    condition: conditionOf(entry(job, 'if')),
    strategy: entry(job, 'strategy'),
    permissions: permissionsOf(entry(job, 'permissions')),
    concurrency: entry(job, 'concurrency'),
  };
  const uses = literalText(entry(job, 'uses'));
  const workflow = uses === undefined ? undefined : called.get(uses)?.value;
  if (uses !== undefined && workflow) {
    const secrets = entry(job, 'secrets');
    return {
      ...base,
      kind: 'call',
      uses,
      with: entry(job, 'with'),
      secrets: literalText(secrets) === 'inherit' ? 'inherit' : secrets,
      called: workflow,
    };
  }
  return {
    ...base,
    kind: 'steps',
    runsOn: entry(job, 'runs-on'),
    env: entry(job, 'env'),
    runDefaults: entry(entry(job, 'defaults'), 'run'),
    containers: ['container', 'services', 'snapshot'].filter((key) => entry(job, key) !== undefined),
    continueOnError: entry(job, 'continue-on-error'),
    timeoutMinutes: entry(job, 'timeout-minutes'),
    outputs: entries(entry(job, 'outputs')),
    steps: stepsOf(entry(job, 'steps')),
  };
}

function stepsOf(template: Template | undefined): StepSpec[] {
  if (template?.kind !== 'list') return [];
  const taken = new Set<string>();
  return template.items.map((step) => {
    const uses = literalText(entry(step, 'uses'));
    const run = entry(step, 'run');
    const wanted = literalText(entry(step, 'id')) ?? `__${uses === undefined ? 'run' : stepNameOf(uses)}`;
    let id = wanted;
    for (let again = 2; taken.has(id); again += 1) id = `${wanted}_${again}`;
    taken.add(id);
    return {
      id,
      name: entry(step, 'name'),
      condition: conditionOf(entry(step, 'if')),
      env: entry(step, 'env'),
      continueOnError: entry(step, 'continue-on-error'),
      timeoutMinutes: entry(step, 'timeout-minutes'),
      does:
        uses === undefined
          ? {
              kind: 'run',
              script: run ?? { kind: 'literal', value: '' },
              shell: entry(step, 'shell'),
              workingDirectory: entry(step, 'working-directory'),
            }
          : { kind: 'uses', action: uses, with: entry(step, 'with') },
    };
  });
}

function stepNameOf(uses: string): string {
  if (uses.startsWith('./') || uses.startsWith('$/')) return 'self';
  return (uses.split('@')[0] ?? '').split('/').slice(0, 2).join('_');
}

/** The condition. As on GitHub, `success() &&` is prepended if it has no status function. */
function conditionOf(template: Template | undefined): string {
  const text = template?.kind === 'expression' ? template.text : (literalText(template) ?? '').trim();
  if (text === '') return 'success()';
  return ifCondition.ensureStatusFunction(text, STATUS_CONTEXT);
}

// Only the names matter here, because the parser has already checked the expression.
const allowedContext = [
  ...'github env vars job jobs steps runner secrets strategy matrix needs inputs'.split(' '),
  ...['success', 'failure', 'always', 'cancelled', 'hashFiles'].map((name) => `${name}(0,MAX)`),
];
const STATUS_CONTEXT = { allowedContext } as Parameters<typeof ifCondition.ensureStatusFunction>[1];

function actionOf(root: Template): Action {
  const runs = entry(root, 'runs');
  const using = literalText(entry(runs, 'using')) ?? '';
  const path = (key: string) => literalText(entry(runs, key));
  const condition = (key: string) => {
    const template = entry(runs, key);
    return (template?.kind === 'expression' ? template.text : literalText(template)?.trim()) || 'always()';
  };
  return {
    name: literalText(entry(root, 'name')) ?? '',
    inputs: entries(entry(root, 'inputs')).map(([name, input]) => ({ name, default: entry(input, 'default') })),
    outputs: entries(entry(root, 'outputs')).flatMap(([name, output]): [string, Template][] => {
      const value = entry(output, 'value');
      return value ? [[name, value]] : [];
    }),
    runs:
      using === 'composite'
        ? { kind: 'composite', steps: stepsOf(entry(runs, 'steps')) }
        : /^node\d+$/.test(using)
          ? {
              kind: 'node',
              main: path('main') ?? '',
              pre: path('pre'),
              preIf: condition('pre-if'),
              post: path('post'),
              postIf: condition('post-if'),
            }
          : { kind: 'unsupported', using },
  };
}
