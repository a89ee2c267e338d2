/**
 * One example of each problem, from which `docs/problems.md` shows the real text that swarm would write, and a sentence
 * on when it comes up that the message itself has no room for. The type wants every kind.
 */
import { headSha, type IssueRef, instant, issueNumber as issue, pullNumber as pull } from '../src/core/model/epic.ts';
import type { Problem, ProblemKind } from '../src/core/model/problem.ts';

interface Page<Kind extends ProblemKind> {
  readonly example: Extract<Problem, { kind: Kind }>;
  readonly more: string;
}

const config = (line: number, column: number) => ({ file: '.github/swarm.yml', line, column });
const ref = (number: number): IssueRef => ({ number: issue(number) });
const KEYS = ['agent', 'approvals', 'max-parallel', 'merge', 'mode'];

export const PAGES: { readonly [Kind in ProblemKind]: Page<Kind> } = {
  EPIC_CYCLE: {
    example: {
      kind: 'EPIC_CYCLE',
      path: [issue(14), issue(17), issue(14)],
      links: [
        { from: issue(14), to: issue(17), said: { kind: 'native' } },
        { from: issue(17), to: issue(14), said: { kind: 'text', line: 3, text: 'Blocked-by: #14' } },
      ],
    },
    more: 'Links count from GitHub\'s "blocked by", from lines such as `Depends on #12`, from front matter, and through groups: depending on a group is depending on all that is in it.',
  },
  SELF_DEPENDENCY: {
    example: {
      kind: 'SELF_DEPENDENCY',
      at: { issue: issue(14) },
      link: { from: issue(14), to: issue(14), said: { kind: 'text', line: 2, text: 'Depends on #14' } },
    },
    more: 'A segment that depends on the group it is in waits for itself, too.',
  },
  UNKNOWN_ISSUE: {
    example: { kind: 'UNKNOWN_ISSUE', at: { issue: issue(14), line: 4 }, ref: ref(999) },
    more: 'An issue in a repository that swarm is not installed in looks the same as one that does not exist.',
  },
  NOT_AN_ISSUE: {
    example: { kind: 'NOT_AN_ISSUE', at: { issue: issue(14), line: 4 }, ref: ref(31) },
    more: 'Issues and pull requests share their numbers, so a mistyped number can name a pull request.',
  },
  BLOCKER_HIDDEN: {
    example: { kind: 'BLOCKER_HIDDEN', at: { issue: issue(14) }, count: 1 },
    more: 'What cannot be seen cannot be known to be done, so nothing starts while it is there.',
  },
  BLOCKER_NOT_PLANNED: {
    example: { kind: 'BLOCKER_NOT_PLANNED', at: { issue: issue(14) }, ref: ref(9) },
    more: 'Closing as not planned says that the work will not be there; what needs it cannot know whether it still makes sense.',
  },
  NO_SEGMENTS: {
    example: { kind: 'NO_SEGMENTS', at: { issue: issue(12) } },
    more: 'Sub-issues that are all closed already leave nothing to execute either.',
  },
  BRANCH_TAKEN: {
    example: { kind: 'BRANCH_TAKEN', branch: 'feat/cart', segments: [issue(14), issue(15)] },
    more: "Branch names come from the template `branch` and the segment's `slug`, which comes from its title where it is not set.",
  },
  BRANCH_NAME: {
    example: {
      kind: 'BRANCH_NAME',
      at: { issue: issue(14) },
      branch: 'feat/cart..pay',
      why: { kind: 'double dot' },
    },
    more: 'The rules are those of `git check-ref-format`.',
  },
  LIMIT_EXCEEDED: {
    example: {
      kind: 'LIMIT_EXCEEDED',
      at: { issue: issue(12) },
      what: 'segments',
      found: 240,
      limit: 200,
      configKey: 'limits.segments',
    },
    more: 'Limits that the config can raise name their key; the others are fixed.',
  },
  EMPTY_TASK: {
    example: { kind: 'EMPTY_TASK', at: { issue: issue(14) } },
    more: 'An issue whose whole text is an HTML comment, such as an unfilled template, is empty too.',
  },
  FRONT_MATTER: {
    example: {
      kind: 'FRONT_MATTER',
      at: { issue: issue(14), line: 1 },
      why: { kind: 'not closed' },
    },
    more: 'Taken are scalars, quoted texts, lists in brackets and lists with dashes. Anchors, tags and nested maps are not.',
  },
  SPEC_VALUE: {
    example: {
      kind: 'SPEC_VALUE',
      at: { issue: issue(14), line: 3 },
      key: 'worker',
      value: 'implementer',
      expected: { kind: 'one of', values: ['implementation', 'tests', 'research', 'security', 'refactor'] },
      nearest: 'implementation',
    },
    more: 'The same values can be given as labels (`worker:tests`, `model:…`, `effort:high`); the text wins.',
  },
  PERSONA_NOT_FOUND: {
    example: {
      kind: 'PERSONA_NOT_FOUND',
      at: { issue: issue(14) },
      name: 'backend-devs',
      known: ['backend-dev', 'implementer', 'reviewer', 'tester'],
      nearest: 'backend-dev',
    },
    more: 'It is looked for when the epic is planned, before any money is spent. Names are small letters, digits and hyphens.',
  },
  SKILL_NOT_FOUND: {
    example: {
      kind: 'SKILL_NOT_FOUND',
      at: { issue: issue(14) },
      name: 'api-patern',
      known: ['api-patterns', 'migrations'],
      nearest: 'api-patterns',
    },
    more: 'A folder of that name without a `SKILL.md` in it is no skill.',
  },
  SPEC_KEY: {
    example: {
      kind: 'SPEC_KEY',
      at: { issue: issue(14), line: 2 },
      key: 'fils',
      known: ['depends-on', 'files', 'type', 'worker'],
      nearest: 'files',
    },
    more: 'A warning: an unknown key holds nothing up.',
  },
  BAD_GLOB: {
    example: {
      kind: 'BAD_GLOB',
      at: { issue: issue(14), line: 2 },
      glob: '../secrets/**',
      why: 'dot part',
    },
    more: 'File scopes know `*`, `?`, `**`, braces and classes. Absolute paths, `..`, `~`, drives, backslashes and a negation alone are refused.',
  },
  SCOPE_UNKNOWN: {
    example: { kind: 'SCOPE_UNKNOWN', at: { issue: issue(14) } },
    more: 'A warning. Where the text names paths, the scope is inferred from them, and the plan says so.',
  },
  SCOPE_EVERYTHING: {
    example: { kind: 'SCOPE_EVERYTHING', at: { issue: issue(14) } },
    more: 'A warning. It is right for a segment that reformats everything, and slow for any other.',
  },
  HIDDEN_TEXT: {
    example: { kind: 'HIDDEN_TEXT', at: { issue: issue(14) }, count: 42 },
    more: 'A warning. Tag characters, zero-width characters and direction overrides count; emoji do not.',
  },
  CONFIG_YAML: {
    example: { kind: 'CONFIG_YAML', at: config(7, 1), message: 'Map keys must be unique' },
    more: 'The config is read by the core schema of YAML 1.2: `no` is a text, not false.',
  },
  CONFIG_SIZE: {
    example: { kind: 'CONFIG_SIZE', at: { file: '.github/swarm.yml' }, bytes: 650_000, limit: 65_536 },
    more: 'It is refused before it is parsed.',
  },
  CONFIG_VALUE: {
    example: {
      kind: 'CONFIG_VALUE',
      at: config(3, 1),
      key: 'max-parallel',
      value: '"10"',
      expected: 'a whole number from 1 to 256, or auto',
    },
    more: 'All keys are on [the reference page](config.md).',
  },
  CONFIG_KEY: {
    example: { kind: 'CONFIG_KEY', at: config(2, 1), key: 'max_parallel', known: KEYS, nearest: 'max-parallel' },
    more: 'A warning. All keys are on [the reference page](config.md).',
  },
  CONFIG_AMBIGUOUS: {
    example: { kind: 'CONFIG_AMBIGUOUS', files: ['.github/swarm.yml', '.github/swarm.yaml'] },
    more: 'Both spellings of the ending are read, one at a time.',
  },
  SEGMENT_CHANGED: {
    example: { kind: 'SEGMENT_CHANGED', at: { issue: issue(14) } },
    more: 'Title, text and option labels count. With `adopt: automatic`, changes by people with write access are taken by themselves.',
  },
  SEGMENT_NEW: {
    example: { kind: 'SEGMENT_NEW', at: { issue: issue(19) } },
    more: 'With `adopt: automatic`, new sub-issues by people with write access are taken by themselves.',
  },
  EDGES_CHANGED: {
    example: { kind: 'EDGES_CHANGED', at: { issue: issue(14) } },
    more: 'Links on GitHub and dependencies in the text both count.',
  },
  EPIC_CHANGED: {
    example: { kind: 'EPIC_CHANGED', at: { issue: issue(12) } },
    more: "Swarm's own marks in the epic's text, such as a ticked criterion, do not count as a change.",
  },
  UNTRUSTED_AUTHOR: {
    example: { kind: 'UNTRUSTED_AUTHOR', at: { issue: issue(14) }, login: 'passer-by' },
    more: 'It is asked of the author and of the last editor, at the moment of acting.',
  },
  FORBIDDEN: {
    example: {
      kind: 'FORBIDDEN',
      at: { issue: issue(12) },
      login: 'passer-by',
      permission: 'read',
      needs: 'write',
    },
    more: '`status`, `plan` and `help` need triage permission, everything else write.',
  },
  UNKNOWN_COMMAND: {
    example: { kind: 'UNKNOWN_COMMAND', at: { issue: issue(12) }, text: 'exectue', nearest: 'execute' },
    more: 'All commands are on [their page](commands.md).',
  },
  BAD_ARGUMENT: {
    example: {
      kind: 'BAD_ARGUMENT',
      at: { issue: issue(12) },
      command: 'skip',
      expected: 'issue and reason',
    },
    more: 'All commands are on [their page](commands.md).',
  },
  UNKNOWN_SEGMENT: {
    example: { kind: 'UNKNOWN_SEGMENT', at: { issue: issue(12) }, number: 34 },
    more: 'Groups are no segments: name the issues in them.',
  },
  NOT_NOW: {
    example: { kind: 'NOT_NOW', at: { issue: issue(12) }, command: 'accept', why: { kind: 'not complete' } },
    more: 'The command is not kept for later; give it again when its time has come.',
  },
  HEAD_MOVED: {
    example: {
      kind: 'HEAD_MOVED',
      at: { pull: pull(31) },
      said: 'deadbee',
      head: headSha('0f9c1d2e3b4a59687766554433221100ffeeddcc'),
    },
    more: 'A review names its commit by itself; `/approve` without one means the head at the moment of the comment.',
  },
  SELF_APPROVAL: {
    example: { kind: 'SELF_APPROVAL', at: { pull: pull(31) }, login: 'ana' },
    more: 'Commits pushed by hand make their author an author of the change.',
  },
  DISABLED: {
    example: { kind: 'DISABLED' },
    more: 'The variable can be set for one repository or for an organisation. Any value but `false` or nothing counts.',
  },
  WORKFLOW_MISSING: {
    example: { kind: 'WORKFLOW_MISSING', file: '.github/workflows/swarm.yml' },
    more: 'GitHub starts a workflow by hand only when its file is on the default branch.',
  },
  AGENT_NOT_SET: {
    example: { kind: 'AGENT_NOT_SET' },
    more: 'Any program will do: it gets the brief on its standard input and works in the directory it is started in.',
  },
  PERMISSION_MISSING: {
    example: {
      kind: 'PERMISSION_MISSING',
      permission: 'actions_variables: read',
      lost: 'kill switch',
    },
    more: "An app's new permissions have to be accepted by an owner of the organisation.",
  },
  BASE_RED: {
    example: { kind: 'BASE_RED', branch: 'main', checks: ['ci / test'] },
    more: 'Only a check that failed holds swarm up; one that is pending or missing does not.',
  },
  BASE_MISSING: {
    example: { kind: 'BASE_MISSING', branch: 'develop' },
    more: 'The default branch is the base where nothing names another.',
  },
  DISPATCH_FAILED: {
    example: { kind: 'DISPATCH_FAILED', message: 'Actions has been disabled for this repository.', status: 422 },
    more: 'Failures of GitHub itself are waited out and never end here.',
  },
  AGENT_NOT_FOUND: {
    example: { kind: 'AGENT_NOT_FOUND', command: 'my-agent' },
    more: 'A program of the repository needs its path: `node scripts/agent.mjs`, not `agent.mjs`.',
  },
  AGENT_CRASHED: {
    example: {
      kind: 'AGENT_CRASHED',
      command: 'node scripts/agent.mjs',
      exit: 'exit code 1',
      output: 'Error: no model key is set\n    at main (scripts/agent.mjs:12:9)',
    },
    more: 'Known secrets are taken out of the output, and whatever looks like one.',
  },
  AGENT_TIMED_OUT: {
    example: { kind: 'AGENT_TIMED_OUT', minutes: 60 },
    more: 'The whole group of its processes is stopped, first by asking.',
  },
  AGENT_SILENT: {
    example: { kind: 'AGENT_SILENT', agent: 'codex', minutes: 15 },
    more: 'Only what shows progress counts as a word: an agent that says again and again that it waits for a network is silent.',
  },
  AGENT_STOPPED: {
    example: { kind: 'AGENT_STOPPED', agent: 'claude' },
    more: 'Its whole process tree is ended.',
  },
  AGENT_NO_CREDENTIALS: {
    example: {
      kind: 'AGENT_NO_CREDENTIALS',
      agent: 'claude',
      keys: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'],
      message: 'Not logged in · Please run /login',
    },
    more: 'A key reaches the process of its own agent and no other; the gates never see it.',
  },
  AGENT_NO_CREDIT: {
    example: { kind: 'AGENT_NO_CREDIT', agent: 'claude', message: 'Your credit balance is too low' },
    more: 'Trying again helps only after somebody has paid, so swarm does not do it by itself.',
  },
  AGENT_MODEL_REFUSED: {
    example: {
      kind: 'AGENT_MODEL_REFUSED',
      agent: 'codex',
      model: 'gpt-9',
      message: 'The model `gpt-9` does not exist or you do not have access to it.',
    },
    more: 'Names of models belong to the agent: an alias of one means nothing to another.',
  },
  AGENT_CONTEXT: {
    example: { kind: 'AGENT_CONTEXT', agent: 'claude', message: 'Prompt is too long' },
    more: 'Agents shorten what they have read by themselves; this comes up when that is not enough.',
  },
  AGENT_DECLINED: {
    example: { kind: 'AGENT_DECLINED', agent: 'goose', message: 'The model stopped with: refusal' },
    more: 'Providers refuse some tasks by their policies, now and then by mistake.',
  },
  AGENT_TURNS: {
    example: { kind: 'AGENT_TURNS', agent: 'claude', turns: 80 },
    more: 'Where an agent has no limit of its own, swarm counts its answers and stops it.',
  },
  AGENT_UNREADABLE: {
    example: { kind: 'AGENT_UNREADABLE', agent: 'codex', output: 'codex: unexpected argument --json' },
    more: 'Lines that are no JSON are passed over as long as others are; here none was.',
  },
  AGENT_LATER: {
    example: { kind: 'AGENT_LATER', message: '429: rate limit reached, try again in 20 minutes', waitMs: 1_200_000 },
    more: 'An agent says it by ending with exit code 75. Swarm tries again every five minutes, twelve times, before it says this.',
  },
  NO_CHANGE: {
    example: { kind: 'NO_CHANGE' },
    more: 'What swarm sees in the working tree counts, not what the agent says or commits.',
  },
  INSTRUCTIONS_UNREADABLE: {
    example: {
      kind: 'INSTRUCTIONS_UNREADABLE',
      what: 'persona',
      name: 'backend-dev',
      file: '.claude/agents/backend-dev.md',
      why: 'it is a symbolic link',
    },
    more: 'Links, binary files, files over 64 KiB and front matter that is no YAML are refused. The file of the base commit counts, never the one in the change.',
  },
  TESTS_NOT_RED: {
    example: {
      kind: 'TESTS_NOT_RED',
      command: 'npm test',
      why: 'they pass already',
      output: 'Tests  2 passed (2)',
    },
    more: 'A tester gets as many tries as an implementer. A module that is not there yet is a right reason to fail; a syntax error in the test is not.',
  },
  QUESTION_ASKED: {
    example: {
      kind: 'QUESTION_ASKED',
      id: 'q1',
      question: 'Are prices in cents or in euros?',
      options: ['cents', 'euros'],
      context: 'The API of #12 returns numbers without a unit.',
      until: instant(Date.UTC(2026, 10, 21, 14, 30)),
    },
    more: 'How long a run waits, and whether it then goes on by itself, is `question-timeout` and `question-auto-resume` in the config.',
  },
  TEST_CHANGED: {
    example: { kind: 'TEST_CHANGED', files: ['test/cart.test.ts'] },
    more: 'It is a check of the files, not a request: the implementer is told, gets its tries, and the tests are compared again.',
  },
  COUNCIL_REJECTED: {
    example: {
      kind: 'COUNCIL_REJECTED',
      findings: ['src/cart.ts:12 (major): an empty cart throws'],
      rounds: 3,
    },
    more: 'Reviewer and implementer had at most three rounds, and the tech lead decided where they disagreed.',
  },
  WORKTREE_BROKEN: {
    example: { kind: 'WORKTREE_BROKEN', message: 'not a git repository' },
    more: 'Commits, branches and settings of the agent do no harm; a removed `.git` leaves nothing to compare with.',
  },
  GATES_FAILED: {
    example: {
      kind: 'GATES_FAILED',
      gates: [{ gate: 'tests', output: 'not ok 3 - an empty cart costs nothing\n  expected 0, got NaN' }],
      tries: 3,
    },
    more: 'Gates run by the definitions of the base branch, so a change to them has no effect on its own checks.',
  },
  GATE_MISSING: {
    example: { kind: 'GATE_MISSING', gate: 'lint', command: 'ruff check' },
    more: 'Exit codes 126 and 127 mean it, too.',
  },
  GATE_DIRTY: {
    example: { kind: 'GATE_DIRTY', gate: 'lint', files: ['src/cart.ts'] },
    more: 'Ignored files, such as caches and build results, do not count.',
  },
  NO_TESTS: {
    example: { kind: 'NO_TESTS', command: 'npm test' },
    more: 'It is told by the runner where the runner tells: node, vitest, jest, mocha, pytest.',
  },
  VERIFY_FAILED: {
    example: {
      kind: 'VERIFY_FAILED',
      gates: [{ gate: 'build', output: "src/cart.ts(1,22): error TS2307: Cannot find module './price.ts'" }],
    },
    more: 'The second run has no agent, no secret and no left-over file.',
  },
  OUT_OF_SCOPE: {
    example: { kind: 'OUT_OF_SCOPE', files: ['src/payment/total.ts'], scope: ['src/cart/**'] },
    more: 'Deleted files and both names of a renamed one count.',
  },
  PROTECTED_PATH: {
    example: { kind: 'PROTECTED_PATH', files: ['.github/workflows/ci.yml'] },
    more: 'Names are compared without case, and composed the same way, so that `.GitHub` is `.github`.',
  },
  BAD_PATH: {
    example: { kind: 'BAD_PATH', file: 'src/aux.js', why: 'it is the name of a device on Windows' },
    more: 'Names have to be portable: no `..`, no drive, no reserved name, no control character.',
  },
  PATH_COLLISION: {
    example: { kind: 'PATH_COLLISION', file: 'SRC/cart.ts', with: 'src/cart.ts' },
    more: 'It is looked for among the changed files and everything that is in the base.',
  },
  FILE_MODE: {
    example: { kind: 'FILE_MODE', file: 'docs/latest', mode: '120000' },
    more: '120000 is a symbolic link, 160000 a submodule.',
  },
  BINARY_FILE: {
    example: { kind: 'BINARY_FILE', file: 'assets/logo.png' },
    more: 'A file counts as binary where git says so.',
  },
  PATCH_LIMIT: {
    example: { kind: 'PATCH_LIMIT', what: 'changed files', found: 412, limit: 100 },
    more: 'Files, added lines, the size of one file and the size of the whole each have a limit.',
  },
  PATCH_TAMPERED: {
    example: {
      kind: 'PATCH_TAMPERED',
      said: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      found: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
    more: 'The digest is an output of the job that did the work, and fixed when that job ends.',
  },
  PATCH_CONFLICT: {
    example: { kind: 'PATCH_CONFLICT', message: 'error: patch failed: src/cart.ts:3' },
    more: 'It comes up when the base moved, or when a rework no longer fits what was merged meanwhile.',
  },
  LFS_POINTER: {
    example: { kind: 'LFS_POINTER', file: 'assets/film.mp4' },
    more: 'A pointer is a text of three lines that Git LFS puts in the place of a large file.',
  },
  SECRET_IN_PATCH: {
    example: {
      kind: 'SECRET_IN_PATCH',
      file: 'src/config.ts',
      line: 4,
      rule: 'AWS key id',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    more: 'Added lines and names of files are scanned. A comment that tells a scanner to look away changes nothing; only the config of the default branch can allow a value.',
  },
  PUSH_REFUSED: {
    example: { kind: 'PUSH_REFUSED', branch: 'feat/cart', message: 'stale info' },
    more: 'Swarm pushes only over what it knows, and never overwrites what somebody else pushed.',
  },
  PULL_REFUSED: {
    example: {
      kind: 'PULL_REFUSED',
      branch: 'feat/cart',
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    },
    more: 'The branch is kept, so the next attempt only opens the pull request.',
  },
  RUN_CUT_SHORT: {
    example: { kind: 'RUN_CUT_SHORT' },
    more: 'A run that dies without a word is `RUN_LOST`; both count against `attempts` in the config.',
  },
  RUN_LOST: {
    example: { kind: 'RUN_LOST', conclusion: 'timed_out', attempts: 3 },
    more: 'How many runs are made is `attempts` in the config.',
  },
  BUDGET_SPENT: {
    example: { kind: 'BUDGET_SPENT', spentUsd: 5.2, budgetUsd: 5, of: 'segment' },
    more: 'Costs are what the agents report, in money or in tokens with a `price`; swarm has no other way to know them.',
  },
  BUDGET_UNBOUND: {
    example: {
      kind: 'BUDGET_UNBOUND',
      at: { issue: issue(12) },
      agent: 'codex',
      budgetUsd: 5,
      minutes: 60,
      turns: 80,
    },
    more: 'It is said when the epic is planned, once for each agent. Swarm ships no prices: they would be old before you read them.',
  },
  REWORK_LIMIT: {
    example: { kind: 'REWORK_LIMIT', rounds: 5, last: 'The total still ignores the discount.' },
    more: 'How many rounds are made is `reworks` in the config.',
  },
  MERGE_REFUSED: {
    example: {
      kind: 'MERGE_REFUSED',
      at: { pull: pull(31) },
      message: 'At least 2 approving reviews are required by reviewers with write access.',
    },
    more: "The branch's own rules always stand above swarm's.",
  },
  HEAD_RED: {
    example: {
      kind: 'HEAD_RED',
      at: { pull: pull(31) },
      head: headSha('4b825dc642cb6eb9a060e54bf8d69288fbee4904'),
      gates: [{ gate: 'tests', output: 'src/cart.test.ts: expected 3 to be 2' }],
    },
    more: 'People may push to a segment’s branch, or press “Update branch”: swarm holds the new commit to the gates without starting an agent. An approval from before the push does not count for it.',
  },
  MERGE_CONFLICT: {
    example: { kind: 'MERGE_CONFLICT', at: { pull: pull(31) }, base: 'main' },
    more: 'Swarm gives a conflict to the agent first; it ends here when that does not help.',
  },
  PULL_CLOSED: {
    example: { kind: 'PULL_CLOSED', at: { pull: pull(31) } },
    more: 'Deleting its branch closes a pull request, too.',
  },
  ISSUE_REFUSED: {
    example: { kind: 'ISSUE_REFUSED', status: 410, message: 'Issues has been disabled in this repository.' },
    more: 'Swarm makes issues for what a calibration finds and for what people miss at acceptance. `/swarm resume` and `/swarm execute` try it again as well.',
  },
  CALIBRATION_LIMIT: {
    example: {
      kind: 'CALIBRATION_LIMIT',
      wave: 2,
      rounds: 3,
      findings: ['types: src/receipt.ts(3,7): error TS2322'],
    },
    more: 'How many rounds are made is `calibration-rounds` in the config.',
  },
};
