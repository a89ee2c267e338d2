/** The issues that a text mentions, and the ones it closes. Code in the text is ignored. */
import type { Repository } from './records.ts';

/** The numbers of the issues that a text mentions in its own repository. */
export function namedNumbers(text: string): ReadonlySet<number> {
  return new Set([...withoutCode(text).matchAll(/(?:^|[^\w/#&])#(\d{1,9})\b/g)].map((match) => Number(match[1])));
}

/**
 * The issues of this repository that a text closes: `close`, `fix` or `resolve` in any form, then a number (docs:
 * "Linking a pull request to an issue"). HTML comments are ignored.
 */
export function closingNumbers(text: string, repository: Repository): number[] {
  const bare = withoutCode(text).replace(/<!--[\s\S]*?-->/g, '');
  const own = `${repository.owner.login}/${repository.name}`.toLowerCase();
  const pattern =
    /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+)#|#|https?:\/\/[^\s/]+\/([\w.-]+\/[\w.-]+)\/issues\/)(\d{1,9})\b/gi;
  const numbers = new Set<number>();
  for (const match of bare.matchAll(pattern)) {
    const other = (match[1] ?? match[2])?.toLowerCase();
    if (other === undefined || other === own) numbers.add(Number(match[3]));
  }
  return [...numbers];
}

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
