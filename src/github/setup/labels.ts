/**
 * Swarm's labels in a repository. Swarm makes a state label with its first use. A command label has to be there before a
 * person can choose it.
 */
import { COMMAND_LABELS, type Config, type LabelKey, labelName, STATE_LABELS } from '#core/model/config';
import type { RepositoryName } from '#core/model/epic';
import { LABEL_WORDS } from '#words/terminal/labels';
import { type Client, inRepository } from '../client.ts';

export interface OwnLabel {
  readonly key: LabelKey;
  readonly kind: 'command' | 'state';
  /** As the config names it. */
  readonly name: string;
}

export const ownLabels = (config: Config): readonly OwnLabel[] => [
  ...COMMAND_LABELS.map((key) => ({ key, kind: 'command', name: labelName(config, key) }) as const),
  ...STATE_LABELS.map((key) => ({ key, kind: 'state', name: labelName(config, key) }) as const),
];

/** The labels of the config that the repository does not have. */
export async function missingLabels(
  client: Client,
  repository: RepositoryName,
  config: Config,
): Promise<readonly OwnLabel[]> {
  const labels = await client.paginate('GET /repos/{owner}/{repo}/labels', inRepository(repository));
  const there = new Set(labels.map(({ name }) => name.toLowerCase()));
  return ownLabels(config).filter(({ name }) => !there.has(name.toLowerCase()));
}

export async function createLabel(client: Client, repository: RepositoryName, { key, name }: OwnLabel): Promise<void> {
  const { color, says } = LABEL_WORDS[key];
  await client.request('POST /repos/{owner}/{repo}/labels', {
    ...inRepository(repository),
    ...{ name, color, description: says },
  });
}
