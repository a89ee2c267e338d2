/** Parcels for tests. */
import { accept, type Parcel } from '../src/parcel.ts';

export const AT = '2026-11-21T09:00:00.000Z';

export const INES = { name: 'Ines Duarte', street: 'Dock 4', city: 'Rotterdam' };
export const OMAR = { name: 'Omar Haddad', street: 'Hill 9', city: 'Utrecht' };

export const newParcel = { sender: INES, recipient: OMAR, weightGrams: 750 };

export const parcel = (id = 1): Parcel => accept(newParcel, id, AT);
