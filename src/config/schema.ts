/**
 * `.github/swarm.yml`, each key once: what it takes, its default, its sentence and an example.
 *
 * From this one place come the validation, the words of a problem ("expected …"), the JSON Schema that editors use
 * (`swarm.schema.json`) and the reference page (`docs/config.md`); a house test keeps the generated ones fresh.
 */
import { z } from 'zod';
import {
  AGENT_KINDS,
  type AgentChoice,
  type AgentKind,
  type Config,
  DEFAULT_LABELS,
  type LabelKey,
  PRESETS,
  ROLES,
  type Role,
  UNNAMED_AGENT,
} from '#core/model/config';
import { EFFORTS, WORKERS, type Worker } from '#core/model/epic';

/** The files a repository may use, one of them. */
export const CONFIG_FILES = ['.github/swarm.yml', '.github/swarm.yaml'] as const;

/** What a key takes, in words that finish "expected …". */
export const expectations = z.registry<{ readonly expects: string }>();

interface Told {
  readonly says: string;
  readonly expects: string;
  readonly example?: unknown;
}

const key = <Schema extends z.ZodType>(schema: Schema, { says, expects, example }: Told): Schema => {
  const described = schema.meta({ description: says, ...(example === undefined ? {} : { examples: [example] }) });
  expectations.add(described, { expects });
  return described;
};

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values);
const whole = (from: number, to: number) => z.int().min(from).max(to);
const within = (from: number, to: number): string => `a whole number from ${from} to ${to}`;

const MAX_MINUTES = 350;
const DURATION = /^([1-9][0-9]{0,3})(m|h)$/;
// No transform in here: a schema that changes what it reads has no default and no example in JSON Schema.
const duration = z
  .union([whole(1, MAX_MINUTES), z.string().regex(DURATION)])
  .refine((written) => minutesOf(written) <= MAX_MINUTES);
const minutesOf = (written: number | string): number => {
  if (typeof written === 'number') return written;
  const [, amount, unit] = DURATION.exec(written) ?? [];
  return Number(amount) * (unit === 'h' ? 60 : 1);
};
const DURATION_EXPECTS = `minutes (1 to ${MAX_MINUTES}), or a text like 20m or 2h`;

const argv = z.array(z.string().min(1).max(2_000)).min(1).max(100);
const ARGV_EXPECTS = 'a list: the program, then each argument by itself; a shell line in one text is not taken';

/** Characters that no path of ours has; what a glob means beyond that is `core/scope/scope.ts`. */
const pathGlob = z
  .string()
  .min(1)
  .max(512)
  .refine((glob) => !/^[/~!]|^[a-zA-Z]:|\\|[\x00-\x1f]|(?:^|\/)\.\.(?:\/|$)/.test(glob));
const GLOBS_EXPECTS = 'a list of globs relative to the repository, such as docs/**, without .. or a leading / or !';

/** What an agent or a gate must never be handed (threats §6.3): the runner's own channels, tokens, loader hooks. */
const NEVER_INHERITED =
  /^(?:ACTIONS_|INPUT_|GITHUB_(?:TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$|GH_TOKEN$|RUNNER_|GIT_|NODE_OPTIONS$|LD_|DYLD_|BASH_ENV$|ENV$|PYTHONSTARTUP$|npm_config_)/i;
const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)
  .refine((name) => !NEVER_INHERITED.test(name));

const gate = z.strictObject({
  run: key(argv.optional(), {
    says: 'The command, run without a shell.',
    expects: ARGV_EXPECTS,
    example: ['npm', 'test'],
  }),
  off: key(z.boolean().optional(), {
    says: 'Leaves this gate out; the pull request says so.',
    expects: 'true or false',
    example: true,
  }),
  timeout: key(duration.optional(), {
    says: 'How long it may take.',
    expects: DURATION_EXPECTS,
    example: '15m',
  }),
  env: key(z.record(variableName, z.string().max(4_000)).optional(), {
    says: 'Variables set for it.',
    expects: 'names with texts; names of the runner, of git and of tokens are not taken',
    example: { TZ: 'UTC' },
  }),
  directory: key(pathGlob.optional(), {
    says: 'Where it runs, relative to the repository.',
    expects: 'a directory inside the repository',
    example: 'packages/api',
  }),
});

const amount = z.number().min(0).max(100_000);
const AMOUNT_EXPECTS = 'an amount in US dollars, 0 or more';

const AGENT_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const agentName = z.string().regex(AGENT_NAME);
const AGENT_NAME_EXPECTS = `the name of an agent: ${PRESETS.join(', ')}, or one under agents`;

