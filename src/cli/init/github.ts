/** GitHub's side of an installation: labels, and the steps that only a person can do. */
import type { Config } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import { makeClient } from '#github/client';
import { createLabel, missingLabels, type OwnLabel } from '#github/setup/labels';
import { messageOf } from '#words/fault';
import { oneLine } from '#words/safe';
import { apiUrlHere, repositoryOf, tokenHere } from '../remote.ts';
import { agentText } from './agent.ts';
import type { Wish } from './files.ts';

/** The repository on GitHub, and its labels that are missing; undefined if nobody could look. */
export interface Elsewhere {
  readonly repository: RepositoryName | undefined;
  readonly missing: readonly OwnLabel[] | undefined;
  /** The reason why nobody could look, as a clause. */
  readonly why?: string;
}

export const nameOf = ({ owner, name }: RepositoryName): string => `${owner}/${name}`;

/** Failures are no faults: Swarm's files can be written without GitHub. */
export async function lookAtLabels(root: string, config: Config): Promise<Elsewhere> {
  const repository = await repositoryOf(root);
  if (!repository) return { repository, missing: undefined, why: '`origin` leads to no repository on GitHub' };
  const token = tokenHere();
  if (token === undefined) return { repository, missing: undefined, why: 'there is no token' };
  try {
    const client = makeClient({ apiUrl: apiUrlHere(), token });
    return { repository, missing: await missingLabels(client, repository, config) };
  } catch (error) {
    return { repository, missing: undefined, why: `GitHub says: ${oneLine(messageOf(error))}` };
  }
}

export interface MadeLabels {
  readonly created: readonly string[];
  readonly failed: readonly string[];
}

/** A label that GitHub refuses is only named. */
export async function makeLabels({ repository, missing = [] }: Elsewhere): Promise<MadeLabels> {
  const token = tokenHere();
  if (!repository || token === undefined) return { created: [], failed: [] };
  const client = makeClient({ apiUrl: apiUrlHere(), token });
  const created: string[] = [];
  const failed: string[] = [];
  for (const label of missing) {
    try {
      await createLabel(client, repository, label);
      created.push(label.name);
    } catch (error) {
      if (failed.length === 0) process.stderr.write(`Labels cannot be created: ${oneLine(messageOf(error))}\n`);
      failed.push(label.name);
    }
  }
  return { created, failed };
}

export interface NextStep {
  readonly says: string;
  /** The command that does it. */
  readonly run?: string;
}

/**
 * The steps that are left for a person.
 * @param key the secret that the agent needs
 * @param failed labels that could not be created
 */
export function nextSteps(
  { agent, door }: Wish,
  { repository, missing, why }: Elsewhere,
  key: string | undefined,
  failed: readonly string[],
): readonly NextStep[] {
  const where = repository ? ` --repo ${nameOf(repository)}` : '';
  const steps: NextStep[] = [
    {
      says: 'Commit the files, and push them to the default branch.',
      run: "git add .github && git commit -m 'ci: install swarm' && git push",
    },
  ];
  if (key !== undefined) {
    steps.push({ says: `Add the key of ${agentText(agent)} as a secret.`, run: `gh secret set ${key}${where}` });
  } else if (agent.kind === 'command') {
    steps.push({ says: 'If your agent needs a key, pass it on as docs/agents.md says.' });
  }
  if (door === 'app') {
    steps.push({
      says: 'Install the app (docs/app.md), and tell the workflows.',
      run: `gh variable set SWARM_APP --body true${where}`,
    });
  } else {
    steps.push({
      says: 'Let Actions open pull requests: Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”.',
    });
  }
  if (missing === undefined) {
    steps.push({
      says: `Create the label that starts an epic. Nobody could see if it is there, because ${why}. Without it, comment /swarm execute. Swarm makes its state labels by itself.`,
      run: `gh label create swarm:execute${where}`,
    });
  } else if (failed.length > 0) {
    steps.push({ says: `Create the labels that are missing: ${failed.join(', ')}.` });
  }
  return [...steps, { says: '`swarm doctor` says what is still missing.' }];
}
