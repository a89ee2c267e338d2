/**
 * The number on the outside of a parcel: `PD`, the parcel's id in eight digits, a check digit, and the country.
 *
 * The check digit follows the postal unions' S10 rule (weights 8 6 4 2 3 5 9 7, modulo 11), which notices every
 * single mistyped digit and every two neighbours that were swapped.
 */
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const;
const HIGHEST_ID = 99_999_999;

export function trackingNumber(parcelId: number): string {
  if (!Number.isInteger(parcelId) || parcelId < 1 || parcelId > HIGHEST_ID) {
    throw new RangeError(`There is no tracking number for parcel ${parcelId}.`);
  }
  const digits = String(parcelId).padStart(8, '0');
  return `PD${digits}${checkDigit(digits)}NL`;
}

/** The id behind a tracking number; undefined where it is none, or was mistyped. */
export function parcelIdOf(text: string): number | undefined {
  const read = /^PD(\d{8})(\d)NL$/.exec(text.replaceAll(' ', '').toUpperCase());
  const [, digits = '', said] = read ?? [];
  if (!read || String(checkDigit(digits)) !== said || Number(digits) === 0) return undefined;
  return Number(digits);
}

function checkDigit(digits: string): number {
  const sum = WEIGHTS.reduce<number>((total, weight, index) => total + weight * Number(digits[index]), 0);
  const digit = 11 - (sum % 11);
  if (digit === 10) return 0;
  return digit === 11 ? 5 : digit;
}
