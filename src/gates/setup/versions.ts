/**
 * The tools and versions that a repository asks for, in the files that version managers, package managers, development
 * containers and other agents read.
 *
 * Pure: names and texts of files in, names and versions out. A file that cannot be read asks for nothing.
 */
import { parse as parseToml } from 'smol-toml';
import { readYaml } from '#yaml/read';
import {
  directoryOf,
  isProjectDirectory,
  nameOf,
  parseJsonc,
  tableOf,
  textsOf,
  under,
  YAML_BYTES,
} from '../workspace.ts';

/** A version of a tool, as a file of the repository asks for it. */
export interface Asked {
  /** `node`, `python`, `go` …, or another name as the file writes it. */
  readonly tool: string;
  /** As written, without a leading `v`: `18`, `lts/*`, `>=18`. */
  readonly version: string;
  readonly file: string;
}

/** Set-up for other agents that is not a tool's version. */
export interface OtherSetup {
  readonly file: string;
  /** Names of steps or features. */
  readonly names: readonly string[];
}

export interface AskedSetup {
  /** The file that decides comes first; of each tool in each directory. */
  readonly asked: readonly Asked[];
  readonly others: readonly OtherSetup[];
}

const COPILOT_SETUP = '.github/workflows/copilot-setup-steps.yml';
const DEVCONTAINERS = ['.devcontainer/devcontainer.json', '.devcontainer.json'];

type Versions = Readonly<Record<string, string | undefined>>;
type Reader = (text: string) => Versions;

const firstLine = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*/, '').trim())
    .find((line) => line !== '');

const lineOf =
  (tool: string): Reader =>
  (text) => ({ [tool]: firstLine(text) });

/** The names of tools that asdf and mise use, where they are not those of the set-up actions. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['nodejs', 'node'],
  ['golang', 'go'],
  ['dotnet-core', 'dotnet'],
  ['jdk', 'java'],
]);
const sameTool = (name: string): string => SAME.get(name) ?? name;

/** In the order in which they decide. */
const READERS: readonly (readonly [file: string, read: Reader])[] = [
  ['.nvmrc', lineOf('node')],
  ['.node-version', lineOf('node')],
  ['.python-version', lineOf('python')],
  ['.ruby-version', lineOf('ruby')],
  ['.java-version', lineOf('java')],
  ['rust-toolchain.toml', rustToolchain],
  ['rust-toolchain', rustToolchain],
  ['global.json', (text) => ({ dotnet: textsOf(tableOf(parseJsonc(text)).sdk).version })],
  ['mise.toml', ofMise],
  ['.mise.toml', ofMise],
  ['.tool-versions', ofToolVersions],
  ['package.json', ofPackage],
  ['go.mod', ofGo],
];

function rustToolchain(text: string): Versions {
  const { channel } = textsOf(tableOf(tomlOf(text)).toolchain);
  return { rust: channel ?? (text.includes('[') ? undefined : firstLine(text)) };
}

function ofMise(text: string): Versions {
  const tools = Object.entries(tableOf(tableOf(tomlOf(text)).tools)).map(([name, value]) => {
    const [first] = Array.isArray(value) ? value : [value];
    const version = typeof first === 'object' && first !== null ? tableOf(first).version : first;
    return [sameTool(name), typeof version === 'string' ? version : undefined] as const;
  });
  return Object.fromEntries(tools);
}

function ofToolVersions(text: string): Versions {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
  return Object.fromEntries(lines.map(([name = '', version]) => [sameTool(name), version]));
}

function ofPackage(text: string): Versions {
  const { engines, volta, packageManager } = tableOf(parseJsonc(text));
  const [, manager, version] = /^(pnpm|yarn|bun)@(\d[^+\s]*)/.exec(String(packageManager)) ?? [];
  return {
    node: textsOf(volta).node ?? textsOf(engines).node,
    ...(manager === undefined ? {} : { [manager]: version }),
  };
}

/** The newest that it names is the oldest that will do: https://go.dev/doc/toolchain */
function ofGo(text: string): Versions {
  const least = /^toolchain\s+go(\d\S*)/m.exec(text)?.[1] ?? /^go\s+(\d\S*)/m.exec(text)?.[1];
  return { go: least === undefined ? undefined : `>=${least}` };
}

function tomlOf(text: string): unknown {
  try {
    return parseToml(text);
  } catch {
    return undefined;
  }
}

/** True for files that `readAsked` needs the text of. */
export const asksForVersions = (path: string): boolean =>
  path === COPILOT_SETUP ||
  DEVCONTAINERS.includes(path) ||
  (READERS.some(([file]) => file === nameOf(path)) && isProjectDirectory(directoryOf(path)));

