import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked, Command } from '../../src/core/model/command.ts';
import { issueNumber } from '../../src/core/model/epic.ts';
import { readCommand } from '../../src/core/text/command.ts';
import { COMMAND_WORDS } from '../../src/words/commands.ts';

const asks = (command: Command): Asked => ({ kind: 'command', command });
const nothing: Asked = { kind: 'nothing' };
const issue14 = issueNumber(14);

describe('commands (R3.4)', () => {
  test.each<[string, 'issue' | 'pull', Command]>([
    ['/swarm', 'issue', { kind: 'help' }],
    ['/swarm help', 'issue', { kind: 'help' }],
    ['/swarm plan  ', 'issue', { kind: 'plan' }],
    ['/swarm status\r\nthanks!', 'issue', { kind: 'status' }],
    ['/swarm execute', 'issue', { kind: 'execute' }],
    [
      '/swarm execute wave 2 agents=3 sequential dry-run',
      'issue',
      { kind: 'execute', wave: 2, agents: 3, sequential: true, dryRun: true },
    ],
    ['/swarm execute wave: 2', 'issue', { kind: 'execute', wave: 2 }],
    ['/swarm run #14', 'issue', { kind: 'run', segment: issue14 }],
    ['/swarm run 14', 'issue', { kind: 'run', segment: issue14 }],
    ['/swarm approve', 'issue', { kind: 'approve' }],
    ['/swarm approve wave 2', 'issue', { kind: 'approve', wave: 2 }],
    ['/swarm approve deadbee', 'pull', { kind: 'approve', head: 'deadbee' }],
    ['/approve', 'pull', { kind: 'approve' }],
    ['/approve DEADBEE', 'pull', { kind: 'approve', head: 'deadbee' }],
    ['/reject The total is wrong.', 'pull', { kind: 'reject', reason: 'The total is wrong.' }],
    [
      '/reject\n\nThe total is wrong.\n- and the tax',
      'pull',
      { kind: 'reject', reason: 'The total is wrong.\n- and the tax' },
    ],
    ['/swarm reject nö', 'pull', { kind: 'reject', reason: 'nö' }],
    ['/swarm retry', 'issue', { kind: 'retry' }],
    ['/swarm retry #14', 'issue', { kind: 'retry', segment: issue14 }],
    ['/swarm skip #14 we buy it\ninstead', 'issue', { kind: 'skip', segment: issue14, reason: 'we buy it\ninstead' }],
    ['/swarm skip 14\nwe buy it', 'issue', { kind: 'skip', segment: issue14, reason: 'we buy it' }],
    ['/swarm answer q1 Prices are in cents.', 'issue', { kind: 'answer', id: 'q1', text: 'Prices are in cents.' }],
    ['/swarm answer q1\nIn cents.\nAlways.', 'issue', { kind: 'answer', id: 'q1', text: 'In cents.\nAlways.' }],
    ['/swarm pause', 'issue', { kind: 'pause' }],
    ['/swarm resume', 'issue', { kind: 'resume' }],
    ['/swarm cancel', 'pull', { kind: 'cancel' }],
    ['/swarm accept', 'issue', { kind: 'accept' }],
    ['/swarm needs-work empty cart crashes', 'issue', { kind: 'needs-work', what: 'empty cart crashes' }],
    ['/Swarm Approve', 'issue', { kind: 'approve' }],
    // B091: the first of two counts
    ['/swarm pause\n/swarm cancel', 'issue', { kind: 'pause' }],
  ])('%j on an %s', (text, where, command) => {
    expect(readCommand(text, where)).toEqual(asks(command));
  });

  test.each([
    ['an empty comment', ''],
    ['a leading blank (B089)', ' /swarm approve'],
    ['a quote (B089)', '> /swarm approve'],
    ['a code fence (B089)', '```\n/swarm approve\n```'],
    ['inline code', '`/swarm approve`'],
    ['a comment in HTML', '<!-- -->/swarm approve'],
    ['prose', 'please /swarm approve'],
    ['another word', '/swarmapprove'],
    ['a zero-width split', '/sw\u200barm approve'],
    ['a zero-width end', '/swarm approve\u200b'],
    ['a homoglyph', '/\u0455warm approve'],
    ['a no-break space', '/swarm\u00a0approve'],
    ['an invisible argument', '/swarm run 1\u200b4'],
    ['a full-width slash', '\uff0fswarm approve'],
    ['a line separator', 'x\u2028/swarm approve'],
    ['10 kB of argument (B101)', `/swarm approve ${'a'.repeat(10_000)}`],
    ['10 kB of verb', `/swarm ${'a'.repeat(10_000)}`],
    ['a million blanks with something behind them', `x${' \t'.repeat(500_000)}x`],
    ["somebody else's command", '/deploy now'],
    ['/approve on an issue', '/approve'],
    ['/reject on an issue', '/reject no'],
  ])('%s asks for nothing', (_, text) => {
    expect(readCommand(text, 'issue')).toEqual(nothing);
  });

  test.each([
    ['the second line (B090)', 'hello\n/swarm approve'],
    ['the second line after an empty one', '\n/swarm approve'],
    ['a line below a quote', '> hello\n\n/swarm approve'],
  ])('%s is answered and not taken', (_, text) => {
    expect(readCommand(text, 'issue')).toEqual({ kind: 'malformed', command: 'approve', expected: 'first line' });
  });

  test.each([
    ['/swarm frobnicate', { kind: 'unknown', text: 'frobnicate' }],
    ['/swarm aprove', { kind: 'unknown', text: 'aprove', nearest: 'approve' }],
    ['/swarm stop', { kind: 'unknown', text: 'stop', nearest: 'cancel' }],
    ['/swarm constructor', { kind: 'unknown', text: 'constructor' }],
    ['/swarm __proto__', { kind: 'unknown', text: '__proto__' }],
    [`/swarm ${'x'.repeat(100)}`, { kind: 'unknown', text: 'x'.repeat(40) }],
  ])('%j is not known', (text, asked) => {
    expect(readCommand(text, 'issue')).toEqual(asked);
  });

  test.each([
    ['/approve; rm -rf /', 'pull', 'malformed'],
    ['/approve; rm -rf /', 'issue', 'nothing'],
    ['/approve!', 'pull', 'malformed'],
    ['/approved', 'pull', 'nothing'],
    ['/pause.', 'pull', 'nothing'],
    ['/swarm approve; rm -rf /', 'pull', 'malformed'],
    ['/swarm approve ; rm -rf /', 'pull', 'malformed'],
    ['/swarm approve ; rm -rf /', 'issue', 'malformed'],
    ['/swarm approve deadbee', 'issue', 'malformed'],
    ['/approve deadbe', 'pull', 'malformed'],
    ['/approve deadbeeg', 'pull', 'malformed'],
    ['/approve wave 2', 'pull', 'malformed'],
    ['/reject', 'pull', 'malformed'],
    ['/reject   \n  ', 'pull', 'malformed'],
    [`/reject ${'a'.repeat(4_001)}`, 'pull', 'malformed'],
    ['/swarm run', 'issue', 'malformed'],
    ['/swarm run 0', 'issue', 'malformed'],
    ['/swarm run -1', 'issue', 'malformed'],
    ['/swarm run 12abc', 'issue', 'malformed'],
    ['/swarm run 9007199254740992', 'issue', 'malformed'],
    ['/swarm run #14 #15', 'issue', 'malformed'],
    ['/swarm skip #14', 'issue', 'malformed'],
    ['/swarm skip because', 'issue', 'malformed'],
    ['/swarm pause now', 'issue', 'malformed'],
    ['/swarm execute wave', 'issue', 'malformed'],
    ['/swarm execute wave 0', 'issue', 'malformed'],
    ['/swarm execute wave 1 wave 2', 'issue', 'malformed'],
    ['/swarm execute agents 257', 'issue', 'malformed'],
    ['/swarm execute please', 'issue', 'malformed'],
  ] as const)('%j on an %s is %s', (text, where, kind) => {
    expect(readCommand(text, where).kind).toBe(kind);
  });

  test('every example in the table is a command of its kind', () => {
    for (const [kind, { example }] of Object.entries(COMMAND_WORDS)) {
      const asked = readCommand(example, example.startsWith('/swarm') ? 'issue' : 'pull');
      expect(asked).toMatchObject({ kind: 'command', command: { kind } });
    }
  });

  test('no text makes it throw, and only its very start is a command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('issue', 'pull'), (text, where) => {
        const asked = readCommand(text, where);
        if (asked.kind === 'command') expect(text).toMatch(/^\/(swarm|approve|reject)(?=[ \t\r\n]|$)/i);
        expect(readCommand(` ${text}`, where).kind).not.toBe('command');
        expect(readCommand(`> ${text}`, where).kind).not.toBe('command');
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(COMMAND_WORDS)),
        fc.string({ unit: 'binary' }),
        ({ example }, text) => {
          expect(readCommand(`${example}${text}`, 'pull')).toHaveProperty('kind');
          expect(readCommand(`${text.replace(/^\//, '')}\n${example}`, 'pull').kind).not.toBe('command');
        },
      ),
    );
  });
});