const agentEntry = z.strictObject({
  kind: key(oneOf(AGENT_KINDS).optional(), {
    says: "How it is run: as a preset, by the Agent Client Protocol, or by swarm's contract for any program. The preset of its name where it has one's, else `command`.",
    expects: AGENT_KINDS.join(', '),
    example: 'acp',
  }),
  command: key(argv.optional(), {
    says: 'Its program; a preset has one, which this replaces. Run without a shell.',
    expects: ARGV_EXPECTS,
    example: ['goose', 'acp'],
  }),
  model: key(
    z
      .string()
      .regex(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/)
      .optional(),
    {
      says: 'Its model, where the segment names none.',
      expects: "a model's name, at most 100 characters",
      example: 'sonnet',
    },
  ),
  effort: key(oneOf(EFFORTS).optional(), {
    says: 'How hard it thinks, where the segment does not say and the agent can be told.',
    expects: EFFORTS.join(', '),
    example: 'high',
  }),
  'max-turns': key(whole(1, 10_000).optional(), {
    says: 'Rounds with its model in one call, where it tells them.',
    expects: within(1, 10_000),
    example: 80,
  }),
  budget: key(z.number().positive().max(100_000).optional(), {
    says: 'US dollars for one call, where it tells what it costs or `price` says it.',
    expects: 'an amount in US dollars above 0',
    example: 5,
  }),
  price: key(
    z
      .strictObject({
        input: key(amount, { says: 'For a million tokens it reads.', expects: AMOUNT_EXPECTS, example: 1.25 }),
        output: key(amount, { says: 'For a million tokens it writes.', expects: AMOUNT_EXPECTS, example: 10 }),
        cached: key(amount.optional(), {
          says: "For a million of the tokens it reads that come from its provider's cache; as `input` where it is not set.",
          expects: AMOUNT_EXPECTS,
          example: 0.125,
        }),
      })
      .optional(),
    {
      says: 'What its tokens cost in US dollars, by the million: how budgets bind an agent that tells tokens and no money. Where it is set, it counts instead of what the agent tells.',
      expects: 'amounts in US dollars for input and output, and for cached if you like',
      example: { input: 1.25, output: 10, cached: 0.125 },
    },
  ),
  timeout: key(duration.optional(), {
    says: 'How long one call may take; the `timeout` of the segment holds besides.',
    expects: DURATION_EXPECTS,
    example: '30m',
  }),
  environment: key(z.array(variableName).max(100).optional(), {
    says: 'Variables of the job that only its own process may see: its key. A preset knows the names of its own.',
    expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
    example: ['ANTHROPIC_API_KEY'],
  }),
});

const role = (of: Role, says: string) =>
  key(agentName.optional(), { says, expects: AGENT_NAME_EXPECTS, example: of === 'reviewer' ? 'codex' : 'claude' });

const workerCap = (of: Worker, otherwise: number) =>
  key(whole(1, 256).default(otherwise), {
    says: `Segments of worker \`${of}\` at once.`,
    expects: within(1, 256),
    example: otherwise,
  });

const LABEL_KEYS = Object.keys(DEFAULT_LABELS) as [LabelKey, ...LabelKey[]];

