import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Asked,
  COMMANDS,
  type Command,
  type CommandArguments,
  type CommandKind,
} from '../../../src/core/model/command.ts';
import { issueNumber } from '../../../src/core/model/epic.ts';
import { readCommand } from '../../../src/core/text/command.ts';

type Where = 'issue' | 'pull';
const nothing: Asked = { kind: 'nothing' };
const asks = (command: Command): Asked => ({ kind: 'command', command });
const unknown = (text: string, near?: string): Asked => ({
  kind: 'unknown',
  text,
  ...(near === undefined ? {} : { nearest: near }),
});
const malformed = (command: CommandKind, expected: CommandArguments): Asked => ({
  kind: 'malformed',
  command,
  expected,
});
const issue14 = issueNumber(14);
const a40 = 'a'.repeat(40);
const verbs = Object.keys(COMMANDS) as CommandKind[];

describe('the line of a command', () => {
  test.each<[string, string, Asked]>([
    ['ends at a line feed', '/swarm pause\nnow', asks({ kind: 'pause' })],
    ['ends at a carriage return', '/swarm pause\rnow', asks({ kind: 'pause' })],
    ['may have spaces and tabs at its end', '/swarm pause \t \n', asks({ kind: 'pause' })],
    ['may have many spaces at its end', `/swarm run 14${' '.repeat(300)}`, asks({ kind: 'run', segment: issue14 })],
    ['may have spaces and tabs after /swarm', '/swarm \t pause', asks({ kind: 'pause' })],
    ['may have spaces and tabs after the verb', '/swarm run \t #14', asks({ kind: 'run', segment: issue14 })],
    ['may have tabs between arguments', '/swarm execute\twave\t2', asks({ kind: 'execute', wave: 2 })],
    ['asks for help without a verb', '/swarm \t ', asks({ kind: 'help' })],
    ['asks for help if the verb is on the next line', '/swarm\npause', asks({ kind: 'help' })],
    ['is nothing without a space after /swarm', '/swarmpause', nothing],
    ['is nothing with punctuation after /swarm', '/swarm: pause', nothing],
    ['is nothing if /swarm comes later', 'x/swarm pause', nothing],
    ['may have 200 characters of arguments', `/swarm pause ${'x'.repeat(200)}`, malformed('pause', 'nothing')],
    ['is nothing with 201 characters of arguments', `/swarm pause ${'x'.repeat(201)}`, nothing],
    ['is nothing with letters beyond ASCII in its arguments', '/swarm run ✓14', nothing],
    ['is nothing with letters beyond ASCII after its arguments', '/swarm run 14 ✓', nothing],
    ['is nothing with a control character in its arguments', '/swarm run \x01', nothing],
  ])('%s', (_, comment, asked) => {
    expect(readCommand(comment, 'issue')).toEqual(asked);
  });

  test.each<[string, Where, Asked]>([
    ['/approve', 'pull', asks({ kind: 'approve' })],
    ['/approve \t ', 'pull', asks({ kind: 'approve' })],
    ['/approve\tabcdef0', 'pull', asks({ kind: 'approve', head: 'abcdef0' })],
    ['/reject no', 'pull', asks({ kind: 'reject', reason: 'no' })],
    ['/approve', 'issue', nothing],
    ['/reject no', 'issue', nothing],
    ['/approved', 'issue', nothing],
    ['/Approve', 'pull', asks({ kind: 'approve' })],
    ['/REJECT no', 'pull', asks({ kind: 'reject', reason: 'no' })],
    ['/Swarm Execute', 'issue', asks({ kind: 'execute' })],
    ['/\u017fwarm execute', 'issue', nothing],
    ['/swarm \u212aill', 'issue', nothing],
    ['/swarm re\u017fume', 'issue', nothing],
    ['/approve 👍', 'pull', malformed('approve', 'commit or nothing')],
    ['/approve 👍🏽 thanks', 'pull', malformed('approve', 'commit or nothing')],
    ['/swarm execute 🚀', 'issue', malformed('execute', 'execute options')],
    ['/swarm pause 👩\u200d💻', 'issue', malformed('pause', 'nothing')],
    ['/approve \u200d', 'pull', nothing],
    ['/approve, thanks', 'pull', malformed('approve', 'space or nothing')],
    ['Looks good!\n/approve', 'pull', malformed('approve', 'first line')],
    ['Looks good!\r\n\r\n/Approve abcdef0', 'pull', malformed('approve', 'first line')],
    ['Please:\n\n/swarm retry #14', 'issue', malformed('retry', 'first line')],
    ['Looks good!\n/approve', 'issue', nothing],
    ['Looks good!\n/approved', 'pull', nothing],
    ['Say:\n/swarm hello', 'issue', nothing],
    ['Say:\n /swarm retry', 'issue', nothing],
    ['Say:\n> /swarm retry', 'issue', nothing],
    ['Say:\n```\n/swarm retry\n```', 'issue', nothing],
    ['Say:\n\n    /swarm retry', 'issue', nothing],
    ['Say:\n<!--\n/swarm retry\n-->', 'issue', nothing],
    ['/approve!', 'issue', nothing],
    ['/approve!', 'pull', malformed('approve', 'space or nothing')],
    ['/approve.', 'pull', malformed('approve', 'space or nothing')],
    ['/approve,', 'pull', malformed('approve', 'space or nothing')],
    ['/approve: yes', 'pull', malformed('approve', 'space or nothing')],
    ['/approve; yes', 'pull', malformed('approve', 'space or nothing')],
    ['/reject: no', 'pull', malformed('reject', 'space or nothing')],
    ['/approve?', 'pull', nothing],
    ['/approved', 'pull', nothing],
    ['/approved!', 'pull', nothing],
    ['/rejected: no', 'pull', nothing],
    ['/pause!', 'pull', nothing],
    ['approve!', 'pull', nothing],
    ['x/approve!', 'pull', nothing],
    ['xapprove! or /reject', 'pull', nothing],
    ['', 'pull', nothing],
    ['LGTM!', 'pull', nothing],
  ])('%j on an %s', (comment, where, asked) => {
    expect(readCommand(comment, where)).toEqual(asked);
  });

  test('a command with a mark right behind it does not count, and is reported up to 200 characters', () => {
    for (const verb of verbs) {
      for (const mark of [';', '.', ',', ':', '!']) {
        for (const where of ['issue', 'pull'] as const) {
          expect(readCommand(`/swarm ${verb}${mark}`, where)).toEqual(malformed(verb, 'space or nothing'));
        }
      }
    }
    const within = `pause; ${'x'.repeat(193)}`;
    expect(readCommand(`/swarm ${within}`, 'issue')).toEqual(malformed('pause', 'space or nothing'));
    expect(readCommand(`/swarm ${within}x`, 'issue')).toEqual(unknown('pause;', 'pause'));
    const approval = `/approve; ${'x'.repeat(191)}`;
    expect(readCommand(approval, 'pull')).toEqual(malformed('approve', 'space or nothing'));
    expect(readCommand(`${approval}x`, 'pull')).toEqual(nothing);
  });
});

