/**
 * Reads personas and skills in the usual formats: Markdown with front matter, as in Claude Code's agents, Copilot's custom
 * agents and Agent Skills.
 *
 * From the front matter, it takes only the keys that mean the same to every agent: the description, the model, the turns,
 * the skills, and the tools, which tell if it may change files. Nothing is cut: half of an instruction is a different
 * instruction, so a text that is too long is refused.
 */
import { isInstructionName, type ShippedPersona } from '#core/model/instructions';
import { readYaml } from '#yaml/read';
import { SHIPPED } from './shipped.ts';

export interface Persona {
  readonly name: string;
  /** Its file in the repository; undefined for a shipped one. */
  readonly file?: string;
  readonly body: string;
  readonly description: string;
  readonly model?: string;
  readonly maxTurns?: number;
  /** Skills it always works with. */
  readonly skills: readonly string[];
  /** From its list of tools; `read` if none of them can change a file. */
  readonly access: 'write' | 'read';
}

export interface Skill {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly body: string;
}

export type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'unreadable'; readonly why: string };

/** @see https://docs.github.com/en/copilot/reference/custom-agents-configuration (30,000 characters) */
export const BODY_CHARS = 30_000;
export const FILE_BYTES = 64 * 1024;
const SKILLS = 20;
const MODEL = /^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/;
/**
 * Tools that change files or run commands, by the names of Claude Code, Copilot and its sets of tools: `edit`,
 * `edit/editFiles`, `runCommands`, `execute/runInTerminal`. A tool of another server only counts by its whole name.
 */
const CHANGING =
  /^(?:\*|all|(?:edit|execute|runCommands|runTasks|runNotebooks)(?:\/.*)?|(?:vscode\/|new\/)?(?:editFiles|editNotebook|createFile|createDirectory|createNewWorkspace|runInTerminal|runCommand|runTask|createAndRunTask|terminal|terminalCommand|multiedit|write|write_file|writeFile|replace|apply_patch|str_replace_editor|notebookedit|bash|shell|run_shell_command|create|insert|new|powershell))(?:\(|$)/i;

/** A persona that is shipped with swarm. */
export function shippedPersona(name: ShippedPersona): Persona {
  const read = readPersona(name, undefined, Buffer.from(SHIPPED[name]));
  if (read.kind === 'unreadable') throw new Error(`personas/${name}.md ${read.why}`);
  return read.value;
}

export function readPersona(name: string, file: string | undefined, bytes: Uint8Array): Read<Persona> {
  const parts = partsOf(bytes);
  if (parts.kind === 'unreadable') return parts;
  const { front, body } = parts.value;
  const model = textAt(front, 'model');
  const turns = Number(front.maxTurns ?? front['max-turns'] ?? front.max_turns);
  const tools = listAt(front, 'tools');
  const isReader = (tools.length > 0 && !tools.some((tool) => CHANGING.test(tool))) || isDenied(front);
  return {
    kind: 'read',
    value: {
      name,
      ...(file === undefined ? {} : { file }),
      body,
      description: textAt(front, 'description').slice(0, 1_024),
      // `inherit` is Claude Code's word for "as the caller".
      ...(MODEL.test(model) && model !== 'inherit' ? { model } : {}),
      ...(Number.isInteger(turns) && turns > 0 && turns <= 1_000 ? { maxTurns: turns } : {}),
      skills: listAt(front, 'skills').filter(isInstructionName),
      access: isReader ? 'read' : 'write',
    },
  };
}

export function readSkill(name: string, file: string, bytes: Uint8Array): Read<Skill> {
  const parts = partsOf(bytes);
  if (parts.kind === 'unreadable') return parts;
  const { front, body } = parts.value;
  return { kind: 'read', value: { name, file, description: textAt(front, 'description').slice(0, 1_024), body } };
}

type Front = Readonly<Record<string, unknown>>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function partsOf(bytes: Uint8Array): Read<{ readonly front: Front; readonly body: string }> {
  const unreadable = (why: string) => ({ kind: 'unreadable', why }) as const;
  if (bytes.length > FILE_BYTES) return unreadable(`it has ${bytes.length} bytes; the limit is ${FILE_BYTES}`);
  let text: string;
  try {
    text = strictUtf8.decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return unreadable('it is not UTF-8 text');
  }
  if (text.includes('\0')) return unreadable('it is not text');
  const parted = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n([\s\S]*))?$/.exec(text);
  const front = readFront(parted?.[1] ?? '');
  if (front.kind === 'unreadable') return front;
  const body = (parted ? (parted[2] ?? '') : text).trim();
  if (body === '') return unreadable('it is empty');
  if (body.length > BODY_CHARS) return unreadable(`it has ${body.length} characters; the limit is ${BODY_CHARS}`);
  return { kind: 'read', value: { front: front.value, body } };
}

