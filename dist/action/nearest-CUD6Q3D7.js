// src/core/text/nearest.ts
/**
* "Did you mean …?": the known word that is closest to a mistyped one.
*/
/** Longer words are not typing mistakes of any key or value, and comparing them would take time. */
const LONGEST = 40;
/**
* The known word that takes the fewest insertions, deletions, changes and swaps of letters; of equally close ones, the first.
* If all of them differ in more than a third of the letters: the first known word that begins with the given one, or the other
* way round. Undefined if there is none of these either.
*/
function nearest(word, known) {
	const wanted = word.toLowerCase();
	if (wanted.length === 0 || wanted.length > LONGEST) return void 0;
	let best;
	let fewest = Number.POSITIVE_INFINITY;
	for (const candidate of known) {
		const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
		const edits = distance(wanted, candidate.toLowerCase());
		if (edits <= allowed && edits < fewest) {
			best = candidate;
			fewest = edits;
		}
	}
	return best ?? known.find((candidate) => isShortFor(candidate, wanted) || isShortFor(wanted, candidate));
}
/** `feat` is short for `feature`. */
const isShortFor = (short, long) => short.length >= 3 && long.toLowerCase().startsWith(short.toLowerCase());
/** The restricted Damerau–Levenshtein distance, row by row. */
function distance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			let fewest = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) fewest = Math.min(fewest, (beforeLast[j - 2] ?? 0) + 1);
			row.push(fewest);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

export { nearest as t };