/**
 * The steps of the installed workflows that set up tools, compared with the versions that the repository asks for.
 *
 * Pure: texts in, advice out. The jobs have no checkout, because Swarm fetches the code itself. So a step has to name its
 * version: an input such as `node-version-file` finds no file.
 */
import { readYaml } from '#yaml/read';
import { nameOf, tableOf, textsOf, YAML_BYTES } from '../workspace.ts';
import { type Asked, type AskedSetup, fits, isMinimum } from './versions.ts';

/** The jobs in which gates run. */
const JOBS = [
  { file: 'segment.yml', job: 'work' },
  { file: 'segment.yml', job: 'verify' },
  { file: 'swarm.yml', job: 'calibrate' },
] as const;

const FOLDER = '.github/workflows/';
export const isWorkflow = (path: string): boolean =>
  path.startsWith(FOLDER) && /^[^/]+\.ya?ml$/.test(path.slice(FOLDER.length));

export interface JobSetup {
  readonly file: string;
  readonly job: string;
  /**
   * `unclear`: a step is about the tool, but its version cannot be compared. `no file`: its version is in a file, and the job
   * has no checkout. `no job`: the workflow is not installed, or cannot be read.
   */
  readonly has: 'this version' | 'another version' | 'unclear' | 'no file' | 'nothing' | 'no job';
  /** As the step writes it. */
  readonly given?: string;
}

export interface ToolSetup extends Asked {
  /** Other files that ask for another version. */
  readonly against: readonly Asked[];
  /** True if Swarm fetches this version where the machine has none. */
  readonly isHonoured: boolean;
  readonly jobs: readonly JobSetup[];
  /** A step is missing in one of these jobs, or sets up something else. */
  readonly isLacking: boolean;
  /** The step for these jobs, as YAML; undefined if Swarm knows none. */
  readonly step?: string;
}

/** @param texts of all workflows, by path. */
export function compareSetup({ asked }: AskedSetup, texts: ReadonlyMap<string, string>): readonly ToolSetup[] {
  const jobs = JOBS.map((each) => ({ ...each, steps: stepsOf(texts.get(`${FOLDER}${each.file}`), each.job) }));
  const workflows = [...texts].filter(([file]) => isWorkflow(file));
  const byTool = Map.groupBy(asked, ({ tool }) => tool);
  return [...byTool].flatMap(([tool, all]) => {
    const [first] = all;
    // It comes with the step for Elixir.
    if (!first || (tool === 'erlang' && byTool.has('elixir'))) return [];
    const step = stepFor(first, byTool.get('erlang')?.[0]?.version, workflows);
    const isHonoured = nameOf(first.file) === 'package.json' && tool !== 'node';
    const found = jobs.map(({ file, job, steps }): JobSetup => {
      return { file, job, ...(steps ? setUpIn(steps, first) : { has: 'no job' }) };
    });
    const isMissing = isMinimum(first.version) ? [] : MISSING;
    const faults: readonly JobSetup['has'][] = ['another version', 'no file', ...isMissing];
    return [
      {
        ...first,
        against: all.filter(({ version }) => fits(version, first.version) === false),
        isHonoured,
        jobs: found,
        isLacking: !isHonoured && found.some(({ has }) => faults.includes(has)),
        ...(step === undefined ? {} : { step }),
      },
    ];
  });
}

const MISSING = ['nothing', 'no job'] as const;

// --- steps that are there -----------------------------------------------------------------------------------------------

type Step = Readonly<Record<string, unknown>>;

function stepsOf(text: string | undefined, job: string): readonly Step[] | undefined {
  const yaml = text === undefined ? undefined : readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  const { steps } = yaml?.kind === 'read' ? tableOf(tableOf(tableOf(yaml.value).jobs)[job]) : {};
  return Array.isArray(steps) ? steps.map(tableOf) : undefined;
}

/** Actions that install what files of the repository name, for all tools. */
const MANAGERS = /^(?:jdx\/mise-action|asdf-vm\/actions(?:\/\w+)?)@/;
const RUST = /^(?:dtolnay\/rust-toolchain|actions-rust-lang\/setup-rust-toolchain|actions-rs\/toolchain)@(\S+)/;

function setUpIn(steps: readonly Step[], { tool, version }: Asked): Pick<JobSetup, 'has' | 'given'> {
  const known = ACTIONS.get(tool);
  const hasCheckout = steps.some((step) => /^actions\/checkout@/.test(textsOf(step).uses ?? ''));
  // The last one wins: it comes first on the PATH.
  for (const step of steps.toReversed()) {
    const { uses = '', run = '' } = textsOf(step);
    const inputs = tableOf(step.with);
    if (known && uses.startsWith(`${known.uses}@`)) {
      const given = inputs[known.input];
      const isFile = Object.keys(inputs).some((name) => name.endsWith('version-file'));
      if (given === undefined && isFile) return { has: hasCheckout ? 'unclear' : 'no file' };
      return compared(version, given);
    }
    const rust = tool === 'rust' ? RUST.exec(uses)?.[1] : undefined;
    if (rust !== undefined) return compared(version, inputs.toolchain ?? rust);
    if (MANAGERS.test(uses)) return { has: hasCheckout || inputs.mise_toml !== undefined ? 'unclear' : 'no file' };
    const program = tool === 'rust' ? 'rustup' : tool;
    if (new RegExp(`(?:^|[^\\w.-])${program.replaceAll(/[^\w]/g, '\\$&')}(?:$|[^\\w-])`).test(run)) {
      return run.includes(version) ? { has: 'this version' } : { has: 'unclear' };
    }
  }
  return { has: 'nothing' };
}

