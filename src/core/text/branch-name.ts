/**
 * Branch names: made from the template, and held to what git and GitHub take.
 */

/** Git stores a branch as a path; longer names fail on some file systems, and on GitHub. */
const BRANCH_BYTES = 244;

/**
 * The branch a template stands for.
 *
 * @param template with `{type}`, `{slug}`, `{number}` and `{epic}`; anything else in braces stays as it is, and
 * `branchFault` says so.
 */
export const branchName = (template: string, words: Readonly<Record<'type' | 'slug' | 'number' | 'epic', string>>) =>
  // The usual template is not worth a search.
  template === '{type}/{slug}'
    ? `${words.type}/${words.slug}`
    : template.replace(/\{(type|slug|number|epic)\}/g, (_, word: keyof typeof words) => words[word]);

/**
 * Why git or GitHub would not take this as a branch's name, as a clause; undefined where they do.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function branchFault(name: string): string | undefined {
  if (name.length < 40 && PLAIN.test(name) && !name.startsWith('refs/')) return undefined;
  if (name === '') return 'it is empty';
  if (name.length > BRANCH_BYTES) return `it has more than ${BRANCH_BYTES} characters`;
  const placeholder = /\{[a-z]*\}/.exec(name)?.[0];
  if (placeholder) return `there is no ${placeholder}; there are {type}, {slug}, {number} and {epic}`;
  if (/[\p{Cc}\p{Cs} ~^:?*[\\]/u.test(name))
    return 'it has a blank, a control character or one of ~ ^ : ? * [ \\ in it';
  if (name.includes('..')) return 'it has ".." in it';
  if (name.includes('@{')) return 'it has "@{" in it';
  if (name === '@' || name === 'HEAD') return 'git keeps this name for itself';
  if (name.startsWith('-')) return 'it begins with "-"';
  if (name.startsWith('refs/')) return 'it begins with "refs/"; a branch is named without';
  if (name.endsWith('.')) return 'it ends with "."';
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name)) return "it looks like a commit's id";
  for (const part of name.split('/')) {
    if (part === '') return 'it begins or ends with "/", or has "//" in it';
    if (part.startsWith('.')) return 'one of its parts begins with "."';
    if (part.endsWith('.lock')) return 'one of its parts ends with ".lock"';
  }
  return undefined;
}

/** Small words and digits, parted: git has nothing against any of them, and few branches are called otherwise. */
const PLAIN = /^[a-z0-9]+(?:[-/][a-z0-9]+)*$/;

const SLUG_CHARS = 40;

/** A short name made from a title: ASCII, whole words, at most 40 characters; '' where the title has none. */
export function slugOf(title: string): string {
  // Plain words, as most titles are; one before a colon may be a type, and is not part of the name.
  if (title.length <= SLUG_CHARS && /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(title)) {
    return title.toLowerCase().replaceAll(' ', '-');
  }
  const said = title
    .slice(0, 1_000)
    .replace(/^\s*(?:feat|fix|refactor|docs|test|chore|perf|build|ci)(?:\([^()]*\))?!?:/i, '');
  const letters = /^[\0-\x7f]*$/.test(said) ? said : said.normalize('NFKD').replace(/\p{M}/gu, '');
  const plain = letters.toLowerCase().replace(/['’]/g, '');
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, SLUG_CHARS) : `${slug}-${word}`;
    if (longer.length > SLUG_CHARS) break;
    slug = longer;
  }
  return slug;
}
