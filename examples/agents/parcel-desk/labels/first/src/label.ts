/** The label that is glued to a parcel, as plain text for any printer. */
import type { Parcel } from './parcel.ts';
import { trackingNumber } from './tracking.ts';

const WIDTH = 34;

export function label(parcel: Parcel): string {
  const { name, street, city } = parcel.recipient;
  const number = trackingNumber(parcel.id).replace(/(.{4})(?=.)/g, '$1 ');
  const lines = ['To', name, street, city, '', number];
  const edge = `+${'-'.repeat(WIDTH)}+`;
  return [edge, ...lines.map((line) => `| ${clip(line)} |`), edge, ''].join('\n');
}

const clip = (line: string): string => line.slice(0, WIDTH - 2).padEnd(WIDTH - 2);
