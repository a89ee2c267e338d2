/**
 * Swarm's own Markdown as plain text for a terminal. Other people's words are in code spans there, and cleaned, so nothing
 * in them is taken for Markdown.
 */

const CODE = /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;

export function plainOf(markdown: string): string {
  let text = '';
  let from = 0;
  for (const found of markdown.matchAll(CODE)) {
    const [whole, , content = ''] = found;
    text += unmarked(markdown.slice(from, found.index)) + codeText(content);
    from = found.index + whole.length;
  }
  return text + unmarked(markdown.slice(from));
}

/** A space stands beside a backtick at the edge of a span. A cell of a table has a backslash before each pipe. */
const codeText = (content: string): string =>
  (/^ .*`|`.* $/s.test(content) ? content.replace(/^ (.*) $/s, '$1') : content).replaceAll('\\|', '|');

const unmarked = (text: string): string =>
  text
    .replaceAll('**', '')
    .replaceAll(/\[([^\]]*)\]\((https?:[^)\s]*)\)/g, '$1 ($2)')
    .replaceAll('\\|', '|');
