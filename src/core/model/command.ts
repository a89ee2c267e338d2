/**
 * Commands that people can give in a comment, and the permission that each one needs (SPEC R3.4, R3.5).
 *
 * `core/text/command.ts` reads them from comments.
 */
import type { IssueNumber } from './epic.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'plan' }
  | {
      readonly kind: 'execute';
      readonly wave?: number;
      readonly agents?: number;
      readonly sequential?: boolean;
      readonly dryRun?: boolean;
    }
  | { readonly kind: 'status' }
  | { readonly kind: 'run'; readonly segment: IssueNumber }
  | { readonly kind: 'approve'; readonly wave?: number; readonly head?: string }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: string; readonly text: string }
  | { readonly kind: 'retry'; readonly segment?: IssueNumber }
  | { readonly kind: 'skip'; readonly segment: IssueNumber; readonly reason: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'needs-work'; readonly what: string };

export type CommandKind = Command['kind'];

/** What a comment's text asks for: nothing, a command, or something that looks like one and is not. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest?: string }
  | { readonly kind: 'malformed'; readonly command: string; readonly expected: string };

export interface CommandText {
  readonly usage: string;
  /** The permission it takes. */
  readonly needs: 'write' | 'triage';
  readonly says: string;
  readonly example: string;
}

/** What people are told about each command; help texts and docs are made of it. */
export const COMMANDS: Readonly<Record<CommandKind, CommandText>> = {
  help: { usage: '/swarm help', needs: 'triage', says: 'Lists these commands.', example: '/swarm help' },
  plan: {
    usage: '/swarm plan',
    needs: 'triage',
    says: 'Shows the waves and tracks as they would run now, and starts nothing.',
    example: '/swarm plan',
  },
  execute: {
    usage: '/swarm execute [wave N] [agents N] [sequential] [dry-run]',
    needs: 'write',
    says: 'Starts the epic with its texts as they are now: all of it, or one wave, with so many agents at once.',
    example: '/swarm execute agents 3',
  },
  status: { usage: '/swarm status', needs: 'triage', says: 'Brings the panel up to date.', example: '/swarm status' },
  run: {
    usage: '/swarm run #N',
    needs: 'write',
    says: 'Lets this segment run with its text as it is now, even where its author has no write access.',
    example: '/swarm run #14',
  },
  approve: {
    usage: '/swarm approve [wave N]; on a pull request /approve [commit]',
    needs: 'write',
    says: 'Lets the next wave start; on a pull request, approves the commit that is its head.',
    example: '/approve 1f3c9ab',
  },
  reject: {
    usage: '/reject REASON',
    needs: 'write',
    says: "Sends a pull request back to its agent with these words and the review's comments.",
    example: '/reject The total must include shipping.',
  },
  retry: {
    usage: '/swarm retry [#N]',
    needs: 'write',
    says: 'Tries a blocked segment again, or all of them, with fresh limits.',
    example: '/swarm retry #14',
  },
  answer: {
    usage: '/swarm answer ID TEXT',
    needs: 'write',
    says: 'Answers the question that a run stopped for; it goes on from where it was.',
    example: '/swarm answer q1 Prices are in cents.',
  },
  skip: {
    usage: '/swarm skip #N REASON',
    needs: 'write',
    says: 'Leaves a segment out; what waited for it goes on.',
    example: '/swarm skip #14 We buy this instead.',
  },
  pause: {
    usage: '/swarm pause',
    needs: 'write',
    says: 'Lets what runs finish and starts nothing more.',
    example: '/swarm pause',
  },
  resume: {
    usage: '/swarm resume',
    needs: 'write',
    says: 'Carries on after a pause or a cancel from what GitHub shows.',
    example: '/swarm resume',
  },
  cancel: {
    usage: '/swarm cancel',
    needs: 'write',
    says: 'Cancels what runs and starts nothing more; branches and pull requests stay.',
    example: '/swarm cancel',
  },
  accept: {
    usage: '/swarm accept',
    needs: 'write',
    says: 'Accepts the finished epic and closes it.',
    example: '/swarm accept',
  },
  'needs-work': {
    usage: '/swarm needs-work WHAT',
    needs: 'write',
    says: 'Makes a follow-up segment of what is missing, instead of accepting.',
    example: '/swarm needs-work The empty cart shows an error page.',
  },
};
