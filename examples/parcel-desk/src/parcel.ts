/** A parcel's life, from the desk to the door. */

export const STATUSES = ['accepted', 'in transit', 'out for delivery', 'delivered'] as const;
export type ParcelStatus = (typeof STATUSES)[number];

export interface Address {
  readonly name: string;
  readonly street: string;
  readonly city: string;
}

export interface Step {
  readonly status: ParcelStatus;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Parcel {
  /** 1, 2, 3 … in the order of acceptance. */
  readonly id: number;
  readonly sender: Address;
  readonly recipient: Address;
  readonly weightGrams: number;
  /** Oldest first; the first one is always `accepted`. */
  readonly steps: readonly [Step, ...Step[]];
}

export type NewParcel = Pick<Parcel, 'sender' | 'recipient' | 'weightGrams'>;

const NEXT: Readonly<Record<ParcelStatus, readonly ParcelStatus[]>> = {
  accepted: ['in transit'],
  'in transit': ['in transit', 'out for delivery'],
  'out for delivery': ['delivered', 'in transit'],
  delivered: [],
};

export const accept = (parcel: NewParcel, id: number, at: string): Parcel => ({
  ...parcel,
  id,
  steps: [{ status: 'accepted', at }],
});

export const statusOf = (parcel: Parcel): ParcelStatus => parcel.steps.at(-1)?.status ?? 'accepted';

export const mayBecome = (parcel: Parcel, status: ParcelStatus): boolean => NEXT[statusOf(parcel)].includes(status);

/** The parcel one step on. Throws where the parcel cannot take that step. */
export function advance(parcel: Parcel, status: ParcelStatus, at: string): Parcel {
  if (!mayBecome(parcel, status)) {
    throw new Error(`Parcel ${parcel.id} is ${statusOf(parcel)} and cannot become ${status}.`);
  }
  return { ...parcel, steps: [...parcel.steps, { status, at }] };
}