describe('an unknown command', () => {
  test.each([
    ['stop', 'cancel'],
    ['abort', 'cancel'],
    ['kill', 'cancel'],
    ['start', 'execute'],
    ['go', 'execute'],
    ['continue', 'resume'],
    ['again', 'retry'],
    ['merge', 'approve'],
    ['lgtm', 'approve'],
    ['deny', 'reject'],
    ['commands', 'help'],
    ['dry-run', 'plan'],
    ['LGTM', 'approve'],
    ['aprove', 'approve'],
  ])('%s is answered with %s', (word, near) => {
    expect(readCommand(`/swarm ${word} now`, 'issue')).toEqual(unknown(word, near));
  });

  test.each<[string, string, Asked]>([
    ['resembles no command', 'frobnicate', unknown('frobnicate')],
    ['is quoted up to 40 characters', `${a40}a`, unknown(a40)],
    ['may have 200 characters', 'a'.repeat(200), unknown(a40)],
    ['is nothing with 201 characters', 'a'.repeat(201), nothing],
    ['may have any printable ASCII', '!~', unknown('!~')],
    ['is nothing with a letter beyond ASCII at its start', 'ñapprove', nothing],
    ['is nothing with a letter beyond ASCII at its end', 'approveñ', nothing],
    ['is nothing with a control character', 'a\x1fb', nothing],
    ['is nothing with a delete character', 'a\x7fb', nothing],
    ['ends at a tab', 'frobnicate\tnow', unknown('frobnicate')],
    ['is nothing more if a command with a mark follows', 'kindly pause!', unknown('kindly')],
    ['keeps a mark that stands within it', 'run.14', malformed('run', 'space or nothing')],
    ['of 20 letters before a mark is no command', `${'a'.repeat(20)}!`, unknown(`${'a'.repeat(20)}!`)],
    ['in capitals before a mark is one, too', 'Pause!', malformed('pause', 'space or nothing')],
  ])('%s', (_, word, asked) => {
    expect(readCommand(`/swarm ${word}`, 'issue')).toStrictEqual(asked);
  });
});

