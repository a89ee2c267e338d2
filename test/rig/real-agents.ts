/**
 * Coding agents as their makers publish them, each in its own directory below the machine's temporary directory, with the
 * settings that point it to a model on loopback.
 *
 * They are not dependencies of swarm: together they take more than a gigabyte, and people who use swarm bring their own.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { AgentChoice, AgentKind } from '../../src/core/model/config.ts';

export interface RealAgent {
  readonly name: string;
  readonly kind: AgentKind;
  /** Package and exact version. Swarm's readers were written for the events of this version. */
  readonly from: readonly [string, string];
  readonly program: readonly string[];
  readonly model?: string;
  /** The job's environment, as a workflow sets it. */
  readonly environment: (url: string) => Readonly<Record<string, string>>;
  /** Those of its variables that its kind does not already hand on. */
  readonly names: readonly string[];
  /** Files in its home directory, as a person would write them. */
  readonly home: (url: string) => Readonly<Record<string, string>>;
}

const KEY = 'mock-key-0123456789abcdef';
const none = () => ({});

const CLAUDE = (url: string) => ({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url });
/** Over the protocol it retries silently for minutes, so its retries are limited here. */
const CLAUDE_ACP = (url: string) => ({ ...CLAUDE(url), IS_SANDBOX: '1', CLAUDE_CODE_MAX_RETRIES: '1' });
const CODEX_HOME = (url: string) => ({
  '.codex/config.toml': `model_provider = "mock"
model = "mock-model"

[model_providers.mock]
name = "mock"
base_url = "${url}/v1"
env_key = "CODEX_API_KEY"
wire_api = "responses"
request_max_retries = 1
stream_max_retries = 1
`,
});
const COPILOT = (url: string) => ({
  COPILOT_OFFLINE: 'true',
  COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
  COPILOT_PROVIDER_API_KEY: KEY,
  COPILOT_MODEL: 'gpt-5.1',
});
const GEMINI = (url: string) => ({ GEMINI_API_KEY: KEY, GOOGLE_GEMINI_BASE_URL: url });
const GEMINI_HOME = () => ({
  '.gemini/settings.json': JSON.stringify({
    security: { auth: { selectedType: 'gemini-api-key' } },
    general: { maxAttempts: 2 },
  }),
});
const OPENCODE = (url: string) => ({
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_CONFIG_CONTENT: JSON.stringify({
    model: 'mock/mock-model',
    provider: {
      mock: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Mock',
        options: { baseURL: `${url}/v1`, apiKey: KEY },
        models: { 'mock-model': { name: 'Mock', cost: { input: 2, output: 10 } } },
      },
    },
  }),
});

/** Fastest to start first. */
export const REAL_AGENTS = [
  {
    name: 'claude',
    kind: 'claude',
    from: ['@anthropic-ai/claude-code', '2.1.329'],
    program: ['claude'],
    model: 'sonnet',
    environment: CLAUDE,
    names: [],
    home: none,
  },
  {
    name: 'codex',
    kind: 'codex',
    from: ['@openai/codex', '0.169.0'],
    program: ['codex'],
    environment: () => ({ CODEX_API_KEY: KEY }),
    names: [],
    home: CODEX_HOME,
  },
  {
    name: 'copilot',
    kind: 'copilot',
    from: ['@github/copilot', '1.0.102'],
    program: ['copilot'],
    environment: COPILOT,
    names: [],
    home: none,
  },
  {
    name: 'gemini',
    kind: 'gemini',
    from: ['@google/gemini-cli', '0.61.0'],
    program: ['gemini'],
    model: 'gemini-2.5-flash',
    environment: GEMINI,
    names: [],
    home: GEMINI_HOME,
  },
  {
    name: 'opencode',
    kind: 'opencode',
    from: ['opencode-ai', '1.18.33'],
    program: ['opencode'],
    environment: OPENCODE,
    names: ['OPENCODE_DISABLE_MODELS_FETCH'],
    home: none,
  },
] as const satisfies readonly RealAgent[];

