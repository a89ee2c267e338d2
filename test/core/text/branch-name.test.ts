import { describe, expect, test } from 'vitest';
import type { BranchFault } from '../../../src/core/model/problem/faults.ts';
import { branchFault, branchName, slugOf } from '../../../src/core/text/branch-name.ts';

const sha1 = '0123456789abcdef0123456789abcdef01234567';
const sha256 = `${sha1}0123456789abcdef01234567`;

describe('a branch template', () => {
  const words = { type: 'feat', slug: 'cart', number: '14', epic: '9' };

  test.each([
    ['each placeholder is filled in', '{type}/{epic}/{number}-{slug}', 'feat/9/14-cart'],
    ['one that stands twice is filled in twice', '{slug}/{slug}', 'cart/cart'],
    ['other braces stay', 'x/{name}/{}/{Slug}', 'x/{name}/{}/{Slug}'],
    ['a template without placeholders is the name', 'work', 'work'],
  ])('%s: %s', (_, template, name) => {
    expect(branchName(template, words)).toBe(name);
  });

  test('a word that looks like a placeholder is not filled in again', () => {
    expect(branchName('{slug}-{type}', { ...words, slug: '{type}' })).toBe('{type}-feat');
  });
});

describe('a branch name that git refuses', () => {
  test.each<[string, BranchFault]>([
    ['', { kind: 'empty' }],
    ['a'.repeat(245), { kind: 'too long' }],
    ['feat/{slugs}-x', { kind: 'unknown placeholder', placeholder: '{slugs}' }],
    ['feat/{}', { kind: 'unknown placeholder', placeholder: '{}' }],
    ['a b', { kind: 'forbidden character' }],
    ['a~b', { kind: 'forbidden character' }],
    ['a^b', { kind: 'forbidden character' }],
    ['a:b', { kind: 'forbidden character' }],
    ['a?b', { kind: 'forbidden character' }],
    ['a*b', { kind: 'forbidden character' }],
    ['a[b', { kind: 'forbidden character' }],
    ['a\\b', { kind: 'forbidden character' }],
    ['a\tb', { kind: 'forbidden character' }],
    ['a\x7fb', { kind: 'forbidden character' }],
    ['a\ud800b', { kind: 'forbidden character' }],
    ['a..b', { kind: 'double dot' }],
    ['a@{b', { kind: 'reflog mark' }],
    ['@', { kind: 'reserved' }],
    ['HEAD', { kind: 'reserved' }],
    ['-a', { kind: 'leading dash' }],
    ['refs/heads/a', { kind: 'leading refs' }],
    ['a.', { kind: 'trailing dot' }],
    [sha1, { kind: 'commit id' }],
    [sha1.toUpperCase(), { kind: 'commit id' }],
    [sha256, { kind: 'commit id' }],
    ['/a', { kind: 'empty part' }],
    ['a/', { kind: 'empty part' }],
    ['a//b', { kind: 'empty part' }],
    ['.a', { kind: 'dotted part' }],
    ['a/.b', { kind: 'dotted part' }],
    ['a.lock', { kind: 'lock part' }],
    ['a.lock/b', { kind: 'lock part' }],
  ])('%j: %j', (name, fault) => {
    expect(branchFault(name)).toEqual(fault);
  });

  test.each([
    'main',
    'a'.repeat(244),
    'feat/cart-total',
    'Größe/カート',
    'a.b/c.d',
    'a@b',
    '@/a',
    'a{b',
    'a{B}',
    'HEADS',
    'head',
    'a-/b-',
    'refs',
    'heads/refs',
    'my/refs/a',
    'a.locked',
    'lock.a',
    'x.lock.y',
    `${sha1}0`,
    `0${sha256}`,
    sha1.slice(1),
    `${sha1}zzzzzzzzzzzzzzzzzzzzzzzz`,
    `g${sha1.slice(1)}`,
    'g'.repeat(40),
    `${sha1}${'z'.repeat(24)}`,
    'abcdef',
    'f',
  ])('is not %j', (name) => {
    expect(branchFault(name)).toBeUndefined();
  });
});

describe('a slug made from a title', () => {
  test.each([
    ['has the words in lower case, joined by hyphens', 'Add  the   Cart', 'add-the-cart'],
    ['has digits', 'Support HTTP 2', 'support-http-2'],
    ['has no accents', 'Añadir Größe', 'anadir-gro-e'],
    ['splits ligatures and full-width letters', 'ﬁx ＡＢ', 'fix-ab'],
    ['keeps a word with an apostrophe together', "Don’t can't", 'dont-cant'],
    ['has no commit type', 'feat: cart', 'cart'],
    ['has no commit type in capitals', 'FIX: cart', 'cart'],
    ['has no commit type with a scope and a mark', '  refactor(cart, mail)!: total', 'total'],
    ['keeps a commit type without a colon', 'fix cart', 'fix-cart'],
    ['keeps a commit type that does not begin the title', 'a fix: cart', 'a-fix-cart'],
    ['keeps another word before a colon', 'cart: total', 'cart-total'],
    ['takes a commit type away once', 'fix: fix: cart', 'fix-cart'],
    ['is empty if the title has no such letters', 'カート — «»', ''],
    ['is empty for an empty title', '', ''],
    ['may have 40 characters', `${'a'.repeat(20)} ${'b'.repeat(19)}`, `${'a'.repeat(20)}-${'b'.repeat(19)}`],
    ['leaves out a word beyond 40 characters', `${'a'.repeat(20)} ${'b'.repeat(20)}`, 'a'.repeat(20)],
    ['ends with the word before the one that is too long', `a ${'b'.repeat(39)} c`, 'a'],
    ['has 40 characters of a longer first word', `${'a'.repeat(41)} b`, 'a'.repeat(40)],
    ['has room for a word of one letter', `${'a'.repeat(38)} b c`, `${'a'.repeat(38)}-b`],
    ['looks at the first 1,000 characters', `${'-'.repeat(999)}abc`, 'a'],
  ])('%s', (_, title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test.each(['feat', 'fix', 'refactor', 'docs', 'test', 'chore', 'perf', 'build', 'ci'])(
    'has none of the types: %s',
    (type) => {
      expect(slugOf(`${type}: cart`)).toBe('cart');
    },
  );
});