export const configSchema = z
  .strictObject({
    mode: key(oneOf(['agentic', 'collaborative']).default('agentic'), {
      says: 'Runs by itself, or shows the plan and waits for an approval before each wave.',
      expects: 'agentic or collaborative',
      example: 'collaborative',
    }),
    schedule: key(oneOf(['waves', 'eager']).default('waves'), {
      says: 'Starts a segment when the wave before is merged and calibrated, or as soon as its own blockers are merged.',
      expects: 'waves or eager',
      example: 'eager',
    }),
    'max-parallel': key(z.union([whole(1, 256), z.literal('auto')]).default(8), {
      says: 'Segments in flight at once; `auto` is one per track.',
      expects: 'a whole number from 1 to 256, or auto',
      example: 4,
    }),
    workers: key(
      z
        .strictObject({
          implementation: workerCap('implementation', 4),
          tests: workerCap('tests', 4),
          research: workerCap('research', 8),
          security: workerCap('security', 2),
          refactor: workerCap('refactor', 4),
        })
        .prefault({}),
      {
        says: 'Segments of each worker in flight at once.',
        expects: `whole numbers by worker (${WORKERS.join(', ')})`,
        example: { implementation: 2 },
      },
    ),
    base: key(z.string().min(1).max(255).optional(), {
      says: 'The branch that segments start from and merge into; the default branch where it is not set.',
      expects: 'the name of a branch',
      example: 'develop',
    }),
    branch: key(
      z
        .string()
        .min(1)
        .max(200)
        .refine((template) => /\{(?:slug|number)\}/.test(template))
        .default('{type}/{slug}'),
      {
        says: "The name of a segment's branch, from `{type}`, `{slug}`, `{number}` and `{epic}`.",
        expects: 'a text with {slug} or {number} in it, so that two segments never share a branch',
        example: 'swarm/{epic}/{number}-{slug}',
      },
    ),
    merge: key(oneOf(['automatic', 'manual']).default('automatic'), {
      says: 'Merges what is approved and green, or leaves the merging to people.',
      expects: 'automatic or manual',
      example: 'manual',
    }),
    'merge-method': key(oneOf(['merge', 'squash', 'rebase']).default('squash'), {
      says: 'How pull requests are merged; the repository has to allow it.',
      expects: 'merge, squash or rebase',
      example: 'merge',
    }),
    approvals: key(whole(0, 6).default(1), {
      says: 'Approvals by people that a pull request needs; with 0, green pull requests merge by themselves.',
      expects: within(0, 6),
      example: 2,
    }),
    acceptance: key(oneOf(['person', 'automatic']).default('person'), {
      says: 'Who accepts the finished epic: a person by `/swarm accept`, or swarm itself when the last wave is calibrated.',
      expects: 'person or automatic',
      example: 'automatic',
    }),
    adopt: key(oneOf(['ask', 'automatic']).default('ask'), {
      says: 'Segments added or changed after the start wait for `/swarm execute`, or run by themselves where their author may write.',
      expects: 'ask or automatic',
      example: 'automatic',
    }),
    attempts: key(whole(1, 10).default(3), {
      says: 'Dispatches of one segment whose runs died or failed, the first included.',
      expects: within(1, 10),
      example: 2,
    }),
    reworks: key(whole(0, 20).default(5), {
      says: 'Rounds of reject and rework for one pull request.',
      expects: within(0, 20),
      example: 3,
    }),
    tries: key(whole(1, 10).default(3), {
      says: 'Rounds of gates within one run: a failing gate goes back to the agent.',
      expects: within(1, 10),
      example: 2,
    }),
    'calibration-rounds': key(whole(1, 10).default(3), {
      says: 'Calibrations of one wave before swarm asks a person.',
      expects: within(1, 10),
      example: 2,
    }),
    tdd: key(z.boolean().optional(), {
      says: 'Segments of worker implementation and refactor begin with a tester, whose tests must fail before the implementer starts and may not be changed by it. Where it is not set: true, unless the tester would be a plain command that no role names.',
      expects: 'true or false',
      example: false,
    }),
    council: key(oneOf(['auto', 'on', 'off']).default('auto'), {
      says: 'An independent reviewer looks at each change before its pull request is opened; `auto` leaves it out where the agent is a plain command and no reviewer is set.',
      expects: 'auto, on or off',
      example: 'on',
    }),
    'question-timeout': key(duration.default(5), {
      says: 'How long a run that stopped to ask waits for an answer (`/swarm answer`).',
      expects: DURATION_EXPECTS,
      example: '2h',
    }),
    'question-auto-resume': key(z.boolean().default(true), {
      says: 'Without an answer in time it goes on by its best judgement and says what it assumed; false lets it wait.',
      expects: 'true or false',
      example: false,
    }),
    personas: key(z.array(pathGlob).max(20).default([]), {
      says: 'Folders with personas (`NAME.md` or `NAME.agent.md`), looked at before `.agents`, `.claude/agents` and `.github/agents`.',
      expects: 'a list of folders relative to the repository',
      example: ['docs/personas'],
    }),
    skills: key(z.array(pathGlob).max(20).default([]), {
      says: 'Folders with skills (`NAME/SKILL.md`), looked at before `.agents/skills`, `.claude/skills` and `.github/skills`.',
      expects: 'a list of folders relative to the repository',
      example: ['docs/skills'],
    }),
    timeout: key(duration.default(60), {
      says: "How long a segment's agent may take.",
      expects: DURATION_EXPECTS,
      example: '90m',
    }),
    budget: key(
      z
        .strictObject({
          segment: key(z.number().positive().max(100_000).optional(), {
            says: 'US dollars for one segment.',
            expects: 'an amount in US dollars above 0',
            example: 5,
          }),
          epic: key(z.number().positive().max(1_000_000).optional(), {
            says: 'US dollars for the whole epic.',
            expects: 'an amount in US dollars above 0',
            example: 50,
          }),
        })
        .optional(),
      {
        says: 'A hard stop in US dollars; without it nothing is counted against a limit.',
        expects: 'amounts in US dollars for segment, epic or both',
        example: { segment: 5, epic: 50 },
      },
    ),
    agent: key(
      z
        .union([
          agentName,
          z.strictObject({
            command: key(argv, {
              says: 'Any program: the brief on its standard input, the working tree as its directory, run without a shell.',
              expects: ARGV_EXPECTS,
              example: ['node', 'scripts/agent.mjs'],
            }),
          }),
        ])
        .optional(),
      {
        says: 'The agent that does the work: one that swarm knows, one under `agents`, or a command.',
        expects: `${AGENT_NAME_EXPECTS}; or {command: …}, which is ${ARGV_EXPECTS}`,
        example: 'claude',
      },
    ),
    agents: key(z.record(agentName, agentEntry).default({}), {
      says: 'Agents by name, with what holds for each. A preset needs no entry.',
      expects: 'agents by name; a name is small letters, digits and dashes',
      example: { claude: { model: 'sonnet', budget: 5 } },
    }),
    roles: key(
      z
        .strictObject({
          tester: role('tester', 'Writes the tests first.'),
          implementer: role('implementer', 'Does the work.'),
          reviewer: role('reviewer', 'Reviews it.'),
          lead: role('lead', 'Decides where reviewer and implementer disagree.'),
          researcher: role('researcher', 'Does segments of worker `research`.'),
          security: role('security', 'Does segments of worker `security`.'),
          resolver: role('resolver', 'Resolves conflicts with the base.'),
        })
        .prefault({}),
      {
        says: 'Who does what, where it is not `agent`.',
        expects: `names of agents by role (${ROLES.join(', ')})`,
        example: { reviewer: 'codex' },
      },
    ),
    gates: key(z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), gate).default({}), {
      says: 'Gates by name: the built-in ones (`lint`, `types`, `tests`, `build`, `security`, `scope`) changed, or others added. `install` is how dependencies are installed before them.',
      expects: 'gates by name; a name is small letters, digits and dashes',
      example: { tests: { run: ['npm', 'test'], timeout: '15m' } },
    }),
    environment: key(z.array(variableName).max(100).default([]), {
      says: 'Variables of the job that the gates, and an agent that is a command, may see besides the built-in list (`PATH`, `HOME`, `LANG` …). Keys of other agents belong under `agents`.',
      expects: "a list of variables' names; names of the runner, of git and of tokens are not taken",
      example: ['DATABASE_URL'],
    }),
    protect: key(z.array(pathGlob).max(100).default([]), {
      says: 'Files that no segment may change, besides the built-in ones (`.github/**`, `CODEOWNERS`, `AGENTS.md` …).',
      expects: GLOBS_EXPECTS,
      example: ['migrations/**'],
    }),
    unprotect: key(z.array(pathGlob).max(100).default([]), {
      says: 'Files of the built-in protected ones that segments may change here.',
      expects: GLOBS_EXPECTS,
      example: ['.vscode/**'],
    }),
    secrets: key(
      z
        .strictObject({
          allow: key(
            z
              .array(z.strictObject({ path: pathGlob, sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
              .max(200)
              .default([]),
            {
              says: 'What the secret scan finds and is no secret: where it may stand, and the digest that the refusal named.',
              expects: 'a list of entries with path (a glob) and sha256 (64 hex digits)',
              example: [
                {
                  path: 'test/fixtures/**',
                  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
                },
              ],
            },
          ),
        })
        .prefault({}),
      {
        says: 'The secret scan of what a segment changes. Comments in the files do not switch it off.',
        expects: 'the key allow',
        example: {
          allow: [
            { path: 'test/fixtures/**', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
          ],
        },
      },
    ),
    'allowed-bots': key(
      z
        .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\[bot\])?$/))
        .max(20)
        .default([]),
      {
        says: 'Bots whose commands count, by login.',
        expects: 'a list of logins, each written out; * is never taken',
        example: ['release-bot[bot]'],
      },
    ),
    labels: key(z.partialRecord(z.enum(LABEL_KEYS), z.string().trim().min(1).max(50)).default({}), {
      says: "The repository's names for swarm's labels.",
      expects: `names by label (${LABEL_KEYS.join(', ')})`,
      example: { execute: 'ship-it' },
    }),
    limits: key(
      z
        .strictObject({
          segments: key(whole(1, 2_000).default(200), {
            says: 'Segments of one epic.',
            expects: within(1, 2_000),
            example: 100,
          }),
          waves: key(whole(1, 500).default(50), { says: 'Waves of one epic.', expects: within(1, 500), example: 10 }),
          dispatches: key(whole(1, 5_000).default(300), {
            says: 'Runs started for one epic, all attempts and calibrations counted.',
            expects: within(1, 5_000),
            example: 100,
          }),
        })
        .prefault({}),
      {
        says: 'How far one epic may go.',
        expects: 'whole numbers for segments, waves or dispatches',
        example: { segments: 50 },
      },
    ),
  })
  .meta({
    title: 'Swarm',
    description: 'What a repository chooses for swarm, in `.github/swarm.yml` on its default branch.',
  });

