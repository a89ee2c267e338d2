/**
 * Each command needs exactly the permission that the table of commands names, which help and docs show (SPEC R3.5).
 */
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/core/decide/decide.ts';
import { COMMANDS, type Command, type CommandKind } from '../../src/core/model/command.ts';
import { issueNumber, pullNumber } from '../../src/core/model/epic.ts';
import type { Permission, Person } from '../../src/core/model/people.ts';
import { readCommand } from '../../src/core/text/command.ts';
import { COMMAND_WORDS } from '../../src/words/commands.ts';
import { config, issue, snapshot } from './facts.ts';

const KINDS = Object.keys(COMMANDS) as CommandKind[];

/** The example of the commands' page, as it is read from a comment. */
const exampleOf = (kind: CommandKind): Command => {
  const { example } = COMMAND_WORDS[kind];
  const asked = readCommand(example, example.startsWith('/swarm') ? 'issue' : 'pull');
  if (asked.kind !== 'command') throw new Error(`${example} is not a command`);
  return asked.command;
};

const isForbidden = (kind: CommandKind, by: Person, on: 'issue' | 'pull' = 'issue'): boolean => {
  const from =
    on === 'issue'
      ? ({ kind: 'comment', issue: issueNumber(1), node: 'IC_1' } as const)
      : ({ kind: 'pull comment', pull: pullNumber(31), node: 'IC_1' } as const);
  const command = exampleOf(kind);
  const request = { id: 'comment:1', at: snapshot([]).now, by, asked: { kind: 'command', command }, from } as const;
  const { decisions } = decide(snapshot([issue(14)], { requests: [request] }), config());
  return decisions.some(
    (each) => each.kind === 'say' && each.notice.kind === 'refused request' && each.notice.problem.kind === 'FORBIDDEN',
  );
};

const person = (permission: Permission): Person => ({ id: 7, login: 'tim', kind: 'person', permission });

describe.each(KINDS)('%s (R3.5)', (kind) => {
  const { needs } = COMMANDS[kind];

  it.each(['issue', 'pull'] as const)(`on an %s: needs ${needs}`, (on) => {
    expect(isForbidden(kind, person('triage'), on)).toBe(needs === 'write');
    for (const more of ['write', 'maintain', 'admin'] as const) expect(isForbidden(kind, person(more), on)).toBe(false);
    for (const less of ['read', 'none'] as const) expect(isForbidden(kind, person(less), on)).toBe(true);
  });
});
