/**
 * What stops `swarm dev` before or while it runs, for the person at the terminal: what happened, why, what to do next.
 *
 * These are about this machine (a folder, a file, a port); what goes wrong in an epic is a problem with a code, and is
 * said on the epic itself.
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

/** The three parts on three lines; the first alone is enough. */
export const formatFault = (fault: Fault): string => `${fault.message}\nWhy   ${fault.why}\nNext  ${fault.next}`;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
