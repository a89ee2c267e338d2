/**
 * People and bots, and what GitHub lets them do (SPEC R3.5, R11.6).
 */
import type { Config } from './config.ts';

/** Who did something, with what GitHub's permission API answered while observing. */
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
 * A bot that the config names. The default branch says so, and that is its permission: GitHub has none to tell of an app.
 * Its login ends in `[bot]` in some of GitHub's answers and not in others.
 */
export const isNamedBot = (person: Person, config: Config): boolean =>
  person.kind === 'bot' && config.allowedBots.some((login) => bare(login) === bare(person.login));

const bare = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, '');

/** Whose commands count, and whose text may reach an agent: people who may write here, and bots that the config names. */
export const isTrusted = (person: Person, config: Config): boolean =>
  person.kind === 'person' ? mayWrite(person) : isNamedBot(person, config);
