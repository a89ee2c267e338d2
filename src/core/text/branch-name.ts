/**
 * Branch names: made from a template, and checked against the rules of git and GitHub.
 */

import { COMMIT_TYPES } from '#core/model/epic';
import { type BranchFault, MAX_BRANCH_CHARS } from '#core/model/problem/faults';

/**
 * The branch that a template stands for.
 *
 * @param template with `{type}`, `{slug}`, `{number}` and `{epic}`. Anything else in braces stays, and `branchFault` reports
 * it.
 */
export const branchName = (template: string, words: Readonly<Record<'type' | 'slug' | 'number' | 'epic', string>>) =>
  template.replace(/\{(type|slug|number|epic)\}/g, (_, word: keyof typeof words) => words[word]);

/**
 * Why git or GitHub would refuse this branch name; undefined if they accept it.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function branchFault(name: string): BranchFault | undefined {
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

const SLUG_CHARS = 40;
/** A commit type before the words of a title, as in `feat(cart)!: Add a total`. */
const TYPE_PREFIX = new RegExp(String.raw`^\s*(?:${COMMIT_TYPES.join('|')})(?:\([^()]*\))?!?:`, 'i');

/** A short name made from a title: ASCII, whole words, at most 40 characters; '' if the title has no such words. */
export function slugOf(title: string): string {
  const text = title.slice(0, 1_000).replace(TYPE_PREFIX, '');
  const ascii = text.normalize('NFKD').replace(/[\p{M}'’]/gu, '');
  const [first = '', ...more] = ascii.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let slug = first.slice(0, SLUG_CHARS);
  for (const word of more) {
    if (slug.length + 1 + word.length > SLUG_CHARS) break;
    slug = `${slug}-${word}`;
  }
  return slug;
}
