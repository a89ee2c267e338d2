/**
 * The sentences of what goes wrong in a segment's run, at its merge and at the end of a wave.
 */
import type { PatchCountable } from '#core/model/problem';
import { count, enumerate, money, type Sentences, type Voice } from './voice.ts';

const kept = 'What was done is kept on a branch, where it could be; nothing was merged.';
const again = (say: Voice): string => `then ${say.retry()} tries it again. The other segments go on.`;

const gateNames = (gates: readonly { readonly gate: string }[], say: Voice): string =>
  enumerate(
    gates.map(({ gate }) => say.code(gate)),
    6,
  );

const gateOutputs = (gates: readonly { readonly gate: string; readonly output: string }[]) =>
  gates.slice(0, 4).map(({ gate, output }) => ({ title: gate, text: output }));

const plural = (things: readonly unknown[], one: string, many: string): string => (things.length === 1 ? one : many);

/** Modes of git's trees by what they mean. */
const MODES: Readonly<Record<string, string>> = {
  '120000': 'a symbolic link',
  '160000': 'a submodule',
  '040000': 'a tree',
};

const PATCH_COUNTABLES: Readonly<Record<PatchCountable, string>> = {
  'bytes in the patch': 'bytes in the patch',
  'characters in the compressed patch': 'characters in the compressed patch',
  'changed files': 'changed files',
  'deleted files': 'deleted files',
  'all files': 'deleted files, which is all of them',
  'bytes in one file': 'bytes in one file',
  'bytes in all changed files': 'bytes in all changed files',
  'added lines': 'added lines',
};

