/** GitHub's refusal of a call. REST responds with it directly; GraphQL turns it into an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly (string | RefusedField)[] | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors: readonly (string | RefusedField)[] | null = null,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export interface RefusedField {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: string;
}
