/**
 * Branch names: made from the template, and held to what git and GitHub take.
 */

import { type BranchFault, MAX_BRANCH_CHARS } from '#core/model/problem/faults';

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
 * Why git or GitHub would refuse this branch name; undefined if they accept it.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function branchFault(name: string): BranchFault | undefined {
  if (name.length < 40 && PLAIN.test(name) && !name.startsWith('refs/')) return undefined;
  if (name === '') return { kind: 'empty' };
  if (name.length > MAX_BRANCH_CHARS) return { kind: 'too long' };
  const placeholder = /\{[a-z]*\}/.exec(name)?.[0];
  if (placeholder) return { kind: 'unknown placeholder', placeholder };
  if (/[\p{Cc}\p{Cs} ~^:?*[\\]/u.test(name)) return { kind: 'forbidden character' };
  if (name.includes('..')) return { kind: 'double dot' };
  if (name.includes('@{')) return { kind: 'reflog mark' };
  if (name === '@' || name === 'HEAD') return { kind: 'reserved' };
  if (name.startsWith('-')) return { kind: 'leading dash' };
  if (name.startsWith('refs/')) return { kind: 'leading refs' };
  if (name.endsWith('.')) return { kind: 'trailing dot' };
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name)) return { kind: 'commit id' };
  for (const part of name.split('/')) {
    if (part === '') return { kind: 'empty part' };
    if (part.startsWith('.')) return { kind: 'dotted part' };
    if (part.endsWith('.lock')) return { kind: 'lock part' };
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