/** @param directories those of projects: in others, such a file is for something else. The root counts always. */
export function readAsked(texts: ReadonlyMap<string, string>, directories: readonly string[]): AskedSetup {
  const asked = [...new Set(['', ...directories])].flatMap((directory) =>
    READERS.flatMap(([name, read]) => {
      const file = under(directory, name);
      const text = texts.get(file);
      return text === undefined ? [] : askedIn(read(text), file);
    }),
  );
  const copilot = ofCopilot(texts.get(COPILOT_SETUP));
  const containers = DEVCONTAINERS.map((file) => ofContainer(texts.get(file), file));
  return {
    asked: [...asked, ...[copilot, ...containers].flatMap((each) => each.asked)],
    others: [copilot, ...containers].flatMap(({ file, names }) => (names.length > 0 ? [{ file, names }] : [])),
  };
}

const askedIn = (versions: Versions, file: string): readonly Asked[] =>
  Object.entries(versions).flatMap(([tool, version]) =>
    tool === '' || version === undefined || version === ''
      ? []
      : [{ tool, version: version.replace(/^v(?=\d)/, ''), file }],
  );

type Of = OtherSetup & { readonly asked: readonly Asked[] };

/** `actions/setup-node` has an input `node-version`, and so have the others of their tools. */
const SETUP_ACTION = /^[\w.-]+\/setup-(node|python|go|java|ruby|dotnet|deno|bun|php)@/;

/** https://docs.github.com/en/copilot/how-tos/use-copilot-agents/coding-agent/customize-the-agent-environment */
function ofCopilot(text: string | undefined): Of {
  const file = COPILOT_SETUP;
  const yaml = text === undefined ? undefined : readYaml(text, { maxBytes: YAML_BYTES, aliases: 'share' });
  const jobs = yaml?.kind === 'read' ? tableOf(tableOf(yaml.value).jobs) : {};
  const { steps } = tableOf(jobs['copilot-setup-steps']);
  const names: string[] = [];
  const asked: Asked[] = [];
  for (const step of Array.isArray(steps) ? steps.map(tableOf) : []) {
    const { uses = '', name, run } = textsOf(step);
    const tool = SETUP_ACTION.exec(uses)?.[1];
    const version = tool === undefined ? undefined : tableOf(step.with)[`${tool}-version`];
    if (tool !== undefined && (typeof version === 'string' || typeof version === 'number')) {
      asked.push(...askedIn({ [tool]: String(version) }, file));
    } else if (!/^actions\/checkout@/.test(uses) && tool === undefined) {
      names.push(name ?? (uses === '' ? (firstLine(run ?? '') ?? '') : uses));
    }
  }
  return { file, asked, names: names.filter((each) => each !== '') };
}

/** Features are named by their address; the last part of its path is the tool. */
function ofContainer(text: string | undefined, file: string): Of {
  const features = Object.entries(tableOf(tableOf(text === undefined ? undefined : parseJsonc(text)).features));
  const names: string[] = [];
  const asked: Asked[] = [];
  for (const [address, options] of features) {
    const tool = sameTool(/([\w.-]+?)(?:[:@][^/]*)?$/.exec(address)?.[1] ?? address);
    const version = typeof options === 'string' ? options : textsOf(options).version;
    if (version !== undefined && /\d/.test(version)) asked.push(...askedIn({ [tool]: version }, file));
    else names.push(tool);
  }
  return { file, asked, names };
}

/** True for a range without an end. The version that is already on the machine may do. */
export const isMinimum = (version: string): boolean => /^>=?/.test(version);

/**
 * Two versions that are written as plain numbers fit if one is the beginning of the other: `18` and `18.19.0`.
 *
 * @returns undefined if this cannot be said, as of `lts/*` or a range.
 */
export function fits(asked: string, given: string): boolean | undefined {
  const plain = (version: string): readonly string[] | undefined =>
    /^\d+(?:\.(?:\d+|x))*$/.test(version) ? version.split('.').filter((part) => part !== 'x') : undefined;
  const [least] = /^>=\s*(\d+(?:\.\d+)*)$/.exec(asked)?.slice(1) ?? [];
  const has = plain(given.replace(/^v(?=\d)/, ''));
  if (has === undefined) return undefined;
  if (least !== undefined) return !isLess(has, least.split('.'));
  const wants = plain(asked);
  return wants?.every((part, at) => has[at] === undefined || has[at] === part);
}

/** Parts that are missing count as the newest: `20` may be `20.11`. */
function isLess(has: readonly string[], least: readonly string[]): boolean {
  for (const [at, part] of least.entries()) {
    const own = has[at];
    if (own === undefined || Number(own) > Number(part)) return false;
    if (Number(own) < Number(part)) return true;
  }
  return false;
}
