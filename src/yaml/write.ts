/** Writes values as YAML that people can read and edit, and that `read.ts` reads as the same values. */
import { Document, isScalar, type Scalar, visit } from 'yaml';

/** A list of words with at most this many characters is on one line. */
const FLOW_CHARS = 100;
/** A block would change or hide these: control characters, separators of other kinds, half surrogates. */
const ESCAPED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\p{Cs}]/u;
/** A block does not keep the spaces of lines before its first text. */
const STARTS_BLANK = /^\n* [ \n]*(?:\n|$)/;

/** Texts are quoted only where YAML needs it, and texts of several lines are blocks. */
export function writeYaml(value: unknown): string {
  const document = new Document(value, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, list) {
      const words = list.items.map((item) =>
        isScalar(item) && /^[\w./*@#-]+$/.test(String(item.value)) ? String(item.value) : undefined,
      );
      list.flow = !words.includes(undefined) && words.join(', ').length <= FLOW_CHARS;
    },
    Scalar(_, scalar: Scalar) {
      const text = scalar.value;
      if (typeof text === 'string' && (ESCAPED.test(text) || STARTS_BLANK.test(text))) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({
    lineWidth: 0,
    blockQuote: 'literal',
    flowCollectionPadding: false,
    // Over several lines, the library escapes a line of one space wrongly.
    doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
  });
}
