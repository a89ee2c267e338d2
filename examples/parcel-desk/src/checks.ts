/** From JSON that anyone may have sent to values the desk can trust, or to everything that is wrong with it. */
import { type Address, type NewParcel, type ParcelStatus, STATUSES } from './parcel.ts';

export type Checked<Value> =
  | { readonly kind: 'good'; readonly value: Value }
  | { readonly kind: 'bad'; readonly faults: readonly string[] };

export const HEAVIEST_GRAMS = 30_000;

export function checkParcel(input: unknown): Checked<NewParcel> {
  const faults: string[] = [];
  const fields = fieldsOf(input);
  const sender = checkAddress('sender', fields.sender, faults);
  const recipient = checkAddress('recipient', fields.recipient, faults);
  const weightGrams = fields.weightGrams;
  if (typeof weightGrams !== 'number' || !Number.isInteger(weightGrams) || weightGrams < 1) {
    faults.push('weightGrams must be a whole number of grams, at least 1');
  } else if (weightGrams > HEAVIEST_GRAMS) {
    faults.push(`weightGrams must be at most ${HEAVIEST_GRAMS}`);
  }
  if (faults.length > 0 || !sender || !recipient || typeof weightGrams !== 'number') return { kind: 'bad', faults };
  return { kind: 'good', value: { sender, recipient, weightGrams } };
}

export function checkStatus(input: unknown): Checked<ParcelStatus> {
  const said = fieldsOf(input).status;
  const status = STATUSES.find((each) => each === said);
  if (status) return { kind: 'good', value: status };
  return { kind: 'bad', faults: [`status must be one of: ${STATUSES.join(', ')}`] };
}

function checkAddress(who: string, input: unknown, faults: string[]): Address | undefined {
  const fields = fieldsOf(input);
  const line = (key: keyof Address): string => {
    const text = fields[key];
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
    faults.push(`${who}.${key} must be a text`);
    return '';
  };
  return { name: line('name'), street: line('street'), city: line('city') };
}

const fieldsOf = (input: unknown): Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null ? { ...input } : {};
