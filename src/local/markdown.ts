/**
 * Converts Markdown that swarm, agents and people write to HTML: the part of GitHub's Markdown that occurs there.
 *
 * Everything is escaped first, and tags come only from this file. HTML in the text is shown as typed, except `<details>`,
 * `<summary>` and `<br>`, which work, and comments, which are removed. Links lead only to http(s) or to pages of this server.
 */
import { trimEndOf } from '#core/text/trim-end';
import { escapeText, Html, html } from './html.ts';

const MAX_CHARACTERS = 200_000;

export function markdown(text: string): Html {
  const plain = text.slice(0, MAX_CHARACTERS).replaceAll('\r\n', '\n').replaceAll('\u0000', '');
  return new Html(blocks(withoutComments(plain).split('\n'), 0));
}

/** A comment that is not closed stays visible, so that no text disappears by accident as it would in a browser. */
function withoutComments(text: string): string {
  let rest = text;
  let kept = '';
  for (;;) {
    const start = rest.indexOf('<!--');
    const end = start < 0 ? -1 : rest.indexOf('-->', start + 4);
    if (end < 0) return kept + rest;
    kept += rest.slice(0, start);
    rest = rest.slice(end + 3);
  }
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/;
const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+(.*)$/;
const MAX_DEPTH = 6;

function blocks(lines: readonly string[], depth: number): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) out.push(`<p>${paragraph.map(inline).join('<br>\n')}</p>`);
    paragraph = [];
  };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const fence = FENCE.exec(line);
    const heading = /^ {0,3}(#{1,6})\s+(.*)$/.exec(line);
    const tag = /^\s*<(\/?details|\/?summary)(?: open)?>\s*$/.exec(line);
    const summary = /^\s*(?:(<details>)\s*)?<summary>(.*)<\/summary>\s*$/.exec(line);
    if (fence) {
      flush();
      const end = closing(lines, index + 1, fence[1] ?? '```');
      const code = escapeText(lines.slice(index + 1, end).join('\n'));
      out.push(`<pre class="code ${escapeText(fence[2] ?? '')}" tabindex="0"><code>${code}</code></pre>`);
      index = end + 1;
    } else if (line.trim() === '') {
      flush();
      index += 1;
    } else if (summary) {
      flush();
      out.push(`${summary[1] ?? ''}<summary>${inline(summary[2]?.replace(/<\/?b>/g, '') ?? '')}</summary>`);
      index += 1;
    } else if (tag) {
      flush();
      out.push(`<${tag[1]}>`);
      index += 1;
    } else if (heading) {
      flush();
      // The page has its own h1 and h2.
      const level = Math.min(6, (heading[1]?.length ?? 1) + 2);
      out.push(`<h${level}>${inline(headingText(heading[2] ?? ''))}</h${level}>`);
      index += 1;
    } else if (/^ {0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line)) {
      flush();
      out.push('<hr>');
      index += 1;
    } else if (line.includes('|') && isRule(lines[index + 1])) {
      flush();
      const end = endOf(lines, index, (row) => row.includes('|'));
      out.push(table(lines.slice(index, end)));
      index = end;
    } else if (/^ {0,3}>/.test(line) && depth < MAX_DEPTH) {
      flush();
      const end = endOf(lines, index, (next) => /^ {0,3}>/.test(next));
      const quoted = lines.slice(index, end).map((next) => next.replace(/^ {0,3}> ?/, ''));
      out.push(`<blockquote>${blocks(quoted, depth + 1)}</blockquote>`);
      index = end;
    } else if (ITEM.test(line) && depth < MAX_DEPTH) {
      flush();
      const end = endOf(lines, index, (next) => ITEM.test(next) || /^\s{2,}\S/.test(next));
      out.push(list(lines.slice(index, end), depth));
      index = end;
    } else {
      paragraph.push(line);
      index += 1;
    }
  }
  flush();
  return balanced(out.join('\n'));
}

/** Without the `#` at its end, which need a space before them: `# C#` is about C#. */
function headingText(written: string): string {
  const text = written.trimEnd();
  const open = trimEndOf(text, '#');
  return open === '' || /\s$/.test(open) ? open.trimEnd() : text;
}

function closing(lines: readonly string[], from: number, fence: string): number {
  let end = from;
  while (end < lines.length && !isClosing(lines[end] ?? '', fence)) end += 1;
  return end;
}

