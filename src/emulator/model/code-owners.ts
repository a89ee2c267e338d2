/**
 * The owners of files, as a `CODEOWNERS` file names them: the last pattern that matches a file decides.
 *
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */

/** The places of the file. GitHub takes the first one that is there. */
export const CODE_OWNERS_FILES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

interface OwnerLine {
  readonly pattern: RegExp;
  /** Logins, and teams as `octo/payments`, without `@`. A pattern without owners takes files from the patterns above it. */
  readonly owners: readonly string[];
}

/** The lines of a file, without those that GitHub skips: negated patterns and ranges of characters. */
export function readCodeOwners(text: string): readonly OwnerLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...owners] = line.replace(/(?:^|\s)#.*$/, '').match(/(?:\\ |\S)+/g) ?? [];
    if (pattern === undefined || /^!|[[\]]/.test(pattern)) return [];
    const logins = owners.filter((owner) => owner.startsWith('@')).map((owner) => owner.slice(1));
    return [{ pattern: matcherOf(pattern.replaceAll('\\ ', ' ')), owners: logins }];
  });
}

export const ownersOf = (lines: readonly OwnerLine[], path: string): readonly string[] =>
  lines.findLast(({ pattern }) => pattern.test(path))?.owners ?? [];

/** Like the patterns of `.gitignore`, but `docs/*` does not reach into the folders of `docs`. */
function matcherOf(pattern: string): RegExp {
  const isAnchored = pattern.slice(0, -1).includes('/');
  const source = pattern.replace(/^\/|\/$/g, '').replaceAll(/\*\*\/|\/\*\*$|\*+|\?|[\\^$.|+(){}]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '/.*';
    if (part.startsWith('*')) return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  const below = pattern.endsWith('/') ? '/.*' : pattern.endsWith('/*') ? '' : '(?:/.*)?';
  return new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${source}${below}$`);
}
