/**
 * The form of a problem's words: one entry holds the message, who acts next, and what its section in the docs shows.
 */
import type { HeadSha, Instant, IssueNumber, PullNumber } from '#core/model/epic';
import type { Problem, ProblemKind } from '#core/model/problem';
import { enumerate, type Voice } from '../voice.ts';

/** The parts of a message. */
export interface Sentences {
  /** One short sentence that is enough on a phone. */
  readonly what: string;
  readonly why: string;
  /** What a person does. `after` adds what Swarm does after it. */
  readonly next: string;
  /** Raw output, shown in a fence. */
  readonly output?: readonly { readonly title: string; readonly text: string }[];
}

export type Facts<Kind extends ProblemKind> = Omit<Extract<Problem, { readonly kind: Kind }>, 'kind'>;

export interface ProblemEntry<Kind extends ProblemKind> {
  readonly says: (facts: Facts<Kind>, say: Voice) => Sentences;
  readonly after: After;
  /** The facts that the docs show the message for. */
  readonly example: Plain<Facts<Kind>>;
  /** For the docs: what the message has no room for. */
  readonly more: string;
}

/** Every kind has an entry: a new problem does not compile without one. */
export type ProblemEntries = { readonly [Kind in ProblemKind]: ProblemEntry<Kind> };

/** Who acts after the message, and what Swarm does then. */
export type After =
  /** A person fixes it; Swarm notices. */
  | 'checks again'
  /** A person fixes it and asks for a retry. */
  | 'retry'
  /** No one has to act. */
  | 'continues'
  /** A person decides; the rest of the epic does not wait. */
  | 'others continue'
  /** A request was refused. */
  | 'nothing changed'
  /** A person acts. The entry's own words say what Swarm does then. */
  | 'person acts'
  /** Swarm acts first, and a person only if that does not help. The entry's own words say it. */
  | 'swarm acts';

/** The sentence that ends a message, and the line in the docs that says who acts. */
export const AFTER: Readonly<Record<After, { readonly says: (say: Voice) => string; readonly acts: string }>> = {
  'checks again': {
    says: () => 'Swarm checks again automatically.',
    acts: 'A person fixes it. Swarm notices and continues automatically.',
  },
  retry: {
    says: (say) => `Then comment ${say.retry()}. The other segments continue.`,
    acts: 'A person fixes it and retries the segment. The other segments continue.',
  },
  continues: { says: () => 'Swarm continues.', acts: 'No one has to act. Swarm continues.' },
  'others continue': {
    says: () => 'The other segments continue.',
    acts: 'A person decides. The other segments continue.',
  },
  'nothing changed': {
    says: () => 'Nothing was changed.',
    acts: 'A person, if they still want it. Nothing was changed.',
  },
  'person acts': { says: () => '', acts: 'A person, as the message says.' },
  'swarm acts': { says: () => '', acts: 'Swarm, automatically. A person acts only if that does not help.' },
};

/** The same value without brands, so that an example is plain data. */
export type Plain<Value> = Value extends IssueNumber | PullNumber | Instant
  ? number
  : Value extends HeadSha
    ? string
    : Value extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]: Plain<Value[Key]> }
        : Value;

/** The question that follows a mistyped name. */
export const didYouMean = (nearest: string | undefined, say: Voice): string =>
  nearest === undefined ? '' : ` Did you mean ${say.code(nearest)}?`;

export const KEPT = 'The work is kept on a branch if possible; nothing was merged.';

interface Gate {
  readonly gate: string;
  readonly output: string;
}

export const gateNames = (gates: readonly Gate[], say: Voice): string =>
  enumerate(
    gates.map(({ gate }) => say.code(gate)),
    6,
  );

export const gateOutputs = (gates: readonly Gate[]): NonNullable<Sentences['output']> =>
  gates.slice(0, 4).map(({ gate, output }) => ({ title: gate, text: output }));

export const plural = (things: readonly unknown[], one: string, many: string): string =>
  things.length === 1 ? one : many;
