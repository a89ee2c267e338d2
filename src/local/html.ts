/**
 * HTML as a value. Whatever is put into a template is text and is escaped; only another `Html` goes in as it is. There is
 * no other way to make one than these two functions, so a page cannot forget to escape.
 */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Shown = Html | string | number | undefined | false | readonly Shown[];

export function html(strings: TemplateStringsArray, ...values: readonly Shown[]): Html {
  return new Html(strings.map((string, index) => string + show(values[index])).join(''));
}

function show(value: Shown): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(show).join('');
  return escapeText(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe in text and in quoted attributes. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? '');