type Written = z.output<typeof configSchema>;

/** The value that `decide` gets. Maps with free names have no prototype, so that a gate called `constructor` is only a gate. */
export const toConfig = (written: Written): Config => ({
  mode: written.mode,
  schedule: written.schedule,
  maxParallel: written['max-parallel'],
  workers: written.workers,
  ...(written.base === undefined ? {} : { base: written.base }),
  branch: written.branch,
  merge: written.merge,
  mergeMethod: written['merge-method'],
  approvals: written.approvals,
  acceptance: written.acceptance,
  adopt: written.adopt,
  attempts: written.attempts,
  reworks: written.reworks,
  tries: written.tries,
  calibrationRounds: written['calibration-rounds'],
  tdd: written.tdd === undefined ? 'auto' : written.tdd ? 'on' : 'off',
  questions: {
    timeoutMinutes: minutesOf(written['question-timeout']),
    unanswered: written['question-auto-resume'] ? 'go on' : 'wait',
  },
  council: written.council,
  instructions: { personas: written.personas, skills: written.skills },
  timeoutMinutes: minutesOf(written.timeout),
  ...(written.budget === undefined ? {} : { budgetUsd: present(written.budget) }),
  ...agentsOf(written),
  gates: bare(
    Object.entries(written.gates).map(([name, { run, off, timeout, env, directory }]) => [
      name,
      present({
        run,
        off,
        timeoutMinutes: timeout === undefined ? undefined : minutesOf(timeout),
        environment: env === undefined ? undefined : bare(Object.entries(env)),
        directory,
      }),
    ]),
  ),
  environment: written.environment,
  protect: written.protect,
  unprotect: written.unprotect,
  allowedSecrets: written.secrets.allow,
  allowedBots: written['allowed-bots'],
  labels: bare(
    Object.entries(written.labels).flatMap(([name, theirs]) => (theirs === undefined ? [] : [[name, theirs]])),
  ),
  limits: written.limits,
});