function compared(asked: string, given: unknown): Pick<JobSetup, 'has' | 'given'> {
  if (typeof given !== 'string' && typeof given !== 'number') return { has: 'unclear' };
  const text = String(given);
  const fit = asked === text ? true : fits(asked, text);
  return { has: fit === undefined ? 'unclear' : fit ? 'this version' : 'another version', given: text };
}

// --- steps to add -------------------------------------------------------------------------------------------------------

interface Action {
  readonly uses: string;
  /** The version to name where no workflow of the repository uses the action. */
  readonly version: string;
  /** The input with the tool's version. */
  readonly input: string;
  readonly more?: readonly string[];
}

const action = (uses: string, version: string, input: string, ...more: readonly string[]): Action => ({
  ...{ uses, version, input, more },
});

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['node', action('actions/setup-node', 'v6', 'node-version')],
  ['python', action('actions/setup-python', 'v6', 'python-version')],
  ['go', action('actions/setup-go', 'v6', 'go-version', 'cache: false')],
  ['java', action('actions/setup-java', 'v5', 'java-version')],
  ['dotnet', action('actions/setup-dotnet', 'v5', 'dotnet-version')],
  ['ruby', action('ruby/setup-ruby', 'v1', 'ruby-version')],
  ['php', action('shivammathur/setup-php', 'v2', 'php-version')],
  ['deno', action('denoland/setup-deno', 'v2', 'deno-version')],
  ['bun', action('oven-sh/setup-bun', 'v2', 'bun-version')],
  ['pnpm', action('pnpm/action-setup', 'v4', 'version')],
  ['uv', action('astral-sh/setup-uv', 'v6', 'version')],
  ['elixir', action('erlef/setup-beam', 'v1', 'elixir-version')],
]);

/** Names of distributions of Java, as version managers write them → those of `actions/setup-java`. */
const JAVA =
  /^(?:(temurin|zulu|corretto|liberica|microsoft|oracle|semeru|sapmachine|dragonwell)\w*-|[a-z]\w*-)?(\d[\w.+]*)$/;

/** A version in single quotes has to stay one. */
const PLAIN = /^[\w.*<>=~^|+/ -]{1,40}$/;

function stepFor(
  { tool, version }: Asked,
  erlang: string | undefined,
  workflows: readonly (readonly [file: string, text: string])[],
): string | undefined {
  if (!PLAIN.test(version)) return undefined;
  if (tool === 'rust') {
    const install = `rustup toolchain install ${version} --profile minimal --component rustfmt --component clippy`;
    return /^[\w.-]+$/.test(version) ? `- run: ${install} && rustup default ${version}` : undefined;
  }
  const found = ACTIONS.get(tool);
  if (!found) return undefined;
  const inputs = inputsOf(tool, version, found, erlang);
  const ref = usedIn(workflows, found.uses) ?? `${found.uses}@${found.version}`;
  return inputs && [`- uses: ${ref}`, '  with:', ...inputs.map((line) => `    ${line}`)].join('\n');
}

function inputsOf(
  tool: string,
  version: string,
  { input, more = [] }: Action,
  erlang: string | undefined,
): readonly string[] | undefined {
  switch (tool) {
    case 'java': {
      const [, distribution = 'temurin', number] = JAVA.exec(version) ?? [];
      return number === undefined ? undefined : [`distribution: ${distribution}`, `${input}: '${number}'`];
    }
    case 'elixir': {
      const [, own = version, suffix] = /^(.*?)(?:-otp-(\d+))?$/.exec(version) ?? [];
      const otp = erlang ?? suffix;
      return otp === undefined || !PLAIN.test(otp) ? undefined : [`${input}: '${own}'`, `otp-version: '${otp}'`];
    }
    default:
      return [`${input}: '${version}'`, ...more];
  }
}

/** The action as another workflow of the repository names it, so that it stays pinned in the same way. */
function usedIn(workflows: readonly (readonly [file: string, text: string])[], uses: string): string | undefined {
  const line = new RegExp(`\\buses: *(${uses.replaceAll('/', '\\/')}@[\\w./-]+(?: +# ?[\\w. -]{1,40})?)[ \\t]*$`, 'm');
  for (const [, text] of workflows) {
    const found = line.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
