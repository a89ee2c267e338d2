/** Scripts of package.json: the names that stand for gates, and what a root's script does with the members of a workspace. */
import { doesNothing } from '../tasks.ts';
import type { FoundGate } from '../workspace.ts';
import type { Package } from './programs.ts';

export const SCRIPTS: Readonly<Record<FoundGate, readonly string[]>> = {
  lint: ['lint', 'lint:check', 'lint:ci', 'check:lint', 'lint:all', 'lint:js', 'lint:ts', 'lint:eslint', 'eslint'],
  types: [
    ...['types', 'typecheck', 'type-check', 'check-types', 'check:types', 'types:check', 'check:type', 'ts:check'],
    ...['test:types', 'lint:types', 'tsc'],
  ],
  tests: ['test', 'tests', 'test:ci', 'test:unit', 'test:node', 'unit'],
  build: ['build'],
};
/** Formatting belongs to the gate `lint`. */
const FORMAT = [
  'format:check',
  'check:format',
  'fmt:check',
  'check:fmt',
  'prettier:check',
  'check:prettier',
  'format:ci',
];

/** The script that `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;

export const scriptOf = ({ scripts }: Package, gate: FoundGate): string | undefined =>
  SCRIPTS[gate].find((name) => isScript(scripts[name], gate));

const isScript = (text: string | undefined, gate: FoundGate): boolean =>
  text !== undefined && text.trim() !== '' && !doesNothing(text) && !(gate === 'tests' && NO_TEST_SCRIPT.test(text));

/** The names of all scripts of a gate: in addition to `lint`, one that checks the formatting, if `lint` does not call it. */
export function scriptsOf(each: Package, gate: FoundGate): readonly string[] {
  const first = scriptOf(each, gate);
  const format = gate === 'lint' ? FORMAT.find((name) => isScript(each.scripts[name], gate)) : undefined;
  if (format === undefined) return first === undefined ? [] : [first];
  if (first === undefined) return [format];
  const text = each.scripts[first] ?? '';
  const isCalled = text.includes(format) || /\b(?:prettier|biome)\b/.test(text) || /(?:lint|check):\*/.test(text);
  return isCalled ? [first] : [first, format];
}

/** Programs that find out on their own what a change touches and what has to be built first. */
const ORCHESTRATED = /(?:^|[\s/;&|])(?:turbo|nx|lerna|moon|rush|rushx|lage|wireit|ultra|bolt)(?:\s|$)/;
/** Commands that only run the same script in every package, or in those that a pattern names. */
const FAN_OUTS: readonly RegExp[] = [
  /^npm\s(?:.*\s)?(?:-ws|--workspaces)(?:\s|$)/,
  /^pnpm\s(?:.*\s)?(?:-r|--recursive|recursive)(?:\s|$)/,
  /^pnpm\s(?:.*\s)?(?:--filter|-F)[= ]?['"]?[^\s'"]*\*/,
  /^yarn\s+(?:workspaces|wsrun)\s+(?:run|foreach)?/,
  /^bun\s(?:.*\s)?(?:--workspaces|--filter[= ]['"]?[^\s'"]*\*)/,
  /^(?:npx\s+|yarn\s+|pnpm\s+(?:exec\s+)?)?(?:wsrun|ultra-runner)(?:\s|$)/,
];
const IN_MEMBER = /(?:^|\s)(?:-w|--workspace|--filter|-F|--prefix|--cwd|-C)[= ]|^cd\s|^yarn\s+workspace\s/;
/** `npm-run-all test:*`, `run-s`, `run-p`: they run scripts of the same package.json. */
const RUN_ALL = /^(?:npm-run-all2?|run-s|run-p|concurrently)\s+(.*)$/;
const DEEPEST = 4;

export const isOrchestrated = (root: Package, script: string | undefined): boolean =>
  textsOf(root, script).some((text) => ORCHESTRATED.test(text));

/** True if a script of the root only calls scripts of the members. */
export function isFanOut(root: Package, script: string | undefined): boolean {
  const texts = textsOf(root, script);
  return texts.length > 0 && texts.every((text) => FAN_OUTS.some((one) => one.test(text)) || IN_MEMBER.test(text));
}

/** The commands of a script: those of other scripts of the root that it calls are put in their place. */
function textsOf(root: Package, script: string | undefined, depth = 0): readonly string[] {
  const text = script === undefined ? '' : (root.scripts[script] ?? '').slice(0, 2_000).trim();
  if (text === '' || depth > DEEPEST) return [];
  return text
    .split(/\s*(?:&&|;)\s*/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const called = calledBy(root, part);
      const inner = called.flatMap((name) => textsOf(root, name, depth + 1));
      return inner.length > 0 ? inner : [part];
    });
}

function calledBy({ scripts }: Package, command: string): readonly string[] {
  const [, one] = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)$/.exec(command) ?? [];
  if (one !== undefined) return scripts[one] === undefined ? [] : [one];
  const [, list = ''] = RUN_ALL.exec(command) ?? [];
  return list
    .split(/\s+/)
    .map((word) => word.replace(/^['"]|['"]$/g, '').replace(/^(?:npm|pnpm|yarn):/, ''))
    .filter((word) => word !== '' && !word.startsWith('-'))
    .flatMap((word) => {
      if (!word.endsWith('*')) return scripts[word] === undefined ? [] : [word];
      const start = word.replace(/\*+$/, '');
      return Object.keys(scripts).filter((name) => name.startsWith(start));
    });
}