/** Who the agents are: the presets, what is said of them, others, and the one that is only a command. */
function agentsOf(written: Written): Pick<Config, 'agent' | 'agents' | 'roles'> {
  const entries = new Map<string, AgentChoice>(
    PRESETS.map((name) => [name, { name, kind: name, command: [], environment: [] }]),
  );
  for (const [name, { kind, command, model, effort, budget, price, timeout, environment, ...rest }] of Object.entries(
    written.agents,
  )) {
    entries.set(name, {
      name,
      kind: kind ?? kindByName(name),
      command: command ?? [],
      ...present({
        model,
        effort,
        maxTurns: rest['max-turns'],
        budgetUsd: budget,
        price: price && { inputUsd: price.input, outputUsd: price.output, cachedUsd: price.cached ?? price.input },
        timeoutMinutes: timeout === undefined ? undefined : minutesOf(timeout),
      }),
      environment: environment ?? [],
    });
  }
  const { agent } = written;
  if (typeof agent === 'object') {
    entries.set(UNNAMED_AGENT, { name: UNNAMED_AGENT, kind: 'command', command: agent.command, environment: [] });
  }
  return {
    ...(agent === undefined ? {} : { agent: typeof agent === 'string' ? agent : UNNAMED_AGENT }),
    agents: bare([...entries]),
    roles: present(written.roles),
  };
}

const kindByName = (name: string): AgentKind => PRESETS.find((preset) => preset === name) ?? 'command';

type Present<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

const present = <Value extends object>(value: Value): Present<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as Present<Value>;

const bare = <Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> => {
  const made: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) made[name] = value;
  return made;
};

/** What holds where a repository has no config. */
export const defaultConfig = (): Config => toConfig(configSchema.parse({}));
