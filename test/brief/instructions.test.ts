/** Personas and skills as people write them, and what is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPersona, readSkill, shippedPersona } from '../../src/brief/instructions.ts';
import { pathsFor, personaIn, SHIPPED_PERSONAS } from '../../src/core/model/instructions.ts';
import { expectSoon, filled } from '../cpu.ts';

const persona = (text: string | Uint8Array) =>
  readPersona('api', '.claude/agents/api.md', typeof text === 'string' ? Buffer.from(text) : text);

describe('a persona', () => {
  it.each<[string, string, object]>([
    [
      'of Claude Code',
      '---\nname: api\ndescription: Use it for APIs. Example: "add a route"\ntools: Read, Grep, Edit\nmodel: opus\nmaxTurns: 40\nskills: [api-patterns]\n---\n\nYou know APIs.\n',
      { body: 'You know APIs.', model: 'opus', maxTurns: 40, skills: ['api-patterns'], access: 'write' },
    ],
    [
      'of Copilot, that only reads',
      "---\ndescription: 'Plans'\ntools: ['read', 'search']\n---\nYou plan.",
      { body: 'You plan.', description: 'Plans', access: 'read' },
    ],
    ['without front matter', 'You are plain.\r\nTwo lines.', { body: 'You are plain.\nTwo lines.', access: 'write' }],
    ['with empty front matter', '---\n---\nYou are plain.', { body: 'You are plain.' }],
    ['that inherits its model', '---\nmodel: inherit\n---\nX', { body: 'X', skills: [] }],
    ['with a description that is no YAML', '---\ndescription: a: b: c\nmodel: x\n---\nX', { body: 'X', model: 'x' }],
    [
      'with examples in its description, as many published ones have',
      '---\nname: api\ndescription: Use this agent when: you add a route.\n\n<example>\nContext: A shop.\nuser: "Add: a route"\n<commentary>It is one.</commentary>\n</example>\ntools: Read, Grep\nmodel: opus\n---\nX',
      {
        description:
          'Use this agent when: you add a route.\n<example>\nContext: A shop.\nuser: "Add: a route"\n<commentary>It is one.</commentary>\n</example>',
        model: 'opus',
        access: 'read',
      },
    ],
    [
      'with a list below a description that is no YAML',
      '---\ndescription: a: b\n  and c\ntools:\n  - Read\n  - edit\n---\nX',
      { description: 'a: b\nand c', access: 'write' },
    ],
    ['with rules below a line', '---\nname: a\n---\nAbove\n---\nBelow', { body: 'Above\n---\nBelow' }],
    [
      'whose front matter means harm',
      '---\n__proto__: {access: write}\nconstructor: 1\n---\nX',
      { body: 'X', access: 'write' },
    ],
  ])('%s', (_, text, value) => {
    const read = persona(text);
    expect(read).toMatchObject({ kind: 'read', value });
    if (read.kind === 'read' && !('model' in value)) expect(read.value).not.toHaveProperty('model');
  });

  it.each<[string, 'write' | 'read']>([
    ['[edit, runCommands]', 'write'],
    ['{write: false, edit: false, bash: false}', 'read'],
    ['{write: false, edit: false}', 'write'],
    ['{edit: false, bash: false}', 'write'],
    ['{write: true, edit: false, bash: false}', 'write'],
    ['\npermission: {edit: deny, bash: deny}', 'read'],
    ['\npermission: {edit: ask, bash: deny}', 'write'],
    ['\ndisallowedTools: Edit, Write, Bash', 'read'],
    ['\ndisallowedTools: [Edit, Write]', 'write'],
    ["['edit/editFiles', 'search']", 'write'],
    ["['execute/runInTerminal', 'read']", 'write'],
    ['[search, runInTerminal]', 'write'],
    ['[editFiles]', 'write'],
    ['[vscode/runCommand]', 'write'],
    ["['*']", 'write'],
    ['Read, Write', 'write'],
    ['Read, Bash(git:*)', 'write'],
    ['[read, search, web/fetch]', 'read'],
    ['[runTests, testFailure]', 'read'],
    ['[github/create_issue, editor]', 'read'],
    ["['github/*', 'playwright/edit']", 'read'],
  ])('with the tools %s may %s', (tools, access) => {
    expect(persona(`---\ntools: ${tools}\n---\nX`)).toMatchObject({ kind: 'read', value: { access } });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['is empty', '---\nname: a\n---\n', 'it is empty'],
    ['is a list in front', '---\n- a\n---\nX', 'its front matter is not YAML with keys and values'],
    [
      'is a bomb',
      `---\n${'a: &a [x, x]\n'.repeat(1)}b: *a\n---\nX`,
      'its front matter: aliases (`*name`) are not supported; write the value out',
    ],
    ['is not text', Buffer.from('a\0b'), 'it is not text'],
    ['is not UTF-8', Buffer.from([0xff, 0xfe, 0x41]), 'it is not UTF-8 text'],
    ['is too big', 'x'.repeat(70_000), 'it has 70000 bytes; the limit is 65536'],
    ['is too long', 'x'.repeat(30_001), 'it has 30001 characters; the limit is 30000'],
  ])('that %s is refused', (_, text, why) => {
    expect(persona(text)).toEqual({ kind: 'unreadable', why });
  });

  it.each(['? ', '- ', '[', '{a: ', ',', '*a ', 'a: b: c\n', '&a [\n', '---x\n'])(
    'that is made to take forever is refused at once: %j',
    (piece) => {
      const text = `---\n${filled(piece, 64 * 1024 - 20)}\n---\nX`;
      expect(expectSoon(() => persona(text), 2_000).kind).toBe('unreadable');
    },
  );

  it.each(SHIPPED_PERSONAS)('%s ships with swarm, with the text of its file', (name) => {
    const file = readFileSync(join(import.meta.dirname, `../../personas/${name}.md`));
    expect(readPersona(name, undefined, file)).toEqual({ kind: 'read', value: shippedPersona(name) });
    expect(shippedPersona(name).description).not.toBe('');
  });

  it('who judges may not write, by its tools', () => {
    expect(SHIPPED_PERSONAS.filter((name) => shippedPersona(name).access === 'read')).toEqual([
      'product-manager',
      'reviewer',
      'tech-lead',
    ]);
  });
});

it('a skill is its description and its body', () => {
  const text = '---\nname: money\ndescription: Count money.\nallowed-tools: Bash(*)\n---\n# Money\n\nIn cents.';
  expect(readSkill('money', '.agents/skills/money/SKILL.md', Buffer.from(text))).toEqual({
    kind: 'read',
    value: {
      name: 'money',
      file: '.agents/skills/money/SKILL.md',
      description: 'Count money.',
      body: '# Money\n\nIn cents.',
    },
  });
});

it('places are looked at in one order, the config’s first', () => {
  const added = { personas: ['docs/roles/'], skills: ['docs/skills'] };
  expect(pathsFor('persona', 'api', added)).toEqual([
    'docs/roles/api.agent.md',
    'docs/roles/api.md',
    '.agents/api.agent.md',
    '.agents/api.md',
    '.agents/agents/api.agent.md',
    '.agents/agents/api.md',
    '.claude/agents/api.agent.md',
    '.claude/agents/api.md',
    '.github/agents/api.agent.md',
    '.github/agents/api.md',
  ]);
  expect(pathsFor('skill', 'money', added)[0]).toBe('docs/skills/money/SKILL.md');
});

it.each([
  ['api.md', 'api'],
  ['api.agent.md', 'api'],
  ['README.md', undefined],
  ['api', undefined],
  ['-x.md', undefined],
  ['a b.md', undefined],
  ['.md', undefined],
])('%s holds the persona %s', (file, name) => {
  expect(personaIn(file)).toBe(name);
});
