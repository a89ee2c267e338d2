/**
 * The recipes of CONTRIBUTING.md, taken literally: what each names is planted, and the compiler says what is still
 * missing. A place that it asks for and the recipe does not name would be a trap for the next reader.
 */
import { describe, expect, it } from 'vitest';
import { filesOf, withProject } from './compiler.ts';
import { read } from './sources.ts';

/** Inserts a text after (or before) a text that stands in the file exactly once. */
interface Plant {
  readonly file: string;
  readonly at: string;
  readonly text: string;
  readonly where?: 'before' | 'after';
}

const planted = (plants: readonly Plant[]): Record<string, string> => {
  const files: Record<string, string> = {};
  for (const { file, at, text, where = 'after' } of plants) {
    const before = files[file] ?? read(file);
    expect(before.split(at), `${at} stands once in ${file}`).toHaveLength(2);
    files[file] = before.replace(at, () => (where === 'after' ? at + text : text + at));
  }
  return files;
};

/** Files of the whole source that do not compile with these changes. */
const broken = (plants: readonly Plant[], added: Readonly<Record<string, string>> = {}): readonly string[] =>
  withProject('src', { ...planted(plants), ...added }, (project) => {
    const names = [...filesOf(project, 'src/')].map(({ path, file }) => [path, file.fileName] as const);
    return names
      .filter(([, name]) => project.program.getSemanticDiagnostics(name).length > 0)
      .map(([path]) => path)
      .sort();
  });

const recipe = (name: string): string => {
  const text = read('CONTRIBUTING.md');
  const start = text.indexOf(`**A ${name}.**`);
  expect(start, `CONTRIBUTING.md has a recipe for a ${name}`).toBeGreaterThan(0);
  return text.slice(start, text.indexOf('\n\n', start));
};

const names = (text: string, file: string): boolean =>
  text.includes(file) || text.includes(file.replace(/[^/]+$/, '`'));

interface Recipe {
  readonly name: string;
  /** The place that the recipe names first. */
  readonly first: readonly Plant[];
  /** The files that the compiler then asks for. */
  readonly asked: readonly string[];
  /** The rest of the recipe. */
  readonly rest: readonly Plant[];
}

const RECIPES: readonly Recipe[] = [
  {
    name: 'command',
    first: [
      {
        file: 'src/core/model/command.ts',
        at: "  | { readonly kind: 'accept' }\n",
        text: "  | { readonly kind: 'applaud' }\n",
      },
    ],
    asked: [
      'src/core/decide/take.ts',
      'src/core/model/command.ts',
      'src/core/text/command.ts',
      'src/words/commands.ts',
    ],
    rest: [
      {
        file: 'src/core/model/command.ts',
        at: "  accept: { needs: 'write' },\n",
        text: "  applaud: { needs: 'triage' },\n",
      },
      { file: 'src/core/text/command.ts', at: "    case 'accept':\n", text: "    case 'applaud':\n" },
      {
        file: 'src/core/decide/take.ts',
        at: "    case 'accept':\n",
        text: "    case 'applaud':\n      return accepted;\n",
        where: 'before',
      },
      {
        file: 'src/words/commands.ts',
        at: "  status: { usage: '/swarm status',",
        text: "  applaud: { usage: '/swarm applaud', says: 'Applauds.', example: '/swarm applaud' },\n",
        where: 'before',
      },
    ],
  },
  {
    name: 'decision',
    first: [
      {
        file: 'src/core/model/decision.ts',
        at: "  | { readonly kind: 'cancel run'; readonly runId: number }\n",
        text: "  | { readonly kind: 'ring a bell'; readonly times: number }\n",
      },
    ],
    asked: ['src/github/perform.ts'],
    rest: [
      {
        file: 'src/github/perform.ts',
        at: "    case 'cancel run':\n",
        text: "    case 'ring a bell':\n      return DONE;\n",
        where: 'before',
      },
    ],
  },
  {
    name: 'problem',
    first: [
      {
        file: 'src/core/model/problem.ts',
        at: 'export const PROBLEMS = {\n',
        text: '  BELL_BROKEN: { times: number },\n',
      },
    ],
    asked: ['src/words/problems.ts'],
    rest: [
      {
        file: 'src/words/problems/setup.ts',
        at: '  DISABLED: {\n',
        text: `  BELL_BROKEN: {
    says: ({ times }) => ({ what: \`The bell rang \${times} times.\`, why: 'It is broken.', next: 'Repair it.' }),
    after: 'checks again',
    example: { times: 3 },
    more: 'It rings at noon.',
  },
`,
        where: 'before',
      },
    ],
  },
  {
    name: 'config key',
    first: [
      {
        file: 'src/core/model/config.ts',
        at: "  readonly acceptance: 'person' | 'automatic';\n",
        text: "  readonly applause: 'person' | 'automatic';\n",
      },
    ],
    asked: ['src/config/schema.ts'],
    rest: [
      {
        file: 'src/config/schema.ts',
        at: '  acceptance: written.acceptance,\n',
        text: '  applause: written.acceptance,\n',
      },
    ],
  },
];

describe.each(RECIPES)('the recipe for a $name', ({ name, first, asked, rest }) => {
  it('names every place that the compiler asks for', () => {
    expect(broken(first)).toEqual(asked);
    const text = recipe(name);
    for (const { file } of [...first, ...rest]) expect([file, names(text, file)]).toEqual([file, true]);
  });

  it('is complete: with all of its places the source compiles', () => {
    expect(broken([...first, ...rest])).toEqual([]);
  });
});

describe('the recipe for an agent', () => {
  it('names every place that the compiler asks for', () => {
    const file = 'src/core/model/config.ts';
    const named = { [file]: read(file).replace("'opencode'] as const;", "'opencode', 'parrot'] as const;") };
    expect(broken([], named)).toEqual(['src/agents/agent.ts', 'src/cli/init/agent.ts', file]);
    const text = read('CONTRIBUTING.md');
    const start = text.indexOf('**An agent.**');
    const told = text.slice(start, text.indexOf('\n\n', start));
    expect(told).toContain('`src/agents/`');
    expect(told).toContain('`src/agents/agent.ts`');
    expect(told).toContain('`src/cli/init/agent.ts`');
    expect(told).toContain(`its name in \`PRESETS\` and its keys in \`PRESET_KEYS\` of \`${file}\``);
  });
});
