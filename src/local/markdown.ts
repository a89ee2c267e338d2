/**
 * Markdown to HTML for what swarm, agents and people write: the part of GitHub's that occurs there.
 *
 * Everything is escaped first; tags come only from here. Of HTML in the text just `<details>`, `<summary>` and `<br>` mean
 * something, comments vanish, the rest is shown as it was typed. Links lead to http(s) or to pages of this server.
 */
import { escapeText, Html, html } from './html.ts';

const MOST_CHARACTERS = 200_000;

export function markdown(text: string): Html {
  const plain = text.slice(0, MOST_CHARACTERS).replaceAll('\r\n', '\n').replaceAll('\u0000', '');
  return new Html(blocks(withoutComments(plain).split('\n'), 0));
}

/** A comment that is not closed hides nothing: unlike in a browser, text never disappears by accident. */
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
const DEEPEST = 6;

function blocks(lines: readonly string[], depth: number): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) out.push(`<p>${paragraph.map(inline).join('<br>\n')}</p>`);
    paragraph = [];
  };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = FENCE.exec(line);
    const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const tag = /^\s*<(\/?details|\/?summary)(?: open)?>\s*$/.exec(line);
    const summary = /^\s*(<details>)?\s*<summary>(.*)<\/summary>\s*$/.exec(line);
    if (fence) {
      flush();
      const end = closing(lines, at + 1, fence[1] ?? '```');
      const code = escapeText(lines.slice(at + 1, end).join('\n'));
      out.push(`<pre class="code ${escapeText(fence[2] ?? '')}" tabindex="0"><code>${code}</code></pre>`);
      at = end + 1;
    } else if (line.trim() === '') {
      flush();
      at += 1;
    } else if (summary) {
      flush();
      out.push(`${summary[1] ?? ''}<summary>${inline(summary[2]?.replace(/<\/?b>/g, '') ?? '')}</summary>`);
      at += 1;
    } else if (tag) {
      flush();
      out.push(`<${tag[1]}>`);
      at += 1;
    } else if (heading) {
      flush();
      // The page has its own h1 and h2.
      const level = Math.min(6, (heading[1]?.length ?? 1) + 2);
      out.push(`<h${level}>${inline(heading[2] ?? '')}</h${level}>`);
      at += 1;
    } else if (/^ {0,3}([-*_])(?:\s*\1){2,}\s*$/.test(line)) {
      flush();
      out.push('<hr>');
      at += 1;
    } else if (line.includes('|') && isRule(lines[at + 1])) {
      flush();
      const end = endOf(lines, at, (each) => each.includes('|'));
      out.push(table(lines.slice(at, end)));
      at = end;
    } else if (/^ {0,3}>/.test(line) && depth < DEEPEST) {
      flush();
      const end = endOf(lines, at, (each) => /^ {0,3}>/.test(each));
      const quoted = lines.slice(at, end).map((each) => each.replace(/^ {0,3}> ?/, ''));
      out.push(`<blockquote>${blocks(quoted, depth + 1)}</blockquote>`);
      at = end;
    } else if (ITEM.test(line) && depth < DEEPEST) {
      flush();
      const end = endOf(lines, at, (each) => ITEM.test(each) || /^\s{2,}\S/.test(each));
      out.push(list(lines.slice(at, end), depth));
      at = end;
    } else {
      paragraph.push(line);
      at += 1;
    }
  }
  flush();
  return balanced(out.join('\n'));
}

const closing = (lines: readonly string[], from: number, fence: string): number => {
  const end = lines.findIndex((line, index) => index >= from && line.trim().startsWith(fence) && !/[^`~\s]/.test(line));
  return end < 0 ? lines.length : end;
};

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index > from && !(line.trim() !== '' && belongs(line)));
  return end < 0 ? lines.length : end;
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

/** Splits at bars that are neither escaped nor in a code span. */
function cellsOf(line: string): string[] {
  const cells = [''];
  let code = false;
  const text = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === '\\' && text[at + 1] === '|') {
      cells.push(`${cells.pop() ?? ''}|`);
      at += 1;
    } else if (letter === '|' && !code) cells.push('');
    else {
      if (letter === '`') code = !code;
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

/** Closes what is open and drops what closes nothing, so that a text cannot break the page around it. */
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

/** Styles and links within escaped text. Entities that were written stay entities; they are only letters. */
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

/** The target is already escaped; `javascript:` and the like stay text. */
function link(label: string, to: string): string | undefined {
  const issue = /\/(issues|pull)\/(\d{1,7})(?:[#?].*)?$/.exec(to);
  if (issue) return `<a href="/${issue[1] === 'pull' ? 'pulls' : 'issues'}/${issue[2]}">${label}</a>`;
  if (/^https?:\/\//.test(to)) return `<a href="${to}" rel="noreferrer">${label}</a>`;
  return undefined;
}

/** The text of a code block, for output that is not Markdown. */
export const preformatted = (text: string): Html => html`<pre class="code" tabindex="0"><code>${text}</code></pre>`;
