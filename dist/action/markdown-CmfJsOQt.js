import { f as numberIn } from "./epic-BlD3cFx_.js";
import { t as trimEndOf } from "./trim-end-DHAdGSv3.js";

// src/core/text/markdown.ts
/**
* Reads an issue's Markdown: the lines that count, without code, quotes and comments, and the references in them.
*
* People paste logs, templates and other people's words into issues. Only what the author says here and now may become a
* dependency or a segment (SPEC R1.3), so everything that reads an issue reads it through `readableLines`. The rules are
* CommonMark's, block by block: text that a reader would see as quoted or literal does not count.
*
* @see https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
*/
/** How much of a line is quoted. */
const SHOWN_CHARS = 120;
const shown = (text) => text.trim().slice(0, SHOWN_CHARS);
const FLAG_OR_HIDDEN = new RegExp(`${/\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/u.source}|${/[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u180e\p{Cs}]|(?<=[\0-\x7f])[\u200c\u200d]/u.source}`, "gu");
const isFlag = (found) => found.startsWith("🏴");
/** How many characters of the text are invisible. A byte order mark at the very start does not count. */
const countHidden = (text) => (text.replace(/^\ufeff/, "").match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;
/** The HTML comments of a whole text, also in code: what an agent gets is the text without them. */
function commentsIn(text) {
	const close = /--!?>/g;
	let hasWords = false;
	for (let start = text.indexOf("<!--"); start !== -1; start = text.indexOf("<!--", close.lastIndex)) {
		close.lastIndex = start + 4;
		const end = close.exec(text);
		if (!end) return {
			open: text.slice(0, start).split(LINE_END).length,
			hasWords
		};
		hasWords ||= text.slice(start + 4, end.index).trim() !== "";
	}
	return {
		open: void 0,
		hasWords
	};
}
/** Only text beyond ASCII has invisible characters, and line separators of its own. */
const ASCII_ONLY = /^[\0-\x7f]*$/;
const LINE_END = /\r\n|\n|\r/;
/** All lines as a person sees them, with any kind of line ending. */
function linesOf(text) {
	if (ASCII_ONLY.test(text)) return text.split(LINE_END).map((line, index) => ({
		number: index + 1,
		text: line
	}));
	return text.replace(FLAG_OR_HIDDEN, (found) => isFlag(found) ? found : "").split(LINE_END).flatMap((line, index) => line.split(/[\u2028\u2029]/).map((part) => ({
		number: index + 1,
		text: part
	})));
}
/** The lines that count. The front matter must have been cut off before. */
const readableLines = (lines) => paragraphsIn(lines).flatMap(withoutInlineCode);
/** The fenced code blocks that a reader would see as such: not those in comments, in quotes or in other code. */
function fencesIn(lines) {
	const fences = [];
	paragraphsIn(lines, ({ number, text }, mark) => {
		const last = fences.at(-1);
		if (mark === "closes" && last) last.to = number;
		else fences.push({
			info: text.replace(FENCE_MARK, "").trim(),
			from: number,
			to: void 0
		});
	});
	return fences;
}
const COMMENT_END = /-->/g;
const LIST_MARK = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:(`{3,})[^`]*|(~{3,}).*)$/;
const FENCE_MARK = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:`{3,}|~{3,})/;
const TASK_LIST_FENCE = /^\s*(?:`{3,}|~{3,})\[tasklist\]\s*$/i;
const COMMENT = /^(?: {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+)<!--/;
/** Elements whose content is literal or quoted. */
const HTML = /^\s*<(pre|script|style|textarea|blockquote|code)(?=[\s>]|$)/i;
/**
* Paragraphs, as runs of lines that inline code can span. Literal and quoted lines are left out.
*
* @param onFence told of each line that opens or closes fenced code.
*/
function paragraphsIn(lines, onFence = () => {}) {
	const paragraphs = [];
	let current = [];
	let block;
	let isAfterEmpty = true;
	let isInList = false;
	const endParagraph = () => {
		paragraphs.push(current);
		current = [];
	};
	for (const { number, text: whole } of lines) {
		let text = whole;
		if (block?.kind === "fence") {
			if (closesFence(text, block)) {
				onFence({
					number,
					text
				}, "closes");
				endParagraph();
				block = void 0;
				isAfterEmpty = true;
			} else if (block.shows) {
				endParagraph();
				current.push({
					number,
					text
				});
			}
			continue;
		}
		if (block?.kind === "html") {
			({block, text} = afterHtml(text, block));
			if (block) continue;
		}
		if (text.trim() === "") {
			endParagraph();
			block = void 0;
			isAfterEmpty = true;
			continue;
		}
		const isItem = LIST_MARK.test(text);
		const isHeading = HEADING.test(text);
		const startsBlock = isItem || isHeading || FENCE.test(text);
		if (/^\s*>/.test(text) || block?.kind === "quote" && !startsBlock) {
			block = { kind: "quote" };
			continue;
		}
		if (/^(?: {4}|\s*\t)/.test(text) && isAfterEmpty && !isInList) {
			block = void 0;
			continue;
		}
		block = opens(text);
		if (block?.kind === "fence") {
			onFence({
				number,
				text
			}, "opens");
			endParagraph();
			continue;
		}
		if (block?.kind === "html") {
			({block, text} = afterHtml(text, block));
			if (block) {
				endParagraph();
				if (text === "") continue;
			}
		}
		if (startsBlock) endParagraph();
		if (isItem) isInList = true;
		else if (isHeading || isAfterEmpty && /^\S/.test(text)) isInList = false;
		current.push({
			number,
			text
		});
		if (isHeading) endParagraph();
		isAfterEmpty = isHeading;
	}
	endParagraph();
	return paragraphs;
}
function opens(text) {
	const fence = FENCE.exec(text);
	const mark = fence?.[1] ?? fence?.[2];
	if (mark !== void 0) return {
		kind: "fence",
		mark: mark.charAt(0),
		length: mark.length,
		shows: TASK_LIST_FENCE.test(text)
	};
	if (COMMENT.test(text)) return {
		kind: "html",
		ends: COMMENT_END
	};
	const tag = HTML.exec(text)?.[1];
	return tag === void 0 ? void 0 : {
		kind: "html",
		ends: new RegExp(`</${tag}>`, "gi")
	};
}
/** The rest of a line after the end of the open HTML, and the block that is open after the line. */
function afterHtml(text, block) {
	block.ends.lastIndex = 0;
	if (!block.ends.test(text)) return {
		text: "",
		block
	};
	const rest = text.slice(block.ends.lastIndex);
	const comment = rest.lastIndexOf("<!--");
	return comment !== -1 && !rest.includes("-->", comment) ? {
		text: rest.slice(0, comment),
		block: {
			kind: "html",
			ends: COMMENT_END
		}
	} : {
		text: rest,
		block: void 0
	};
}
const closesFence = (text, { mark, length }) => {
	const run = text.trim();
	return run.length >= length && run === mark.repeat(run.length);
};
/** Replaces inline code and comments by spaces, so that columns stay. A span may reach over several lines. */
function withoutInlineCode(paragraph) {
	const joined = paragraph.map((line) => line.text).join("\n");
	if (!/`|<!--/.test(joined)) return paragraph.map((line) => ({
		...line,
		withCode: line.text,
		code: []
	}));
	const spans = spansIn(joined).reverse();
	const readable = [];
	let lineStart = 0;
	for (const { number, text: whole } of paragraph) {
		const lineEnd = lineStart + whole.length;
		const code = [];
		let text = "";
		let withCode = "";
		let end = 0;
		for (let span = spans.pop(); span; span = spans.pop()) {
			if (span.from < lineEnd) {
				const from = Math.max(span.from, lineStart) - lineStart;
				const to = Math.min(span.to, lineEnd) - lineStart;
				const spaces = " ".repeat(to - from);
				text += whole.slice(end, from) + spaces;
				withCode += whole.slice(end, from) + (span.kind === "comment" ? spaces : whole.slice(from, to));
				if (span.kind === "code") code.push(contentOf(whole.slice(from, to)));
				end = to;
			}
			if (span.to > lineEnd) {
				spans.push(span);
				break;
			}
		}
		readable.push({
			number,
			text: text + whole.slice(end),
			withCode: withCode + whole.slice(end),
			code
		});
		lineStart = lineEnd + 1;
	}
	return readable;
}
/** The content of a code span, or of the part of a span that is on one line. */
function contentOf(span) {
	const opened = span.replace(/^`+ ?/, "");
	const content = trimEndOf(opened, "`");
	return content !== opened && content.endsWith(" ") ? content.slice(0, -1) : content;
}
/** An escaped character, a run of backticks, or the start of a comment. */
const MARK = /\\.|`+|<!--/gs;
/** Code spans and comments, in order. Linear: each run of backticks is matched with runs of the same length only. */
function spansIn(text) {
	const runs = Map.groupBy([...text.matchAll(/`+/g)].reverse(), ([run]) => run.length);
	const spans = [];
	let hasComments = true;
	MARK.lastIndex = 0;
	for (let found = MARK.exec(text); found; found = MARK.exec(text)) {
		const { 0: mark, index: from } = found;
		if (mark.startsWith("`")) {
			const ofLength = runs.get(mark.length) ?? [];
			while ((ofLength.at(-1)?.index ?? MARK.lastIndex) < MARK.lastIndex) ofLength.pop();
			const close = ofLength.at(-1);
			if (close) spans.push({
				from,
				to: close.index + mark.length,
				kind: "code"
			});
		} else if (mark === "<!--" && hasComments) {
			const end = text.indexOf("-->", from);
			hasComments = end !== -1;
			if (hasComments) spans.push({
				from,
				to: end + 3,
				kind: "comment"
			});
		}
		MARK.lastIndex = Math.max(MARK.lastIndex, spans.at(-1)?.to ?? 0);
	}
	return spans;
}
/** `#12`, `octo/shop#12`, `GH-12`, or an address. @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls */
const REF = /(?:(?:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}))?#|[Gg][Hh]-)(\d{1,16})(?!-|_?[A-Za-z0-9])|https?:\/\/[^\s/]{1,255}\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/(?:issues|pull)\/(\d{1,16})(?!-|_?[A-Za-z0-9])/y;
const REF_ANYWHERE = new RegExp(`(?<![\\w/&#.-])(?:${REF.source})`, "g");
const NO_REF = /(?:[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})?#-?\d[^\s,;)]{0,60}/y;
const BETWEEN = /(?:[\s,;&*_[/+]|and\b|or\b|\]\([^\s()]{0,300}\))+/y;
/** The references that follow each other from a position on, separated by commas, slashes, spaces, "and" or "or". */
function readRefs(text, start = 0) {
	const refs = [];
	const faults = [];
	let end = start;
	for (let at = start;;) {
		BETWEEN.lastIndex = at;
		at += BETWEEN.exec(text)?.[0].length ?? 0;
		REF.lastIndex = at;
		const ref = refOf(REF.exec(text));
		if (ref) {
			refs.push(ref);
			at = end = REF.lastIndex;
			continue;
		}
		NO_REF.lastIndex = at;
		const fault = NO_REF.exec(text);
		if (!fault) return {
			refs,
			faults,
			end
		};
		faults.push(fault[0]);
		at = end = NO_REF.lastIndex;
	}
}
/** All references from a position on, in whatever words they stand. */
function refsIn(text, start = 0) {
	const found = [];
	REF_ANYWHERE.lastIndex = start;
	for (let match = REF_ANYWHERE.exec(text); match; match = REF_ANYWHERE.exec(text)) {
		const ref = refOf(match);
		if (!ref) continue;
		const before = found.at(-1);
		BETWEEN.lastIndex = before?.end ?? 0;
		const isJoined = before !== void 0 && BETWEEN.test(text) && BETWEEN.lastIndex === match.index;
		found.push({
			ref,
			from: match.index,
			end: match.index + match[0].length,
			isJoined
		});
	}
	return found;
}
function refOf(match) {
	const number = issueIn(match?.[3] ?? match?.[6] ?? "");
	const [owner, name] = [match?.[1] ?? match?.[4], match?.[2] ?? match?.[5]];
	if (number === void 0) return void 0;
	return owner !== void 0 && name !== void 0 ? {
		number,
		repository: {
			owner,
			name
		}
	} : { number };
}
/** One issue as people name it in front matter and commands: `12`, `#12`, `octo/shop#12`, or its address. */
function readRef(text) {
	const bare = /^\d{1,16}$/.test(text) ? issueIn(text) : void 0;
	if (bare !== void 0) return { number: bare };
	const { refs, faults, end } = readRefs(text);
	return refs.length === 1 && faults.length === 0 && end === text.length ? refs[0] : void 0;
}
const issueIn = (digits) => digits.startsWith("0") ? void 0 : numberIn(digits);
/** `#12`, or `octo/shop#12`. */
const refText = ({ number, repository }) => repository ? `${repository.owner}/${repository.name}#${number}` : `#${number}`;
/** In a text of `octo/shop`, `octo/shop#12` is `#12`. */
const ofOwn = (ref, own) => ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;
const isSame = (a, b) => a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();

export { ofOwn as a, readableLines as c, shown as d, linesOf as i, refText as l, countHidden as n, readRef as o, fencesIn as r, readRefs as s, commentsIn as t, refsIn as u };