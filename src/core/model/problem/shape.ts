/**
 * Shapes describe values as data, so that the type of a value and its validator both come from one description.
 *
 * `core` imports no package, so the validator itself is elsewhere: `segment/problem-schema.ts`.
 */
import type { IssueNumber } from '../epic.ts';

declare const VALUE: unique symbol;
interface Of<Value> {
  /** Only for the compiler: no shape has it at run time. */
  readonly [VALUE]?: Value;
}

/** A value that has a type only: it is never read from a job. */
export type Fact<Value = unknown> = Of<Value> & { readonly form: 'fact' };

/** A value that can be read from text that a job wrote. */
export type Readable<Value = unknown> = Of<Value> &
  (
    | { readonly form: 'text'; readonly max: number; readonly keep: 'start' | 'end' | 'both ends' }
    | { readonly form: 'number' }
    | { readonly form: 'issue number' }
    | { readonly form: 'one of'; readonly words: readonly string[] }
    | { readonly form: 'list'; readonly of: Readable; readonly max: number }
    | { readonly form: 'record'; readonly fields: ReadableFields }
    | { readonly form: 'optional'; readonly of: Readable }
  );

type Optional<Value, Inner> = Of<Value> & { readonly form: 'optional'; readonly of: Inner };

export type Shape = Fact | Readable | Optional<unknown, Fact>;
export type Fields = Readonly<Record<string, Shape>>;
export type ReadableFields = Readonly<Record<string, Readable>>;

type ValueOf<Described> = Described extends Of<infer Value> ? Value : never;
type Flat<Record> = { readonly [Key in keyof Record]: Record[Key] };
interface IsOptional {
  readonly form: 'optional';
}

/** The type of a value with these fields. */
export type RecordOf<Described extends Fields> = Flat<
  {
    readonly [Key in keyof Described as Described[Key] extends IsOptional ? never : Key]: ValueOf<Described[Key]>;
  } & {
    readonly [Key in keyof Described as Described[Key] extends IsOptional ? Key : never]?: ValueOf<Described[Key]>;
  }
>;

export const fact = <Value>(): Fact<Value> => ({ form: 'fact' });

/** @param max characters. A longer text is cut before it leaves the job. */
export const text = (max: number): Readable<string> => ({ form: 'text', max, keep: 'start' });

/** Text that a program printed. It is cut before any other text. */
export const output = (max: number, keep: 'end' | 'both ends'): Readable<string> => ({ form: 'text', max, keep });

export const number: Readable<number> = { form: 'number' };
export const issueNumber: Readable<IssueNumber> = { form: 'issue number' };

export const oneOf = <const Word extends string>(...words: readonly Word[]): Readable<Word> => ({
  form: 'one of',
  words,
});

export const list = <Item>(of: Readable<Item>, max: number): Readable<readonly Item[]> => ({ form: 'list', of, max });

export const record = <const Described extends ReadableFields>(fields: Described): Readable<RecordOf<Described>> => ({
  form: 'record',
  fields,
});

export const optional = <const Inner extends Fact | Readable>(of: Inner): Optional<ValueOf<Inner>, Inner> => ({
  form: 'optional',
  of,
});
