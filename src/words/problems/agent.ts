/** Problems of an agent: its program, its account, its limits, and what it did not do. */
import { count, enumerate } from '../voice.ts';
import { KEPT, type ProblemEntries } from './entry.ts';

export const agent = {
  AGENT_NOT_FOUND: {
    says: ({ command }, say) => ({
      what: `The agent's program ${say.quote(command)} is not on the runner.`,
      why: `${say.code('agent.command')} names it, but it is not installed there or is not executable.`,
      next: `Install it in ${say.code('segment.yml')} (the place is marked), or correct the config.`,
    }),
    after: 'retry',
    example: { command: 'my-agent' },
    more: 'A program of the repository needs its path: `node scripts/agent.mjs`, not `agent.mjs`.',
  },
  AGENT_TOO_OLD: {
    says: ({ agent: name, command, found, needs }, say) => ({
      what: `The agent ${say.quote(name)} is too old: ${say.quote(command)} has version ${say.quote(found)}, and Swarm needs ${say.quote(needs)} or later.`,
      why: 'Swarm starts it with options that this version does not know. No agent was called, so nothing was spent.',
      next: `Install a later version in ${say.code('segment.yml')} (the place is marked).`,
    }),
    after: 'retry',
    example: { agent: 'claude', command: 'claude', found: '2.0.36', needs: '2.1.40' },
    more: 'Each run asks the programs of its presets for their version first. A program under another name, or one that says no version, is not checked.',
  },
  AGENT_CRASHED: {
    says: ({ command, exit, output }, say) => ({
      what: `The agent ${say.quote(command)} ended with ${say.own(exit)}.`,
      why: `Exit code 0 means that it finished; anything else is a failure. ${KEPT}`,
      next: "Read its last output below. Fix its setup or the task's text.",
      output: [{ title: 'Last output of the agent', text: output }],
    }),
    after: 'retry',
    example: {
      command: 'node scripts/agent.mjs',
      exit: 'exit code 1',
      output: 'Error: no model key is set\n    at main (scripts/agent.mjs:12:9)',
    },
    more: 'Known secrets are removed from the output, and so is everything that looks like one.',
  },
  AGENT_TIMED_OUT: {
    says: ({ minutes }, say) => ({
      what: `The agent did not finish within ${count(minutes, 'minute')} and was stopped.`,
      why: `Every run has a time limit (${say.code('timeout')} in the config). ${KEPT}`,
      next: 'Split the segment or raise the limit.',
    }),
    after: 'retry',
    example: { minutes: 60 },
    more: 'Swarm first asks the agent to stop, and then ends its whole process group.',
  },
  AGENT_SILENT: {
    says: ({ agent: name, minutes }, say) => ({
      what: `The agent ${say.quote(name)} reported nothing for ${count(minutes, 'minute')} and was stopped.`,
      why: `Agents that wait for a network, a login or an answer hang silently. ${KEPT}`,
      next: "Read its last lines in the run's log, and fix its setup.",
    }),
    after: 'retry',
    example: { agent: 'codex', minutes: 15 },
    more: 'An agent that only repeats that it is waiting for the network counts as silent too.',
  },
  AGENT_STOPPED: {
    says: ({ agent: name }, say) => ({
      what: `The agent ${say.quote(name)} was stopped before it finished.`,
      why: `Its run was ended from outside. ${KEPT}`,
      next: `Nothing is broken. To run it again, comment ${say.retry()}.`,
    }),
    after: 'others continue',
    example: { agent: 'claude' },
    more: 'Swarm ends its whole process tree.',
  },
  AGENT_NO_CREDENTIALS: {
    says: ({ agent: name, keys, message }, say) => ({
      what: `The agent ${say.quote(name)} has no valid credentials.`,
      why: `It says: ${say.quote(message)}.${
        keys.length > 0
          ? ` It takes its key from ${enumerate(
              keys.map((key) => say.code(key)),
              6,
            )}.`
          : ''
      }`,
      next: `Set the secret in the repository's settings, and make sure that ${say.code('swarm.yml')} and ${say.code('segment.yml')} pass it on.`,
    }),
    after: 'retry',
    example: {
      agent: 'claude',
      keys: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'],
      message: 'Not logged in · Please run /login',
    },
    more: 'A key reaches only the process of its own agent. The gates never see it.',
  },
  AGENT_NO_CREDIT: {
    says: ({ agent: name, message }, say) => ({
      what: `The account of the agent ${say.quote(name)} has no credit left.`,
      why: `Its provider says: ${say.quote(message)}.`,
      next: 'Add credit with the provider, or choose another agent in the config.',
    }),
    after: 'retry',
    example: { agent: 'claude', message: 'Your credit balance is too low' },
    more: 'A retry helps only after someone has paid, so Swarm does not retry automatically.',
  },
  AGENT_MODEL_REFUSED: {
    says: ({ agent: name, model, message }, say) => ({
      what: `The agent ${say.quote(name)} cannot use ${model === undefined ? 'its model' : `the model ${say.quote(model)}`}.`,
      why: `It says: ${say.quote(message)}.`,
      next: `Correct ${say.code('model')} in the issue or under ${say.code('agents')} in the config, or give the account access to it.`,
    }),
    after: 'retry',
    example: {
      agent: 'codex',
      model: 'gpt-9',
      message: 'The model `gpt-9` does not exist or you do not have access to it.',
    },
    more: 'Model names belong to their agent: an alias of one agent means nothing to another.',
  },
  AGENT_CONTEXT: {
    says: ({ agent: name, message }, say) => ({
      what: `The task does not fit into the context of the agent ${say.quote(name)}.`,
      why: `It says: ${say.quote(message)}. ${KEPT}`,
      next: 'Split the segment, shorten its text and context documents, or choose a model with a larger context.',
    }),
    after: 'retry',
    example: { agent: 'claude', message: 'Prompt is too long' },
    more: 'Agents shorten their context automatically. This is reported when that is not enough.',
  },
  AGENT_DECLINED: {
    says: ({ agent: name, message }, say) => ({
      what: `The agent ${say.quote(name)} declined the task.`,
      why: `It says: ${say.quote(message)}.`,
      next: "Re-read the issue from the provider's point of view and reword it.",
    }),
    after: 'retry',
    example: { agent: 'goose', message: 'The model stopped with: refusal' },
    more: 'Providers refuse some tasks because of their policies, sometimes by mistake.',
  },
  AGENT_TURNS: {
    says: ({ agent: name, turns }, say) => ({
      what: `The agent ${say.quote(name)} was stopped after ${count(turns, 'turn')}.`,
      why: `${say.code('max-turns')} in the config is a hard limit. ${KEPT}`,
      next: 'Split the segment or raise the limit.',
    }),
    after: 'retry',
    example: { agent: 'claude', turns: 80 },
    more: 'If an agent has no such limit of its own, Swarm counts its answers and stops it.',
  },
  AGENT_UNREADABLE: {
    says: ({ agent: name, output }, say) => ({
      what: `The output of the agent ${say.quote(name)} could not be read.`,
      why: `It was started in its machine-readable mode but printed something else, so Swarm cannot tell how it ended. ${KEPT}`,
      next: `Install a version that Swarm supports, or correct ${say.code('agents')} in the config.`,
      output: [{ title: 'Last output of the agent', text: output }],
    }),
    after: 'retry',
    example: { agent: 'codex', output: 'codex: unexpected argument --json' },
    more: 'Swarm ignores single lines that are not JSON. Here no line was.',
  },
  AGENT_LATER: {
    says: ({ agent, message, waitMs }, say) => ({
      what: `The agent ${agent === undefined ? '' : `${say.quote(agent)} `}asked to be retried later${waitMs === undefined ? '' : `, in ${roundSpan(waitMs)}`}.`,
      why: `It says: ${say.quote(message)}. A limit or outage of its provider is not a failure of the segment. Swarm has retried automatically, twelve times.`,
      next: `When the provider answers again, comment ${say.retry()}.`,
    }),
    after: 'others continue',
    example: { agent: 'claude', message: '429: rate limit reached, try again in 20 minutes', waitMs: 1_200_000 },
    more: 'An agent that is a command asks for it by ending with exit code 75. Swarm retries twelve times before it reports this: when the provider says so (up to eight days later), or after five minutes. With `fallback` in the config, other agents stand in.',
  },
  WORKTREE_BROKEN: {
    says: ({ message }, say) => ({
      what: `The working tree could not be read after the agent ended: ${say.quote(message)}.`,
      why: 'The agent removed or damaged the repository that it worked in. Nothing was merged.',
      next: 'Prevent that in its setup.',
    }),
    after: 'retry',
    example: { message: 'not a git repository' },
    more: 'Commits, branches and settings of the agent do no harm. Without `.git`, there is nothing to compare with.',
  },
  NO_CHANGE: {
    says: (_, say) => ({
      what: 'The agent finished without changing a file.',
      why: `Without a change there is no pull request. Only a segment with ${say.code('worker: research')} may answer in words alone.`,
      next: `If the work is already done, close the issue or comment ${say.code('/swarm skip')}. Otherwise make its text clearer.`,
    }),
    after: 'retry',
    example: {},
    more: 'The state of the working tree counts, not what the agent reports or commits.',
  },
  REWORK_UNCHANGED: {
    says: ({ by, said }, say) => ({
      what: `The agent changed nothing after ${say.quote(by)} rejected this pull request.`,
      why: said.trim() === '' ? 'It gave no reason.' : `It says ${say.quote(said, 600)}.`,
      next: `Decide again. **Approve** it as it is, or **Request changes** in other words.`,
    }),
    after: 'person acts',
    example: { at: { pull: 21 }, by: 'ana', said: 'The total includes shipping already: src/cart.ts:12.' },
    more: 'Nothing is different since that review: no commit was added. An approval or a rejection that is given now counts. Another agent tries first if the config names one under `escalate`.',
  },
  QUESTION_ASKED: {
    says: ({ id, question, options, context, until }, say) => ({
      what: `The agent needs an answer to ${say.quote(question, 600)}.`,
      why: [
        context === undefined
          ? 'It stopped instead of guessing. Its work so far is kept.'
          : `It explains: ${say.quote(context, 600)}.`,
        ...(options.length === 0
          ? []
          : [
              `It suggests these options: ${enumerate(
                options.map((option) => say.quote(option, 200)),
                10,
              )}.`,
            ]),
      ].join(' '),
      next: `${options.length > 0 ? 'Tick one of the options in the comment on its segment, or comment' : 'Comment'} ${say.code(`/swarm answer ${id} <your answer>`)} there. The run continues from where it stopped. ${until === undefined ? 'Until then it waits; the other segments continue.' : `Without an answer by ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC it continues with its best guess, and reports its assumptions.`}`,
    }),
    after: 'person acts',
    example: {
      id: 'q1',
      question: 'Are prices in cents or in euros?',
      options: ['cents', 'euros'],
      context: 'The API of #12 returns numbers without a unit.',
      until: Date.UTC(2026, 10, 21, 14, 30),
    },
    more: '`question-timeout` and `question-auto-resume` in the config set how long a run waits, and whether it then continues automatically.',
  },
} satisfies Partial<ProblemEntries>;

/** `20 minutes`, `5 hours`, `3 days`: rounded up. */
function roundSpan(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.ceil(hours / 24), 'day');
}