export const runSentences = {
  DISPATCH_FAILED: ({ message, status }, say) => ({
    what: `The workflow could not be started${status === undefined ? '' : ` (GitHub answered ${status})`}.`,
    why: `GitHub says: ${say.quote(message)}.`,
    next: `Somebody who may change the repository's workflows mends what GitHub names; ${again(say)}`,
  }),
  AGENT_NOT_FOUND: ({ command }, say) => ({
    what: `The agent's program ${say.quote(command)} is not on the runner.`,
    why: `It was to be started as ${say.code('agent.command')} says, and is not installed or not executable there.`,
    next: `Install it in ${say.code('segment.yml')} (the place is marked), or correct the config; ${again(say)}`,
  }),
  AGENT_CRASHED: ({ command, exit, output }, say) => ({
    what: `The agent ${say.quote(command)} ended with ${say.own(exit)}.`,
    why: `Exit 0 means finished; anything else is a failure. ${kept}`,
    next: `Read its last output below; mend its set-up or the task's text, ${again(say)}`,
    output: [{ title: 'Last output of the agent', text: output }],
  }),
  AGENT_TIMED_OUT: ({ minutes }, say) => ({
    what: `The agent did not finish within ${count(minutes, 'minute')} and was stopped.`,
    why: `Every run has a limit (${say.code('timeout')} in the config). ${kept}`,
    next: `Split the segment or raise the limit; ${again(say)}`,
  }),
  AGENT_SILENT: ({ agent, minutes }, say) => ({
    what: `The agent ${say.quote(agent)} said nothing for ${count(minutes, 'minute')} and was stopped.`,
    why: `Agents that wait for a network, a login or an answer hang without a word. ${kept}`,
    next: `Look at its last lines in the run's log; mend its set-up, ${again(say)}`,
  }),
  AGENT_STOPPED: ({ agent }, say) => ({
    what: `The agent ${say.quote(agent)} was stopped before it had finished.`,
    why: `Its run was ended from outside. ${kept}`,
    next: `Nothing is broken; ${again(say)}`,
  }),
  AGENT_NO_CREDENTIALS: ({ agent, keys, message }, say) => ({
    what: `The agent ${say.quote(agent)} has no valid credentials.`,
    why: `It says: ${say.quote(message)}.${
      keys.length > 0
        ? ` It takes its key from ${enumerate(
            keys.map((name) => say.code(name)),
            6,
          )}.`
        : ''
    }`,
    next: `Set the secret in the repository's settings, and see that ${say.code('swarm.yml')} and ${say.code('segment.yml')} hand it on; ${again(say)}`,
  }),
  AGENT_NO_CREDIT: ({ agent, message }, say) => ({
    what: `The account of the agent ${say.quote(agent)} has no credit left.`,
    why: `Its provider says: ${say.quote(message)}.`,
    next: `Top it up with the provider, or choose another agent in the config; ${again(say)}`,
  }),
  AGENT_MODEL_REFUSED: ({ agent, model, message }, say) => ({
    what: `The agent ${say.quote(agent)} cannot use the model ${model === undefined ? 'it was to use' : say.quote(model)}.`,
    why: `It says: ${say.quote(message)}.`,
    next: `Correct ${say.code('model')} in the issue or under ${say.code('agents')} in the config, or let the account use it; ${again(say)}`,
  }),
  AGENT_CONTEXT: ({ agent, message }, say) => ({
    what: `The task does not fit into what the agent ${say.quote(agent)} can read at once.`,
    why: `It says: ${say.quote(message)}. ${kept}`,
    next: `Split the segment, shorten its text and context documents, or choose a model with more room; ${again(say)}`,
  }),
  AGENT_DECLINED: ({ agent, message }, say) => ({
    what: `The agent ${say.quote(agent)} declined the task.`,
    why: `It says: ${say.quote(message)}.`,
    next: `Read the issue as its provider would, and put it otherwise; ${again(say)}`,
  }),
  AGENT_TURNS: ({ agent, turns }, say) => ({
    what: `The agent ${say.quote(agent)} was stopped after ${count(turns, 'turn')}.`,
    why: `${say.code('max-turns')} in the config is a hard stop. ${kept}`,
    next: `Split the segment or raise the limit; ${again(say)}`,
  }),
  AGENT_UNREADABLE: ({ agent, output }, say) => ({
    what: `What the agent ${say.quote(agent)} printed could not be read.`,
    why: `It was started in its machine-readable mode and answered otherwise, so nobody knows how it ended. ${kept}`,
    next: `Install a version of it that swarm knows, or correct ${say.code('agents')} in the config; ${again(say)}`,
    output: [{ title: 'Last output of the agent', text: output }],
  }),
  AGENT_LATER: ({ message, waitMs }, say) => ({
    what: `The agent asked to be tried later${waitMs === undefined ? '' : `, in ${count(Math.max(1, Math.ceil(waitMs / 60_000)), 'minute')}`}.`,
    why: `It says: ${say.quote(message)}. A provider's limit or outage is no failure of the segment; swarm tried again by itself, for an hour.`,
    next: `When the provider answers again, ${say.retry()} tries it. The other segments go on.`,
  }),
  NO_CHANGE: (_, say) => ({
    what: 'The agent finished without changing a file.',
    why: 'Without a change there is no pull request. Only a segment of worker research may answer in words alone.',
    next: `If the work is already there, close the issue or ${say.code('/swarm skip')} it; else make its text clearer, ${again(say)}`,
  }),
  INSTRUCTIONS_UNREADABLE: ({ what, name, file, why }, say) => ({
    what: `The ${what === 'skill' ? 'skill' : 'persona'} ${say.quote(name)} cannot be used: ${say.own(why)}.`,
    why: `It is read from ${say.quote(file)} of the base commit, and an agent must not work without what its segment asks for.`,
    next: `Mend the file on the base branch, or name another in the issue; ${again(say)}`,
  }),
  TESTS_NOT_RED: ({ command, why, output }, say) => ({
    what: `The tester's tests do not show what is missing: ${say.own(why)}.`,
    why: `Before anybody implements, the new tests must be collected by ${say.code(command)} and must fail because the work is not there yet. ${kept}`,
    next: `Make the acceptance criteria of the issue testable, or set ${say.code('tdd: false')} in it; ${again(say)}`,
    output: output === '' ? [] : [{ title: command, text: output }],
  }),
  QUESTION_ASKED: ({ id, question, options, context, until }, say) => ({
    what: `The agent cannot go on without an answer to ${say.quote(question, 600)}.`,
    why: [
      context === undefined
        ? 'It stopped rather than guess; its work so far is kept.'
        : `In its words: ${say.quote(context, 600)}.`,
      ...(options.length === 0
        ? []
        : [
            `It sees these ways: ${enumerate(
              options.map((each) => say.quote(each, 200)),
              10,
            )}.`,
          ]),
    ].join(' '),
    next: `${options.length > 0 ? 'Tick one of the options in the comment on its segment, or comment' : 'Comment'} ${say.code(`/swarm answer ${id} <your answer>`)} there; it goes on from where it was. ${until === undefined ? 'Until then it waits; the other segments go on.' : `Without an answer by ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC it goes on by its best judgement, and says what it assumed.`}`,
  }),
  TEST_CHANGED: ({ files }, say) => ({
    what: `The implementer changed ${plural(files, 'a test', 'tests')} that the tester wrote: ${say.files(files, 6)}.`,
    why: `The tests are the contract of a test-first pair; whoever implements may not change them. ${kept}`,
    next: `If a test is wrong, make its criterion clearer in the issue, or set ${say.code('tdd: false')} there; ${again(say)}`,
  }),
  COUNCIL_REJECTED: ({ findings, rounds }, say) => ({
    what: `The council rejected the change after ${count(rounds, 'round')}.`,
    why: `${
      findings.length === 0
        ? 'It named no finding at a line of the change.'
        : `It found: ${enumerate(
            findings.map((each) => say.quote(each, 300)),
            6,
          )}.`
    } ${kept}`,
    next: `Look at the kept branch: make the task clearer if the council is right, or set ${say.code('review: false')} in the issue if it is not; ${again(say)}`,
  }),
  WORKTREE_BROKEN: ({ message }, say) => ({
    what: `The working tree could not be read after the agent ended: ${say.quote(message)}.`,
    why: 'The agent removed or damaged the repository it worked in. Nothing was merged.',
    next: `Forbid it that in its set-up; ${again(say)}`,
  }),
  GATES_FAILED: ({ gates, tries }, say) => ({
    what: `The ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} still ${plural(gates, 'fails', 'fail')} after ${count(tries, 'try', 'tries')}.`,
    why: `What failed went back to the agent each time. ${kept}`,
    next: `Read the output below; make the task clearer or mend what it needs, ${again(say)}`,
    output: gateOutputs(gates),
  }),
  GATE_MISSING: ({ gate, command }, say) => ({
    what: `The gate ${say.code(gate)} could not be run: ${say.quote(command)} is not there.`,
    why: 'A gate that cannot run has not passed.',
    next: `Install its tool in ${say.code('segment.yml')}, or correct ${say.code(`gates.${gate}.run`)} in the config; ${again(say)}`,
  }),
  GATE_DIRTY: ({ gate, files }, say) => ({
    what: `The gate ${say.code(gate)} changed files: ${say.files(files)}.`,
    why: 'What is published has to be what was checked, and a gate only checks.',
    next: `Let it check without writing (${say.code('--check')} instead of ${say.code('--fix')}); ${again(say)}`,
  }),
  NO_TESTS: ({ command }, say) => ({
    what: `No test ran: ${say.quote(command)} found none.`,
    why: 'A green run without a test proves nothing.',
    next: `Correct the command, or turn the gate off with ${say.code('gates.tests.off: true')}; ${again(say)}`,
  }),
  VERIFY_FAILED: ({ gates }, say) => ({
    what: `On a clean checkout the ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} ${plural(gates, 'fails', 'fail')}.`,
    why: `The same commands passed where the agent worked, so the change leans on something that is not in it. ${kept}`,
    next: `Read the output below: mostly a file that is ignored or was never added. Mend that, ${again(say)}`,
    output: gateOutputs(gates),
  }),
  OUT_OF_SCOPE: ({ files, scope }, say) => ({
    what: `The change leaves the segment's file scope: ${say.files(files)}.`,
    why: `It may change ${say.files(scope)}; other segments may be at work elsewhere. ${kept}`,
    next: `Widen ${say.code('files')} in the issue and comment ${say.code('/swarm execute')} on the epic, or make the task narrower, ${again(say)}`,
  }),
  PROTECTED_PATH: ({ files }, say) => ({
    what: `The change touches protected files: ${say.files(files)}.`,
    why: "Workflows, owners' files and instructions for agents decide what later runs may do; no segment changes them.",
    next: `A person makes that change; or ${say.code('unprotect')} in the config lets segments make it. ${capital(again(say))}`,
  }),
  BAD_PATH: ({ file, why }, say) => ({
    what: `The file ${say.quote(file)} cannot be taken: ${say.own(why)}.`,
    why: 'A name has to mean the same file on every system, and may not lead out of the repository or into git.',
    next: `Say in the issue how the file is to be called; ${again(say)}`,
  }),
  PATH_COLLISION: ({ file, with: other }, say) => ({
    what: `${say.quote(file)} and ${say.quote(other)} are one file on some systems.`,
    why: 'They differ only in case or in how their letters are composed.',
    next: `Say in the issue how the file is to be called; ${again(say)}`,
  }),
  FILE_MODE: ({ file, mode }, say) => ({
    what: `${say.quote(file)} is ${MODES[mode] ?? 'no file of a kind that git has'} (mode ${say.own(mode)}), and no ordinary file.`,
    why: 'Symbolic links and submodules lead out of what was checked; only ordinary and executable files are taken.',
    next: `Say in the issue that a plain file is wanted; ${again(say)}`,
  }),
  BINARY_FILE: ({ file }, say) => ({
    what: `${say.quote(file)} is binary.`,
    why: 'Nobody can review it in a pull request, and no gate reads it.',
    next: `A person adds it, or the task does without; ${again(say)}`,
  }),
  PATCH_LIMIT: ({ what, found, limit }, say) => ({
    what: `The change is too large: ${found.toLocaleString('en-US')} ${PATCH_COUNTABLES[what] ?? say.own(what)}, at most ${limit.toLocaleString('en-US')}.`,
    why: `It could not be reviewed, or not be carried from job to job. ${kept}`,
    next: `Split the segment, or keep generated files out; ${again(say)}`,
  }),
  PATCH_TAMPERED: ({ said, found }, say) => ({
    what: 'The change is not the one that the agent made; it was refused.',
    why: `Its digest is ${say.code(found.slice(0, 16))} and was ${say.code(said.slice(0, 16))} when the work ended. Something rewrote it between two jobs.`,
    next: `Look at the run's jobs before anything else; ${again(say)}`,
  }),
  PATCH_CONFLICT: ({ message }, say) => ({
    what: 'The change does not apply to its base.',
    why: `git says: ${say.quote(message)}.`,
    next: `${capital(say.retry())} starts from the base as it is now. The other segments go on.`,
  }),
  LFS_POINTER: ({ file }, say) => ({
    what: `${say.quote(file)} points to a file in Git LFS, and that file is not in the change.`,
    why: 'Swarm carries the change itself from job to job; what a pointer leads to nobody would have checked or pushed.',
    next: `A person adds the file, or the task does without; ${again(say)}`,
  }),
  SECRET_IN_PATCH: ({ file, line, rule, sha256 }, say) => ({
    what: `The change holds what looks like a secret: ${say.quote(line === undefined ? file : `${file}:${line}`)} (${say.own(rule)}).`,
    why: 'A secret that was pushed once has to be replaced everywhere. It was pushed nowhere, and is not shown here.',
    next: [
      `If it is real, replace it at its provider. Say in the issue to use a variable or an obvious example; ${again(say)}`,
      ...(sha256 === undefined
        ? []
        : [
            `If it is none, add its file and ${say.code(`sha256: ${sha256}`)} to ${say.code('secrets.allow')} in the config.`,
          ]),
    ].join(' '),
  }),
  PUSH_REFUSED: ({ branch, message }, say) => ({
    what: `The branch ${say.quote(branch)} could not be pushed.`,
    why: `GitHub says: ${say.quote(message)}.`,
    next: `If somebody else pushed to it, merge or delete that branch; if a rule forbids it, let swarm's branches pass; ${again(say)}`,
  }),
  PULL_REFUSED: ({ branch, message }, say) => ({
    what: `No pull request could be opened for ${say.quote(branch)}.`,
    why: `GitHub says: ${say.quote(message)}. The branch is there.`,
    next: `Mend what GitHub names (often "Allow GitHub Actions to create pull requests" in the settings); ${again(say)}`,
  }),
  RUN_CUT_SHORT: (_, say) => ({
    what: 'The run of this segment was cut short, before it could say how it went.',
    why: "It was cancelled, ran out of its job's time, or a job of it died. What had been made by then is kept.",
    next: `Swarm tries it again by itself, from there; where it does not any more, look at the run's log and the runners. ${again(say)}`,
  }),
  RUN_LOST: ({ conclusion, attempts }, say) => ({
    what: `${count(attempts, 'run')} of this segment ended without a report, the last one as ${say.quote(conclusion)}.`,
    why: 'A run that was cancelled, timed out or lost its runner leaves nothing to go on from. Swarm tried it again by itself.',
    next: `Look at the run's log and the runners; ${again(say)}`,
  }),
  BUDGET_SPENT: ({ spentUsd, budgetUsd, of }, say) => ({
    what: `The budget of the ${of} is spent: ${money(spentUsd)} of ${money(budgetUsd)}.`,
    why: `${of === 'agent' ? `Its ${say.code('budget')} under ${say.code('agents')}` : say.code(`budget.${of}`)} in the config is a hard stop.`,
    next: `Raise it there if the work is worth it; ${again(say)}`,
  }),
  BUDGET_UNBOUND: ({ agent, budgetUsd, minutes, turns }, say) => ({
    what: `The budget of ${money(budgetUsd)} does not bind the agent ${say.quote(agent)}.`,
    why: `It tells tokens and no money, and the config gives no price for them, so nothing of what it costs is counted. What stops it is time (${count(minutes, 'minute')} for a segment)${turns === undefined ? ', and no number of turns is set' : ` and ${count(turns, 'turn')} for a call`}.`,
    next: `Nothing has to be done for the epic to run. Set ${say.code(`agents.${agent}.price`)} in the config to what a million tokens cost, such as ${say.code('{input: 1.25, output: 10}')}, and the budget binds it${turns === undefined ? `; or set ${say.code(`agents.${agent}.max-turns`)}` : ''}.`,
  }),
  REWORK_LIMIT: ({ rounds, last }, say) => ({
    what: `Rejected ${count(rounds, 'time')}; swarm reworks it no more.`,
    why: `The last reason was ${say.quote(last, 300)}.`,
    next: `Finish it by hand on its branch, or rewrite the issue; ${again(say)}`,
  }),
  MERGE_REFUSED: ({ at, message }, say) => ({
    what: `GitHub refuses to merge ${say.place(at)}.`,
    why: `It says: ${say.quote(message)}.`,
    next: 'Mend what it names, mostly a rule of the branch. Swarm tries again when the pull request or its checks change.',
  }),
  HEAD_RED: ({ at, head, gates }, say) => ({
    what: `What was pushed to ${say.place(at)} fails the ${plural(gates, 'gate', 'gates')} ${gateNames(gates, say)} (commit ${say.commit(head)}).`,
    why: 'Swarm ran the gates on the commit as it is; no agent had a hand in it.',
    next: `Push a mend, and swarm looks again by itself. Or let the agent mend it: reject the pull request with a reason, or ${say.retry()}.`,
    output: gateOutputs(gates),
  }),
  MERGE_CONFLICT: ({ at, base }, say) => ({
    what: `${say.place(at)} conflicts with ${say.quote(base)}.`,
    why: 'Something that was merged meanwhile changed the same lines.',
    next: `Resolve it on the pull request's branch and swarm goes on by itself; or ${say.retry()} starts again from the base.`,
  }),
  PULL_CLOSED: ({ at }, say) => ({
    what: `${say.place(at)} was closed without being merged.`,
    why: 'A closed pull request is a decision of a person; swarm does not open it again.',
    next: `Reopen it, ${say.code('/swarm skip')} its segment, or ${say.retry()} does the work anew. The other segments go on.`,
  }),
  ISSUE_REFUSED: ({ message, status }, say) => ({
    what: `GitHub does not let swarm make a fix segment (it answered ${status}).`,
    why: `It says: ${say.quote(message)}. What was found is not mended without it, so the wave does not go on.`,
    next: `Mend what GitHub names: issues have to be switched on, swarm may write them, and an epic holds at most 100 sub-issues. Then ${say.code('/swarm retry')} on the epic makes it.`,
  }),
  CALIBRATION_LIMIT: ({ wave, rounds, findings }, say) => ({
    what: `Wave ${wave} does not pass its calibration after ${count(rounds, 'round')}: ${enumerate(
      findings.map((finding) => say.quote(finding, 100)),
      4,
    )}.`,
    why: 'The fix segments did not mend it, so the next wave would build on something broken.',
    next: `A person mends it on the base, or adds a sub-issue for it and comments ${say.code('/swarm execute')}; then ${say.code('/swarm retry')} calibrates again.`,
  }),
} satisfies Partial<Sentences>;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