/**
 * Keys that agents in use give a meaning. In a description of several lines, as many published ones do, other
 * words before a colon are a part of it: `user: "…"` in an example.
 */
const KEYS: ReadonlySet<string> = new Set([
  ...['name', 'description', 'model', 'tools', 'color', 'skills', 'maxTurns', 'max-turns', 'permissionMode', 'target'],
  ...['allowed-tools', 'disallowedTools', 'mcp-servers', 'mcpServers', 'handoffs', 'infer', 'license', 'version'],
  ...['metadata', 'argument-hint', 'effort', 'memory', 'hooks', 'tags', 'category', 'author'],
]);

/** Front matter that is not valid YAML, line by line. @returns undefined if it does not begin with a key. */
function plainFront(text: string): Front | undefined {
  const front = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*)|$)/.exec(line) ?? [];
    if (key !== '' && (KEYS.has(key) || last !== 'description')) {
      front.set(key, value);
      last = key;
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      if (last === undefined) return undefined;
      const [, item] = /^\s*-\s+(.*)$/.exec(line) ?? [];
      const before = front.get(last) ?? '';
      front.set(last, `${before}${before === '' ? '' : item === undefined ? '\n' : ', '}${item ?? line.trim()}`);
    }
  }
  return Object.fromEntries(front);
}

/** Descriptions often contain a colon, which is not valid YAML. Such lines are read as plain text. */
function readFront(text: string): Read<Front> {
  const yaml = readYaml(text, { maxBytes: FILE_BYTES, repeatedKeys: 'last' });
  if (yaml.kind === 'read') {
    const { value } = yaml;
    if (value === null) return { kind: 'read', value: {} };
    if (typeof value === 'object' && !Array.isArray(value)) return { kind: 'read', value: value as Front };
    return NOT_KEYS;
  }
  const [fault] = yaml.faults;
  if (fault && fault.kind !== 'syntax') return { kind: 'unreadable', why: `its front matter: ${fault.message}` };
  const plain = plainFront(text);
  return plain ? { kind: 'read', value: plain } : NOT_KEYS;
}

const NOT_KEYS = { kind: 'unreadable', why: 'its front matter is not YAML with keys and values' } as const;

const textAt = (front: Front, key: string): string => {
  const value = Object.hasOwn(front, key) ? front[key] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

/**
 * Answers whether a persona may use all tools but those that change files and run commands: `disallowedTools` of Claude Code,
 * and `tools` and `permission` of opencode, each with `false` or `deny`.
 *
 * @see https://opencode.ai/docs/agents
 */
function isDenied(front: Front): boolean {
  const denied = new Set(listAt(front, 'disallowedTools').map((tool) => tool.toLowerCase()));
  for (const key of ['tools', 'permission']) {
    const value = Object.hasOwn(front, key) ? front[key] : undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const [tool, may] of Object.entries(value)) {
      if (may !== false && may !== 'deny') continue;
      denied.add(tool.toLowerCase());
      // The permission to edit is one for every way to change a file.
      if (key === 'permission' && tool === 'edit') denied.add('write');
    }
  }
  return ['edit', 'write', 'bash'].every((tool) => denied.has(tool));
}

/** `a, b`, `[a, b]`, or one per line. */
function listAt(front: Front, key: string): readonly string[] {
  const value = Object.hasOwn(front, key) ? front[key] : undefined;
  const items =
    typeof value === 'string' ? value.replace(/^\[|\]$/g, '').split(',') : Array.isArray(value) ? value : [];
  return items
    .filter((item): item is string => typeof item === 'string')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .slice(0, SKILLS);
}
