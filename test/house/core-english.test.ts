/**
 * `core` speaks no English: it gives kinds, and `words` has their words. A text of several words is allowed in `core` only as
 * the name of a kind, declared in a type, and in an error that is thrown at a programmer.
 */
import type { Node } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isLiteralTypeNode,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { expect, it } from 'vitest';
import { filesOf, nodesOf, withProject } from './compiler.ts';
import { lineAt, read } from './sources.ts';

/** Texts that others decide on. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  // GitHub writes it into the answer of an issue form that was left empty.
  '_No response_',
]);

const isProse = (text: string): boolean =>
  (/\s/.test(text) && (text.match(/\p{L}{2,}/gu) ?? []).length > 1) || /\p{L}{2,}\.$/u.test(text);

/** The text of a literal, with `…` for what a template puts in. */
const textOf = (node: Node): string | undefined => {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
};

/** Literals that are values: not those of types, imports and thrown errors. */
function* valuesOf(node: Node): Generator<Node> {
  const below: Node[] = [];
  node.forEachChild((child) => {
    below.push(child);
  });
  for (const child of below) {
    if (isLiteralTypeNode(child) || isImportDeclaration(child) || isExportDeclaration(child)) continue;
    if (isNewExpression(child) && isIdentifier(child.expression) && child.expression.text.endsWith('Error')) continue;
    yield child;
    yield* valuesOf(child);
  }
}

const proseIn = (planted: Readonly<Record<string, string>> = {}): string[] =>
  withProject('src/core', planted, (project) => {
    const files = [...filesOf(project, 'src/core/')];
    const kinds = new Set(
      files.flatMap(({ file }) =>
        [...nodesOf(file)].flatMap((node) => {
          if (isLiteralTypeNode(node) && isStringLiteral(node.literal)) return [node.literal.text];
          // The table of problems declares its kinds as values: `oneOf('changed files', 'added lines')`.
          const isOneOf = isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === 'oneOf';
          return isOneOf ? [...node.arguments].flatMap((each) => (isStringLiteral(each) ? [each.text] : [])) : [];
        }),
      ),
    );
    return files.flatMap(({ path, file }) =>
      [...valuesOf(file)].flatMap((node) => {
        const text = textOf(node);
        if (text === undefined || !isProse(text) || kinds.has(text) || OF_OTHERS.has(text)) return [];
        return [`${path}:${lineAt(file.text, node.end)} says "${text}"`];
      }),
    );
  });

it('core speaks no English', () => {
  expect(proseIn()).toEqual([]);
});

it('English in core is found', () => {
  const path = 'src/core/model/people.ts';
  const planted = `${read(path)}
export type Moon = 'full moon';
const moon: Moon = 'full moon';
const key = \`\${moon} \${moon}\`;
const fine = ['one', 'src/a b', 'a', moon, key];
throw new RangeError('a bug that only a programmer sees');
const said = 'it has no write access';
const ended = 'Nothing was changed.';
const made = \`it has more than \${fine.length} characters\`;
`;
  expect(proseIn({ [path]: planted }).map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'says "it has no write access"',
    'says "Nothing was changed."',
    'says "it has more than … characters"',
  ]);
});
