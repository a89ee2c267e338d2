// src/core/model/attempt.ts
const attemptId = ({ epic, segment, number }) => `${epic}.${segment}-${number}`;
/**
* The parts of an id; undefined for any other text.
*
* Older journals have ids without an epic, such as `14-2`.
*/
function readAttemptId(id) {
	const found = /^(?:([1-9]\d*)\.)?([1-9]\d*)-([1-9]\d*)$/.exec(id);
	if (!found) return void 0;
	const [, epic, segment, number] = found;
	return {
		...epic === void 0 ? {} : { epic: Number(epic) },
		segment: Number(segment),
		number: Number(number)
	};
}
/** @throws if the text is not an id. Only ids that Swarm created get here. */
function segmentOf(id) {
	const parts = readAttemptId(id);
	if (!parts) throw new Error(`\`${id}\` is not the id of an attempt`);
	return parts.segment;
}
const COLOURS = [
	"Amber",
	"Azure",
	"Blue",
	"Bronze",
	"Copper",
	"Coral",
	"Crimson",
	"Golden",
	"Green",
	"Indigo",
	"Ivory",
	"Jade",
	"Lilac",
	"Maroon",
	"Olive",
	"Orange",
	"Pearl",
	"Purple",
	"Red",
	"Ruby",
	"Silver",
	"Teal",
	"Violet"
];
const PLACES = [
	"Bay",
	"Bear",
	"Bridge",
	"Brook",
	"Canyon",
	"Castle",
	"Cliff",
	"Cove",
	"Falcon",
	"Field",
	"Forest",
	"Fox",
	"Garden",
	"Harbor",
	"Heron",
	"Hill",
	"Island",
	"Lake",
	"Meadow",
	"Mountain",
	"Otter",
	"River",
	"Stone",
	"Tower",
	"Valley"
];
/** The name of an attempt. All pairs occur before one repeats, because 23 and 25 have no common divisor. */
function attemptName(ordinal) {
	return `${COLOURS[ordinal * 7 % COLOURS.length] ?? COLOURS[0]}${PLACES[ordinal * 11 % PLACES.length] ?? PLACES[0]}`;
}

export { segmentOf as i, attemptName as n, readAttemptId as r, attemptId as t };