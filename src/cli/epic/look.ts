/** An epic on GitHub as the orchestrator sees it, with the token of this terminal. Nothing is written. */
import { readConfig } from '#config/read';
import { issueNumber, type RepositoryName } from '#core/model/epic';
import { PassAnswers } from '#github/looks/pass';
import { type Observed, observe } from '#github/observe';
import { readBlock } from '#plans/block';
import { Fault, messageOf } from '#words/fault';
import { clientHere, readRepository, repositoryOf } from '../remote.ts';

export interface EpicName {
  readonly repository: RepositoryName;
  readonly number: number;
}

const EXAMPLE = 'octo/shop#12';

/** `octo/shop#12`, the address of its page, or `#12` in a checkout. Throws a `Fault`. */
export async function readEpicName(command: string, text: string | undefined): Promise<EpicName> {
  if (text === undefined) {
    throw new Fault(
      'No epic is given.',
      `\`swarm ${command}\` is about one epic on GitHub.`,
      `Run \`swarm ${command} OWNER/NAME#N\`, for example \`swarm ${command} ${EXAMPLE}\`.`,
    );
  }
  const [, owner, name, digits] =
    /^(?:https?:\/\/[^/]+\/)?([\w.-]+)\/([\w.-]+)(?:#|\/issues\/)(\d{1,9})(?:[?#].*)?$/.exec(text) ?? [];
  if (owner !== undefined && name !== undefined) return { repository: { owner, name }, number: Number(digits) };
  const number = numberOf(text);
  const repository = number === undefined ? undefined : await repositoryOf('.');
  if (number === undefined || !repository) {
    throw new Fault(
      `"${text}" is not an epic.`,
      number === undefined
        ? 'An epic is given as OWNER/NAME#N.'
        : 'A number alone needs a checkout with a remote `origin` on GitHub.',
      `For example: ${EXAMPLE}.`,
    );
  }
  return { repository, number };
}

/** `#14` or `14`. */
export const numberOf = (text: string): number | undefined => {
  const [, digits] = /^#?(\d{1,9})$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** Throws a `Fault` if it cannot be read. */
export async function lookAt({ repository, number }: EpicName): Promise<Observed & { readonly token: string }> {
  const { client, token } = clientHere();
  const name = `${repository.owner}/${repository.name}#${number}`;
  const observed = await observe({
    client,
    repository,
    epic: issueNumber(number),
    orchestrator: 'cli',
    performed: {},
    runsIn: 'process',
    requests: [],
    answers: new PassAnswers(client, repository),
    parseConfig: ({ file, text }) => readConfig(text, file),
    parseBlock: readBlock,
  }).catch((error: unknown) => {
    throw new Fault(`${name} cannot be read.`, messageOf(error), 'Check the name, the token and its permissions.');
  });
  if (!observed) {
    throw new Fault(
      `There is no issue ${name}.`,
      'It does not exist, or GitHub does not show it to this token.',
      'Check the number and the token.',
    );
  }
  return { ...observed, token };
}

/** The epic that two options name. Throws a `Fault` if it cannot be read. */
export async function observeEpic(
  repo: string,
  epic: string | boolean | undefined,
): Promise<Observed & { readonly token: string }> {
  const repository = readRepository(repo, '--repo');
  if (typeof epic !== 'string' || !/^\d{1,9}$/.test(epic)) {
    throw new Fault('No epic is given.', '--repo needs the number of an epic.', 'Add --epic N.');
  }
  return lookAt({ repository, number: Number(epic) });
}
