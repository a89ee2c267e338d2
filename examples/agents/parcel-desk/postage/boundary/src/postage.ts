/** What a parcel costs, by weight band and zone. */

export const ZONES = ['domestic', 'europe', 'world'] as const;
export type Zone = (typeof ZONES)[number];

const BANDS = [
  { upToGrams: 500, cents: 450 },
  { upToGrams: 2_000, cents: 690 },
  { upToGrams: 10_000, cents: 1_290 },
  { upToGrams: 30_000, cents: 2_150 },
] as const;

/** In percent, because 2.4 times 450 is not 1080 for a computer. */
const FACTOR_PERCENT: Readonly<Record<Zone, number>> = { domestic: 100, europe: 160, world: 240 };

/** Cents, rounded up to five. Throws where no band is wide enough. */
export function postageCents(weightGrams: number, zone: Zone): number {
  const band = BANDS.find((each) => weightGrams <= each.upToGrams);
  if (!band) throw new RangeError(`No postage for ${weightGrams} g.`);
  return Math.ceil((band.cents * FACTOR_PERCENT[zone]) / 500) * 5;
}
