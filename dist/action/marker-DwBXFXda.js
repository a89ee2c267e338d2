// src/words/marker.ts
/** The marker's line, without a line break. Any key is safe: characters that could end the HTML comment are encoded. */
const writeMarker = (marker) => `<!-- swarm:${marker.kind} key=${encodeURIComponent(marker.key.toWellFormed()).replaceAll("--", "%2D%2D")} -->`;
const FIRST_LINE = /^<!-- swarm:(say|panel|fix|segment|pull) key=([A-Za-z0-9%_.!~*'()-]{1,600}) -->[ \t]*(?:\r?\n|$)/;
/** The marker on the first line of a comment's or issue's body. Check the author before trusting it. */
const readMarker = (body) => {
	const found = FIRST_LINE.exec(body ?? "");
	if (found === null) return void 0;
	const kind = found[1];
	try {
		return {
			kind,
			key: decodeURIComponent(found[2] ?? "")
		};
	} catch {
		return;
	}
};
/** A body below its marker. */
const marked = (marker, body) => `${writeMarker(marker)}\n${body}`;

export { readMarker as n, writeMarker as r, marked as t };