import { h as titleText, i as clip, l as oneLine, s as inline } from "./safe-DREuXmZf.js";

// src/words/voice.ts
const voiceOf = ({ form, url, segment }) => {
	const markdown = form === "markdown";
	const quote = (text, max = 160) => markdown ? inline(text, max) : quoted(clip(oneLine(text), max));
	const code = (text) => markdown ? inline(text) : `\`${text}\``;
	const issue = (number) => `#${number}`;
	const own = (text) => {
		const words = oneLine(text).replace(/\.$/, "");
		return markdown && /[<>@`[\]!*_~#\\|&]|:\/\/|GH-\d|www\./i.test(words) ? inline(words, 400) : words;
	};
	return {
		quote,
		code,
		own,
		sentence: (text) => {
			const words = own(text);
			return words === "" ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
		},
		issue,
		ref: ({ number, repository }) => repository === void 0 ? issue(number) : quote(`${repository.owner}/${repository.name}#${number}`),
		pull: (number) => `PR #${number}`,
		place: (at) => {
			if (at.file !== void 0) {
				const text = [
					at.file,
					at.line,
					at.column
				].filter((part) => part !== void 0).join(":");
				if (!markdown || url === void 0 || !/^[\w./-]+$/.test(at.file)) return markdown ? inline(text) : text;
				return `[${inline(text)}](${url}/blob/HEAD/${at.file}${at.line === void 0 ? "" : `#L${at.line}`})`;
			}
			const line = at.line === void 0 ? "" : `, line ${at.line}`;
			if (at.pull !== void 0) return `PR #${at.pull}${line}`;
			return at.issue === void 0 ? "the epic" : `#${at.issue}${line}`;
		},
		files: (paths, max = 5) => enumerate(paths, max, (path) => quote(path, 120)),
		issues: (numbers, joint = ", ") => numbers.map(issue).join(joint),
		retry: () => code(segment === void 0 ? "/swarm retry #<number>" : `/swarm retry #${segment}`),
		commit: (sha) => markdown ? inline(sha.slice(0, 10)) : oneLine(sha.slice(0, 10))
	};
};
const quoted = (text) => text.includes("\"") ? `'${text}'` : `"${text}"`;
function enumerate(items, max = 8, say = String) {
	if (items.length === 0) return "none";
	const shown = items.slice(0, max).map((item) => say(item));
	const left = items.length - max;
	if (left > 0) return `${shown.join(", ")} and ${left} more`;
	if (shown.length === 1) return shown[0] ?? "";
	return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
/** `1 file`, `3 files`. */
const count = (number, noun, plural = `${noun}s`) => `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
/** `3 s`, `12m 34s`, `2h 5m`. */
const duration = (ms) => {
	const seconds = Math.max(0, Math.round(ms / 1e3));
	if (seconds < 60) return `${seconds}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
};
/** A mention is GitHub's own login form, or it is no mention. */
const mention = (login) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(login) ? `@${login} ` : "";
const money = (usd) => `$${usd.toFixed(2)}`;
/** An issue's title as a quote beside its number: ``#14 `Add the cart` ``. */
const named = (number, title, max = 80) => `#${number} ${inline(titleText(title, number, max), max)}`;

export { money as a, mention as i, duration as n, named as o, enumerate as r, voiceOf as s, count as t };