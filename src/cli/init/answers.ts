/** The answers that an installation needs: from options, from a person, or from what the checkout says already. */
import { readConfig } from '#config/read';
import { CONFIG_FILES, type Config, PRESETS } from '#core/model/config';
import {
  ACTION,
  EVENTS_WORKFLOW,
  isCommit,
  isRepository,
  type Release,
  usedVersions,
  WORKFLOWS,
  WORKFLOWS_FOLDER,
} from '#core/text/pin';
import { git } from '#local/git';
import { Fault } from '#words/fault';
import type { Parsed } from '../help.ts';
import { ROOT, readOwnVersion } from '../home.ts';
import { ask, isAnswerable } from '../terminal.ts';
import { type Agent, agentIn, agentText, readAgent } from './agent.ts';
import { readInside } from './disk.ts';
import { type Door, readOwn, type Wish } from './files.ts';

export type Answers = Pick<Wish, 'agent' | 'approvals' | 'door'>;

/** The answers that the checkout holds already, so that a second call comes to the same ones without being asked. */
export interface Before {
  readonly config: Config;
  readonly agent: Agent | undefined;
  readonly approvals: number | undefined;
  readonly door: Door | undefined;
}

export async function readBefore(root: string): Promise<Before> {
  const there = async (path: string): Promise<boolean> => (await readInside(root, path)) !== undefined;
  let text: string | undefined;
  for (const file of CONFIG_FILES) text ??= await readInside(root, file);
  const { config } = readConfig(text, CONFIG_FILES[0]);
  const inFolder = (name: string): string => `${WORKFLOWS_FOLDER}/${name}`;
  const isInstalled = await there(inFolder(WORKFLOWS[0]));
  // Some do without the clock.
  const listens = await there(inFolder(EVENTS_WORKFLOW));
  return {
    config,
    agent: agentIn(config),
    approvals: text === undefined ? undefined : config.approvals,
    door: isInstalled ? (listens ? 'app-less' : 'app') : undefined,
  };
}

/** Options first, then the answers of a person, and then what the checkout says. Throws a `Fault` for an invalid option. */
export async function readAnswers({ values }: Parsed, before: Before): Promise<Answers> {
  if (values.app === true && values['no-app'] === true) {
    throw new Fault('--app and --no-app cannot be combined.', 'Both are given.', 'Give one of them, or neither.');
  }
  const isAsked = values.yes !== true && values.json !== true && isAnswerable();
  const choose = async <Value>(option: string | boolean | undefined, question: Question<Value>): Promise<Value> => {
    if (typeof option === 'string') return question.read(option);
    return isAsked ? await answer(question) : question.usual;
  };
  return {
    agent: await choose<Agent>(values.agent, {
      asks: `Which agent does the work: ${PRESETS.join(', ')}, or a command?`,
      usual: before.agent ?? { kind: 'preset', preset: 'claude' },
      say: agentText,
      read: readAgent,
    }),
    approvals: await choose(values.approvals, {
      asks: 'How many people approve each pull request, 0 to 6?',
      usual: before.approvals ?? 1,
      say: String,
      read: readApprovals,
    }),
    door: await choose<Door>(values.app === true ? 'yes' : values['no-app'] === true ? 'no' : undefined, {
      asks: 'Do you use the GitHub App, yes or no?',
      usual: before.door ?? 'app-less',
      say: (door) => (door === 'app' ? 'yes' : 'no'),
      read: readDoor,
    }),
  };
}

interface Question<Value> {
  readonly asks: string;
  readonly usual: Value;
  readonly say: (value: Value) => string;
  /** Throws a `Fault`. */
  readonly read: (text: string) => Value;
}

/** Asks until the answer is valid. An empty one is the usual one. */
async function answer<Value>({ asks, usual, say, read }: Question<Value>): Promise<Value> {
  for (;;) {
    const text = await ask(`${asks} [${say(usual)}] `);
    if (text === '') return usual;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      process.stderr.write(`${error.message} ${error.why}\n`);
    }
  }
}

function readApprovals(text: string): number {
  if (/^[0-6]$/.test(text)) return Number(text);
  throw new Fault(
    `--approvals cannot be "${text}".`,
    'It is a whole number from 0 to 6.',
    'Change it, or leave it out.',
  );
}

function readDoor(text: string): Door {
  if (/^y(?:es)?$/i.test(text)) return 'app';
  if (/^no?$/i.test(text)) return 'app-less';
  throw new Fault(`"${text}" is no answer.`, 'Answer with yes or no.', 'Answer with yes or no.');
}

/** The release whose action the workflows name. Throws a `Fault` if this copy of Swarm is none, and nothing names another. */
export async function readRelease(given: string | boolean | undefined): Promise<Release> {
  const version = await readOwnVersion();
  if (typeof given === 'string') {
    const [, action = '', commit = ''] = /^([^@]*)@(.*)$/.exec(given) ?? [];
    if (isRepository(action) && isCommit(commit)) return { action, commit, version };
    throw new Fault(
      `--action cannot be "${given}".`,
      'Jobs that may write run the action, so it is named by a full commit. A tag can move.',
      `Write it as --action ${ACTION}@COMMIT, with the 40 hex digits of the commit.`,
    );
  }
  const [commit = ''] = usedVersions(await readOwn(`${WORKFLOWS_FOLDER}/${WORKFLOWS[0]}`));
  if (isCommit(commit)) return { commit, version };
  const head = await git(ROOT, 'rev-parse', '--verify', 'HEAD^{commit}').catch(() => undefined);
  throw new Fault(
    'This copy of Swarm does not know the commit of its action.',
    'It is a checkout, and no file of a commit can hold the name of that commit. A release knows its own.',
    `Add --action OWNER/NAME@COMMIT with a commit of Swarm that is on GitHub${head === undefined ? '' : `, for example --action ${ACTION}@${head}`}.`,
  );
}
