/** The agent that `swarm init` installs: one of the presets at a pinned version, or a command of the repository's own. */
import { type Config, PRESET_KEYS, PRESETS, type Preset, UNNAMED_AGENT } from '#core/model/config';
import { nearest } from '#core/text/nearest';
import { Fault } from '#words/fault';
import { splitWords } from '../argv.ts';

export type Agent =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'command'; readonly command: readonly string[] }
  /** An agent that the config defines by itself. */
  | { readonly kind: 'own'; readonly name: string };

/** The packages with the programs of the presets, at the versions that Swarm's tests run with. */
export const PACKAGES: Readonly<Record<Preset, string>> = {
  claude: '@anthropic-ai/claude-code@2.1.329',
  codex: '@openai/codex@0.169.0',
  copilot: '@github/copilot@1.0.102',
  gemini: '@google/gemini-cli@0.61.0',
  opencode: 'opencode-ai@1.18.33',
};

/** The step that installs the agent's program; undefined if the repository has the program. */
export const agentStep = (agent: Agent): string | undefined =>
  agent.kind === 'preset'
    ? `- name: ${agent.preset}\n  run: npm install --global --no-audit --no-fund ${PACKAGES[agent.preset]}`
    : undefined;

/** The secret that a preset needs: the first of its keys that the workflow passes to agents, or else the usual one. */
export function keyOf(agent: Agent, workflow: string): string | undefined {
  if (agent.kind !== 'preset') return undefined;
  const keys = PRESET_KEYS[agent.preset];
  return keys.find((key) => new RegExp(`\\b${key}\\b`).test(workflow)) ?? keys[0];
}

/** `claude`, `node tools/agent.js`. */
export function agentText(agent: Agent): string {
  switch (agent.kind) {
    case 'preset':
      return agent.preset;
    case 'command':
      return agent.command.join(' ');
    case 'own':
      return agent.name;
  }
}

/** Throws a `Fault` if it is a mistyped preset, or no command. */
export function readAgent(text: string): Agent {
  const preset = PRESETS.find((name) => name === text.trim());
  if (preset) return { kind: 'preset', preset };
  const command = splitWords(text);
  const [program = '', ...more] = command;
  const like = more.length === 0 ? nearest(program, PRESETS) : undefined;
  if (like !== undefined && Math.abs(like.length - program.length) <= 1) {
    throw new Fault(
      `The agent cannot be "${program}"; did you mean "${like}"?`,
      `Swarm knows ${PRESETS.join(', ')}. Anything else is a command.`,
      `Give ${like}, or the command with a path, such as ./${program}.`,
    );
  }
  return { kind: 'command', command };
}

/** The agent that a config names; undefined if it names none. */
export function agentIn({ agent: name, agents }: Config): Agent | undefined {
  const choice = name === undefined ? undefined : agents[name];
  if (name === undefined || choice === undefined) return undefined;
  const preset = PRESETS.find((each) => each === choice.kind);
  if (preset) return { kind: 'preset', preset };
  return name === UNNAMED_AGENT ? { kind: 'command', command: choice.command } : { kind: 'own', name };
}
