/**
 * An error for the person at the terminal. It says what happened, why, and what to do next.
 *
 * Faults are about this machine (a folder, a file, a port). An error in an epic is a problem with a code, and is reported
 * on the epic itself.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly why: string;
  readonly next: string;

  constructor(what: string, why: string, next: string) {
    super(what);
    this.why = why;
    this.next = next;
  }
}

/** The three parts on three lines. The first line alone is enough. */
export const formatFault = (fault: Fault): string => `${fault.message}\nWhy   ${fault.why}\nNext  ${fault.next}`;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
