/** What customers are told. Each status has its sentence, or the types do not check. */
import { type Parcel, type ParcelStatus, statusOf } from './parcel.ts';

const SENTENCES: Readonly<Record<ParcelStatus, string>> = {
  accepted: 'We have your parcel.',
  'in transit': 'Your parcel is on its way.',
  'out for delivery': 'Your parcel arrives today.',
  delivered: 'Your parcel was delivered.',
};

export const sayStatus = (parcel: Parcel): string => SENTENCES[statusOf(parcel)];