const isClosing = (line: string, fence: string): boolean => line.trim().startsWith(fence) && !/[^`~\s]/.test(line);

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from + 1;
  while (end < lines.length && lines[end]?.trim() !== '' && belongs(lines[end] ?? '')) end += 1;
  return end;
}

const isRule = (line = ''): boolean => line.includes('-') && line.includes('|') && /^[\s|:-]+$/.test(line);

function table(lines: readonly string[]): string {
  const row = (line: string, tag: 'th' | 'td'): string =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${inline(cell)}</${tag}>`)
      .join('')}</tr>`;
  const [head = '', , ...body] = lines;
  const rows = body.map((line) => row(line, 'td')).join('');
  return `<div class="wide" tabindex="0"><table><thead>${row(head, 'th')}</thead><tbody>${rows}</tbody></table></div>`;
}

/** Splits at pipes that are neither escaped nor in a code span. */
function cellsOf(line: string): string[] {
  const cells = [''];
  let isInCode = false;
  const text = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? '';
    if (letter === '\\' && text[index + 1] === '|') {
      cells.push(`${cells.pop() ?? ''}|`);
      index += 1;
    } else if (letter === '|' && !isInCode) cells.push('');
    else {
      if (letter === '`') isInCode = !isInCode;
      cells.push((cells.pop() ?? '') + letter);
    }
  }
  return cells.map((cell) => cell.trim());
}

function list(lines: readonly string[], depth: number): string {
  const first = ITEM.exec(lines[0] ?? '');
  const indent = first?.[1]?.length ?? 0;
  const ordered = /^\s*\d/.test(lines[0] ?? '');
  const items: string[][] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && (item[1]?.length ?? 0) <= indent) items.push([item[2] ?? '']);
    else items.at(-1)?.push(line.replace(/^\s{1,4}/, ''));
  }
  const shown = items.map(([head = '', ...more]) => {
    const task = /^\[([ xX])\]\s+(.*)$/.exec(head);
    const box = task ? `<input type="checkbox" disabled${task[1] === ' ' ? '' : ' checked'}> ` : '';
    const rest = more.length > 0 ? blocks(more, depth + 1) : '';
    return `<li${task ? ' class="task"' : ''}>${box}${inline(task?.[2] ?? head)}${rest}</li>`;
  });
  return ordered ? `<ol>${shown.join('')}</ol>` : `<ul>${shown.join('')}</ul>`;
}

/** Closes open tags and drops unmatched closing tags, so that a text cannot break the page around it. */
function balanced(text: string): string {
  const open: string[] = [];
  const kept = text.replace(/<(\/?)(details|summary)>/g, (tag, slash: string, name: string) => {
    if (slash === '') {
      open.push(name);
      return tag;
    }
    if (open.at(-1) !== name) return '';
    open.pop();
    return tag;
  });
  return (
    kept +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

const CODE = /(`{1,8})([^`]|[^`][\s\S]*?[^`])\1(?!`)/;

function inline(text: string): string {
  let rest = text.slice(0, 20_000);
  let out = '';
  for (;;) {
    const code = CODE.exec(rest);
    if (!code) return out + styled(rest);
    out += styled(rest.slice(0, code.index));
    const inside = code[2] ?? '';
    out += `<code>${escapeText(/^ .*[^ ].* $/s.test(inside) ? inside.slice(1, -1) : inside)}</code>`;
    rest = rest.slice(code.index + code[0].length);
  }
}

/** Adds styles and links to escaped text. Entities in the text stay entities, because they only stand for characters. */
function styled(text: string): string {
  return escapeText(text.replace(/\\([!-/:-@[-`{-~])/g, (_, letter: string) => `&#${letter.charCodeAt(0)};`))
    .replace(/&lt;br ?\/?&gt;/g, '<br>')
    .replace(/&lt;\/?(?:sub|sup|b|i|kbd)&gt;/g, '')
    .replace(/&amp;(#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, '&$1;')
    .replace(/!\[([^\]]{0,300})\]\([^)\s]{0,500}\)/g, '$1')
    .replace(/\[([^\]]{1,300})\]\(([^)\s]{1,500})\)/g, (whole, label: string, to: string) => link(label, to) ?? whole)
    .replace(/\*\*([^*]{1,500})\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(])[_*]([^_*\s][^_*]{0,300})[_*](?=$|[\s).,:;!?])/g, '$1<em>$2</em>')
    .replace(/(^|[\s(,;])#(\d{1,7})\b/g, '$1<a href="/issues/$2">#$2</a>');
}

/** The target is already escaped. Other schemes, such as `javascript:`, stay text. */
function link(label: string, to: string): string | undefined {
  const issue = /\/(issues|pull)\/(\d{1,7})(?:[#?].*)?$/.exec(to);
  if (issue) return `<a href="/${issue[1] === 'pull' ? 'pulls' : 'issues'}/${issue[2]}">${label}</a>`;
  if (/^https?:\/\//.test(to)) return `<a href="${to}" rel="noreferrer">${label}</a>`;
  return undefined;
}

/** The text of a code block, for output that is not Markdown. */
export const preformatted = (text: string): Html => html`<pre class="code" tabindex="0"><code>${text}</code></pre>`;