describe('the arguments of a command', () => {
  test.each(['help', 'plan', 'status', 'pause', 'cancel', 'accept'] as const)('%s takes none', (verb) => {
    expect(readCommand(`/swarm ${verb}`, 'issue')).toEqual(asks({ kind: verb }));
    expect(readCommand(`/swarm ${verb}`, 'pull')).toEqual(asks({ kind: verb }));
    expect(readCommand(`/swarm ${verb} x`, 'issue')).toEqual(malformed(verb, 'nothing'));
  });

  test.each<[string, Asked]>([
    ['execute', asks({ kind: 'execute' })],
    ['execute wave 2', asks({ kind: 'execute', wave: 2 })],
    ['execute wave=2', asks({ kind: 'execute', wave: 2 })],
    ['execute wave: 2', asks({ kind: 'execute', wave: 2 })],
    ['execute wave : 2', asks({ kind: 'execute', wave: 2 })],
    ['execute wave 1', asks({ kind: 'execute', wave: 1 })],
    ['execute wave 999', asks({ kind: 'execute', wave: 999 })],
    ['execute wave 1000', malformed('execute', 'execute options')],
    ['execute wave 0', malformed('execute', 'execute options')],
    ['execute wave 02', malformed('execute', 'execute options')],
    ['execute wave 2x', malformed('execute', 'execute options')],
    ['execute wave x2', malformed('execute', 'execute options')],
    ['execute wave', malformed('execute', 'execute options')],
    ['execute wave 2 wave 2', malformed('execute', 'execute options')],
    ['execute agents 1', asks({ kind: 'execute', agents: 1 })],
    ['execute agents=256', asks({ kind: 'execute', agents: 256 })],
    ['execute agents 257', malformed('execute', 'execute options')],
    ['execute agents 300', malformed('execute', 'execute options')],
    ['execute agents 10000', malformed('execute', 'execute options')],
    ['execute agents', malformed('execute', 'execute options')],
    ['execute agents 2 agents 3', malformed('execute', 'execute options')],
    ['execute wave 3 agents 2', asks({ kind: 'execute', wave: 3, agents: 2 })],
    ['execute sequential', asks({ kind: 'execute', sequential: true })],
    ['execute dry-run', asks({ kind: 'execute', dryRun: true })],
    ['execute dry-run sequential', asks({ kind: 'execute', sequential: true, dryRun: true })],
    ['execute sequential sequential', malformed('execute', 'execute options')],
    ['execute dry-run dry-run', malformed('execute', 'execute options')],
    ['execute please 2', malformed('execute', 'execute options')],
    ['execute please', malformed('execute', 'execute options')],
    ['execute wave 2 please', malformed('execute', 'execute options')],
    ['resume', asks({ kind: 'resume' })],
    ['resume budget=60', asks({ kind: 'resume', budgetUsd: 60 })],
    ['resume budget 60', asks({ kind: 'resume', budgetUsd: 60 })],
    ['resume budget: $60.50', asks({ kind: 'resume', budgetUsd: 60.5 })],
    ['resume budget=0.01', asks({ kind: 'resume', budgetUsd: 0.01 })],
    ['resume budget=1000000', asks({ kind: 'resume', budgetUsd: 1_000_000 })],
    ['resume budget=1000000.01', malformed('resume', 'budget or nothing')],
    ['resume budget=0', malformed('resume', 'budget or nothing')],
    ['resume budget=-5', malformed('resume', 'budget or nothing')],
    ['resume budget=1e3', malformed('resume', 'budget or nothing')],
    ['resume budget=60.505', malformed('resume', 'budget or nothing')],
    ['resume budget', malformed('resume', 'budget or nothing')],
    ['resume budget=60 now', malformed('resume', 'budget or nothing')],
    ['resume budget=60 budget=70', malformed('resume', 'budget or nothing')],
    ['resume 60', malformed('resume', 'budget or nothing')],
    ['resume now', malformed('resume', 'budget or nothing')],
    ['run #14', asks({ kind: 'run', segment: issue14 })],
    ['run 14', asks({ kind: 'run', segment: issue14 })],
    ['run', malformed('run', 'issue')],
    ['run ##14', malformed('run', 'issue')],
    ['run x14', malformed('run', 'issue')],
    ['run 14x', malformed('run', 'issue')],
    ['run #014', malformed('run', 'issue')],
    ['run #0', malformed('run', 'issue')],
    ['run #14 15', malformed('run', 'issue')],
    ['run 2147483647', asks({ kind: 'run', segment: issueNumber(2_147_483_647) })],
    ['run 2147483648', malformed('run', 'issue')],
    ['retry', asks({ kind: 'retry' })],
    ['retry #14', asks({ kind: 'retry', segment: issue14 })],
    ['retry all', malformed('retry', 'issue or nothing')],
    ['retry #14 #15', malformed('retry', 'issue or nothing')],
    ['approve', asks({ kind: 'approve' })],
    ['import', asks({ kind: 'import' })],
    ['import Yes', asks({ kind: 'import', confirmed: true })],
    ['import yes please', malformed('import', 'yes or nothing')],
    ['import beads', malformed('import', 'yes or nothing')],
    ['approve wave 2', asks({ kind: 'approve', wave: 2 })],
    ['approve wave 999', asks({ kind: 'approve', wave: 999 })],
    ['approve wave 1000', malformed('approve', 'wave or nothing')],
    ['approve wave', malformed('approve', 'wave or nothing')],
    ['approve wave 2 now', malformed('approve', 'wave or nothing')],
    ['approve waves 2', malformed('approve', 'wave or nothing')],
    ['approve abcdef0', malformed('approve', 'wave or nothing')],
  ])('/swarm %s, on an issue', (words, asked) => {
    expect(readCommand(`/swarm ${words}`, 'issue')).toEqual(asked);
  });

  test.each<[string, Asked]>([
    ['', asks({ kind: 'approve' })],
    ['abcdef0', asks({ kind: 'approve', head: 'abcdef0' })],
    ['ABCDEF0', asks({ kind: 'approve', head: 'abcdef0' })],
    [a40, asks({ kind: 'approve', head: a40 })],
    ['abcdef', malformed('approve', 'commit or nothing')],
    [`${a40}a`, malformed('approve', 'commit or nothing')],
    ['gabcdef0', malformed('approve', 'commit or nothing')],
    ['abcdef0g', malformed('approve', 'commit or nothing')],
    ['abcdef0 abcdef0', malformed('approve', 'commit or nothing')],
    ['wave 2', malformed('approve', 'commit or nothing')],
  ])('/approve %s, on a pull request', (words, asked) => {
    expect(readCommand(`/approve ${words}`, 'pull')).toEqual(asked);
    expect(readCommand(`/swarm approve ${words}`, 'pull')).toEqual(asked);
  });
});

