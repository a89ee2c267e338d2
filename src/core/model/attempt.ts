/**
 * Names for attempts that people can tell apart at a glance: BlueLake, GreenCastle (SPEC R9.1).
 */
const COLOURS = [
  'Amber', 'Azure', 'Blue', 'Bronze', 'Copper', 'Coral', 'Crimson', 'Golden', 'Green', 'Indigo', 'Ivory', 'Jade',
  'Lilac', 'Maroon', 'Olive', 'Orange', 'Pearl', 'Purple', 'Red', 'Ruby', 'Silver', 'Teal', 'Violet',
] as const; // biome-ignore format: a word list
const PLACES = [
  'Bay', 'Bear', 'Bridge', 'Brook', 'Canyon', 'Castle', 'Cliff', 'Cove', 'Falcon', 'Field', 'Forest', 'Fox', 'Garden',
  'Harbor', 'Heron', 'Hill', 'Island', 'Lake', 'Meadow', 'Mountain', 'Otter', 'River', 'Stone', 'Tower', 'Valley',
] as const; // biome-ignore format: a word list

/** Steps through all pairs before it repeats one: 23 and 25 have no common divisor. */
export function attemptName(ordinal: number): string {
  const colour = COLOURS[(ordinal * 7) % COLOURS.length] ?? COLOURS[0];
  const place = PLACES[(ordinal * 11) % PLACES.length] ?? PLACES[0];
  return `${colour}${place}`;
}
