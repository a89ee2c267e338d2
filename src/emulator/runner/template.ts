/**
 * Converts the tokens of GitHub's parser to templates, so that the rest of the runner doesn't depend on the parser's
 * classes.
 */
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { LineCounter, parseDocument, visit } from 'yaml';
import type { Template } from './expression.ts';
import { workflowTokens } from './github-parser.ts';

/** Converts a token tree. `text` is the file that it was read from. */
export function readTemplate(token: TemplateToken, text: string): Template {
  return toTemplate(token, scalarsOf(text));
}

/** Finds the text of a scalar by its position in the file. */
type Scalars = (line: number, column: number) => string | undefined;

/**
 * If a multi-line scalar contains expressions, GitHub's TypeScript parser uses its source text, including indentation and
 * quotes. GitHub itself uses the YAML value, so this looks it up.
 */
function scalarsOf(text: string): Scalars {
  let found: Map<string, string> | undefined;
  return (line, column) => {
    if (!found) {
      found = new Map();
      const lineCounter = new LineCounter();
      const values = found;
      visit(parseDocument(text, { lineCounter, keepSourceTokens: false }), {
        Scalar(_key, node) {
          if (typeof node.value !== 'string' || !node.range) return;
          const { line: nodeLine, col } = lineCounter.linePos(node.range[0]);
          values.set(`${nodeLine}:${col}`, node.value);
        },
      });
    }
    return found.get(`${line}:${column}`);
  };
}

function toTemplate(token: TemplateToken, scalars: Scalars): Template {
  if (token instanceof workflowTokens.MappingToken) {
    return {
      kind: 'map',
      entries: [...token].map(({ key, value }) => ({
        key: key instanceof workflowTokens.InsertExpressionToken ? 'insert' : toTemplate(key, scalars),
        value: toTemplate(value, scalars),
      })),
    };
  }
  if (token instanceof workflowTokens.SequenceToken) {
    return { kind: 'list', items: [...token].map((item) => toTemplate(item, scalars)) };
  }
  if (token instanceof workflowTokens.BasicExpressionToken) {
    const { range } = token;
    const source = (range && scalars(range.start.line, range.start.column)) ?? token.toString();
    const isMultiLine = range !== undefined && range.start.line !== range.end.line;
    return { kind: 'expression', text: isMultiLine ? expressionOf(source) : token.expression, source };
  }
  if (
    token instanceof workflowTokens.StringToken ||
    token instanceof workflowTokens.NumberToken ||
    token instanceof workflowTokens.BooleanToken
  ) {
    return { kind: 'literal', value: token.value };
  }
  return { kind: 'literal', value: null };
}

/** Converts `a ${{ x }} b` to `format('a {0} b', x)`, and `${{ x }}` alone to `x`. */
function expressionOf(text: string): string {
  const expressions: string[] = [];
  let format = '';
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('${{', at);
    if (start < 0) break;
    let end = start + 3;
    let quoted = false;
    while (end < text.length && (quoted || !text.startsWith('}}', end))) {
      if (text[end] === "'") quoted = !quoted;
      end += 1;
    }
    format += `${escapeFormat(text.slice(at, start))}{${expressions.length}}`;
    expressions.push(text.slice(start + 3, end).trim());
    at = end + 2;
  }
  format += escapeFormat(text.slice(at));
  const [only] = expressions;
  if (format === '{0}' && only !== undefined) return only;
  return `format('${format}', ${expressions.join(', ')})`;
}

function escapeFormat(text: string): string {
  return text.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}');
}
