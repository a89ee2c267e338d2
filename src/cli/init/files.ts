/**
 * The files that a repository with Swarm has, as this version writes them. Pure, apart from reading Swarm's own files.
 *
 * Each ends with a mark that holds a digest of the rest. So a file that nobody changed is known without a list of its own,
 * whatever version wrote it.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG_FILES } from '#core/model/config';
import { ACTION, ALL_WORKFLOWS, pinned, type Release, WORKFLOWS, WORKFLOWS_FOLDER } from '#core/text/pin';
import { DOCS_URL } from '#words/problems';
import { writeYaml } from '#yaml/write';
import { ROOT } from '../home.ts';
import { type Agent, agentStep, keyOf } from './agent.ts';
import type { Toolchain } from './toolchain.ts';

/** Swarm at work by its app, or by workflows alone. */
export type Door = 'app' | 'app-less';

export interface Wish {
  readonly agent: Agent;
  readonly approvals: number;
  readonly door: Door;
  readonly release: Release;
  readonly toolchain: Toolchain;
}

export interface OwnFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const [DISPATCHED, SEGMENT] = WORKFLOWS;
const CONFIG = CONFIG_FILES[0];
export const FORM = '.github/ISSUE_TEMPLATE/segment.yml';
const pathOf = (workflow: string): string => `${WORKFLOWS_FOLDER}/${workflow}`;

/** Everything that `swarm init` may have written. */
export const OWN_PATHS: readonly string[] = [...ALL_WORKFLOWS.map(pathOf), CONFIG, FORM];

export const readOwn = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

export async function ownFiles(wish: Wish): Promise<readonly OwnFile[]> {
  const names = wish.door === 'app' ? WORKFLOWS : ALL_WORKFLOWS;
  const workflows = names.map(async (name) => ({ path: pathOf(name), text: marked(await workflowOf(name, wish)) }));
  return [
    ...(await Promise.all(workflows)),
    { path: CONFIG, text: marked(configOf(wish)) },
    { path: FORM, text: marked(await readOwn(FORM)) },
  ];
}

// ── workflows ───────────────────────────────────────────────────────────────────────────────────────────────────────

async function workflowOf(name: string, wish: Wish): Promise<string> {
  const text = pinned(await readOwn(pathOf(name)), wish.release);
  if (text === undefined) throw new Error(`${JSON.stringify(wish.release)} is not a release.`);
  return withKey(withSteps(name, text, wish), keyOf(wish.agent, text));
}

/** The comments at the places for set-up steps. In the work job, a line without words separates it from the next comment. */
const PLACE = /^ {6}# Your toolchain\b[^\n]*\n(?: {6}# [^\n]*\n)*(?: {6}#\n)?/gm;

/** The work job also installs the agent's program. The two other jobs run no agent. */
function withSteps(name: string, text: string, { agent, toolchain }: Wish): string {
  const forAgent = agentStep(agent) ?? [];
  const places: Readonly<Record<string, readonly (readonly string[])[]>> = {
    [SEGMENT]: [[...toolchain.steps, forAgent].flat(), toolchain.steps],
    [DISPATCHED]: [toolchain.steps],
  };
  const wanted = places[name] ?? [];
  let found = 0;
  const filled = text.replaceAll(PLACE, (comment) => {
    const steps = wanted[found] ?? [];
    found += 1;
    return steps.length === 0 ? comment : `${comment.replace(/ {6}#\n$/, '')}${steps.map(indented).join('')}`;
  });
  if (found !== wanted.length)
    throw new Error(`${name} has ${found} places for set-up steps, and not ${wanted.length}.`);
  return filled;
}

const indented = (step: string): string =>
  step
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('');

/** Passes a secret to the work job in the way in which another one is passed. */
function withKey(text: string, key: string | undefined): string {
  if (key === undefined || new RegExp(`\\b${key}\\b`).test(text)) return text;
  const like = (lines: string): string => `${lines}\n${lines.replaceAll('GEMINI_API_KEY', key)}`;
  return text.replaceAll(/^ +GEMINI_API_KEY:(?: \$\{\{.*\}\}|\n +required: false)$/gm, like);
}

// ── the config ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The schema is that of the same commit, so that an editor knows the keys that this version knows. */
function configOf({ agent, approvals, release: { action = ACTION, commit } }: Wish): string {
  const schema = `https://raw.githubusercontent.com/${action}/${commit}/swarm.schema.json`;
  const name =
    agent.kind === 'preset' ? agent.preset : agent.kind === 'command' ? { command: agent.command } : agent.name;
  return [
    `# yaml-language-server: $schema=${schema}\n`,
    `# All keys: ${DOCS_URL}/docs/config.md\n`,
    writeYaml({ agent: name, approvals }),
  ].join('');
}

// ── marks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const MARK = /(?<=\n)# Written by `swarm init` \(([0-9a-f]{16})\)[^\n]*\n?$/;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const marked = (text: string): string =>
  `${text}# Written by \`swarm init\` (${digestOf(text)}). Once you change this file, it is yours, and swarm init leaves it alone.\n`;

/** A checkout on Windows may have other line ends. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n');

/** True for a file that `swarm init` wrote, of whatever version, and that nobody changed since. */
export function isUntouched(text: string): boolean {
  const found = MARK.exec(plain(text));
  return found !== null && digestOf(plain(text).slice(0, found.index)) === found[1];
}

export const isSame = (one: string, other: string): boolean => plain(one) === plain(other);

/** True for a workflow of this version as a release has it, with nothing added: somebody downloaded it. */
export async function isAsReleased(path: string, text: string): Promise<boolean> {
  if (!ALL_WORKFLOWS.some((name) => pathOf(name) === path)) return false;
  const any: Release = { commit: '1'.repeat(40), version: '0.0.0' };
  return pinned(plain(text), any) === pinned(await readOwn(path), any);
}
