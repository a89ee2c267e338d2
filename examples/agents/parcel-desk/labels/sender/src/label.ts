/** The label that is glued to a parcel, as plain text for any printer. */
import type { Address, Parcel } from './parcel.ts';
import { trackingNumber } from './tracking.ts';

const WIDTH = 34;

export function label(parcel: Parcel): string {
  const number = trackingNumber(parcel.id).replace(/(.{4})(?=.)/g, '$1 ');
  const lines = [...address('To', parcel.recipient), '', number, '', ...address('From', parcel.sender)];
  const edge = `+${'-'.repeat(WIDTH)}+`;
  return [edge, ...lines.map((line) => `| ${clip(line)} |`), edge, ''].join('\n');
}

const address = (heading: string, { name, street, city }: Address): string[] => [heading, name, street, city];

const clip = (line: string): string => line.slice(0, WIDTH - 2).padEnd(WIDTH - 2);
