/**
 * The text without these characters at its end. As a regular expression (`x+$`) it would look through a long run of them
 * in the middle once from each of its letters on.
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