describe('the words of a command', () => {
  test.each<[string, Asked]>([
    ['reject too slow', asks({ kind: 'reject', reason: 'too slow' })],
    ['reject  \n\n too slow\n\n- and loud \n', asks({ kind: 'reject', reason: 'too slow\n\n- and loud' })],
    ['reject', malformed('reject', 'reason')],
    ['reject \n\t\n', malformed('reject', 'reason')],
    ['needs-work too slow', asks({ kind: 'needs-work', what: 'too slow' })],
    ['needs-work\ntoo slow\nand loud', asks({ kind: 'needs-work', what: 'too slow\nand loud' })],
    ['needs-work', malformed('needs-work', 'reason')],
    ['skip #14 too late', asks({ kind: 'skip', segment: issue14, reason: 'too late' })],
    ['skip  \t#14 too late', asks({ kind: 'skip', segment: issue14, reason: 'too late' })],
    ['skip 14\n\ntoo late\nby far\n', asks({ kind: 'skip', segment: issue14, reason: 'too late\nby far' })],
    ['skip\n#14 too late', malformed('skip', 'issue and reason')],
    ['skip', malformed('skip', 'issue and reason')],
    ['skip too late', malformed('skip', 'issue and reason')],
    ['skip #14: too late', malformed('skip', 'issue and reason')],
    ['skip 14', malformed('skip', 'reason')],
    ['skip 14 \n', malformed('skip', 'reason')],
    ['answer q1 in cents', asks({ kind: 'answer', id: 'q1', text: 'in cents' })],
    ['answer Q-1_a.b \t\r\n in cents\nalways ', asks({ kind: 'answer', id: 'Q-1_a.b', text: 'in cents\nalways' })],
    ['answer q in cents', asks({ kind: 'answer', id: 'q', text: 'in cents' })],
    [`answer ${a40} in cents`, asks({ kind: 'answer', id: a40, text: 'in cents' })],
    [`answer ${a40}a in cents`, malformed('answer', 'question and answer')],
    ['answer', malformed('answer', 'question and answer')],
    ['answer q1', malformed('answer', 'question and answer')],
    ['answer q1 \n', malformed('answer', 'reason')],
    ['answer -q1 in cents', malformed('answer', 'question and answer')],
    ['answer q1: in cents', malformed('answer', 'question and answer')],
    ['answer ¿q1 in cents', malformed('answer', 'question and answer')],
  ])('/swarm %j', (words, asked) => {
    expect(readCommand(`/swarm ${words}`, 'issue')).toEqual(asked);
    expect(readCommand(`/swarm ${words}`, 'pull')).toEqual(asked);
  });

  test.each<[string, (words: string) => Command]>([
    ['reject', (reason) => ({ kind: 'reject', reason })],
    ['needs-work', (what) => ({ kind: 'needs-work', what })],
    ['skip 14', (reason) => ({ kind: 'skip', segment: issue14, reason })],
    ['answer q1', (text) => ({ kind: 'answer', id: 'q1', text })],
  ])('/swarm %s takes 4,000 characters and no more', (line, command) => {
    const words = 'é'.repeat(4_000);
    expect(readCommand(`/swarm ${line}\n${words}\n`, 'issue')).toEqual(asks(command(words)));
    const { kind } = command('');
    expect(readCommand(`/swarm ${line}\n${words}é`, 'issue')).toEqual(malformed(kind, 'shorter reason'));
  });

  test('any words are taken as they are, between the first and the last that is not white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        const words = `a${text}z`;
        expect(readCommand(`/reject ${words}`, 'pull')).toEqual(asks({ kind: 'reject', reason: words }));
      }),
    );
  });
});