/** The same agents, and two adapters, over the Agent Client Protocol. */
export const ACP_AGENTS = [
  {
    name: 'claude by ACP',
    kind: 'acp',
    from: ['@agentclientprotocol/claude-agent-acp', '0.100.0'],
    program: ['claude-agent-acp'],
    environment: CLAUDE_ACP,
    names: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'IS_SANDBOX', 'CLAUDE_CODE_MAX_RETRIES'],
    home: none,
  },
  {
    name: 'codex by ACP',
    kind: 'acp',
    from: ['@agentclientprotocol/codex-acp', '2.6.0'],
    program: ['codex-acp'],
    environment: () => ({ CODEX_API_KEY: KEY, OPENAI_API_KEY: KEY }),
    names: ['CODEX_API_KEY', 'OPENAI_API_KEY'],
    home: CODEX_HOME,
  },
  {
    name: 'gemini by ACP',
    kind: 'acp',
    from: ['@google/gemini-cli', '0.61.0'],
    program: ['gemini', '--acp', '--skip-trust', '-m', 'gemini-2.5-flash'],
    environment: GEMINI,
    names: ['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL'],
    home: GEMINI_HOME,
  },
  {
    name: 'copilot by ACP',
    kind: 'acp',
    from: ['@github/copilot', '1.0.102'],
    program: ['copilot', '--acp', '--no-auto-update'],
    environment: COPILOT,
    names: ['COPILOT_OFFLINE', 'COPILOT_PROVIDER_BASE_URL', 'COPILOT_PROVIDER_API_KEY', 'COPILOT_MODEL'],
    home: none,
  },
  {
    name: 'opencode by ACP',
    kind: 'acp',
    from: ['opencode-ai', '1.18.33'],
    program: ['opencode', 'acp', '--print-logs', '--log-level', 'ERROR'],
    environment: OPENCODE,
    names: ['OPENCODE_DISABLE_MODELS_FETCH', 'OPENCODE_CONFIG_CONTENT'],
    home: none,
  },
] as const satisfies readonly RealAgent[];

export const choiceOf = (agent: RealAgent, binaries: string): AgentChoice => {
  const [program = '', ...args] = agent.program;
  return {
    name: agent.name,
    kind: agent.kind,
    command: [join(binaries, program), ...args],
    ...(agent.model === undefined ? {} : { model: agent.model }),
    environment: agent.names,
  };
};

const cache = join(tmpdir(), 'swarm-agents-cache');
const INSTALL_MS = 180_000;

/**
 * Installs an agent's program on first use and keeps it for the next run.
 *
 * @returns a sentence if it cannot be installed here: no registry, or no build for this machine.
 */
export async function install({ from, program }: RealAgent): Promise<{ binaries: string } | { missing: string }> {
  const [name, version] = from;
  const directory = join(cache, `${name.replace(/[@/]/g, '_')}-${version}`);
  const binaries = join(directory, 'node_modules', '.bin');
  const [binary = ''] = program;
  if (existsSync(join(binaries, binary))) return { binaries };
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'new-'));
  try {
    const manifest = {
      private: true,
      dependencies: { [name]: version },
      // Only this one needs its install script; the others build optional parts.
      allowScripts: { '@anthropic-ai/claude-code': true },
    };
    await writeFile(join(fresh, 'package.json'), JSON.stringify(manifest));
    await promisify(execFile)('npm', ['install', '--prefix', fresh, '--no-audit', '--no-fund'], {
      timeout: INSTALL_MS,
    });
    if (!existsSync(join(fresh, 'node_modules', '.bin', binary))) throw new Error(`it has no program ${binary}`);
    await rename(fresh, directory);
    return { binaries };
  } catch (error) {
    const [line] = String((error as { stderr?: string }).stderr || error).split('\n', 1);
    return { missing: `${name}@${version} does not install here: ${line}` };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

export async function writeHome(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
}
