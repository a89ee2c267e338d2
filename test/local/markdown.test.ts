import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../src/local/html.ts';
import { markdown } from '../../src/local/markdown.ts';
import { expectLinear, expectSoon, HOSTILE_MARKDOWN } from '../cpu.ts';

test('whatever is put into a template is text, except what is HTML already', () => {
  const evil = `<img src=x onerror="alert('1')">&`;
  expect(html`<p title="${evil}">${evil}${html`<b>${1}</b>`}${[undefined, false, 'a']}</p>`.text).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;<b>1</b>a</p>',
  );
});

test.each([
  ['# Title', '<h3>Title</h3>'],
  ['one\ntwo', '<p>one<br>\ntwo</p>'],
  [
    '**bold** and _soft_ and `a|b <i>`',
    '<p><strong>bold</strong> and <em>soft</em> and <code>a|b &lt;i&gt;</code></p>',
  ],
  [
    '- [x] done\n- [ ] open',
    '<ul><li class="task"><input type="checkbox" disabled checked> done</li><li class="task"><input type="checkbox" disabled> open</li></ul>',
  ],
  ['1. a\n   - b', '<ol><li>a<ul><li>b</li></ul></li></ol>'],
  ['see #12', '<p>see <a href="/issues/12">#12</a></p>'],
  ['[PR](http://h/o/r/pull/7)', '<p><a href="/pulls/7">PR</a></p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](https://e.org/?a="b)', '<p><a href="https://e.org/?a=&quot;b" rel="noreferrer">x</a></p>'],
  ['a <!-- hidden --> b', '<p>a  b</p>'],
  ['a <!-- open', '<p>a &lt;!-- open</p>'],
  ['\\*plain\\*', '<p>&#42;plain&#42;</p>'],
  ['&lt;b&gt; &copy; & &#x40;', '<p>&lt;b&gt; &copy; &amp; &#x40;</p>'],
  ['> said', '<blockquote><p>said</p></blockquote>'],
  ['```js\n<b>\n```\nx', '<pre class="code js" tabindex="0"><code>&lt;b&gt;</code></pre>\n<p>x</p>'],
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['</details>\n<details>\nx', '\n<details>\n<p>x</p></details>'],
])('%j becomes %j', (text, shown) => {
  expect(markdown(text).text).toBe(shown);
});

test('a table has its cells, whatever bars stand in code', () => {
  expect(markdown('| a | b |\n|---|---|\n| `x|y` | 1 \\| 2 |').text).toContain(
    '<tbody><tr><td><code>x|y</code></td><td>1 | 2</td></tr></tbody>',
  );
});

const OURS =
  /^<\/?(p|br|h[3-6]|ul|ol|li|strong|em|code|pre|table|thead|tbody|tr|th|td|blockquote|hr|details|summary|div|a|input)(?: (?:class="(?:task|wide|code [\w-]*)"|tabindex="0"|type="checkbox"|disabled|checked|rel="noreferrer"|href="(?:\/(?:issues|pulls)\/\d+|https?:\/\/[^"<>]*)"))*>$/;
const ODD = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '`',
  '```\n',
  '|',
  '|-|',
  '\n',
  '- ',
  '> ',
  '[',
  '](',
  ')',
  'javascript:',
  'https://',
  '<details>',
  '</details>',
  '<summary>',
  '<!--',
  '-->',
  '#1',
  '**',
  '_',
  '\\',
  '    ',
  '\0',
];

test('no text brings a tag or an attribute of its own into the page', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...ODD), fc.string({ maxLength: 6 }))).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (written) => {
      const shown = markdown(written).text;
      for (const tag of shown.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(OURS);
      const opened = shown.match(/<details>/g)?.length ?? 0;
      expect(shown.match(/<\/details>/g)?.length ?? 0).toBe(opened);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['backticks', '`'.repeat(50_000)],
  ['brackets', '['.repeat(50_000)],
  ['comments', '<!--'.repeat(30_000)],
  ['bars', `${'|'.repeat(20_000)}\n|-|\n${'|\n'.repeat(20_000)}`],
  ['quotes', '>'.repeat(20_000)],
  ['indented items', '- a\n'.repeat(20_000)],
])('a text of many %s is shown without a long wait', (_what, text) => {
  expect(expectSoon(() => markdown(text), 5_000).text.length).toBeGreaterThan(0);
});

test.each(Object.keys(HOSTILE_MARKDOWN))('a text of %s is shown in time that is proportional to it', (name) => {
  expectLinear(markdown, HOSTILE_MARKDOWN[name] ?? (() => ''));
});

test.each([
  ['# One #', '<h3>One</h3>'],
  ['## Two  ##  ', '<h4>Two</h4>'],
  ['# C#', '<h3>C#</h3>'],
  ['# a # b', '<h3>a # b</h3>'],
])('the heading %j', (text, shown) => {
  expect(markdown(text).text).toBe(shown);
});
