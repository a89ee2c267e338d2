// src/local/fault.ts
/**
* What stops `swarm dev` before or while it runs, for the person at the terminal: what happened, why, what to do next.
*
* These are about this machine (a folder, a file, a port); what goes wrong in an epic is a problem with a code, and is
* said on the epic itself.
*/
var Fault = class extends Error {
	name = "Fault";
	why;
	next;
	constructor(what, why, next) {
		super(what);
		this.why = why;
		this.next = next;
	}
};
/** The three parts on three lines; the first alone is enough. */
const formatFault = (fault) => `${fault.message}\nWhy   ${fault.why}\nNext  ${fault.next}`;
const messageOf = (error) => error instanceof Error ? error.message : String(error);

export { formatFault as n, messageOf as r, Fault as t };