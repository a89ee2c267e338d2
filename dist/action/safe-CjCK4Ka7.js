import { t as trimEndOf } from "./trim-end-DHAdGSv3.js";

// src/words/credentials.ts
const CREDENTIAL_FORMS = [
	{
		kind: "GitHub token",
		pattern: /gh[pousr]_[A-Za-z0-9._-]{36,}/g
	},
	{
		kind: "GitHub token",
		pattern: /github_pat_[A-Za-z0-9_]{22,}/g
	},
	{
		kind: "GitLab token",
		pattern: /gl(?:pat|dt|rt|cbt|ptt|soat|agent)-[A-Za-z0-9_-]{20,}/g
	},
	{
		kind: "Anthropic key",
		pattern: /sk-ant-[A-Za-z0-9_-]{24,}/g
	},
	{
		kind: "OpenAI key",
		pattern: /sk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{32,}/g
	},
	{
		kind: "Google API key",
		pattern: /AIza[A-Za-z0-9_-]{35}/g
	},
	{
		kind: "Google client secret",
		pattern: /GOCSPX-[A-Za-z0-9_-]{24,}/g
	},
	{
		kind: "AWS key id",
		pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}(?![A-Z0-9])/g
	},
	{
		kind: "AWS secret key",
		pattern: /aws_secret_access_key["']?\s{0,5}[:=]\s{0,5}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi
	},
	{
		kind: "Azure account key",
		pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g
	},
	{
		kind: "Slack token",
		pattern: /xox[abeoprs]-[A-Za-z0-9-]{10,}/g
	},
	{
		kind: "Slack webhook",
		pattern: /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}/g
	},
	{
		kind: "Stripe key",
		pattern: /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}/g
	},
	{
		kind: "Stripe webhook secret",
		pattern: /whsec_[A-Za-z0-9+/]{32,}/g
	},
	{
		kind: "SendGrid key",
		pattern: /SG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}/g
	},
	{
		kind: "npm token",
		pattern: /npm_[A-Za-z0-9]{36}/g
	},
	{
		kind: "PyPI token",
		pattern: /pypi-AgE[A-Za-z0-9_-]{50,}/g
	},
	{
		kind: "Docker token",
		pattern: /dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,}/g
	},
	{
		kind: "Docker login",
		pattern: /"auth"\s{0,5}:\s{0,5}"[A-Za-z0-9+/]{20,}={0,2}"/g
	},
	{
		kind: "Hugging Face token",
		pattern: /hf_[A-Za-z0-9]{34,}/g
	},
	{
		kind: "Groq key",
		pattern: /gsk_[A-Za-z0-9]{48,}/g
	},
	{
		kind: "xAI key",
		pattern: /xai-[A-Za-z0-9]{64,}/g
	},
	{
		kind: "Vault token",
		pattern: /hv[sbr]\.[A-Za-z0-9_-]{24,}/g
	},
	{
		kind: "DigitalOcean token",
		pattern: /do[opr]_v1_[a-f0-9]{64}/g
	},
	{
		kind: "Shopify token",
		pattern: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g
	},
	{
		kind: "Databricks token",
		pattern: /dapi[a-f0-9]{32}/g
	},
	{
		kind: "Grafana token",
		pattern: /gl(?:sa|c)_[A-Za-z0-9+/_]{32,}/g
	},
	{
		kind: "Linear key",
		pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/g
	},
	{
		kind: "Notion token",
		pattern: /ntn_[A-Za-z0-9]{40,}/g
	},
	{
		kind: "Figma token",
		pattern: /fig[dorsu]_[A-Za-z0-9_-]{36,}/g
	},
	{
		kind: "Tailscale key",
		pattern: /tskey-[a-z]{2,12}-[A-Za-z0-9-]{16,}/g
	},
	{
		kind: "Postman key",
		pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/g
	},
	{
		kind: "Cloudflare token",
		pattern: /CLOUDFLARE_API_(?:TOKEN|KEY)["']?\s{0,5}[:=]\s{0,5}["']?[A-Za-z0-9_-]{37,}/g
	},
	{
		kind: "Telegram bot token",
		pattern: /(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g
	},
	{
		kind: "age secret key",
		pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/g
	},
	{
		kind: "JSON web token",
		pattern: /(?:(?<![\w-])|(?<=\\[nrt]))eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g
	}
];

// src/words/split-secrets.ts
/**
* Finds secrets that are cut into pieces: wrapped over lines, with quotes or spaces between, as `%6b`, `\x6b` or `0x6b`.
*
* Only letters and digits are compared, so it does not matter what stands between them. That is why a value needs twelve of
* them: a shorter one could be an ordinary word.
*/
const SHORTEST = 12;
/** So many characters of a secret at the end of a text may be its beginning. Fewer say nothing, and may be shown. */
const TELLING = 8;
function squeeze(text) {
	const places = [];
	let squeezed = "";
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (!(code >= 48 && code <= 57) && !(code >= 65 && code <= 90 || code >= 97 && code <= 122)) continue;
		if (code === 48 || code === 117 || code === 120) {
			const prefix = bytePrefix(text, index);
			if (prefix > 0) {
				index += prefix - 1;
				continue;
			}
		}
		squeezed += text[index];
		places.push(index);
	}
	return {
		text: squeezed,
		places
	};
}
const BYTE_PREFIX = /(?:(?<=[\\#])x|(?<=\\)u00|(?<![A-Za-z0-9])0x)(?=[0-9a-f]{2}(?![0-9a-z]))|(?<=\\)x(?=[0-9a-f]{2})/iy;
/** The length of `x` in `\x6b`, of `u00` in `\u006b`, of `0x` in `0x6b`; 0 if none of them stands here. */
function bytePrefix(text, index) {
	BYTE_PREFIX.lastIndex = index;
	return BYTE_PREFIX.exec(text)?.[0].length ?? 0;
}
/** The forms of secrets, squeezed. Too short ones are left out. */
const squeezedForms = (forms) => [...new Set([...forms].map((form) => squeeze(form).text))].filter((form) => form.length >= SHORTEST);
/** Ranges of a text that hold a secret in pieces, from its first character to behind its last. */
function rangesIn({ text, places }, forms) {
	const ranges = [];
	for (const form of forms) for (let found = text.indexOf(form); found >= 0; found = text.indexOf(form, found + form.length)) ranges.push([places[found] ?? 0, (places[found + form.length - 1] ?? 0) + 1]);
	return ranges.sort(([one], [other]) => one - other);
}
/** Replaces every secret that stands in the text in pieces. */
function withoutSplit(text, forms, replacement) {
	if (forms.length === 0) return text;
	let left = "";
	let from = 0;
	for (const [start, end] of rangesIn(squeeze(text), forms)) {
		if (end <= from) continue;
		left += text.slice(from, Math.max(from, start)) + replacement;
		from = end;
	}
	return left + text.slice(from);
}
/**
* Holds back the lines of a log that may be the beginning of a secret, until the lines after them show whether they are.
*
* `redact` gets what can be shown, joined by line breaks, with a few characters before it that were shown already.
*/
var LineHolder = class {
	#held = [];
	/** The end of what was shown: too little of a secret to hold it back. */
	#before = "";
	/** @returns lines that can be shown now, each without secrets. */
	add(line, forms, replacement) {
		this.#held.push(line);
		const joined = this.#held.join("\n");
		const safe = withoutSplit(`${this.#before}\n${joined}`, forms, replacement);
		const shown = safe.startsWith(`${this.#before}\n`) ? safe.slice(this.#before.length + 1) : safe.slice(safe.indexOf(replacement));
		this.#held = shown.split("\n");
		const open = this.#opening(shown, forms);
		const lines = open === void 0 ? this.#held : this.#held.slice(0, shown.slice(0, open).split("\n").length - 1);
		this.#held = this.#held.slice(lines.length);
		this.#before = `${this.#before}${squeeze(lines.slice(-8).join("\n")).text}`.slice(-7);
		return lines;
	}
	/** The lines that are still held, at the end of the log. The beginning of a secret in them is not shown. */
	end(forms, replacement) {
		const joined = this.#held.join("\n");
		const open = this.#opening(joined, forms);
		this.#held = [];
		if (joined === "") return [];
		return (open === void 0 ? joined : joined.slice(0, open) + replacement).split("\n");
	}
	/** Where a secret may begin in this text, which follows what was shown; 0 if it began before. */
	#opening(text, forms) {
		const open = beginning(`${this.#before}\n${text}`, forms);
		return open === void 0 ? void 0 : Math.max(0, open - this.#before.length - 1);
	}
};
/** Where the end of a text may be the beginning of a secret; undefined if it is not. */
function beginning(text, forms) {
	const { text: squeezed, places } = squeeze(text);
	let first;
	for (const form of forms) {
		const from = Math.max(0, squeezed.length - form.length + 1);
		for (let index = squeezed.indexOf(form.slice(0, TELLING), from); index >= 0; index = squeezed.indexOf(form.slice(0, TELLING), index + 1)) if (form.startsWith(squeezed.slice(index))) {
			if (first === void 0 || index < first) first = index;
			break;
		}
	}
	return first === void 0 ? void 0 : places[first];
}

// src/words/safe.ts
/**
* Makes other people's text harmless where swarm shows it: in a comment, a table, a title or a log.
*
* Issues, branches, agents and gates can contain any text, and GitHub acts on text in a comment or a log: a mention
* notifies, `Fixes #1` closes, `::add-mask::` hides, an HTML comment forges a marker. Inside code, GitHub ignores all of
* these. So all text that is not swarm's own goes into a code span or a fence that it cannot close (threats T28 to T33,
* T57). This is only for text that people read. A patch is never altered, only judged.
*/
const ESCAPE_SEQUENCES = /(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;
const LINE_BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f-\x9f]/g;
/** Text that needs no cleaning. Most text is like that, and loading the Unicode tables for the rest takes 15 ms. */
const PLAIN = /^[\t\n -~]*$/;
const invisible = () => /(\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*)|[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/**
* Removes everything invisible: terminal sequences, control characters, bidirectional overrides, tag characters, lone
* surrogates. Every kind of line break becomes `\n`, so that no text can overwrite other text. Idempotent.
*/
const clean = (text) => PLAIN.test(text) ? text : text.toWellFormed().replace(ESCAPE_SEQUENCES, "").replace(LINE_BREAKS, "\n").replace(CONTROLS, "").replace(invisible(), "$1");
/** `clean`, on one line: runs of whitespace become one space. */
const oneLine = (text) => clean(text).replace(/\s+/gu, " ").trim();
/** Text in which each character is one grapheme. A carriage return is excluded, because it could be part of one. */
const ALL_SINGLE = /^[\0-\x0c\x0e-\x7f]*$/;
let graphemes;
/** At most `max` graphemes including `…`, never cut inside one. Many combining marks on one letter count by their length. */
const clip = (text, max) => {
	if (text.length <= max) return text;
	if (max > 0 && ALL_SINGLE.test(text.slice(0, max))) return `${text.slice(0, max - 1).trimEnd()}…`;
	let kept = "";
	let count = 0;
	graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
	for (const { segment } of graphemes.segment(text.slice(0, max * 8))) {
		if (count === max - 1 || kept.length + segment.length > max * 4) return `${kept.trimEnd()}…`;
		kept += segment;
		count += 1;
	}
	return kept.length === text.length ? kept : `${kept.trimEnd()}…`;
};
/** One clean line of at most `max` graphemes. Text far beyond that is not processed, because it may be megabytes long. */
const cleanLine = (text, max) => {
	const near = text.slice(0, max * 16 + 256);
	const line = clip(oneLine(near), max);
	return near.length === text.length || line.endsWith("…") ? line : `${line}…`;
};
const longestRun = (text, mark) => (text.match(mark) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
/** A code span that its content cannot close. Mentions, links, keywords and HTML have no effect inside. */
const inline = (text, max = 200) => {
	const content = cleanLine(text, max);
	if (content === "") return "`(empty)`";
	const fence = "`".repeat(longestRun(content, /`+/g) + 1);
	const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
	return `${fence}${pad}${content}${pad}${fence}`;
};
/**
* `inline`, for a cell of a table. A pipe ends a cell even inside code, and GFM reads `\\|` as an escaped backslash and a
* plain pipe, so the number of backslashes before a pipe has to be odd.
*/
const cell = (text, max = 80) => inline(text, max).replace(/(\\*)\|/g, (_, slashes) => slashes.length % 2 === 0 ? `${slashes}\\|` : `${slashes}\\\\|`);
/** `inline`, for HTML such as `<summary>`, which contains no Markdown. GitHub acts on nothing inside `<code>`. */
const htmlCode = (text, max = 120) => `<code>${cleanLine(text, max).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</code>`;
/** A fenced block that its content cannot close. Long content is shortened in the middle, with a note. */
const block = (text, options = {}) => {
	const content = shorten(trimEndOf(clean(text), "\n"), options.max ?? 4e3);
	const fence = "`".repeat(Math.max(3, longestRun(content, /`+/g) + 1));
	return `${fence}${options.language ?? "text"}\n${content === "" ? "(no output)" : content}\n${fence}`;
};
/** Keeps `max` characters, a third from the start and the rest from the end, where failures are. Cuts at line ends. */
const shorten = (text, max) => {
	if (text.length <= max) return text;
	const head = text.slice(0, Math.floor(max / 3)).toWellFormed();
	const tail = text.slice(text.length - Math.floor(max * 2 / 3)).toWellFormed();
	const from = head.lastIndexOf("\n");
	const to = tail.indexOf("\n");
	const start = from > 0 ? head.slice(0, from) : head;
	const end = to >= 0 && to < tail.length - 1 ? tail.slice(to + 1) : tail;
	return `${start}\n… ${text.length - start.length - end.length} characters left out …\n${end}`;
};
/** GitHub rejects bodies and comments over 65,536 characters. The margin is for characters that GitHub counts differently. */
const BODY_MAX = 6e4;
/** The first rendering that fits. `share` is the part of rows and text to show; the smallest always fits. */
const fitting = (render) => {
	for (const share of [
		1,
		.5,
		.25,
		.1
	]) {
		const text = render(share);
		if (text.length <= 6e4) return text;
	}
	return render(.03);
};
/** A readable title, even if the is empty, invisible or 256 characters long. Plain text: quote it with `inline`. */
const titleText = (title, number, max = 80) => {
	const line = cleanLine(title, max);
	return line === "" ? `(untitled #${number})` : line;
};
/**
* Changes a log line so that it contains no runner command. The runner reads `::cmd::` at the start of a line, after
* leading spaces, and `##[cmd]` anywhere in it (actions/runner, ActionCommand.cs).
*/
const neutraliseLogLine = (line) => line.replace(/^(\s*):(?=:)/u, "$1: ").replace(/##(?=\[)/g, "# #");
/** Makes untrusted text safe for a job's log: cleaned, without known secrets, without runner commands. */
const logText = (text, secrets = []) => redact(clean(text), secrets).split("\n").map(neutraliseLogLine).join("\n");
/** Replaces a secret. */
const REDACTED = "***";
const SHORTEST_SECRET = 6;
/**
* Removes the given secrets in the forms in which they usually leak (plain, base64 and base64url at each of the three
* alignments, base32, hex, URL-encoded, JSON-escaped, reversed, and each long line separately), whole or in pieces with
* anything but letters and digits between, and everything that looks like a credential. Values under 6 characters stay,
* because they would also match ordinary words. A secret in another code is not found; SECURITY.md names this residual risk.
*
* Use `clean` first if the value may contain terminal sequences; `logText` does both.
*/
const redact = (text, secrets = []) => redactor(secrets)(text);
/** `redact` for many texts: computes the forms of the secrets once. */
const redactor = (secrets = []) => {
	const forms = formsOf(secrets);
	const squeezed = squeezedForms(forms);
	return (text) => {
		let left = text;
		for (const form of forms) if (left.includes(form)) left = left.split(form).join("***");
		left = withoutSplit(left, squeezed, "***");
		left = withoutPrivateKeys(left);
		for (const { pattern } of CREDENTIAL_FORMS) left = left.replace(pattern, "***");
		for (const { pattern, keep } of LOOSE) left = left.replace(pattern, `${keep}${"***"}`);
		return left;
	};
};
/** Makes the lines of a job's log safe, even if a secret is wrapped over several of them. */
var LogRedactor = class {
	#secrets;
	#holder = new LineHolder();
	#forms = [];
	#known = -1;
	/** @param secrets the set may still grow. */
	constructor(secrets) {
		this.#secrets = secrets;
	}
	/** @returns the lines that can be printed now. */
	add(line) {
		if (this.#known !== this.#secrets.size) {
			this.#forms = squeezedForms(formsOf(this.#secrets));
			this.#known = this.#secrets.size;
		}
		return logText(line, this.#secrets).split("\n").flatMap((each) => this.#holder.add(each, this.#forms, "***"));
	}
	/** @returns the lines that were held back, at the end of the log. */
	end() {
		return this.#holder.end(this.#forms, "***");
	}
};
/** Longest first, so that no part of a longer form remains. */
const formsOf = (secrets) => [...new Set([...secrets].flatMap(leakedForms))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
/** Returns a function that finds the given secrets in a text, in any form that `redact` removes. */
const secretFinder = (secrets) => {
	const forms = formsOf(secrets);
	return (text) => forms.some((form) => text.includes(form));
};
/** `redact` for every string in plain data. Keys are swarm's own and stay unchanged. */
const redactAll = (value, secrets = []) => {
	const redacted = redactor(secrets);
	const walk = (part) => {
		if (typeof part === "string") return redacted(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== "object" || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([name, held]) => [name, walk(held)]));
	};
	return walk(value);
};
const leakedForms = (secret) => {
	const value = secret.trim();
	if (value.length < SHORTEST_SECRET) return [];
	const bytes = new TextEncoder().encode(value);
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	const based = [
		0,
		1,
		2
	].map((shift) => base64Inside(bytes, shift));
	const lines = value.split(/\r?\n/).map((line) => line.trim());
	return [
		value,
		[...value].reverse().join(""),
		hex,
		hex.toUpperCase(),
		...based,
		...[
			0,
			1,
			2,
			3,
			4
		].map((shift) => base32Inside(bytes, shift)).flatMap((form) => [form, form.toLowerCase()]),
		...based.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")),
		...urlForms(value),
		JSON.stringify(value).slice(1, -1),
		JSON.stringify(JSON.stringify(value)).slice(3, -3),
		JSON.stringify([...value].reverse().join("")).slice(1, -1),
		...lines.length > 1 ? lines.filter((line) => line.length >= 12) : []
	].filter((form) => form.length >= SHORTEST_SECRET);
};
const urlForms = (value) => {
	const percent = encodeURIComponent(value.toWellFormed());
	return [
		percent,
		percent.replaceAll("%20", "+"),
		percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
	];
};
/** The base64 characters that depend only on these bytes, not on those before (`shift` bytes, modulo 3) or after them. */
const base64Inside = (bytes, shift) => {
	const shifted = new Uint8Array(shift + bytes.length);
	shifted.set(bytes, shift);
	const encoded = btoa(String.fromCharCode(...shifted)).replace(/=+$/, "");
	const first = [
		0,
		2,
		3
	][shift] ?? 0;
	return shifted.length % 3 === 0 ? encoded.slice(first) : encoded.slice(first, -1);
};
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** The same in base32 (RFC 4648), where five bytes make eight characters. */
const base32Inside = (bytes, shift) => {
	const bits = ["0".repeat(8 * shift), ...[...bytes].map((byte) => byte.toString(2).padStart(8, "0"))].join("");
	return (bits.slice(Math.ceil(8 * shift / 5) * 5, Math.floor(bits.length / 5) * 5).match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join("");
};
/** More forms to remove from text. They are too loose for the secret scan to reject a change. */
const LOOSE = [
	{
		pattern: /(?<![A-Za-z0-9])sk-(?=[A-Za-z_-]{0,60}[0-9])[A-Za-z0-9_-]{20,}/g,
		keep: ""
	},
	{
		pattern: /(?:AKIA|ASIA)[A-Z0-9]{16}/g,
		keep: ""
	},
	{
		pattern: /(bearer|basic|token)(\s+)(?=[\w.~+/=-]*[0-9=])[\w.~+/=-]{20,}/gi,
		keep: "$1$2"
	},
	{
		pattern: /(:\/\/[^\s/@:]{0,200}:)[^\s/@]{1,500}(?=@)/g,
		keep: "$1"
	}
];
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const withoutPrivateKeys = (text) => {
	let left = "";
	let from = 0;
	PRIVATE_KEY.lastIndex = 0;
	for (let begin = PRIVATE_KEY.exec(text); begin !== null; begin = PRIVATE_KEY.exec(text)) {
		left += text.slice(from, begin.index) + "***";
		const end = text.indexOf("PRIVATE KEY-----", PRIVATE_KEY.lastIndex);
		from = end < 0 ? text.length : end + 16;
		if (end < 0) break;
		PRIVATE_KEY.lastIndex = from;
	}
	return left + text.slice(from);
};

export { titleText as _, clean as a, htmlCode as c, oneLine as d, redact as f, shorten as g, secretFinder as h, cell as i, inline as l, redactor as m, LogRedactor as n, clip as o, redactAll as p, block as r, fitting as s, BODY_MAX as t, logText as u, CREDENTIAL_FORMS as v };