// src/core/text/trim-end.ts
/**
* The text without these characters at its end. The regular expression for it (`x+$`) would be quadratic in a long run of them
* in the middle.
*/
function trimEndOf(text, characters) {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

export { trimEndOf as t };