/**
 * The endpoints that one agent may reach: those of its program, of the providers that it has keys of, and those that its own
 * settings name. Gates, and programs that an agent has Swarm start, reach none of them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Place, readPlace } from '#core/model/config/network';
import type { Variables } from '#sandbox/environment';
import { placesNamedIn } from '#sandbox/policy';

/** The endpoint of the provider that gave out a key. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  ANTHROPIC_API_KEY: ['api.anthropic.com'],
  ANTHROPIC_AUTH_TOKEN: ['api.anthropic.com'],
  CLAUDE_CODE_OAUTH_TOKEN: ['api.anthropic.com'],
  OPENAI_API_KEY: ['api.openai.com'],
  CODEX_API_KEY: ['api.openai.com'],
  GEMINI_API_KEY: ['generativelanguage.googleapis.com'],
  GOOGLE_API_KEY: ['generativelanguage.googleapis.com', 'aiplatform.googleapis.com'],
  COPILOT_GITHUB_TOKEN: ['api.github.com', '*.githubcopilot.com'],
  OPENCODE_API_KEY: ['opencode.ai'],
  OPENROUTER_API_KEY: ['openrouter.ai'],
  MISTRAL_API_KEY: ['api.mistral.ai'],
  DEEPSEEK_API_KEY: ['api.deepseek.com'],
  GROQ_API_KEY: ['api.groq.com'],
  XAI_API_KEY: ['api.x.ai'],
  CEREBRAS_API_KEY: ['api.cerebras.ai'],
  MOONSHOT_API_KEY: ['api.moonshot.ai', 'api.moonshot.cn'],
  DASHSCOPE_API_KEY: ['dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com'],
  CURSOR_API_KEY: ['*.cursor.sh'],
};

const SETTINGS_BYTES = 1_000_000;

export interface Given {
  readonly variables: Variables;
  /** Names of the variables that the agent gets. */
  readonly names: readonly string[];
  /** Of its program, whatever its settings say. */
  readonly hosts?: readonly string[];
  /** Files with its settings, below the home of the job's user. */
  readonly homeFiles?: readonly string[];
}

export async function endpointsOf({ variables, names, hosts = [], homeFiles = [] }: Given): Promise<readonly Place[]> {
  const given = names.filter((name) => variables[name]);
  const known = [...hosts, ...given.flatMap((name) => PROVIDERS[name] ?? [])];
  const { HOME } = variables;
  const texts = HOME === undefined ? [] : await Promise.all(homeFiles.map((file) => textOf(join(HOME, file))));
  const region = given.includes('GOOGLE_CLOUD_LOCATION')
    ? `${variables.GOOGLE_CLOUD_LOCATION}-aiplatform.googleapis.com`
    : '';
  return [
    ...[...known, region].flatMap((host) => readPlace(host) ?? []),
    ...[...given.map((name) => variables[name] ?? ''), ...texts].flatMap((text) => placesNamedIn(text)),
  ];
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).slice(0, SETTINGS_BYTES);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
