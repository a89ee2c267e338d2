/**
 * Closed sets as the compiler sees them: the variants of a union, the expressions that make one, and the switches and
 * tables that give them words.
 */
import type { Node, ObjectLiteralExpression } from 'typescript/unstable/ast';
import {
  isCaseClause,
  isIdentifier,
  isInterfaceDeclaration,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isSwitchStatement,
  isTypeAliasDeclaration,
} from 'typescript/unstable/ast/is';
import type { Checker, Project, Type } from 'typescript/unstable/sync';
import { filesOf, nodesOf, withProject } from './compiler.ts';
import { root } from './sources.ts';

/** A union whose variants differ in their `kind`. */
export interface ClosedSet {
  readonly name: string;
  /** The file that declares it, from the root. */
  readonly file: string;
  /** Where its variants have words, or are performed, from the root; undefined if the kind itself is shown. */
  readonly words: string | undefined;
}

export interface Findings {
  readonly variants: readonly string[];
  /** Variants that no expression in `src` makes, outside of the words. */
  readonly unmade: readonly string[];
  /** Variants that no switch and no table below `words` knows. */
  readonly wordless: readonly string[];
}

type Kinds = ReadonlySet<string>;
const NONE: Kinds = new Set();

/**
 * Answers for each set, by its name, which variants nothing makes, and which have no words. Only `src` counts: a variant that
 * only a test makes is not made.
 *
 * @param planted texts of files by their paths from the root, instead of those on disk.
 */
export const examine = (
  sets: readonly ClosedSet[],
  planted: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, Findings> => withProject('src', planted, (project) => new Examination(project).of(sets));

class Examination {
  readonly #project: Project;
  readonly #checker: Checker;
  /** By the id of a type. Asking the compiler is slow, and contexts repeat. */
  readonly #known = new Map<number, Kinds>();

  constructor(project: Project) {
    this.#project = project;
    this.#checker = project.checker;
  }

  of(sets: readonly ClosedSet[]): ReadonlyMap<string, Findings> {
    const examined = sets.map((set) => ({
      ...set,
      kinds: this.#declaredBy(set),
      made: new Set<string>(),
      worded: new Set<string>(),
    }));
    const all: Kinds = new Set(examined.flatMap(({ kinds }) => [...kinds]));
    for (const { path, file } of filesOf(this.#project, 'src/')) {
      // The emulator has kinds of its own.
      if (path.startsWith('src/emulator/')) continue;
      const making = path.startsWith('src/words/') ? [] : examined;
      const telling = examined.filter(({ words }) => words !== undefined && path.startsWith(words));
      for (const node of nodesOf(file)) {
        if (making.length > 0 && isObjectLiteralExpression(node)) {
          const { kinds, context } = this.#madeBy(node, all);
          for (const set of making) if (isPartOf(context, set.kinds)) for (const kind of kinds) set.made.add(kind);
        }
        if (telling.length > 0) {
          const told = toldBy(node);
          for (const set of telling) if (isPartOf(told, set.kinds)) for (const kind of told) set.worded.add(kind);
        }
      }
    }
    return new Map(
      examined.map(({ name, words, kinds, made, worded }) => {
        const lacking = (found: Kinds) => [...kinds.difference(found)].sort();
        const wordless = words === undefined ? [] : lacking(worded);
        return [name, { variants: [...kinds].sort(), unmade: lacking(made), wordless }];
      }),
    );
  }

  #declaredBy({ file, name }: ClosedSet): Kinds {
    const declaration = this.#project.program
      .getSourceFile(root + file)
      ?.statements.find(
        (each) => (isTypeAliasDeclaration(each) || isInterfaceDeclaration(each)) && each.name.text === name,
      );
    const symbol =
      declaration && (isTypeAliasDeclaration(declaration) || isInterfaceDeclaration(declaration))
        ? this.#checker.getSymbolAtLocation(declaration.name)
        : undefined;
    if (!symbol) throw new Error(`${file} declares no ${name}`);
    return this.#kindsOf(this.#checker.getDeclaredTypeOfSymbol(symbol));
  }

  /** The values that `kind` has in a type: in a union, those of every member. */
  #kindsOf(type: Type | undefined): Kinds {
    if (type === undefined) return NONE;
    const known = this.#known.get(type.id);
    if (known) return known;
    const kinds = type.isUnionType()
      ? new Set(type.getTypes().flatMap((member) => [...this.#kindsOf(member)]))
      : new Set(this.#literalsOf(this.#kindIn(type)));
    this.#known.set(type.id, kinds);
    return kinds;
  }

  #kindIn(type: Type): Type | undefined {
    const property = this.#checker.getPropertyOfType(type, 'kind');
    return property && this.#checker.getTypeOfSymbol(property);
  }

  #literalsOf(type: Type | undefined): readonly string[] {
    if (type === undefined) return [];
    if (type.isUnionType()) return type.getTypes().flatMap((member) => this.#literalsOf(member));
    return type.isStringLiteralType() ? [type.value] : [];
  }

  /** The kinds that an object can have, and those that its context takes. An object without a context is its own. */
  #madeBy(node: ObjectLiteralExpression, all: Kinds): { readonly kinds: Kinds; readonly context: Kinds } {
    const value = kindOf(node);
    const kinds: Kinds =
      value === undefined
        ? NONE
        : new Set(isStringLiteral(value) ? [value.text] : this.#literalsOf(this.#checker.getTypeAtLocation(value)));
    if (kinds.isDisjointFrom(all)) return { kinds: NONE, context: NONE };
    const context = this.#kindsOf(this.#checker.getContextualType(node));
    return { kinds, context: context.size > 0 ? context : kinds };
  }
}

const isPartOf = (some: Kinds, all: Kinds): boolean => some.size > 0 && some.isSubsetOf(all);

/** The expression that an object has as its `kind`. */
function kindOf({ properties }: ObjectLiteralExpression): Node | undefined {
  for (const property of properties) {
    const isAssigned = isPropertyAssignment(property);
    if (!isAssigned && !isShorthandPropertyAssignment(property)) continue;
    if (!isIdentifier(property.name) || property.name.text !== 'kind') continue;
    return isAssigned ? property.initializer : property.name;
  }
  return undefined;
}

/** The kinds that a switch has cases for, or that a table has keys for. */
function toldBy(node: Node): Kinds {
  if (isSwitchStatement(node)) {
    const clauses = node.caseBlock.clauses.filter((clause) => isCaseClause(clause));
    return new Set(clauses.flatMap(({ expression }) => (isStringLiteral(expression) ? [expression.text] : [])));
  }
  if (!isObjectLiteralExpression(node) || node.properties.length < 2) return NONE;
  return new Set(
    node.properties.flatMap((property) => {
      if (!isPropertyAssignment(property)) return [];
      const { name } = property;
      return isIdentifier(name) || isStringLiteral(name) ? [name.text] : [];
    }),
  );
}
