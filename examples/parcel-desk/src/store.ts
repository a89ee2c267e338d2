/** Remembers parcels for as long as the process lives. */
import { accept, type NewParcel, type Parcel } from './parcel.ts';

export class Store {
  readonly #parcels = new Map<number, Parcel>();

  /** Accepts a parcel under the next free id. */
  add(parcel: NewParcel, at: string): Parcel {
    const accepted = accept(parcel, this.#parcels.size + 1, at);
    this.#parcels.set(accepted.id, accepted);
    return accepted;
  }

  find(id: number): Parcel | undefined {
    return this.#parcels.get(id);
  }

  replace(parcel: Parcel): void {
    if (!this.#parcels.has(parcel.id)) throw new Error(`There is no parcel ${parcel.id} to replace.`);
    this.#parcels.set(parcel.id, parcel);
  }
}
