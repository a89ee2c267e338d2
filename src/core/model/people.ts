/**
 * People and bots, and what GitHub lets them do (SPEC R3.5, R11.6).
 */
import type { Config } from './config.ts';

/** A person or bot that did something, with the permission that GitHub reported during the observation. */
export interface Person {
  /** Numeric user id; logins can be renamed and taken over. */
  readonly id: number;
  readonly login: string;
  readonly kind: 'person' | 'bot';
  readonly permission: Permission;
}

export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export const mayWrite = (person: Person): boolean =>
  person.permission === 'admin' || person.permission === 'maintain' || person.permission === 'write';

export const mayTriage = (person: Person): boolean => mayWrite(person) || person.permission === 'triage';

/**
 * Answers whether the config names this bot. The config on the default branch is its permission, because GitHub reports none for
 * an app. Its login ends in `[bot]` in some of GitHub's answers, but not in all.
 */
export const isNamedBot = (person: Person, config: Config): boolean =>
  person.kind === 'bot' && config.allowedBots.some((login) => bare(login) === bare(person.login));

const bare = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, '');

/**
 * Answers whether commands of this person or bot count, and whether an agent may see their text: people with write access, and
 * bots that the config names.
 */
export const isTrusted = (person: Person, config: Config): boolean =>
  person.kind === 'person' ? mayWrite(person) : isNamedBot(person, config);

/** The person or bot that said something. Journals of earlier versions do not name the id of each. */
export interface Speaker {
  readonly by: string;
  readonly byId?: number;
  readonly byBot?: true;
}

export const speakerOf = ({ id, login, kind }: Person): Required<Pick<Speaker, 'by' | 'byId'>> & Speaker => ({
  by: login,
  byId: id,
  ...(kind === 'bot' ? { byBot: true } : {}),
});

/** A review that the rules of a branch ask for, and that is not there. */
export interface MissingReview {
  /** `objectors`: people with a request for changes that still stands on GitHub. */
  readonly of: 'code owners' | 'reviewers' | 'objectors';
  /** Logins, and teams as `octo/payments`. Empty if nobody is asked. */
  readonly from: readonly string[];
}
