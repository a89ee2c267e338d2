// src/core/text/nearest.ts
/**
* "Did you mean …?": the known word that a mistyped one is closest to.
*/
/** Longer words than any key or value of ours are no typing mistakes; comparing them would only cost time. */
const LONGEST = 40;
/**
* The known word with the fewest letters to insert, drop, change or swap; undefined where none is close (more than a
* third of the letters differ) and none is a shortening of it, or it of one. Of equally close ones, the first in `known`.
*/
function nearest(word, known) {
	const wanted = word.toLowerCase();
	if (wanted.length === 0 || wanted.length > LONGEST) return void 0;
	let best;
	let fewest = Number.POSITIVE_INFINITY;
	for (const candidate of known) {
		const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
		if (Math.abs(wanted.length - candidate.length) > allowed) continue;
		const edits = distance(wanted, candidate.toLowerCase());
		if (edits <= allowed && edits < fewest) {
			best = candidate;
			fewest = edits;
		}
	}
	return best ?? known.find((candidate) => isShortOf(candidate, wanted) || isShortOf(wanted, candidate));
}
/** `feat` of `feature`. */
const isShortOf = (short, long) => short.length >= 3 && long.toLowerCase().startsWith(short.toLowerCase());
function distance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let fewest = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) fewest = Math.min(fewest, (beforeLast[j - 2] ?? 0) + 1);
			row.push(fewest);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

export { nearest as t };