import { n as __require, r as __toESM, t as __commonJSMin } from "./rolldown-runtime-CoNq6U3z.js";
import { i as segmentOf, r as readAttemptId } from "./attempt-CsThcZZa.js";
import { d as issueNumber, r as GATES } from "./epic-BlD3cFx_.js";
import { a as clean, c as htmlCode, f as redact, g as shorten, h as secretFinder, m as redactor, o as clip, r as block, v as CREDENTIAL_FORMS } from "./safe-CjCK4Ka7.js";
import { n as epicOf } from "./job-gD2SKWMN.js";
import { i as findAttempt, s as keptOf } from "./journal-Ccn5Ud1B.js";
import { a as readAuthorisedTexts, s as readJournal } from "./journal-B699pn1s.js";
import { g as keysOf, r as CONFIG_FILES } from "./config-BeOUPBNq.js";
import { r as readConfigText } from "./config-text-CXlYV5SI.js";
import { m as sayRefused, v as areOld } from "./pull-D21j_oio.js";
import { n as oncePerText, r as readYaml } from "./read-w1XZ6ttS.js";
import { D as readGlob, E as matches, g as scopeMatcher, p as isInside, r as readSpec } from "./spec-BHpsWb_-.js";
import { a as followLinks, n as agentFilesAmong, s as steersAgents } from "./agent-files-CnIyVuie.js";
import { a as sayProblem, l as isTestFile } from "./problems-BiC_g5zC.js";
import { n as standsFor, t as readPlace } from "./network-DlZvEHnd.js";
import { t as readConfig } from "./read-CSe8Sutg.js";
import { a as placesNamedIn, i as mayConnect, n as canonical, r as isLoopback, t as Policy } from "./policy-1ifDXAG6.js";
import { i as toolVariables, n as environmentFor, r as proxyVariables, t as certificatePaths } from "./environment---PBNUeI.js";
import { c as publication, t as actKeys } from "./journal-lenses-COSHEJLo.js";
import { access, appendFile, constants, copyFile, lstat, mkdir, mkdtemp, open, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { closeSync, constants as constants$1, existsSync, lstatSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants as constants$2 } from "node:zlib";
import path, { basename, delimiter, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import perf_hooks from "node:perf_hooks";
import { spawn } from "node:child_process";
import querystring from "node:querystring";
import { connect, createServer, isIP } from "node:net";
import { pathToFileURL } from "node:url";
import { constants as constants$3, tmpdir, totalmem } from "node:os";
import { lookup } from "node:dns/promises";
import { createServer as createServer$1, request } from "node:http";
import { request as request$1 } from "node:https";
import { pipeline } from "node:stream";
import { StringDecoder } from "node:string_decoder";

// node_modules/smol-toml/dist/error.js
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};

// node_modules/smol-toml/dist/primitive.js
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}

// node_modules/smol-toml/dist/date.js
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};

// node_modules/smol-toml/dist/extract.js
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}

// node_modules/smol-toml/dist/util.js
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}

// node_modules/smol-toml/dist/struct.js
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}

// node_modules/smol-toml/dist/parse.js
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}

// node_modules/smol-toml/dist/stringify.js
let HAS_WELLFORMED = !!"".isWellFormed;

// src/gates/workspace.ts
/**
* One form for every ecosystem: a repository's workspaces, their members, and the commands of their gates. A single
* project is a workspace with one member.
*
* Everything here is pure: names of files and texts of manifests in, commands out. The members that a change touches, and
* their dependents, are found here for all ecosystems alike.
*/
/** Gates that are found in files. `security` and `scope` are Swarm's own; others come from the config. */
const FOUND_GATES = [
	"lint",
	"types",
	"tests",
	"build"
];
const ECOSYSTEMS$1 = [
	"JavaScript",
	"Deno",
	"Python",
	"Go",
	"Rust",
	"Maven",
	"Gradle",
	".NET",
	"Ruby",
	"PHP",
	"Elixir"
];
/** The files that make a directory a project, the most telling one first; patterns come after all names. */
const MARKS = {
	JavaScript: { names: ["package.json", "rush.json"] },
	Deno: { names: ["deno.json", "deno.jsonc"] },
	Python: {
		names: [
			"pyproject.toml",
			"setup.py",
			"setup.cfg",
			"Pipfile",
			"tox.ini"
		],
		others: /requirements.*\.(?:txt|in)$/
	},
	Go: { names: ["go.mod"] },
	Rust: { names: ["Cargo.toml"] },
	Maven: { names: ["pom.xml"] },
	Gradle: {
		names: [
			"settings.gradle",
			"settings.gradle.kts",
			"build.gradle",
			"build.gradle.kts"
		],
		others: /\.gradle(?:\.kts)?$/
	},
	".NET": {
		names: [],
		others: /\.(?:slnx?|[a-z]+proj)$/
	},
	Ruby: { names: ["Gemfile", "gems.rb"] },
	PHP: { names: ["composer.json"] },
	Elixir: { names: ["mix.exs"] }
};
/** The YAML reader is quadratic in the number of keys; no real manifest is as long as this. */
const YAML_BYTES = 65536;
/** Directories with manifests that are material, not projects. */
const NOT_PROJECTS = /* @__PURE__ */ new Set([...[
	"node_modules",
	"bower_components",
	"vendor",
	"third_party",
	"third-party",
	"testdata",
	"fixtures",
	"__fixtures__"
], ...[
	"__mocks__",
	"__snapshots__",
	"templates",
	"template",
	"dist",
	"target",
	"venv",
	"site-packages",
	"Pods"
]]);
const DEEPEST$1 = 6;
const directoryOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const nameOf$3 = (path) => path.slice(path.lastIndexOf("/") + 1);
const under = (directory, path) => directory === "" ? path : `${directory}/${path}`;
const isWithin = (path, directory) => directory === "" || path === directory || path.startsWith(`${directory}/`);
const relativeTo = (directory, path) => directory === "" ? path : path.slice(directory.length + 1);
/** True for a project of the repository, false for a copy, a fixture or a template. */
const isProjectDirectory = (directory) => directory === "" || directory.split("/").length <= DEEPEST$1 && !isMaterial(directory);
/** The file by which a project is recognised; undefined if it is not in the directory itself. */
function markOf({ files }, ecosystem, directory) {
	const { names, others } = MARKS[ecosystem];
	const named = names.map((name) => under(directory, name)).find((file) => files.has(file));
	if (named !== void 0 || others === void 0) return named;
	return [...files].find((file) => directoryOf(file) === directory && others.test(nameOf$3(file)));
}
/** True for a directory of copies, fixtures or templates. No tool checks them as code. */
const isMaterial = (directory) => directory.split("/").some((name) => name.length > 1 && name.startsWith(".") || NOT_PROJECTS.has(name));
/** Directories with a file of this name, shallow ones first. */
function directoriesWith(listing, name) {
	const found = /* @__PURE__ */ new Set();
	for (const file of listing.files) {
		const own = nameOf$3(file);
		if (typeof name === "string" ? own !== name : !name.test(own)) continue;
		const directory = directoryOf(file);
		if (isProjectDirectory(directory)) found.add(directory);
	}
	return [...found].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
const depth = (directory) => directory === "" ? 0 : directory.split("/").length;
/** Names of files below a directory, relative to it. */
function filesBelow(listing, directory) {
	const found = [];
	for (const file of listing.files) if (isWithin(file, directory)) found.push(relativeTo(directory, file));
	return found;
}
/** The directories that a workspace's globs match; `!` excludes, in the order written. */
function globbed(root, globs, directories) {
	const rules = globs.flatMap((glob) => {
		const isNot = glob.startsWith("!");
		const read = readGlob((isNot ? glob.slice(1) : glob).replace(/^\.\//, "").replace(/\/+$/, ""));
		return typeof read === "string" ? [] : [{
			isNot,
			patterns: read
		}];
	});
	return directories.filter((directory) => {
		if (directory === root || !isWithin(directory, root)) return false;
		const parts = relativeTo(root, directory).split("/");
		let isIn = false;
		for (const { isNot, patterns } of rules) if (patterns.some((pattern) => matches(pattern, parts))) isIn = !isNot;
		return isIn;
	});
}
/** `dir/../x` or `./x` from a directory, as a path of the repository; undefined if it leads outside. */
function resolved(from, path) {
	const parts = from === "" ? [] : from.split("/");
	for (const part of path.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return void 0;
	}
	return parts.join("/");
}
/** The entries with text values, without a prototype: a script may be called `constructor`. */
function textsOf$1(value) {
	const texts = Object.create(null);
	for (const [name, text] of Object.entries(tableOf(value))) if (typeof text === "string") texts[name] = text;
	return texts;
}
/** JSON with comments and commas at the ends of lists; undefined if it is something else. */
function parseJsonc(text) {
	const plain = text.replace(/^\ufeff/, "").replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string) => string ?? " ").replace(/("(?:[^"\\\n]|\\.)*")|,(\s*[}\]])/g, (_, string, end = "") => string ?? end);
	try {
		return JSON.parse(plain);
	} catch {
		return;
	}
}
const tableOf = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
const listOf = (value) => Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
/**
* The part of each workspace that a change is held to: the members it touches, and all of their dependents.
*
* In doubt, more is checked: a file that belongs to no member (a lock file, a config at the root) means its whole
* workspace; a file that belongs to no workspace means all of them. A project at the root is always held.
*/
function holdTo(workspaces, changed) {
	const places = new Set(workspaces.map(({ directory }) => directory));
	const touched = /* @__PURE__ */ new Map();
	for (const file of changed) {
		let place = directoryOf(file);
		while (place !== void 0 && !places.has(place)) place = place === "" ? void 0 : directoryOf(place);
		if (place === void 0) return new Map(workspaces.map((each) => [each, "all"]));
		const files = touched.get(place);
		if (files) files.push(file);
		else touched.set(place, [file]);
	}
	const held = /* @__PURE__ */ new Map();
	for (const workspace of workspaces) {
		const mine = membersTouched(workspace, touched.get(workspace.directory) ?? []);
		if (mine === "all") held.set(workspace, "all");
		else held.set(workspace, new Set(mine));
	}
	addDependents(workspaces, held);
	for (const workspace of workspaces) {
		const now = held.get(workspace);
		if (workspace.directory === "" && workspace.members.some(({ directory }) => directory === "") && now !== "all") held.set(workspace, /* @__PURE__ */ new Set([...now ?? [], ""]));
	}
	return held;
}
function membersTouched({ directory, members }, files) {
	if (members.length === 1) return files.length > 0 || directory === "" ? "all" : [];
	const inside = members.map((each) => each.directory).sort((a, b) => depth(b) - depth(a)).filter((each) => each !== directory);
	const hit = /* @__PURE__ */ new Set();
	for (const file of files) {
		const member = inside.find((each) => isWithin(file, each));
		if (member === void 0) return "all";
		hit.add(member);
	}
	return [...hit];
}
/** Grows the sets until they hold every dependent of a held member. */
function addDependents(workspaces, held) {
	const isHeld = (workspace, member) => {
		const now = held.get(workspace);
		return now === "all" || now?.has(member.directory) === true;
	};
	for (let isGrowing = true; isGrowing;) {
		isGrowing = false;
		const names = /* @__PURE__ */ new Map();
		for (const workspace of workspaces) {
			const own = names.get(workspace.ecosystem) ?? /* @__PURE__ */ new Set();
			names.set(workspace.ecosystem, own);
			for (const member of workspace.members) if (isHeld(workspace, member)) own.add(member.name).add(`dir:${member.directory}`);
		}
		for (const workspace of workspaces) {
			const own = names.get(workspace.ecosystem) ?? /* @__PURE__ */ new Set();
			for (const member of workspace.members) {
				if (isHeld(workspace, member) || !member.needs.some((name) => own.has(name))) continue;
				const now = held.get(workspace);
				if (now === "all") continue;
				held.set(workspace, /* @__PURE__ */ new Set([...now ?? [], member.directory]));
				isGrowing = true;
			}
		}
	}
}
/** Members that are held, in the workspace's order. */
const heldMembers = ({ members }, held) => held === "all" ? members : members.filter(({ directory }) => held.has(directory));

// src/gates/tasks.ts
/**
* The repository's own names for its gates outside of package.json: targets of make, recipes of just, tasks of Task and
* mise. They come before any tool that Swarm would choose: their authors know how to run the gates.
*/
const MANIFESTS$8 = /(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile|Taskfile\.ya?ml|Taskfile\.dist\.ya?ml|\.?mise\.toml)$/;
const NAMES$2 = {
	lint: ["lint"],
	types: [
		"typecheck",
		"type-check",
		"types",
		"check-types"
	],
	tests: [
		"test",
		"tests",
		"check"
	],
	build: ["build"]
};
/** True for a script that only prints, and passes: `echo "no tests yet" && exit 0`. It checks nothing. */
function doesNothing(script) {
	if (script.length > 1e3) return false;
	const plain = script.replaceAll(/'[^']*'|"[^"`$]*"/g, "").replaceAll(/&&|\|\|/g, ";");
	const isSimple = (part) => /^\s*(?:(?:echo|printf)(?:\s.*)?|true|:|exit(?:\s+0)?)?\s*$/.test(part);
	return !/[`<>&|]|\$\(/.test(plain) && plain.split(/[;\n]/).every(isSimple);
}
const KINDS = [
	{
		file: /^(?:GNUmakefile|[Mm]akefile)$/,
		program: ["make"],
		names: makeTargets
	},
	{
		file: /^\.?[Jj]ustfile$/,
		program: ["just"],
		names: justRecipes
	},
	{
		file: /^Taskfile(?:\.dist)?\.ya?ml$/,
		program: ["task"],
		names: oncePerText(tasksOfTaskfile)
	},
	{
		file: /^\.?mise\.toml$/,
		program: ["mise", "run"],
		names: tasksOfMise
	}
];
/** By directory, at most one of each kind: the first kind with a task for a gate is taken. */
function findTasks(listing) {
	const found = /* @__PURE__ */ new Map();
	for (const kind of KINDS) for (const directory of directoriesWith(listing, kind.file)) {
		const file = [...listing.files].find((each) => isIn$1(each, directory, kind.file));
		const text = file === void 0 ? void 0 : listing.text(file);
		if (file === void 0 || text === void 0) continue;
		const names = kind.names(text);
		const tasks = {
			directory,
			file,
			task(gate) {
				const name = typeof names === "string" ? void 0 : NAMES$2[gate].find((each) => names.has(each));
				return name === void 0 ? void 0 : [...kind.program, name];
			},
			...typeof names === "string" ? { unreadable: `${file} cannot be read: ${names}` } : {}
		};
		found.set(directory, [...found.get(directory) ?? [], tasks]);
	}
	return found;
}
/** The first fault of a YAML file, with its line. */
const sayFault$1 = ([first]) => first === void 0 ? "it is no YAML" : `${first.message} (line ${first.line})`;
const isIn$1 = (path, directory, name) => {
	const own = directory === "" ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : "/";
	return name.test(own) && under(directory, own) === path;
};
/** Longer lines name no task, and are not worth the time of a pattern. */
const linesOf$2 = (text) => text.split("\n").filter((line) => line.length <= 500);
/** Targets with a plain name; no variables (`:=`) and no patterns. One without prerequisites has to do something. */
function makeTargets(text) {
	const names = /* @__PURE__ */ new Set();
	const lines = linesOf$2(text);
	for (const [at, line] of lines.entries()) {
		const [, targets, rest = ""] = /^([A-Za-z0-9][\w. -]*?)\s*::?(?![:=])(.*)$/.exec(line) ?? [];
		if (targets === void 0 || isBlank(rest) && onlyPrints$1(lines, at + 1)) continue;
		for (const name of targets.split(/\s+/)) names.add(name);
	}
	return names;
}
const isBlank = (text) => /^\s*(?:#.*)?$/.test(text);
/** The recipe that starts at a line has commands, and none of them does anything. */
function onlyPrints$1(lines, from) {
	const recipe = [];
	for (let at = from; /^\s+\S/.test(lines[at] ?? ""); at++) recipe.push((lines[at] ?? "").trim());
	return recipe.length > 0 && recipe.every((line) => doesNothing(line.replace(/^[@+-]+/, "")));
}
/** Recipes that can be run as they are: without parameters, or with a default for each. */
function justRecipes(text) {
	const names = /* @__PURE__ */ new Set();
	const lines = linesOf$2(text);
	for (const [at, line] of lines.entries()) {
		const [, name, parameters = "", rest = ""] = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)(.*)$/.exec(line) ?? [];
		if (name === void 0 || name === "set" || name === "alias" || name === "export") continue;
		if (!parameters.trim().split(/\s+/).some((each) => each !== "" && !each.includes("=") && !each.startsWith("*")) && !(isBlank(rest) && onlyPrints$1(lines, at + 1))) names.add(name);
	}
	return names;
}
/** Tasks by name. One that only prints has no other key than its commands. */
const namesIn$1 = (tasks, commandsOf) => new Set(Object.entries(tableOf(tasks)).flatMap(([name, task]) => {
	const commands = [commandsOf(task)].flat();
	return commands.length > 0 && commands.every((each) => typeof each === "string" && doesNothing(each)) ? [] : [name];
}));
/** Only the tasks are read. They may share parts by anchors. */
function tasksOfTaskfile(text) {
	const yaml = readYaml(text, {
		maxBytes: YAML_BYTES,
		aliases: "share"
	});
	if (yaml.kind !== "read") return sayFault$1(yaml.faults);
	return namesIn$1(tableOf(yaml.value).tasks, (task) => {
		const { cmds, cmd, deps } = tableOf(task);
		return deps === void 0 ? cmds ?? cmd ?? task : void 0;
	});
}
function tasksOfMise(text) {
	try {
		return namesIn$1(tableOf(parse(text)).tasks, (task) => {
			const { run, depends } = tableOf(task);
			return depends === void 0 ? run ?? task : void 0;
		});
	} catch (error) {
		return error.message.split("\n", 1).join();
	}
}

// src/gates/deno.ts
/** Deno: its tasks first, then the checks that it brings itself. */
const MANIFESTS$7 = /(?:^|\/)deno\.jsonc?$/;
const TASKS = {
	lint: [
		"lint",
		"lint:check",
		"check:lint"
	],
	types: [
		"check",
		"typecheck",
		"type-check",
		"types",
		"check:types"
	],
	tests: [
		"test",
		"tests",
		"test:unit"
	],
	build: ["build"]
};
const TEST_FILE$1 = /(?:^|[/._])test\.(?:[cm]?[jt]s|[jt]sx)$/;
function findDeno(listing) {
	const places = directoriesWith(listing, MANIFESTS$7);
	const found = [];
	for (const place of places) {
		if (found.some(({ directory }) => isWithin(place, directory))) continue;
		found.push(workspaceOf$3(listing, place));
	}
	return found;
}
function workspaceOf$3(listing, directory) {
	const jsonc = under(directory, "deno.jsonc");
	const file = listing.files.has(jsonc) ? jsonc : under(directory, "deno.json");
	const settings = tableOf(parseJsonc(listing.text(file) ?? ""));
	const tasks = tableOf(settings.tasks);
	const step = (...run) => ({
		run: ["deno", ...run],
		directory
	});
	const lock = under(directory, "deno.lock");
	const isLocked = listing.files.has(lock) && settings.lock !== false;
	const hasTests = [...listing.files].some((each) => isWithin(each, directory) && TEST_FILE$1.test(each));
	const taskOf = (gate) => TASKS[gate].find((name) => {
		const { command } = tableOf(tasks[name]);
		const text = typeof tasks[name] === "string" ? tasks[name] : command;
		return typeof text === "string" && text.trim() !== "" && !doesNothing(text);
	});
	const usual = (gate) => {
		switch (gate) {
			case "lint": return some$1(step("lint"), ...settings.fmt === void 0 ? [] : [step("fmt", "--check")]);
			case "types": return some$1(step("check", "."));
			case "tests": return hasTests ? some$1(step("test", "--allow-all")) : none$4("there is no *_test or *.test file");
			case "build": return none$4(`${file} has no task \`build\``);
		}
	};
	return {
		ecosystem: "Deno",
		directory,
		members: [{
			directory,
			name: typeof settings.name === "string" ? settings.name : "",
			needs: []
		}],
		...isLocked ? { install: {
			steps: [step("install", "--frozen")],
			after: [file, lock]
		} } : {},
		audit: {
			kind: "not applicable",
			why: "swarm has no audit for deno.lock"
		},
		scripts: { [file]: tasks },
		find(gate) {
			const task = taskOf(gate);
			return task === void 0 ? usual(gate) : {
				...some$1(step("task", task)),
				by: "its own script"
			};
		}
	};
}
const some$1 = (...steps) => ({
	steps,
	without: []
});
const none$4 = (why) => ({
	steps: [],
	without: [why]
});

// src/gates/hints.ts
/** What a person should know about gates that are missing or fail, and that no output of a tool says. */
/** Installations leave out scripts that a person's own installation runs. */
const hintsOf = (workspaces) => workspaces.flatMap(({ directory, hint }) => hint === void 0 ? [] : [{
	directory,
	text: hint
}]);
/** Content that is not in the commit itself. */
function notFetched({ submodules = [], large = [] }) {
	const hint = (absent, text, paths) => {
		const more = paths.length > 3 ? ` and ${paths.length - 3} more` : "";
		const shown = `${text}: ${paths.slice(0, 3).join(", ")}${more}`;
		return paths.length === 0 ? [] : [{
			directory: "",
			text: shown,
			absent
		}];
	};
	return [...hint("submodules", "submodules are not fetched, so these directories are empty", submodules), ...hint("LFS files", "files in Git LFS are not fetched, so these are only pointers", large)];
}
/** The hints for steps, each once. */
const hintsFor = (hints, steps) => [...new Set(hints.filter(({ directory }) => steps.some((step) => isWithin(step.directory, directory))).map(({ text }) => `(swarm: ${text})`))];
/** Builds that Swarm does not know. */
const OTHER_BUILDS = {
	Bazel: /^(?:MODULE\.bazel|WORKSPACE(?:\.bazel)?)$/,
	CMake: /^CMakeLists\.txt$/,
	Meson: /^meson\.build$/,
	Swift: /^Package\.swift$/,
	Dart: /^pubspec\.yaml$/,
	sbt: /^build\.sbt$/,
	Zig: /^build\.zig$/
};
/** Clauses for builds at the root that no gate stands for. */
function otherBuilds({ files }) {
	const atRoot = [...files].filter((file) => !file.includes("/"));
	return Object.entries(OTHER_BUILDS).filter(([, file]) => atRoot.some((each) => file.test(each))).map(([name]) => `swarm finds no gates for ${name}`);
}

// src/gates/javascript/programs.ts
/** Package managers of JavaScript: how each installs, runs and audits, and which one a project uses. */
const QUIET = ["--no-audit", "--no-fund"];
const NPM = {
	name: "npm",
	command: "npm",
	lockFiles: ["package-lock.json", "npm-shrinkwrap.json"],
	frozen: [
		"npm",
		"ci",
		"--ignore-scripts",
		...QUIET
	],
	loose: [
		"npm",
		"install",
		"--no-package-lock",
		"--ignore-scripts",
		...QUIET
	],
	exec: [
		"npx",
		"--no",
		"--"
	],
	audit: [
		"npm",
		"audit",
		"--package-lock-only",
		"--omit=dev",
		"--json",
		"--fetch-retries=0",
		"--fetch-timeout=20000"
	]
};
const PNPM = {
	name: "pnpm",
	command: "pnpm",
	lockFiles: ["pnpm-lock.yaml"],
	frozen: [
		"pnpm",
		"install",
		"--frozen-lockfile",
		"--ignore-scripts"
	],
	loose: [
		"pnpm",
		"install",
		"--no-lockfile",
		"--ignore-scripts"
	],
	exec: ["pnpm", "exec"],
	audit: [
		"pnpm",
		"audit",
		"--prod",
		"--json",
		"--config.fetch-retries=0"
	]
};
const YARN_1 = {
	name: "yarn 1",
	command: "yarn",
	lockFiles: ["yarn.lock"],
	frozen: [
		"yarn",
		"install",
		"--frozen-lockfile",
		"--ignore-scripts",
		"--non-interactive"
	],
	loose: [
		"yarn",
		"install",
		"--no-lockfile",
		"--ignore-scripts",
		"--non-interactive"
	],
	exec: [
		"yarn",
		"--silent",
		"run"
	],
	audit: [
		"yarn",
		"audit",
		"--groups",
		"dependencies",
		"--json"
	]
};
/** Yarn 2 and later uses other commands, and keeps its settings in `.yarnrc.yml`. */
const YARN = {
	name: "yarn",
	command: "yarn",
	lockFiles: ["yarn.lock"],
	frozen: [
		"yarn",
		"install",
		"--immutable",
		"--mode=skip-build"
	],
	loose: [
		"yarn",
		"install",
		"--mode=skip-build"
	],
	exec: ["yarn", "run"],
	audit: [
		"yarn",
		"npm",
		"audit",
		"--all",
		"--recursive",
		"--environment",
		"production",
		"--json"
	]
};
const BUN = {
	name: "bun",
	command: "bun",
	lockFiles: ["bun.lock", "bun.lockb"],
	frozen: [
		"bun",
		"install",
		"--frozen-lockfile",
		"--ignore-scripts"
	],
	loose: [
		"bun",
		"install",
		"--no-save",
		"--ignore-scripts"
	],
	exec: [
		"bun",
		"x",
		"--no-install"
	],
	audit: [
		"bun",
		"audit",
		"--prod",
		"--json"
	]
};
/** The first lock file that is found decides. */
const PROGRAMS = [
	PNPM,
	YARN_1,
	BUN,
	NPM
];
function readPackage$1(listing, directory) {
	const manifest = parseObject(listing.text(under(directory, "package.json")));
	if (!manifest) return void 0;
	const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
	return {
		directory,
		manifest,
		scripts: textsOf$1(manifest.scripts),
		dependencies: {
			...textsOf$1(peerDependencies),
			...textsOf$1(optionalDependencies),
			...textsOf$1(devDependencies),
			...textsOf$1(dependencies)
		}
	};
}
function parseObject(text) {
	if (text === void 0) return void 0;
	try {
		const value = JSON.parse(text.replace(/^\ufeff/, ""));
		return typeof value === "object" && value !== null && !Array.isArray(value) ? tableOf(value) : void 0;
	} catch {
		return;
	}
}
function programOf$2(listing, { directory, manifest }) {
	const wanted = typeof manifest.packageManager === "string" ? manifest.packageManager : void 0;
	const engine = tableOf(tableOf(manifest.devEngines).packageManager).name;
	const name = wanted?.split("@")[0] ?? (typeof engine === "string" ? engine : void 0);
	const program = PROGRAMS.find(({ command }) => command === name) ?? PROGRAMS.find(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file)))) ?? (listing.files.has(under(directory, "pnpm-workspace.yaml")) ? PNPM : NPM);
	if (program !== YARN_1) return program;
	const major = /^yarn@(\d+)/.exec(wanted ?? "")?.[1];
	return (major === void 0 ? listing.files.has(under(directory, ".yarnrc.yml")) : Number(major) >= 2) ? YARN : YARN_1;
}
/** An exact version that package.json pins: `pnpm@9.1.0+sha512…`. */
const PIN = /^(pnpm|yarn|bun)@(\d+\.\d+\.\d+[\w.-]*)/;
/**
* Fetches the package manager at the version that package.json pins, without Corepack: an old Corepack does not know the
* keys of new versions.
*/
function pinOf({ manifest }) {
	const { packageManager: engine } = tableOf(manifest.devEngines);
	const { name, version } = tableOf(engine);
	const wanted = typeof manifest.packageManager === "string" ? manifest.packageManager : `${name}@${version}`;
	const [, program, exact = ""] = PIN.exec(wanted) ?? [];
	if (program === void 0) return void 0;
	return program === "yarn" && !exact.startsWith("1.") ? [
		"npx",
		"--yes",
		`--package=@yarnpkg/cli-dist@${exact}`,
		"--",
		"yarn"
	] : [
		"npx",
		"--yes",
		`${program}@${exact}`
	];
}
/** Starts a package manager; if it is missing or refuses to start, at the version that package.json pins. */
const startedBy = (pin, program, step) => pin !== void 0 && step.run[0] === program.command ? {
	...step,
	otherwise: pin
} : step;
const LIFECYCLE = [
	"preinstall",
	"install",
	"postinstall",
	"prepare"
];
/** Packages that do not work, or not as they are imported, until their install script has run. */
const NEED_SCRIPTS = /* @__PURE__ */ new Set([...[
	"prisma",
	"@prisma/client",
	"better-sqlite3",
	"sqlite3",
	"bcrypt",
	"canvas",
	"node-sass",
	"cypress",
	"puppeteer"
], ...[
	"electron",
	"playwright-chromium",
	"node-pty",
	"isolated-vm",
	"argon2",
	"zeromq",
	"robotjs",
	"sodium-native"
]]);
/** A hint for gates that fail because a lifecycle script did not run; undefined if there is none. */
function scriptsHint(packages, allowed) {
	const own = packages.flatMap(({ directory, scripts }) => LIFECYCLE.filter((name) => scripts[name] !== void 0).map((name) => `\`${name}\` of ${under(directory, "package.json")}`));
	const named = packages.flatMap(({ manifest, dependencies }) => [
		...[manifest.trustedDependencies, tableOf(manifest.pnpm).onlyBuiltDependencies].flatMap((list) => Array.isArray(list) ? list.map(String) : []),
		...Object.entries(tableOf(manifest.dependenciesMeta)).flatMap(([name, meta]) => tableOf(meta).built === true ? [name] : []),
		...Object.keys(dependencies).filter((name) => NEED_SCRIPTS.has(name))
	]);
	const scripts = [.../* @__PURE__ */ new Set([...own, ...[...allowed, ...named].map((name) => `the script of ${name}`)])];
	if (scripts.length === 0) return void 0;
	return `dependencies were installed without install scripts, so these did not run: ${scripts.slice(0, 4).join(", ")}${scripts.length > 4 ? ` and ${scripts.length - 4} more` : ""}. To run one, set gates.install.run in .github/swarm.yml to a command that installs and then runs it`;
}

// src/gates/javascript/scripts.ts
/** Scripts of package.json: the names that stand for gates, and what a root's script does with the members of a workspace. */
const SCRIPTS = {
	lint: [
		"lint",
		"lint:check",
		"lint:ci",
		"check:lint",
		"lint:all",
		"lint:js",
		"lint:ts",
		"lint:eslint",
		"eslint"
	],
	types: [...[
		"types",
		"typecheck",
		"type-check",
		"check-types",
		"check:types",
		"types:check",
		"check:type",
		"ts:check"
	], ...[
		"test:types",
		"lint:types",
		"tsc"
	]],
	tests: [
		"test",
		"tests",
		"test:ci",
		"test:unit",
		"test:node",
		"unit"
	],
	build: ["build"]
};
/** Formatting belongs to the gate `lint`. */
const FORMAT = [
	"format:check",
	"check:format",
	"fmt:check",
	"check:fmt",
	"prettier:check",
	"check:prettier",
	"format:ci"
];
/** The script that `npm init` writes: it fails, and tests nothing. */
const NO_TEST_SCRIPT = /no test specified/i;
const scriptOf$1 = ({ scripts }, gate) => SCRIPTS[gate].find((name) => isScript(scripts[name], gate));
const isScript = (text, gate) => text !== void 0 && text.trim() !== "" && !doesNothing(text) && !(gate === "tests" && NO_TEST_SCRIPT.test(text));
/** The names of all scripts of a gate: in addition to `lint`, one that checks the formatting, if `lint` does not call it. */
function scriptsOf(each, gate) {
	const first = scriptOf$1(each, gate);
	const format = gate === "lint" ? FORMAT.find((name) => isScript(each.scripts[name], gate)) : void 0;
	if (format === void 0) return first === void 0 ? [] : [first];
	if (first === void 0) return [format];
	const text = each.scripts[first] ?? "";
	return text.includes(format) || /\b(?:prettier|biome)\b/.test(text) || /(?:lint|check):\*/.test(text) ? [first] : [first, format];
}
/** Programs that find out on their own what a change touches and what has to be built first. */
const ORCHESTRATED = /(?:^|[\s/;&|])(?:turbo|nx|lerna|moon|rush|rushx|lage|wireit|ultra|bolt)(?:\s|$)/;
/** Commands that only run the same script in every package, or in those that a pattern names. */
const FAN_OUTS = [
	/^npm\s(?:.*\s)?(?:-ws|--workspaces)(?:\s|$)/,
	/^pnpm\s(?:.*\s)?(?:-r|--recursive|recursive)(?:\s|$)/,
	/^pnpm\s(?:.*\s)?(?:--filter|-F)[= ]?['"]?[^\s'"]*\*/,
	/^yarn\s+(?:workspaces|wsrun)\s+(?:run|foreach)?/,
	/^bun\s(?:.*\s)?(?:--workspaces|--filter[= ]['"]?[^\s'"]*\*)/,
	/^(?:npx\s+|yarn\s+|pnpm\s+(?:exec\s+)?)?(?:wsrun|ultra-runner)(?:\s|$)/
];
const IN_MEMBER = /(?:^|\s)(?:-w|--workspace|--filter|-F|--prefix|--cwd|-C)[= ]|^cd\s|^yarn\s+workspace\s/;
/** `npm-run-all test:*`, `run-s`, `run-p`: they run scripts of the same package.json. */
const RUN_ALL = /^(?:npm-run-all2?|run-s|run-p|concurrently)\s+(.*)$/;
const DEEPEST = 4;
const isOrchestrated = (root, script) => textsOf(root, script).some((text) => ORCHESTRATED.test(text));
/** True if a script of the root only calls scripts of the members. */
function isFanOut(root, script) {
	const texts = textsOf(root, script);
	return texts.length > 0 && texts.every((text) => FAN_OUTS.some((one) => one.test(text)) || IN_MEMBER.test(text));
}
/** The commands of a script: those of other scripts of the root that it calls are put in their place. */
function textsOf(root, script, depth = 0) {
	const text = script === void 0 ? "" : (root.scripts[script] ?? "").slice(0, 2e3).trim();
	if (text === "" || depth > DEEPEST) return [];
	return text.split(/\s*(?:&&|;)\s*/).filter((part) => part !== "").flatMap((part) => {
		const inner = calledBy(root, part).flatMap((name) => textsOf(root, name, depth + 1));
		return inner.length > 0 ? inner : [part];
	});
}
function calledBy({ scripts }, command) {
	const [, one] = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]+)$/.exec(command) ?? [];
	if (one !== void 0) return scripts[one] === void 0 ? [] : [one];
	const [, list = ""] = RUN_ALL.exec(command) ?? [];
	return list.split(/\s+/).map((word) => word.replace(/^['"]|['"]$/g, "").replace(/^(?:npm|pnpm|yarn):/, "")).filter((word) => word !== "" && !word.startsWith("-")).flatMap((word) => {
		if (!word.endsWith("*")) return scripts[word] === void 0 ? [] : [word];
		const start = word.replace(/\*+$/, "");
		return Object.keys(scripts).filter((name) => name.startsWith(start));
	});
}

// src/gates/javascript/rush.ts
/** Rush: one lock file and one installation for many projects, which no other package manager may touch. */
const MANIFESTS$6 = /(?:^|\/)(?:rush\.json|common\/config\/rush\/command-line\.json)$/;
/** A script that is in every such repository. It fetches the version of Rush that `rush.json` names. */
const RUSH = "common/scripts/install-run-rush.js";
function findRush(listing) {
	return directoriesWith(listing, "rush.json").flatMap((directory) => {
		const settings = tableOf(parseJsonc(listing.text(under(directory, "rush.json")) ?? ""));
		return [workspaceOf$2(listing, directory, (Array.isArray(settings.projects) ? settings.projects : []).flatMap((each) => {
			const { projectFolder } = tableOf(each);
			return typeof projectFolder === "string" ? [under(directory, projectFolder.replace(/\/+$/, ""))] : [];
		}).flatMap((folder) => readPackage$1(listing, folder) ?? []))];
	});
}
function workspaceOf$2(listing, directory, packages) {
	const why = `${under(directory, "rush.json")} names no project that has a package.json`;
	const has = (name) => listing.files.has(under(directory, name));
	const program = has(RUSH) ? ["node", RUSH] : ["rush"];
	const rush = (...run) => ({
		run: [...program, ...run],
		directory
	});
	const members = packages.map(({ directory: place, dependencies, manifest }) => ({
		directory: place,
		name: typeof manifest.name === "string" ? manifest.name : "",
		needs: Object.keys(dependencies)
	}));
	const commandLine = tableOf(parseJsonc(listing.text(under(directory, "common/config/rush/command-line.json")) ?? ""));
	const bulk = new Set((Array.isArray(commandLine.commands) ? commandLine.commands.map(tableOf) : []).flatMap(({ name, commandKind }) => commandKind === "bulk" || commandKind === "phased" ? [String(name)] : []));
	const selection = (held) => held === "all" ? [] : heldMembers({ members }, held).flatMap(({ name }) => ["--to", name]);
	const locks = [
		"pnpm-lock.yaml",
		"npm-shrinkwrap.json",
		"yarn.lock"
	].map((file) => under(directory, `common/config/rush/${file}`));
	const manifests = packages.map((each) => under(each.directory, "package.json"));
	return {
		ecosystem: "JavaScript",
		directory,
		members: members.length > 0 ? members : [{
			directory,
			name: "",
			needs: []
		}],
		install: {
			steps: [{
				...rush("install"),
				environment: { npm_config_ignore_scripts: "true" }
			}],
			after: [
				under(directory, "rush.json"),
				...manifests,
				...locks.filter((file) => listing.files.has(file))
			]
		},
		audit: {
			kind: "not applicable",
			why: "swarm has no audit for the lock file of Rush"
		},
		scripts: Object.fromEntries(packages.map((each) => [under(each.directory, "package.json"), each.scripts])),
		find(gate, held) {
			if (packages.length === 0) return {
				steps: [],
				without: [why]
			};
			const name = gate === "build" ? "build" : SCRIPTS[gate].find((each) => bulk.has(each));
			if (name !== void 0) return {
				steps: [rush(name, ...selection(held))],
				without: [],
				by: "its own script"
			};
			const places = new Set(heldMembers({ members }, held).map((each) => each.directory));
			const steps = packages.flatMap((each) => {
				const script = places.has(each.directory) ? scriptOf$1(each, gate) : void 0;
				return script === void 0 ? [] : [{
					run: [
						"npm",
						"run",
						script
					],
					directory: each.directory
				}];
			});
			if (steps.length === 0) return {
				steps,
				without: [`no project of Rush has a script for ${gate}`]
			};
			return {
				steps: [rush("build", ...selection(held)), ...steps],
				without: [],
				by: "its own script"
			};
		}
	};
}

// src/gates/javascript.ts
/**
* JavaScript and TypeScript: npm, pnpm, yarn (1 and later) and bun; workspaces of each, of Lerna, Nx and Rush.
*
* The scripts of package.json come first. A tool runs on its own only if the repository configures it and depends on it.
* Lifecycle scripts never run: a dependency's code must not run before the gates (threats T52).
*/
const STRYKER$1 = "@stryker-mutator/core";
const STRYKER_SETTINGS = [
	"stryker.conf",
	"stryker.config",
	".stryker.conf",
	".stryker.config"
].flatMap((name) => [
	"json",
	"js",
	"mjs",
	"cjs"
].map((end) => `${name}.${end}`));
const OWN$1 = /(?:^|\/)(?:package\.json|pnpm-workspace\.yaml|lerna\.json|nx\.json|project\.json|tsconfig\.json|\.?stryker\.conf(?:ig)?\.(?:json|[cm]?js))$/;
/** Files that are read here. */
const MANIFESTS$5 = { test: (path) => OWN$1.test(path) || MANIFESTS$6.test(path) };
function findJavaScript(listing) {
	const rush = findRush(listing);
	const isRush = (place) => rush.some(({ directory, members }) => [directory, ...members.map((each) => each.directory)].includes(place));
	const places = directoriesWith(listing, "package.json").filter((place) => !isRush(place));
	const packages = new Map(places.map((place) => [place, readPackage$1(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [...rush];
	for (const place of places) {
		if (taken.has(place)) continue;
		const own = packages.get(place);
		const globs = own && workspaceGlobs(listing, own);
		const members = globs ? globbed(place, globs.members, places).filter((each) => !taken.has(each)) : [];
		for (const each of [place, ...members]) taken.add(each);
		const all = [place, ...members].flatMap((each) => packages.get(each) ?? []);
		if (own && (place === "" || isProject$1(listing, own))) found.push(workspaceOf$1(listing, own, all, globs ?? NO_GLOBS));
		else if (place === "") found.push(unreadable(place));
	}
	return found;
}
/** A package.json that only says `"type": "module"` or marks a package's entry does not count. */
const isProject$1 = (listing, { directory, scripts, manifest }) => manifest.workspaces !== void 0 || Object.values(SCRIPTS).some((names) => names.some((name) => scripts[name]?.trim())) || PROGRAMS.some(({ lockFiles }) => lockFiles.some((file) => listing.files.has(under(directory, file))));
const unreadable = (directory) => {
	const why = "package.json is not a JSON object";
	return {
		ecosystem: "JavaScript",
		directory,
		members: [{
			directory,
			name: "",
			needs: []
		}],
		audit: {
			kind: "not applicable",
			why
		},
		find: () => ({
			steps: [],
			without: [why]
		})
	};
};
const NO_GLOBS = {
	members: [],
	built: []
};
/** A `pnpm-workspace.yaml`. Its catalogs may share parts by anchors. */
const pnpmGlobs = oncePerText((text) => {
	const yaml = readYaml(text, {
		maxBytes: YAML_BYTES,
		aliases: "share"
	});
	if (yaml.kind !== "read") return {
		members: ["**"],
		built: [],
		fault: sayFault$1(yaml.faults)
	};
	const { packages, onlyBuiltDependencies, allowBuilds } = tableOf(yaml.value);
	const allowed = Object.entries(tableOf(allowBuilds)).flatMap(([name, may]) => may === true ? [name] : []);
	return {
		members: listOf(packages),
		built: [...listOf(onlyBuiltDependencies), ...allowed]
	};
});
/** Undefined if it is not the root of a workspace. */
function workspaceGlobs(listing, { directory, manifest }) {
	const pnpm = listing.text(under(directory, "pnpm-workspace.yaml"));
	if (pnpm !== void 0) {
		const globs = pnpmGlobs(pnpm);
		const { fault } = globs;
		const shown = under(directory, "pnpm-workspace.yaml");
		return fault === void 0 ? globs : {
			...globs,
			fault: `${shown} cannot be read: ${fault}`
		};
	}
	const { workspaces } = manifest;
	if (workspaces !== void 0) return {
		members: listOf(Array.isArray(workspaces) ? workspaces : tableOf(workspaces).packages),
		built: []
	};
	const lerna = parseObject(listing.text(under(directory, "lerna.json")));
	if (!lerna) return void 0;
	return {
		members: lerna.packages === void 0 ? ["packages/*"] : listOf(lerna.packages),
		built: []
	};
}
function workspaceOf$1(listing, root, packages, globs) {
	const program = programOf$2(listing, root);
	const pin = pinOf(root);
	const step = (run, directory = root.directory) => startedBy(pin, program, {
		run,
		directory
	});
	const lock = program.lockFiles.map((file) => under(root.directory, file)).find((file) => listing.files.has(file));
	const hasDependencies = packages.some(({ dependencies }) => Object.keys(dependencies).length > 0);
	const after = [...packages.map(({ directory }) => under(directory, "package.json")), ...lock === void 0 ? [] : [lock]];
	const shown = under(root.directory, "package.json");
	const bootstrap = isOldLerna(listing, root) ? [step([
		...program.exec,
		"lerna",
		"bootstrap",
		"--ignore-scripts"
	])] : [];
	const install = hasDependencies ? {
		steps: [step(lock === void 0 ? program.loose : program.frozen), ...bootstrap],
		after
	} : void 0;
	const audit = lock === void 0 || !hasDependencies ? {
		kind: "not applicable",
		why: hasDependencies ? `no lock file next to ${shown}` : `${shown} has no dependencies`
	} : {
		kind: "audit",
		step: step(program.audit),
		form: program.name,
		after
	};
	const members = packages.map(memberOf);
	const hint = scriptsHint(packages, globs.built);
	const place = {
		program,
		root,
		packages,
		members,
		step
	};
	return {
		ecosystem: "JavaScript",
		directory: root.directory,
		members,
		audit,
		...install ? { install } : {},
		...hint === void 0 ? {} : { hint },
		mutators: packages.map((each) => mutatorOf$1(listing, program, root, each)),
		scripts: Object.fromEntries(packages.map(({ directory, scripts }) => [under(directory, "package.json"), scripts])),
		find(gate, held) {
			const found = findIn$1(listing, place, gate, held);
			return globs.fault === void 0 ? found : {
				...found,
				without: [...found.without, globs.fault]
			};
		}
	};
}
/** Before version 7, Lerna itself installed the packages of a repository without workspaces. */
const isOldLerna = (listing, { directory, manifest, dependencies }) => listing.files.has(under(directory, "lerna.json")) && manifest.workspaces === void 0 && !listing.files.has(under(directory, "pnpm-workspace.yaml")) && /^[\^~>=v\s]*[2-6]\b/.test(dependencies.lerna ?? "");
/** StrykerJS is a dependency of the project, like its plugins for test runners. It looks for settings only where it runs. */
function mutatorOf$1(listing, program, root, each) {
	const { directory } = each;
	const path = STRYKER_SETTINGS.map((name) => under(directory, name)).find((file) => listing.files.has(file));
	const text = path === void 0 ? void 0 : listing.text(path);
	const isThere = STRYKER$1 in each.dependencies || STRYKER$1 in root.dependencies;
	return {
		kind: "mutator",
		tool: "stryker",
		directory,
		run: [
			...program.exec,
			"stryker",
			"run"
		],
		...path === void 0 || text === void 0 ? {} : { settings: {
			path,
			text
		} },
		...isThere ? {} : { lacks: {
			name: STRYKER$1,
			manifest: under(directory, "package.json")
		} }
	};
}
/** By name, or by path if the version is a path: `file:../a`, `link:../a`, `workspace:../a`, `portal:../a`. */
function memberOf({ directory, dependencies, manifest }) {
	const names = Object.keys(dependencies);
	const paths = Object.values(dependencies).flatMap((version) => {
		const path = /^(?:file|link|portal|workspace):(\.{1,2}\/.*)$/.exec(version)?.[1];
		const place = path === void 0 ? void 0 : resolved(directory, path);
		return place === void 0 ? [] : [`dir:${place}`];
	});
	return {
		directory,
		name: typeof manifest.name === "string" ? manifest.name : "",
		needs: [...names, ...paths]
	};
}
function findIn$1(listing, place, gate, held) {
	const { program, root, packages, members, step } = place;
	const rootScript = scriptOf$1(root, gate);
	const scriptSteps = (each) => scriptsOf(each, gate).map((script) => ({
		...step([
			program.command,
			"run",
			script
		], each.directory),
		from: sayScript(each, script)
	}));
	const isOfMembers = packages.length > 1 && isFanOut(root, rootScript);
	const isWhole = packages.length > 1 && (isOrchestrated(root, rootScript) || held === "all" && isOfMembers);
	if (rootScript !== void 0 && (packages.length === 1 || isWhole)) return {
		steps: scriptSteps(root),
		without: [],
		by: "its own script"
	};
	const target = rootScript === void 0 ? nxTarget(listing, root, gate) : void 0;
	if (target !== void 0) return {
		steps: [{
			...step([
				...program.exec,
				"nx",
				"run-many",
				"--target",
				target,
				"--outputStyle=static"
			]),
			environment: NX
		}],
		without: []
	};
	const wanted = inOrder(members, heldMembers({ members }, held), gate);
	const packageOf = (member) => packages.filter((each) => each.directory === member.directory);
	const steps = [];
	const without = [];
	let isOwn = false;
	const own = isOfMembers ? [] : [root];
	let isRootChecked = false;
	for (const each of [...own, ...wanted.flatMap(packageOf).filter((other) => other !== root)]) {
		const scripts = scriptSteps(each);
		if (scripts.length > 0) {
			steps.push(...scripts);
			isOwn = true;
		} else {
			const tool = isRootChecked && gate !== "types" ? void 0 : toolOf(listing, place, each, gate);
			if (typeof tool === "object") steps.push(step([...program.exec, ...tool], each.directory));
			else if (each !== root || packages.length === 1 || tool !== void 0) without.push(tool ?? reason(each, gate));
		}
		if (each === root) isRootChecked = steps.length > 0;
	}
	if (steps.length === 0 && without.length === 0 && rootScript === void 0) without.push(reason(root, gate));
	const isCovered = own.length > 0 && steps.some(({ directory }) => directory === root.directory);
	return {
		steps: [...gate === "build" || steps.length === 0 ? [] : unbuilt(listing, place, steps).flatMap((each) => {
			const script = scriptOf$1(each, "build");
			if (script === void 0) return [];
			const from = `${sayScript(each, script)}, because others import files that it makes`;
			return [{
				...step([
					program.command,
					"run",
					script
				], each.directory),
				from
			}];
		}), ...steps],
		without: isCovered ? [] : without,
		...isOwn ? { by: "its own script" } : {}
	};
}
const sayScript = ({ directory }, script) => `script \`${script}\` in ${under(directory, "package.json")}`;
/** The held members, each after its dependencies. A build also includes dependencies that are not held. */
function inOrder(members, held, gate) {
	const done = [];
	const seen = /* @__PURE__ */ new Set();
	const visit = (member) => {
		if (seen.has(member)) return;
		seen.add(member);
		for (const other of members) if (other.name !== "" && member.needs.includes(other.name)) visit(other);
		if (gate === "build" || held.includes(member)) done.push(member);
	};
	for (const member of held) visit(member);
	return done;
}
/** Members that others import from files that only a build makes. They come before the types and tests of those others. */
function unbuilt(listing, { members, packages }, steps) {
	return inOrder(members, members.filter(({ directory }) => steps.some((each) => each.directory === directory)), "build").filter((member) => members.some((user) => user !== member && member.name !== "" && user.needs.includes(member.name))).flatMap((member) => packages.filter((each) => each.directory === member.directory && isMadeByBuild(listing, each)));
}
function isMadeByBuild(listing, { directory, manifest }) {
	const { main, module, types, typings, exports } = manifest;
	return [
		main,
		module,
		types,
		typings,
		...textsIn(exports)
	].filter((each) => typeof each === "string").some((entry) => {
		if (entry.includes("*")) return false;
		const path = resolved(directory, entry);
		return path !== void 0 && ![
			"",
			".js",
			".cjs",
			".mjs",
			".json",
			".ts",
			"/index.js",
			"/index.ts"
		].some((end) => listing.files.has(`${path}${end}`));
	});
}
const textsIn = (value, depth = 0) => typeof value === "string" ? [value] : depth > 6 ? [] : Object.values(Array.isArray(value) ? value : tableOf(value)).flatMap((each) => textsIn(each, depth + 1));
const reason = ({ directory }, gate) => `${under(directory, "package.json")} has no script \`${SCRIPTS[gate].slice(0, 2).join("` or `")}\``;
/** Nx neither leaves a server behind nor asks a service for results of other commits. */
const NX = {
	NX_DAEMON: "false",
	NX_NO_CLOUD: "true",
	NX_TUI: "false"
};
/** Targets that plugins of Nx give to projects without writing them down. */
const INFERRED = {
	lint: [[/^@nx\/eslint\b/, "lint"]],
	types: [[/^@nx\/js\/typescript$/, "typecheck"]],
	tests: [[/^@nx\/(?:jest|vite|vitest)\b/, "test"]],
	build: [[/^@nx\/(?:vite|webpack|rollup|rspack|next|js\/typescript)\b/, "build"]]
};
/** The target of an Nx repository for a gate, if its package.json has no script for it. */
function nxTarget(listing, { directory, dependencies }, gate) {
	const settings = parseObject(listing.text(under(directory, "nx.json")));
	if (!settings || !("nx" in dependencies)) return void 0;
	const names = new Set(Object.keys(tableOf(settings.targetDefaults)));
	for (const file of filesBelow(listing, directory)) {
		if (nameOf$3(file) !== "project.json") continue;
		const project = parseObject(listing.text(under(directory, file)));
		for (const name of Object.keys(tableOf(project?.targets))) names.add(name);
	}
	const plugins = (Array.isArray(settings.plugins) ? settings.plugins : []).map((each) => typeof each === "string" ? each : String(tableOf(each).plugin));
	const inferred = INFERRED[gate].find(([plugin]) => plugins.some((name) => plugin.test(name)))?.[1];
	return SCRIPTS[gate].find((name) => names.has(name)) ?? inferred;
}
const ESLINT = /^(?:eslint\.config\.(?:[cm]?[jt]s)|\.eslintrc(?:\.[a-z]+)?)$/;
const SETTINGS$2 = {
	jest: /^jest\.config\.(?:[cm]?[jt]s|json)$/,
	vitest: /^vitest\.(?:config|workspace)\.[cm]?[jt]s$/
};
const TEST_FILE = /(?:[.-_](?:test|spec)\.[cm]?[jt]sx?|(?:^|\/)(?:__tests__|tests?|spec)\/.*\.[cm]?[jt]sx?)$/;
/** argv, after the program that runs programs of dependencies; or the reason why a configured tool does not run. */
function toolOf(listing, { root }, { directory, dependencies, manifest }, gate) {
	const has = (name) => listing.files.has(under(directory, name));
	const needs = (name) => name in dependencies || name in root.dependencies;
	const lacks = (tool) => `${tool} is configured${directory === "" ? "" : ` in ${directory}`}, but no package.json depends on it`;
	switch (gate) {
		case "lint": {
			const isBiome = has("biome.json") || has("biome.jsonc");
			if (isBiome && needs("@biomejs/biome")) return [
				"biome",
				"ci",
				"."
			];
			const isEslint = manifest.eslintConfig !== void 0 || hasFile(listing, directory, ESLINT);
			if (isEslint && needs("eslint")) return ["eslint", "."];
			if (has(".oxlintrc.json") && needs("oxlint")) return ["oxlint"];
			const [other] = ["standard", "xo"].filter(needs);
			if (other !== void 0) return [other];
			return isBiome ? lacks("biome") : isEslint ? lacks("eslint") : has(".oxlintrc.json") ? lacks("oxlint") : void 0;
		}
		case "types":
			if (!has("tsconfig.json")) return void 0;
			return needs("typescript") ? typesOf$1(listing, directory) : lacks("tsc");
		case "tests": {
			const run = needs("vitest") ? ["vitest", "run"] : needs("jest") ? ["jest"] : needs("mocha") ? ["mocha"] : void 0;
			if (run) return filesBelow(listing, directory).some((file) => TEST_FILE.test(file)) ? run : void 0;
			if (manifest.jest !== void 0 || hasFile(listing, directory, SETTINGS$2.jest)) return lacks("jest");
			return hasFile(listing, directory, SETTINGS$2.vitest) ? lacks("vitest") : void 0;
		}
		case "build": return;
	}
}
/** A tsconfig that only refers to others checks nothing of its own, and exits with 0. */
function typesOf$1(listing, directory) {
	const text = listing.text(under(directory, "tsconfig.json")) ?? "";
	return /"references"\s*:/.test(text) && /"files"\s*:\s*\[\s*\]/.test(text) ? [
		"tsc",
		"-b",
		"--noEmit"
	] : [
		"tsc",
		"--noEmit",
		"-p",
		"."
	];
}
function hasFile(listing, directory, name) {
	for (const file of listing.files) {
		if (!isWithin(file, directory)) continue;
		const own = directory === "" ? file : file.slice(directory.length + 1);
		if (name.test(own)) return true;
	}
	return false;
}

// src/gates/jvm.ts
/**
* Java and other JVM languages: Maven and Gradle, through the repository's own wrapper if it has one. The compiler is the
* gate for types. A linter runs if the build configures its plugin.
*/
const MANIFESTS$4 = /(?:^|\/)(?:pom\.xml|(?:settings|build)\.gradle(?:\.kts)?)$/;
const COMPILED$1 = "the compiler checks types in the build";
const NO_AUDIT = {
	kind: "not applicable",
	why: "Java’s build tools include no audit of dependencies; set gates.security.run in .github/swarm.yml"
};
/** The wrapper of a project is a shell script. Some systems lose the bit that lets it be started. */
function wrapperOr(listing, directory, wrapper, program) {
	const file = under(directory, wrapper);
	if (!listing.files.has(file)) return [program];
	return listing.executable?.has(file) === false ? ["sh", `./${wrapper}`] : [`./${wrapper}`];
}
function findMaven(listing) {
	const places = directoriesWith(listing, "pom.xml");
	const poms = new Map(places.map((place) => [place, readPom(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		if (taken.has(place)) continue;
		const all = withModules(place, poms, taken);
		found.push(mavenWorkspace(listing, all));
	}
	return found;
}
/** The pom of a directory and, recursively, of the modules it names. */
function withModules(place, poms, taken) {
	const pom = poms.get(place);
	if (!pom || taken.has(place)) return [];
	taken.add(place);
	return [pom, ...pom.modules.flatMap((module) => withModules(resolved(place, module) ?? place, poms, taken))];
}
function readPom(listing, directory) {
	const text = without(listing.text(under(directory, "pom.xml")) ?? "", "<!--", "-->");
	let own = text;
	for (const part of [
		"parent",
		"dependencies",
		"dependencyManagement",
		"build",
		"profiles",
		"reporting"
	]) own = without(own, `<${part}>`, `</${part}>`);
	const [name = ""] = valuesOf(own, "artifactId");
	return {
		directory,
		text,
		name,
		modules: valuesOf(text, "module").map((module) => module.endsWith("pom.xml") ? directoryOf(module) : module),
		needs: valuesOf(text, "artifactId").filter((each) => each !== name)
	};
}
/** The text without everything between two marks. */
function without(text, from, to) {
	let left = "";
	let at = 0;
	for (;;) {
		const start = text.indexOf(from, at);
		const end = start < 0 ? -1 : text.indexOf(to, start);
		if (end < 0) return left + text.slice(at);
		left += text.slice(at, start);
		at = end + to.length;
	}
}
const valuesOf = (text, element) => text.split(`<${element}>`).slice(1).map((rest) => rest.slice(0, rest.indexOf("<")).trim()).filter((value) => value !== "");
function mavenWorkspace(listing, poms) {
	const [root] = poms;
	const directory = root?.directory ?? "";
	const program = wrapperOr(listing, directory, "mvnw", "mvn");
	const maven = (...run) => ({
		run: [
			...program,
			"-B",
			"-ntp",
			...run
		],
		directory
	});
	const members = poms.map(({ directory: place, name, needs }) => ({
		directory: place,
		name,
		needs
	}));
	const which = (held) => {
		if (held === "all" || poms.length === 1) return [];
		const modules = heldMembers({ members }, held).map((each) => relativeTo(directory, each.directory)).filter((place) => place !== "" && place !== directory);
		return modules.length > 0 ? [
			"--projects",
			modules.join(","),
			"--also-make"
		] : void 0;
	};
	const configures = (plugin) => poms.some(({ text }) => text.includes(`<artifactId>${plugin}</artifactId>`));
	const linters = [
		...configures("spotless-maven-plugin") ? ["spotless:check"] : [],
		...configures("maven-checkstyle-plugin") ? ["checkstyle:check"] : [],
		...configures("maven-pmd-plugin") ? ["pmd:check"] : [],
		...configures("detekt-maven-plugin") ? ["detekt:check"] : []
	];
	return {
		ecosystem: "Maven",
		directory,
		members,
		audit: NO_AUDIT,
		find(gate, held) {
			const modules = which(held);
			if (!modules) return {
				steps: [],
				without: []
			};
			switch (gate) {
				case "lint": return linters.length > 0 ? {
					steps: [maven(...linters, ...modules)],
					without: []
				} : none$3(`neither spotless, checkstyle, pmd nor detekt is in ${under(directory, "pom.xml")}`);
				case "types": return none$3(COMPILED$1);
				case "tests": return {
					steps: [maven("test", ...modules)],
					without: []
				};
				case "build": return {
					steps: [maven("package", "-DskipTests", ...modules)],
					without: []
				};
			}
		}
	};
}
const none$3 = (why) => ({
	steps: [],
	without: [why]
});
const SETTINGS_CHARS = 65536;
const SETTINGS$1 = ["settings.gradle", "settings.gradle.kts"];
const BUILDS = ["build.gradle", "build.gradle.kts"];
function findGradle(listing) {
	const places = directoriesWith(listing, /^(?:settings|build)\.gradle(?:\.kts)?$/);
	const found = [];
	const taken = [];
	for (const place of places) {
		if (taken.some((root) => isWithin(place, root))) continue;
		if (SETTINGS$1.some((name) => listing.files.has(under(place, name)))) taken.push(place);
		found.push(gradleWorkspace(listing, place));
	}
	return found;
}
const textOf$2 = (listing, directory, names) => names.map((name) => listing.text(under(directory, name)) ?? "").join("\n");
function gradleWorkspace(listing, directory) {
	const settings = textOf$2(listing, directory, SETTINGS$1);
	const parts = partsOf(listing, directory, settings);
	const program = wrapperOr(listing, directory, "gradlew", "gradle");
	const all = `${settings}\n${parts.map(({ text }) => text).join("\n")}`;
	const gradle = (tasks, held) => {
		const places = heldMembers({ members: parts }, held);
		const names = held === "all" || parts.length === 1 ? tasks : places.flatMap(({ directory: place }) => {
			const part = parts.find((each) => each.directory === place);
			return part === void 0 || part.path === "" ? [] : tasks.map((task) => `${part.path}:${task}`);
		});
		const run = [
			...program,
			"--console=plain",
			"--no-daemon",
			...names
		];
		return names.length > 0 ? {
			run,
			directory
		} : void 0;
	};
	const linters = [
		.../com\.diffplug\.(?:gradle\.)?spotless|\bspotless\s*\{/.test(all) ? ["spotlessCheck"] : [],
		.../\bcheckstyle\b/.test(all) ? ["checkstyleMain"] : [],
		.../\bdetekt\b/.test(all) ? ["detekt"] : [],
		.../org\.jlleitschuh\.gradle\.ktlint/.test(all) ? ["ktlintCheck"] : []
	];
	const steps = (step) => ({
		steps: step ? [step] : [],
		without: []
	});
	return {
		ecosystem: "Gradle",
		directory,
		members: parts,
		audit: NO_AUDIT,
		find(gate, held) {
			switch (gate) {
				case "lint": return linters.length > 0 ? steps(gradle(linters, "all")) : none$3(`neither spotless, checkstyle, detekt nor ktlint is in ${under(directory, "the Gradle build")}`);
				case "types": return none$3(COMPILED$1);
				case "tests": return steps(gradle(["test"], held));
				case "build": return steps(gradle(["assemble"], held));
			}
		}
	};
}
/** The builds that the settings include, as far as they are written out. If code computes them, there is one part. */
function partsOf(listing, directory, settings) {
	const lines = settings.replace(/\/\/.*$/gm, "").replace(/\s+/g, " ").slice(0, SETTINGS_CHARS);
	const places = /* @__PURE__ */ new Map();
	for (const call of lines.matchAll(/\binclude\b\s*\(?((?:\s*,?\s*['"][^'"\n]+['"])+)/g)) for (const [, name = ""] of (call[1] ?? "").matchAll(/['"]([^'"\n]+)['"]/g)) {
		const path = name.startsWith(":") ? name : `:${name}`;
		places.set(path, under(directory, path.slice(1).replaceAll(":", "/")));
	}
	for (const [, path = "", place = ""] of lines.matchAll(/project\(\s*['"]([^'"\n]+)['"]\s*\)\.projectDir\s*=\s*(?:new\s+File|file)\([^'"\n]*['"]([^'"\n]+)['"]/g)) places.set(path, resolved(directory, place) ?? directory);
	const inner = [...places].map(([path, place]) => {
		const text = textOf$2(listing, place, BUILDS);
		return {
			path,
			directory: place,
			name: path,
			needs: projectsIn(text),
			text
		};
	});
	return [{
		path: "",
		directory,
		name: ":",
		needs: [],
		text: textOf$2(listing, directory, BUILDS)
	}, ...inner];
}
/** `project(":core")`, and `projects.core.api` of the type-safe accessors. */
function projectsIn(text) {
	const named = [...text.matchAll(/\bproject\(\s*(?:path\s*[:=]\s*)?['"](:[^'"\n]+)['"]/g)].map(([, path = ""]) => path);
	const typed = [...text.matchAll(/\bprojects\.([\w.]+)/g)].map(([, path = ""]) => `:${path.replaceAll(".", ":").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
	return [...named, ...typed];
}

// src/gates/native.ts
/**
* Go and Rust: the toolchain's own checks are gates of every project; golangci-lint only where it is configured.
* The compiler is the gate for types.
*/
const MANIFESTS$3 = /(?:^|\/)(?:go\.mod|Cargo\.toml|\.gremlins\.yaml)$/;
const COMPILED = "the compiler checks types in the build";
function findGo(listing) {
	return directoriesWith(listing, "go.mod").map((directory) => {
		const mod = readMod(listing.text(under(directory, "go.mod")) ?? "", directory);
		const step = (...run) => ({
			run,
			directory
		});
		const isSet = ["", directory].some((place) => [
			".golangci.yml",
			".golangci.yaml",
			".golangci.toml",
			".golangci.json"
		].some((name) => listing.files.has(under(place, name))));
		const sums = ["go.mod", "go.sum"].map((name) => under(directory, name));
		return {
			ecosystem: "Go",
			directory,
			members: [{
				directory,
				name: mod.name,
				needs: mod.needs
			}],
			mutators: [mutatorOf(listing, directory, mod)],
			...mod.isAlone ? {} : { install: {
				steps: [step("go", "mod", "download")],
				after: sums
			} },
			audit: {
				kind: "audit",
				form: "govulncheck",
				step: step("govulncheck", "-format", "json", "./..."),
				after: sums
			},
			find(gate) {
				switch (gate) {
					case "lint": {
						const more = isSet ? [step("golangci-lint", "run")] : [];
						return {
							steps: [
								{
									...step("gofmt", "-l", "."),
									fails: "when it names files"
								},
								step("go", "vet", "./..."),
								...more
							],
							without: []
						};
					}
					case "types": return {
						steps: [],
						without: [COMPILED]
					};
					case "tests": return {
						steps: [step("go", "test", "./...")],
						without: []
					};
					case "build": return {
						steps: [step("go", "build", "-o", "/dev/null", "./...")],
						without: []
					};
				}
			}
		};
	});
}
const GREMLINS$1 = "github.com/go-gremlins/gremlins/cmd/gremlins";
/** Gremlins tests a copy of one module. It finds nothing outside of it. */
function mutatorOf(listing, directory, mod) {
	const shown = under(directory, "go.mod");
	if (listing.files.has("go.work")) return {
		kind: "none",
		directory,
		why: "gremlins cannot test a module that needs go.work"
	};
	if (mod.needs.some((name) => name.startsWith("dir:"))) return {
		kind: "none",
		directory,
		why: `gremlins cannot test a module with a local \`replace\` (${shown})`
	};
	const path = under(directory, ".gremlins.yaml");
	const text = listing.text(path);
	return {
		kind: "mutator",
		tool: "gremlins",
		directory,
		run: mod.tools.includes(GREMLINS$1) ? [
			"go",
			"tool",
			"gremlins"
		] : ["gremlins"],
		...text === void 0 ? {} : { settings: {
			path,
			text
		} }
	};
}
/** @see https://go.dev/ref/mod#go-mod-file */
function readMod(text, directory) {
	let name = "";
	let block = "";
	const needs = [];
	const tools = [];
	for (const raw of text.split("\n")) {
		const line = raw.replace(/\/\/.*$/, "").trim();
		if (line === ")") block = "";
		else if (line.endsWith("(")) block = line.slice(0, -1).trim();
		else if (line !== "") {
			const words = (block === "" ? line : `${block} ${line}`).split(/\s+/);
			if (words[0] === "module") name = (words[1] ?? "").replace(/^"|"$/g, "");
			if (words[0] === "require" && words[1] !== void 0) needs.push(words[1]);
			if (words[0] === "tool" && words[1] !== void 0) tools.push(words[1]);
			const target = words[0] === "replace" ? words[words.indexOf("=>") + 1] : void 0;
			const place = target?.startsWith(".") ? resolved(directory, target) : void 0;
			if (place !== void 0) needs.push(`dir:${place}`);
		}
	}
	return {
		name,
		needs,
		tools,
		isAlone: needs.length === 0
	};
}
function findRust(listing) {
	const places = directoriesWith(listing, "Cargo.toml");
	const crates = new Map(places.map((place) => [place, readCrate(listing, place)]));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		const own = crates.get(place);
		if (taken.has(place) || !own) continue;
		const workspace = tableOf(own.toml.workspace);
		const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
		const named = globbed(place, globs, places).filter((each) => !taken.has(each));
		const members = named.flatMap((each) => crates.get(each) ?? []);
		for (const each of [place, ...named]) taken.add(each);
		found.push(rustWorkspace(listing, own, members));
	}
	return found;
}
function readCrate(listing, directory) {
	let toml = {};
	try {
		toml = parse(listing.text(under(directory, "Cargo.toml")) ?? "");
	} catch {}
	const { name } = tableOf(toml.package);
	return {
		directory,
		toml,
		name: typeof name === "string" ? name : void 0
	};
}
function rustWorkspace(listing, root, inner) {
	const { directory } = root;
	const members = [root, ...inner].filter(({ name }) => name !== void 0).map((each) => ({
		directory: each.directory,
		name: each.name ?? "",
		needs: cratesNeeded(each)
	}));
	const lock = under(directory, "Cargo.lock");
	const isLocked = listing.files.has(lock);
	const locked = isLocked ? ["--locked"] : [];
	const manifests = [root, ...inner].map((each) => under(each.directory, "Cargo.toml"));
	const step = (...run) => ({
		run,
		directory
	});
	const which = (held) => {
		if (inner.length === 0) return [];
		if (held === "all") return ["--workspace"];
		const names = heldMembers({ members }, held).flatMap(({ name }) => ["--package", name]);
		return names.length > 0 ? names : void 0;
	};
	return {
		ecosystem: "Rust",
		directory,
		members: members.length > 0 ? members : [{
			directory,
			name: "",
			needs: []
		}],
		...isLocked ? { install: {
			steps: [step("cargo", "fetch", "--locked")],
			after: [...manifests, lock]
		} } : {},
		audit: isLocked ? {
			kind: "audit",
			form: "cargo-audit",
			step: step("cargo", "audit", "--json"),
			after: [lock]
		} : {
			kind: "not applicable",
			why: `no Cargo.lock next to ${under(directory, "Cargo.toml")}`
		},
		find(gate, held) {
			const packages = which(held);
			if (!packages) return {
				steps: [],
				without: []
			};
			switch (gate) {
				case "lint": {
					const fmt = [
						"cargo",
						"fmt",
						...held === "all" || inner.length === 0 ? ["--all"] : packages,
						"--check"
					];
					return {
						steps: [{
							...step(...fmt),
							lists: [
								...fmt,
								"--",
								"--files-with-diff"
							]
						}, step("cargo", "clippy", ...packages, "--all-targets", ...locked, "--", "-D", "warnings")],
						without: []
					};
				}
				case "types": return {
					steps: [],
					without: [COMPILED]
				};
				case "tests": return {
					steps: [step("cargo", "test", ...packages, ...locked)],
					without: []
				};
				case "build": return {
					steps: [step("cargo", "build", ...packages, ...locked)],
					without: []
				};
			}
		}
	};
}
/** By name, even if a dependency is renamed, and by path. */
function cratesNeeded({ directory, toml }) {
	return [toml, ...Object.values(tableOf(toml.target)).map(tableOf)].flatMap((table) => [
		"dependencies",
		"dev-dependencies",
		"build-dependencies"
	].map((key) => tableOf(table[key]))).flatMap((needed) => Object.entries(needed).flatMap(([name, how]) => {
		const { package: real, path } = tableOf(how);
		const place = typeof path === "string" ? resolved(directory, path) : void 0;
		return [typeof real === "string" ? real : name, ...place === void 0 ? [] : [`dir:${place}`]];
	}));
}

// src/gates/others.ts
/** .NET, Ruby, PHP and Elixir: found by their manifests, and always checked as a whole. */
const MANIFESTS$2 = /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|Directory\.(?:Build|Packages)\.(?:props|targets)|Gemfile|Gemfile\.lock|gems\.(?:rb|locked)|[^/]+\.gemspec|composer\.(?:json|lock)|mix\.exs)$/;
const some = (...steps) => ({
	steps,
	without: []
});
const none$2 = (why) => ({
	steps: [],
	without: [why]
});
const orNone = (steps, why) => steps.length > 0 ? some(...steps) : none$2(why);
const whole = (ecosystem, directory, { gates, ...rest }) => ({
	ecosystem,
	directory,
	members: [{
		directory,
		name: "",
		needs: []
	}],
	...rest,
	find: (gate) => gates[gate]
});
/** The outermost of nested directories. */
const outermost$1 = (places) => places.filter((place) => !places.some((other) => other !== place && isWithin(place, other)));
function findDotnet(listing) {
	const solutions = directoriesWith(listing, /\.slnx?$/);
	const alone = directoriesWith(listing, /\.(?:cs|fs|vb)proj$/).filter((place) => !solutions.some((root) => isWithin(place, root)));
	return outermost$1([...solutions, ...alone]).map((directory) => {
		const here = [...listing.files].filter((file) => directoryOf(file) === directory);
		const solved = here.filter((file) => /\.slnx?$/.test(file)).map(nameOf$3);
		const built = here.filter((file) => /\.(?:slnx?|(?:cs|fs|vb)proj)$/.test(file)).map(nameOf$3);
		const targets = built.length > 1 ? (solved.length > 0 ? solved : built).sort().map((name) => [name]) : [[]];
		const step = (...run) => ({
			run,
			directory,
			environment: DOTNET
		});
		/** A command for each solution. */
		const each = (run, ...options) => targets.map((target) => step("dotnet", ...run, ...target, ...options));
		const below = filesBelow(listing, directory);
		const lock = below.filter((file) => file.endsWith("packages.lock.json")).map((file) => under(directory, file));
		const sources = below.filter((file) => /\.(?:cs|fs|vb)proj$/.test(file)).map((file) => under(directory, file));
		const shared = below.filter((file) => /(?:^|\/)Directory\.Build\.(?:props|targets)$/.test(file));
		const hasTests = [...sources, ...shared.map((file) => under(directory, file))].some((file) => /(?:Include|Sdk|Update)="(?:Microsoft\.NET\.Test\.Sdk|TUnit|MSTest\.Sdk|xunit\.v3|MSTest)\b|<IsTestProject>\s*true/i.test(listing.text(file) ?? ""));
		const after = [...sources, ...lock];
		const isSet = ["", directory].some((place) => listing.files.has(under(place, ".editorconfig")));
		return whole(".NET", directory, {
			install: {
				steps: each(["restore"], ...lock.length > 0 ? ["--locked-mode"] : []),
				after
			},
			audit: {
				kind: "audit",
				form: "dotnet",
				step: step(...[
					"dotnet",
					"list",
					...targets[0] ?? [],
					"package"
				], ...[
					"--vulnerable",
					"--include-transitive",
					"--format",
					"json"
				]),
				prepare: each(["restore"]),
				after
			},
			gates: {
				lint: isSet ? some(...each(["format"], "--verify-no-changes", "--no-restore")) : none$2("no .editorconfig configures dotnet format"),
				types: none$2("the compiler checks types in the build"),
				tests: hasTests ? some(...each(["test"], "--no-restore", "--nologo")) : none$2("no project refers to Microsoft.NET.Test.Sdk"),
				build: some(...each(["build"], "--no-restore", "--nologo"))
			}
		});
	});
}
const DOTNET = {
	DOTNET_CLI_TELEMETRY_OPTOUT: "1",
	DOTNET_NOLOGO: "1",
	DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1"
};
function findRuby(listing) {
	return directoriesWith(listing, /^(?:Gemfile|gems\.rb)$/).map((directory) => {
		const has = (name) => listing.files.has(under(directory, name));
		const below = filesBelow(listing, directory);
		const [manifest, lock] = has("Gemfile") ? ["Gemfile", "Gemfile.lock"] : ["gems.rb", "gems.locked"];
		const gemspecs = below.filter((file) => /^[^/]+\.gemspec$/.test(file));
		const gems = [
			manifest,
			lock,
			...gemspecs
		].map((file) => listing.text(under(directory, file)) ?? "").join("\n");
		const needs = (name) => new RegExp(`(?:^[ \\t]*gem[ \\t(]+['"]|^ {2,6}|_dependency[ \\t(]+['"])${name}(?=['"\\s-]|$)`, "m").test(gems);
		const isLocked = has(lock);
		const environment = {
			BUNDLE_PATH: "vendor/bundle",
			...isLocked ? { BUNDLE_FROZEN: "true" } : {}
		};
		const bundle = (...run) => ({
			run: ["bundle", ...run],
			directory,
			environment
		});
		const after = [
			manifest,
			lock,
			...gemspecs
		].map((file) => under(directory, file));
		const lacks = (tool) => `${tool} is configured, but ${under(directory, manifest)} does not name it`;
		/** The first of these tools that is installed; otherwise the first that is only configured. */
		const first = (why, ...tools) => {
			const found = tools.find(([gem, isSet]) => isSet && needs(gem)) ?? tools.find(([gem]) => needs(gem) && gem !== "rake");
			if (found) return some(bundle("exec", ...found.slice(2).map(String)));
			const [only] = tools.find(([, isSet]) => isSet) ?? [];
			return none$2(only === void 0 ? why : lacks(only));
		};
		const specs = below.some((file) => /_spec\.rb$/.test(file));
		const hasTests = below.some((file) => /(?:^|\/)(?:(?:test|spec)_[^/]+|[^/]+_(?:test|spec))\.rb$/.test(file));
		const isRails = has("bin/rails") && below.some((file) => file.startsWith("test/"));
		const types = [...has("sorbet/config") && needs("sorbet") ? [bundle("exec", "srb", "tc")] : [], ...has("Steepfile") && needs("steep") ? [bundle("exec", "steep", "check")] : []];
		const onlySet = has("sorbet/config") ? lacks("sorbet") : has("Steepfile") ? lacks("steep") : void 0;
		const tests = needs("rspec") && (has(".rspec") || specs) ? some(bundle("exec", "rspec")) : isRails ? some(bundle("exec", "rails", "test")) : has("Rakefile") && hasTests ? some(bundle("exec", "rake", "test")) : none$2(has(".rspec") || specs ? lacks("rspec") : "there is neither rspec nor a Rakefile with tests");
		return whole("Ruby", directory, {
			install: {
				steps: [bundle("install")],
				after
			},
			audit: isLocked ? {
				kind: "audit",
				form: "bundler-audit",
				step: {
					run: [
						"bundle-audit",
						"check",
						"--update",
						"--format",
						"json"
					],
					directory
				},
				after
			} : {
				kind: "not applicable",
				why: `no ${lock} next to ${under(directory, manifest)}`
			},
			gates: {
				lint: first("neither rubocop nor standard is configured", [
					"rubocop",
					has(".rubocop.yml"),
					"rubocop"
				], [
					"standard",
					has(".standard.yml"),
					"standardrb"
				]),
				types: orNone(types, onlySet ?? "neither sorbet nor steep is configured"),
				tests,
				build: orNone(gemspecs.map((gemspec) => ({
					run: [
						"gem",
						"build",
						gemspec,
						"--output",
						"/dev/null"
					],
					directory
				})), "Ruby has nothing to build without a gemspec")
			}
		});
	});
}
function findPhp(listing) {
	return directoriesWith(listing, "composer.json").map((directory) => {
		const has = (...names) => names.some((name) => listing.files.has(under(directory, name)));
		const manifest = readJson(listing.text(under(directory, "composer.json")));
		const needs = {
			...textsOf$1(manifest.require),
			...textsOf$1(manifest["require-dev"])
		};
		const scripts = tableOf(manifest.scripts);
		const locked = new Set([...(listing.text(under(directory, "composer.lock")) ?? "").matchAll(/"name": "([\w./-]+)"/g)].map(([, name]) => name));
		const standards = Object.keys(needs).some((name) => /coding-standard|codesniffer|php-codesniffer/i.test(name));
		const installs = (name) => name in needs || locked.has(name) || name === "squizlabs/php_codesniffer" && standards;
		const lacking = {
			lint: [],
			types: [],
			tests: []
		};
		/** A tool that is configured runs if something installs it. */
		const tool = (gate, name, isSet, ...run) => {
			if (!isSet) return [];
			if (installs(name)) return [step(`${bin}/${run[0]}`, ...run.slice(1))];
			lacking[gate].push(`${run[0]} is configured, but ${under(directory, "composer.json")} does not require ${name}`);
			return [];
		};
		const place = tableOf(manifest.config)["bin-dir"];
		const bin = typeof place === "string" ? place.replace(/\/+$/, "") : "vendor/bin";
		const step = (...run) => ({
			run,
			directory
		});
		const script = (...names) => {
			const name = names.find((each) => scripts[each] !== void 0 && !onlyPrints(scripts[each]));
			return name === void 0 ? [] : [step("composer", "run-script", "--no-interaction", name)];
		};
		const after = ["composer.json", "composer.lock"].map((file) => under(directory, file));
		const isLocked = has("composer.lock");
		const lint = [
			...tool("lint", "laravel/pint", has("pint.json") || "laravel/pint" in needs, "pint", "--test"),
			...tool("lint", "friendsofphp/php-cs-fixer", has(".php-cs-fixer.php", ".php-cs-fixer.dist.php"), ...["php-cs-fixer", "check"]),
			...tool("lint", "squizlabs/php_codesniffer", has("phpcs.xml", "phpcs.xml.dist", ".phpcs.xml", ".phpcs.xml.dist"), "phpcs")
		];
		const types = [...tool("types", "phpstan/phpstan", has("phpstan.neon", "phpstan.neon.dist", "phpstan.dist.neon"), ...[
			"phpstan",
			"analyse",
			"--no-progress",
			"--error-format=raw"
		]), ...tool("types", "vimeo/psalm", has("psalm.xml", "psalm.xml.dist"), "psalm", "--no-progress")];
		const isPhpunit = has("phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml") || "phpunit/phpunit" in needs;
		const isBridge = "symfony/phpunit-bridge" in needs && !installs("phpunit/phpunit");
		const tests = "pestphp/pest" in needs ? [step(`${bin}/pest`, "--colors=never")] : isBridge && isPhpunit ? [step(`${bin}/simple-phpunit`, "--colors=never")] : "orchestra/testbench" in needs && isPhpunit ? [step(`${bin}/phpunit`, "--colors=never")] : tool("tests", "phpunit/phpunit", isPhpunit, "phpunit", "--colors=never");
		const why = (gate, usual) => lacking[gate].join("; ") || usual;
		const first = (...choices) => choices.find((each) => each.length > 0) ?? [];
		return whole("PHP", directory, {
			scripts: { [under(directory, "composer.json")]: scripts },
			install: {
				steps: [step("composer", "install", "--no-interaction", "--no-scripts", "--no-progress")],
				after
			},
			audit: isLocked ? {
				kind: "audit",
				form: "composer",
				step: step("composer", "audit", "--locked", "--no-dev", "--abandoned=ignore", "--format=json"),
				after
			} : {
				kind: "not applicable",
				why: `no composer.lock next to ${under(directory, "composer.json")}`
			},
			gates: {
				lint: orNone(first(script("lint", "cs", "cs:check", "check-style", "cs-check", "check:cs"), lint), why("lint", "neither pint, php-cs-fixer nor phpcs is configured")),
				types: orNone(first(script("types", "phpstan", "analyse", "analyze", "stan", "psalm", "static-analysis"), types), why("types", "neither phpstan nor psalm is configured")),
				tests: orNone(first(script("test", "tests", "test:unit", "phpunit"), tests), why("tests", "neither phpunit nor pest is configured")),
				build: none$2("PHP has nothing to build")
			}
		});
	});
}
/** A script of Composer is a command or a list of them. */
const onlyPrints = (script) => [script].flat().every((each) => typeof each === "string" && doesNothing(each));
function readJson(text) {
	try {
		return tableOf(JSON.parse(text ?? "{}"));
	} catch {
		return {};
	}
}
/** Mix fetches packages and builds Erlang with programs that it keeps in the home directory. A gate has its own. */
const BOOTSTRAP = [[
	"local.hex",
	"--force",
	"--if-missing"
], [
	"local.rebar",
	"--force",
	"--if-missing"
]];
function findElixir(listing) {
	return outermost$1(directoriesWith(listing, "mix.exs")).map((directory) => {
		const has = (name) => listing.files.has(under(directory, name));
		const mix = (...run) => ({
			run: ["mix", ...run],
			directory
		});
		const test = (...run) => ({
			...mix(...run),
			environment: { MIX_ENV: "test" }
		});
		const text = filesBelow(listing, directory).filter((file) => file === "mix.exs" || file.endsWith("/mix.exs")).map((file) => listing.text(under(directory, file)) ?? "").join("\n");
		const needs = (name) => text.includes(`{:${name},`);
		const isLocked = has("mix.lock");
		const needsDependencies = isLocked || /\{:\w+,/.test(text);
		const after = ["mix.exs", "mix.lock"].map((file) => under(directory, file));
		const lint = [...has(".formatter.exs") ? [mix("format", "--check-formatted")] : [], ...needs("credo") ? [mix("credo")] : []];
		return whole("Elixir", directory, {
			...needsDependencies ? { install: {
				steps: [...BOOTSTRAP.map((run) => mix(...run)), mix("deps.get", ...isLocked ? ["--check-locked"] : [])],
				after
			} } : {},
			audit: isLocked && needs("mix_audit") ? {
				kind: "audit",
				form: "mix_audit",
				step: mix("deps.audit", "--format", "json"),
				after
			} : {
				kind: "not applicable",
				why: "mix_audit is not a dependency"
			},
			gates: {
				lint: orNone(lint, "there is neither .formatter.exs nor credo"),
				types: needs("dialyxir") ? some(mix("dialyzer")) : none$2("dialyxir is not a dependency"),
				tests: some(test("test")),
				build: some(mix("compile", "--warnings-as-errors"))
			}
		});
	});
}

// src/gates/python/project.ts
/**
* What the files of a Python project say: its requirements, by the place that lists them, its development tools, and the
* tasks that tox, nox, hatch, PDM, Pipenv and Poe define.
*
* Nothing is executed. A `setup.py` and a `noxfile.py` are read only as far as they are written out.
*/
const MANIFESTS$1 = /(?:^|\/)(?:pyproject\.toml|hatch\.toml|setup\.(?:cfg|py)|manage\.py|noxfile\.py|tox\.(?:ini|toml)|(?:uv|poetry|pdm)\.lock|pytest\.ini|Pipfile|[\w.-]*(?:requirements|reqs)[\w.-]*\.txt|(?:requirements|reqs)\/[\w.-]+\.txt)$|^\.pre-commit-config\.yaml$/;
/** A file with one of these names makes a directory a project. */
const PROJECT = /^(?:pyproject\.toml|setup\.py|setup\.cfg|requirements(?:[-_.]\w+)?\.txt|Pipfile)$/;
/** Names of extras, groups and files for work on a project. */
const WORK = /^(?:dev|develop|development|devel|test|tests|testing|unittests?|lint|linting|style|types|typing|typecheck|check|checks|ci|qa|quality)$/i;
/** Programs that a gate can start. A group that holds one is for work on the project, whatever its name is. */
const TOOLS$1 = /* @__PURE__ */ new Set([
	"ruff",
	"flake8",
	"black",
	"mypy",
	"pyright",
	"basedpyright",
	"coverage",
	"poethepoet"
]);
const isTool = (name) => TOOLS$1.has(name) || name === "pytest" || name.startsWith("pytest-");
/** Names of groups or extras that have to be installed for work on the project. */
const forWork = (groups) => Object.keys(groups).filter((name) => WORK.test(name) || groups[name]?.some((each) => isTool(nameIn(each))));
/** True for a directory with a project, not for a directory of a project in which requirements are kept. */
function isProject(listing, place) {
	const has = (name) => listing.files.has(under(place, name));
	if ([
		"pyproject.toml",
		"setup.py",
		"Pipfile"
	].some(has)) return true;
	if (place !== "" && !has("setup.cfg") && /^(?:tests?|testing|requirements|reqs|ci)$/.test(nameOf$3(place))) {
		const parent = directoryOf(place);
		for (const file of listing.files) if (directoryOf(file) === parent && PROJECT.test(nameOf$3(file))) return false;
	}
	return filesBelow(listing, place).some((file) => file.endsWith(".py"));
}
/** The name of `requests[socks] >= 2; python_version < "4"`, as the index compares names. */
const nameIn = (requirement) => (/^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? "").toLowerCase().replace(/[._]/g, "-");
function readPackage(listing, directory, places) {
	const read = (file) => listing.text(under(directory, file));
	const toml = readToml(read("pyproject.toml"));
	const project = tableOf(toml.project);
	const tool = tableOf(toml.tool);
	const poetry = tableOf(tool.poetry);
	const setupCfg = readIni(read("setup.cfg") ?? "");
	const setupPy = read("setup.py") ?? "";
	const legacyTox = tableOf(tool.tox).legacy_tox_ini;
	const pipfile = listing.files.has(under(directory, "Pipfile")) ? readToml(read("Pipfile")) : void 0;
	const groups = Object.fromEntries(Object.keys(tableOf(toml["dependency-groups"])).map((name) => [name, requirementsOf(tableOf(toml["dependency-groups"]), name, /* @__PURE__ */ new Set())]));
	const extras = {
		...literalLists(setupPy, "extras_require"),
		...linesBySection(setupCfg["options.extras_require"]),
		...Object.fromEntries(Object.entries(tableOf(poetry.extras)).map(([name, list]) => [name, listOf(list)])),
		...Object.fromEntries(Object.entries(tableOf(project["optional-dependencies"])).map(([name, list]) => [name, listOf(list)]))
	};
	const own = [
		...listOf(project.dependencies),
		...Object.keys(tableOf(poetry.dependencies)),
		...linesOf$1(setupCfg.options?.install_requires ?? ""),
		...literalList(setupPy, "install_requires")
	];
	const toolGroups = [
		...Object.entries(tableOf(poetry.group)).map(([name, group]) => ({
			name,
			requirements: Object.keys(tableOf(tableOf(group).dependencies)),
			optional: tableOf(group).optional === true
		})),
		{
			name: "dev",
			requirements: Object.keys(tableOf(poetry["dev-dependencies"])),
			optional: false
		},
		...Object.entries(tableOf(tableOf(tool.pdm)["dev-dependencies"])).map(([name, list]) => ({
			name,
			requirements: listOf(list),
			optional: false
		})),
		{
			name: "dev",
			requirements: listOf(tableOf(tool.uv)["dev-dependencies"]),
			optional: false
		}
	];
	const inner = places.filter((place) => place !== directory && isWithin(place, directory)).map((place) => relativeTo(directory, place));
	const files = filesBelow(listing, directory).filter((file) => !inner.some((place) => isWithin(file, place)));
	const { chosen, read: sources, required } = requirementsIn(files, read);
	const named = [...[
		own,
		required,
		["packages", "dev-packages"].flatMap((key) => Object.keys(tableOf(pipfile?.[key]))),
		...Object.values(groups),
		...Object.values(extras)
	], ...toolGroups.map(({ requirements }) => requirements)].flat();
	const paths = [...Object.values(tableOf(tableOf(tool.uv).sources)), ...Object.values(tableOf(poetry.dependencies))].flatMap((source) => {
		const { path } = tableOf(source);
		const place = typeof path === "string" ? resolved(directory, path) : void 0;
		return place === void 0 ? [] : [`dir:${place}`];
	});
	const name = [project.name, poetry.name].find((each) => typeof each === "string");
	return {
		directory,
		toml,
		tool,
		setupCfg,
		own,
		extras,
		groups,
		toolGroups,
		pipfile,
		paths,
		files,
		required,
		name: typeof name === "string" ? nameIn(name) : "",
		toxIni: readIni(read("tox.ini") ?? (typeof legacyTox === "string" ? legacyTox : "")),
		pytestIni: readIni(read("pytest.ini") ?? ""),
		isHashed: chosen.length > 0 && chosen.every((file) => (read(file) ?? "").includes("--hash=")),
		isPackage: toml["build-system"] !== void 0 || listing.files.has(under(directory, "setup.py")),
		requirementFiles: chosen,
		requirementSources: sources,
		locked: [
			"uv.lock",
			"poetry.lock",
			"pdm.lock"
		].flatMap((file) => [...(read(file) ?? "").matchAll(/^name = "([\w.-]{1,100})"/gm)].map(([, each = ""]) => nameIn(each))),
		needs: new Set(named.map(nameIn)),
		hooks: hooksIn(listing.text(".pre-commit-config.yaml") ?? "")
	};
}
function readToml(text) {
	if (text === void 0) return {};
	try {
		return parse(text);
	} catch {
		return {};
	}
}
function readIni(text) {
	const sections = Object.create(null);
	let section;
	let key;
	for (const line of text.split("\n")) {
		if (line.length > 2e3 || /^\s*(?:[#;]|$)/.test(line)) continue;
		const [, name] = /^\[([^\]]+)\]/.exec(line) ?? [];
		const at = line.search(/[=:]/);
		if (name !== void 0) {
			section = sections[name.trim()] ??= Object.create(null);
			key = void 0;
		} else if (section && /^\s/.test(line)) {
			if (key !== void 0) section[key] += `\n${line.trim()}`;
		} else if (section && at > 0) {
			key = line.slice(0, at).trim();
			section[key] = line.slice(at + 1).trim();
		}
	}
	return sections;
}
const linesOf$1 = (value) => value.split("\n").map((line) => line.replace(/\s#.*$/, "").trim()).filter((line) => line !== "");
const linesBySection = (section = {}) => Object.fromEntries(Object.entries(section).map(([name, value]) => [name, value.split(/[\n;]/).flatMap(linesOf$1)]));
/** The requirements of a PEP 735 group, with those of groups that it includes. */
function requirementsOf(groups, name, seen) {
	const entries = groups[name];
	if (!Array.isArray(entries) || seen.has(name)) return [];
	seen.add(name);
	return entries.flatMap((entry) => {
		if (typeof entry === "string") return [entry];
		const other = tableOf(entry)["include-group"];
		return typeof other === "string" ? requirementsOf(groups, other, seen) : [];
	});
}
/** No setup.py that people write lists more. */
const LITERAL_CHARS = 1e4;
/** `install_requires=['a', "b"]` in Python, as far as it is written out. */
function literalList(text, keyword) {
	const [, list = ""] = text.slice(0, LITERAL_CHARS * 10).split(new RegExp(`\\b${keyword}\\s*=\\s*\\[`), 2);
	return stringsIn(list.slice(0, Math.max(0, list.search(/\]\s*(?:,|\)|$)/m))));
}
/** `extras_require={'test': ['pytest', "mypy"]}` in Python, as far as it is written out. */
function literalLists(text, keyword) {
	const [, table = ""] = text.slice(0, LITERAL_CHARS * 10).split(new RegExp(`\\b${keyword}\\s*=\\s*\\{`), 2);
	const lists = Object.create(null);
	let rest = table.slice(0, LITERAL_CHARS);
	for (;;) {
		const [all, name = ""] = /^[\s,]*['"]([\w.-]{1,100})['"]\s*:\s*[[(]/.exec(rest) ?? [];
		const end = all === void 0 ? -1 : rest.search(/[\])]\s*(?:,|\}|$)/);
		if (all === void 0 || end < 0) return lists;
		lists[name] = stringsIn(rest.slice(all.length, end));
		rest = rest.slice(end + 1);
	}
}
const stringsIn = (text) => [...text.matchAll(/(['"])([^'"\n]{1,200})\1/g)].map(([, , each = ""]) => each);
const REQUIREMENTS = /(?:^|[-_.])(?:requirements|reqs)(?=[-_.]|$)/i;
const BASE = /* @__PURE__ */ new Set([
	"",
	"base",
	"main",
	"common",
	"prod",
	"production"
]);
/** Files with requirements for running and for working on a project: by their names, or by the tools in them. */
function requirementsIn(files, read) {
	const purposeOf = (file) => {
		if (!file.endsWith(".txt")) return void 0;
		const place = directoryOf(file);
		const name = nameOf$3(file).slice(0, -4);
		if (/^(?:requirements|reqs)$/.test(place)) return name.replace(REQUIREMENTS, "").replace(/^[-_.]/, "");
		if (!(place === "" || /^(?:tests?|testing|ci)$/.test(place)) || !REQUIREMENTS.test(name)) return void 0;
		const rest = name.replace(REQUIREMENTS, "").replace(/^[-_.]|[-_.]$/g, "");
		return rest === "" && place !== "" ? place : rest;
	};
	const found = /* @__PURE__ */ new Map();
	for (const file of files) {
		const purpose = purposeOf(file);
		if (purpose !== void 0) found.set(file, purpose);
	}
	const wanted = [...found].filter(([file, purpose]) => BASE.has(purpose) || purpose.split(/[-_.]/).some((word) => WORK.test(word)) || namesIn(file, read, /* @__PURE__ */ new Set()).some((each) => isTool(nameIn(each))));
	const included = new Set(wanted.flatMap(([file]) => includesOf(file, read(file) ?? "")));
	const rank = (purpose) => BASE.has(purpose) ? 0 : 1;
	const chosen = wanted.filter(([file]) => !included.has(file)).sort(([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1)).map(([file]) => file);
	const seen = /* @__PURE__ */ new Set();
	const required = chosen.flatMap((file) => namesIn(file, read, seen));
	return {
		chosen,
		read: [...seen],
		required
	};
}
/** Files that `-r other.txt` names, relative to the project. */
const includesOf = (file, text) => text.split("\n").flatMap((line) => {
	const [, name] = /^\s*(?:-r|--requirement)[\s=]+(\S+)/.exec(line) ?? [];
	return name === void 0 ? [] : resolved(directoryOf(file), name) ?? [];
});
function namesIn(file, read, seen) {
	if (seen.has(file)) return [];
	seen.add(file);
	const text = read(file) ?? "";
	return [...text.split("\n").filter((line) => !/^\s*(?:#|-|$)/.test(line)), ...includesOf(file, text).flatMap((each) => namesIn(each, read, seen))];
}
const HOOKS = {
	ruff: /\/ruff-pre-commit(?:\.git)?$/,
	black: /\/black(?:-pre-commit-mirror)?(?:\.git)?$/,
	flake8: /\/flake8(?:\.git)?$/
};
/** Arguments that let a hook change files, or hide what it says. */
const NOT_FOR_GATES = /^(?:--fix|--unsafe-fixes|--show-fixes|--exit-\S+|--diff|--quiet|-q|--safe)(?:=.*)?$/;
/** Hooks that run on a part of the files, or with more packages, cannot be run without pre-commit. */
const hooksIn = oncePerText((text) => {
	const found = /* @__PURE__ */ new Map();
	const yaml = readYaml(text, {
		maxBytes: YAML_BYTES,
		aliases: "share"
	});
	if (yaml.kind !== "read") return found;
	const config = tableOf(yaml.value);
	if (config.exclude !== void 0 || config.files !== void 0) return found;
	for (const each of Array.isArray(config.repos) ? config.repos.map(tableOf) : []) {
		const { repo, rev } = each;
		const tool = Object.keys(HOOKS).find((name) => typeof repo === "string" && HOOKS[name]?.test(repo));
		const [, version] = /^v?(\d[\w.]*)$/.exec(typeof rev === "string" ? rev : "") ?? [];
		const hooks = Array.isArray(each.hooks) ? each.hooks.map(tableOf) : [];
		const isPartial = hooks.some((hook) => [
			"files",
			"exclude",
			"types",
			"types_or",
			"additional_dependencies",
			"stages"
		].some((key) => hook[key] !== void 0));
		if (tool === void 0 || version === void 0 || isPartial || hooks.length === 0) continue;
		const args = listOf(hooks[0]?.args).filter((arg) => !NOT_FOR_GATES.test(arg));
		found.set(tool, {
			version,
			args,
			ids: new Set(hooks.map(({ id }) => String(id)))
		});
	}
	return found;
});

// src/gates/python/install.ts
/**
* How the packages of a Python project are installed, and how its tools are started then.
*
* A tool that is configured is not always installed: many projects leave that to tox, to pre-commit, or to each developer.
* So the requirements that an install brings are known here. For a tool that is not among them there is a version that
* pre-commit pins, or the machine's own; without either the gate is not applicable, and says so.
*/
/** For projects that are tested with pytest, and leave it to each developer to install it. */
const PYTEST = "8.4.2";
/** @param testsElsewhere a tool with environments of its own runs the tests, so pytest is not needed here. */
function benchOf(has, root, packages, testsElsewhere) {
	const program = programOf$1(has, root);
	const plan = PLANS[program](has, root, packages);
	const installed = /* @__PURE__ */ new Set([...plan.brings.map(nameIn), ...root.locked]);
	const beside = /* @__PURE__ */ new Map();
	if (program === "pip" || program === "uv") {
		if (!testsElsewhere && packages.some(testsWithPytest) && !carries(installed, "pytest") && !needsPlugin(root)) beside.set("pytest", PYTEST);
		for (const [tool, { version }] of root.hooks) if (!carries(installed, tool)) beside.set(tool, version);
	}
	const bench = {
		program,
		root,
		packages,
		installed,
		beside
	};
	const steps = program === "pip" ? byPip(plan.steps, beside) : plan.steps;
	if (steps.length === 0) return bench;
	const { directory } = root;
	const environment = ENVIRONMENTS$1[program];
	return {
		...bench,
		install: {
			steps: steps.map((run) => ({
				run,
				directory,
				...environment ? { environment } : {}
			})),
			after: [.../* @__PURE__ */ new Set([...plan.manifests, ...plan.after.map((file) => under(directory, file))])]
		}
	};
}
/** Pip installs into an environment of its own. If it has nothing to install but tools, packages of the machine are visible. */
function byPip(steps, beside) {
	if (steps.length === 0 && beside.size === 0) return [];
	const tools = [...beside].map(([tool, version]) => `${tool}==${version}`);
	return [
		[
			"python3",
			"-m",
			"venv",
			...steps.length === 0 ? ["--system-site-packages"] : [],
			".venv"
		],
		...steps,
		...tools.length > 0 ? [[...PIP, ...tools]] : []
	];
}
/** Requirements that bring another one with them: plugins. */
const carries = (installed, tool) => installed.has(tool) || (tool === "pytest" || tool === "flake8") && [...installed].some((name) => name.startsWith(`${tool}-`));
/** The settings name an option of a plugin, and nothing installs the plugin. */
const needsPlugin = (each) => /--(?:cov|numprocesses|asyncio|ds|benchmark|doctest-plus|mypy|flake8|timeout)\b|(?:^|\s)-n[\s=\d]/.test(pytestOptions(each));
function pytestOptions({ tool, setupCfg, toxIni, pytestIni }) {
	const { addopts } = tableOf(tableOf(tool.pytest).ini_options);
	const ini = [
		pytestIni.pytest,
		toxIni.pytest,
		setupCfg["tool:pytest"]
	].map((section) => section?.addopts ?? "");
	return [...Array.isArray(addopts) ? addopts : [addopts ?? ""], ...ini].join(" ");
}
const testsWithPytest = ({ tool, needs, setupCfg, toxIni, files }) => tool.pytest !== void 0 || needs.has("pytest") || setupCfg["tool:pytest"] !== void 0 || toxIni.pytest !== void 0 || files.some((file) => /^\.?pytest\.(?:ini|toml)$|^conftest\.py$/.test(nameOf$3(file)));
/** Starts a program that is installed for the project. */
function ofProject({ program, install, beside }, name, rest = []) {
	const version = beside.get(name);
	switch (program) {
		case "uv": return [
			"uv",
			"run",
			"--no-sync",
			...version === void 0 ? [] : ["--with", `${name}==${version}`],
			name,
			...rest
		];
		case "poetry":
		case "pdm":
		case "pipenv": return [
			program,
			"run",
			name,
			...rest
		];
		case "pip": return [install ? `.venv/bin/${name}` : name === "python" ? "python3" : name, ...rest];
	}
}
/**
* Starts a tool that the project configures. If nothing installs it, it may be on the machine, and the step says so.
*
* @param tool a program that has the name of its package.
*/
function startTool(bench, each, tool, rest) {
	const { directory } = each;
	if (carries(bench.installed, tool) || bench.beside.has(tool)) return {
		run: ofProject(bench, tool, rest),
		directory
	};
	return {
		run: [
			tool,
			...each === bench.root && bench.install ? SEES_PROJECT[tool] ?? [] : [],
			...rest
		],
		directory,
		ifThere: `${tool} is configured${directory === "" ? "" : ` in ${directory}`}, but nothing installs it`
	};
}
/** Arguments with which a tool of the machine sees the packages of the project. */
const SEES_PROJECT = {
	mypy: ["--python-executable", ".venv/bin/python"],
	pyright: ["--pythonpath", ".venv/bin/python"]
};
function programOf$1(has, { tool, toml, pipfile }) {
	const backend = String(tableOf(toml["build-system"])["build-backend"] ?? "");
	if (has("uv.lock")) return "uv";
	if (has("poetry.lock")) return "poetry";
	if (has("pdm.lock")) return "pdm";
	if (pipfile) return "pipenv";
	if (toml["build-system"] !== void 0 && (tableOf(tool.poetry).name !== void 0 || backend.startsWith("poetry"))) return "poetry";
	return tableOf(tool.pdm)["dev-dependencies"] !== void 0 || tableOf(tool.pdm).scripts !== void 0 ? "pdm" : "pip";
}
const ENVIRONMENTS$1 = {
	poetry: { POETRY_VIRTUALENVS_IN_PROJECT: "true" },
	pdm: {
		PDM_CHECK_UPDATE: "false",
		PDM_VENV_IN_PROJECT: "true"
	},
	pipenv: {
		PIPENV_VENV_IN_PROJECT: "1",
		PIPENV_NOSPIN: "1",
		PIPENV_YES: "1"
	}
};
const PIP = [
	".venv/bin/python",
	"-m",
	"pip",
	"install",
	"--disable-pip-version-check",
	"--quiet"
];
const of = (groups, names) => names.flatMap((name) => groups[name] ?? []);
const PLANS = {
	uv(_, root, packages) {
		const settings = tableOf(root.tool.uv);
		const conflicts = new Set((Array.isArray(settings.conflicts) ? settings.conflicts.flat() : []).flatMap((each) => {
			const { extra, group } = tableOf(each);
			return [extra, group];
		}));
		const usual = settings["default-groups"] === "all" ? Object.keys(root.groups) : listOf(settings["default-groups"]);
		const standard = settings["default-groups"] === void 0 ? ["dev"] : usual;
		const extras = forWork(root.extras).filter((name) => !conflicts.has(name));
		const groups = forWork(root.groups).filter((name) => !standard.includes(name) && !conflicts.has(name));
		return {
			steps: [[
				"uv",
				"sync",
				"--locked",
				...[
					...packages.length > 1 ? ["--all-packages"] : [],
					...extras.flatMap((name) => ["--extra", name]),
					...groups.flatMap((name) => ["--group", name])
				]
			]],
			brings: [
				...packages.flatMap((each) => [
					...each.own,
					...of(each.groups, standard),
					...developing(each)
				]),
				...of(root.extras, extras),
				...of(root.groups, groups)
			],
			after: ["uv.lock"],
			manifests: packages.map((each) => under(each.directory, "pyproject.toml"))
		};
	},
	poetry(_, root) {
		const extras = forWork(root.extras);
		const asked = root.toolGroups.filter(({ name, optional, requirements }) => optional && forWork({ [name]: requirements }).length > 0).map(({ name }) => name);
		return {
			steps: [[
				"poetry",
				"install",
				"--no-interaction",
				...[...extras.flatMap((name) => ["--extras", name]), ...asked.flatMap((name) => ["--with", name])]
			]],
			brings: [
				...root.own,
				...Object.values(root.groups).flat(),
				...root.toolGroups.flatMap((each) => !each.optional || asked.includes(each.name) ? each.requirements : []),
				...of(root.extras, extras)
			],
			after: ["pyproject.toml", "poetry.lock"],
			manifests: []
		};
	},
	pdm(has, root) {
		const extras = forWork(root.extras);
		return {
			steps: [[
				"pdm",
				"install",
				...has("pdm.lock") ? ["--check"] : ["--frozen-lockfile"],
				...extras.flatMap((name) => ["--group", name])
			]],
			brings: [
				...root.own,
				...Object.values(root.groups).flat(),
				...developing(root),
				...of(root.extras, extras)
			],
			after: ["pyproject.toml", "pdm.lock"],
			manifests: []
		};
	},
	pipenv(has, { pipfile = {} }) {
		return {
			steps: [[
				"pipenv",
				"install",
				"--dev",
				has("Pipfile.lock") ? "--deploy" : "--skip-lock"
			]],
			brings: ["packages", "dev-packages"].flatMap((key) => Object.keys(tableOf(pipfile[key]))),
			after: ["Pipfile", "Pipfile.lock"],
			manifests: []
		};
	},
	pip(_, root) {
		const { requirementFiles: files, isPackage, toml, isHashed } = root;
		const extras = forWork(root.extras);
		const loose = [
			...of(root.groups, forWork(root.groups)),
			...developing(root),
			...isPackage ? [] : [...listOf(tableOf(toml.project).dependencies), ...of(root.extras, extras)]
		];
		const rest = [...isPackage ? ["--editable", extras.length > 0 ? `.[${extras.join(",")}]` : "."] : [], ...new Set(loose)];
		return {
			steps: [...files.length > 0 ? [[
				...PIP,
				...isHashed ? ["--require-hashes"] : [],
				...files.flatMap((file) => ["--requirement", file])
			]] : [], ...rest.length > 0 ? [[...PIP, ...rest]] : []],
			brings: [
				...root.required,
				...loose,
				...isPackage ? [...root.own, ...of(root.extras, extras)] : []
			],
			after: [
				...root.requirementSources,
				"pyproject.toml",
				"setup.py",
				"setup.cfg"
			],
			manifests: []
		};
	}
};
/** Requirements for development in the settings of a tool. */
const developing = ({ toolGroups }) => toolGroups.flatMap(({ requirements, optional }) => optional ? [] : requirements);

// src/gates/python/tasks.ts
/** The names under which a Python project runs its own gates: scripts of PDM, Pipenv, Poe and Hatch; tox and nox. */
const NAMES$1 = {
	...NAMES$2,
	types: [
		...NAMES$2.types,
		"typing",
		"mypy"
	],
	tests: ["test", "tests"]
};
/** Names of environments and sessions that are not names of tasks. */
const ENVIRONMENTS = {
	lint: [
		...NAMES$1.lint,
		"linters",
		"linting",
		"style",
		"ruff",
		"flake8",
		"pep8",
		"codestyle"
	],
	types: [
		...NAMES$1.types,
		"type_check",
		"type",
		"pyright"
	],
	tests: [
		...NAMES$1.tests,
		"unit",
		"unittest",
		"unittests",
		"unit-tests",
		"pytest"
	],
	build: []
};
/** @returns the program that runs named scripts in the project's own environment, and the name. */
function scriptOf({ tool, pipfile }, gate) {
	const runners = [
		["pdm", tableOf(tool.pdm).scripts],
		["pipenv", pipfile?.scripts],
		["poe", tableOf(tool.poe).tasks],
		["task", tableOf(tool.taskipy).tasks]
	];
	for (const [program, scripts] of runners) {
		const own = tableOf(scripts);
		const name = NAMES$1[gate].find((each) => own[each] !== void 0 && !isNothing(own[each]));
		if (name !== void 0) return [program, name];
	}
}
const isNothing = (script) => typeof script === "string" && doesNothing(script);
/** Scripts of Hatch: its users name their gates there. */
function hatchTask(listing, { directory, tool }, gate) {
	const file = under(directory, "hatch.toml");
	const settings = listing.files.has(file) ? readToml(listing.text(file)) : tableOf(tool.hatch);
	const environments = tableOf(settings.envs);
	const files = listing.files.has(file) ? [file] : [];
	for (const name of ["default", ...ENVIRONMENTS[gate]]) {
		const scripts = tableOf(tableOf(environments[name]).scripts);
		const script = (name === "default" ? NAMES$1[gate] : [
			...NAMES$1[gate],
			"check",
			"all",
			"run"
		]).find((each) => scripts[each] !== void 0 && !isNothing(scripts[each]));
		if (script === void 0) continue;
		return {
			run: [
				"hatch",
				"run",
				name === "default" ? script : `${name}:${script}`
			],
			install: [
				"hatch",
				"env",
				"create",
				name
			],
			files
		};
	}
	return gate === "tests" && environments["hatch-test"] !== void 0 ? {
		run: ["hatch", "test"],
		install: [
			"hatch",
			"env",
			"create",
			"hatch-test"
		],
		files
	} : void 0;
}
/** An environment of tox or a session of nox. They fetch tools of their own, so they can run what nothing else installs. */
function environmentTask(listing, each, gate) {
	const { directory } = each;
	const session = sessionOf(listing.text(under(directory, "noxfile.py")) ?? "", gate);
	if (session !== void 0) {
		const nox = [
			"nox",
			"--non-interactive",
			"--reuse-existing-virtualenvs",
			"--force-python",
			"python3"
		];
		return {
			run: [
				...nox,
				"--session",
				session
			],
			install: [
				...nox,
				"--install-only",
				"--session",
				session
			],
			files: [under(directory, "noxfile.py")]
		};
	}
	const environment = toxEnvironment(listing, each, gate);
	if (environment === void 0) return void 0;
	const tox = [
		"tox",
		"run",
		"-e",
		environment
	];
	const files = ["tox.ini", "tox.toml"].map((file) => under(directory, file)).filter((file) => listing.files.has(file));
	return {
		run: tox,
		install: [...tox, "--notest"],
		files
	};
}
function sessionOf(noxfile, gate) {
	const sessions = /* @__PURE__ */ new Map();
	for (const part of noxfile.split(/^@(?:nox\.)?session\b/m).slice(1)) {
		const [, own] = /^def (\w{1,100})\(/m.exec(part) ?? [];
		const head = own === void 0 ? "" : part.slice(0, part.indexOf(`def ${own}(`));
		const [, given] = /\bname\s*=\s*['"]([\w.-]{1,100})['"]/.exec(head) ?? [];
		const name = given ?? own;
		if (name !== void 0) sessions.set(name, part);
	}
	return ENVIRONMENTS[gate].find((name) => runsHere(sessions.get(name)));
}
/** Pre-commit fetches its hooks from other repositories, which gates cannot reach. */
const runsHere = (commands) => commands !== void 0 && commands.trim() !== "" && !/\bpre-?commit\b/.test(commands);
function toxEnvironment(listing, { directory, tool, toxIni, setupCfg }, gate) {
	const file = under(directory, "tox.toml");
	const settings = listing.files.has(file) ? readToml(listing.text(file)) : tableOf(tool.tox);
	const inToml = tableOf(settings.env);
	const ini = setupCfg["tox:tox"] ? setupCfg : toxIni;
	const commandsOf = (name) => ini[`testenv:${name}`]?.commands ?? textOf$1(tableOf(inToml[name]).commands);
	const own = ENVIRONMENTS[gate].find((name) => runsHere(commandsOf(name)));
	if (own !== void 0 || gate !== "tests") return own;
	const common = ini.testenv?.commands ?? textOf$1(tableOf(settings.env_run_base).commands);
	return runsHere(common) ? "py" : void 0;
}
const textOf$1 = (commands) => commands === void 0 ? void 0 : JSON.stringify(commands);

// src/gates/python.ts
/**
* Python: uv, Poetry, PDM, Pipenv, Hatch, tox, nox and pip; ruff, flake8 and black; mypy and pyright; pytest, Django's
* own runner and unittest.
*
* A tool runs if the repository configures it or depends on it. Packages are installed into `.venv` beside the manifest,
* where agents and people look for it, and never into the machine's own Python.
*/
function findPython(listing) {
	const places = directoriesWith(listing, PROJECT).filter((place) => isProject(listing, place));
	const taken = /* @__PURE__ */ new Set();
	const found = [];
	for (const place of places) {
		if (taken.has(place)) continue;
		const root = readPackage(listing, place, places);
		const workspace = tableOf(tableOf(root.tool.uv).workspace);
		const globs = [...listOf(workspace.members), ...listOf(workspace.exclude).map((glob) => `!${glob}`)];
		const members = globbed(place, globs, places).filter((each) => !taken.has(each));
		for (const each of [place, ...members]) taken.add(each);
		found.push(workspaceOf(listing, root, [root, ...members.map((each) => readPackage(listing, each, places))]));
	}
	return found;
}
function workspaceOf(listing, root, packages) {
	const has = (name) => listing.files.has(under(root.directory, name));
	const tasks = ownTasks(listing, root, packages);
	const bench = benchOf(has, root, packages, tasks.tests !== void 0);
	const projects = packages.filter((each) => each !== root || packages.length === 1 || root.toml.project !== void 0);
	const members = projects.map(({ directory, name, needs, paths }) => ({
		directory,
		name,
		needs: [...needs, ...paths]
	}));
	const place = {
		listing,
		bench,
		projects,
		members,
		tasks
	};
	const install = installOf(place);
	const definitions = Object.values(tasks).flatMap(({ files }) => files);
	return {
		ecosystem: "Python",
		directory: root.directory,
		members,
		...install ? { install } : {},
		...definitions.length > 0 ? { definitions: [...new Set(definitions)] } : {},
		audit: auditOf(listing, bench),
		mutators: [{
			kind: "mutator",
			tool: "cosmic-ray",
			directory: root.directory,
			run: bench.installed.has("cosmic-ray") ? ofProject(bench, "cosmic-ray") : ["cosmic-ray"]
		}],
		find: (gate, held) => findIn(place, gate, held)
	};
}
/** Tasks of Hatch; and of tox and nox where no requirement brings the tool of the gate. */
function ownTasks(listing, root, packages) {
	if (packages.length > 1) return {};
	const has = (name) => listing.files.has(under(root.directory, name));
	const { installed, program, beside } = benchOf(has, root, packages, true);
	const tasks = {};
	for (const gate of [
		"lint",
		"types",
		"tests"
	]) {
		if (scriptOf(root, gate)) continue;
		const task = hatchTask(listing, root, gate);
		if (task) tasks[gate] = task;
		if (task || program === "uv") continue;
		const other = TOOLS_OF[gate].some((tool) => installed.has(tool) || beside.has(tool)) ? void 0 : environmentTask(listing, root, gate);
		if (other) tasks[gate] = other;
	}
	return tasks;
}
const TOOLS_OF = {
	lint: [
		"ruff",
		"flake8",
		"black",
		"pylint"
	],
	types: [
		"mypy",
		"pyright",
		"basedpyright"
	],
	tests: ["pytest"]
};
function installOf({ bench, tasks, projects, members, listing }) {
	const { directory } = bench.root;
	const steps = Object.values(tasks).flatMap(({ install }) => install ? [{
		run: install,
		directory
	}] : []);
	if (steps.length === 0) return bench.install;
	const after = [
		"pyproject.toml",
		"setup.py",
		"setup.cfg",
		"hatch.toml",
		"tox.ini",
		"tox.toml",
		"noxfile.py"
	];
	const wanted = {
		listing,
		bench,
		projects,
		members,
		tasks
	};
	const others = [
		"lint",
		"types",
		"tests",
		"build"
	].some((gate) => findIn(wanted, gate, "all").steps.some(({ run, ifThere }) => ifThere === void 0 && isOfBench(bench, run))) ? bench.install : void 0;
	return {
		steps: [...others?.steps ?? [], ...steps],
		after: [.../* @__PURE__ */ new Set([...others?.after ?? [], ...after.map((file) => under(directory, file))])]
	};
}
const isOfBench = ({ program }, run) => program === "pip" ? run[0]?.startsWith(".venv/") === true : run[0] === program;
/** Directories of the held members, relative to the root; for the root itself, the usual source directories. */
function targetsOf({ bench: { root }, members }, held) {
	return heldMembers({ members }, held).flatMap(({ directory }) => directory === root.directory ? [
		"src",
		"tests",
		"test"
	].filter((name) => root.files.some((file) => file.startsWith(`${name}/`))) : [relativeTo(root.directory, directory)]);
}
const WITHOUT = {
	lint: "neither ruff, flake8 nor black is configured",
	types: "neither mypy nor pyright is configured",
	tests: "there is neither pytest nor a test*.py file",
	build: "Python has nothing to build"
};
const withoutOf = (gate, directory) => directory === "" ? WITHOUT[gate] : `${WITHOUT[gate]} in ${directory}`;
function findIn(place, gate, held) {
	const { bench, projects, members, tasks } = place;
	const { root, packages } = bench;
	const { directory } = root;
	const heldPlaces = new Set(heldMembers({ members }, held).map((each) => each.directory));
	const isRootHeld = held === "all" || heldPlaces.size > 0;
	const script = isRootHeld ? scriptOf(root, gate) : void 0;
	if (script) {
		const [program, name] = script;
		return {
			steps: [{
				run: program === "pdm" || program === "pipenv" ? [
					program,
					"run",
					name
				] : ofProject(bench, program, [name]),
				directory
			}],
			without: [],
			by: "its own script"
		};
	}
	const task = isRootHeld ? tasks[gate] : void 0;
	if (task) return {
		steps: [{
			run: task.run,
			directory
		}],
		without: []
	};
	if (packages.length > 1 && gate !== "build") {
		const steps = stepsFor(place, root, gate, held === "all" ? ["."] : targetsOf(place, held));
		if (typeof steps === "object" && steps.length > 0) return {
			steps,
			without: []
		};
	}
	const found = projects.filter((each) => heldPlaces.has(each.directory)).map((each) => stepsFor(place, each, gate, ["."]));
	const steps = found.flatMap((each) => typeof each === "string" ? [] : each);
	const without = found.filter((each) => typeof each === "string");
	return {
		steps,
		without: steps.length + without.length > 0 ? without : [withoutOf(gate, directory)]
	};
}
/**
* @param targets the directories that are checked, relative to the package.
* @returns the reason if a tool is configured that cannot run.
*/
function stepsFor(place, each, gate, targets) {
	const { bench } = place;
	const { program } = bench;
	const { directory, tool, toml } = each;
	const start = ([name = "", ...rest]) => startTool(bench, each, name, rest);
	switch (gate) {
		case "lint": return targets.length === 0 ? [] : lintersOf(each, targets).map(start);
		case "types": {
			const run = typesOf(each, targets);
			return run ? [start(run)] : [];
		}
		case "tests": {
			const some = targets.includes(".") ? [] : targets;
			const python = (directory, ...rest) => ({
				run: ofProject(bench, "python", rest),
				directory
			});
			if (testsWithPytest(each)) {
				const run = start([
					"pytest",
					"-q",
					...some
				]);
				if (run.ifThere !== void 0 && bench.install) return `${run.ifThere}, or a plugin that its settings need`;
				return targets.length === 0 ? [] : [run];
			}
			const isMember = each === bench.root && place.members.length > 1;
			const django = isMember ? void 0 : djangoOf(place.listing, each);
			if (django !== void 0) return [python(directory, django, "test", "--noinput")];
			const unittest = isMember ? void 0 : unittestOf(each);
			return unittest ? [python(directory, "-m", "unittest", "discover", ...unittest)] : [];
		}
		case "build":
			if (toml["build-system"] === void 0 || tableOf(tool.uv).package === false) return [];
			if (program === "uv") return [{
				run: ["uv", "build"],
				directory
			}];
			if (program === "poetry" && tableOf(tool.poetry)["package-mode"] !== false) return [{
				run: ["poetry", "build"],
				directory
			}];
			if (program === "pdm" && tableOf(tool.pdm).distribution !== false) return [{
				run: ["pdm", "build"],
				directory
			}];
			return bench.installed.has("build") ? [{
				run: ofProject(bench, "python", ["-m", "build"]),
				directory
			}] : [];
	}
}
function lintersOf(each, targets) {
	const { tool, files, needs, hooks, setupCfg, toxIni } = each;
	const runs = [];
	const hook = (name) => hooks.get(name)?.args ?? [];
	const ruff = tool.ruff !== void 0 || files.includes("ruff.toml") || files.includes(".ruff.toml");
	if (ruff || needs.has("ruff") || hooks.has("ruff")) {
		runs.push([
			"ruff",
			"check",
			...hook("ruff"),
			...targets
		]);
		if (tableOf(tool.ruff).format !== void 0 || hooks.get("ruff")?.ids.has("ruff-format")) runs.push([
			"ruff",
			"format",
			"--check",
			...targets
		]);
	}
	if (files.includes(".flake8") || setupCfg.flake8 !== void 0 || toxIni.flake8 !== void 0 || hooks.has("flake8") || needs.has("flake8") && runs.length === 0) runs.push([
		"flake8",
		"--extend-exclude",
		".venv",
		...hook("flake8"),
		...targets
	]);
	if (tool.black !== void 0 || hooks.has("black") || needs.has("black") && !ruff) runs.push([
		"black",
		"--check",
		...hook("black"),
		...targets
	]);
	return runs;
}
function typesOf(each, targets) {
	const { tool, files, needs, setupCfg, toxIni } = each;
	const mypy = tableOf(tool.mypy);
	const isMypy = tool.mypy !== void 0 || files.includes("mypy.ini") || files.includes(".mypy.ini");
	const section = setupCfg.mypy ?? toxIni.mypy;
	if (isMypy || section) return [
		"files",
		"packages",
		"modules"
	].some((key) => mypy[key] !== void 0 || section?.[key]) && targets.includes(".") ? ["mypy"] : withTargets("mypy", targets);
	if (tool.pyright !== void 0 || files.includes("pyrightconfig.json")) return ["pyright"];
	if (tool.basedpyright !== void 0) return ["basedpyright"];
	if (needs.has("mypy")) return withTargets("mypy", targets);
	return needs.has("pyright") ? ["pyright"] : void 0;
}
const withTargets = (program, targets) => targets.length === 0 ? void 0 : [program, ...targets];
/** The program that Django makes for each project, relative to the package. It knows the settings that its tests need. */
function djangoOf(listing, { directory, files }) {
	return files.filter((file) => nameOf$3(file) === "manage.py").sort((a, b) => a.length - b.length).find((file) => /\bdjango\b/.test(listing.text(under(directory, file)) ?? ""));
}
/** The directories that unittest starts in; undefined without any. A directory without `__init__.py` needs its own start. */
function unittestOf({ files }) {
	const tests = files.filter((file) => /^test[^/]*\.py$/.test(nameOf$3(file)));
	if (tests.length === 0) return void 0;
	const places = [...new Set(tests.map(directoryOf))];
	const [place = ""] = places;
	const isPackage = place === "" || files.includes(`${place}/__init__.py`);
	return places.length === 1 && !isPackage ? ["-s", place] : [];
}
function auditOf(listing, { program, root: { directory, requirementFiles: files } }) {
	const pipAudit = [
		"pip-audit",
		"--format",
		"json",
		"--progress-spinner",
		"off"
	];
	const audit = (run, after, prepare = []) => ({
		kind: "audit",
		form: "pip-audit",
		step: {
			run,
			directory
		},
		after: after.map((file) => under(directory, file)),
		...prepare.length > 0 ? { prepare } : {}
	});
	const list = "{scratch}/requirements.txt";
	const exact = [
		"--no-deps",
		"--disable-pip",
		"--requirement",
		list
	];
	const [lock, run] = {
		uv: ["uv.lock", [
			"uv",
			"export",
			"--frozen",
			"--no-dev",
			"--no-emit-workspace",
			"--no-hashes",
			"--quiet",
			"--output-file",
			list
		]],
		pdm: ["pdm.lock", [
			"pdm",
			"export",
			"--prod",
			"--without-hashes",
			"--output",
			list
		]]
	}[program] ?? [];
	if (lock !== void 0 && run && listing.files.has(under(directory, lock))) return audit([...pipAudit, ...exact], [lock], [{
		run,
		directory
	}]);
	if (files.length > 0) return audit([...pipAudit, ...files.flatMap((file) => ["--requirement", file])], files);
	return {
		kind: "not applicable",
		why: `nothing says exactly what ${under(directory, "pyproject.toml")} installs (no uv.lock, no requirements.txt)`
	};
}

// src/gates/find.ts
/**
* Finds the gates of a repository from its files and its config.
*
* Pure: it sees the names of all files, the texts of manifests, and the config. The order of authority is: the config;
* the repository's own tasks (scripts of package.json, targets of make and similar tools); a tool's default, if the
* repository configures the tool. A gate that is not found is not silently passed: it is `not applicable`, and the reason
* says what was searched for.
*
* The files are those of the base commit: a change cannot loosen the gates it is held to (R11.5). It can add gates: code
* for which the base has no gate is held to the gate that the change itself adds, so that the first code of an empty
* repository is tested too.
*/
/** The gate that runs only if the config names it. With a command of its own, it is a gate like those that users add. */
const MUTATION = "mutation";
const DEFAULT_MINUTES = 20;
/** Some mutants cannot be noticed, because they change nothing. Without room for them, an agent would try for ever. */
const DEFAULT_SURVIVORS = 20;
const [CONFIG_FILE] = CONFIG_FILES;
const MANIFESTS = [
	MANIFESTS$5,
	MANIFESTS$7,
	MANIFESTS$1,
	MANIFESTS$3,
	MANIFESTS$4,
	MANIFESTS$2,
	MANIFESTS$8
];
/** True for files that `findGates` needs the text of. */
const isManifest = (path) => MANIFESTS.some((each) => each.test(path)) && isProjectDirectory(directoryOf(path));
/** The largest manifest that is read: people do not write larger ones. */
const MANIFEST_BYTES = 524288;
/** @param change if given, only code that it touches, and all dependents of that code, are held to the gates. */
function findGates(base, choices, change) {
	const projects = projectsOf(base, change);
	const found = GATES.flatMap((gate) => {
		const own = builtIn(gate);
		const wanted = choices[MUTATION];
		if (gate !== "tests" || !wanted || wanted.off || wanted.run) return [own];
		return [own, mutation(wanted, projects, own)];
	});
	function builtIn(gate) {
		const choice = choices[gate] ?? {};
		if (choice.off) return notApplicable(gate, `switched off in ${CONFIG_FILE}`);
		if (gate === "scope") return {
			kind: "scope",
			gate
		};
		if (gate === "security") return security(choice, projects);
		if (choice.run) return configured(gate, choice.run, choice);
		return detected(gate, choice, projects);
	}
	const named = Object.entries(choices).filter(([gate]) => !found.some((each) => each.gate === gate) && gate !== "install").map(([gate, choice]) => choice.off ? notApplicable(gate, `switched off in ${CONFIG_FILE}`) : choice.run ? configured(gate, choice.run, choice) : notApplicable(gate, `${CONFIG_FILE} sets no \`run\` for it`));
	return {
		gates: [...found, ...named],
		projects: projects.held.map(({ workspace: { ecosystem, directory, members }, mark }) => ({
			ecosystem,
			directory,
			members: members.map((each) => each.directory),
			mark
		})),
		installs: installsOf(projects, choices, [...found, ...named]),
		meanings: meaningsOf(base, projects, found),
		hints: [...choices.install ? [] : hintsOf(projects.held.map(({ workspace }) => workspace)), ...notFetched(base)],
		executable: (change?.after ?? base).executable,
		files: (change?.after ?? base).files
	};
}
const notApplicable = (gate, why) => ({
	kind: "not applicable",
	gate,
	why
});
const timeoutMs = (choice) => (choice.timeoutMinutes ?? DEFAULT_MINUTES) * 6e4;
/** A command that the config names. */
const ownStep = (gate, run, { directory = "", environment = {} }) => ({
	run,
	directory,
	environment,
	from: `\`gates.${gate}.run\` in ${CONFIG_FILE}`
});
const configured = (gate, run, choice) => ({
	kind: "commands",
	gate,
	steps: [ownStep(gate, run, choice)],
	timeoutMs: timeoutMs(choice),
	without: []
});
const FINDERS = [
	findJavaScript,
	findDeno,
	findPython,
	findGo,
	findRust,
	findMaven,
	findGradle,
	findDotnet,
	findRuby,
	findPhp,
	findElixir
];
const workspacesOf = (listing, tasks) => FINDERS.flatMap((find) => find(listing)).filter((each) => isWorthIt(each, tasks));
/** Many repositories hold manifests for documentation or tools. Nothing is installed where nothing can be checked. */
const isWorthIt = (workspace, tasks) => workspace.directory === "" || FOUND_GATES.some((gate) => workspace.find(gate, "all").steps.length > 0 || tasks.get(workspace.directory)?.some((each) => each.task(gate) !== void 0));
function projectsOf(base, change) {
	const tasks = findTasks(base);
	const before = workspacesOf(base, tasks);
	if (!change) return {
		held: before.map((workspace) => ({
			workspace,
			held: "all",
			brought: /* @__PURE__ */ new Set(),
			mark: markIn(base, workspace)
		})),
		tasks,
		isAtRoot: before.some(({ directory }) => directory === ""),
		others: before.some(({ directory }) => directory === "") ? [] : otherBuilds(base)
	};
	const tasksAfter = findTasks(change.after);
	const after = workspacesOf(change.after, tasksAfter);
	const same = (a, b) => a.ecosystem === b.ecosystem && a.directory === b.directory;
	const own = before.filter(({ directory }) => hasFiles(change.after, directory)).map((workspace) => livingPart(workspace, change.after));
	const brought = after.filter((each) => !before.some((other) => same(each, other)));
	const all = [...own, ...brought];
	const holds = holdTo(all, change.changed);
	const tasksBrought = [...tasksAfter].filter(([directory]) => before.length === 0 && tasks.size === 0 ? true : directory !== "" && brought.some((each) => each.directory === directory));
	return {
		held: all.flatMap((workspace) => {
			const now = after.find((each) => same(each, workspace));
			const known = new Set(workspace.members.map(({ directory }) => directory));
			const added = new Set((now?.members ?? []).map(({ directory }) => directory).filter((each) => !known.has(each)));
			const held = holds.get(workspace) ?? "all";
			if (held !== "all" && held.size === 0 && added.size === 0) return [];
			return [{
				workspace,
				held,
				brought: added,
				mark: markIn(base, workspace) ?? markIn(change.after, workspace),
				...now && now !== workspace ? { after: now } : {}
			}];
		}),
		tasks: new Map([...tasksBrought, ...tasks]),
		isAtRoot: all.some(({ directory }) => directory === ""),
		others: all.some(({ directory }) => directory === "") ? [] : otherBuilds(base)
	};
}
const markIn = (listing, { ecosystem, directory }) => markOf(listing, ecosystem, directory);
const hasFiles = (listing, directory) => {
	for (const file of listing.files) if (isWithin(file, directory)) return true;
	return false;
};
/** Without members that have lost their directory: nothing can run there. */
function livingPart(workspace, after) {
	const gone = workspace.members.filter(({ directory }) => !hasFiles(after, directory));
	if (gone.length === 0) return workspace;
	const members = workspace.members.filter((each) => !gone.includes(each));
	const living = new Set(members.map(({ directory }) => directory));
	return {
		...workspace,
		members,
		find(gate, held) {
			const found = workspace.find(gate, held === "all" ? living : held);
			return {
				...found,
				steps: found.steps.filter(({ directory }) => hasFiles(after, directory))
			};
		}
	};
}
function detected(gate, choice, { held, tasks, isAtRoot, others }) {
	const isWanted = ({ directory }) => choice.directory === void 0 || isWithin(directory, choice.directory.replace(/\/+$/, ""));
	const taskAt = (directory) => {
		for (const { file, task } of tasks.get(directory) ?? []) {
			const run = task(gate);
			const from = `task \`${run?.at(-1) ?? ""}\` in ${file}`;
			if (run) return {
				run,
				directory,
				from,
				...pathOf(held, directory)
			};
		}
	};
	const steps = [];
	const without = [...others];
	const addUnreadable = (directory) => {
		for (const { unreadable } of tasks.get(directory) ?? []) if (unreadable !== void 0) without.push(unreadable);
	};
	const forAll = isAtRoot || choice.directory !== void 0 ? void 0 : taskAt("");
	if (forAll) {
		steps.push(forAll);
		without.length = 0;
	} else {
		if (!isAtRoot) addUnreadable("");
		const wanted = held.filter(({ workspace }) => isWanted(workspace));
		for (const project of wanted) {
			const found = foundIn(project, gate);
			const by = found.by ?? "usual";
			addUnreadable(project.workspace.directory);
			const task = found.by === void 0 ? taskAt(project.workspace.directory) : void 0;
			if (!task) {
				steps.push(...found.steps.map((step) => ({
					...step,
					from: step.from ?? reasonFor(project, by)
				})));
				without.push(...found.without);
			} else if (!steps.some((each) => sayStep(each) === sayStep(task))) steps.push(task);
		}
	}
	const timeout = timeoutMs(choice);
	const { environment } = choice;
	if (steps.length > 0) return {
		kind: "commands",
		gate,
		steps: environment ? steps.map((step) => withVariables(step, environment)) : steps,
		timeoutMs: timeout,
		without: [...new Set(without)]
	};
	const why = without.length > 0 ? shortList([...new Set(without)]) : reasonForNothing(held, choice);
	return notApplicable(gate, `${why}; set gates.${gate}.run in ${CONFIG_FILE}`);
}
/** A gate whose steps were left out where they were run; without any step it does not apply. */
function isNeeded(gate) {
	if (gate.steps.length > 0) return gate;
	const why = `${shortList([...new Set(gate.without)])}; install it, or set gates.${gate.gate}.run in ${CONFIG_FILE}`;
	return {
		kind: "not applicable",
		gate: gate.gate,
		why
	};
}
const withVariables = (step, more) => ({
	...step,
	environment: {
		...step.environment,
		...more
	}
});
function reasonForNothing(held, { directory }) {
	if (directory !== void 0) return `${directory} contains no project that swarm knows`;
	return held.length > 0 ? "the change touches no project that has this gate" : `there is no manifest of ${ECOSYSTEMS$1.slice(0, -1).join(", ")} or ${ECOSYSTEMS$1.at(-1) ?? ""}`;
}
const reasonFor = ({ workspace: { ecosystem }, mark }, what, by = mark) => `${what} for ${ecosystem}${by === void 0 ? "" : `, by ${by}`}`;
/** The base's steps, and the change's own for projects that it adds or that have none at the base. */
function foundIn({ workspace, held, after, brought }, gate) {
	const isHeld = held === "all" || held.size > 0;
	const found = isHeld ? workspace.find(gate, held) : {
		steps: [],
		without: []
	};
	if (!after) return found;
	if (found.steps.length === 0 && isHeld) {
		const own = after.find(gate, held === "all" ? "all" : /* @__PURE__ */ new Set([...held, ...brought]));
		return own.steps.length > 0 ? own : found;
	}
	if (brought.size === 0) return found;
	const more = after.find(gate, brought).steps.filter((step) => !found.steps.some((each) => sayStep(each) === sayStep(step)));
	return {
		...found,
		steps: [...found.steps, ...more]
	};
}
/** Programs that a task in a directory can call by their bare name. */
function pathOf(held, directory) {
	return held.some(({ workspace }) => workspace.ecosystem === "Python" && workspace.directory === directory) ? { path: [directory === "" ? ".venv/bin" : `${directory}/.venv/bin`] } : {};
}
function security(choice, { held }) {
	return {
		kind: "security",
		gate: "security",
		audits: choice.run ? [{
			kind: "audit",
			form: "exit code",
			step: ownStep("security", choice.run, choice),
			after: []
		}] : held.length === 0 ? [{
			kind: "not applicable",
			why: "there is no lock file with dependencies"
		}] : held.map(({ workspace, after }) => workspace.audit.kind === "not applicable" && after ? after.audit : workspace.audit),
		timeoutMs: timeoutMs(choice)
	};
}
/** The tests of a place are those steps of the gate `tests` that run in its workspace, or in a directory above it. */
function mutation(choice, { held }, tests) {
	if (tests.kind !== "commands") return notApplicable(MUTATION, "no gate runs tests");
	const places = [];
	const without = [];
	const { environment } = choice;
	for (const { workspace } of held) {
		if (!isWithin(workspace.directory, (choice.directory ?? "").replace(/\/+$/, ""))) continue;
		const steps = tests.steps.filter(({ directory }) => isWithin(directory, workspace.directory) || isWithin(workspace.directory, directory));
		if (!workspace.mutators) without.push(`swarm knows no mutation tool for ${workspace.ecosystem}`);
		else if (steps.length === 0) without.push(`no test runs in ${workspace.directory || "the root"}`);
		else for (const mutator of workspace.mutators) if (mutator.kind === "none") without.push(mutator.why);
		else places.push({
			mutator,
			tests: environment ? steps.map((step) => withVariables(step, environment)) : steps
		});
	}
	const reasons = [...new Set(without)];
	if (places.length === 0) return notApplicable(MUTATION, shortList(reasons) || reasonForNothing(held, choice));
	return {
		kind: "mutation",
		gate: MUTATION,
		places,
		survivors: choice.survivors ?? DEFAULT_SURVIVORS,
		timeoutMs: timeoutMs(choice),
		without: reasons
	};
}
/** What a project has to add before a gate can run at all. */
const lacksOf = (gates) => gates.flatMap((gate) => gate.kind === "mutation" ? gate.places.flatMap(({ mutator }) => mutator.lacks ?? []) : []);
function installsOf({ held }, { install }, gates) {
	if (install?.off) return [];
	if (install?.run) return [{
		steps: [ownStep("install", install.run, install)],
		after: held.flatMap(({ workspace }) => workspace.install?.after ?? []),
		isOwn: true
	}];
	if (!gates.some(({ kind }) => kind === "commands")) return [];
	return held.flatMap((project) => {
		const found = project.workspace.install ?? project.after?.install;
		if (!found) return [];
		const from = reasonFor(project, "usual", found.after.at(-1));
		return [{
			...found,
			steps: found.steps.map((step) => ({
				...step,
				from: step.from ?? from
			}))
		}];
	});
}
function meaningsOf(base, { held, tasks }, gates) {
	const scripts = Object.assign({}, ...held.map(({ workspace }) => workspace.scripts ?? {}));
	const texts = {};
	const definitions = held.flatMap(({ workspace }) => workspace.definitions ?? []);
	for (const file of [...[...tasks.values()].flat().map((each) => each.file), ...definitions]) {
		const text = base.text(file);
		if (text !== void 0) texts[file] = text;
	}
	for (const { mutator } of gates.flatMap((gate) => gate.kind === "mutation" ? gate.places : [])) if (mutator.settings) texts[mutator.settings.path] = mutator.settings.text;
	return {
		scripts,
		texts
	};
}
/** `npm run lint`, or `web: npm run lint` if it does not run at the root. */
const sayStep = ({ run, directory }) => directory === "" ? run.join(" ") : `${directory}: ${run.join(" ")}`;
/** A gate in one line, for people, with everything that it leaves out. */
function sayGate(gate) {
	switch (gate.kind) {
		case "commands": {
			const steps = gate.steps.map(sayStep).join("; ");
			return gate.without.length === 0 ? steps : `${steps} (but ${shortList(gate.without)})`;
		}
		case "not applicable": return gate.why;
		case "mutation": {
			const all = `${[...new Set(gate.places.map(({ mutator: { tool, directory } }) => sayTool(tool, directory)))].join(", ")} on the changed lines; at most ${gate.survivors} % of the mutants may survive`;
			return gate.without.length === 0 ? all : `${all} (but ${shortList(gate.without)})`;
		}
		case "scope": return "file scope, protected files, names, modes and sizes";
		case "security": return "secret scan of the change";
	}
}
const sayTool = (tool, directory) => directory === "" ? tool : `${tool} in ${directory}`;
const shortList = (reasons) => {
	const shown = reasons.slice(0, 3).join("; ");
	return reasons.length > 3 ? `${shown}; and ${reasons.length - 3} more` : shown;
};
/** Each command that an agent can run, with its gate. */
const commandsOf = (gates) => gates.flatMap((gate) => gate.kind === "commands" ? gate.steps.map((step) => ({
	gate: gate.gate,
	command: sayForShell(step)
})) : []);
/** How many percent of the mutants may survive, if the gate for them runs. */
const survivorsOf = (gates) => {
	const gate = gates.find((each) => each.kind === "mutation");
	return gate ? { survivors: gate.survivors } : {};
};
const sayForShell = ({ run, directory }) => {
	const command = run.join(" ");
	return directory === "" ? command : `cd ${directory} && ${command}`;
};

// src/git/gate-files.ts
/**
* The names of files that steer gates: scripts, dependencies, and the settings of linters, compilers, test runners, build
* tools and scanners, with their lists of known faults.
*
* A person has to look at a change to one (R11.5). The lists name files exactly, because a pattern such as `*.config.ts`
* also finds ordinary code.
*/
const SCRIPT = "\\.[cm]?[jt]sx?";
/** Names without directories, in the form of `fold`. */
const NAMES = [
	`\\.[\\w-]+rc(?:\\.[^/]+)?|\\.markdownlint[^/]*|\\.[\\w-]+ignore(?:\\.ya?ml)?|\\.editorconfig|\\.env(?:\\.(?:test|ci))?`,
	"\\.(?:tool-versions|(?:node|python|ruby|java|go|php|terraform|bazel|swift)-version|bazelversion)|mise\\.(?:local\\.)?toml|\\.mise\\.toml|devbox\\.(?:json|lock)|(?:flake|shell)\\.nix|flake\\.lock",
	"(?:gnu)?makefile(?:\\.(?:am|in|pl))?|[^/]+\\.mk|\\.?justfile|taskfile(?:\\.dist)?\\.ya?ml|procfile|earthfile|dangerfile[^/]*|fastfile",
	"(?:[^/]+\\.)?dockerfile(?:\\.[^/]+)?|containerfile|(?:docker-)?compose[^/]*\\.ya?ml|docker-bake\\.(?:hcl|json)|vercel\\.json|netlify\\.toml|fly\\.toml|render\\.yaml|action\\.ya?ml|\\.pre-commit-hooks\\.yaml|\\.pre-commit-config\\.yaml",
	"package\\.json|package-lock\\.json|npm-shrinkwrap\\.json|pnpm-lock\\.yaml|pnpm-workspace\\.yaml|yarn\\.lock|bun\\.lockb?|deno\\.jsonc?|deno\\.lock|binding\\.gyp|[^/]+\\.gypi",
	"tsconfig[^/]*\\.json|jsconfig[^/]*\\.json|biome\\.jsonc?|turbo\\.jsonc?|nx\\.json|project\\.json|lerna\\.json|rush\\.json|moon\\.ya?ml|angular\\.json|\\.angular-cli\\.json",
	`(?:${[
		"eslint|vitest|vitest-[\\w-]+|vite|jest|jest-[\\w-]+|playwright|playwright-ct|cypress|rollup|rolldown|webpack|babel|prettier|stylelint",
		"karma|ava|wdio|stryker|lint-staged|commitlint|next|nuxt|svelte|astro|tsup|tsdown|esbuild|rspack|rsbuild|rslib|farm|craco|vue|quasar",
		"metro|lage|nyc|tap|xo|oxlint|knip|cspell|syncpack|publint|web-test-runner|wtr|testcafe|backstop|bundlesize|bundlewatch|chromatic|build|hardhat"
	].join("|")})\\.(?:config|workspace|setup|conf|preset)\\.[^/]+|(?:protractor|nightwatch|codecept)\\.conf${SCRIPT}|webpack\\.[\\w.-]+${SCRIPT}|config-overrides\\.js`,
	`(?:gulp|grunt|jake)file${SCRIPT}|(?:setup-?(?:tests?|jest|vitest)|test-setup|global[-.]?(?:setup|teardown)|wallaby)${SCRIPT}|mocha\\.opts|cucumber\\.(?:[cm]?js|json|ya?ml|properties)|karate-config\\.js`,
	`eslint-suppressions\\.json|tslint[^/]*\\.json|cypress\\.json|\\.stryker\\.conf(?:ig)?\\.[^/]+|oxlint\\.json|\\.?dprint\\.jsonc?|\\.?knip\\.jsonc?|\\.dependency-cruiser[^/]*|\\.ls-lint\\.ya?ml|\\.?cspell\\.json|\\.xo-config[^/]*|\\.sass-lint\\.ya?ml|\\.istanbul\\.ya?ml`,
	"api-extractor\\.json|\\.attw\\.json|\\.size-(?:limit|snapshot)[^/]*|\\.pa11yci[^/]*|backstop\\.json|\\.percy\\.ya?ml|\\.betterer[^/]*|\\.?lighthouserc[^/]*|\\.licensee\\.json",
	"pyproject\\.toml|setup\\.(?:cfg|py)|tox\\.(?:ini|toml)|noxfile\\.py|\\.?pytest\\.(?:ini|toml)|conftest\\.py|(?:site|user)customize\\.py|[^/]+\\.pth|\\.?mypy\\.ini|\\.?ruff\\.toml|\\.?pylintrc(?:\\.toml)?|\\.(?:flake8|bandit|pep8|pycodestyle|pydocstyle|isort\\.cfg|style\\.yapf|importlinter|pyre_configuration)",
	"pyrightconfig\\.json|pyrefly\\.toml|ty\\.toml|bandit\\.ya?ml|\\.?prospector\\.ya?ml|(?:nose2?|unittest)\\.cfg|behave\\.ini|robot\\.toml|dodo\\.py|fabfile\\.py|mutmut_config\\.py|cosmic[-_]ray\\.toml|\\.safety-policy\\.ya?ml|manifest\\.in|asv\\.conf\\.json",
	"(?:[\\w.-]*[-_.])?(?:requirements|reqs)[^/]*\\.(?:txt|in)|constraints[^/]*\\.txt|uv\\.(?:lock|toml)|poetry\\.(?:lock|toml)|pdm\\.(?:lock|toml)|hatch\\.toml|pixi\\.(?:toml|lock)|pylock(?:\\.[^/]+)?\\.toml|pipfile(?:\\.lock)?|environment\\.ya?ml|conda-lock\\.ya?ml",
	"rakefile|[^/]+\\.rake|gemfile(?:\\.lock)?|gems\\.(?:rb|locked)|[^/]+\\.(?:gemfile|gemspec)|\\.rubocop[^/]*|\\.rspec(?:-local)?|\\.standard(?:_todo)?\\.ya?ml|\\.?reek\\.ya?ml|\\.simplecov|\\.bundler-audit\\.ya?ml|brakeman\\.(?:ignore|ya?ml)",
	"\\.(?:erb[-_]lint|haml-lint|slim-lint|fasterer|mutant)\\.ya?ml|steepfile|appraisals|guardfile|(?:spec|rails|test)_helper\\.rb|package_todo\\.yml|packwerk\\.yml",
	"composer\\.(?:json|lock)|symfony\\.lock|phpunit[^/]*\\.xml(?:\\.dist)?|phpstan[^/]*\\.(?:neon|php)(?:\\.dist)?|psalm[^/]*\\.xml(?:\\.dist)?|\\.?phpcs\\.xml(?:\\.dist)?|phpmd[^/]*\\.xml(?:\\.dist)?|\\.php-?cs-fixer[^/]*|\\.php_cs[^/]*|pint\\.json|rector\\.php|ecs\\.php",
	"infection\\.json5?(?:\\.dist)?|deptrac[^/]*\\.ya?ml|grumphp\\.ya?ml(?:\\.dist)?|pest\\.php|codeception(?:\\.dist)?\\.ya?ml|[^/]+\\.suite(?:\\.dist)?\\.ya?ml|behat\\.ya?ml(?:\\.dist)?|phpspec\\.ya?ml(?:\\.dist)?|\\.phplint\\.ya?ml|phparkitect\\.php|captainhook\\.json",
	"pom\\.xml|[^/]+\\.gradle(?:\\.kts)?|gradle\\.properties|gradle-wrapper\\.(?:properties|jar)|[^/]+\\.versions\\.toml|gradlew(?:\\.bat)?|mvnw(?:\\.cmd)?|(?:[\\w-]+-)?gradle\\.lockfile|verification-metadata\\.xml|[^/]+\\.sbt|build\\.(?:sc|mill|xml|boot)|ivy\\.xml|project\\.clj|(?:deps|bb|tests)\\.edn",
	"(?:checkstyle|pmd|spotbugs|findbugs|testng|scalastyle|owasp|dependency-?check)[^/]*\\.xml|(?:google|sun)_checks\\.xml|ruleset\\.xml|(?:[\\w.-]+[-_.])?(?:baseline|suppressions?|exclude-?filter)\\.xml|lint\\.xml|\\.?detekt[^/]*\\.ya?ml|junit-platform\\.properties|archunit(?:_ignore_patterns)?\\.(?:properties|txt)",
	"\\.scalaf(?:mt|ix)\\.conf|lombok\\.config|spockconfig\\.groovy|codenarc[^/]*\\.(?:xml|groovy)|revapi\\.json",
	"go\\.(?:mod|sum|work|work\\.sum|env)|\\.golangci(?:\\.(?:ya?ml|toml|json))?|\\.gosec\\.json|\\.gremlins\\.ya?ml|\\.?revive\\.toml|staticcheck\\.conf|magefile\\.go|\\.goreleaser\\.ya?ml|\\.testcoverage\\.ya?ml|\\.go-arch-lint\\.ya?ml|\\.nancy-ignore|buf(?:\\.[\\w-]+)?\\.ya?ml",
	"cargo\\.(?:toml|lock)|\\.?(?:clippy|rustfmt|nextest|tarpaulin|taplo|dylint|mutants|cross)\\.toml|deny\\.toml|audits?\\.toml|rust-toolchain(?:\\.toml)?|build\\.rs|insta\\.yaml|[._]?typos\\.toml",
	"[^/]+\\.(?:csproj|fsproj|vbproj|esproj|sln|slnx|slnf|props|targets|runsettings|testsettings|ruleset|globalconfig|rsp)|\\.globalconfig|global\\.json|packages\\.(?:lock\\.json|config)|paket\\.(?:dependencies|lock)|dotnet-tools\\.json|stylecop\\.json|(?:[^/]+\\.)?xunit\\.runner\\.json|(?:[^/]+\\.)?testconfig\\.json|globalsuppressions\\.(?:cs|vb)|bannedsymbols\\.txt|stryker-config\\.json|build\\.cake",
	"mix\\.(?:exs|lock)|\\.(?:credo|formatter|doctor|dialyzer_ignore)\\.exs|coveralls\\.json|\\.sobelow-(?:conf|skips)|test_helper\\.exs|(?:rebar|elvis)\\.config|rebar\\.lock",
	"cmakelists\\.txt|[^/]+\\.cmake|cmake(?:user)?presets\\.json|meson\\.build|meson(?:_options\\.txt|\\.options)|\\.clang-(?:tidy|format)|\\.clangd|compile_flags\\.txt|\\.?cppcheck[^/]*\\.(?:xml|txt)|cpplint\\.cfg|conanfile\\.(?:py|txt)|conan\\.lock|vcpkg(?:-configuration)?\\.json|configure(?:\\.ac)?|gcovr\\.cfg|[^/]+\\.supp",
	"(?:build|workspace|module)(?:\\.bazel)?(?:\\.lock)?|[^/]+\\.bzl|buck2?|\\.buckconfig|sconstruct|sconscript|xmake\\.lua|premake5\\.lua|build\\.zig(?:\\.zon)?|wscript",
	"package\\.(?:swift|resolved)|\\.swiftlint\\.ya?ml|\\.swiftformat|[^/]+\\.(?:xctestplan|xcscheme|xcconfig|pbxproj)|podfile(?:\\.lock)?|cartfile(?:\\.resolved)?|pubspec\\.(?:ya?ml|lock)|analysis_options\\.ya?ml|dart_test\\.ya?ml",
	"[^/]+\\.cabal|cabal\\.project[^/]*|stack\\.yaml(?:\\.lock)?|\\.hlint\\.yaml|dune(?:-project)?|[^/]+\\.opam|(?:julia)?(?:project|manifest)\\.toml|description|\\.lintr|renv\\.lock|\\.r(?:profile|environ)|\\.busted|[^/]+\\.rockspec|\\.?(?:selene|stylua)\\.toml",
	"build\\.pl|cpanfile(?:\\.snapshot)?|dist\\.ini|foundry\\.toml|\\.solhint\\.json|slither\\.config\\.json|\\.sqlfluff|\\.tflint\\.hcl|\\.terraform\\.lock\\.hcl",
	"\\.vale\\.ini|\\.yamllint(?:\\.ya?ml)?|\\.?lychee\\.toml|\\.spectral\\.(?:ya?ml|json)|\\.?redocly\\.ya?ml|\\.ansible-lint(?:\\.ya?ml)?|\\.hadolint\\.ya?ml|\\.shellspec",
	"\\.snyk|audit-ci\\.jsonc?|audit-resolve\\.json|osv-scanner\\.toml|\\.?trivy\\.ya?ml|\\.grype\\.ya?ml|\\.?gitleaks\\.toml|\\.secrets\\.baseline|\\.?semgrep\\.ya?ml|\\.gitguardian\\.ya?ml|\\.whitesource|\\.?bearer\\.ya?ml|\\.?(?:checkov|tfsec|socket)\\.ya?ml",
	"\\.?codecov\\.ya?ml|\\.coveralls\\.ya?ml|sonar-project\\.properties|\\.sonarcloud\\.properties|\\.codeclimate\\.ya?ml|\\.deepsource\\.toml|\\.codacy\\.ya?ml|\\.?qodana\\.ya?ml|\\.mega-?linter\\.ya?ml|\\.reviewdog\\.ya?ml"
];
const NAME = new RegExp(`^(?:${NAMES.join("|")})$`);
/** Folders of build code, and files whose name alone says nothing. */
const PATH = /(?:^|\/)(?:buildsrc|build-logic|\.config)\/|(?:^|\/)(?:sorbet\/config|project\/build\.properties|config\/rush\/[^/]+|requirements\/[^/]+\.(?:txt|in))$/;
/** Answers whether a file steers gates. @param folded its path in the form of `fold`. */
const steersGates = (folded) => NAME.test(folded.slice(folded.lastIndexOf("/") + 1)) || PATH.test(folded);

// src/git/named-places.ts
/**
* The places that a repository's config names: folders of personas and skills, and the files in the commands of agents and
* gates.
*
* A script that a gate runs judges the change, and a script that starts an agent judges the next one. So a segment may change
* neither. Other files that a gate's command names are shown, and need a person: `tsc -p tsconfig.build.json` must not stop
* every segment that has to edit that file.
*/
/** @param fold the one form for all spellings of a path. */
function namedPlaces({ agents, gates, instructions }, fold) {
	const folders = /* @__PURE__ */ new Set();
	const files = /* @__PURE__ */ new Set();
	const shown = /* @__PURE__ */ new Set();
	const placeOf = (word, directory = "") => {
		const place = placeIn(word, directory);
		return place === void 0 ? void 0 : fold(place);
	};
	for (const folder of [...instructions.personas, ...instructions.skills]) add(folders, placeOf(folder));
	for (const { command } of Object.values(agents)) {
		for (const { text, option } of command.flatMap(wordsIn$1)) {
			add(files, placeOf(text));
			if (NAMES_FOLDER.test(option)) add(folders, placeOf(text));
		}
		command.forEach((word, at) => {
			if (NAMES_FOLDER.test(command[at - 1] ?? "")) add(folders, placeOf(word));
		});
	}
	for (const { run = [], directory } of Object.values(gates)) for (const { text, isProgram } of commandsIn(run).flatMap(readCommand)) {
		const place = placeOf(text, directory);
		const holdsTests = isTestFile(place ?? "");
		if (isProgram && !(holdsTests && !SHELL_SCRIPT.test(text))) add(files, place);
		else if (isProgram || !holdsTests) add(shown, place);
	}
	return {
		folders,
		files,
		shown
	};
}
function add(places, place) {
	if (place !== void 0) places.add(place);
}
/** Options of agents with a folder that holds instructions or code for them. */
const NAMES_FOLDER = /^--?[\w-]*(?:plugin|skill|config|setting|mcp|hook|rule|persona|extension|prompt|agent)[\w-]*$/i;
/** Programs that run the file after them. `make` and test runners are not among them: they only check the files that they get. */
const RUNS_FILE = /^(?:(?:ba|da|z|k|fi)?sh|source|\.|node|nodejs|bun|deno|tsx|ts-node|uv|python[\d.]*|pypy[\d.]*|ruby|perl|php|pwsh|powershell|lua[\d.]*|rscript|java|groovy|elixir|julia|swift)(?:\.exe)?$/i;
/** Programs that run the program after them, which is found on PATH unless it is a path. */
const RUNS_PROGRAM = /^(?:env|sudo|time|timeout|nice|xvfb-run|npx|bunx|pnpx|npm|pnpm|yarn|pipx|uvx|poetry|bundle|exec|dlx)(?:\.(?:exe|cmd))?$/i;
/** Options whose value is the next word, which is not a script. */
const TAKES_VALUE = /^(?:-[IPWXrk]|-[a-z]*o|--(?:import|require|loader|experimental-loader|preload|env-file|project))$/;
/** With these, an interpreter reads no script of its own: `python -m pytest tests`, `node --test`. */
const RUNS_NO_FILE = /^(?:-[a-z]*[mc]|--(?:test|eval|command|check)\b.*)$/i;
const IS_LINE = /^(?:-[a-z]*c|--command)$/i;
const SHELL_SCRIPT = /(?:^|\/)[^./]+$|\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$/i;
function wordsIn$1(word) {
	const [, option = "", value = ""] = /^([\w-]+)=(.+)$/s.exec(word) ?? [];
	return [{
		text: word,
		option: ""
	}, ...value === "" ? [] : [{
		text: value,
		option
	}]];
}
/** A command, and those in its words that are a line for a shell: `bash -c "ci/check.sh && npm test"`. */
function commandsIn(run) {
	return [run, ...run.filter((word, at) => /\s/.test(word) || IS_LINE.test(run[at - 1] ?? "")).flatMap((line) => line.split(/&&|\|\||[;|&\n()]/)).map((line) => line.split(/\s+/).map(withoutQuotes).filter(Boolean))];
}
const withoutQuotes = (word) => word.replace(/^["'`]+|["'`]+$/g, "");
/** The words of a command that can be paths. */
function readCommand(run) {
	let next = "program";
	return run.flatMap((word, at) => {
		const text = word;
		if (TAKES_VALUE.test(run[at - 1] ?? "")) return /[/.]/.test(word) ? [{
			text,
			isProgram: next !== "argument"
		}] : [];
		if (word.startsWith("-") || /^\w+=/.test(word)) {
			if (RUNS_NO_FILE.test(word)) next = "argument";
			return wordsIn$1(word).slice(1).map((each) => ({
				text: each.text,
				isProgram: false
			}));
		}
		const as = next;
		if (next !== "argument" && !/^(?:run|\d+[smhd]?)$/.test(word)) next = followerOf(word);
		if (as === "program" && !/[/\\]/.test(word)) return [];
		return [{
			text,
			isProgram: as !== "argument"
		}];
	});
}
function followerOf(program) {
	const name = posix.basename(program);
	return RUNS_FILE.test(name) ? "file" : RUNS_PROGRAM.test(name) ? "program" : "argument";
}
/** The path in the repository that a word can name. */
function placeIn(word, directory) {
	const path = word.replaceAll("\\", "/");
	if (path.startsWith("/") || path.includes("://") || /\s/.test(path)) return void 0;
	const place = posix.join(directory, path).replace(/\/+$/, "");
	return place === "." || place === "" || place.startsWith("..") ? void 0 : place;
}

// src/git/paths.ts
const MAX_PATH_BYTES = 4096;
const MAX_NAME_BYTES = 255;
const INVISIBLE$1 = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE$1, "gu");
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
/** Names of devices on Windows, with any extension. @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file#short-vs-long-names */
const SHORT_NAME = /^[^.~]{1,6}~[1-9][0-9]?(?:\.[^.]{0,3})?$/;
const strictUtf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** A path on one line, with all of its characters visible. */
const showPath = (path) => path.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]|[\p{Cf}\p{Default_Ignorable_Code_Point}]| +(?=\/|$)/gu, escaped).slice(0, 500);
const escaped = (text) => [...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join("");
/** `showPath` for two names that look the same: combining characters are shown, too. */
const showLetters = (path) => showPath(path.replace(/\p{M}/gu, escaped));
/** One form for all spellings that some file system treats as equal. */
const fold = (path) => path.normalize("NFKC").replace(ALL_INVISIBLE, "").toUpperCase().toLowerCase().normalize("NFC");
/** The reason why no file may have this name, as a clause; undefined if the name is allowed. */
function pathFault(bytes) {
	if (bytes.length > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
	let path;
	try {
		path = strictUtf8.decode(bytes);
	} catch {
		return "it is not UTF-8";
	}
	if (CONTROL.test(path)) return "it contains a control character or a line break";
	if (INVISIBLE$1.test(path)) return "it contains an invisible character";
	if (path.includes("\\")) return "it contains a backslash, which separates directories on Windows";
	if (/^[a-z]:/i.test(path) || path.startsWith("/")) return "it is an absolute path";
	if (/[:*?"<>|]/.test(path)) return "it contains a character that Windows does not allow (one of : * ? \" < > |)";
	if (path.startsWith("-")) return "it starts with a dash, so programs would read it as an option";
	for (const name of path.split("/")) {
		const fault = nameFault(name);
		if (fault !== void 0) return fault;
	}
}
function nameFault(name) {
	if (name === "" || name === "." || name === "..") return "one of its parts is empty, \".\" or \"..\"";
	if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `one of its parts is longer than ${MAX_NAME_BYTES} bytes`;
	if (/[. ]$/.test(name)) return "one of its parts ends with a dot or a space, which Windows removes";
	if (DEVICE.test(name)) return "it is the name of a device on Windows";
	const folded = fold(name).replace(/[. ]+$/, "");
	if (folded === ".git" || /^git~\d/.test(folded)) return "it is inside git’s own directory";
	if (SHORT_NAME.test(name)) return "on Windows it is the short name of another file";
}
/** Directories of files that control CI, editors or git, at any depth. At the root, every dot directory is protected. */
const PROTECTED_DIRECTORIES = /* @__PURE__ */ new Set([...[
	".git",
	".github",
	".gitlab",
	".circleci",
	".buildkite",
	".husky",
	".githooks",
	".vscode",
	".devcontainer",
	".idx"
], ...[
	".cargo",
	".mvn",
	".yarn",
	".bundle"
]]);
const PROTECTED_NAMES = new Set([
	"CODEOWNERS",
	".replit",
	...[
		".devcontainer.json",
		".gitpod.yml",
		".gitpod.yaml",
		".gitpod.dockerfile",
		"devfile.yaml",
		".devfile.yaml"
	],
	...[
		".exrc",
		".nvimrc",
		".nvim.lua",
		".dir-locals.el"
	],
	...[
		".gitmodules",
		".gitattributes",
		".gitconfig",
		".lfsconfig",
		".envrc"
	],
	...[
		".npmrc",
		".yarnrc",
		".yarnrc.yml",
		".pnpmfile.cjs",
		".pnp.cjs",
		".pnp.loader.mjs",
		"bunfig.toml"
	],
	...[
		"pip.conf",
		"pip.ini",
		".pypirc",
		".netrc",
		".curlrc",
		".gemrc",
		"nuget.config"
	]
].map((name) => name.toLowerCase()));
const PROTECTED_AT_ROOT = /* @__PURE__ */ new Set([
	...[
		".gitlab-ci.yml",
		"azure-pipelines.yml",
		"jenkinsfile",
		"bitbucket-pipelines.yml",
		".travis.yml",
		".drone.yml"
	],
	...[
		".woodpecker.yml",
		"appveyor.yml",
		".appveyor.yml",
		".cirrus.yml",
		"cloudbuild.yaml",
		"buildspec.yml"
	],
	...[
		".pre-commit-config.yaml",
		"lefthook.yml",
		".lefthook.yml",
		"renovate.json",
		"renovate.json5",
		".renovaterc"
	],
	...[".renovaterc.json", "replit.md"]
]);
/**
* A function that tells if a file is protected, because it controls CI, agents, package managers or git. No segment may
* change such a file. A repository can release built-in ones with `unprotect` and add others with `protect`.
*
* @param before the files that the change started from: what lies next to a SKILL.md belongs to that skill.
* @param linked files and directories that a link among agents' files leads to: agents read them by the name of the link.
*/
function protectedBy({ protect, unprotect, ...naming }, before, linked = []) {
	const isOwn = scopeMatcher(protect);
	const isOwnFolded = scopeMatcher(protect.map(fold));
	const isFree = scopeMatcher(unprotect);
	const { folders, files } = namedPlaces(naming, fold);
	const followed = linked.map(fold);
	const closed = /* @__PURE__ */ new Set([
		...folders,
		...skillFolders(before),
		...followed
	]);
	return (path) => {
		const folded = fold(path);
		if (isOwn(path) || isOwnFolded(folded)) return true;
		return (isBuiltIn(path, folded) || files.has(folded) || followed.includes(folded) || isBelow(folded, closed)) && !isFree(path);
	};
}
/** Folders of skills: agents run the scripts there. The root is none, though a repository may be one skill as a whole. */
const skillFolders = (paths) => paths.flatMap((path) => {
	const slash = path.lastIndexOf("/");
	return slash > 0 && fold(path.slice(slash + 1)) === "skill.md" ? [fold(path.slice(0, slash))] : [];
});
function isBelow(path, folders) {
	for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) if (folders.has(path.slice(0, end))) return true;
	return false;
}
function isBuiltIn(path, folded) {
	const parts = folded.split("/");
	const directories = parts.slice(0, -1);
	const name = parts.at(-1) ?? "";
	return steersAgents(path, folded) || directories[0]?.startsWith(".") === true || directories.some((each) => PROTECTED_DIRECTORIES.has(each)) || PROTECTED_NAMES.has(name) || name.endsWith(".code-workspace") || directories.length === 0 && PROTECTED_AT_ROOT.has(name);
}
/**
* Changed files that a person has to look at: files that define gates or that the command of one names, and new executables
* (R11.5).
*/
function attentionOf(changes, config) {
	const { shown: named } = namedPlaces(config, fold);
	return changes.flatMap(({ path, status, modes }) => {
		const shown = showPath(path);
		const folded = fold(path);
		const steers = steersGates(folded) || named.has(folded);
		if (status === "D") return steers ? [`${shown} (deleted)`] : [];
		if (!steers && standsForPackage(folded)) return [`${shown} (a copy of a package)`];
		const runs = modes[1] === "100755" && modes[0] !== "100755";
		return steers || runs ? [runs ? `${shown} (is executable now)` : shown] : [];
	});
}
/**
* Files that tools load in the place of a package: installed and vendored packages, mocks that Jest takes for every test, and
* files with the name or the namespace of a test library.
*/
const STANDS_FOR_PACKAGE = new RegExp([
	"(?:^|/)(?:node_modules|bower_components|site-packages|dist-packages|_vendor)/",
	"(?:^|/)vendor/(?:bundle|cache|gems|modules\\.txt$|[^/]+\\.[a-z]{2,}/|[^/]+/[^/]+/(?:.*\\.php$|composer\\.json$))|^deps/[^/]+/(?:lib|mix\\.exs)",
	"^__mocks__/",
	"(?:^|/)(?:pytest|_pytest|unittest|nose2?|hypothesis|minitest|rspec)(?:\\.(?:py|rb)$|/__init__\\.py$)",
	"(?:^|/)(?:org/(?:junit|testng|assertj|hamcrest|mockito)|kotlin/test|phpunit/framework|nunit/framework)/"
].join("|"));
const standsForPackage = (folded) => STANDS_FOR_PACKAGE.test(folded);
/** Finds new files and directories that some file system treats as equal to another one of the same tree. */
function findCollisions(added, all) {
	const spelled = /* @__PURE__ */ new Map();
	const isNew = new Set(added);
	const found = [];
	for (const path of [...all.filter((each) => !isNew.has(each)), ...added]) {
		let end = path.indexOf("/");
		for (let last = false; !last; end = path.indexOf("/", end + 1)) {
			last = end < 0;
			const prefix = last ? path : path.slice(0, end);
			const folded = fold(prefix);
			const other = spelled.get(folded);
			if (other === void 0) spelled.set(folded, prefix);
			else if (other !== prefix && isNew.has(path)) {
				found.push({
					path,
					other
				});
				break;
			}
		}
	}
	return found;
}

// node_modules/boundary/lib/index.js
var require_lib = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.binarySearch = exports.upperBound = exports.lowerBound = exports.compare = void 0;
	function compare(v1, v2) {
		return v1 < v2;
	}
	exports.compare = compare;
	function upperBound(array, value, comp = compare) {
		let len = array.length;
		let i = 0;
		while (len) {
			let diff = len >>> 1;
			let cursor = i + diff;
			if (comp(value, array[cursor])) len = diff;
			else {
				i = cursor + 1;
				len -= diff + 1;
			}
		}
		return i;
	}
	exports.upperBound = upperBound;
	function lowerBound(array, value, comp = compare) {
		let len = array.length;
		let i = 0;
		while (len) {
			let diff = len >>> 1;
			let cursor = i + diff;
			if (comp(array[cursor], value)) {
				i = cursor + 1;
				len -= diff + 1;
			} else len = diff;
		}
		return i;
	}
	exports.lowerBound = lowerBound;
	function binarySearch(array, value, comp = compare) {
		let cursor = lowerBound(array, value, comp);
		return cursor !== array.length && !comp(value, array[cursor]);
	}
	exports.binarySearch = binarySearch;
}));

// node_modules/structured-source/lib/structured-source.js
var require_structured_source = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.StructuredSource = void 0;
	const boundary_1 = require_lib();
	/**
	* StructuredSource
	*/
	var StructuredSource = class {
		/**
		* @constructs StructuredSource
		* @param {string} source - source code text.
		*/
		constructor(source) {
			this.indice = [0];
			let regexp = /[\r\n\u2028\u2029]/g;
			const length = source.length;
			regexp.lastIndex = 0;
			while (true) {
				let result = regexp.exec(source);
				if (!result) break;
				let index = result.index;
				if (source.charCodeAt(index) === 13 && source.charCodeAt(index + 1) === 10) index += 1;
				let nextIndex = index + 1;
				if (length < nextIndex) break;
				this.indice.push(nextIndex);
				regexp.lastIndex = nextIndex;
			}
		}
		get line() {
			return this.indice.length;
		}
		/**
		* @param {SourceLocation} loc - location indicator.
		* @return {[ number, number ]} range.
		*/
		locationToRange(loc) {
			return [this.positionToIndex(loc.start), this.positionToIndex(loc.end)];
		}
		/**
		* @param {[ number, number ]} range - pair of indice.
		* @return {SourceLocation} location.
		*/
		rangeToLocation(range) {
			return {
				start: this.indexToPosition(range[0]),
				end: this.indexToPosition(range[1])
			};
		}
		/**
		* @param {SourcePosition} pos - position indicator.
		* @return {number} index.
		*/
		positionToIndex(pos) {
			return this.indice[pos.line - 1] + pos.column;
		}
		/**
		* @param {number} index - index to the source code.
		* @return {SourcePosition} position.
		*/
		indexToPosition(index) {
			const startLine = (0, boundary_1.upperBound)(this.indice, index);
			return {
				line: startLine,
				column: index - this.indice[startLine - 1]
			};
		}
	};
	exports.StructuredSource = StructuredSource;
}));

// node_modules/@secretlint/core/module/helper/invariant.js
var import_structured_source = require_structured_source();
/**
* Test if condition is truthy.
* @param {any} expression to be evaluated
* @param {string} error message to be shown
* @returns {void}
* @throws
*/
function invariant(condition, message) {
	if (!condition) throw new Error(message);
}

// node_modules/@secretlint/core/module/SecretLintSourceCodeImpl.js
/**
* This class represent of source code.
*/
var SecretLintSourceCodeImpl = class {
	hasBOM;
	content;
	filePath;
	physicalFilePath;
	contentType;
	ext;
	structuredSource;
	constructor({ content = "", ext, filePath, physicalFilePath, contentType }) {
		invariant(ext || filePath, "should be set either of fileExt or filePath.");
		this.hasBOM = content.charCodeAt(0) === 65279;
		this.content = this.hasBOM ? content.slice(1) : content;
		this.structuredSource = new import_structured_source.StructuredSource(this.content);
		this.filePath = filePath;
		this.physicalFilePath = physicalFilePath;
		this.contentType = contentType;
		this.ext = ext;
	}
	/**
	* get file path
	* This return `undefined` if the source code is created without file path.
	* For example, use core API to create a source code directly.
	*
	* You can use this path to detect file type.
	* However, if you want to read the file content, use `getPhysicalFilePath` instead.
	* @returns {string|undefined}
	*/
	getFilePath() {
		return this.filePath;
	}
	/**
	* get physical file path
	* This return `undefined` if the source code is not related to file.
	* For example, the source code is given from the stdin.
	*
	* You can use this path to read the file content.
	*/
	getPhysicalFilePath() {
		return this.physicalFilePath;
	}
	/**
	* @param {SecretLintSourceNodeLocation} loc - location indicator.
	* @return {[ number, number ]} range.
	*/
	locationToRange(loc) {
		return this.structuredSource.locationToRange(loc);
	}
	/**
	* @param {[ number, number ]} range - pair of indice.
	* @return {SecretLintSourceNodeLocation} location.
	*/
	rangeToLocation(range) {
		const location = this.structuredSource.rangeToLocation(range);
		return {
			start: {
				line: location.start.line,
				column: location.start.column
			},
			end: {
				line: location.end.line,
				column: location.end.column
			}
		};
	}
	/**
	* @param {Position} pos - position indicator.
	* @return {number} index.
	*/
	positionToIndex(pos) {
		return this.structuredSource.positionToIndex(pos);
	}
	/**
	* @param {number} index - index to the source code.
	* @return {Position} position.
	*/
	indexToPosition(index) {
		const position = this.structuredSource.indexToPosition(index);
		return {
			line: position.line,
			column: position.column
		};
	}
};

// node_modules/@secretlint/core/module/helper/promise-event-emitter.js
var EventEmitter = class {
	#listeners = /* @__PURE__ */ new Map();
	on(type, listener) {
		const listenerSet = this.#listeners.get(type) ?? /* @__PURE__ */ new Set();
		listenerSet?.add(listener);
		this.#listeners.set(type, listenerSet);
	}
	emit(type, ...args) {
		const listenerSet = this.#listeners.get(type);
		if (!listenerSet) return;
		for (const listenerSetElement of listenerSet) listenerSetElement(...args);
	}
	off(type, listener) {
		const listenerSet = this.#listeners.get(type);
		if (!listenerSet) return;
		for (const listenerSetElement of listenerSet) if (listenerSetElement === listener) listenerSet.delete(listener);
	}
	removeAllListeners() {
		this.#listeners.clear();
	}
	listenerCount(type) {
		return this.#listeners.get(type)?.size ?? 0;
	}
	listeners(type) {
		return Array.from(this.#listeners.get(type) ?? []);
	}
};
var PromiseEventEmitter = class {
	events;
	constructor() {
		this.events = new EventEmitter();
	}
	listenerCount(type) {
		return this.events.listenerCount(type);
	}
	on(event, listener) {
		return this.events.on(event, listener);
	}
	emit(event, ...args) {
		const promises = [];
		this.events.listeners(event).forEach((listener) => {
			promises.push(listener(...args));
		});
		return Promise.all(promises);
	}
};

// node_modules/@secretlint/core/module/helper/SecretLintRuleMessageTranslator.js
/**
* Default locale that is also fallback locale.
*/
const DEFAULT_LOCAL = "en";
const formatMessage = (messageHandler, props) => {
	if (typeof props !== "object" || props === null) return messageHandler();
	return messageHandler(props);
};
const getMatchedLocaleMessage = (locale, locales) => {
	const localKeys = Object.keys(locales);
	const matchLocale = localKeys.find((key) => {
		return key === locale;
	});
	if (matchLocale) return matchLocale;
	const [lang] = locale.split("-");
	if (!lang) return DEFAULT_LOCAL;
	const fallbackMatchLocal = localKeys.find((key) => {
		return key === lang;
	});
	if (fallbackMatchLocal) return fallbackMatchLocal;
	return DEFAULT_LOCAL;
};
const createTranslator = (messages, options) => {
	return (messageId, props) => {
		const messageHandler = messages[messageId];
		if (!messageHandler) throw new Error(`messages:${String(messageId)} is missing in messages.`);
		if (typeof messageHandler === "function") {
			if (typeof messageId !== "string") throw new Error(`message's key:${String(messageId)} should be string`);
			return {
				message: formatMessage(messageHandler, props),
				messageId,
				data: props
			};
		}
		const defaultLocal = options && options.defaultLocale ? options.defaultLocale : DEFAULT_LOCAL;
		const locale = getMatchedLocaleMessage(defaultLocal, messageHandler);
		const localizedMessage = messageHandler[locale];
		if (!localizedMessage) {
			if (messageHandler[DEFAULT_LOCAL]) throw new Error(`messages${String(messageId)}.${locale} is missing in messages.`);
			throw new Error(`message's key:${String(messageId)}.${DEFAULT_LOCAL} should be defined in messages.`);
		}
		if (typeof messageId !== "string") throw new Error(`message's key:${String(messageId)}.${DEFAULT_LOCAL} should be string`);
		return {
			message: formatMessage(localizedMessage, props),
			messageId,
			data: props
		};
	};
};

// node_modules/@secretlint/core/module/RuleContext.js
const createContextEvents = () => {
	const contextEvents = new EventEmitter();
	const REPORT_SYMBOL = Symbol("report");
	const IGNORE_SYMBOL = Symbol("ignore");
	return {
		report(descriptor) {
			contextEvents.emit(REPORT_SYMBOL, descriptor);
		},
		onReport(handler) {
			const listener = (descriptor) => {
				handler(descriptor);
			};
			contextEvents.on(REPORT_SYMBOL, listener);
			return () => {
				contextEvents.off(REPORT_SYMBOL, listener);
			};
		},
		ignore(descriptor) {
			contextEvents.emit(IGNORE_SYMBOL, descriptor);
		},
		onIgnore(handler) {
			const listener = (descriptor) => {
				handler(descriptor);
			};
			contextEvents.on(IGNORE_SYMBOL, listener);
			return () => {
				contextEvents.off(IGNORE_SYMBOL, listener);
			};
		}
	};
};
const createRuleContext = ({ ruleId, ruleParentId, meta, severity, sourceCode, contextEvents, sharedOptions, locale }) => {
	return {
		sharedOptions,
		createTranslator: (messages) => {
			return createTranslator(messages, { defaultLocale: locale });
		},
		ignore(descriptor) {
			const { message } = descriptor.message;
			contextEvents.ignore({
				type: "ignore",
				ruleId,
				ruleParentId,
				range: descriptor.range,
				targetRuleId: descriptor.targetRuleId,
				loc: sourceCode.rangeToLocation(descriptor.range),
				message
			});
		},
		report(descriptor) {
			const { message, messageId, data } = descriptor.message;
			const severityLevel = severity ?? "error";
			if (ruleParentId) contextEvents.report({
				...descriptor,
				type: "message",
				ruleId,
				ruleParentId,
				loc: sourceCode.rangeToLocation(descriptor.range),
				severity: severityLevel,
				message,
				messageId,
				docsUrl: meta.docs?.url ? `${meta.docs.url}#${messageId}` : void 0,
				data
			});
			else contextEvents.report({
				...descriptor,
				type: "message",
				ruleId,
				loc: sourceCode.rangeToLocation(descriptor.range),
				severity: severityLevel,
				message,
				messageId,
				docsUrl: meta.docs?.url ? `${meta.docs.url}#${messageId}` : void 0,
				data
			});
		}
	};
};

// node_modules/@secretlint/core/module/SecretLintRuleImpl.js
var SecretLintRule = class {
	ruleReportHandle;
	ruleCreator;
	descriptorRule;
	constructor({ descriptorRule, context }) {
		this.descriptorRule = descriptorRule;
		this.ruleCreator = descriptorRule.rule;
		const ruleCreatorOptions = descriptorRule.options || {};
		this.ruleReportHandle = this.ruleCreator.create(context, ruleCreatorOptions);
	}
	allowMessageIds() {
		if (!this.descriptorRule.allowMessageIds) return [];
		const ruleId = this.ruleCreator.meta.id;
		return this.descriptorRule.allowMessageIds.map((allowMessageId) => {
			return {
				messageId: allowMessageId,
				ruleId
			};
		});
	}
	supportSourceCode(sourceCode) {
		const contentType = sourceCode.contentType;
		if (contentType === "unknown") return true;
		if (this.ruleCreator.meta.supportedContentTypes.includes("all")) return true;
		return this.ruleCreator.meta.supportedContentTypes.includes(contentType);
	}
	async file(source) {
		const file = this.ruleReportHandle.file;
		if (!file) return;
		return file(source);
	}
};

// node_modules/@secretlint/profiler/module/index.js
var SecretLintProfiler = class {
	perf;
	PerformanceObserver;
	observer;
	/**
	* Profiling costs performance.
	* `performance.mark()` and `PerformanceObserver` callback are called for each rule and each file.
	* So, the profiler should be disabled if the user does not need the profiling result.
	* https://github.com/secretlint/secretlint/issues/1633
	*/
	enabled;
	entries = [];
	measures = [];
	/**
	* Set of mark names that have already been marked as `{mark}::start`
	*/
	startMarkNames = /* @__PURE__ */ new Set();
	executionPromises = [];
	constructor(options) {
		this.perf = options.perf;
		this.PerformanceObserver = options.PerformanceObserver;
		this.enabled = options.enabled ?? true;
	}
	get isEnabled() {
		return this.enabled;
	}
	/**
	* Enable or Disable the profiler.
	* If the profiler is disabled, `mark()` does nothing and collected entries are cleared.
	* @param enabled
	*/
	setEnabled(enabled) {
		if (this.enabled === enabled) return;
		this.enabled = enabled;
		if (!enabled) this.stopObserving();
	}
	startObserving() {
		const pattern = /(.*?)::end(\|\|.*)?/;
		const observer = new this.PerformanceObserver((items) => {
			if (!this.enabled) return;
			items.getEntries().forEach((entry) => {
				if (entry.entryType === "mark") {
					const match = entry.name.match(pattern);
					const endIdentifier = match ? match[1] : void 0;
					const suffix = match && match[2] ? match[2] : "";
					if (endIdentifier) {
						const startMarkName = `${endIdentifier}::start${suffix}`;
						if (this.startMarkNames.has(startMarkName)) this.executionPromises.push(Promise.resolve().then(() => {
							this.perf.measure(endIdentifier + suffix, startMarkName, entry.name);
						}));
					} else this.startMarkNames.add(entry.name);
					this.entries.push(entry);
				} else if (entry.entryType === "measure") this.measures.push(entry);
			});
		});
		observer.observe({ entryTypes: ["mark", "measure"] });
		this.observer = observer;
	}
	stopObserving() {
		this.observer?.disconnect();
		this.observer = void 0;
		this.entries.length = 0;
		this.measures.length = 0;
		this.executionPromises.length = 0;
		this.startMarkNames.clear();
	}
	mark(marker) {
		if (!this.enabled) return;
		if (!this.observer) this.startObserving();
		if ("id" in marker) this.perf.mark(`${marker.type}||${marker.id}`);
		else this.perf.mark(marker.type);
	}
	waifForExecutionPromises = () => {
		return Promise.all(this.executionPromises).finally(() => {
			this.executionPromises.length = 0;
		});
	};
	async getEntries() {
		await this.waifForExecutionPromises();
		return this.entries;
	}
	async getMeasures() {
		await this.waifForExecutionPromises();
		return this.measures;
	}
};

// node_modules/@secretlint/profiler/module/node.js
var NullPerformanceObserver = class {
	disconnect() {}
	observe(_options) {}
};
const secretLintProfiler = new SecretLintProfiler({
	perf: perf_hooks.performance,
	PerformanceObserver: perf_hooks.PerformanceObserver ? perf_hooks.PerformanceObserver : NullPerformanceObserver
});

// node_modules/@secretlint/core/module/RunningEvents.js
const createRunningEvents = () => {
	const contextEvents = new PromiseEventEmitter();
	const registerSet = /* @__PURE__ */ new Set();
	const LINT_HANDLE = Symbol("lint:start");
	const rules = [];
	return {
		collectAllowMessageIds() {
			const allowMessageIds = [];
			rules.forEach((rule) => {
				allowMessageIds.push(...rule.allowMessageIds());
			});
			return allowMessageIds;
		},
		/**
		* Start to run linting
		* @param options
		*/
		runLint(options) {
			return contextEvents.emit(LINT_HANDLE, options);
		},
		registerRule({ descriptorRule, context }) {
			if (registerSet.has(descriptorRule.id)) throw new Error(`rule.id:${descriptorRule.id} is already registered.
                
Duplicated rule.id is something wrong in .secretlintrc.                
`);
			registerSet.add(descriptorRule.id);
			const rule = new SecretLintRule({
				descriptorRule,
				context
			});
			rules.push(rule);
			contextEvents.on(LINT_HANDLE, async ({ sourceCode }) => {
				secretLintProfiler.mark({
					type: "@core>rule-handler::start",
					id: descriptorRule.rule.meta.id
				});
				if (rule.supportSourceCode(sourceCode)) await rule.file(sourceCode);
				secretLintProfiler.mark({
					type: "@core>rule-handler::end",
					id: descriptorRule.rule.meta.id
				});
			});
		},
		registerRulePreset({ descriptorRulePreset, context }) {
			const rulePresetCreatorOptions = descriptorRulePreset.options || [];
			descriptorRulePreset.rule.create(context, rulePresetCreatorOptions);
		},
		isRegistered(ruleId) {
			return registerSet.has(ruleId);
		}
	};
};

// node_modules/@secretlint/core/module/RulePresetContext.js
/**
* Create a context for Rule Preset
*/
const createRulePresetContext = ({ configRulePreset, sourceCode, runningEvents, contextEvents, sharedOptions, locale }) => {
	const presetRules = configRulePreset.rules || [];
	if (!Array.isArray(presetRules)) {
		console.error(`${configRulePreset.id}:PresetRules is invalid format`, presetRules);
		throw new Error("preset's rules should be an array of rule definitions");
	}
	return {
		sharedOptions,
		registerRule(rule, defaultValue) {
			const descriptorRule = presetRules.find((descriptorRule) => {
				return descriptorRule.id === rule.meta.id;
			});
			const descriptorRuleOptions = descriptorRule ? descriptorRule.options : void 0;
			const descriptorRuleDisabled = descriptorRule ? descriptorRule.disabled : void 0;
			const descriptorRuleSeverity = descriptorRule ? descriptorRule.severity : void 0;
			const descriptorAllowMessageIds = descriptorRule ? descriptorRule.allowMessageIds : void 0;
			const context = createRuleContext({
				ruleId: rule.meta.id,
				ruleParentId: configRulePreset.id,
				meta: rule.meta,
				severity: descriptorRuleSeverity,
				sourceCode,
				contextEvents,
				sharedOptions,
				locale
			});
			const defaultValueOfPreset = defaultValue ? defaultValue : {};
			runningEvents.registerRule({
				descriptorRule: {
					...defaultValueOfPreset,
					...descriptorRule,
					id: rule.meta.id,
					options: descriptorRuleOptions,
					rule,
					disabled: descriptorRuleDisabled,
					allowMessageIds: descriptorAllowMessageIds,
					severity: descriptorRuleSeverity
				},
				context
			});
		}
	};
};

// node_modules/@secretlint/core/module/messages/filter-ignored-process.js
/**
* the `index` is in the `range` and return true.
* @param {Number} index
* @param {Number[]} range
* @returns {boolean}
*/
const isContainedRange = (index, range) => {
	const [start, end] = range;
	return start <= index && index <= end;
};
/**
* filter messages by ignore messages
*/
function filterIgnoredMessages(options) {
	const reportedMessages = options.reportedMessages;
	const ignoreMessages = options.ignoredMessages;
	return reportedMessages.filter((message) => {
		return !ignoreMessages.some((ignoreMessage) => {
			const isInIgnoringRange = isContainedRange(message.range[0], ignoreMessage.range) && isContainedRange(message.range[1], ignoreMessage.range);
			if (isInIgnoringRange && ignoreMessage.targetRuleId) {
				if (ignoreMessage.targetRuleId === "*") return true;
				return message.ruleId === ignoreMessage.targetRuleId;
			}
			return isInIgnoringRange;
		});
	});
}

// node_modules/@secretlint/core/module/messages/MessageProcessManager.js
const createMessageProcessor = (processors) => {
	return { 
	/**
	* process `messages` with registered processes
	*/
process(messages) {
		const originalMessages = messages;
		if (processors.length === 0) throw new Error("processors should be > 0");
		return processors.reduce((messages, filter) => {
			return filter(messages);
		}, originalMessages);
	} };
};

// node_modules/@secretlint/core/module/messages/filter-duplicated-process.js
/**
* equal message
*/
const isEqualMessage = (aMessage, bMessage) => {
	return aMessage.range[0] === bMessage.range[0] && aMessage.range[1] === bMessage.range[1] && "severity" in aMessage && "severity" in bMessage && aMessage.severity === bMessage.severity && aMessage.message === bMessage.message;
};
/**
* filter duplicated messages
*/
function filterDuplicatedMessages(messages = []) {
	return messages.filter((message, index) => {
		return !messages.slice(index + 1).some((restMessage) => {
			return isEqualMessage(message, restMessage);
		});
	});
}

// node_modules/@secretlint/core/module/messages/sort-messages-process.js
/**
* sort messages by line and column
*/
function sortMessagesByLocation(messages) {
	return messages.sort(function(a, b) {
		const startIndexDiff = a.range[0] - b.range[0];
		if (startIndexDiff === 0) return a.range[1] - b.range[1];
		else return startIndexDiff;
	});
}

// node_modules/@secretlint/core/module/messages/filter-message-id.js
const filterByAllowMessageIds = (messages, allowMessageIds) => {
	const disabledSet = new Set(allowMessageIds.map((allowMessage) => {
		return `${allowMessage.ruleId}--${allowMessage.messageId}`;
	}));
	return messages.filter((message) => {
		return !disabledSet.has(`${message.ruleId}--${message.messageId}`);
	});
};

// node_modules/@secretlint/core/module/messages/filter-mask-secrets.js
const deepMask = (object, handler) => {
	for (const key of Object.keys(object)) if (typeof object[key] === "object") object[key] = deepMask(object[key], handler);
	else if (Array.isArray(object[key])) object[key] = object[key].map((item) => deepMask(item, handler));
	else if (typeof object[key] === "string") object[key] = handler(object[key]);
	return object;
};
const createMaskValue = (value) => {
	return "*".repeat(value.length);
};
/**
* = Masking logics
* secretlint mask simple string replacement.
* If a secretlint rule report `"TOKEN_STRING"` as message data, replace all `TOKEN_STRING` with `**********` in messages.
* ```
* context.report({
*   message: t("MESSAGE", {
*       TOKEN: "TOKEN_STRING", // => replace all "TOKEN_STRING" with  `**********`.
*   }),
*   range,
* });
* ```
* This logics may includes false-positve.
* This is similar to CI logs like Travis CI or GitHub Actions.
* @param str
* @param maskedValues
*/
const maskWithValues = (str, maskedValues) => {
	let result = str;
	for (const maskValue of maskedValues) result = result.replaceAll(maskValue, "*".repeat(maskValue.length));
	return result;
};
const filterMaskSecretsData = (messages = []) => {
	return messages.map((message) => {
		if (message.type !== "message") return message;
		const maskedValues = [];
		const maskedData = message.data ? deepMask(message.data, (value) => {
			maskedValues.push(value);
			return createMaskValue(value);
		}) : void 0;
		if (!maskedData) return message;
		const maskedMessage = maskWithValues(message.message, maskedValues);
		return {
			...message,
			message: maskedMessage,
			data: maskedData
		};
	});
};

// node_modules/@secretlint/core/module/messages/index.js
/**
* Post cleanup messages
* - filter ignored range
* - filter disabled message
* - [masSecrets] mask secrets message
* - filter duplicated messages
* - sort messages by range
* @param options
*/
const cleanupMessages = (options) => {
	const reportedMessages = filterIgnoredMessages(options);
	const reportedMessagesWithoutAllowMessageIds = filterByAllowMessageIds(reportedMessages, options.allowMessageIds);
	const filters = options.maskSecrets ? [filterDuplicatedMessages, filterMaskSecretsData] : [filterDuplicatedMessages];
	const filterProcess = createMessageProcessor(filters);
	return sortMessagesByLocation(filterProcess.process(reportedMessagesWithoutAllowMessageIds));
};

// node_modules/ms/index.js
var require_ms = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* Helpers.
	*/
	var s = 1e3;
	var m = s * 60;
	var h = m * 60;
	var d = h * 24;
	var w = d * 7;
	var y = d * 365.25;
	/**
	* Parse or format the given `val`.
	*
	* Options:
	*
	*  - `long` verbose formatting [false]
	*
	* @param {String|Number} val
	* @param {Object} [options]
	* @throws {Error} throw an error if val is not a non-empty string or a number
	* @return {String|Number}
	* @api public
	*/
	module.exports = function(val, options) {
		options = options || {};
		var type = typeof val;
		if (type === "string" && val.length > 0) return parse(val);
		else if (type === "number" && isFinite(val)) return options.long ? fmtLong(val) : fmtShort(val);
		throw new Error("val is not a non-empty string or a valid number. val=" + JSON.stringify(val));
	};
	/**
	* Parse the given `str` and return milliseconds.
	*
	* @param {String} str
	* @return {Number}
	* @api private
	*/
	function parse(str) {
		str = String(str);
		if (str.length > 100) return;
		var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(str);
		if (!match) return;
		var n = parseFloat(match[1]);
		switch ((match[2] || "ms").toLowerCase()) {
			case "years":
			case "year":
			case "yrs":
			case "yr":
			case "y": return n * y;
			case "weeks":
			case "week":
			case "w": return n * w;
			case "days":
			case "day":
			case "d": return n * d;
			case "hours":
			case "hour":
			case "hrs":
			case "hr":
			case "h": return n * h;
			case "minutes":
			case "minute":
			case "mins":
			case "min":
			case "m": return n * m;
			case "seconds":
			case "second":
			case "secs":
			case "sec":
			case "s": return n * s;
			case "milliseconds":
			case "millisecond":
			case "msecs":
			case "msec":
			case "ms": return n;
			default: return;
		}
	}
	/**
	* Short format for `ms`.
	*
	* @param {Number} ms
	* @return {String}
	* @api private
	*/
	function fmtShort(ms) {
		var msAbs = Math.abs(ms);
		if (msAbs >= d) return Math.round(ms / d) + "d";
		if (msAbs >= h) return Math.round(ms / h) + "h";
		if (msAbs >= m) return Math.round(ms / m) + "m";
		if (msAbs >= s) return Math.round(ms / s) + "s";
		return ms + "ms";
	}
	/**
	* Long format for `ms`.
	*
	* @param {Number} ms
	* @return {String}
	* @api private
	*/
	function fmtLong(ms) {
		var msAbs = Math.abs(ms);
		if (msAbs >= d) return plural(ms, msAbs, d, "day");
		if (msAbs >= h) return plural(ms, msAbs, h, "hour");
		if (msAbs >= m) return plural(ms, msAbs, m, "minute");
		if (msAbs >= s) return plural(ms, msAbs, s, "second");
		return ms + " ms";
	}
	/**
	* Pluralization helper.
	*/
	function plural(ms, msAbs, n, name) {
		var isPlural = msAbs >= n * 1.5;
		return Math.round(ms / n) + " " + name + (isPlural ? "s" : "");
	}
}));

// node_modules/debug/src/common.js
var require_common = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* This is the common logic for both the Node.js and web browser
	* implementations of `debug()`.
	*/
	function setup(env) {
		createDebug.debug = createDebug;
		createDebug.default = createDebug;
		createDebug.coerce = coerce;
		createDebug.disable = disable;
		createDebug.enable = enable;
		createDebug.enabled = enabled;
		createDebug.humanize = require_ms();
		createDebug.destroy = destroy;
		Object.keys(env).forEach((key) => {
			createDebug[key] = env[key];
		});
		/**
		* The currently active debug mode names, and names to skip.
		*/
		createDebug.names = [];
		createDebug.skips = [];
		/**
		* Map of special "%n" handling functions, for the debug "format" argument.
		*
		* Valid key names are a single, lower or upper-case letter, i.e. "n" and "N".
		*/
		createDebug.formatters = {};
		/**
		* Selects a color for a debug namespace
		* @param {String} namespace The namespace string for the debug instance to be colored
		* @return {Number|String} An ANSI color code for the given namespace
		* @api private
		*/
		function selectColor(namespace) {
			let hash = 0;
			for (let i = 0; i < namespace.length; i++) {
				hash = (hash << 5) - hash + namespace.charCodeAt(i);
				hash |= 0;
			}
			return createDebug.colors[Math.abs(hash) % createDebug.colors.length];
		}
		createDebug.selectColor = selectColor;
		/**
		* Create a debugger with the given `namespace`.
		*
		* @param {String} namespace
		* @return {Function}
		* @api public
		*/
		function createDebug(namespace) {
			let prevTime;
			let enableOverride = null;
			let namespacesCache;
			let enabledCache;
			function debug(...args) {
				if (!debug.enabled) return;
				const self = debug;
				const curr = Number(/* @__PURE__ */ new Date());
				self.diff = curr - (prevTime || curr);
				self.prev = prevTime;
				self.curr = curr;
				prevTime = curr;
				args[0] = createDebug.coerce(args[0]);
				if (typeof args[0] !== "string") args.unshift("%O");
				let index = 0;
				args[0] = args[0].replace(/%([a-zA-Z%])/g, (match, format) => {
					if (match === "%%") return "%";
					index++;
					const formatter = createDebug.formatters[format];
					if (typeof formatter === "function") {
						const val = args[index];
						match = formatter.call(self, val);
						args.splice(index, 1);
						index--;
					}
					return match;
				});
				createDebug.formatArgs.call(self, args);
				(self.log || createDebug.log).apply(self, args);
			}
			debug.namespace = namespace;
			debug.useColors = createDebug.useColors();
			debug.color = createDebug.selectColor(namespace);
			debug.extend = extend;
			debug.destroy = createDebug.destroy;
			Object.defineProperty(debug, "enabled", {
				enumerable: true,
				configurable: false,
				get: () => {
					if (enableOverride !== null) return enableOverride;
					if (namespacesCache !== createDebug.namespaces) {
						namespacesCache = createDebug.namespaces;
						enabledCache = createDebug.enabled(namespace);
					}
					return enabledCache;
				},
				set: (v) => {
					enableOverride = v;
				}
			});
			if (typeof createDebug.init === "function") createDebug.init(debug);
			return debug;
		}
		function extend(namespace, delimiter) {
			const newDebug = createDebug(this.namespace + (typeof delimiter === "undefined" ? ":" : delimiter) + namespace);
			newDebug.log = this.log;
			return newDebug;
		}
		/**
		* Enables a debug mode by namespaces. This can include modes
		* separated by a colon and wildcards.
		*
		* @param {String} namespaces
		* @api public
		*/
		function enable(namespaces) {
			createDebug.save(namespaces);
			createDebug.namespaces = namespaces;
			createDebug.names = [];
			createDebug.skips = [];
			const split = (typeof namespaces === "string" ? namespaces : "").trim().replace(/\s+/g, ",").split(",").filter(Boolean);
			for (const ns of split) if (ns[0] === "-") createDebug.skips.push(ns.slice(1));
			else createDebug.names.push(ns);
		}
		/**
		* Checks if the given string matches a namespace template, honoring
		* asterisks as wildcards.
		*
		* @param {String} search
		* @param {String} template
		* @return {Boolean}
		*/
		function matchesTemplate(search, template) {
			let searchIndex = 0;
			let templateIndex = 0;
			let starIndex = -1;
			let matchIndex = 0;
			while (searchIndex < search.length) if (templateIndex < template.length && (template[templateIndex] === search[searchIndex] || template[templateIndex] === "*")) {
				if (template[templateIndex] === "*") {
					starIndex = templateIndex;
					matchIndex = searchIndex;
					templateIndex++;
				} else {
					searchIndex++;
					templateIndex++;
				}
			} else if (starIndex !== -1) {
				templateIndex = starIndex + 1;
				matchIndex++;
				searchIndex = matchIndex;
			} else return false;
			while (templateIndex < template.length && template[templateIndex] === "*") templateIndex++;
			return templateIndex === template.length;
		}
		/**
		* Disable debug output.
		*
		* @return {String} namespaces
		* @api public
		*/
		function disable() {
			const namespaces = [...createDebug.names, ...createDebug.skips.map((namespace) => "-" + namespace)].join(",");
			createDebug.enable("");
			return namespaces;
		}
		/**
		* Returns true if the given mode name is enabled, false otherwise.
		*
		* @param {String} name
		* @return {Boolean}
		* @api public
		*/
		function enabled(name) {
			for (const skip of createDebug.skips) if (matchesTemplate(name, skip)) return false;
			for (const ns of createDebug.names) if (matchesTemplate(name, ns)) return true;
			return false;
		}
		/**
		* Coerce `val`.
		*
		* @param {Mixed} val
		* @return {Mixed}
		* @api private
		*/
		function coerce(val) {
			if (val instanceof Error) return val.stack || val.message;
			return val;
		}
		/**
		* XXX DO NOT USE. This is a temporary stub function.
		* XXX It WILL be removed in the next major release.
		*/
		function destroy() {
			console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
		}
		createDebug.enable(createDebug.load());
		return createDebug;
	}
	module.exports = setup;
}));

// node_modules/debug/src/browser.js
var require_browser = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* This is the web browser implementation of `debug()`.
	*/
	exports.formatArgs = formatArgs;
	exports.save = save;
	exports.load = load;
	exports.useColors = useColors;
	exports.storage = localstorage();
	exports.destroy = (() => {
		let warned = false;
		return () => {
			if (!warned) {
				warned = true;
				console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
			}
		};
	})();
	/**
	* Colors.
	*/
	exports.colors = [
		"#0000CC",
		"#0000FF",
		"#0033CC",
		"#0033FF",
		"#0066CC",
		"#0066FF",
		"#0099CC",
		"#0099FF",
		"#00CC00",
		"#00CC33",
		"#00CC66",
		"#00CC99",
		"#00CCCC",
		"#00CCFF",
		"#3300CC",
		"#3300FF",
		"#3333CC",
		"#3333FF",
		"#3366CC",
		"#3366FF",
		"#3399CC",
		"#3399FF",
		"#33CC00",
		"#33CC33",
		"#33CC66",
		"#33CC99",
		"#33CCCC",
		"#33CCFF",
		"#6600CC",
		"#6600FF",
		"#6633CC",
		"#6633FF",
		"#66CC00",
		"#66CC33",
		"#9900CC",
		"#9900FF",
		"#9933CC",
		"#9933FF",
		"#99CC00",
		"#99CC33",
		"#CC0000",
		"#CC0033",
		"#CC0066",
		"#CC0099",
		"#CC00CC",
		"#CC00FF",
		"#CC3300",
		"#CC3333",
		"#CC3366",
		"#CC3399",
		"#CC33CC",
		"#CC33FF",
		"#CC6600",
		"#CC6633",
		"#CC9900",
		"#CC9933",
		"#CCCC00",
		"#CCCC33",
		"#FF0000",
		"#FF0033",
		"#FF0066",
		"#FF0099",
		"#FF00CC",
		"#FF00FF",
		"#FF3300",
		"#FF3333",
		"#FF3366",
		"#FF3399",
		"#FF33CC",
		"#FF33FF",
		"#FF6600",
		"#FF6633",
		"#FF9900",
		"#FF9933",
		"#FFCC00",
		"#FFCC33"
	];
	/**
	* Currently only WebKit-based Web Inspectors, Firefox >= v31,
	* and the Firebug extension (any Firefox version) are known
	* to support "%c" CSS customizations.
	*
	* TODO: add a `localStorage` variable to explicitly enable/disable colors
	*/
	function useColors() {
		if (typeof window !== "undefined" && window.process && (window.process.type === "renderer" || window.process.__nwjs)) return true;
		if (typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/(edge|trident)\/(\d+)/)) return false;
		let m;
		return typeof document !== "undefined" && document.documentElement && document.documentElement.style && document.documentElement.style.WebkitAppearance || typeof window !== "undefined" && window.console && (window.console.firebug || window.console.exception && window.console.table) || typeof navigator !== "undefined" && navigator.userAgent && (m = navigator.userAgent.toLowerCase().match(/firefox\/(\d+)/)) && parseInt(m[1], 10) >= 31 || typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/applewebkit\/(\d+)/);
	}
	/**
	* Colorize log arguments if enabled.
	*
	* @api public
	*/
	function formatArgs(args) {
		args[0] = (this.useColors ? "%c" : "") + this.namespace + (this.useColors ? " %c" : " ") + args[0] + (this.useColors ? "%c " : " ") + "+" + module.exports.humanize(this.diff);
		if (!this.useColors) return;
		const c = "color: " + this.color;
		args.splice(1, 0, c, "color: inherit");
		let index = 0;
		let lastC = 0;
		args[0].replace(/%[a-zA-Z%]/g, (match) => {
			if (match === "%%") return;
			index++;
			if (match === "%c") lastC = index;
		});
		args.splice(lastC, 0, c);
	}
	/**
	* Invokes `console.debug()` when available.
	* No-op when `console.debug` is not a "function".
	* If `console.debug` is not available, falls back
	* to `console.log`.
	*
	* @api public
	*/
	exports.log = console.debug || console.log || (() => {});
	/**
	* Save `namespaces`.
	*
	* @param {String} namespaces
	* @api private
	*/
	function save(namespaces) {
		try {
			if (namespaces) exports.storage.setItem("debug", namespaces);
			else exports.storage.removeItem("debug");
		} catch (error) {}
	}
	/**
	* Load `namespaces`.
	*
	* @return {String} returns the previously persisted debug modes
	* @api private
	*/
	function load() {
		let r;
		try {
			r = exports.storage.getItem("debug") || exports.storage.getItem("DEBUG");
		} catch (error) {}
		if (!r && typeof process !== "undefined" && "env" in process) r = process.env.DEBUG;
		return r;
	}
	/**
	* Localstorage attempts to return the localstorage.
	*
	* This is necessary because safari throws
	* when a user disables cookies/localstorage
	* and you attempt to access it.
	*
	* @return {LocalStorage}
	* @api private
	*/
	function localstorage() {
		try {
			return localStorage;
		} catch (error) {}
	}
	module.exports = require_common()(exports);
	const { formatters } = module.exports;
	/**
	* Map %j to `JSON.stringify()`, since no Web Inspectors do that by default.
	*/
	formatters.j = function(v) {
		try {
			return JSON.stringify(v);
		} catch (error) {
			return "[UnexpectedJSONParseError]: " + error.message;
		}
	};
}));

// node_modules/debug/src/node.js
var require_node = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* Module dependencies.
	*/
	const tty = __require("tty");
	const util = __require("util");
	/**
	* This is the Node.js implementation of `debug()`.
	*/
	exports.init = init;
	exports.log = log;
	exports.formatArgs = formatArgs;
	exports.save = save;
	exports.load = load;
	exports.useColors = useColors;
	exports.destroy = util.deprecate(() => {}, "Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
	/**
	* Colors.
	*/
	exports.colors = [
		6,
		2,
		3,
		4,
		5,
		1
	];
	try {
		const supportsColor = __require("supports-color");
		if (supportsColor && (supportsColor.stderr || supportsColor).level >= 2) exports.colors = [
			20,
			21,
			26,
			27,
			32,
			33,
			38,
			39,
			40,
			41,
			42,
			43,
			44,
			45,
			56,
			57,
			62,
			63,
			68,
			69,
			74,
			75,
			76,
			77,
			78,
			79,
			80,
			81,
			92,
			93,
			98,
			99,
			112,
			113,
			128,
			129,
			134,
			135,
			148,
			149,
			160,
			161,
			162,
			163,
			164,
			165,
			166,
			167,
			168,
			169,
			170,
			171,
			172,
			173,
			178,
			179,
			184,
			185,
			196,
			197,
			198,
			199,
			200,
			201,
			202,
			203,
			204,
			205,
			206,
			207,
			208,
			209,
			214,
			215,
			220,
			221
		];
	} catch (error) {}
	/**
	* Build up the default `inspectOpts` object from the environment variables.
	*
	*   $ DEBUG_COLORS=no DEBUG_DEPTH=10 DEBUG_SHOW_HIDDEN=enabled node script.js
	*/
	exports.inspectOpts = Object.keys(process.env).filter((key) => {
		return /^debug_/i.test(key);
	}).reduce((obj, key) => {
		const prop = key.substring(6).toLowerCase().replace(/_([a-z])/g, (_, k) => {
			return k.toUpperCase();
		});
		let val = process.env[key];
		if (/^(yes|on|true|enabled)$/i.test(val)) val = true;
		else if (/^(no|off|false|disabled)$/i.test(val)) val = false;
		else if (val === "null") val = null;
		else val = Number(val);
		obj[prop] = val;
		return obj;
	}, {});
	/**
	* Is stdout a TTY? Colored output is enabled when `true`.
	*/
	function useColors() {
		return "colors" in exports.inspectOpts ? Boolean(exports.inspectOpts.colors) : tty.isatty(process.stderr.fd);
	}
	/**
	* Adds ANSI color escape codes if enabled.
	*
	* @api public
	*/
	function formatArgs(args) {
		const { namespace: name, useColors } = this;
		if (useColors) {
			const c = this.color;
			const colorCode = "\x1B[3" + (c < 8 ? c : "8;5;" + c);
			const prefix = `  ${colorCode};1m${name} \u001B[0m`;
			args[0] = prefix + args[0].split("\n").join("\n" + prefix);
			args.push(colorCode + "m+" + module.exports.humanize(this.diff) + "\x1B[0m");
		} else args[0] = getDate() + name + " " + args[0];
	}
	function getDate() {
		if (exports.inspectOpts.hideDate) return "";
		return (/* @__PURE__ */ new Date()).toISOString() + " ";
	}
	/**
	* Invokes `util.formatWithOptions()` with the specified arguments and writes to stderr.
	*/
	function log(...args) {
		return process.stderr.write(util.formatWithOptions(exports.inspectOpts, ...args) + "\n");
	}
	/**
	* Save `namespaces`.
	*
	* @param {String} namespaces
	* @api private
	*/
	function save(namespaces) {
		if (namespaces) process.env.DEBUG = namespaces;
		else delete process.env.DEBUG;
	}
	/**
	* Load `namespaces`.
	*
	* @return {String} returns the previously persisted debug modes
	* @api private
	*/
	function load() {
		return process.env.DEBUG;
	}
	/**
	* Init logic for `debug` instances.
	*
	* Create a new `inspectOpts` object in case `useColors` is set
	* differently for a particular `debug` instance.
	*/
	function init(debug) {
		debug.inspectOpts = {};
		const keys = Object.keys(exports.inspectOpts);
		for (let i = 0; i < keys.length; i++) debug.inspectOpts[keys[i]] = exports.inspectOpts[keys[i]];
	}
	module.exports = require_common()(exports);
	const { formatters } = module.exports;
	/**
	* Map %o to `util.inspect()`, all on a single line.
	*/
	formatters.o = function(v) {
		this.inspectOpts.colors = this.useColors;
		return util.inspect(v, this.inspectOpts).split("\n").map((str) => str.trim()).join(" ");
	};
	/**
	* Map %O to `util.inspect()`, allowing multiple lines if needed.
	*/
	formatters.O = function(v) {
		this.inspectOpts.colors = this.useColors;
		return util.inspect(v, this.inspectOpts);
	};
}));

// node_modules/debug/src/index.js
var require_src = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	/**
	* Detect Electron renderer / nwjs process, which is node, but we should
	* treat as a browser.
	*/
	if (typeof process === "undefined" || process.type === "renderer" || process.browser === true || process.__nwjs) module.exports = require_browser();
	else module.exports = require_node();
}));

// node_modules/@secretlint/core/module/index.js
var import_src = /* @__PURE__ */ __toESM(require_src(), 1);
const debug = (0, import_src.default)("@secretlint/core");
const lintSource = ({ source, options }) => {
	secretLintProfiler.mark({
		type: "@core>lint::start",
		id: source.filePath
	});
	debug(`source filePath: %O`, source.filePath);
	debug(`options: %O`, options);
	const rules = options.config.rules;
	const locale = options.locale ?? "en";
	const maskSecrets = options.maskSecrets ?? false;
	const contextEvents = createContextEvents();
	const runningEvents = createRunningEvents();
	const reportedMessages = [];
	const ignoredMessages = [];
	contextEvents.onReport((message) => {
		reportedMessages.push(message);
	});
	contextEvents.onIgnore((message) => {
		ignoredMessages.push(message);
	});
	const sourceCode = new SecretLintSourceCodeImpl({
		content: source.content,
		filePath: source.filePath,
		physicalFilePath: options.noPhysicFilePath ? void 0 : source.filePath,
		ext: source.ext || "",
		contentType: source.contentType
	});
	secretLintProfiler.mark({ type: "@core>setup-rules::start" });
	rules.forEach((rule) => {
		secretLintProfiler.mark({
			type: "@core>setup-rule::start",
			id: rule.rule.meta.id
		});
		registerRule({
			sourceCode,
			config: options.config,
			descriptorRule: rule,
			contextEvents,
			runningEvents,
			locale
		});
		secretLintProfiler.mark({
			type: "@core>setup-rule::end",
			id: rule.rule.meta.id
		});
	});
	secretLintProfiler.mark({ type: "@core>setup-rules::end" });
	return runningEvents.runLint({ sourceCode }).then(() => {
		return {
			filePath: source.filePath,
			sourceContent: source.contentType === "text" ? source.content : void 0,
			sourceContentType: source.contentType,
			messages: cleanupMessages({
				reportedMessages,
				ignoredMessages,
				allowMessageIds: runningEvents.collectAllowMessageIds(),
				maskSecrets
			})
		};
	}).finally(() => {
		secretLintProfiler.mark({
			type: "@core>lint::end",
			id: source.filePath
		});
	});
};
const isRulePreset = (ruleDescriptor) => {
	return ruleDescriptor.rule.meta.type === "preset";
};
const isRule = (ruleDescriptor) => {
	return ruleDescriptor.rule.meta.type === "scanner";
};
/**
* Rule Processing
*/
const registerRule = ({ sourceCode, config, descriptorRule, contextEvents, runningEvents, locale }) => {
	const ruleId = descriptorRule.id;
	if (descriptorRule.disabled) {
		debug("Skip registerRule %s, because it is disabled", ruleId);
		return;
	}
	debug("registerRule %s", ruleId);
	const sharedOptionsWithDefault = config.sharedOptions ?? {};
	if (isRulePreset(descriptorRule)) {
		const context = createRulePresetContext({
			configRulePreset: descriptorRule,
			sourceCode,
			contextEvents,
			runningEvents,
			sharedOptions: sharedOptionsWithDefault,
			locale
		});
		runningEvents.registerRulePreset({
			descriptorRulePreset: descriptorRule,
			context
		});
		return;
	} else if (isRule(descriptorRule)) {
		const context = createRuleContext({
			ruleId,
			severity: descriptorRule.severity,
			meta: descriptorRule.rule.meta,
			sourceCode,
			contextEvents,
			sharedOptions: sharedOptionsWithDefault,
			locale
		});
		runningEvents.registerRule({
			descriptorRule,
			context
		});
		return;
	}
	throw new Error(`Unknown descriptor type: ${descriptorRule}`);
};

// node_modules/@secretlint/secretlint-rule-preset-recommend/module/index.js
var commonjsGlobal = typeof globalThis !== "undefined" ? globalThis : typeof window !== "undefined" ? window : typeof global !== "undefined" ? global : typeof self !== "undefined" ? self : {};
var regexpStringMatcher = {};
/**
* lodash (Custom Build) <https://lodash.com/>
* Build: `lodash modularize exports="npm" -o ./`
* Copyright jQuery Foundation and other contributors <https://jquery.org/>
* Released under MIT license <https://lodash.com/license>
* Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
* Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
*/
var lodash_uniq;
var hasRequiredLodash_uniq;
function requireLodash_uniq() {
	if (hasRequiredLodash_uniq) return lodash_uniq;
	hasRequiredLodash_uniq = 1;
	/** Used as the size to enable large array optimizations. */
	var LARGE_ARRAY_SIZE = 200;
	/** Used to stand-in for `undefined` hash values. */
	var HASH_UNDEFINED = "__lodash_hash_undefined__";
	/** Used as references for various `Number` constants. */
	var INFINITY = 1 / 0;
	/** `Object#toString` result references. */
	var funcTag = "[object Function]", genTag = "[object GeneratorFunction]";
	/**
	* Used to match `RegExp`
	* [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
	*/
	var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;
	/** Used to detect host constructors (Safari). */
	var reIsHostCtor = /^\[object .+?Constructor\]$/;
	/** Detect free variable `global` from Node.js. */
	var freeGlobal = typeof commonjsGlobal == "object" && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;
	/** Detect free variable `self`. */
	var freeSelf = typeof self == "object" && self && self.Object === Object && self;
	/** Used as a reference to the global object. */
	var root = freeGlobal || freeSelf || Function("return this")();
	/**
	* A specialized version of `_.includes` for arrays without support for
	* specifying an index to search from.
	*
	* @private
	* @param {Array} [array] The array to inspect.
	* @param {*} target The value to search for.
	* @returns {boolean} Returns `true` if `target` is found, else `false`.
	*/
	function arrayIncludes(array, value) {
		return !!(array ? array.length : 0) && baseIndexOf(array, value, 0) > -1;
	}
	/**
	* The base implementation of `_.findIndex` and `_.findLastIndex` without
	* support for iteratee shorthands.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {Function} predicate The function invoked per iteration.
	* @param {number} fromIndex The index to search from.
	* @param {boolean} [fromRight] Specify iterating from right to left.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function baseFindIndex(array, predicate, fromIndex, fromRight) {
		var length = array.length, index = fromIndex + -1;
		while (++index < length) if (predicate(array[index], index, array)) return index;
		return -1;
	}
	/**
	* The base implementation of `_.indexOf` without `fromIndex` bounds checks.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {*} value The value to search for.
	* @param {number} fromIndex The index to search from.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function baseIndexOf(array, value, fromIndex) {
		if (value !== value) return baseFindIndex(array, baseIsNaN, fromIndex);
		var index = fromIndex - 1, length = array.length;
		while (++index < length) if (array[index] === value) return index;
		return -1;
	}
	/**
	* The base implementation of `_.isNaN` without support for number objects.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is `NaN`, else `false`.
	*/
	function baseIsNaN(value) {
		return value !== value;
	}
	/**
	* Checks if a cache value for `key` exists.
	*
	* @private
	* @param {Object} cache The cache to query.
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function cacheHas(cache, key) {
		return cache.has(key);
	}
	/**
	* Gets the value at `key` of `object`.
	*
	* @private
	* @param {Object} [object] The object to query.
	* @param {string} key The key of the property to get.
	* @returns {*} Returns the property value.
	*/
	function getValue(object, key) {
		return object == null ? void 0 : object[key];
	}
	/**
	* Checks if `value` is a host object in IE < 9.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a host object, else `false`.
	*/
	function isHostObject(value) {
		var result = false;
		if (value != null && typeof value.toString != "function") try {
			result = !!(value + "");
		} catch (e) {}
		return result;
	}
	/**
	* Converts `set` to an array of its values.
	*
	* @private
	* @param {Object} set The set to convert.
	* @returns {Array} Returns the values.
	*/
	function setToArray(set) {
		var index = -1, result = Array(set.size);
		set.forEach(function(value) {
			result[++index] = value;
		});
		return result;
	}
	/** Used for built-in method references. */
	var arrayProto = Array.prototype, funcProto = Function.prototype, objectProto = Object.prototype;
	/** Used to detect overreaching core-js shims. */
	var coreJsData = root["__core-js_shared__"];
	/** Used to detect methods masquerading as native. */
	var maskSrcKey = function() {
		var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || "");
		return uid ? "Symbol(src)_1." + uid : "";
	}();
	/** Used to resolve the decompiled source of functions. */
	var funcToString = funcProto.toString;
	/** Used to check objects for own properties. */
	var hasOwnProperty = objectProto.hasOwnProperty;
	/**
	* Used to resolve the
	* [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
	* of values.
	*/
	var objectToString = objectProto.toString;
	/** Used to detect if a method is native. */
	var reIsNative = RegExp("^" + funcToString.call(hasOwnProperty).replace(reRegExpChar, "\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, "$1.*?") + "$");
	/** Built-in value references. */
	var splice = arrayProto.splice;
	var Map = getNative(root, "Map"), Set = getNative(root, "Set"), nativeCreate = getNative(Object, "create");
	/**
	* Creates a hash object.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function Hash(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the hash.
	*
	* @private
	* @name clear
	* @memberOf Hash
	*/
	function hashClear() {
		this.__data__ = nativeCreate ? nativeCreate(null) : {};
	}
	/**
	* Removes `key` and its value from the hash.
	*
	* @private
	* @name delete
	* @memberOf Hash
	* @param {Object} hash The hash to modify.
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function hashDelete(key) {
		return this.has(key) && delete this.__data__[key];
	}
	/**
	* Gets the hash value for `key`.
	*
	* @private
	* @name get
	* @memberOf Hash
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function hashGet(key) {
		var data = this.__data__;
		if (nativeCreate) {
			var result = data[key];
			return result === HASH_UNDEFINED ? void 0 : result;
		}
		return hasOwnProperty.call(data, key) ? data[key] : void 0;
	}
	/**
	* Checks if a hash value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf Hash
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function hashHas(key) {
		var data = this.__data__;
		return nativeCreate ? data[key] !== void 0 : hasOwnProperty.call(data, key);
	}
	/**
	* Sets the hash `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf Hash
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the hash instance.
	*/
	function hashSet(key, value) {
		var data = this.__data__;
		data[key] = nativeCreate && value === void 0 ? HASH_UNDEFINED : value;
		return this;
	}
	Hash.prototype.clear = hashClear;
	Hash.prototype["delete"] = hashDelete;
	Hash.prototype.get = hashGet;
	Hash.prototype.has = hashHas;
	Hash.prototype.set = hashSet;
	/**
	* Creates an list cache object.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function ListCache(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the list cache.
	*
	* @private
	* @name clear
	* @memberOf ListCache
	*/
	function listCacheClear() {
		this.__data__ = [];
	}
	/**
	* Removes `key` and its value from the list cache.
	*
	* @private
	* @name delete
	* @memberOf ListCache
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function listCacheDelete(key) {
		var data = this.__data__, index = assocIndexOf(data, key);
		if (index < 0) return false;
		if (index == data.length - 1) data.pop();
		else splice.call(data, index, 1);
		return true;
	}
	/**
	* Gets the list cache value for `key`.
	*
	* @private
	* @name get
	* @memberOf ListCache
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function listCacheGet(key) {
		var data = this.__data__, index = assocIndexOf(data, key);
		return index < 0 ? void 0 : data[index][1];
	}
	/**
	* Checks if a list cache value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf ListCache
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function listCacheHas(key) {
		return assocIndexOf(this.__data__, key) > -1;
	}
	/**
	* Sets the list cache `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf ListCache
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the list cache instance.
	*/
	function listCacheSet(key, value) {
		var data = this.__data__, index = assocIndexOf(data, key);
		if (index < 0) data.push([key, value]);
		else data[index][1] = value;
		return this;
	}
	ListCache.prototype.clear = listCacheClear;
	ListCache.prototype["delete"] = listCacheDelete;
	ListCache.prototype.get = listCacheGet;
	ListCache.prototype.has = listCacheHas;
	ListCache.prototype.set = listCacheSet;
	/**
	* Creates a map cache object to store key-value pairs.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function MapCache(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the map.
	*
	* @private
	* @name clear
	* @memberOf MapCache
	*/
	function mapCacheClear() {
		this.__data__ = {
			"hash": new Hash(),
			"map": new (Map || ListCache)(),
			"string": new Hash()
		};
	}
	/**
	* Removes `key` and its value from the map.
	*
	* @private
	* @name delete
	* @memberOf MapCache
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function mapCacheDelete(key) {
		return getMapData(this, key)["delete"](key);
	}
	/**
	* Gets the map value for `key`.
	*
	* @private
	* @name get
	* @memberOf MapCache
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function mapCacheGet(key) {
		return getMapData(this, key).get(key);
	}
	/**
	* Checks if a map value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf MapCache
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function mapCacheHas(key) {
		return getMapData(this, key).has(key);
	}
	/**
	* Sets the map `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf MapCache
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the map cache instance.
	*/
	function mapCacheSet(key, value) {
		getMapData(this, key).set(key, value);
		return this;
	}
	MapCache.prototype.clear = mapCacheClear;
	MapCache.prototype["delete"] = mapCacheDelete;
	MapCache.prototype.get = mapCacheGet;
	MapCache.prototype.has = mapCacheHas;
	MapCache.prototype.set = mapCacheSet;
	/**
	*
	* Creates an array cache object to store unique values.
	*
	* @private
	* @constructor
	* @param {Array} [values] The values to cache.
	*/
	function SetCache(values) {
		var index = -1, length = values ? values.length : 0;
		this.__data__ = new MapCache();
		while (++index < length) this.add(values[index]);
	}
	/**
	* Adds `value` to the array cache.
	*
	* @private
	* @name add
	* @memberOf SetCache
	* @alias push
	* @param {*} value The value to cache.
	* @returns {Object} Returns the cache instance.
	*/
	function setCacheAdd(value) {
		this.__data__.set(value, HASH_UNDEFINED);
		return this;
	}
	/**
	* Checks if `value` is in the array cache.
	*
	* @private
	* @name has
	* @memberOf SetCache
	* @param {*} value The value to search for.
	* @returns {number} Returns `true` if `value` is found, else `false`.
	*/
	function setCacheHas(value) {
		return this.__data__.has(value);
	}
	SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
	SetCache.prototype.has = setCacheHas;
	/**
	* Gets the index at which the `key` is found in `array` of key-value pairs.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {*} key The key to search for.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function assocIndexOf(array, key) {
		var length = array.length;
		while (length--) if (eq(array[length][0], key)) return length;
		return -1;
	}
	/**
	* The base implementation of `_.isNative` without bad shim checks.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a native function,
	*  else `false`.
	*/
	function baseIsNative(value) {
		if (!isObject(value) || isMasked(value)) return false;
		return (isFunction(value) || isHostObject(value) ? reIsNative : reIsHostCtor).test(toSource(value));
	}
	/**
	* The base implementation of `_.uniqBy` without support for iteratee shorthands.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {Function} [iteratee] The iteratee invoked per element.
	* @param {Function} [comparator] The comparator invoked per element.
	* @returns {Array} Returns the new duplicate free array.
	*/
	function baseUniq(array, iteratee, comparator) {
		var index = -1, includes = arrayIncludes, length = array.length, isCommon = true, result = [], seen = result;
		if (length >= LARGE_ARRAY_SIZE) {
			var set = createSet(array);
			if (set) return setToArray(set);
			isCommon = false;
			includes = cacheHas;
			seen = new SetCache();
		} else seen = result;
		outer: while (++index < length) {
			var value = array[index], computed = value;
			value = value !== 0 ? value : 0;
			if (isCommon && computed === computed) {
				var seenIndex = seen.length;
				while (seenIndex--) if (seen[seenIndex] === computed) continue outer;
				result.push(value);
			} else if (!includes(seen, computed, comparator)) {
				if (seen !== result) seen.push(computed);
				result.push(value);
			}
		}
		return result;
	}
	/**
	* Creates a set object of `values`.
	*
	* @private
	* @param {Array} values The values to add to the set.
	* @returns {Object} Returns the new set.
	*/
	var createSet = !(Set && 1 / setToArray(new Set([, -0]))[1] == INFINITY) ? noop : function(values) {
		return new Set(values);
	};
	/**
	* Gets the data for `map`.
	*
	* @private
	* @param {Object} map The map to query.
	* @param {string} key The reference key.
	* @returns {*} Returns the map data.
	*/
	function getMapData(map, key) {
		var data = map.__data__;
		return isKeyable(key) ? data[typeof key == "string" ? "string" : "hash"] : data.map;
	}
	/**
	* Gets the native function at `key` of `object`.
	*
	* @private
	* @param {Object} object The object to query.
	* @param {string} key The key of the method to get.
	* @returns {*} Returns the function if it's native, else `undefined`.
	*/
	function getNative(object, key) {
		var value = getValue(object, key);
		return baseIsNative(value) ? value : void 0;
	}
	/**
	* Checks if `value` is suitable for use as unique object key.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is suitable, else `false`.
	*/
	function isKeyable(value) {
		var type = typeof value;
		return type == "string" || type == "number" || type == "symbol" || type == "boolean" ? value !== "__proto__" : value === null;
	}
	/**
	* Checks if `func` has its source masked.
	*
	* @private
	* @param {Function} func The function to check.
	* @returns {boolean} Returns `true` if `func` is masked, else `false`.
	*/
	function isMasked(func) {
		return !!maskSrcKey && maskSrcKey in func;
	}
	/**
	* Converts `func` to its source code.
	*
	* @private
	* @param {Function} func The function to process.
	* @returns {string} Returns the source code.
	*/
	function toSource(func) {
		if (func != null) {
			try {
				return funcToString.call(func);
			} catch (e) {}
			try {
				return func + "";
			} catch (e) {}
		}
		return "";
	}
	/**
	* Creates a duplicate-free version of an array, using
	* [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	* for equality comparisons, in which only the first occurrence of each
	* element is kept.
	*
	* @static
	* @memberOf _
	* @since 0.1.0
	* @category Array
	* @param {Array} array The array to inspect.
	* @returns {Array} Returns the new duplicate free array.
	* @example
	*
	* _.uniq([2, 1, 2]);
	* // => [2, 1]
	*/
	function uniq(array) {
		return array && array.length ? baseUniq(array) : [];
	}
	/**
	* Performs a
	* [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	* comparison between two values to determine if they are equivalent.
	*
	* @static
	* @memberOf _
	* @since 4.0.0
	* @category Lang
	* @param {*} value The value to compare.
	* @param {*} other The other value to compare.
	* @returns {boolean} Returns `true` if the values are equivalent, else `false`.
	* @example
	*
	* var object = { 'a': 1 };
	* var other = { 'a': 1 };
	*
	* _.eq(object, object);
	* // => true
	*
	* _.eq(object, other);
	* // => false
	*
	* _.eq('a', 'a');
	* // => true
	*
	* _.eq('a', Object('a'));
	* // => false
	*
	* _.eq(NaN, NaN);
	* // => true
	*/
	function eq(value, other) {
		return value === other || value !== value && other !== other;
	}
	/**
	* Checks if `value` is classified as a `Function` object.
	*
	* @static
	* @memberOf _
	* @since 0.1.0
	* @category Lang
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a function, else `false`.
	* @example
	*
	* _.isFunction(_);
	* // => true
	*
	* _.isFunction(/abc/);
	* // => false
	*/
	function isFunction(value) {
		var tag = isObject(value) ? objectToString.call(value) : "";
		return tag == funcTag || tag == genTag;
	}
	/**
	* Checks if `value` is the
	* [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
	* of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
	*
	* @static
	* @memberOf _
	* @since 0.1.0
	* @category Lang
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is an object, else `false`.
	* @example
	*
	* _.isObject({});
	* // => true
	*
	* _.isObject([1, 2, 3]);
	* // => true
	*
	* _.isObject(_.noop);
	* // => true
	*
	* _.isObject(null);
	* // => false
	*/
	function isObject(value) {
		var type = typeof value;
		return !!value && (type == "object" || type == "function");
	}
	/**
	* This method returns `undefined`.
	*
	* @static
	* @memberOf _
	* @since 2.3.0
	* @category Util
	* @example
	*
	* _.times(2, _.noop);
	* // => [undefined, undefined]
	*/
	function noop() {}
	lodash_uniq = uniq;
	return lodash_uniq;
}
/**
* lodash (Custom Build) <https://lodash.com/>
* Build: `lodash modularize exports="npm" -o ./`
* Copyright jQuery Foundation and other contributors <https://jquery.org/>
* Released under MIT license <https://lodash.com/license>
* Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
* Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
*/
var lodash_uniqwith;
var hasRequiredLodash_uniqwith;
function requireLodash_uniqwith() {
	if (hasRequiredLodash_uniqwith) return lodash_uniqwith;
	hasRequiredLodash_uniqwith = 1;
	/** Used as the size to enable large array optimizations. */
	var LARGE_ARRAY_SIZE = 200;
	/** Used to stand-in for `undefined` hash values. */
	var HASH_UNDEFINED = "__lodash_hash_undefined__";
	/** Used as references for various `Number` constants. */
	var INFINITY = 1 / 0;
	/** `Object#toString` result references. */
	var funcTag = "[object Function]", genTag = "[object GeneratorFunction]";
	/**
	* Used to match `RegExp`
	* [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
	*/
	var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;
	/** Used to detect host constructors (Safari). */
	var reIsHostCtor = /^\[object .+?Constructor\]$/;
	/** Detect free variable `global` from Node.js. */
	var freeGlobal = typeof commonjsGlobal == "object" && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;
	/** Detect free variable `self`. */
	var freeSelf = typeof self == "object" && self && self.Object === Object && self;
	/** Used as a reference to the global object. */
	var root = freeGlobal || freeSelf || Function("return this")();
	/**
	* A specialized version of `_.includes` for arrays without support for
	* specifying an index to search from.
	*
	* @private
	* @param {Array} [array] The array to inspect.
	* @param {*} target The value to search for.
	* @returns {boolean} Returns `true` if `target` is found, else `false`.
	*/
	function arrayIncludes(array, value) {
		return !!(array ? array.length : 0) && baseIndexOf(array, value, 0) > -1;
	}
	/**
	* This function is like `arrayIncludes` except that it accepts a comparator.
	*
	* @private
	* @param {Array} [array] The array to inspect.
	* @param {*} target The value to search for.
	* @param {Function} comparator The comparator invoked per element.
	* @returns {boolean} Returns `true` if `target` is found, else `false`.
	*/
	function arrayIncludesWith(array, value, comparator) {
		var index = -1, length = array ? array.length : 0;
		while (++index < length) if (comparator(value, array[index])) return true;
		return false;
	}
	/**
	* The base implementation of `_.findIndex` and `_.findLastIndex` without
	* support for iteratee shorthands.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {Function} predicate The function invoked per iteration.
	* @param {number} fromIndex The index to search from.
	* @param {boolean} [fromRight] Specify iterating from right to left.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function baseFindIndex(array, predicate, fromIndex, fromRight) {
		var length = array.length, index = fromIndex + -1;
		while (++index < length) if (predicate(array[index], index, array)) return index;
		return -1;
	}
	/**
	* The base implementation of `_.indexOf` without `fromIndex` bounds checks.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {*} value The value to search for.
	* @param {number} fromIndex The index to search from.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function baseIndexOf(array, value, fromIndex) {
		if (value !== value) return baseFindIndex(array, baseIsNaN, fromIndex);
		var index = fromIndex - 1, length = array.length;
		while (++index < length) if (array[index] === value) return index;
		return -1;
	}
	/**
	* The base implementation of `_.isNaN` without support for number objects.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is `NaN`, else `false`.
	*/
	function baseIsNaN(value) {
		return value !== value;
	}
	/**
	* Checks if a cache value for `key` exists.
	*
	* @private
	* @param {Object} cache The cache to query.
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function cacheHas(cache, key) {
		return cache.has(key);
	}
	/**
	* Gets the value at `key` of `object`.
	*
	* @private
	* @param {Object} [object] The object to query.
	* @param {string} key The key of the property to get.
	* @returns {*} Returns the property value.
	*/
	function getValue(object, key) {
		return object == null ? void 0 : object[key];
	}
	/**
	* Checks if `value` is a host object in IE < 9.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a host object, else `false`.
	*/
	function isHostObject(value) {
		var result = false;
		if (value != null && typeof value.toString != "function") try {
			result = !!(value + "");
		} catch (e) {}
		return result;
	}
	/**
	* Converts `set` to an array of its values.
	*
	* @private
	* @param {Object} set The set to convert.
	* @returns {Array} Returns the values.
	*/
	function setToArray(set) {
		var index = -1, result = Array(set.size);
		set.forEach(function(value) {
			result[++index] = value;
		});
		return result;
	}
	/** Used for built-in method references. */
	var arrayProto = Array.prototype, funcProto = Function.prototype, objectProto = Object.prototype;
	/** Used to detect overreaching core-js shims. */
	var coreJsData = root["__core-js_shared__"];
	/** Used to detect methods masquerading as native. */
	var maskSrcKey = function() {
		var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || "");
		return uid ? "Symbol(src)_1." + uid : "";
	}();
	/** Used to resolve the decompiled source of functions. */
	var funcToString = funcProto.toString;
	/** Used to check objects for own properties. */
	var hasOwnProperty = objectProto.hasOwnProperty;
	/**
	* Used to resolve the
	* [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
	* of values.
	*/
	var objectToString = objectProto.toString;
	/** Used to detect if a method is native. */
	var reIsNative = RegExp("^" + funcToString.call(hasOwnProperty).replace(reRegExpChar, "\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, "$1.*?") + "$");
	/** Built-in value references. */
	var splice = arrayProto.splice;
	var Map = getNative(root, "Map"), Set = getNative(root, "Set"), nativeCreate = getNative(Object, "create");
	/**
	* Creates a hash object.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function Hash(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the hash.
	*
	* @private
	* @name clear
	* @memberOf Hash
	*/
	function hashClear() {
		this.__data__ = nativeCreate ? nativeCreate(null) : {};
	}
	/**
	* Removes `key` and its value from the hash.
	*
	* @private
	* @name delete
	* @memberOf Hash
	* @param {Object} hash The hash to modify.
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function hashDelete(key) {
		return this.has(key) && delete this.__data__[key];
	}
	/**
	* Gets the hash value for `key`.
	*
	* @private
	* @name get
	* @memberOf Hash
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function hashGet(key) {
		var data = this.__data__;
		if (nativeCreate) {
			var result = data[key];
			return result === HASH_UNDEFINED ? void 0 : result;
		}
		return hasOwnProperty.call(data, key) ? data[key] : void 0;
	}
	/**
	* Checks if a hash value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf Hash
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function hashHas(key) {
		var data = this.__data__;
		return nativeCreate ? data[key] !== void 0 : hasOwnProperty.call(data, key);
	}
	/**
	* Sets the hash `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf Hash
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the hash instance.
	*/
	function hashSet(key, value) {
		var data = this.__data__;
		data[key] = nativeCreate && value === void 0 ? HASH_UNDEFINED : value;
		return this;
	}
	Hash.prototype.clear = hashClear;
	Hash.prototype["delete"] = hashDelete;
	Hash.prototype.get = hashGet;
	Hash.prototype.has = hashHas;
	Hash.prototype.set = hashSet;
	/**
	* Creates an list cache object.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function ListCache(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the list cache.
	*
	* @private
	* @name clear
	* @memberOf ListCache
	*/
	function listCacheClear() {
		this.__data__ = [];
	}
	/**
	* Removes `key` and its value from the list cache.
	*
	* @private
	* @name delete
	* @memberOf ListCache
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function listCacheDelete(key) {
		var data = this.__data__, index = assocIndexOf(data, key);
		if (index < 0) return false;
		if (index == data.length - 1) data.pop();
		else splice.call(data, index, 1);
		return true;
	}
	/**
	* Gets the list cache value for `key`.
	*
	* @private
	* @name get
	* @memberOf ListCache
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function listCacheGet(key) {
		var data = this.__data__, index = assocIndexOf(data, key);
		return index < 0 ? void 0 : data[index][1];
	}
	/**
	* Checks if a list cache value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf ListCache
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function listCacheHas(key) {
		return assocIndexOf(this.__data__, key) > -1;
	}
	/**
	* Sets the list cache `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf ListCache
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the list cache instance.
	*/
	function listCacheSet(key, value) {
		var data = this.__data__, index = assocIndexOf(data, key);
		if (index < 0) data.push([key, value]);
		else data[index][1] = value;
		return this;
	}
	ListCache.prototype.clear = listCacheClear;
	ListCache.prototype["delete"] = listCacheDelete;
	ListCache.prototype.get = listCacheGet;
	ListCache.prototype.has = listCacheHas;
	ListCache.prototype.set = listCacheSet;
	/**
	* Creates a map cache object to store key-value pairs.
	*
	* @private
	* @constructor
	* @param {Array} [entries] The key-value pairs to cache.
	*/
	function MapCache(entries) {
		var index = -1, length = entries ? entries.length : 0;
		this.clear();
		while (++index < length) {
			var entry = entries[index];
			this.set(entry[0], entry[1]);
		}
	}
	/**
	* Removes all key-value entries from the map.
	*
	* @private
	* @name clear
	* @memberOf MapCache
	*/
	function mapCacheClear() {
		this.__data__ = {
			"hash": new Hash(),
			"map": new (Map || ListCache)(),
			"string": new Hash()
		};
	}
	/**
	* Removes `key` and its value from the map.
	*
	* @private
	* @name delete
	* @memberOf MapCache
	* @param {string} key The key of the value to remove.
	* @returns {boolean} Returns `true` if the entry was removed, else `false`.
	*/
	function mapCacheDelete(key) {
		return getMapData(this, key)["delete"](key);
	}
	/**
	* Gets the map value for `key`.
	*
	* @private
	* @name get
	* @memberOf MapCache
	* @param {string} key The key of the value to get.
	* @returns {*} Returns the entry value.
	*/
	function mapCacheGet(key) {
		return getMapData(this, key).get(key);
	}
	/**
	* Checks if a map value for `key` exists.
	*
	* @private
	* @name has
	* @memberOf MapCache
	* @param {string} key The key of the entry to check.
	* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	*/
	function mapCacheHas(key) {
		return getMapData(this, key).has(key);
	}
	/**
	* Sets the map `key` to `value`.
	*
	* @private
	* @name set
	* @memberOf MapCache
	* @param {string} key The key of the value to set.
	* @param {*} value The value to set.
	* @returns {Object} Returns the map cache instance.
	*/
	function mapCacheSet(key, value) {
		getMapData(this, key).set(key, value);
		return this;
	}
	MapCache.prototype.clear = mapCacheClear;
	MapCache.prototype["delete"] = mapCacheDelete;
	MapCache.prototype.get = mapCacheGet;
	MapCache.prototype.has = mapCacheHas;
	MapCache.prototype.set = mapCacheSet;
	/**
	*
	* Creates an array cache object to store unique values.
	*
	* @private
	* @constructor
	* @param {Array} [values] The values to cache.
	*/
	function SetCache(values) {
		var index = -1, length = values ? values.length : 0;
		this.__data__ = new MapCache();
		while (++index < length) this.add(values[index]);
	}
	/**
	* Adds `value` to the array cache.
	*
	* @private
	* @name add
	* @memberOf SetCache
	* @alias push
	* @param {*} value The value to cache.
	* @returns {Object} Returns the cache instance.
	*/
	function setCacheAdd(value) {
		this.__data__.set(value, HASH_UNDEFINED);
		return this;
	}
	/**
	* Checks if `value` is in the array cache.
	*
	* @private
	* @name has
	* @memberOf SetCache
	* @param {*} value The value to search for.
	* @returns {number} Returns `true` if `value` is found, else `false`.
	*/
	function setCacheHas(value) {
		return this.__data__.has(value);
	}
	SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
	SetCache.prototype.has = setCacheHas;
	/**
	* Gets the index at which the `key` is found in `array` of key-value pairs.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {*} key The key to search for.
	* @returns {number} Returns the index of the matched value, else `-1`.
	*/
	function assocIndexOf(array, key) {
		var length = array.length;
		while (length--) if (eq(array[length][0], key)) return length;
		return -1;
	}
	/**
	* The base implementation of `_.isNative` without bad shim checks.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a native function,
	*  else `false`.
	*/
	function baseIsNative(value) {
		if (!isObject(value) || isMasked(value)) return false;
		return (isFunction(value) || isHostObject(value) ? reIsNative : reIsHostCtor).test(toSource(value));
	}
	/**
	* The base implementation of `_.uniqBy` without support for iteratee shorthands.
	*
	* @private
	* @param {Array} array The array to inspect.
	* @param {Function} [iteratee] The iteratee invoked per element.
	* @param {Function} [comparator] The comparator invoked per element.
	* @returns {Array} Returns the new duplicate free array.
	*/
	function baseUniq(array, iteratee, comparator) {
		var index = -1, includes = arrayIncludes, length = array.length, isCommon = true, result = [], seen = result;
		if (comparator) {
			isCommon = false;
			includes = arrayIncludesWith;
		} else if (length >= LARGE_ARRAY_SIZE) {
			var set = createSet(array);
			if (set) return setToArray(set);
			isCommon = false;
			includes = cacheHas;
			seen = new SetCache();
		} else seen = result;
		outer: while (++index < length) {
			var value = array[index], computed = value;
			value = comparator || value !== 0 ? value : 0;
			if (isCommon && computed === computed) {
				var seenIndex = seen.length;
				while (seenIndex--) if (seen[seenIndex] === computed) continue outer;
				result.push(value);
			} else if (!includes(seen, computed, comparator)) {
				if (seen !== result) seen.push(computed);
				result.push(value);
			}
		}
		return result;
	}
	/**
	* Creates a set object of `values`.
	*
	* @private
	* @param {Array} values The values to add to the set.
	* @returns {Object} Returns the new set.
	*/
	var createSet = !(Set && 1 / setToArray(new Set([, -0]))[1] == INFINITY) ? noop : function(values) {
		return new Set(values);
	};
	/**
	* Gets the data for `map`.
	*
	* @private
	* @param {Object} map The map to query.
	* @param {string} key The reference key.
	* @returns {*} Returns the map data.
	*/
	function getMapData(map, key) {
		var data = map.__data__;
		return isKeyable(key) ? data[typeof key == "string" ? "string" : "hash"] : data.map;
	}
	/**
	* Gets the native function at `key` of `object`.
	*
	* @private
	* @param {Object} object The object to query.
	* @param {string} key The key of the method to get.
	* @returns {*} Returns the function if it's native, else `undefined`.
	*/
	function getNative(object, key) {
		var value = getValue(object, key);
		return baseIsNative(value) ? value : void 0;
	}
	/**
	* Checks if `value` is suitable for use as unique object key.
	*
	* @private
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is suitable, else `false`.
	*/
	function isKeyable(value) {
		var type = typeof value;
		return type == "string" || type == "number" || type == "symbol" || type == "boolean" ? value !== "__proto__" : value === null;
	}
	/**
	* Checks if `func` has its source masked.
	*
	* @private
	* @param {Function} func The function to check.
	* @returns {boolean} Returns `true` if `func` is masked, else `false`.
	*/
	function isMasked(func) {
		return !!maskSrcKey && maskSrcKey in func;
	}
	/**
	* Converts `func` to its source code.
	*
	* @private
	* @param {Function} func The function to process.
	* @returns {string} Returns the source code.
	*/
	function toSource(func) {
		if (func != null) {
			try {
				return funcToString.call(func);
			} catch (e) {}
			try {
				return func + "";
			} catch (e) {}
		}
		return "";
	}
	/**
	* This method is like `_.uniq` except that it accepts `comparator` which
	* is invoked to compare elements of `array`. The comparator is invoked with
	* two arguments: (arrVal, othVal).
	*
	* @static
	* @memberOf _
	* @since 4.0.0
	* @category Array
	* @param {Array} array The array to inspect.
	* @param {Function} [comparator] The comparator invoked per element.
	* @returns {Array} Returns the new duplicate free array.
	* @example
	*
	* var objects = [{ 'x': 1, 'y': 2 }, { 'x': 2, 'y': 1 }, { 'x': 1, 'y': 2 }];
	*
	* _.uniqWith(objects, _.isEqual);
	* // => [{ 'x': 1, 'y': 2 }, { 'x': 2, 'y': 1 }]
	*/
	function uniqWith(array, comparator) {
		return array && array.length ? baseUniq(array, void 0, comparator) : [];
	}
	/**
	* Performs a
	* [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	* comparison between two values to determine if they are equivalent.
	*
	* @static
	* @memberOf _
	* @since 4.0.0
	* @category Lang
	* @param {*} value The value to compare.
	* @param {*} other The other value to compare.
	* @returns {boolean} Returns `true` if the values are equivalent, else `false`.
	* @example
	*
	* var object = { 'a': 1 };
	* var other = { 'a': 1 };
	*
	* _.eq(object, object);
	* // => true
	*
	* _.eq(object, other);
	* // => false
	*
	* _.eq('a', 'a');
	* // => true
	*
	* _.eq('a', Object('a'));
	* // => false
	*
	* _.eq(NaN, NaN);
	* // => true
	*/
	function eq(value, other) {
		return value === other || value !== value && other !== other;
	}
	/**
	* Checks if `value` is classified as a `Function` object.
	*
	* @static
	* @memberOf _
	* @since 0.1.0
	* @category Lang
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is a function, else `false`.
	* @example
	*
	* _.isFunction(_);
	* // => true
	*
	* _.isFunction(/abc/);
	* // => false
	*/
	function isFunction(value) {
		var tag = isObject(value) ? objectToString.call(value) : "";
		return tag == funcTag || tag == genTag;
	}
	/**
	* Checks if `value` is the
	* [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
	* of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
	*
	* @static
	* @memberOf _
	* @since 0.1.0
	* @category Lang
	* @param {*} value The value to check.
	* @returns {boolean} Returns `true` if `value` is an object, else `false`.
	* @example
	*
	* _.isObject({});
	* // => true
	*
	* _.isObject([1, 2, 3]);
	* // => true
	*
	* _.isObject(_.noop);
	* // => true
	*
	* _.isObject(null);
	* // => false
	*/
	function isObject(value) {
		var type = typeof value;
		return !!value && (type == "object" || type == "function");
	}
	/**
	* This method returns `undefined`.
	*
	* @static
	* @memberOf _
	* @since 2.3.0
	* @category Util
	* @example
	*
	* _.times(2, _.noop);
	* // => [undefined, undefined]
	*/
	function noop() {}
	lodash_uniqwith = uniqWith;
	return lodash_uniqwith;
}
var lodash_sortby = { exports: {} };
/**
* lodash (Custom Build) <https://lodash.com/>
* Build: `lodash modularize exports="npm" -o ./`
* Copyright jQuery Foundation and other contributors <https://jquery.org/>
* Released under MIT license <https://lodash.com/license>
* Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
* Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
*/
lodash_sortby.exports;
var hasRequiredLodash_sortby;
function requireLodash_sortby() {
	if (hasRequiredLodash_sortby) return lodash_sortby.exports;
	hasRequiredLodash_sortby = 1;
	(function(module, exports) {
		/** Used as the `TypeError` message for "Functions" methods. */
		var FUNC_ERROR_TEXT = "Expected a function";
		/** Used to stand-in for `undefined` hash values. */
		var HASH_UNDEFINED = "__lodash_hash_undefined__";
		/** Used to compose bitmasks for comparison styles. */
		var UNORDERED_COMPARE_FLAG = 1, PARTIAL_COMPARE_FLAG = 2;
		/** Used as references for various `Number` constants. */
		var MAX_SAFE_INTEGER = 9007199254740991;
		/** `Object#toString` result references. */
		var argsTag = "[object Arguments]", arrayTag = "[object Array]", boolTag = "[object Boolean]", dateTag = "[object Date]", errorTag = "[object Error]", funcTag = "[object Function]", genTag = "[object GeneratorFunction]", mapTag = "[object Map]", numberTag = "[object Number]", objectTag = "[object Object]", promiseTag = "[object Promise]", regexpTag = "[object RegExp]", setTag = "[object Set]", stringTag = "[object String]", symbolTag = "[object Symbol]", weakMapTag = "[object WeakMap]";
		var arrayBufferTag = "[object ArrayBuffer]", dataViewTag = "[object DataView]", float32Tag = "[object Float32Array]", float64Tag = "[object Float64Array]", int8Tag = "[object Int8Array]", int16Tag = "[object Int16Array]", int32Tag = "[object Int32Array]", uint8Tag = "[object Uint8Array]", uint8ClampedTag = "[object Uint8ClampedArray]", uint16Tag = "[object Uint16Array]", uint32Tag = "[object Uint32Array]";
		/** Used to match property names within property paths. */
		var reIsDeepProp = /\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\\]|\\.)*?\1)\]/, reIsPlainProp = /^\w*$/, reLeadingDot = /^\./, rePropName = /[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g;
		/**
		* Used to match `RegExp`
		* [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
		*/
		var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;
		/** Used to match backslashes in property paths. */
		var reEscapeChar = /\\(\\)?/g;
		/** Used to detect host constructors (Safari). */
		var reIsHostCtor = /^\[object .+?Constructor\]$/;
		/** Used to detect unsigned integer values. */
		var reIsUint = /^(?:0|[1-9]\d*)$/;
		/** Used to identify `toStringTag` values of typed arrays. */
		var typedArrayTags = {};
		typedArrayTags[float32Tag] = typedArrayTags[float64Tag] = typedArrayTags[int8Tag] = typedArrayTags[int16Tag] = typedArrayTags[int32Tag] = typedArrayTags[uint8Tag] = typedArrayTags[uint8ClampedTag] = typedArrayTags[uint16Tag] = typedArrayTags[uint32Tag] = true;
		typedArrayTags[argsTag] = typedArrayTags[arrayTag] = typedArrayTags[arrayBufferTag] = typedArrayTags[boolTag] = typedArrayTags[dataViewTag] = typedArrayTags[dateTag] = typedArrayTags[errorTag] = typedArrayTags[funcTag] = typedArrayTags[mapTag] = typedArrayTags[numberTag] = typedArrayTags[objectTag] = typedArrayTags[regexpTag] = typedArrayTags[setTag] = typedArrayTags[stringTag] = typedArrayTags[weakMapTag] = false;
		/** Detect free variable `global` from Node.js. */
		var freeGlobal = typeof commonjsGlobal == "object" && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;
		/** Detect free variable `self`. */
		var freeSelf = typeof self == "object" && self && self.Object === Object && self;
		/** Used as a reference to the global object. */
		var root = freeGlobal || freeSelf || Function("return this")();
		/** Detect free variable `exports`. */
		var freeExports = exports && !exports.nodeType && exports;
		/** Detect free variable `module`. */
		var freeModule = freeExports && module && !module.nodeType && module;
		/** Detect free variable `process` from Node.js. */
		var freeProcess = freeModule && freeModule.exports === freeExports && freeGlobal.process;
		/** Used to access faster Node.js helpers. */
		var nodeUtil = function() {
			try {
				return freeProcess && freeProcess.binding("util");
			} catch (e) {}
		}();
		var nodeIsTypedArray = nodeUtil && nodeUtil.isTypedArray;
		/**
		* A faster alternative to `Function#apply`, this function invokes `func`
		* with the `this` binding of `thisArg` and the arguments of `args`.
		*
		* @private
		* @param {Function} func The function to invoke.
		* @param {*} thisArg The `this` binding of `func`.
		* @param {Array} args The arguments to invoke `func` with.
		* @returns {*} Returns the result of `func`.
		*/
		function apply(func, thisArg, args) {
			switch (args.length) {
				case 0: return func.call(thisArg);
				case 1: return func.call(thisArg, args[0]);
				case 2: return func.call(thisArg, args[0], args[1]);
				case 3: return func.call(thisArg, args[0], args[1], args[2]);
			}
			return func.apply(thisArg, args);
		}
		/**
		* A specialized version of `_.map` for arrays without support for iteratee
		* shorthands.
		*
		* @private
		* @param {Array} [array] The array to iterate over.
		* @param {Function} iteratee The function invoked per iteration.
		* @returns {Array} Returns the new mapped array.
		*/
		function arrayMap(array, iteratee) {
			var index = -1, length = array ? array.length : 0, result = Array(length);
			while (++index < length) result[index] = iteratee(array[index], index, array);
			return result;
		}
		/**
		* Appends the elements of `values` to `array`.
		*
		* @private
		* @param {Array} array The array to modify.
		* @param {Array} values The values to append.
		* @returns {Array} Returns `array`.
		*/
		function arrayPush(array, values) {
			var index = -1, length = values.length, offset = array.length;
			while (++index < length) array[offset + index] = values[index];
			return array;
		}
		/**
		* A specialized version of `_.some` for arrays without support for iteratee
		* shorthands.
		*
		* @private
		* @param {Array} [array] The array to iterate over.
		* @param {Function} predicate The function invoked per iteration.
		* @returns {boolean} Returns `true` if any element passes the predicate check,
		*  else `false`.
		*/
		function arraySome(array, predicate) {
			var index = -1, length = array ? array.length : 0;
			while (++index < length) if (predicate(array[index], index, array)) return true;
			return false;
		}
		/**
		* The base implementation of `_.property` without support for deep paths.
		*
		* @private
		* @param {string} key The key of the property to get.
		* @returns {Function} Returns the new accessor function.
		*/
		function baseProperty(key) {
			return function(object) {
				return object == null ? void 0 : object[key];
			};
		}
		/**
		* The base implementation of `_.sortBy` which uses `comparer` to define the
		* sort order of `array` and replaces criteria objects with their corresponding
		* values.
		*
		* @private
		* @param {Array} array The array to sort.
		* @param {Function} comparer The function to define sort order.
		* @returns {Array} Returns `array`.
		*/
		function baseSortBy(array, comparer) {
			var length = array.length;
			array.sort(comparer);
			while (length--) array[length] = array[length].value;
			return array;
		}
		/**
		* The base implementation of `_.times` without support for iteratee shorthands
		* or max array length checks.
		*
		* @private
		* @param {number} n The number of times to invoke `iteratee`.
		* @param {Function} iteratee The function invoked per iteration.
		* @returns {Array} Returns the array of results.
		*/
		function baseTimes(n, iteratee) {
			var index = -1, result = Array(n);
			while (++index < n) result[index] = iteratee(index);
			return result;
		}
		/**
		* The base implementation of `_.unary` without support for storing metadata.
		*
		* @private
		* @param {Function} func The function to cap arguments for.
		* @returns {Function} Returns the new capped function.
		*/
		function baseUnary(func) {
			return function(value) {
				return func(value);
			};
		}
		/**
		* Gets the value at `key` of `object`.
		*
		* @private
		* @param {Object} [object] The object to query.
		* @param {string} key The key of the property to get.
		* @returns {*} Returns the property value.
		*/
		function getValue(object, key) {
			return object == null ? void 0 : object[key];
		}
		/**
		* Checks if `value` is a host object in IE < 9.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a host object, else `false`.
		*/
		function isHostObject(value) {
			var result = false;
			if (value != null && typeof value.toString != "function") try {
				result = !!(value + "");
			} catch (e) {}
			return result;
		}
		/**
		* Converts `map` to its key-value pairs.
		*
		* @private
		* @param {Object} map The map to convert.
		* @returns {Array} Returns the key-value pairs.
		*/
		function mapToArray(map) {
			var index = -1, result = Array(map.size);
			map.forEach(function(value, key) {
				result[++index] = [key, value];
			});
			return result;
		}
		/**
		* Creates a unary function that invokes `func` with its argument transformed.
		*
		* @private
		* @param {Function} func The function to wrap.
		* @param {Function} transform The argument transform.
		* @returns {Function} Returns the new function.
		*/
		function overArg(func, transform) {
			return function(arg) {
				return func(transform(arg));
			};
		}
		/**
		* Converts `set` to an array of its values.
		*
		* @private
		* @param {Object} set The set to convert.
		* @returns {Array} Returns the values.
		*/
		function setToArray(set) {
			var index = -1, result = Array(set.size);
			set.forEach(function(value) {
				result[++index] = value;
			});
			return result;
		}
		/** Used for built-in method references. */
		var arrayProto = Array.prototype, funcProto = Function.prototype, objectProto = Object.prototype;
		/** Used to detect overreaching core-js shims. */
		var coreJsData = root["__core-js_shared__"];
		/** Used to detect methods masquerading as native. */
		var maskSrcKey = function() {
			var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || "");
			return uid ? "Symbol(src)_1." + uid : "";
		}();
		/** Used to resolve the decompiled source of functions. */
		var funcToString = funcProto.toString;
		/** Used to check objects for own properties. */
		var hasOwnProperty = objectProto.hasOwnProperty;
		/**
		* Used to resolve the
		* [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
		* of values.
		*/
		var objectToString = objectProto.toString;
		/** Used to detect if a method is native. */
		var reIsNative = RegExp("^" + funcToString.call(hasOwnProperty).replace(reRegExpChar, "\\$&").replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, "$1.*?") + "$");
		/** Built-in value references. */
		var Symbol = root.Symbol, Uint8Array = root.Uint8Array, propertyIsEnumerable = objectProto.propertyIsEnumerable, splice = arrayProto.splice, spreadableSymbol = Symbol ? Symbol.isConcatSpreadable : void 0;
		var nativeKeys = overArg(Object.keys, Object), nativeMax = Math.max;
		var DataView = getNative(root, "DataView"), Map = getNative(root, "Map"), Promise$1 = getNative(root, "Promise"), Set = getNative(root, "Set"), WeakMap = getNative(root, "WeakMap"), nativeCreate = getNative(Object, "create");
		/** Used to detect maps, sets, and weakmaps. */
		var dataViewCtorString = toSource(DataView), mapCtorString = toSource(Map), promiseCtorString = toSource(Promise$1), setCtorString = toSource(Set), weakMapCtorString = toSource(WeakMap);
		/** Used to convert symbols to primitives and strings. */
		var symbolProto = Symbol ? Symbol.prototype : void 0, symbolValueOf = symbolProto ? symbolProto.valueOf : void 0, symbolToString = symbolProto ? symbolProto.toString : void 0;
		/**
		* Creates a hash object.
		*
		* @private
		* @constructor
		* @param {Array} [entries] The key-value pairs to cache.
		*/
		function Hash(entries) {
			var index = -1, length = entries ? entries.length : 0;
			this.clear();
			while (++index < length) {
				var entry = entries[index];
				this.set(entry[0], entry[1]);
			}
		}
		/**
		* Removes all key-value entries from the hash.
		*
		* @private
		* @name clear
		* @memberOf Hash
		*/
		function hashClear() {
			this.__data__ = nativeCreate ? nativeCreate(null) : {};
		}
		/**
		* Removes `key` and its value from the hash.
		*
		* @private
		* @name delete
		* @memberOf Hash
		* @param {Object} hash The hash to modify.
		* @param {string} key The key of the value to remove.
		* @returns {boolean} Returns `true` if the entry was removed, else `false`.
		*/
		function hashDelete(key) {
			return this.has(key) && delete this.__data__[key];
		}
		/**
		* Gets the hash value for `key`.
		*
		* @private
		* @name get
		* @memberOf Hash
		* @param {string} key The key of the value to get.
		* @returns {*} Returns the entry value.
		*/
		function hashGet(key) {
			var data = this.__data__;
			if (nativeCreate) {
				var result = data[key];
				return result === HASH_UNDEFINED ? void 0 : result;
			}
			return hasOwnProperty.call(data, key) ? data[key] : void 0;
		}
		/**
		* Checks if a hash value for `key` exists.
		*
		* @private
		* @name has
		* @memberOf Hash
		* @param {string} key The key of the entry to check.
		* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		*/
		function hashHas(key) {
			var data = this.__data__;
			return nativeCreate ? data[key] !== void 0 : hasOwnProperty.call(data, key);
		}
		/**
		* Sets the hash `key` to `value`.
		*
		* @private
		* @name set
		* @memberOf Hash
		* @param {string} key The key of the value to set.
		* @param {*} value The value to set.
		* @returns {Object} Returns the hash instance.
		*/
		function hashSet(key, value) {
			var data = this.__data__;
			data[key] = nativeCreate && value === void 0 ? HASH_UNDEFINED : value;
			return this;
		}
		Hash.prototype.clear = hashClear;
		Hash.prototype["delete"] = hashDelete;
		Hash.prototype.get = hashGet;
		Hash.prototype.has = hashHas;
		Hash.prototype.set = hashSet;
		/**
		* Creates an list cache object.
		*
		* @private
		* @constructor
		* @param {Array} [entries] The key-value pairs to cache.
		*/
		function ListCache(entries) {
			var index = -1, length = entries ? entries.length : 0;
			this.clear();
			while (++index < length) {
				var entry = entries[index];
				this.set(entry[0], entry[1]);
			}
		}
		/**
		* Removes all key-value entries from the list cache.
		*
		* @private
		* @name clear
		* @memberOf ListCache
		*/
		function listCacheClear() {
			this.__data__ = [];
		}
		/**
		* Removes `key` and its value from the list cache.
		*
		* @private
		* @name delete
		* @memberOf ListCache
		* @param {string} key The key of the value to remove.
		* @returns {boolean} Returns `true` if the entry was removed, else `false`.
		*/
		function listCacheDelete(key) {
			var data = this.__data__, index = assocIndexOf(data, key);
			if (index < 0) return false;
			if (index == data.length - 1) data.pop();
			else splice.call(data, index, 1);
			return true;
		}
		/**
		* Gets the list cache value for `key`.
		*
		* @private
		* @name get
		* @memberOf ListCache
		* @param {string} key The key of the value to get.
		* @returns {*} Returns the entry value.
		*/
		function listCacheGet(key) {
			var data = this.__data__, index = assocIndexOf(data, key);
			return index < 0 ? void 0 : data[index][1];
		}
		/**
		* Checks if a list cache value for `key` exists.
		*
		* @private
		* @name has
		* @memberOf ListCache
		* @param {string} key The key of the entry to check.
		* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		*/
		function listCacheHas(key) {
			return assocIndexOf(this.__data__, key) > -1;
		}
		/**
		* Sets the list cache `key` to `value`.
		*
		* @private
		* @name set
		* @memberOf ListCache
		* @param {string} key The key of the value to set.
		* @param {*} value The value to set.
		* @returns {Object} Returns the list cache instance.
		*/
		function listCacheSet(key, value) {
			var data = this.__data__, index = assocIndexOf(data, key);
			if (index < 0) data.push([key, value]);
			else data[index][1] = value;
			return this;
		}
		ListCache.prototype.clear = listCacheClear;
		ListCache.prototype["delete"] = listCacheDelete;
		ListCache.prototype.get = listCacheGet;
		ListCache.prototype.has = listCacheHas;
		ListCache.prototype.set = listCacheSet;
		/**
		* Creates a map cache object to store key-value pairs.
		*
		* @private
		* @constructor
		* @param {Array} [entries] The key-value pairs to cache.
		*/
		function MapCache(entries) {
			var index = -1, length = entries ? entries.length : 0;
			this.clear();
			while (++index < length) {
				var entry = entries[index];
				this.set(entry[0], entry[1]);
			}
		}
		/**
		* Removes all key-value entries from the map.
		*
		* @private
		* @name clear
		* @memberOf MapCache
		*/
		function mapCacheClear() {
			this.__data__ = {
				"hash": new Hash(),
				"map": new (Map || ListCache)(),
				"string": new Hash()
			};
		}
		/**
		* Removes `key` and its value from the map.
		*
		* @private
		* @name delete
		* @memberOf MapCache
		* @param {string} key The key of the value to remove.
		* @returns {boolean} Returns `true` if the entry was removed, else `false`.
		*/
		function mapCacheDelete(key) {
			return getMapData(this, key)["delete"](key);
		}
		/**
		* Gets the map value for `key`.
		*
		* @private
		* @name get
		* @memberOf MapCache
		* @param {string} key The key of the value to get.
		* @returns {*} Returns the entry value.
		*/
		function mapCacheGet(key) {
			return getMapData(this, key).get(key);
		}
		/**
		* Checks if a map value for `key` exists.
		*
		* @private
		* @name has
		* @memberOf MapCache
		* @param {string} key The key of the entry to check.
		* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		*/
		function mapCacheHas(key) {
			return getMapData(this, key).has(key);
		}
		/**
		* Sets the map `key` to `value`.
		*
		* @private
		* @name set
		* @memberOf MapCache
		* @param {string} key The key of the value to set.
		* @param {*} value The value to set.
		* @returns {Object} Returns the map cache instance.
		*/
		function mapCacheSet(key, value) {
			getMapData(this, key).set(key, value);
			return this;
		}
		MapCache.prototype.clear = mapCacheClear;
		MapCache.prototype["delete"] = mapCacheDelete;
		MapCache.prototype.get = mapCacheGet;
		MapCache.prototype.has = mapCacheHas;
		MapCache.prototype.set = mapCacheSet;
		/**
		*
		* Creates an array cache object to store unique values.
		*
		* @private
		* @constructor
		* @param {Array} [values] The values to cache.
		*/
		function SetCache(values) {
			var index = -1, length = values ? values.length : 0;
			this.__data__ = new MapCache();
			while (++index < length) this.add(values[index]);
		}
		/**
		* Adds `value` to the array cache.
		*
		* @private
		* @name add
		* @memberOf SetCache
		* @alias push
		* @param {*} value The value to cache.
		* @returns {Object} Returns the cache instance.
		*/
		function setCacheAdd(value) {
			this.__data__.set(value, HASH_UNDEFINED);
			return this;
		}
		/**
		* Checks if `value` is in the array cache.
		*
		* @private
		* @name has
		* @memberOf SetCache
		* @param {*} value The value to search for.
		* @returns {number} Returns `true` if `value` is found, else `false`.
		*/
		function setCacheHas(value) {
			return this.__data__.has(value);
		}
		SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
		SetCache.prototype.has = setCacheHas;
		/**
		* Creates a stack cache object to store key-value pairs.
		*
		* @private
		* @constructor
		* @param {Array} [entries] The key-value pairs to cache.
		*/
		function Stack(entries) {
			this.__data__ = new ListCache(entries);
		}
		/**
		* Removes all key-value entries from the stack.
		*
		* @private
		* @name clear
		* @memberOf Stack
		*/
		function stackClear() {
			this.__data__ = new ListCache();
		}
		/**
		* Removes `key` and its value from the stack.
		*
		* @private
		* @name delete
		* @memberOf Stack
		* @param {string} key The key of the value to remove.
		* @returns {boolean} Returns `true` if the entry was removed, else `false`.
		*/
		function stackDelete(key) {
			return this.__data__["delete"](key);
		}
		/**
		* Gets the stack value for `key`.
		*
		* @private
		* @name get
		* @memberOf Stack
		* @param {string} key The key of the value to get.
		* @returns {*} Returns the entry value.
		*/
		function stackGet(key) {
			return this.__data__.get(key);
		}
		/**
		* Checks if a stack value for `key` exists.
		*
		* @private
		* @name has
		* @memberOf Stack
		* @param {string} key The key of the entry to check.
		* @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		*/
		function stackHas(key) {
			return this.__data__.has(key);
		}
		/**
		* Sets the stack `key` to `value`.
		*
		* @private
		* @name set
		* @memberOf Stack
		* @param {string} key The key of the value to set.
		* @param {*} value The value to set.
		* @returns {Object} Returns the stack cache instance.
		*/
		function stackSet(key, value) {
			var cache = this.__data__;
			if (cache instanceof ListCache) {
				var pairs = cache.__data__;
				if (!Map || pairs.length < 199) {
					pairs.push([key, value]);
					return this;
				}
				cache = this.__data__ = new MapCache(pairs);
			}
			cache.set(key, value);
			return this;
		}
		Stack.prototype.clear = stackClear;
		Stack.prototype["delete"] = stackDelete;
		Stack.prototype.get = stackGet;
		Stack.prototype.has = stackHas;
		Stack.prototype.set = stackSet;
		/**
		* Creates an array of the enumerable property names of the array-like `value`.
		*
		* @private
		* @param {*} value The value to query.
		* @param {boolean} inherited Specify returning inherited property names.
		* @returns {Array} Returns the array of property names.
		*/
		function arrayLikeKeys(value, inherited) {
			var result = isArray(value) || isArguments(value) ? baseTimes(value.length, String) : [];
			var length = result.length, skipIndexes = !!length;
			for (var key in value) if (hasOwnProperty.call(value, key) && !(skipIndexes && (key == "length" || isIndex(key, length)))) result.push(key);
			return result;
		}
		/**
		* Gets the index at which the `key` is found in `array` of key-value pairs.
		*
		* @private
		* @param {Array} array The array to inspect.
		* @param {*} key The key to search for.
		* @returns {number} Returns the index of the matched value, else `-1`.
		*/
		function assocIndexOf(array, key) {
			var length = array.length;
			while (length--) if (eq(array[length][0], key)) return length;
			return -1;
		}
		/**
		* The base implementation of `_.forEach` without support for iteratee shorthands.
		*
		* @private
		* @param {Array|Object} collection The collection to iterate over.
		* @param {Function} iteratee The function invoked per iteration.
		* @returns {Array|Object} Returns `collection`.
		*/
		var baseEach = createBaseEach(baseForOwn);
		/**
		* The base implementation of `_.flatten` with support for restricting flattening.
		*
		* @private
		* @param {Array} array The array to flatten.
		* @param {number} depth The maximum recursion depth.
		* @param {boolean} [predicate=isFlattenable] The function invoked per iteration.
		* @param {boolean} [isStrict] Restrict to values that pass `predicate` checks.
		* @param {Array} [result=[]] The initial result value.
		* @returns {Array} Returns the new flattened array.
		*/
		function baseFlatten(array, depth, predicate, isStrict, result) {
			var index = -1, length = array.length;
			predicate || (predicate = isFlattenable);
			result || (result = []);
			while (++index < length) {
				var value = array[index];
				if (predicate(value)) arrayPush(result, value);
				else result[result.length] = value;
			}
			return result;
		}
		/**
		* The base implementation of `baseForOwn` which iterates over `object`
		* properties returned by `keysFunc` and invokes `iteratee` for each property.
		* Iteratee functions may exit iteration early by explicitly returning `false`.
		*
		* @private
		* @param {Object} object The object to iterate over.
		* @param {Function} iteratee The function invoked per iteration.
		* @param {Function} keysFunc The function to get the keys of `object`.
		* @returns {Object} Returns `object`.
		*/
		var baseFor = createBaseFor();
		/**
		* The base implementation of `_.forOwn` without support for iteratee shorthands.
		*
		* @private
		* @param {Object} object The object to iterate over.
		* @param {Function} iteratee The function invoked per iteration.
		* @returns {Object} Returns `object`.
		*/
		function baseForOwn(object, iteratee) {
			return object && baseFor(object, iteratee, keys);
		}
		/**
		* The base implementation of `_.get` without support for default values.
		*
		* @private
		* @param {Object} object The object to query.
		* @param {Array|string} path The path of the property to get.
		* @returns {*} Returns the resolved value.
		*/
		function baseGet(object, path) {
			path = isKey(path, object) ? [path] : castPath(path);
			var index = 0, length = path.length;
			while (object != null && index < length) object = object[toKey(path[index++])];
			return index && index == length ? object : void 0;
		}
		/**
		* The base implementation of `getTag`.
		*
		* @private
		* @param {*} value The value to query.
		* @returns {string} Returns the `toStringTag`.
		*/
		function baseGetTag(value) {
			return objectToString.call(value);
		}
		/**
		* The base implementation of `_.hasIn` without support for deep paths.
		*
		* @private
		* @param {Object} [object] The object to query.
		* @param {Array|string} key The key to check.
		* @returns {boolean} Returns `true` if `key` exists, else `false`.
		*/
		function baseHasIn(object, key) {
			return object != null && key in Object(object);
		}
		/**
		* The base implementation of `_.isEqual` which supports partial comparisons
		* and tracks traversed objects.
		*
		* @private
		* @param {*} value The value to compare.
		* @param {*} other The other value to compare.
		* @param {Function} [customizer] The function to customize comparisons.
		* @param {boolean} [bitmask] The bitmask of comparison flags.
		*  The bitmask may be composed of the following flags:
		*     1 - Unordered comparison
		*     2 - Partial comparison
		* @param {Object} [stack] Tracks traversed `value` and `other` objects.
		* @returns {boolean} Returns `true` if the values are equivalent, else `false`.
		*/
		function baseIsEqual(value, other, customizer, bitmask, stack) {
			if (value === other) return true;
			if (value == null || other == null || !isObject(value) && !isObjectLike(other)) return value !== value && other !== other;
			return baseIsEqualDeep(value, other, baseIsEqual, customizer, bitmask, stack);
		}
		/**
		* A specialized version of `baseIsEqual` for arrays and objects which performs
		* deep comparisons and tracks traversed objects enabling objects with circular
		* references to be compared.
		*
		* @private
		* @param {Object} object The object to compare.
		* @param {Object} other The other object to compare.
		* @param {Function} equalFunc The function to determine equivalents of values.
		* @param {Function} [customizer] The function to customize comparisons.
		* @param {number} [bitmask] The bitmask of comparison flags. See `baseIsEqual`
		*  for more details.
		* @param {Object} [stack] Tracks traversed `object` and `other` objects.
		* @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		*/
		function baseIsEqualDeep(object, other, equalFunc, customizer, bitmask, stack) {
			var objIsArr = isArray(object), othIsArr = isArray(other), objTag = arrayTag, othTag = arrayTag;
			if (!objIsArr) {
				objTag = getTag(object);
				objTag = objTag == argsTag ? objectTag : objTag;
			}
			if (!othIsArr) {
				othTag = getTag(other);
				othTag = othTag == argsTag ? objectTag : othTag;
			}
			var objIsObj = objTag == objectTag && !isHostObject(object), othIsObj = othTag == objectTag && !isHostObject(other), isSameTag = objTag == othTag;
			if (isSameTag && !objIsObj) {
				stack || (stack = new Stack());
				return objIsArr || isTypedArray(object) ? equalArrays(object, other, equalFunc, customizer, bitmask, stack) : equalByTag(object, other, objTag, equalFunc, customizer, bitmask, stack);
			}
			if (!(bitmask & PARTIAL_COMPARE_FLAG)) {
				var objIsWrapped = objIsObj && hasOwnProperty.call(object, "__wrapped__"), othIsWrapped = othIsObj && hasOwnProperty.call(other, "__wrapped__");
				if (objIsWrapped || othIsWrapped) {
					var objUnwrapped = objIsWrapped ? object.value() : object, othUnwrapped = othIsWrapped ? other.value() : other;
					stack || (stack = new Stack());
					return equalFunc(objUnwrapped, othUnwrapped, customizer, bitmask, stack);
				}
			}
			if (!isSameTag) return false;
			stack || (stack = new Stack());
			return equalObjects(object, other, equalFunc, customizer, bitmask, stack);
		}
		/**
		* The base implementation of `_.isMatch` without support for iteratee shorthands.
		*
		* @private
		* @param {Object} object The object to inspect.
		* @param {Object} source The object of property values to match.
		* @param {Array} matchData The property names, values, and compare flags to match.
		* @param {Function} [customizer] The function to customize comparisons.
		* @returns {boolean} Returns `true` if `object` is a match, else `false`.
		*/
		function baseIsMatch(object, source, matchData, customizer) {
			var index = matchData.length, length = index;
			if (object == null) return !length;
			object = Object(object);
			while (index--) {
				var data = matchData[index];
				if (data[2] ? data[1] !== object[data[0]] : !(data[0] in object)) return false;
			}
			while (++index < length) {
				data = matchData[index];
				var key = data[0], objValue = object[key], srcValue = data[1];
				if (data[2]) {
					if (objValue === void 0 && !(key in object)) return false;
				} else {
					var stack = new Stack();
					var result;
					if (!(result === void 0 ? baseIsEqual(srcValue, objValue, customizer, 3, stack) : result)) return false;
				}
			}
			return true;
		}
		/**
		* The base implementation of `_.isNative` without bad shim checks.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a native function,
		*  else `false`.
		*/
		function baseIsNative(value) {
			if (!isObject(value) || isMasked(value)) return false;
			return (isFunction(value) || isHostObject(value) ? reIsNative : reIsHostCtor).test(toSource(value));
		}
		/**
		* The base implementation of `_.isTypedArray` without Node.js optimizations.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a typed array, else `false`.
		*/
		function baseIsTypedArray(value) {
			return isObjectLike(value) && isLength(value.length) && !!typedArrayTags[objectToString.call(value)];
		}
		/**
		* The base implementation of `_.iteratee`.
		*
		* @private
		* @param {*} [value=_.identity] The value to convert to an iteratee.
		* @returns {Function} Returns the iteratee.
		*/
		function baseIteratee(value) {
			if (typeof value == "function") return value;
			if (value == null) return identity;
			if (typeof value == "object") return isArray(value) ? baseMatchesProperty(value[0], value[1]) : baseMatches(value);
			return property(value);
		}
		/**
		* The base implementation of `_.keys` which doesn't treat sparse arrays as dense.
		*
		* @private
		* @param {Object} object The object to query.
		* @returns {Array} Returns the array of property names.
		*/
		function baseKeys(object) {
			if (!isPrototype(object)) return nativeKeys(object);
			var result = [];
			for (var key in Object(object)) if (hasOwnProperty.call(object, key) && key != "constructor") result.push(key);
			return result;
		}
		/**
		* The base implementation of `_.map` without support for iteratee shorthands.
		*
		* @private
		* @param {Array|Object} collection The collection to iterate over.
		* @param {Function} iteratee The function invoked per iteration.
		* @returns {Array} Returns the new mapped array.
		*/
		function baseMap(collection, iteratee) {
			var index = -1, result = isArrayLike(collection) ? Array(collection.length) : [];
			baseEach(collection, function(value, key, collection) {
				result[++index] = iteratee(value, key, collection);
			});
			return result;
		}
		/**
		* The base implementation of `_.matches` which doesn't clone `source`.
		*
		* @private
		* @param {Object} source The object of property values to match.
		* @returns {Function} Returns the new spec function.
		*/
		function baseMatches(source) {
			var matchData = getMatchData(source);
			if (matchData.length == 1 && matchData[0][2]) return matchesStrictComparable(matchData[0][0], matchData[0][1]);
			return function(object) {
				return object === source || baseIsMatch(object, source, matchData);
			};
		}
		/**
		* The base implementation of `_.matchesProperty` which doesn't clone `srcValue`.
		*
		* @private
		* @param {string} path The path of the property to get.
		* @param {*} srcValue The value to match.
		* @returns {Function} Returns the new spec function.
		*/
		function baseMatchesProperty(path, srcValue) {
			if (isKey(path) && isStrictComparable(srcValue)) return matchesStrictComparable(toKey(path), srcValue);
			return function(object) {
				var objValue = get(object, path);
				return objValue === void 0 && objValue === srcValue ? hasIn(object, path) : baseIsEqual(srcValue, objValue, void 0, 3);
			};
		}
		/**
		* The base implementation of `_.orderBy` without param guards.
		*
		* @private
		* @param {Array|Object} collection The collection to iterate over.
		* @param {Function[]|Object[]|string[]} iteratees The iteratees to sort by.
		* @param {string[]} orders The sort orders of `iteratees`.
		* @returns {Array} Returns the new sorted array.
		*/
		function baseOrderBy(collection, iteratees, orders) {
			var index = -1;
			iteratees = arrayMap(iteratees.length ? iteratees : [identity], baseUnary(baseIteratee));
			return baseSortBy(baseMap(collection, function(value, key, collection) {
				return {
					"criteria": arrayMap(iteratees, function(iteratee) {
						return iteratee(value);
					}),
					"index": ++index,
					"value": value
				};
			}), function(object, other) {
				return compareMultiple(object, other, orders);
			});
		}
		/**
		* A specialized version of `baseProperty` which supports deep paths.
		*
		* @private
		* @param {Array|string} path The path of the property to get.
		* @returns {Function} Returns the new accessor function.
		*/
		function basePropertyDeep(path) {
			return function(object) {
				return baseGet(object, path);
			};
		}
		/**
		* The base implementation of `_.rest` which doesn't validate or coerce arguments.
		*
		* @private
		* @param {Function} func The function to apply a rest parameter to.
		* @param {number} [start=func.length-1] The start position of the rest parameter.
		* @returns {Function} Returns the new function.
		*/
		function baseRest(func, start) {
			start = nativeMax(start === void 0 ? func.length - 1 : start, 0);
			return function() {
				var args = arguments, index = -1, length = nativeMax(args.length - start, 0), array = Array(length);
				while (++index < length) array[index] = args[start + index];
				index = -1;
				var otherArgs = Array(start + 1);
				while (++index < start) otherArgs[index] = args[index];
				otherArgs[start] = array;
				return apply(func, this, otherArgs);
			};
		}
		/**
		* The base implementation of `_.toString` which doesn't convert nullish
		* values to empty strings.
		*
		* @private
		* @param {*} value The value to process.
		* @returns {string} Returns the string.
		*/
		function baseToString(value) {
			if (typeof value == "string") return value;
			if (isSymbol(value)) return symbolToString ? symbolToString.call(value) : "";
			var result = value + "";
			return result == "0" && 1 / value == -Infinity ? "-0" : result;
		}
		/**
		* Casts `value` to a path array if it's not one.
		*
		* @private
		* @param {*} value The value to inspect.
		* @returns {Array} Returns the cast property path array.
		*/
		function castPath(value) {
			return isArray(value) ? value : stringToPath(value);
		}
		/**
		* Compares values to sort them in ascending order.
		*
		* @private
		* @param {*} value The value to compare.
		* @param {*} other The other value to compare.
		* @returns {number} Returns the sort order indicator for `value`.
		*/
		function compareAscending(value, other) {
			if (value !== other) {
				var valIsDefined = value !== void 0, valIsNull = value === null, valIsReflexive = value === value, valIsSymbol = isSymbol(value);
				var othIsDefined = other !== void 0, othIsNull = other === null, othIsReflexive = other === other, othIsSymbol = isSymbol(other);
				if (!othIsNull && !othIsSymbol && !valIsSymbol && value > other || valIsSymbol && othIsDefined && othIsReflexive && !othIsNull && !othIsSymbol || valIsNull && othIsDefined && othIsReflexive || !valIsDefined && othIsReflexive || !valIsReflexive) return 1;
				if (!valIsNull && !valIsSymbol && !othIsSymbol && value < other || othIsSymbol && valIsDefined && valIsReflexive && !valIsNull && !valIsSymbol || othIsNull && valIsDefined && valIsReflexive || !othIsDefined && valIsReflexive || !othIsReflexive) return -1;
			}
			return 0;
		}
		/**
		* Used by `_.orderBy` to compare multiple properties of a value to another
		* and stable sort them.
		*
		* If `orders` is unspecified, all values are sorted in ascending order. Otherwise,
		* specify an order of "desc" for descending or "asc" for ascending sort order
		* of corresponding values.
		*
		* @private
		* @param {Object} object The object to compare.
		* @param {Object} other The other object to compare.
		* @param {boolean[]|string[]} orders The order to sort by for each property.
		* @returns {number} Returns the sort order indicator for `object`.
		*/
		function compareMultiple(object, other, orders) {
			var index = -1, objCriteria = object.criteria, othCriteria = other.criteria, length = objCriteria.length, ordersLength = orders.length;
			while (++index < length) {
				var result = compareAscending(objCriteria[index], othCriteria[index]);
				if (result) {
					if (index >= ordersLength) return result;
					return result * (orders[index] == "desc" ? -1 : 1);
				}
			}
			return object.index - other.index;
		}
		/**
		* Creates a `baseEach` or `baseEachRight` function.
		*
		* @private
		* @param {Function} eachFunc The function to iterate over a collection.
		* @param {boolean} [fromRight] Specify iterating from right to left.
		* @returns {Function} Returns the new base function.
		*/
		function createBaseEach(eachFunc, fromRight) {
			return function(collection, iteratee) {
				if (collection == null) return collection;
				if (!isArrayLike(collection)) return eachFunc(collection, iteratee);
				var length = collection.length, index = -1, iterable = Object(collection);
				while (++index < length) if (iteratee(iterable[index], index, iterable) === false) break;
				return collection;
			};
		}
		/**
		* Creates a base function for methods like `_.forIn` and `_.forOwn`.
		*
		* @private
		* @param {boolean} [fromRight] Specify iterating from right to left.
		* @returns {Function} Returns the new base function.
		*/
		function createBaseFor(fromRight) {
			return function(object, iteratee, keysFunc) {
				var index = -1, iterable = Object(object), props = keysFunc(object), length = props.length;
				while (length--) {
					var key = props[++index];
					if (iteratee(iterable[key], key, iterable) === false) break;
				}
				return object;
			};
		}
		/**
		* A specialized version of `baseIsEqualDeep` for arrays with support for
		* partial deep comparisons.
		*
		* @private
		* @param {Array} array The array to compare.
		* @param {Array} other The other array to compare.
		* @param {Function} equalFunc The function to determine equivalents of values.
		* @param {Function} customizer The function to customize comparisons.
		* @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		*  for more details.
		* @param {Object} stack Tracks traversed `array` and `other` objects.
		* @returns {boolean} Returns `true` if the arrays are equivalent, else `false`.
		*/
		function equalArrays(array, other, equalFunc, customizer, bitmask, stack) {
			var isPartial = bitmask & PARTIAL_COMPARE_FLAG, arrLength = array.length, othLength = other.length;
			if (arrLength != othLength && !(isPartial && othLength > arrLength)) return false;
			var stacked = stack.get(array);
			if (stacked && stack.get(other)) return stacked == other;
			var index = -1, result = true, seen = bitmask & UNORDERED_COMPARE_FLAG ? new SetCache() : void 0;
			stack.set(array, other);
			stack.set(other, array);
			while (++index < arrLength) {
				var arrValue = array[index], othValue = other[index];
				if (customizer) var compared = isPartial ? customizer(othValue, arrValue, index, other, array, stack) : customizer(arrValue, othValue, index, array, other, stack);
				if (compared !== void 0) {
					if (compared) continue;
					result = false;
					break;
				}
				if (seen) {
					if (!arraySome(other, function(othValue, othIndex) {
						if (!seen.has(othIndex) && (arrValue === othValue || equalFunc(arrValue, othValue, customizer, bitmask, stack))) return seen.add(othIndex);
					})) {
						result = false;
						break;
					}
				} else if (!(arrValue === othValue || equalFunc(arrValue, othValue, customizer, bitmask, stack))) {
					result = false;
					break;
				}
			}
			stack["delete"](array);
			stack["delete"](other);
			return result;
		}
		/**
		* A specialized version of `baseIsEqualDeep` for comparing objects of
		* the same `toStringTag`.
		*
		* **Note:** This function only supports comparing values with tags of
		* `Boolean`, `Date`, `Error`, `Number`, `RegExp`, or `String`.
		*
		* @private
		* @param {Object} object The object to compare.
		* @param {Object} other The other object to compare.
		* @param {string} tag The `toStringTag` of the objects to compare.
		* @param {Function} equalFunc The function to determine equivalents of values.
		* @param {Function} customizer The function to customize comparisons.
		* @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		*  for more details.
		* @param {Object} stack Tracks traversed `object` and `other` objects.
		* @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		*/
		function equalByTag(object, other, tag, equalFunc, customizer, bitmask, stack) {
			switch (tag) {
				case dataViewTag:
					if (object.byteLength != other.byteLength || object.byteOffset != other.byteOffset) return false;
					object = object.buffer;
					other = other.buffer;
				case arrayBufferTag:
					if (object.byteLength != other.byteLength || !equalFunc(new Uint8Array(object), new Uint8Array(other))) return false;
					return true;
				case boolTag:
				case dateTag:
				case numberTag: return eq(+object, +other);
				case errorTag: return object.name == other.name && object.message == other.message;
				case regexpTag:
				case stringTag: return object == other + "";
				case mapTag: var convert = mapToArray;
				case setTag:
					var isPartial = bitmask & PARTIAL_COMPARE_FLAG;
					convert || (convert = setToArray);
					if (object.size != other.size && !isPartial) return false;
					var stacked = stack.get(object);
					if (stacked) return stacked == other;
					bitmask |= UNORDERED_COMPARE_FLAG;
					stack.set(object, other);
					var result = equalArrays(convert(object), convert(other), equalFunc, customizer, bitmask, stack);
					stack["delete"](object);
					return result;
				case symbolTag: if (symbolValueOf) return symbolValueOf.call(object) == symbolValueOf.call(other);
			}
			return false;
		}
		/**
		* A specialized version of `baseIsEqualDeep` for objects with support for
		* partial deep comparisons.
		*
		* @private
		* @param {Object} object The object to compare.
		* @param {Object} other The other object to compare.
		* @param {Function} equalFunc The function to determine equivalents of values.
		* @param {Function} customizer The function to customize comparisons.
		* @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		*  for more details.
		* @param {Object} stack Tracks traversed `object` and `other` objects.
		* @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		*/
		function equalObjects(object, other, equalFunc, customizer, bitmask, stack) {
			var isPartial = bitmask & PARTIAL_COMPARE_FLAG, objProps = keys(object), objLength = objProps.length;
			if (objLength != keys(other).length && !isPartial) return false;
			var index = objLength;
			while (index--) {
				var key = objProps[index];
				if (!(isPartial ? key in other : hasOwnProperty.call(other, key))) return false;
			}
			var stacked = stack.get(object);
			if (stacked && stack.get(other)) return stacked == other;
			var result = true;
			stack.set(object, other);
			stack.set(other, object);
			var skipCtor = isPartial;
			while (++index < objLength) {
				key = objProps[index];
				var objValue = object[key], othValue = other[key];
				if (customizer) var compared = isPartial ? customizer(othValue, objValue, key, other, object, stack) : customizer(objValue, othValue, key, object, other, stack);
				if (!(compared === void 0 ? objValue === othValue || equalFunc(objValue, othValue, customizer, bitmask, stack) : compared)) {
					result = false;
					break;
				}
				skipCtor || (skipCtor = key == "constructor");
			}
			if (result && !skipCtor) {
				var objCtor = object.constructor, othCtor = other.constructor;
				if (objCtor != othCtor && "constructor" in object && "constructor" in other && !(typeof objCtor == "function" && objCtor instanceof objCtor && typeof othCtor == "function" && othCtor instanceof othCtor)) result = false;
			}
			stack["delete"](object);
			stack["delete"](other);
			return result;
		}
		/**
		* Gets the data for `map`.
		*
		* @private
		* @param {Object} map The map to query.
		* @param {string} key The reference key.
		* @returns {*} Returns the map data.
		*/
		function getMapData(map, key) {
			var data = map.__data__;
			return isKeyable(key) ? data[typeof key == "string" ? "string" : "hash"] : data.map;
		}
		/**
		* Gets the property names, values, and compare flags of `object`.
		*
		* @private
		* @param {Object} object The object to query.
		* @returns {Array} Returns the match data of `object`.
		*/
		function getMatchData(object) {
			var result = keys(object), length = result.length;
			while (length--) {
				var key = result[length], value = object[key];
				result[length] = [
					key,
					value,
					isStrictComparable(value)
				];
			}
			return result;
		}
		/**
		* Gets the native function at `key` of `object`.
		*
		* @private
		* @param {Object} object The object to query.
		* @param {string} key The key of the method to get.
		* @returns {*} Returns the function if it's native, else `undefined`.
		*/
		function getNative(object, key) {
			var value = getValue(object, key);
			return baseIsNative(value) ? value : void 0;
		}
		/**
		* Gets the `toStringTag` of `value`.
		*
		* @private
		* @param {*} value The value to query.
		* @returns {string} Returns the `toStringTag`.
		*/
		var getTag = baseGetTag;
		if (DataView && getTag(new DataView(/* @__PURE__ */ new ArrayBuffer(1))) != dataViewTag || Map && getTag(new Map()) != mapTag || Promise$1 && getTag(Promise$1.resolve()) != promiseTag || Set && getTag(new Set()) != setTag || WeakMap && getTag(new WeakMap()) != weakMapTag) getTag = function(value) {
			var result = objectToString.call(value), Ctor = result == objectTag ? value.constructor : void 0, ctorString = Ctor ? toSource(Ctor) : void 0;
			if (ctorString) switch (ctorString) {
				case dataViewCtorString: return dataViewTag;
				case mapCtorString: return mapTag;
				case promiseCtorString: return promiseTag;
				case setCtorString: return setTag;
				case weakMapCtorString: return weakMapTag;
			}
			return result;
		};
		/**
		* Checks if `path` exists on `object`.
		*
		* @private
		* @param {Object} object The object to query.
		* @param {Array|string} path The path to check.
		* @param {Function} hasFunc The function to check properties.
		* @returns {boolean} Returns `true` if `path` exists, else `false`.
		*/
		function hasPath(object, path, hasFunc) {
			path = isKey(path, object) ? [path] : castPath(path);
			var result, index = -1, length = path.length;
			while (++index < length) {
				var key = toKey(path[index]);
				if (!(result = object != null && hasFunc(object, key))) break;
				object = object[key];
			}
			if (result) return result;
			var length = object ? object.length : 0;
			return !!length && isLength(length) && isIndex(key, length) && (isArray(object) || isArguments(object));
		}
		/**
		* Checks if `value` is a flattenable `arguments` object or array.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is flattenable, else `false`.
		*/
		function isFlattenable(value) {
			return isArray(value) || isArguments(value) || !!(spreadableSymbol && value && value[spreadableSymbol]);
		}
		/**
		* Checks if `value` is a valid array-like index.
		*
		* @private
		* @param {*} value The value to check.
		* @param {number} [length=MAX_SAFE_INTEGER] The upper bounds of a valid index.
		* @returns {boolean} Returns `true` if `value` is a valid index, else `false`.
		*/
		function isIndex(value, length) {
			length = length == null ? MAX_SAFE_INTEGER : length;
			return !!length && (typeof value == "number" || reIsUint.test(value)) && value > -1 && value % 1 == 0 && value < length;
		}
		/**
		* Checks if the given arguments are from an iteratee call.
		*
		* @private
		* @param {*} value The potential iteratee value argument.
		* @param {*} index The potential iteratee index or key argument.
		* @param {*} object The potential iteratee object argument.
		* @returns {boolean} Returns `true` if the arguments are from an iteratee call,
		*  else `false`.
		*/
		function isIterateeCall(value, index, object) {
			if (!isObject(object)) return false;
			var type = typeof index;
			if (type == "number" ? isArrayLike(object) && isIndex(index, object.length) : type == "string" && index in object) return eq(object[index], value);
			return false;
		}
		/**
		* Checks if `value` is a property name and not a property path.
		*
		* @private
		* @param {*} value The value to check.
		* @param {Object} [object] The object to query keys on.
		* @returns {boolean} Returns `true` if `value` is a property name, else `false`.
		*/
		function isKey(value, object) {
			if (isArray(value)) return false;
			var type = typeof value;
			if (type == "number" || type == "symbol" || type == "boolean" || value == null || isSymbol(value)) return true;
			return reIsPlainProp.test(value) || !reIsDeepProp.test(value) || object != null && value in Object(object);
		}
		/**
		* Checks if `value` is suitable for use as unique object key.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is suitable, else `false`.
		*/
		function isKeyable(value) {
			var type = typeof value;
			return type == "string" || type == "number" || type == "symbol" || type == "boolean" ? value !== "__proto__" : value === null;
		}
		/**
		* Checks if `func` has its source masked.
		*
		* @private
		* @param {Function} func The function to check.
		* @returns {boolean} Returns `true` if `func` is masked, else `false`.
		*/
		function isMasked(func) {
			return !!maskSrcKey && maskSrcKey in func;
		}
		/**
		* Checks if `value` is likely a prototype object.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a prototype, else `false`.
		*/
		function isPrototype(value) {
			var Ctor = value && value.constructor;
			return value === (typeof Ctor == "function" && Ctor.prototype || objectProto);
		}
		/**
		* Checks if `value` is suitable for strict equality comparisons, i.e. `===`.
		*
		* @private
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` if suitable for strict
		*  equality comparisons, else `false`.
		*/
		function isStrictComparable(value) {
			return value === value && !isObject(value);
		}
		/**
		* A specialized version of `matchesProperty` for source values suitable
		* for strict equality comparisons, i.e. `===`.
		*
		* @private
		* @param {string} key The key of the property to get.
		* @param {*} srcValue The value to match.
		* @returns {Function} Returns the new spec function.
		*/
		function matchesStrictComparable(key, srcValue) {
			return function(object) {
				if (object == null) return false;
				return object[key] === srcValue && (srcValue !== void 0 || key in Object(object));
			};
		}
		/**
		* Converts `string` to a property path array.
		*
		* @private
		* @param {string} string The string to convert.
		* @returns {Array} Returns the property path array.
		*/
		var stringToPath = memoize(function(string) {
			string = toString(string);
			var result = [];
			if (reLeadingDot.test(string)) result.push("");
			string.replace(rePropName, function(match, number, quote, string) {
				result.push(quote ? string.replace(reEscapeChar, "$1") : number || match);
			});
			return result;
		});
		/**
		* Converts `value` to a string key if it's not a string or symbol.
		*
		* @private
		* @param {*} value The value to inspect.
		* @returns {string|symbol} Returns the key.
		*/
		function toKey(value) {
			if (typeof value == "string" || isSymbol(value)) return value;
			var result = value + "";
			return result == "0" && 1 / value == -Infinity ? "-0" : result;
		}
		/**
		* Converts `func` to its source code.
		*
		* @private
		* @param {Function} func The function to process.
		* @returns {string} Returns the source code.
		*/
		function toSource(func) {
			if (func != null) {
				try {
					return funcToString.call(func);
				} catch (e) {}
				try {
					return func + "";
				} catch (e) {}
			}
			return "";
		}
		/**
		* Creates an array of elements, sorted in ascending order by the results of
		* running each element in a collection thru each iteratee. This method
		* performs a stable sort, that is, it preserves the original sort order of
		* equal elements. The iteratees are invoked with one argument: (value).
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Collection
		* @param {Array|Object} collection The collection to iterate over.
		* @param {...(Function|Function[])} [iteratees=[_.identity]]
		*  The iteratees to sort by.
		* @returns {Array} Returns the new sorted array.
		* @example
		*
		* var users = [
		*   { 'user': 'fred',   'age': 48 },
		*   { 'user': 'barney', 'age': 36 },
		*   { 'user': 'fred',   'age': 40 },
		*   { 'user': 'barney', 'age': 34 }
		* ];
		*
		* _.sortBy(users, function(o) { return o.user; });
		* // => objects for [['barney', 36], ['barney', 34], ['fred', 48], ['fred', 40]]
		*
		* _.sortBy(users, ['user', 'age']);
		* // => objects for [['barney', 34], ['barney', 36], ['fred', 40], ['fred', 48]]
		*
		* _.sortBy(users, 'user', function(o) {
		*   return Math.floor(o.age / 10);
		* });
		* // => objects for [['barney', 36], ['barney', 34], ['fred', 48], ['fred', 40]]
		*/
		var sortBy = baseRest(function(collection, iteratees) {
			if (collection == null) return [];
			var length = iteratees.length;
			if (length > 1 && isIterateeCall(collection, iteratees[0], iteratees[1])) iteratees = [];
			else if (length > 2 && isIterateeCall(iteratees[0], iteratees[1], iteratees[2])) iteratees = [iteratees[0]];
			return baseOrderBy(collection, baseFlatten(iteratees), []);
		});
		/**
		* Creates a function that memoizes the result of `func`. If `resolver` is
		* provided, it determines the cache key for storing the result based on the
		* arguments provided to the memoized function. By default, the first argument
		* provided to the memoized function is used as the map cache key. The `func`
		* is invoked with the `this` binding of the memoized function.
		*
		* **Note:** The cache is exposed as the `cache` property on the memoized
		* function. Its creation may be customized by replacing the `_.memoize.Cache`
		* constructor with one whose instances implement the
		* [`Map`](http://ecma-international.org/ecma-262/7.0/#sec-properties-of-the-map-prototype-object)
		* method interface of `delete`, `get`, `has`, and `set`.
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Function
		* @param {Function} func The function to have its output memoized.
		* @param {Function} [resolver] The function to resolve the cache key.
		* @returns {Function} Returns the new memoized function.
		* @example
		*
		* var object = { 'a': 1, 'b': 2 };
		* var other = { 'c': 3, 'd': 4 };
		*
		* var values = _.memoize(_.values);
		* values(object);
		* // => [1, 2]
		*
		* values(other);
		* // => [3, 4]
		*
		* object.a = 2;
		* values(object);
		* // => [1, 2]
		*
		* // Modify the result cache.
		* values.cache.set(object, ['a', 'b']);
		* values(object);
		* // => ['a', 'b']
		*
		* // Replace `_.memoize.Cache`.
		* _.memoize.Cache = WeakMap;
		*/
		function memoize(func, resolver) {
			if (typeof func != "function" || resolver && typeof resolver != "function") throw new TypeError(FUNC_ERROR_TEXT);
			var memoized = function() {
				var args = arguments, key = resolver ? resolver.apply(this, args) : args[0], cache = memoized.cache;
				if (cache.has(key)) return cache.get(key);
				var result = func.apply(this, args);
				memoized.cache = cache.set(key, result);
				return result;
			};
			memoized.cache = new (memoize.Cache || MapCache)();
			return memoized;
		}
		memoize.Cache = MapCache;
		/**
		* Performs a
		* [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
		* comparison between two values to determine if they are equivalent.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to compare.
		* @param {*} other The other value to compare.
		* @returns {boolean} Returns `true` if the values are equivalent, else `false`.
		* @example
		*
		* var object = { 'a': 1 };
		* var other = { 'a': 1 };
		*
		* _.eq(object, object);
		* // => true
		*
		* _.eq(object, other);
		* // => false
		*
		* _.eq('a', 'a');
		* // => true
		*
		* _.eq('a', Object('a'));
		* // => false
		*
		* _.eq(NaN, NaN);
		* // => true
		*/
		function eq(value, other) {
			return value === other || value !== value && other !== other;
		}
		/**
		* Checks if `value` is likely an `arguments` object.
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is an `arguments` object,
		*  else `false`.
		* @example
		*
		* _.isArguments(function() { return arguments; }());
		* // => true
		*
		* _.isArguments([1, 2, 3]);
		* // => false
		*/
		function isArguments(value) {
			return isArrayLikeObject(value) && hasOwnProperty.call(value, "callee") && (!propertyIsEnumerable.call(value, "callee") || objectToString.call(value) == argsTag);
		}
		/**
		* Checks if `value` is classified as an `Array` object.
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is an array, else `false`.
		* @example
		*
		* _.isArray([1, 2, 3]);
		* // => true
		*
		* _.isArray(document.body.children);
		* // => false
		*
		* _.isArray('abc');
		* // => false
		*
		* _.isArray(_.noop);
		* // => false
		*/
		var isArray = Array.isArray;
		/**
		* Checks if `value` is array-like. A value is considered array-like if it's
		* not a function and has a `value.length` that's an integer greater than or
		* equal to `0` and less than or equal to `Number.MAX_SAFE_INTEGER`.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is array-like, else `false`.
		* @example
		*
		* _.isArrayLike([1, 2, 3]);
		* // => true
		*
		* _.isArrayLike(document.body.children);
		* // => true
		*
		* _.isArrayLike('abc');
		* // => true
		*
		* _.isArrayLike(_.noop);
		* // => false
		*/
		function isArrayLike(value) {
			return value != null && isLength(value.length) && !isFunction(value);
		}
		/**
		* This method is like `_.isArrayLike` except that it also checks if `value`
		* is an object.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is an array-like object,
		*  else `false`.
		* @example
		*
		* _.isArrayLikeObject([1, 2, 3]);
		* // => true
		*
		* _.isArrayLikeObject(document.body.children);
		* // => true
		*
		* _.isArrayLikeObject('abc');
		* // => false
		*
		* _.isArrayLikeObject(_.noop);
		* // => false
		*/
		function isArrayLikeObject(value) {
			return isObjectLike(value) && isArrayLike(value);
		}
		/**
		* Checks if `value` is classified as a `Function` object.
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a function, else `false`.
		* @example
		*
		* _.isFunction(_);
		* // => true
		*
		* _.isFunction(/abc/);
		* // => false
		*/
		function isFunction(value) {
			var tag = isObject(value) ? objectToString.call(value) : "";
			return tag == funcTag || tag == genTag;
		}
		/**
		* Checks if `value` is a valid array-like length.
		*
		* **Note:** This method is loosely based on
		* [`ToLength`](http://ecma-international.org/ecma-262/7.0/#sec-tolength).
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a valid length, else `false`.
		* @example
		*
		* _.isLength(3);
		* // => true
		*
		* _.isLength(Number.MIN_VALUE);
		* // => false
		*
		* _.isLength(Infinity);
		* // => false
		*
		* _.isLength('3');
		* // => false
		*/
		function isLength(value) {
			return typeof value == "number" && value > -1 && value % 1 == 0 && value <= MAX_SAFE_INTEGER;
		}
		/**
		* Checks if `value` is the
		* [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
		* of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
		*
		* @static
		* @memberOf _
		* @since 0.1.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is an object, else `false`.
		* @example
		*
		* _.isObject({});
		* // => true
		*
		* _.isObject([1, 2, 3]);
		* // => true
		*
		* _.isObject(_.noop);
		* // => true
		*
		* _.isObject(null);
		* // => false
		*/
		function isObject(value) {
			var type = typeof value;
			return !!value && (type == "object" || type == "function");
		}
		/**
		* Checks if `value` is object-like. A value is object-like if it's not `null`
		* and has a `typeof` result of "object".
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is object-like, else `false`.
		* @example
		*
		* _.isObjectLike({});
		* // => true
		*
		* _.isObjectLike([1, 2, 3]);
		* // => true
		*
		* _.isObjectLike(_.noop);
		* // => false
		*
		* _.isObjectLike(null);
		* // => false
		*/
		function isObjectLike(value) {
			return !!value && typeof value == "object";
		}
		/**
		* Checks if `value` is classified as a `Symbol` primitive or object.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a symbol, else `false`.
		* @example
		*
		* _.isSymbol(Symbol.iterator);
		* // => true
		*
		* _.isSymbol('abc');
		* // => false
		*/
		function isSymbol(value) {
			return typeof value == "symbol" || isObjectLike(value) && objectToString.call(value) == symbolTag;
		}
		/**
		* Checks if `value` is classified as a typed array.
		*
		* @static
		* @memberOf _
		* @since 3.0.0
		* @category Lang
		* @param {*} value The value to check.
		* @returns {boolean} Returns `true` if `value` is a typed array, else `false`.
		* @example
		*
		* _.isTypedArray(new Uint8Array);
		* // => true
		*
		* _.isTypedArray([]);
		* // => false
		*/
		var isTypedArray = nodeIsTypedArray ? baseUnary(nodeIsTypedArray) : baseIsTypedArray;
		/**
		* Converts `value` to a string. An empty string is returned for `null`
		* and `undefined` values. The sign of `-0` is preserved.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Lang
		* @param {*} value The value to process.
		* @returns {string} Returns the string.
		* @example
		*
		* _.toString(null);
		* // => ''
		*
		* _.toString(-0);
		* // => '-0'
		*
		* _.toString([1, 2, 3]);
		* // => '1,2,3'
		*/
		function toString(value) {
			return value == null ? "" : baseToString(value);
		}
		/**
		* Gets the value at `path` of `object`. If the resolved value is
		* `undefined`, the `defaultValue` is returned in its place.
		*
		* @static
		* @memberOf _
		* @since 3.7.0
		* @category Object
		* @param {Object} object The object to query.
		* @param {Array|string} path The path of the property to get.
		* @param {*} [defaultValue] The value returned for `undefined` resolved values.
		* @returns {*} Returns the resolved value.
		* @example
		*
		* var object = { 'a': [{ 'b': { 'c': 3 } }] };
		*
		* _.get(object, 'a[0].b.c');
		* // => 3
		*
		* _.get(object, ['a', '0', 'b', 'c']);
		* // => 3
		*
		* _.get(object, 'a.b.c', 'default');
		* // => 'default'
		*/
		function get(object, path, defaultValue) {
			var result = object == null ? void 0 : baseGet(object, path);
			return result === void 0 ? defaultValue : result;
		}
		/**
		* Checks if `path` is a direct or inherited property of `object`.
		*
		* @static
		* @memberOf _
		* @since 4.0.0
		* @category Object
		* @param {Object} object The object to query.
		* @param {Array|string} path The path to check.
		* @returns {boolean} Returns `true` if `path` exists, else `false`.
		* @example
		*
		* var object = _.create({ 'a': _.create({ 'b': 2 }) });
		*
		* _.hasIn(object, 'a');
		* // => true
		*
		* _.hasIn(object, 'a.b');
		* // => true
		*
		* _.hasIn(object, ['a', 'b']);
		* // => true
		*
		* _.hasIn(object, 'b');
		* // => false
		*/
		function hasIn(object, path) {
			return object != null && hasPath(object, path, baseHasIn);
		}
		/**
		* Creates an array of the own enumerable property names of `object`.
		*
		* **Note:** Non-object values are coerced to objects. See the
		* [ES spec](http://ecma-international.org/ecma-262/7.0/#sec-object.keys)
		* for more details.
		*
		* @static
		* @since 0.1.0
		* @memberOf _
		* @category Object
		* @param {Object} object The object to query.
		* @returns {Array} Returns the array of property names.
		* @example
		*
		* function Foo() {
		*   this.a = 1;
		*   this.b = 2;
		* }
		*
		* Foo.prototype.c = 3;
		*
		* _.keys(new Foo);
		* // => ['a', 'b'] (iteration order is not guaranteed)
		*
		* _.keys('hi');
		* // => ['0', '1']
		*/
		function keys(object) {
			return isArrayLike(object) ? arrayLikeKeys(object) : baseKeys(object);
		}
		/**
		* This method returns the first argument it receives.
		*
		* @static
		* @since 0.1.0
		* @memberOf _
		* @category Util
		* @param {*} value Any value.
		* @returns {*} Returns `value`.
		* @example
		*
		* var object = { 'a': 1 };
		*
		* console.log(_.identity(object) === object);
		* // => true
		*/
		function identity(value) {
			return value;
		}
		/**
		* Creates a function that returns the value at `path` of a given object.
		*
		* @static
		* @memberOf _
		* @since 2.4.0
		* @category Util
		* @param {Array|string} path The path of the property to get.
		* @returns {Function} Returns the new accessor function.
		* @example
		*
		* var objects = [
		*   { 'a': { 'b': 2 } },
		*   { 'a': { 'b': 1 } }
		* ];
		*
		* _.map(objects, _.property('a.b'));
		* // => [2, 1]
		*
		* _.map(_.sortBy(objects, _.property(['a', 'b'])), 'a.b');
		* // => [1, 2]
		*/
		function property(path) {
			return isKey(path) ? baseProperty(toKey(path)) : basePropertyDeep(path);
		}
		module.exports = sortBy;
	})(lodash_sortby, lodash_sortby.exports);
	return lodash_sortby.exports;
}
var escapeStringRegexp;
var hasRequiredEscapeStringRegexp;
function requireEscapeStringRegexp() {
	if (hasRequiredEscapeStringRegexp) return escapeStringRegexp;
	hasRequiredEscapeStringRegexp = 1;
	escapeStringRegexp = (string) => {
		if (typeof string !== "string") throw new TypeError("Expected a string");
		return string.replace(/[|\\{}()[\]^$+*?.]/g, "\\$&").replace(/-/g, "\\x2d");
	};
	return escapeStringRegexp;
}
var regexpParse = {};
var hasRequiredRegexpParse;
function requireRegexpParse() {
	if (hasRequiredRegexpParse) return regexpParse;
	hasRequiredRegexpParse = 1;
	Object.defineProperty(regexpParse, "__esModule", { value: true });
	regexpParse.isRegExpString = regexpParse.parseRegExpString = void 0;
	var REGEXP_LITERAL_PATTERN = /^\/(.+)\/([guimysd]*)$/;
	var parseRegExpString = function(str) {
		var result = str.match(REGEXP_LITERAL_PATTERN);
		if (!result) return null;
		return {
			source: result[1],
			flagString: result[2]
		};
	};
	regexpParse.parseRegExpString = parseRegExpString;
	var isRegExpString = function(str) {
		return REGEXP_LITERAL_PATTERN.test(str);
	};
	regexpParse.isRegExpString = isRegExpString;
	return regexpParse;
}
var hasRequiredRegexpStringMatcher;
function requireRegexpStringMatcher() {
	if (hasRequiredRegexpStringMatcher) return regexpStringMatcher;
	hasRequiredRegexpStringMatcher = 1;
	(function(exports) {
		var __importDefault = regexpStringMatcher && regexpStringMatcher.__importDefault || function(mod) {
			return mod && mod.__esModule ? mod : { "default": mod };
		};
		Object.defineProperty(exports, "__esModule", { value: true });
		exports.matchPatterns = exports.createRegExp = void 0;
		var lodash_uniq_1 = __importDefault(requireLodash_uniq());
		var lodash_uniqwith_1 = __importDefault(requireLodash_uniqwith());
		var lodash_sortby_1 = __importDefault(requireLodash_sortby());
		var escape_string_regexp_1 = __importDefault(requireEscapeStringRegexp());
		var regexp_parse_1 = requireRegexpParse();
		var DEFAULT_FLAGS = "ug";
		var defaultFlags = function(flagsString) {
			if (flagsString.length === 0) return DEFAULT_FLAGS;
			return (0, lodash_uniq_1.default)((flagsString + DEFAULT_FLAGS).split("")).join("");
		};
		var createRegExp = function(patternString, defaultFlag) {
			if (defaultFlag === void 0) defaultFlag = DEFAULT_FLAGS;
			if (patternString.length === 0) throw new Error("Empty string can not handled");
			if ((0, regexp_parse_1.isRegExpString)(patternString)) {
				var regExpStructure = (0, regexp_parse_1.parseRegExpString)(patternString);
				if (regExpStructure) return new RegExp(regExpStructure.source, defaultFlags(regExpStructure.flagString));
				throw new Error("\"".concat(patternString, "\" can not parse as RegExp."));
			} else return new RegExp((0, escape_string_regexp_1.default)(patternString), defaultFlag);
		};
		exports.createRegExp = createRegExp;
		var isEqualMatchPatternResult = function(a, b) {
			return a.startIndex === b.startIndex && a.endIndex === b.endIndex && a.match === b.match;
		};
		/**
		* Match regExpLikeStrings and return matchPatternResults
		* @param text target text
		* @param regExpLikeStrings an array of pattern string
		*/
		var matchPatterns = function(text, regExpLikeStrings) {
			var matchPatternResults = [];
			regExpLikeStrings.map(function(patternString) {
				return (0, exports.createRegExp)(patternString);
			}).forEach(function(regExp) {
				var results = text.matchAll(regExp);
				Array.from(results).forEach(function(result) {
					if (result.index === void 0) return;
					var match = result[0];
					var index = result.index;
					matchPatternResults.push({
						match,
						captures: result.slice(1),
						startIndex: index,
						endIndex: index + match.length
					});
				});
			});
			var uniqResults = (0, lodash_uniqwith_1.default)(matchPatternResults, isEqualMatchPatternResult);
			return (0, lodash_sortby_1.default)(uniqResults, ["startIndex", "endIndex"]);
		};
		exports.matchPatterns = matchPatterns;
	})(regexpStringMatcher);
	return regexpStringMatcher;
}
var regexpStringMatcherExports = requireRegexpStringMatcher();
/**
* These should be ignored by default, because these are used in AWS example.
* https://docs.aws.amazon.com/ja_jp/general/latest/gr/aws-access-keys-best-practices.html
*/
const BUILTIN_IGNORED = {
	AWSAccountID: ["AKIAIOSFODNN7EXAMPLE"],
	AWSSecretAccessKey: ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]
};
const messages$r = {
	AWSAccountID: {
		en: (props) => `found AWS Account ID: ${props.ID}`,
		ja: (props) => `AWS Account ID: ${props.ID} がみつかりました`
	},
	AWSSecretAccessKey: {
		en: (props) => `found AWS Secret Access Key: ${props.KEY}`,
		ja: (props) => `AWS Secret Access Key: ${props.KEY} がみつかりました`
	},
	AWSAccessKeyID: {
		en: (props) => `found AWS Access Key ID: ${props.ID}`,
		ja: (props) => `AWS Access Key Id: ${props.ID} がみつかりました`
	}
};
const reportAWSAccessKey = ({ t, source, context, options }) => {
	const results = source.content.matchAll(/\b(A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}\b/g);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (BUILTIN_IGNORED.AWSAccountID.includes(match)) continue;
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("AWSAccessKeyID", { ID: match }),
			range
		});
	}
};
const reportAWSSecretAccessKey = ({ t, source, context, options }) => {
	const AWS = "(?:AWS|aws|Aws)?_?";
	const QUOTE = `["']?`;
	const AWSSecretPatten = new RegExp(String.raw`${QUOTE}${AWS}(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)${QUOTE}${"\\s*(?::|=>|=)\\s*"}${QUOTE}([A-Za-z0-9/\+=]{40})${QUOTE}\b`, "g");
	const results = source.content.matchAll(AWSSecretPatten);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[1] || "";
		const range = [index, index + match.length];
		if (BUILTIN_IGNORED.AWSSecretAccessKey.includes(match)) continue;
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("AWSSecretAccessKey", { KEY: match }),
			range
		});
	}
};
const reportAWSAccountID = ({ t, source, context, options }) => {
	const AWS = "(AWS|aws|Aws)?_?";
	const QUOTE = `("|')?`;
	const AWSSecretPatten = new RegExp(String.raw`${QUOTE}${AWS}(ACCOUNT|account|Account)_?(ID|id|Id)?${QUOTE}${"\\s*(:|=>|=)\\s*"}${QUOTE}[0-9]{4}\-?[0-9]{4}\-?[0-9]{4}${QUOTE}\b`, "g");
	const results = source.content.matchAll(AWSSecretPatten);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("AWSAccountID", { ID: match }),
			range
		});
	}
};
const creator$s = {
	messages: messages$r,
	meta: {
		id: "@secretlint/secretlint-rule-aws",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-aws/README.md" }
	},
	create(context, options) {
		const normalizedOptions = {
			allows: options.allows || [],
			enableIDScanRule: options.enableIDScanRule ?? false
		};
		const t = context.createTranslator(messages$r);
		return { file(source) {
			if (normalizedOptions.enableIDScanRule) {
				reportAWSAccessKey({
					t,
					source,
					context,
					options: normalizedOptions
				});
				reportAWSAccountID({
					t,
					source,
					context,
					options: normalizedOptions
				});
			}
			reportAWSSecretAccessKey({
				t,
				source,
				context,
				options: normalizedOptions
			});
		} };
	}
};
/**
* Minimal PKCS#12 MAC verification.
*
* GCP Service Account .p12 files are detected by checking whether the
* top-level MAC verifies against the well-known `notasecret` password.
* Full decryption of the PKCS#12 ContentInfo is unnecessary for that check,
* so we only parse enough of the DER structure to extract the MacData and
* the authSafe content, then recompute the MAC. Supports MAC digests of
* SHA-1 (classic openssl default), SHA-256 (openssl 3 default), SHA-384,
* and SHA-512.
*
* Runs in Node.js 20+ and any environment with a Web Crypto
* implementation on `globalThis.crypto.subtle`.
*
* References:
*   - RFC 7292 (PKCS #12 v1.1) section 4, Appendix B
*/
const TAG_INTEGER = 2;
const TAG_OCTET_STRING = 4;
const TAG_NULL = 5;
const TAG_OID = 6;
const TAG_SEQUENCE = 48;
const TAG_CONTEXT_0 = 160;
function readTlv(buf, offset) {
	if (offset + 2 > buf.length) throw new Error("PKCS12: truncated TLV header");
	const tag = buf[offset];
	const lenByte = buf[offset + 1];
	let length;
	let contentStart;
	if (lenByte < 128) {
		length = lenByte;
		contentStart = offset + 2;
	} else {
		const lenBytes = lenByte & 127;
		if (lenBytes === 0 || lenBytes > 4) throw new Error("PKCS12: unsupported ASN.1 length encoding");
		if (offset + 2 + lenBytes > buf.length) throw new Error("PKCS12: truncated ASN.1 length");
		length = 0;
		for (let i = 0; i < lenBytes; i++) length = length * 256 + buf[offset + 2 + i];
		contentStart = offset + 2 + lenBytes;
	}
	const end = contentStart + length;
	if (end > buf.length) throw new Error("PKCS12: TLV extends past buffer");
	return {
		tag,
		content: buf.subarray(contentStart, end),
		end
	};
}
function expectTag(tlv, tag, label) {
	if (tlv.tag !== tag) throw new Error(`PKCS12: expected ${label} tag 0x${tag.toString(16)} but got 0x${tlv.tag.toString(16)}`);
}
function readInteger(tlv) {
	expectTag(tlv, TAG_INTEGER, "INTEGER");
	let value = 0;
	for (const byte of tlv.content) value = value * 256 + byte;
	return value;
}
function bytesEqual(a, b) {
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
const OID_DATA = new Uint8Array([
	42,
	134,
	72,
	134,
	247,
	13,
	1,
	7,
	1
]);
const OID_SHA1 = new Uint8Array([
	43,
	14,
	3,
	2,
	26
]);
const OID_SHA256 = new Uint8Array([
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	1
]);
const OID_SHA384 = new Uint8Array([
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	2
]);
const OID_SHA512 = new Uint8Array([
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	3
]);
const MAC_HASHES = [
	{
		oid: OID_SHA1,
		hash: {
			name: "SHA-1",
			outputSize: 20,
			blockSize: 64
		}
	},
	{
		oid: OID_SHA256,
		hash: {
			name: "SHA-256",
			outputSize: 32,
			blockSize: 64
		}
	},
	{
		oid: OID_SHA384,
		hash: {
			name: "SHA-384",
			outputSize: 48,
			blockSize: 128
		}
	},
	{
		oid: OID_SHA512,
		hash: {
			name: "SHA-512",
			outputSize: 64,
			blockSize: 128
		}
	}
];
function matchHash(oidBytes) {
	for (const { oid, hash } of MAC_HASHES) if (bytesEqual(oidBytes, oid)) return hash;
}
const MAX_MAC_ITERATIONS = 1e6;
function parsePkcs12(buf) {
	const pfx = readTlv(buf, 0);
	expectTag(pfx, TAG_SEQUENCE, "PFX SEQUENCE");
	const version = readTlv(pfx.content, 0);
	if (readInteger(version) !== 3) throw new Error("PKCS12: unsupported version");
	const authSafeInfo = readTlv(pfx.content, version.end);
	expectTag(authSafeInfo, TAG_SEQUENCE, "ContentInfo SEQUENCE");
	const contentType = readTlv(authSafeInfo.content, 0);
	expectTag(contentType, TAG_OID, "contentType OID");
	if (!bytesEqual(contentType.content, OID_DATA)) throw new Error("PKCS12: unsupported authSafe contentType");
	const explicit0 = readTlv(authSafeInfo.content, contentType.end);
	expectTag(explicit0, TAG_CONTEXT_0, "[0] EXPLICIT");
	const authSafeOctet = readTlv(explicit0.content, 0);
	expectTag(authSafeOctet, TAG_OCTET_STRING, "authSafe OCTET STRING");
	const macData = readTlv(pfx.content, authSafeInfo.end);
	expectTag(macData, TAG_SEQUENCE, "MacData SEQUENCE");
	const digestInfo = readTlv(macData.content, 0);
	expectTag(digestInfo, TAG_SEQUENCE, "DigestInfo SEQUENCE");
	const alg = readTlv(digestInfo.content, 0);
	expectTag(alg, TAG_SEQUENCE, "AlgorithmIdentifier SEQUENCE");
	const algOid = readTlv(alg.content, 0);
	expectTag(algOid, TAG_OID, "algorithm OID");
	const macHash = matchHash(algOid.content);
	if (!macHash) throw new Error("PKCS12: unsupported MAC digest algorithm");
	if (algOid.end < alg.content.length) {
		if (readTlv(alg.content, algOid.end).tag !== TAG_NULL) throw new Error("PKCS12: unexpected MAC algorithm parameters");
	}
	const digest = readTlv(digestInfo.content, alg.end);
	expectTag(digest, TAG_OCTET_STRING, "digest OCTET STRING");
	const salt = readTlv(macData.content, digestInfo.end);
	expectTag(salt, TAG_OCTET_STRING, "macSalt OCTET STRING");
	let iterations = 1;
	if (salt.end < macData.content.length) iterations = readInteger(readTlv(macData.content, salt.end));
	if (iterations < 1 || iterations > MAX_MAC_ITERATIONS) throw new Error("PKCS12: MAC iteration count out of range");
	return {
		authSafe: authSafeOctet.content,
		macHash,
		macSalt: salt.content,
		macDigest: digest.content,
		iterations
	};
}
function toBufferSource(data) {
	const copy = new Uint8Array(data.length);
	copy.set(data);
	return copy;
}
async function digest(hash, data) {
	return new Uint8Array(await globalThis.crypto.subtle.digest(hash.name, toBufferSource(data)));
}
function padToMultipleOf(src, blockSize) {
	if (src.length === 0) return /* @__PURE__ */ new Uint8Array(0);
	const padded = new Uint8Array(Math.ceil(src.length / blockSize) * blockSize);
	for (let i = 0; i < padded.length; i++) padded[i] = src[i % src.length];
	return padded;
}
function encodePasswordAsBmpString(password) {
	if (password.length === 0) return /* @__PURE__ */ new Uint8Array(0);
	const bytes = new Uint8Array(password.length * 2 + 2);
	for (let i = 0; i < password.length; i++) {
		const code = password.charCodeAt(i);
		bytes[i * 2] = code >> 8 & 255;
		bytes[i * 2 + 1] = code & 255;
	}
	return bytes;
}
/**
* PKCS#12 key derivation (RFC 7292 Appendix B.2) for deriving the MAC key.
*
* Specialized for the case where the desired key length is at most the
* hash output size (which is always true for HMAC keys here: 20 bytes for
* SHA-1, 32 bytes for SHA-256). In that case only a single block A[1] is
* produced, so the iterative I-update loop from the spec is unnecessary.
*/
async function deriveMacKey(hash, password, salt, iterations) {
	const v = hash.blockSize;
	const u = hash.outputSize;
	const D = new Uint8Array(v).fill(3);
	const P = padToMultipleOf(encodePasswordAsBmpString(password), v);
	const S = padToMultipleOf(salt, v);
	const DI = new Uint8Array(D.length + S.length + P.length);
	DI.set(D, 0);
	DI.set(S, D.length);
	DI.set(P, D.length + S.length);
	let A = await digest(hash, DI);
	for (let i = 1; i < iterations; i++) A = await digest(hash, A);
	return A.subarray(0, u);
}
/**
* Verify a PKCS#12 PFX MAC using the supplied password.
*
* Returns `true` only when the file is a well-formed PKCS#12 v3 structure
* with an unencrypted `data` authSafe, a recognized MAC digest algorithm
* (SHA-1/256/384/512), and a MAC that matches the password. Any structural
* or algorithmic mismatch yields `false`.
*/
async function verifyPkcs12Mac(pfxBytes, password) {
	let parsed;
	try {
		parsed = parsePkcs12(pfxBytes);
	} catch {
		return false;
	}
	try {
		const key = await deriveMacKey(parsed.macHash, password, parsed.macSalt, parsed.iterations);
		const cryptoKey = await globalThis.crypto.subtle.importKey("raw", toBufferSource(key), {
			name: "HMAC",
			hash: parsed.macHash.name
		}, false, ["sign"]);
		return bytesEqual(new Uint8Array(await globalThis.crypto.subtle.sign("HMAC", cryptoKey, toBufferSource(parsed.authSafe))), parsed.macDigest);
	} catch {
		return false;
	}
}
const GCP_SERVICE_ACCOUNT_P12_PASSWORD = "notasecret";
async function reportIfFoundPrivateKeyP12Format({ source, context, t }) {
	if (!source.filePath) return;
	try {
		const fs = await import("node:fs");
		const path = await import("node:path");
		if (!await verifyPkcs12Mac(new Uint8Array(fs.readFileSync(source.filePath)), GCP_SERVICE_ACCOUNT_P12_PASSWORD)) return;
		context.report({
			message: t("PrivateKeyP12", { FILE_NAME: path.basename(source.filePath) }),
			range: [0, source.content.length]
		});
	} catch {}
}
const messages$q = {
	PrivateKeyP12: {
		en: (props) => `found GCP Service Account's private key(p12): ${props.FILE_NAME}`,
		ja: (props) => `GCPサービスアカウントの秘密鍵(p12) ${props.FILE_NAME} がみつかりました`
	},
	PrivateKeyJSON: {
		en: (props) => `found GCP Service Account's private key(json): ${props.FILE_NAME}`,
		ja: (props) => `GCPサービスアカウントの秘密鍵(json): ${props.FILE_NAME} がみつかりました`
	}
};
function reportIfFoundPrivateKeyJSONFormat({ source, context, t }) {
	try {
		const credentialObject = JSON.parse(source.content);
		if (!("private_key_id" in credentialObject && "private_key" in credentialObject && /-----BEGIN\s?(DSA|RSA|EC|PGP|OPENSSH)?\s?PRIVATE KEY/gm.test(credentialObject["private_key"]))) return;
		context.report({
			message: t("PrivateKeyJSON", { FILE_NAME: source.filePath ? path.basename(source.filePath) : "" }),
			range: [0, source.content.length]
		});
	} catch {}
}
const creator$r = {
	messages: messages$q,
	meta: {
		id: "@secretlint/secretlint-rule-gcp",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["all"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-gcp/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$q);
		options.allows;
		return { file(source) {
			if (source.ext === ".p12") return reportIfFoundPrivateKeyP12Format({
				source,
				context,
				t
			});
			else if (source.ext === ".json") return reportIfFoundPrivateKeyJSONFormat({
				source,
				context,
				t
			});
		} };
	}
};
const messages$p = {
	PackageJSON_xOauthToken: {
		en: (props) => `found GitHub Token: ${props.TOKEN}`,
		ja: (props) => `GitHub Token: ${props.TOKEN} がみつかりました`
	},
	Npmrc_authToken: {
		en: (props) => `found npmrc authToken: ${props.TOKEN}`,
		ja: (props) => `npmrc authToken: ${props.TOKEN} がみつかりました`
	},
	NPM_ACCESS_TOKEN: {
		en: (props) => `found npm access token: ${props.TOKEN}`,
		ja: (props) => `npm access token: ${props.TOKEN} がみつかりました`
	}
};
function reportIfFoundXOauthGitHubToken({ source, options, context, t }) {
	const results = source.content.matchAll(/https?:\/\/(.{1,256}):x-oauth-basic@github.com\//g);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[1] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("PackageJSON_xOauthToken", { TOKEN: match }),
			range
		});
	}
}
function reportIfFound_AuthTokenInNpmrc({ source, options, context, t }) {
	const results = source.content.matchAll(/_authToken=([^$].*)/g);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[1] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("Npmrc_authToken", { TOKEN: match }),
			range
		});
	}
}
function reportIfFound_NPM_ACCESS_TOKEN({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<!\p{L})npm_[A-Za-z0-9_]{36}(?![A-Za-z0-9_])/gu);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("NPM_ACCESS_TOKEN", { TOKEN: match }),
			range
		});
	}
}
const isPackageFile = (filePath) => {
	if (!filePath) return true;
	return filePath.endsWith("package.json") || filePath.endsWith("package-lock.json");
};
const isNpmrc = (filePath) => {
	if (!filePath) return true;
	return filePath.endsWith(".npmrc");
};
const creator$q = {
	messages: messages$p,
	meta: {
		id: "@secretlint/secretlint-rule-npm",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-npm/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$p);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			if (isPackageFile(source.filePath)) reportIfFoundXOauthGitHubToken({
				source,
				options: normalizedOptions,
				context,
				t
			});
			else if (isNpmrc(source.filePath)) reportIfFound_AuthTokenInNpmrc({
				source,
				options: normalizedOptions,
				context,
				t
			});
			reportIfFound_NPM_ACCESS_TOKEN({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$o = {
	SLACK_TOKEN: {
		en: (props) => `found slack token: ${props.TOKEN}`,
		ja: (props) => `Slackトークン: ${props.TOKEN} がみつかりました`
	},
	IncomingWebhook: {
		en: (props) => `found Slack Incoming Webhook: ${props.URL}`,
		ja: (props) => `SlackのIncoming Webhooks: ${props.TOKEN} がみつかりました`
	}
};
function reportIfFoundRawPrivateKey$1({ source, options, context, t }) {
	const results = source.content.matchAll(/\b(?:xoxb|xoxp|xapp|xoxa|xoxo|xoxr)-(?:\d-)?(?:[a-zA-Z0-9]{1,40}-)+[a-zA-Z0-9]{1,40}\b/g);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("SLACK_TOKEN", { TOKEN: match }),
			range
		});
	}
}
/**
* Report if found Incoming Webhooks
* https://api.slack.com/messaging/webhooks
* @param source
* @param options
* @param context
* @param t
*/
function reportIfFoundIncomingWebhook({ source, options, context, t }) {
	const results = source.content.matchAll(/https:\/\/hooks\.slack\.com\/services\/T[a-zA-Z0-9]{1,40}\/B[a-zA-Z0-9]{1,40}\/[a-zA-Z0-9]{1,40}/gi);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("IncomingWebhook", { URL: match }),
			range
		});
	}
}
const creator$p = {
	messages: messages$o,
	meta: {
		id: "@secretlint/secretlint-rule-slack",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-slack/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$o);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundRawPrivateKey$1({
				source,
				options: normalizedOptions,
				context,
				t
			});
			reportIfFoundIncomingWebhook({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$n = { BasicAuth: {
	en: (props) => `found basic auth credential: ${props.CREDENTIAL}`,
	ja: (props) => `ベーシック認証情報: ${props.CREDENTIAL} がみつかりました`
} };
const BUILTIN_IGNORED_PATTERNS$1 = [
	"localhost",
	"127.0.0.1",
	"password",
	"mypassword",
	"myusername",
	"{password}",
	"${password}",
	"{{password}}",
	"{username}",
	"${username}",
	"{{username}}",
	"YOUR_PASSWORD",
	"YOUR_USERNAME",
	"REPLACE_WITH_PASSWORD",
	"REPLACE_WITH_USERNAME"
];
/**
* Check if the string contains variable-like patterns that indicate it's likely a template
*/
function isVariableLikeString$1(str) {
	return [
		/\$\{[^}]{1,50}\}/,
		/\{\{[^}]{1,50}\}\}/,
		/\{[^}]{1,50}\}/,
		/%[A-Z_]{1,30}%/,
		/\$[A-Z_]{1,30}/
	].some((pattern) => pattern.test(str));
}
/**
* Check if the username part looks like a real credential
*/
function isLikelyRealUsername(username) {
	if (username.length < 2) return false;
	if (isVariableLikeString$1(username)) return false;
	if (BUILTIN_IGNORED_PATTERNS$1.some((pattern) => username.toLowerCase().includes(pattern.toLowerCase()))) return false;
	return true;
}
/**
* Check if the password part looks like a real credential
*/
function isLikelyRealPassword(password) {
	if (password.length < 4) return false;
	if (isVariableLikeString$1(password)) return false;
	if (BUILTIN_IGNORED_PATTERNS$1.some((pattern) => password.toLowerCase().includes(pattern.toLowerCase()))) return false;
	if (/^(.)\1{3,}$/.test(password)) return false;
	return true;
}
function reportIfFoundBasicAuth({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<protocol>(?:https?|ftp|ftps)):\/\/(?<user>[-a-zA-Z0-9_]{1,256}):(?<password>[-a-zA-Z0-9_]{1,256})@[-a-zA-Z0-9%._+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b/g);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const username = result.groups?.user;
		const password = result.groups?.password;
		if (!username || !password) continue;
		if (!isLikelyRealUsername(username)) continue;
		if (!isLikelyRealPassword(password)) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("BasicAuth", { CREDENTIAL: match }),
			range
		});
	}
}
const creator$o = {
	messages: messages$n,
	meta: {
		id: "@secretlint/secretlint-rule-basicauth",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-basicauth/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$n);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundBasicAuth({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$m = { OPENAI_TOKEN: {
	en: (props) => `found OpenAI API token: ${props.TOKEN}`,
	ja: (props) => `OpenAI API トークン: ${props.TOKEN} がみつかりました`
} };
const creator$n = {
	messages: messages$m,
	meta: {
		id: "@secretlint/secretlint-rule-openai",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-openai/README.md" }
	},
	create(context) {
		const t = context.createTranslator(messages$m);
		return { file(source) {
			const matches = source.content.matchAll(/sk-(?:proj|svcacct|admin)-(?:[A-Za-z0-9_-]{74}|[A-Za-z0-9_-]{58})T3BlbkFJ(?:[A-Za-z0-9_-]{74}|[A-Za-z0-9_-]{58})\b|sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}/g);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const range = [index, index + matchString.length];
				context.report({
					message: t("OPENAI_TOKEN", { TOKEN: matchString }),
					range
				});
			}
		} };
	}
};
const messages$l = { ANTHROPIC_API_KEY: {
	en: (props) => `found Anthropic Claude API key: ${props.KEY}`,
	ja: (props) => `Anthropic Claude API キー: ${props.KEY} がみつかりました`
} };
const creator$m = {
	messages: messages$l,
	meta: {
		id: "@secretlint/secretlint-rule-anthropic",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-anthropic/README.md" }
	},
	create(context) {
		const t = context.createTranslator(messages$l);
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})sk-ant-api0\d-[A-Za-z0-9_-]{90,128}AA(?![A-Za-z0-9_-])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const range = [index, index + matchString.length];
				context.report({
					message: t("ANTHROPIC_API_KEY", { KEY: matchString }),
					range
				});
			}
		} };
	}
};
const messages$k = { GROQ_API_KEY: {
	en: (props) => `found Groq API key: ${props.KEY}`,
	ja: (props) => `Groq API キー: ${props.KEY} がみつかりました`
} };
const creator$l = {
	messages: messages$k,
	meta: {
		id: "@secretlint/secretlint-rule-groq",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-groq/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$k);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})gsk_[a-zA-Z0-9]{52}(?![a-zA-Z0-9])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t("GROQ_API_KEY", { KEY: matchString }),
					range
				});
			}
		} };
	}
};
const messages$j = { HUGGINGFACE_USER_ACCESS_TOKEN: {
	en: (props) => `found Hugging Face User Access Token: ${props.TOKEN}`,
	ja: (props) => `Hugging Face User Access Token: ${props.TOKEN} がみつかりました`
} };
const creator$k = {
	messages: messages$j,
	meta: {
		id: "@secretlint/secretlint-rule-huggingface",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-huggingface/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$j);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})hf_[a-zA-Z]{34}(?![a-zA-Z])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t("HUGGINGFACE_USER_ACCESS_TOKEN", { TOKEN: matchString }),
					range
				});
			}
		} };
	}
};
const messages$i = { LINEAR_API_TOKEN: {
	en: (props) => `found linear api token: ${props.ID}`,
	ja: (props) => `linear api token: ${props.ID} がみつかりました`
} };
const creator$j = {
	messages: messages$i,
	meta: {
		id: "@secretlint/secretlint-rule-linear",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-linear/README.md" }
	},
	create(context) {
		const t = context.createTranslator(messages$i);
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})lin_api_[a-zA-Z0-9_]{32,128}(?![a-zA-Z0-9_])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const range = [index, index + matchString.length];
				context.report({
					message: t("LINEAR_API_TOKEN", { ID: matchString }),
					range
				});
			}
		} };
	}
};
const messages$h = { NOTION_INTEGRATION_TOKEN: {
	en: (props) => `found Notion integration token: ${props.TOKEN}`,
	ja: (props) => `Notion integration トークン: ${props.TOKEN} がみつかりました`
} };
function reportIfFoundToken({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<!\p{L})ntn_[0-9]{11}[A-Za-z0-9]{35}(?![A-Za-z0-9])/gu);
	for (const result of results) {
		const index = result.index ?? 0;
		const match = result[0] ?? "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("NOTION_INTEGRATION_TOKEN", { TOKEN: match }),
			range
		});
	}
}
const creator$i = {
	messages: messages$h,
	meta: {
		id: "@secretlint/secretlint-rule-notion",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-notion/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$h);
		const normalizedOptions = { allows: options.allows ?? [] };
		return { file(source) {
			reportIfFoundToken({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$g = { PrivateKey: {
	en: (props) => `found private key: ${props.KEY}`,
	ja: (props) => `秘密鍵: ${props.KEY} がみつかりました`
} };
/**
* Regular expression to detect private keys and extract Base64 content in one pass
* Based on https://docs.cribl.io/docs/regexesyml
* Captures the Base64 content (group 1) between BEGIN and END markers
*
* Length constraint {100,10000} (heuristic):
* - Minimum 100: Heuristically excludes short placeholders (smallest real key ECDSA-256 ≈ 288 chars)
* - Maximum 10000: Heuristically prevents catastrophic backtracking and extremely large inputs
*
* Character class [A-Za-z0-9+/=\s\\]:
* - Restricts to Base64 characters, whitespace, and backslash to prevent ReDoS attacks
* - Backslash included to handle JSON escape sequences (\n, \r, \t)
* - Fails fast on invalid characters, reducing backtracking complexity
*
* ReDoS mitigation:
* - Uses greedy quantifier (no ?) to reduce backtracking ambiguity
* - Simplified optional parts to minimize exponential complexity
* - Length limit ensures bounded execution time
*/
const PEM_CONTENT_PATTERN = /-----BEGIN[ ]?(?:(?:RSA|DSA|EC|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----\n?([A-Za-z0-9+/=\s\\]{100,10000})\n?-----END[ ]?(?:(?:RSA|DSA|EC|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----/gm;
/**
* Validate if the Base64 content is a real private key or a placeholder
* Based on Base64 validation approach without decoding
*
* References:
* - RFC 7468: Textual Encodings of PKIX, PKCS, and CMS Structures
*   https://tools.ietf.org/html/rfc7468
* - RFC 4648: The Base16, Base32, and Base64 Data Encodings
*   https://datatracker.ietf.org/doc/html/rfc4648
* - RFC 5208: PKCS #8: Private-Key Information Syntax v1.2
*   https://datatracker.ietf.org/doc/html/rfc5208
* - RFC 5958: Asymmetric Key Packages
*   https://datatracker.ietf.org/doc/html/rfc5958
* - RFC 3447: PKCS #1: RSA Cryptography Specifications v2.1
*   https://datatracker.ietf.org/doc/html/rfc3447
* - OpenSSH PROTOCOL.key
*   https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
*
* @param base64Content - The Base64-encoded key content (without PEM headers)
* @returns true if it's likely a real private key, false if it's a placeholder
*/
function validateBase64KeyContent(base64Content) {
	if (!/^[A-Za-z0-9+/]+=*$/.test(base64Content)) return false;
	if (base64Content.length < 100) return false;
	if (!/^(MI|b3BlbnNzaC1rZXktdjE)/.test(base64Content)) return false;
	return true;
}
function reportIfFoundRawPrivateKey({ source, options, context, t }) {
	const results = source.content.matchAll(PEM_CONTENT_PATTERN);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const base64Raw = result[1] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		if (!validateBase64KeyContent(base64Raw.replace(/\s|\\n/g, ""))) continue;
		context.report({
			message: t("PrivateKey", { KEY: match }),
			range
		});
	}
}
const creator$h = {
	messages: messages$g,
	meta: {
		id: "@secretlint/secretlint-rule-privatekey",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-privatekey/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$g);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundRawPrivateKey({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$f = { SENDGRID_KEY: {
	en: (props) => `found Sendgrid api key: ${props.KEY}`,
	ja: (props) => `Sendgrid APIキーが見つかりました： ${props.KEY}`
} };
function reportIfFoundKey$3({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<!\p{L})SG\.\w{1,128}\.\w{1,128}([-_]?)\w{1,128}(?!\w)/gu);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		if (match.length !== 69) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("SENDGRID_KEY", { KEY: match }),
			range
		});
	}
}
const creator$g = {
	messages: messages$f,
	meta: {
		id: "@secretlint/secretlint-rule-sendgrid",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-sendgrid/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$f);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundKey$3({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$e = { SHOPIFY_KEY: {
	en: (props) => `found Shopify api key: ${props.KEY}`,
	ja: (props) => `Shopify APIキーが見つかりました： ${props.KEY}`
} };
function reportIfFoundKey$2({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<!\p{L})(shppa|shpca|shpat|shpss)_[a-zA-Z0-9]{32,64}(?![a-zA-Z0-9])/gu);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("SHOPIFY_KEY", { KEY: match }),
			range
		});
	}
}
const creator$f = {
	messages: messages$e,
	meta: {
		id: "@secretlint/secretlint-rule-shopify",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-shopify/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$e);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundKey$2({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$d = {
	STRIPE_SECRET_KEY_LIVE: {
		en: (props) => `found Stripe Live Secret Key: ${props.KEY}`,
		ja: (props) => `Stripe Live Secret Keyが見つかりました: ${props.KEY}`
	},
	STRIPE_SECRET_KEY_TEST: {
		en: (props) => `found Stripe Test Secret Key: ${props.KEY}`,
		ja: (props) => `Stripe Test Secret Keyが見つかりました: ${props.KEY}`
	},
	STRIPE_RESTRICTED_KEY_LIVE: {
		en: (props) => `found Stripe Live Restricted Key: ${props.KEY}`,
		ja: (props) => `Stripe Live Restricted Keyが見つかりました: ${props.KEY}`
	},
	STRIPE_RESTRICTED_KEY_TEST: {
		en: (props) => `found Stripe Test Restricted Key: ${props.KEY}`,
		ja: (props) => `Stripe Test Restricted Keyが見つかりました: ${props.KEY}`
	}
};
const messageIdMap$1 = {
	sk_live: "STRIPE_SECRET_KEY_LIVE",
	sk_test: "STRIPE_SECRET_KEY_TEST",
	rk_live: "STRIPE_RESTRICTED_KEY_LIVE",
	rk_test: "STRIPE_RESTRICTED_KEY_TEST"
};
const STRIPE_KEY_PATTERN = /(?<!\p{L})(?<prefix>sk_live|sk_test|rk_live|rk_test)_[a-zA-Z0-9]{24,99}(?![a-zA-Z0-9])/gu;
function reportIfFound$2({ source, options, context, t }) {
	const results = source.content.matchAll(STRIPE_KEY_PATTERN);
	for (const result of results) {
		const index = result.index ?? 0;
		const match = result[0] ?? "";
		const prefix = result.groups?.["prefix"];
		if (!prefix) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t(messageIdMap$1[prefix], { KEY: match }),
			range
		});
	}
}
const creator$e = {
	messages: messages$d,
	meta: {
		id: "@secretlint/secretlint-rule-stripe",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-stripe/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$d);
		const normalizedOptions = { allows: options.allows ?? [] };
		return { file(source) {
			reportIfFound$2({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$c = { GITHUB_TOKEN: {
	en: (props) => `found GitHub Token(${props.typeName}): ${props.KEY}`,
	ja: (props) => `GitHub Token(${props.typeName})が見つかりました： ${props.KEY}`
} };
const typeMap = /* @__PURE__ */ new Map([
	["ghp", "GitHub personal access tokens"],
	["gho", "OAuth access tokens"],
	["ghu", "GitHub user-to-server tokens"],
	["ghs", "GitHub server-to-server tokens"],
	["ghr", "refresh tokens"],
	["github_pat", "fine-grained personal access tokens"]
]);
function reportIfFoundKey$1({ pattern, source, options, context, t }) {
	const results = source.content.matchAll(pattern);
	for (const result of results) {
		const index = result.index || 0;
		const type = result.groups?.type;
		const typeName = typeMap.get(type);
		if (!typeName) throw new Error("Unknown type:" + typeName);
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("GITHUB_TOKEN", {
				KEY: match,
				typeName
			}),
			range
		});
	}
}
const creator$d = {
	messages: messages$c,
	meta: {
		id: "@secretlint/secretlint-rule-github",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-github/README.md" }
	},
	create(context, options) {
		const patterns = [
			/(?<!\p{L})(?<type>ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9_]{36}(?![A-Za-z0-9_])/gu,
			/(?<!\p{L})(?<type>github_pat)_[A-Za-z0-9_]{82}(?![A-Za-z0-9_])/gu,
			/(?<!\p{L})(?<type>ghs)_[0-9]{1,20}_[A-Za-z0-9_-]{1,1000}\.[A-Za-z0-9_-]{1,10000}\.[A-Za-z0-9_-]{1,1000}(?![A-Za-z0-9_-])/gu
		];
		const t = context.createTranslator(messages$c);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			for (const pattern of patterns) reportIfFoundKey$1({
				pattern,
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$b = { GITLAB_PERSONAL_ACCESS_TOKEN: {
	en: (props) => `found GitLab Personal Access Token: ${props.KEY}`,
	ja: (props) => `GitLab Personal Access Tokenが見つかりました: ${props.KEY}`
} };
function reportIfFoundKey({ pattern, source, options, context, t }) {
	const results = source.content.matchAll(pattern);
	for (const result of results) {
		const index = result.index ?? 0;
		const match = result[0] ?? "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("GITLAB_PERSONAL_ACCESS_TOKEN", { KEY: match }),
			range
		});
	}
}
const creator$c = {
	messages: messages$b,
	meta: {
		id: "@secretlint/secretlint-rule-gitlab",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-gitlab/README.md" }
	},
	create(context, options) {
		const patterns = [/(?<!\p{L})glpat-[A-Za-z0-9_-]{20,128}(?![A-Za-z0-9_-])/gu];
		const t = context.createTranslator(messages$b);
		const normalizedOptions = { allows: options.allows ?? [] };
		return { file(source) {
			for (const pattern of patterns) reportIfFoundKey({
				pattern,
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$a = {
	GRAFANA_CLOUD_API_TOKEN: {
		en: (props) => `found Grafana Cloud API token: ${props.TOKEN}`,
		ja: (props) => `Grafana Cloud API トークン: ${props.TOKEN} がみつかりました`
	},
	GRAFANA_SERVICE_ACCOUNT_TOKEN: {
		en: (props) => `found Grafana Service Account token: ${props.TOKEN}`,
		ja: (props) => `Grafana Service Account トークン: ${props.TOKEN} がみつかりました`
	}
};
function reportIfFound$1({ pattern, messageId, source, options, context, t }) {
	const results = source.content.matchAll(pattern);
	for (const result of results) {
		const index = result.index ?? 0;
		const match = result[0] ?? "";
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		const range = [index, index + match.length];
		context.report({
			message: t(messageId, { TOKEN: match }),
			range
		});
	}
}
const creator$b = {
	messages: messages$a,
	meta: {
		id: "@secretlint/secretlint-rule-grafana",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-grafana/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$a);
		const normalizedOptions = { allows: options?.allows ?? [] };
		const GRAFANA_CLOUD_API_TOKEN_PATTERN = /(?<!\p{L})glc_[A-Za-z0-9+/]{32,400}={0,2}(?![A-Za-z0-9+/=])/gu;
		const GRAFANA_SERVICE_ACCOUNT_TOKEN_PATTERN = /(?<!\p{L})glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?![A-Fa-f0-9])/gu;
		return { file(source) {
			reportIfFound$1({
				pattern: GRAFANA_CLOUD_API_TOKEN_PATTERN,
				messageId: "GRAFANA_CLOUD_API_TOKEN",
				source,
				options: normalizedOptions,
				context,
				t
			});
			reportIfFound$1({
				pattern: GRAFANA_SERVICE_ACCOUNT_TOKEN_PATTERN,
				messageId: "GRAFANA_SERVICE_ACCOUNT_TOKEN",
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$9 = { OPS_TOKEN: {
	en: (props) => `found 1Password Service Account token: ${props.TOKEN}`,
	ja: (props) => `1Password Service Account: ${props.TOKEN} がみつかりました`
} };
const is1PasswordServiceAccountToken = (base64String) => {
	try {
		const jsonString = atob(base64String.replace(/-/g, "+").replace(/_/g, "/"));
		const json = JSON.parse(jsonString);
		return typeof json === "object" && json !== null;
	} catch (error) {
		return false;
	}
};
const creator$a = {
	messages: messages$9,
	meta: {
		id: "@secretlint/secretlint-rule-1password",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-1password/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$9);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})ops_(ey[A-Za-z0-9+/=]{100,1280}fQ={0,2})(?![A-Za-z0-9+/=])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const base64String = match[1] ?? "";
				if (!is1PasswordServiceAccountToken(base64String)) continue;
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t("OPS_TOKEN", { TOKEN: matchString }),
					range
				});
			}
		} };
	}
};
const messages$8 = {
	MongoDBConnection: {
		en: (props) => `found MongoDB connection string: ${props.URI}`,
		ja: (props) => `MongoDB接続文字列: ${props.URI} がみつかりました`
	},
	MySQLConnection: {
		en: (props) => `found MySQL connection string: ${props.URI}`,
		ja: (props) => `MySQL接続文字列: ${props.URI} がみつかりました`
	},
	PostgreSQLConnection: {
		en: (props) => `found PostgreSQL connection string: ${props.URI}`,
		ja: (props) => `PostgreSQL接続文字列: ${props.URI} がみつかりました`
	}
};
const BUILTIN_IGNORED_PATTERNS = [
	"localhost",
	"127.0.0.1",
	"example.com",
	"example.org",
	"test.com",
	"password",
	"username",
	"secret",
	"mypassword",
	"myusername",
	"root",
	"admin",
	"user",
	"pass",
	"{password}",
	"${password}",
	"{{password}}",
	"{username}",
	"${username}",
	"{{username}}",
	"YOUR_PASSWORD",
	"YOUR_USERNAME",
	"REPLACE_WITH_PASSWORD"
];
/**
* Check if the string contains variable-like patterns that indicate it's likely a template
*/
function isVariableLikeString(str) {
	return [
		/\$\{[^}]{1,50}\}/,
		/\{\{[^}]{1,50}\}\}/,
		/\{[^}]{1,50}\}/,
		/%[A-Z_]{1,30}%/,
		/\$[A-Z_]{1,30}/,
		/\$\([^)]{1,50}\)/
	].some((pattern) => pattern.test(str));
}
/**
* Check if the username and password look like real credentials
*/
function isLikelyRealCredential(username, password) {
	if (username === password) return false;
	if (password.length < 4) return false;
	if (isVariableLikeString(password)) return false;
	const passwordLower = password.toLowerCase();
	if (BUILTIN_IGNORED_PATTERNS.some((pattern) => passwordLower === pattern.toLowerCase())) return false;
	if (/^(.)\1{3,}$/.test(password)) return false;
	return true;
}
function reportMongoDBConnectionString({ source, options, context, t }) {
	const results = source.content.matchAll(/mongodb(?:\+srv)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const username = result.groups?.username;
		const password = result.groups?.password;
		if (!username || !password) continue;
		if (!isLikelyRealCredential(username, password)) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("MongoDBConnection", { URI: match }),
			range
		});
	}
}
function reportMySQLConnectionString({ source, options, context, t }) {
	const results = source.content.matchAll(/(?:jdbc:)?mysql(?:x)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const username = result.groups?.username;
		const password = result.groups?.password;
		if (!username || !password) continue;
		if (!isLikelyRealCredential(username, password)) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("MySQLConnection", { URI: match }),
			range
		});
	}
}
function reportPostgreSQLConnectionString({ source, options, context, t }) {
	const results = source.content.matchAll(/postgres(?:ql)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const username = result.groups?.username;
		const password = result.groups?.password;
		if (!username || !password) continue;
		if (!isLikelyRealCredential(username, password)) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("PostgreSQLConnection", { URI: match }),
			range
		});
	}
}
const creator$9 = {
	messages: messages$8,
	meta: {
		id: "@secretlint/secretlint-rule-database-connection-string",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-database-connection-string/README.md" }
	},
	create(context, options) {
		const normalizedOptions = { allows: options.allows || [] };
		const t = context.createTranslator(messages$8);
		return { file(source) {
			reportMongoDBConnectionString({
				source,
				options: normalizedOptions,
				context,
				t
			});
			reportMySQLConnectionString({
				source,
				options: normalizedOptions,
				context,
				t
			});
			reportPostgreSQLConnectionString({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$7 = {
	HASHICORP_VAULT_SERVICE_TOKEN: {
		en: (props) => `found HashiCorp Vault service token: ${props.TOKEN}`,
		ja: (props) => `HashiCorp Vault service token: ${props.TOKEN} がみつかりました`
	},
	HASHICORP_VAULT_BATCH_TOKEN: {
		en: (props) => `found HashiCorp Vault batch token: ${props.TOKEN}`,
		ja: (props) => `HashiCorp Vault batch token: ${props.TOKEN} がみつかりました`
	},
	HASHICORP_VAULT_RECOVERY_TOKEN: {
		en: (props) => `found HashiCorp Vault recovery token: ${props.TOKEN}`,
		ja: (props) => `HashiCorp Vault recovery token: ${props.TOKEN} がみつかりました`
	}
};
const serviceTokenPattern = /(?<!\p{L})hvs\.[A-Za-z0-9_-]{90,120}(?![A-Za-z0-9_-])/gu;
const batchTokenPattern = /(?<!\p{L})hvb\.[A-Za-z0-9_-]{138,300}(?![A-Za-z0-9_-])/gu;
const recoveryTokenPattern = /(?<!\p{L})hvr\.[A-Za-z0-9_-]{90,120}(?![A-Za-z0-9_-])/gu;
const creator$8 = {
	messages: messages$7,
	meta: {
		id: "@secretlint/secretlint-rule-hashicorp-vault",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-hashicorp-vault/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$7);
		const normalizedOptions = { allows: options?.allows ?? [] };
		const reportMatches = (source, pattern, messageId) => {
			const matches = source.content.matchAll(pattern);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t(messageId, { TOKEN: matchString }),
					range
				});
			}
		};
		return { file(source) {
			reportMatches(source, serviceTokenPattern, "HASHICORP_VAULT_SERVICE_TOKEN");
			reportMatches(source, batchTokenPattern, "HASHICORP_VAULT_BATCH_TOKEN");
			reportMatches(source, recoveryTokenPattern, "HASHICORP_VAULT_RECOVERY_TOKEN");
		} };
	}
};
const messages$6 = {
	VERCEL_PERSONAL_ACCESS_TOKEN: {
		en: (props) => `found Vercel personal access token: ${props.ID}`,
		ja: (props) => `Vercel personal access token: ${props.ID} がみつかりました`
	},
	VERCEL_INTEGRATION_TOKEN: {
		en: (props) => `found Vercel integration token: ${props.ID}`,
		ja: (props) => `Vercel integration token: ${props.ID} がみつかりました`
	},
	VERCEL_APP_ACCESS_TOKEN: {
		en: (props) => `found Vercel app access token: ${props.ID}`,
		ja: (props) => `Vercel app access token: ${props.ID} がみつかりました`
	},
	VERCEL_APP_REFRESH_TOKEN: {
		en: (props) => `found Vercel app refresh token: ${props.ID}`,
		ja: (props) => `Vercel app refresh token: ${props.ID} がみつかりました`
	},
	VERCEL_AI_GATEWAY_API_KEY: {
		en: (props) => `found Vercel AI Gateway API key: ${props.ID}`,
		ja: (props) => `Vercel AI Gateway API key: ${props.ID} がみつかりました`
	}
};
const prefixToMessageId = {
	vcp: "VERCEL_PERSONAL_ACCESS_TOKEN",
	vci: "VERCEL_INTEGRATION_TOKEN",
	vca: "VERCEL_APP_ACCESS_TOKEN",
	vcr: "VERCEL_APP_REFRESH_TOKEN",
	vck: "VERCEL_AI_GATEWAY_API_KEY"
};
const creator$7 = {
	messages: messages$6,
	meta: {
		id: "@secretlint/secretlint-rule-vercel",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-vercel/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$6);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})(?<prefix>vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{20,60}(?![A-Za-z0-9])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const prefix = match.groups?.prefix;
				const messageId = prefixToMessageId[prefix];
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t(messageId, { ID: matchString }),
					range
				});
			}
		} };
	}
};
const messages$5 = { DATABRICKS_PERSONAL_ACCESS_TOKEN: {
	en: (props) => `found Databricks personal access token: ${props.ID}`,
	ja: (props) => `Databricks personal access token: ${props.ID} がみつかりました`
} };
const creator$6 = {
	messages: messages$5,
	meta: {
		id: "@secretlint/secretlint-rule-databricks",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-databricks/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$5);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})dapi[A-Fa-f0-9]{32}(?:-[0-9])?(?![A-Fa-f0-9])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t("DATABRICKS_PERSONAL_ACCESS_TOKEN", { ID: matchString }),
					range
				});
			}
		} };
	}
};
const messages$4 = { DOCKER_PERSONAL_ACCESS_TOKEN: {
	en: (props) => `found Docker Personal Access Token: ${props.TOKEN}`,
	ja: (props) => `Docker Personal Access Token: ${props.TOKEN} がみつかりました`
} };
function reportIfFoundDockerPAT({ source, options, context, t }) {
	const results = source.content.matchAll(/(?<!\p{L})dckr_pat_[a-zA-Z0-9_-]{27}(?![a-zA-Z0-9_-])/gu);
	for (const result of results) {
		const index = result.index || 0;
		const match = result[0] || "";
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t("DOCKER_PERSONAL_ACCESS_TOKEN", { TOKEN: match }),
			range
		});
	}
}
const creator$5 = {
	messages: messages$4,
	meta: {
		id: "@secretlint/secretlint-rule-docker",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-docker/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$4);
		const normalizedOptions = { allows: options.allows || [] };
		return { file(source) {
			reportIfFoundDockerPAT({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$3 = { FIGMA_PERSONAL_ACCESS_TOKEN: {
	en: (props) => `found Figma Personal Access Token: ${props.ID}`,
	ja: (props) => `Figma Personal Access Token: ${props.ID} がみつかりました`
} };
const creator$4 = {
	messages: messages$3,
	meta: {
		id: "@secretlint/secretlint-rule-figma",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-figma/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$3);
		const normalizedOptions = { allows: options?.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})figd_[A-Za-z0-9_-]{40,200}(?![A-Za-z0-9_-])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const range = [index, index + matchString.length];
				context.report({
					message: t("FIGMA_PERSONAL_ACCESS_TOKEN", { ID: matchString }),
					range
				});
			}
		} };
	}
};
const messages$2 = {
	CLOUDFLARE_GLOBAL_API_KEY: {
		en: (props) => `found Cloudflare Global API Key: ${props.TOKEN}`,
		ja: (props) => `Cloudflare Global API Keyが見つかりました: ${props.TOKEN}`
	},
	CLOUDFLARE_USER_API_TOKEN: {
		en: (props) => `found Cloudflare User API Token: ${props.TOKEN}`,
		ja: (props) => `Cloudflare User API Tokenが見つかりました: ${props.TOKEN}`
	},
	CLOUDFLARE_ACCOUNT_API_TOKEN: {
		en: (props) => `found Cloudflare Account API Token: ${props.TOKEN}`,
		ja: (props) => `Cloudflare Account API Tokenが見つかりました: ${props.TOKEN}`
	}
};
const messageIdMap = {
	cfk: "CLOUDFLARE_GLOBAL_API_KEY",
	cfut: "CLOUDFLARE_USER_API_TOKEN",
	cfat: "CLOUDFLARE_ACCOUNT_API_TOKEN"
};
const CLOUDFLARE_TOKEN_PATTERN = /(?<!\p{L})(?<prefix>cfk|cfut|cfat)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![A-Za-z0-9])/gu;
function reportIfFound({ source, options, context, t }) {
	const results = source.content.matchAll(CLOUDFLARE_TOKEN_PATTERN);
	for (const result of results) {
		const index = result.index ?? 0;
		const match = result[0] ?? "";
		const prefix = result.groups?.["prefix"];
		if (!prefix) continue;
		const range = [index, index + match.length];
		if (regexpStringMatcherExports.matchPatterns(match, options.allows).length > 0) continue;
		context.report({
			message: t(messageIdMap[prefix], { TOKEN: match }),
			range
		});
	}
}
const creator$3 = {
	messages: messages$2,
	meta: {
		id: "@secretlint/secretlint-rule-cloudflare",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-cloudflare/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$2);
		const normalizedOptions = { allows: options.allows ?? [] };
		return { file(source) {
			reportIfFound({
				source,
				options: normalizedOptions,
				context,
				t
			});
		} };
	}
};
const messages$1 = {
	TAILSCALE_API_KEY: {
		en: (props) => `found Tailscale API access token: ${props.KEY}`,
		ja: (props) => `Tailscale API アクセストークン: ${props.KEY} がみつかりました`
	},
	TAILSCALE_AUTH_KEY: {
		en: (props) => `found Tailscale pre-authentication key: ${props.KEY}`,
		ja: (props) => `Tailscale 事前認証キー: ${props.KEY} がみつかりました`
	},
	TAILSCALE_CLIENT_KEY: {
		en: (props) => `found Tailscale OAuth client key: ${props.KEY}`,
		ja: (props) => `Tailscale OAuth クライアントキー: ${props.KEY} がみつかりました`
	},
	TAILSCALE_SCIM_KEY: {
		en: (props) => `found Tailscale SCIM key: ${props.KEY}`,
		ja: (props) => `Tailscale SCIM キー: ${props.KEY} がみつかりました`
	},
	TAILSCALE_WEBHOOK_KEY: {
		en: (props) => `found Tailscale webhook key: ${props.KEY}`,
		ja: (props) => `Tailscale Webhook キー: ${props.KEY} がみつかりました`
	},
	TAILSCALE_KEY: {
		en: (props) => `found Tailscale key: ${props.KEY}`,
		ja: (props) => `Tailscale キー: ${props.KEY} がみつかりました`
	}
};
const messageIdByType = {
	api: "TAILSCALE_API_KEY",
	auth: "TAILSCALE_AUTH_KEY",
	client: "TAILSCALE_CLIENT_KEY",
	scim: "TAILSCALE_SCIM_KEY",
	webhook: "TAILSCALE_WEBHOOK_KEY"
};
const creator$2 = {
	messages: messages$1,
	meta: {
		id: "@secretlint/secretlint-rule-tailscale",
		recommended: true,
		type: "scanner",
		supportedContentTypes: ["text"],
		docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-tailscale/README.md" }
	},
	create(context, options) {
		const t = context.createTranslator(messages$1);
		const normalizedOptions = { allows: options.allows ?? [] };
		return { file(source) {
			const matches = source.content.matchAll(/(?<!\p{L})tskey-(?<type>[a-z]{2,20})-[0-9A-Za-z_]{8,40}-[0-9A-Za-z_]{16,60}(?![0-9A-Za-z_])/gu);
			for (const match of matches) {
				const index = match.index ?? 0;
				const matchString = match[0] ?? "";
				const type = match.groups?.type ?? "";
				const range = [index, index + matchString.length];
				if (regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows).length > 0) continue;
				const messageId = messageIdByType[type] ?? "TAILSCALE_KEY";
				context.report({
					message: t(messageId, { KEY: matchString }),
					range
				});
			}
		} };
	}
};
const HTML_COMMENT_REGEXP = /(?<type>secretlint-(?:disable-next-line|disable-line|disable|enable))(?<options>.*)/g;
const parseComments = (source) => {
	const matches = source.content.matchAll(HTML_COMMENT_REGEXP);
	return Array.from(matches).map((match) => {
		const type = match.groups?.type;
		const index = match.index;
		if (type === "secretlint-disable-line") return {
			type,
			options: parseComment(match.groups?.options),
			line: source.indexToPosition(index).line
		};
		if (type === "secretlint-disable-next-line") return {
			type,
			options: parseComment(match.groups?.options),
			line: source.indexToPosition(index).line + 1
		};
		return {
			type,
			options: parseComment(match.groups?.options),
			index
		};
	});
};
/**
* Parses a config of values separated by comma.
*
* secretlint-disable a,b,c => ["a", "b", "c"]
* secretlint-disable -- comment　=> []
*/
function parseComment(options) {
	if (!options) return [];
	const commentStart = options.indexOf("--");
	return (commentStart === -1 ? options : options.slice(0, commentStart)).split(/,/).map((arg) => arg.trim()).filter((arg) => arg !== "") ?? [];
}
var CommentState = class {
	source;
	reportingConfig;
	endIndex;
	constructor(source) {
		this.source = source;
		this.reportingConfig = [];
		this.endIndex = source.content.length;
	}
	getIgnoringMessages() {
		const isFilledMessage = (message) => {
			return message.startIndex !== null && message.endIndex !== null && message.ruleId !== null;
		};
		return this.reportingConfig.map((reporting) => {
			if (reporting.endIndex === null) reporting.endIndex = this.endIndex;
			return reporting;
		}).filter(isFilledMessage);
	}
	disableLine(lineNumber, rulesToDisable) {
		const reportingConfig = this.reportingConfig;
		const range = this.source.locationToRange({
			start: {
				line: lineNumber,
				column: 0
			},
			end: {
				line: lineNumber + 1,
				column: 0
			}
		});
		if (rulesToDisable.length) rulesToDisable.forEach((ruleId) => {
			reportingConfig.push({
				startIndex: range[0],
				endIndex: range[1] - 1,
				ruleId
			});
		});
		else reportingConfig.push({
			startIndex: range[0],
			endIndex: range[1] - 1,
			ruleId: "*"
		});
	}
	/**
	* Add data to reporting configuration to disable reporting for list of rules
	* starting from start location
	* @returns {void}
	*/
	disableReporting(startIndex, rulesToDisable) {
		const reportingConfig = this.reportingConfig;
		if (rulesToDisable.length) rulesToDisable.forEach(function(ruleId) {
			reportingConfig.push({
				startIndex,
				endIndex: null,
				ruleId
			});
		});
		else reportingConfig.push({
			startIndex,
			endIndex: null,
			ruleId: "*"
		});
	}
	/**
	* Add data to reporting configuration to enable reporting for list of rules
	* starting from start location
	*/
	enableReporting(endIndex, rulesToEnable) {
		const reportingConfig = this.reportingConfig;
		if (rulesToEnable.length) rulesToEnable.forEach(function(ruleId) {
			for (let i = reportingConfig.length - 1; i >= 0; i--) if (!reportingConfig[i].endIndex && reportingConfig[i].ruleId === ruleId) {
				reportingConfig[i].endIndex = endIndex;
				break;
			}
		});
		else {
			let prevStart;
			for (let i = reportingConfig.length - 1; i >= 0; i--) {
				if (prevStart && prevStart !== reportingConfig[i].startIndex) break;
				if (!reportingConfig[i].endIndex) {
					reportingConfig[i].endIndex = endIndex;
					prevStart = reportingConfig[i].startIndex;
				}
			}
		}
	}
};
const messages = { IGNORE_MESSAGE: { en: () => `disable by secretlint-disable comment` } };
const rules = [
	creator$s,
	creator$r,
	creator$h,
	creator$q,
	creator$o,
	creator$p,
	creator$g,
	creator$f,
	creator$e,
	creator$d,
	creator$c,
	creator$b,
	creator$n,
	creator$m,
	creator$l,
	creator$k,
	creator$j,
	creator$i,
	creator$a,
	creator$9,
	creator$8,
	creator$7,
	creator$6,
	creator$5,
	creator$4,
	creator$3,
	creator$2,
	{
		messages,
		meta: {
			id: "@secretlint/secretlint-rule-filter-comments",
			recommended: true,
			type: "scanner",
			supportedContentTypes: ["text"],
			docs: { url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-filter-comments/README.md" }
		},
		create(context) {
			const t = context.createTranslator(messages);
			return { file(source) {
				const state = new CommentState(source);
				const comments = parseComments(source);
				for (const comment of comments) if (comment.type === "secretlint-disable") state.disableReporting(comment.index, comment.options);
				else if (comment.type === "secretlint-enable") state.enableReporting(comment.index, comment.options);
				else if (comment.type === "secretlint-disable-line") state.disableLine(comment.line, comment.options);
				else if (comment.type === "secretlint-disable-next-line") state.disableLine(comment.line, comment.options);
				state.getIgnoringMessages().forEach((message) => {
					context.ignore({
						message: t("IGNORE_MESSAGE"),
						range: [message.startIndex, message.endIndex],
						targetRuleId: message.ruleId
					});
				});
			} };
		}
	}
];

// src/git/secrets.ts
/**
* Finds secrets that a change adds, by secretlint's rules and by the forms of credentials that swarm knows.
*
* The whole new file is scanned, so that a secret over several lines is found. A secret counts only if one of its lines
* is new: an old one is not the change's fault. The preset's rule that lets a comment switch the scan off
* (`secretlint-disable`) is left out, because the file is what is being judged. Exceptions are set on the default branch,
* by the digest of the value (`secrets.allow` in the config). A change cannot make an exception for itself.
*/
const SWITCHES_OFF$1 = "@secretlint/secretlint-rule-filter-comments";
const PRESET = rules.filter((rule) => rule.meta.id !== SWITCHES_OFF$1).map((rule) => ({
	id: rule.meta.id,
	rule,
	options: {}
}));
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const PRIVATE_KEY_CHARS = 16e3;
/** A string assigned to a name such as `password`. `looksRandom` judges its value. */
const NAMED = /(?:password|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token)["']?\s{0,5}[:=]\s{0,5}(["'`])([^"'`\s$<>{}]{20,200})\1/gi;
/** Placeholders in documents and tests: a repeated character, or a word such as "example". */
const PLACEHOLDER = /x{12,}|\.{6,}|\*{6,}|example|placeholder|redacted|changeme/i;
async function findSecrets({ file, content, added, allowed = [], known = [] }) {
	const { messages } = await lintSource({
		source: {
			content,
			filePath: `/${file}`,
			contentType: "text"
		},
		options: {
			config: { rules: PRESET },
			maskSecrets: true,
			noPhysicFilePath: true
		}
	});
	const hits = messages.map(({ range: [start, end], ruleId }) => ({
		start,
		end,
		rule: ruleId.replace("@secretlint/secretlint-rule-", ""),
		named: false
	}));
	const lines = new LineIndex(content);
	const found = [];
	for (const { start, end, rule } of mergeOverlapping([...hits, ...ownHits(content)])) {
		const line = lines.firstOf(start, end, added);
		const sha256 = digestOf$1(content.slice(start, end));
		if (line !== void 0 && !isAllowed(file, sha256, allowed)) found.push({
			line,
			rule,
			sha256
		});
	}
	for (const line of linesWithKnown(content, known)) if (added(line)) found.push({
		line,
		rule: "a value of the job's environment"
	});
	const seen = /* @__PURE__ */ new Set();
	return found.sort((a, b) => a.line - b.line).filter(({ line }) => !seen.has(line) && seen.add(line));
}
/** Finds secrets in the names of files, which every message about a change would show. */
const secretsInNames = (known = []) => {
	const holdsKnown = secretFinder(known);
	return (path) => holdsKnown(path) || CREDENTIAL_FORMS.some(({ pattern }) => [...path.matchAll(pattern)].some(([match]) => !PLACEHOLDER.test(match)));
};
/** The values of a job that no ordinary text contains by chance. A change that contains one is refused. */
const distinctiveSecrets = (values) => [...values].filter((value) => value.length >= 16 && /[0-9]/.test(value) && /[A-Za-z]/.test(value) && !/\s|:\/\//.test(value));
const digestOf$1 = (value) => createHash("sha256").update(value).digest("hex");
const isAllowed = (file, sha256, allowed) => allowed.some((each) => each.sha256 === sha256 && isInside(file, [each.path]));
function ownHits(content) {
	const hits = [];
	for (const { kind, pattern } of CREDENTIAL_FORMS) for (const { 0: match, index } of content.matchAll(pattern)) if (!PLACEHOLDER.test(match)) hits.push({
		start: index,
		end: index + match.length,
		rule: kind,
		named: true
	});
	for (const { 0: match, 2: value = "", index } of content.matchAll(NAMED)) {
		if (PLACEHOLDER.test(value) || !looksRandom(value)) continue;
		const start = index + match.lastIndexOf(value);
		hits.push({
			start,
			end: start + value.length,
			rule: "a password or key in the text",
			named: true
		});
	}
	for (const { 0: match, index } of content.matchAll(PRIVATE_KEY)) {
		const after = content.slice(index + match.length, index + match.length + PRIVATE_KEY_CHARS);
		if (!hasKeyBody(after)) continue;
		const last = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/.exec(after);
		const end = index + match.length + (last ? last.index + last[0].length : Math.min(after.length, 400));
		hits.push({
			start: index,
			end,
			rule: "private key",
			named: true
		});
	}
	return hits;
}
/** Upper case, lower case and digits in one long word: an unlikely name for anything. */
const looksRandom = (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value) && !/^(?:https?:|[./~])/.test(value);
/** Documents and parsers contain the header of a key without its body. */
const hasKeyBody = (after) => /^(?:Proc-Type:|[A-Za-z0-9+/=]{48})/.test(after.slice(0, 400).replaceAll(/\\n|\\r|[\s"'`,]/g, ""));
/** Merges overlapping hits into one secret, so that its digest does not depend on the order of the rules. */
function mergeOverlapping(hits) {
	const found = [];
	for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
		const last = found.at(-1);
		if (!last || hit.start >= last.end) found.push(hit);
		else found[found.length - 1] = {
			start: last.start,
			end: Math.max(last.end, hit.end),
			...hit.named ? nameOf$2(hit) : nameOf$2(last)
		};
	}
	return found;
}
const nameOf$2 = ({ rule, named }) => ({
	rule,
	named
});
function linesWithKnown(content, known) {
	const holdsKnown = secretFinder(known);
	if (!holdsKnown(content)) return [];
	const lines = content.split("\n").flatMap((text, index) => holdsKnown(text) ? [index + 1] : []);
	return lines.length > 0 ? lines : content.split("\n").map((_, index) => index + 1);
}
/** Finds the line of a position in a text. */
var LineIndex = class {
	#starts = [0];
	constructor(content) {
		for (let end = content.indexOf("\n"); end >= 0; end = content.indexOf("\n", end + 1)) this.#starts.push(end + 1);
	}
	/** The first matching line between two positions. */
	firstOf(start, end, fits) {
		for (let line = this.#lineAt(start); line <= this.#lineAt(Math.max(start, end - 1)); line++) if (fits(line)) return line;
	}
	#lineAt(position) {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.#starts[middle] ?? 0) <= position) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	}
};

// src/git/test-code.ts
/**
* Reads test files of common languages: their code without comments, their tests, and what these assert.
*
* It reads lines and not syntax, so that half a file, a newer syntax or a hostile file is read like any other. All patterns
* take linear time.
*/
const TRIPLE = "\"\"\"[^]*?(?:\"\"\"|$)";
const DOUBLE = "\"(?:\\\\.|[^\"\\\\\\n])*\"?";
const SINGLE = "'(?:\\\\.|[^'\\\\\\n])*'?";
const LONG = "\"(?:\\\\[^]|[^\"\\\\])*(?:\"|$)";
const BACKTICK = "`(?:\\\\[^]|[^`\\\\])*(?:`|$)";
const SLASHES = "//[^\\n]*|/\\*[^]*?(?:\\*/|$)";
const HASH = "#[^\\n]*";
/** `#{` is inside of texts. */
const HASH_APART = "(?<![^\\s;])#(?!\\{)[^\\n]*";
/** Bounded, because it is tried at every slash. */
const PATTERN = "(?<=[(,=:\\[!&|?{};+~^]\\s{0,9}|\\breturn\\s{1,9})/(?![*/])(?:\\\\.|\\[(?:\\\\.|[^\\]\\\\\\n]){0,200}\\]|[^/\\\\\\[\\n]){1,300}/";
const marks = (...each) => new RegExp(each.join("|"), "g");
const QUOTED = /["'`]((?:\\.|[^"'`\\]){0,300})["'`]/;
const FUNCTION = /\b(?:func|fn|def|fun|void|function|Task|ValueTask|\w+)\s+`?(\w+)`?\s*(?:<[^>]*>)?\(/;
const HELPERS = `\\b(?:expect|assert|verify|ensure|should|must)(?:[A-Z_]\\w*)?\\s*\\(`;
const LANGUAGES = [
	{
		name: "js",
		files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
		marks: marks(SLASHES, PATTERN, DOUBLE, SINGLE, BACKTICK),
		test: /(?:^|[^.\w])(?:x?it|xtest|fit|test|specify|(?:Deno|t|suite)\.test)(?:\.(?!describe|step|before|after|use|extend)\w+)*(?:\([^()]{0,200}\))?\s*[(`](?!\))/,
		named: QUOTED,
		asserts: new RegExp(`\\bexpect(?:\\.(?!any|anything|extend|\\w+Containing|\\w+Matching)\\w+)?\\s*\\(|\\bassert(?:\\.\\w+)*\\s*\\(|\\bt\\.(?:is|deepEqual|like|true|false|throws\\w*|assert|same|ok|equal|not\\w*|truthy|falsy|regex|snapshot|match)\\(|\\.should\\b|${HELPERS}`, "g")
	},
	{
		name: "python",
		files: /\.pyi?$/i,
		marks: marks(TRIPLE, "'''[^]*?(?:'''|$)", HASH, DOUBLE, SINGLE),
		test: /^\s*(?:async\s+)?def test\w*\(/,
		named: /def (\w+)\(/,
		asserts: new RegExp(`^\\s*assert\\b|\\.assert\\w*\\(|\\bself\\.fail\\w*\\(|\\bpytest\\.(?:raises|warns|fail)\\b|${HELPERS}`, "g")
	},
	{
		name: "go",
		files: /\.go$/i,
		marks: marks(SLASHES, DOUBLE, SINGLE, "`[^`]*(?:`|$)"),
		test: /^func (?:\([^()]{0,100}\) )?(?:Test|Fuzz|Example)(?![a-z])\w*\(|\bt\.Run\(/,
		named: /^func (?:\([^()]{0,100}\) )?(\w+)\(|t\.Run\((.{1,100}?),/,
		asserts: new RegExp(`\\b(?:t|tb|b|f|s)\\.(?:Error|Fatal|Fail)(?:f|Now)?\\(|\\b(?:assert|require|is|qt|must|expect|s|suite)\\.(?!T\\(|Run\\(|New\\(|SetupTest)[A-Z]\\w*\\(|${HELPERS}`, "g")
	},
	{
		name: "rust",
		files: /\.rs$/i,
		marks: marks(SLASHES, "r#+\"[^]*?(?:\"#+|$)", LONG, "'(?:\\\\[^'\\n]{1,10}|[^'\\\\\\n])'"),
		test: /#\[(?:\w+::)*(?:test|rstest|test_case|quickcheck|proptest|bench)\b/,
		named: FUNCTION,
		asserts: /\b(?:\w+_)?assert(?:_\w+)?!|\bpanic!|#\[should_panic|\b(?:expect|assert|verify)_\w+\(/g
	},
	{
		name: "jvm",
		files: /\.(?:java|kts?|scala|groovy)$/i,
		marks: marks(SLASHES, TRIPLE, DOUBLE, SINGLE),
		test: /@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/,
		named: FUNCTION,
		asserts: new RegExp(`\\bassert\\w*\\s*[({]|\\bexpect\\.\\w+\\(|^\\s*expect\\s*$|\\b(?:verify|fail|andExpect|expectThrows|should\\w*)\\s*[({]|\\bexpected\\s*=|${HELPERS}`, "g")
	},
	{
		name: "dotnet",
		files: /\.(?:cs|fs|vb)$/i,
		marks: marks(SLASHES, TRIPLE, "@\"(?:\"\"|[^\"])*(?:\"|$)", DOUBLE, SINGLE),
		test: /\[(?:Fact|Theory|Test|TestMethod|DataTestMethod|TestCase|TestCaseSource|InlineData|DataRow|StringFact|\w+Fact|\w+Theory)\b/,
		named: FUNCTION,
		asserts: new RegExp(`\\bAssert\\.\\w+|\\.Should\\w*\\(|\\.Verify\\w*\\(|\\bVerify\\w*\\(|\\bExpectedException|${HELPERS}`, "g")
	},
	{
		name: "ruby",
		files: /\.(?:rb|rake)$/i,
		marks: marks("(?<=^|\\n)=begin[^]*?(?:\\n=end|$)", PATTERN, HASH_APART, LONG, SINGLE),
		test: /^\s*(?:x?it|fit|specify|test|scenario|example)(?:\s+["'(:]|\s*\{|\s+do\b|\()|^\s*def test_\w+/,
		named: /["']((?:\\.|[^"'\\]){0,300})["']|def (test_\w+)/,
		asserts: /(?:^|[^.\w:])(?:assert|refute)\w*\b|\bexpect\w*\s*[({]|\bis_expected\b|\.should(?:_not)?\b|\b(?:must|wont)_\w+|\bflunk\b/g
	},
	{
		name: "php",
		files: /\.php$/i,
		marks: marks(SLASHES, "#(?!\\[)[^\\n]*", LONG, "'(?:\\\\[^]|[^'\\\\])*(?:'|$)"),
		test: /\bfunction test\w*\s*\(|#\[Test\]|^\s*(?:it|test)\s*\(/,
		named: /function (\w+)|["']((?:\\.|[^"'\\]){0,300})["']/,
		asserts: /(?:->|::)(?:assert|expect)\w*\(|\bexpect\(|->should\w*\(|->(?:to[A-Z]\w*)\(/g
	},
	{
		name: "elixir",
		files: /\.exs?$/i,
		marks: marks(TRIPLE, HASH_APART, LONG),
		test: /^\s*(?:test|property|doctest)\s+\S/,
		named: /"((?:\\.|[^"\\]){0,300})"|doctest (\w+)/,
		asserts: /\b(?:assert|refute)\w*\b|\bflunk\(/g
	},
	{
		name: "swift",
		files: /\.swift$/i,
		marks: marks(SLASHES, TRIPLE, DOUBLE),
		test: /\bfunc test\w*\(|@Test\b/,
		named: FUNCTION,
		asserts: /\bXCT(?:Assert|Fail|Unwrap)\w*\(|#(?:expect|require)\(/g
	}
];
const blank = (text) => text.replace(/[^\n]/g, " ");
/** Comments, and for `bare` the insides of texts, become spaces. Lines and columns stay as they are. */
function readCode(path, text) {
	const language = LANGUAGES.find(({ files }) => files.test(path));
	if (!language) {
		const lines = text.split("\n");
		return {
			language,
			lines,
			bare: lines
		};
	}
	const isComment = (mark) => /^(?:\/\/|\/\*|#(?!["'])|=begin)/.test(mark) && !mark.startsWith("#[");
	const lines = text.replace(language.marks, (mark) => isComment(mark) ? blank(mark) : mark);
	const bare = text.replace(language.marks, (mark) => isComment(mark) || mark.length < 3 ? isComment(mark) ? blank(mark) : mark : `${mark[0]}${blank(mark.slice(1, -1))}${mark.at(-1)}`);
	return {
		language,
		lines: lines.split("\n"),
		bare: bare.split("\n")
	};
}
/** The first line (from 0) of tests inside a file of code, as Rust and Vitest allow; undefined if it has none. */
function startOfTests(path, { bare, language }) {
	if (isTestFile(path)) return 0;
	const at = language?.name === "rust" ? bare.findIndex((line, index) => /^\s*#\[cfg\(test\)\]/.test(line) && /\bmod \w+ \{/.test(bare.slice(index, index + 3).join(" "))) : language?.name === "js" ? bare.findIndex((line) => /^if \(import\.meta\.vitest\)/.test(line)) : -1;
	return at < 0 ? void 0 : at;
}
/** Answers whether a line (1-based) of a file belongs to tests. */
function inTests(path, code) {
	const start = startOfTests(path, code);
	return (line) => start !== void 0 && line > start;
}
const STATEMENT_LINES = 40;
const NAME_LINES = 5;
const FUNCTION_LINES = 200;
function readTests(path, text) {
	const code = readCode(path, text);
	const { language, lines, bare } = code;
	const start = startOfTests(path, code);
	if (!language || start === void 0) return {
		...code,
		tests: [],
		assertions: [],
		rows: []
	};
	const starts = [];
	for (let at = start; at < bare.length; at++) if (language.test.test(bare[at] ?? "")) starts.push(at);
	const tests = starts.map((at, index) => ({
		line: at + 1,
		name: nameFrom(language, lines, at),
		end: starts[index + 1] ?? bare.length
	}));
	const names = new Set(tests.map(({ name }) => name));
	const isAssertion = (line) => language.asserts.test(reset(language.asserts, line)) && !isDefinition(language, line);
	const around = bare.flatMap((line, at) => at >= start && isAssertion(line) ? [[at, helperAround(language, bare, at, names)]] : []);
	const used = countsOf$1(bare);
	const helpers = new Map(around.filter(([, helper]) => helper === void 0 || helper.isExported || (used.get(helper.name) ?? 0) > 1).map(([at, helper]) => [at, helper?.name]));
	const named = new Set([...helpers.values()].filter((name) => name !== void 0 && name.length > 2));
	const calls = new Set(named.size === 0 ? [] : bare.flatMap((line, at) => {
		if (at < start || helpers.has(at) || isDefinition(language, line) || defined(language, line) !== void 0) return [];
		return [...line.matchAll(/([\w$]+)[!?]?\s*\(/g)].some(([, name]) => named.has(name)) ? [at] : [];
	}));
	const assertions = [];
	let test = -1;
	for (let at = start; at < bare.length; at++) {
		while (test + 1 < starts.length && (starts[test + 1] ?? 0) <= at) test += 1;
		if (!helpers.has(at) && !calls.has(at)) continue;
		const last = endOfStatement(bare, at);
		const first = language.name === "go" && /^\s*(?:\} else )?if\b.*\{\s*$/.test(bare[at - 1] ?? "") ? at - 1 : at;
		const statement = onOneLine(lines.slice(first, last + 1).join(" "));
		assertions.push({
			line: at + 1,
			text: statement,
			words: wordsIn(language.name === "go" ? statement.replace(/\.(?:Error|Fatal)f?\(.*$/, "") : statement),
			test: helpers.get(at) === void 0 ? test : -1
		});
		if (!Array.from({ length: last - at }, (_, offset) => at + offset + 1).some((line) => helpers.has(line) || calls.has(line))) at = last;
	}
	return {
		...code,
		tests,
		assertions,
		rows: rowsIn(code, start)
	};
}
const TABLE = /\.each\s*[(`]|\bparametrize\(|\[\]struct\s*\{|\brange (?:tests|cases|testCases|tt)\b|\bdataProvider|DataProvider\b|#\[case|@(?:CsvSource|ValueSource|MethodSource)|\bTheory\b|TestCaseSource|^[ \t]*(?:for|where)\b.{0,300}\[$|->with\(\[/m;
const ROW = /^\s*(?:["'][^"']{0,200}["']\s*(?:=>|:)\s*|yield\s.{0,100}=>\s*)?[[({](?!\s*$).{0,400}[\])}]\s*[,;]?\s*$/;
const ROW_OF_ATTRIBUTE = /^\s*(?:#\[case\b|\[(?:InlineData|DataRow|TestCase)\(|"[^"]{1,300}",?\s*$)/;
/** Rows stand below each other, or alone in brackets. */
function rowsIn({ lines, bare }, start) {
	if (!TABLE.test(bare.slice(start).join("\n"))) return [];
	const isRow = (line) => line !== void 0 && line.length <= 1e3 && (ROW.test(line) || ROW_OF_ATTRIBUTE.test(line));
	return lines.flatMap((line, at) => {
		if (at < start || !isRow(line)) return [];
		if (![lines[at - 1], lines[at + 1]].some((each) => isRow(each) && indentOf(each) === indentOf(line)) && !/[[({]\s*$/.test(bare[at - 1] ?? "") && !ROW_OF_ATTRIBUTE.test(line)) return [];
		const words = wordsIn(line);
		return [...words].some((word) => /^["\d]/.test(word)) || /\b(?:true|false|nil|null|none)\b/i.test(line) ? [{
			line: at + 1,
			text: onOneLine(line),
			words
		}] : [];
	});
}
const DEFINES = {
	js: /^\s*(?:export\s+)?(?:async\s+)?function\s*\*?\s*(\w+)|^\s*(?:export\s+)?(?:const|let)\s+(\w+)\s*(?::[^=]{0,200})?=\s*(?:async\s*)?(?:\(|\w+\s*=>|function\b)/,
	python: /^\s*(?:async\s+)?def (\w+)/,
	go: /^func (?:\([^()]{0,100}\)\s*)?(\w+)|^\s*(\w+)\s*:?=\s*func\(/,
	rust: /\bfn (\w+)|\bmacro_rules!\s*(\w+)/,
	jvm: /^\s+(?:(?:public|private|protected|static|final|suspend|override)\s+)*(?:fun\s+|[\w<>[\],.?]+\s+)(\w+)\s*\([^;]{0,300}\{\s*$/,
	dotnet: /^\s+(?:(?:public|private|protected|internal|static|async)\s+)+[\w<>[\],.?]+\s+(\w+)\s*(?:<\w+>)?\([^;]{0,300}$/,
	ruby: /^\s*def (?:self\.)?(\w+)/,
	php: /\bfunction (\w+)/,
	elixir: /^\s*defp?(?:macro)?p?\s+(\w+)/,
	swift: /\bfunc (\w+)/
};
const defined = ({ name }, line) => DEFINES[name].exec(line.slice(0, 1e3))?.slice(1).find((each) => each !== void 0);
function countsOf$1(bare) {
	const counts = /* @__PURE__ */ new Map();
	for (const line of bare) for (const [name] of line.matchAll(/[\w$]+/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return counts;
}
/** The function around a line, if it is not a test. */
function helperAround(language, bare, from, tests) {
	let indent = indentOf(bare[from] ?? "");
	for (let at = from - 1; at >= Math.max(0, from - FUNCTION_LINES); at--) {
		const line = bare[at] ?? "";
		if (/^[\s{(]*$/.test(line) || indentOf(line) >= indent) continue;
		indent = indentOf(line);
		if (language.test.test(line)) return void 0;
		const name = defined(language, line);
		if (name !== void 0) return tests.has(name) ? void 0 : {
			name,
			isExported: tests.size === 0 || /\b(?:export|pub)\b/.test(line)
		};
		if (indent === 0) return void 0;
	}
}
const indentOf = (line) => line.length - line.trimStart().length;
const onOneLine = (text) => text.replace(/\s+/g, " ").replace(/[;,]\s*$/, "").trim();
/** A pattern with the flag `g` remembers its place. */
const reset = (pattern, line) => {
	pattern.lastIndex = 0;
	return line;
};
/** The helper's own definition asserts nothing. */
const isDefinition = ({ name }, line) => /^\s*(?:export\s+)?(?:(?:pub|public|private|protected|internal|static|final|async|override)\s+)*(?:function|def|defp|defmacro|func|fn|fun|void|class|import|from|use|using|require|package)\b/.test(line) && !(name === "go" && /\bt\./.test(line));
function nameFrom({ named }, lines, at) {
	for (const line of lines.slice(at, at + NAME_LINES)) {
		const name = named.exec(line.slice(0, 1e3))?.slice(1).find((each) => each !== void 0);
		if (name !== void 0) return name;
	}
	return "";
}
/** The last line of the statement that starts on a line: its brackets are closed there, and no chain continues. */
function endOfStatement(bare, from) {
	let open = 0;
	for (let at = from; at < Math.min(bare.length, from + STATEMENT_LINES); at++) {
		for (const character of bare[at] ?? "") if ("([{".includes(character)) open += 1;
		else if (")]}".includes(character)) open -= 1;
		if (open <= 0 && !/(?:[,\\&|+]|\b(?:and|or|==))\s*$/.test(bare[at] ?? "") && !/^\s*(?:\.|->|\?\.)\w/.test(bare[at + 1] ?? "")) return at;
	}
	return from;
}
const WORD = /"(?:\\.|[^"\\]){0,400}"|'(?:\\.|[^'\\]){0,400}'|`(?:\\.|[^`\\]){0,400}`|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*/gu;
const OF_LIBRARIES = /^(?:expect|assert\w*|Assert\w*|refute\w*|to|to[A-Z]\w*|not|not_to|be|be_\w+|eq|eql|equal|equals?To|Equal\w*|strictEqual|deepEqual|deepStrictEqual|is|ok|True|False|true|false|null|nil|None|undefined|await|async|return|self|this|t|if|else|\$this|static|Errorf?|Fatalf?|require|That|That\w*|Should|Be|must|should|have|a|an|the|in|and|or|new|const|let|var|do|end|fn|it|with|toBe)$/;
/** Texts without their quotes, since another quote is the same text. */
const wordsIn = (text) => new Set([...text.match(WORD) ?? []].map((word) => /^["'`]/.test(word) ? `"${word.slice(1, -1)}` : /^\d/.test(word) ? word.replaceAll("_", "") : word).filter((word) => !OF_LIBRARIES.test(word)));

// src/git/special-cases.ts
const LITERAL = `-?\\d[\\d_]*(?:\\.\\d+)?|"(?:\\\\.|[^"\\\\]){0,300}"|'(?:\\\\.|[^'\\\\]){0,300}'|\\[[^\\]]{0,300}\\]`;
const literal = (pattern) => new RegExp(pattern.replaceAll("LITERAL", LITERAL));
const CONDITION = new RegExp(`(?:={2,3}|\\.equals\\(|\\.Equals\\(|\\beql\\?|\\bis\\b|DeepEqual\\([^,]{1,60},|isEqual\\([^,]{1,60},)\\s*(?:\\w[\\w.<>]{0,30}[({])?\\s*(${LITERAL})`, "g");
const RESULT = literal("(?:\\breturn\\b|\\?|=>|->|\\bthen\\b|\\bdo:)\\s*(?:\\w+\\()?\\s*(LITERAL)");
const ARM = literal("^\\s*(?:case\\s+|when\\s+)?(LITERAL)\\s*(?:=>|->|:)\\s*(?:return\\s+)?(LITERAL)\\s*[,;]?\\s*$");
const HEAD = literal("^\\s*defp?\\s+\\w+\\(((?:\\s*(?:LITERAL)\\s*,?)+)\\),\\s*do:\\s*(LITERAL)");
/** Lines of code that could answer a test by heart. */
function specialCasesIn(changes) {
	return changes.flatMap(({ path, now, added }) => {
		const code = readCode(path, now);
		const isOfTests = inTests(path, code);
		if (code.language === void 0) return [];
		return [...added].flatMap((line) => {
			if (isOfTests(line)) return [];
			const text = code.lines[line - 1] ?? "";
			if (text.length > 500) return [];
			const head = HEAD.exec(text);
			if (head) return [{
				path,
				line,
				given: [...(head[1] ?? "").matchAll(new RegExp(LITERAL, "g"))].map(([each]) => each),
				result: head[2] ?? ""
			}];
			const pair = ARM.exec(text);
			if (pair) return [{
				path,
				line,
				given: [pair[1] ?? ""],
				result: pair[2] ?? ""
			}];
			if (!/\b(?:if|elif|elsif|when|unless|case|return)\b|\?|\bdef\b/.test(text)) return [];
			const given = [...text.matchAll(CONDITION)].map(([, each = ""]) => each);
			if (given.length === 0) return [];
			const rest = text.slice((text.lastIndexOf(given.at(-1) ?? "") ?? 0) + (given.at(-1)?.length ?? 0));
			const next = code.lines.slice(line, line + 2).join(" ");
			const result = RESULT.exec(rest)?.[1] ?? /^\s*(?:\{\s*)?return\s+/.test(next) ? RESULT.exec(rest)?.[1] ?? RESULT.exec(next)?.[1] : bareValue(next);
			const answer = new RegExp(`\\breturn\\s+(${LITERAL})\\s+if\\b`).exec(text)?.[1] ?? result;
			return answer === void 0 ? [] : [{
				path,
				line,
				given,
				result: answer
			}];
		});
	});
}
/** Ruby, Rust and Elixir return the last value of a block. */
const bareValue = (text) => new RegExp(`^\\s*\\{?\\s*(${LITERAL})\\s*(?:\\}|end\\b|else\\b|$)`).exec(text)?.[1];
/** Too small or too ordinary to be the value of one test: `0`, `7`, `'pro'`, `'timed out'`, `'utf8'`. */
const isOrdinary = (value) => {
	const inner = value.replace(/^["']|["']$/g, "");
	if (/^-?\d[\d_.]*$/.test(inner)) return Math.abs(Number(inner.replaceAll("_", ""))) < 10 && /^-?\d+$/.test(inner);
	if (value.startsWith("[")) return (value.match(/[\w"']+/g) ?? []).length < 2;
	return !/\d/.test(inner) || /^[a-z]+-?\d+$/i.test(inner);
};
/** One form for a literal, whatever its quotes and its white space. */
const form = (text) => text.replaceAll(/['"`\s]+/g, "").replaceAll(/(?<=\d)_(?=\d)/g, "");
/**
* Special cases that a test has, too: all of their values stand in lines next to each other.
*
* @param tests the texts of test files, or of tests inside the code.
*/
function answersIn(specials, tests) {
	const likely = specials.filter(({ given, result }) => given.some((each) => !isOrdinary(each)) && !/^-?[01]$|^["']{2}$/.test(result));
	if (likely.length === 0) return [];
	const all = tests.flatMap((text) => text.split("\n").map((line) => form(line.slice(0, LINE_CHARS$3)))).join("\n");
	const holds = (text, value) => {
		for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) if (!/[\w.]/.test(text[at - 1] ?? "") && !/\w/.test(text[at + value.length] ?? "")) return true;
		return false;
	};
	const standTogether = (values) => {
		const rare = values.toSorted((a, b) => b.length - a.length)[0] ?? "";
		for (let at = all.indexOf(rare); at >= 0 && rare !== "";) {
			const end = all.indexOf("\n", all.indexOf("\n", at) + 1);
			const near = all.slice(all.lastIndexOf("\n", all.lastIndexOf("\n", at) - 1) + 1, end < 0 ? void 0 : end);
			if (values.every((value) => holds(near, value))) return true;
			at = all.indexOf(rare, Math.max(at + 1, all.indexOf("\n", at)));
		}
		return false;
	};
	return likely.slice(0, CHECKED).filter(({ given, result }) => standTogether([...given, result].map(form))).map(({ path, line }) => ({
		path,
		remark: {
			line,
			why: "returns what a test expects, for exactly its input"
		}
	}));
}
/** Of a change with more special cases than this, the others are not checked. */
const CHECKED = 200;
const LINE_CHARS$3 = 1e3;
/** Tests that stand in files of code, as Rust has them. */
const testsInside = (changes) => changes.flatMap(({ path, now }) => {
	const code = readCode(path, now);
	const isOfTests = inTests(path, code);
	const lines = code.lines.filter((_, at) => isOfTests(at + 1));
	return lines.length === 0 ? [] : [lines.join("\n")];
});

// src/git/store.ts
/**
* Runs git's plumbing commands on a bare repository that only swarm uses.
*
* No hook, filter, attribute or config of the machine or of the fetched code applies (threats §3.3). Only the process
* that fetches or pushes gets a token, in its environment. The token is never written to disk.
*/
var GitFailed = class extends Error {
	name = "GitFailed";
	stderr;
	exit;
	constructor(args, exit, stderr) {
		super(`git ${args[0] ?? ""} ended with ${exit}: ${stderr.trim().split("\n").slice(-3).join(" · ").slice(0, 600)}`);
		this.stderr = stderr;
		this.exit = exit;
	}
};
const CONFIG = [
	"core.hooksPath=/dev/null",
	"core.attributesFile=/dev/null",
	"core.excludesFile=/dev/null",
	"core.fsmonitor=false",
	"core.protectHFS=true",
	"core.protectNTFS=true",
	"core.autocrlf=false",
	"core.quotePath=false",
	"submodule.recurse=false",
	"gc.auto=0",
	"maintenance.auto=false",
	"advice.detachedHead=false",
	"safe.bareRepository=explicit",
	"protocol.version=2",
	"core.fsync=none"
].flatMap((each) => ["-c", each]);
/** The machine's proxies and certificates. */
const NETWORK = /^(?:https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|git_ssl_cainfo)$/i;
const TIMEOUT_MS = 9e5;
/** A bare repository that only swarm uses. */
var Store = class Store {
	directory;
	#home;
	constructor(directory, home) {
		this.directory = directory;
		this.#home = home;
	}
	/** Makes an empty store in `directory`, which must not be used for anything else. */
	static async make(directory) {
		const home = join(directory, "nobody");
		await mkdir(home, { recursive: true });
		const store = new Store(join(directory, "store.git"), home);
		await store.run([
			"init",
			"--quiet",
			"--bare",
			store.directory
		]);
		return store;
	}
	/** Gives access to the objects of another repository on this machine, without copying them. */
	async borrow(objects) {
		await writeFile(join(this.directory, "objects", "info", "alternates"), `${objects}\n`);
	}
	/**
	* Copies a commit with its files from another repository on this machine, as `fetch` does: without its history. Nothing
	* reaches that repository afterwards.
	*/
	async copy(objects, commit) {
		await writeFile(join(this.directory, "shallow"), `${commit}\n`);
		await this.borrow(objects);
		await this.run([
			"update-ref",
			"refs/heads/copied",
			commit
		]);
		await this.run([
			"repack",
			"-a",
			"-d",
			"-q",
			"--window=0"
		]);
		await rm(join(this.directory, "objects", "info", "alternates"));
	}
	/** @returns standard output. @throws GitFailed for exit codes that are not `allow`ed. */
	async run(args, options = {}) {
		return (await this.answer(args, options)).output;
	}
	async text(args, options = {}) {
		return (await this.run(args, options)).toString("utf8").trim();
	}
	answer(args, options = {}) {
		const network = Object.entries(process.env).filter(([name, value]) => NETWORK.test(name) && value);
		const environment = {
			...Object.fromEntries(network),
			PATH: process.env.PATH ?? "",
			HOME: this.#home,
			LC_ALL: "C",
			GIT_CONFIG_NOSYSTEM: "1",
			GIT_CONFIG_GLOBAL: "/dev/null",
			GIT_ATTR_NOSYSTEM: "1",
			GIT_TERMINAL_PROMPT: "0",
			GIT_ASKPASS: "",
			GIT_ALLOW_PROTOCOL: "https:http",
			GIT_DIR: this.directory,
			...options.index === void 0 ? {} : { GIT_INDEX_FILE: options.index },
			...options.tree === void 0 ? {} : { GIT_WORK_TREE: options.tree },
			...options.environment
		};
		const inTree = options.tree === void 0 ? [] : ["-c", "core.bare=false"];
		return new Promise((resolve, reject) => {
			const child = spawn("git", [
				...CONFIG,
				...inTree,
				...args
			], {
				env: environment,
				cwd: options.tree ?? this.#home,
				stdio: [
					"pipe",
					"pipe",
					"pipe"
				],
				timeout: TIMEOUT_MS,
				killSignal: "SIGKILL"
			});
			const output = [];
			const errors = [];
			child.stdout.on("data", (chunk) => output.push(chunk));
			child.stderr.on("data", (chunk) => errors.push(chunk));
			child.on("error", reject);
			child.stdin.on("error", () => {});
			child.stdin.end(options.input ?? "");
			child.on("close", (code) => {
				const exit = code ?? 128;
				if (exit === 0 || options.allow?.includes(exit)) resolve({
					output: Buffer.concat(output),
					exit
				});
				else reject(new GitFailed(args, exit, Buffer.concat(errors).toString("utf8")));
			});
		});
	}
	/** Fetches commits with their files, but without their history. */
	async fetch(remote, commits) {
		await this.run([
			"fetch",
			"--quiet",
			"--no-tags",
			"--depth=1",
			"--no-write-fetch-head",
			remote.url,
			...new Set(commits)
		], { environment: withToken(remote) });
	}
	/** The head of a branch of the remote; undefined if it does not exist. */
	async headOf(remote, branch) {
		const ref = `refs/heads/${branch}`;
		return (await this.text([
			"ls-remote",
			"--quiet",
			remote.url,
			ref
		], { environment: withToken(remote) })).split("\n").map((line) => line.split("	")).find(([, name]) => name === ref)?.[0];
	}
	/** Sets the remote's branch to a commit if it is still at `expected`. Undefined means that the branch must not exist. */
	async push(remote, commit, branch, expected) {
		const ref = `refs/heads/${branch}`;
		const push = [
			"push",
			"--quiet",
			"--no-verify",
			"--porcelain",
			`--force-with-lease=${ref}:${expected ?? ""}`
		];
		await this.run([
			...push,
			remote.url,
			`${commit}:${ref}`
		], { environment: withToken(remote) });
	}
	/** Sets a ref that only swarm uses, without looking at its old value. */
	async pushRef(remote, commit, ref) {
		await this.run([
			...[
				"push",
				"--quiet",
				"--no-verify",
				"--porcelain",
				"--force"
			],
			remote.url,
			`${commit}:${ref}`
		], { environment: withToken(remote) });
	}
};
/** The token for one process: git reads config from these variables and passes them only to its own helpers. */
function withToken({ url, token }) {
	const { origin } = new URL(url);
	const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
	return {
		GIT_CONFIG_COUNT: "1",
		GIT_CONFIG_KEY_0: `http.${origin}/.extraheader`,
		GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`
	};
}

// src/git/suspicious.ts
const sayRemark = (file, { line, why }) => line === void 0 ? `${file} ${why}` : `${file}:${line} ${why}`;
const SHOWN_OF_A_KIND = 5;
const HIDES_FROM_SCANNER = /secretlint-disable|gitleaks:allow|pragma:\s*allowlist|trufflehog:ignore|ggignore|detect-secrets/i;
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const LATIN = /\p{Script=Latin}/u;
const WORDS = /[\p{L}\p{M}\p{N}_$]+/gu;
const LONG_LINE = 1e3;
function suspiciousIn({ before, now, added }) {
	const isMixed = (line) => OTHER_SCRIPT.test(line) && (line.match(WORDS) ?? []).some((word) => OTHER_SCRIPT.test(word) && LATIN.test(word));
	const isLong = (line) => line.length > LONG_LINE;
	return [
		...linesWith(now, added, INVISIBLE, "contains characters that are invisible or reverse the text"),
		...linesWith(now, added, { test: isMixed }, "mixes letters of two scripts in one word"),
		...linesWith(now, added, HIDES_FROM_SCANNER, "tells a secret scanner to ignore it; swarm scanned it anyway"),
		...linesWith(now, added, { test: isLong }, `is longer than ${LONG_LINE} characters`),
		...before !== "" && before !== now && squeezed(before) === squeezed(now) ? [{ why: "changes only white space" }] : []
	];
}
const squeezed = (text) => text.replaceAll(/\s+/g, "");
/** Lines (1-based) that a pattern finds; of many only the first few. */
function linesWith(text, added, pattern, why) {
	const lines = text.split("\n");
	return shownOf([...added].filter((line) => pattern.test(lines[line - 1] ?? "")), why);
}
/** Remarks on the first of these lines, and the number of the others. */
function shownOf(found, why) {
	const shown = found.slice(0, SHOWN_OF_A_KIND).map((line) => ({
		line,
		why
	}));
	const left = found.length - shown.length;
	return left > 0 ? [...shown, { why: `${why}, on ${left} more ${left === 1 ? "line" : "lines"}` }] : shown;
}

// src/git/test-marks.ts
/** Comments and attributes that switch off linters, type checks, coverage, mutation and scanners. */
const SWITCHES_OFF = { all: [
	/eslint-disable|oxlint-disable|biome-(?:ignore)|tslint:disable|stylelint-disable|deno-lint-ignore|prettier-ignore|@ts-(?:ignore|nocheck|expect-error)/,
	/\b(?:istanbul|c8|v8|node:coverage) (?:ignore|disable)\b|\bStryker disable\b|__STRYKER|__stryker|\bstryMutAct/,
	/#\s*(?:noqa|flake8:\s*noqa|type:\s*ignore|pyright:|pylint:\s*(?:disable|skip-file)|ruff:\s*noqa|mypy:|pytype:\s*disable|nosec|fmt:\s*off)/,
	/pragma:\s*no (?:cover|branch|mutate)|coverage:ignore|LCOV_EXCL|coveralls-ignore|:nocov:/,
	/\/\/\s*(?:nolint|NOSONAR|noinspection|revive:disable|lint:ignore)|#nosec|nosemgrep|\bNOLINT\b|swiftlint:disable/,
	/#!?\[(?:allow|expect)\(|#!?\[cfg_attr\([^\]]{0,100}\b(?:allow|coverage)\(|#!?\[coverage\(off|#!?\[rustfmt::skip/,
	/@Suppress(?:Warnings|Lint|FBWarnings)?\(|SuppressMessage\(|ExcludeFromCodeCoverage|#pragma warning disable|#nullable disable/,
	/#\s*(?:rubocop:(?:disable|todo)|credo:disable|standard:disable)|@dialyzer\b.{0,40}\bno/,
	/@codeCoverageIgnore|phpcs:(?:ignore|disable)|@phpstan-ignore|@psalm-suppress|@phan-suppress/
] };
/** Marks that skip a test, or let it fail. They are looked for outside of texts and comments. */
const SKIPS = {
	js: [
		/\b(?:it|test|describe|suite|context|specify|t|this|ctx)\s*\.\s*(?:skip(?:If)?|todo|runIf|fails|failing|fixme|ignore)\b/,
		/\bDeno\.test\.ignore\b|(?:^|[^.\w])x(?:it|describe|test|context|specify)\s*[(.`]|\b(?:skip|todo|ignore):\s*(?:true|["'`])/,
		/^\s*(?:it|test|specify)\s*\(\s*["'`][^"'`]{0,300}["'`]\s*\)/
	],
	python: [
		/\bpytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|\bunittest\.(?:skip\w*|expectedFailure|SkipTest)\b/,
		/^\s*@(?:skip|skip_if|skipIf|skipUnless|expectedFailure|xfail)\b|\bself\.skipTest\(|\braise SkipTest\b/,
		/\b__test__\s*=\s*False|\bcollect_ignore/
	],
	go: [/\b(?:t|b|f|tb)\.Skip(?:Now|f)?\(/],
	rust: [/#\[ignore\b|#\[cfg_attr\([^\]]{0,100}\bignore\b/],
	jvm: [/@(?:Ignore|Disabled\w*|Enabled(?:If|On|For)\w*|Skip|PendingFeature)\b|\b(?:assume\w*|Assumptions\.\w+)\(|\bthrow new (?:TestAbortedException|SkipException)/, /@Test\([^)]{0,100}\benabled\s*=\s*false/],
	dotnet: [/\[[^\]]{0,200}\bSkip\s*=|\[(?:Ignore|Explicit)\b|\bAssert\.(?:Ignore|Inconclusive|Skip)\w*\(|\bSkip\.(?:If|IfNot)\(|\bAssume\.That\(/],
	ruby: [/^\s*x(?:it|describe|context|specify|scenario|example)\b|^\s*(?:skip|pending)(?:\s*$|[ (]+["']|\s+(?:if|unless)\b)/, /,\s*:?(?:skip|pending)(?:\s*=>|:)|,\s*:(?:skip|pending)\b|^\s*(?:it|specify|test|scenario) ["'][^"']{0,300}["']\s*$|\bomit(?:_if|_unless)?[ (]/],
	php: [/\bmarkTest(?:Skipped|Incomplete)\b|->(?:skip|todo)\w*\(|#\[(?:Ignore|Requires\w+)\b/],
	elixir: [/@(?:module|describe)?tag[ (]+:?(?:skip|pending|todo)\b|^\s*test\s+"[^"]{0,300}"\s*$/],
	swift: [/\bXCTSkip|\.disabled\(/]
};
/** Marks that let only some tests run. */
const ONLY = {
	js: [/\b(?:it|test|describe|suite|context|specify|Deno\.test)\s*\.\s*(?:\w{1,20}\.)?only\b|(?:^|[^.\w])f(?:it|describe)\s*\(|\bonly:\s*true/],
	ruby: [/^\s*f(?:it|describe|context|specify)\b|,\s*:focus\b|,\s*focus:\s*true/],
	elixir: [/@(?:module|describe)?tag :(?:focus|only)\b/],
	php: [/->only\(/]
};
/** Conditions under which a file with tests is built at all. */
const BUILT_IF = {
	go: [/^\/\/\s*(?:go:build|\+build)\b/],
	rust: [/#!?\[cfg\((?!test\)\]|not\(test\))/],
	dotnet: [/^\s*#if\b(?!\s*!?\s*\(?\s*NET(?:\d|FRAMEWORK|STANDARD|COREAPP))/]
};
const RETRIES = {
	js: [/\bretryTimes\(|\bretry:\s*(?:\d|\{)|\bretries\s*[(:]\s*[1-9]/],
	python: [/@(?:pytest\.mark\.)?flaky\b|\breruns\s*=|@retry\b/],
	jvm: [/@(?:Retry\w*|Flaky\w*)\b|\bretryAnalyzer\b/],
	dotnet: [/\[(?:Retry\w*|Flaky)\b/],
	ruby: [/\bretry:\s*[1-9]|:retry\s*=>|,\s*:?flaky\b|^\s*retry\b/],
	php: [/->repeat\(|->flaky\(/],
	elixir: [/@tag\s+:?(?:flaky|retry)\b/]
};
/** Ends of the process in tests and their setup, and hooks that change its exit code. */
const ENDS_RUN = {
	js: [/\bprocess\.(?:exit|reallyExit)\(\s*0?\s*\)|\bprocess\.exitCode\s*=\s*0|\bDeno\.exit\((?:0)?\)/, /\bprocess\.(?:on|once|addListener|prependListener)\(\s*["'](?:exit|beforeExit)\b/],
	python: [/\b(?:os\._exit|sys\.exit|exit|quit)\(\s*0?\s*\)|\bpytest\.exit\(|\bsession\.exitstatus\s*=|\batexit\.register\(|\braise SystemExit(?:\(0?\))?\s*$/],
	go: [/\bos\.Exit\(0\)|\bsyscall\.Exit\(0\)/],
	rust: [/\bprocess::exit\(0\)/],
	jvm: [/\bSystem\.exit\(0\)|\bhalt\(0\)|\bexitProcess\(0\)/],
	dotnet: [/\bEnvironment\.Exit(?:\(0\)|Code\s*=\s*0)/],
	ruby: [/^\s*(?:Kernel\.|Process\.)?exit!?(?:\s*\(?\s*(?:0|true)\s*\)?)?\s*$|\bat_exit\b/],
	php: [/\b(?:exit|die)(?:\(\s*0?\s*\))?;|\bregister_shutdown_function\(/],
	elixir: [/\bSystem\.(?:halt|stop|at_exit)\b/]
};
/** Ends of the process that skip every hook: ordinary code has little use for them either. */
const ENDS_AT_ONCE = {
	js: [/\bprocess\.reallyExit\b/],
	python: [/\bos\._exit\(0?\)/],
	jvm: [/\bgetRuntime\(\)\.halt\(0\)/],
	ruby: [/\bexit!/]
};
/** Code that behaves differently while it is tested. */
const KNOWS_TESTS = {
	all: [
		/\b(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT)\b["'\])\s,]{0,6}(?:={2,3}|!={1,2}|\.equals\(|\.eql\?)\s*["']test(?:ing)?["']/i,
		/["']test(?:ing)?["']\s*(?:={2,3}|!={1,2})\s*(?:process\.env|ENV\[|os\.(?:environ|getenv)|System\.getenv|getenv)/i,
		/(?:\bargv\[[01]\]|\bARGV0\b|\bPROGRAM_NAME\b|\bos\.Args\[0\]|\bcurrent_exe\(\)|\bProcessName\b|\bGetEntryAssembly\(\)|\bgetStackTrace\(\)|\bdebug_backtrace\(|\binspect\.stack\(\)|\bnew Error\(\)\.stack\b|\bnew StackTrace\().{0,120}(?:test|spec\b|junit|xunit|jest)/i
	],
	js: [/\bprocess\.env\.(?:VITEST\w*|JEST_WORKER_ID|MOCHA\w*|NODE_TEST_CONTEXT|PLAYWRIGHT_TEST\w*)\b|\benv\[["'](?:VITEST|JEST_WORKER_ID|NODE_TEST_CONTEXT)|["'](?:VITEST|JEST_WORKER_ID|NODE_TEST_CONTEXT)["']\s+in\b/, /\bimport\.meta\.(?:vitest|jest|env\.VITEST)\b|\btypeof\s+(?:jest|vi|describe|it|expect|mocha)\b|\bglobal(?:This)?\.(?:describe|it|expect|jest|vi|__vitest\w*)\b|["'](?:describe|expect|__vitest_worker__)["']\s+in\s+global/],
	python: [/["'](?:pytest|unittest|_pytest)["']\s*(?:not\s+)?in\s+(?:sys\.)?modules|\bmodules\.get\(["'](?:pytest|unittest)|\bPYTEST_\w+/],
	go: [/\btesting\.Testing\(\)|\bflag\.Lookup\(["`]test\.|HasSuffix\(os\.Args\[0\]/],
	rust: [/\bcfg!\(\s*(?:test\b|not\(\s*test)|#\[cfg\(not\(test\)\)\]/],
	jvm: [/forName\(["'](?:org\.junit|org\.testng|junit)|\bgetProperty\(["'](?:surefire|org\.gradle\.test)|contains\(["'](?:org\.)?junit/],
	dotnet: [/["'](?:testhost|xunit|nunit|Microsoft\.VisualStudio\.TestPlatform)\b/i],
	ruby: [/\bdefined\?\(?\s*(?:RSpec|Minitest|Test::Unit)|\bconst_defined\?\(:(?:RSpec|Minitest)|\bRails\.env\.test\?|\bcaller(?:_locations)?\b[.([].{0,100}(?:spec|test|rspec|minitest)/],
	php: [/\bdefined\(["']PHPUNIT|\bPHPUNIT_\w+|\brunningUnitTests\(|\bclass_exists\(.{0,40}(?:TestCase|PHPUnit)/i],
	elixir: [/\bMix\.env(?:\(\))?\s*(?:==|!=|in)\s*\[?:test|\bensure_loaded\?\(ExUnit|\bwhereis\(ExUnit|:ex_unit\b/]
};
/** Replaced parts of test libraries, and hooks that decide if a test passed. */
const PATCHES_LIBRARY = {
	js: [/\b(?:globalThis|global|window)\.(?:expect|assert|it|test|describe)\s*=(?!=)|\b(?:assert(?:\.strict)?|expect(?:\.prototype)?|chai\.Assertion\.prototype|Assertion\.prototype)\.\w+\s*=(?!=)/, /\bAssertion\.(?:overwrite|add)(?:Method|Property)\(|\bAssertionError\b.{0,20}\s=(?!=)|\b(?:toBe|toEqual|toStrictEqual|toThrow|toContain|toMatch)\s*(?:\([^()]{0,60}\)\s*\{|:\s*(?:\(|function|async))/],
	python: [/\b(?:unittest\.)?TestCase\.\w+\s*=(?!=)|\bsetattr\(\s*(?:unittest|pytest|builtins)\b|\bbuiltins\.AssertionError\b|\bclass AssertionError\b|\b(?:unittest|pytest)\.(?:\w+\.)?(?:assert\w+|raises|TestCase)\s*=(?!=)/, /\bdef pytest_(?:runtest_\w+|sessionfinish|exception_interact|collection_modifyitems|ignore_collect|pyfunc_call|report_teststatus)\b|\.outcome\s*=(?!=)\s*["']passed|\bdef assert(?:Equals?|True|Raises)\(/],
	rust: [/\bmacro_rules!\s*(?:debug_)?assert(?:_eq|_ne)?\b/],
	jvm: [/\bclass (?:Assert|Assertions)\b|\bvoid (?:assertEquals|assertTrue|assertThat)\(/],
	dotnet: [/\bclass Assert\b|\bstatic void (?:Equal|AreEqual|True|IsTrue)\(/],
	ruby: [/\b(?:module|class)\s+(?:Minitest::Assertions|RSpec::(?:Expectations|Matchers|Core)|Test::Unit)|\bRSpec::Expectations::\w+\.(?:class_eval|prepend|define_method)|\bdef (?:assert_equal|assert|refute|assert_raises|expect)\b(?![_\w])/],
	php: [/\bfunction assert(?:Same|Equals|True)\(/],
	elixir: [/\bdefmacro (?:assert|refute)\b|\bdef(?:macro)? test\(/]
};
/** An assertion that may fail without consequence. */
const HIDES_FAILURE = {
	all: [/\b(?:expect|assert\w*|Assert\.\w+)\b.{0,300}(?:\|\|\s*true\b|\bor\s+[Tt]rue\b)/],
	js: [/\bexpect\b.{0,300}\.catch\(\s*(?:\(\s*\w{0,30}\s*\)|\w{1,30})\s*=>\s*(?:\{\s*\}|undefined|null|true)\s*\)/, /\b(?:if|while)\s*\(\s*(?:false|0|!1|!true)\s*\)|\b(?:false|0)\s*&&\s*(?:expect|assert)\b/],
	python: [/\bexcept\s+\(?[\w., ]{0,80}\bAssertionError\b|\bsuppress\([\w., ]{0,80}\b(?:AssertionError|BaseException|Exception)\b|^\s*(?:if|while)\s+(?:False|0|not True)\s*:/],
	go: [/\bdefer func\(\)\s*\{\s*(?:_\s*=\s*)?recover\(\)\s*\}|^\s*(?:_\s*=\s*)?recover\(\)\s*$|\bif false\b/],
	rust: [/\blet _\w*\s*=.{0,60}\bcatch_unwind\b|\bif false\b/],
	jvm: [/\bcatch\s*\([\w.|\s]{0,100}\b(?:AssertionError|AssertionFailedError|ComparisonFailure|Throwable)\b|\bif\s*\(\s*false\s*\)/],
	dotnet: [/\bcatch\s*\(\s*[\w.]{0,60}\b(?:XunitException|AssertionException|AssertFailedException|AssertActualExpectedException|EqualException)\b|\bif\s*\(\s*false\s*\)/],
	ruby: [/\brescue\s+[\w:, ]{0,80}(?:Minitest::Assertion|ExpectationNotMet\w*|\bException\b)|\brescue\s+(?:nil|true)\b|\bif false\b|\bunless true\b/],
	php: [/\bcatch\s*\([\w\\|\s]{0,100}\b(?:AssertionFailedError|ExpectationFailedException|Throwable)\b|\bif\s*\(\s*false\s*\)/],
	elixir: [/\b(?:ExUnit\.)?AssertionError\b.{0,20}->|\bif false\b/]
};
const EMPTY_FUNCTION = /^[^;{}]{0,300}\)[^;{}()]{0,100}\{\s*\}/;
const EMPTY_BLOCK = /^[^\n]{0,300}\bdo\s*(?:\n\s*)?end\b/;
/** A test with nothing in it, from its first line on. Texts are spaces here. */
const EMPTY_TEST = {
	js: [/^\s*(?:await\s+)?[\w.]{1,60}\s*\(\s*["'`][^"'`]{0,300}["'`]\s*,\s*(?:\{[^{}]{0,100}\}\s*,\s*)?(?:async\s*)?(?:function\s*\w{0,60}\s*)?(?:\([^()]{0,60}\)|\w{1,60})?\s*(?:=>)?\s*(?:\{\s*\}|undefined|null)\s*[,)]/],
	python: [/^[^\n]{0,200}\)\s*(?:->\s*\w+\s*)?:\s*(?:"\s{0,200}"\s*|"{1,3}\s{0,200}"{1,3}\s*|'{1,3}\s{0,200}'{1,3}\s*)?(?:pass|\.\.\.|return(?: None)?)\s*(?:\n|$)/],
	go: [EMPTY_FUNCTION, /^\s*t\.Run\([^{}]{0,200}\{\s*\}/],
	rust: [EMPTY_FUNCTION],
	jvm: [EMPTY_FUNCTION],
	dotnet: [EMPTY_FUNCTION, /^[^;{}]{0,200}\)\s*=>\s*(?:Task\.CompletedTask|default)\s*;/],
	ruby: [
		EMPTY_BLOCK,
		/^[^{}\n]{0,300}\{\s*\}/,
		/^\s*def test_\w+\s*(?:;|\n)?\s*end\b/
	],
	php: [EMPTY_FUNCTION],
	elixir: [EMPTY_BLOCK, /^[^\n]{0,300},\s*do:\s*(?::ok|nil|true)\b/],
	swift: [EMPTY_FUNCTION]
};
/** Answers whether one of the patterns for a language is in a line. Files of other languages are held to all of them. */
function finder(marks, language) {
	const patterns = language === void 0 ? Object.values(marks).flat() : [...marks.all ?? [], ...marks[language] ?? []];
	return { test: (line) => patterns.some((pattern) => pattern.test(line)) };
}

// src/git/weakened.ts
/**
* Finds what weakens checks in a change (threat T51): tests that are gone, skipped or emptied, assertions that are gone,
* loosened, hidden or always true, mocks of the unit under test, code that knows that it is tested or what a test expects,
* and switches of other checks.
*
* Nothing here refuses a change. Each finding can be right, but a person has to look at it before it is merged (R11.5).
* A change is read as a whole: a test that moved to another file, or became a row of a table, is not gone.
*/
/** Files with text instead of code. */
const PROSE = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i;
/** @param before the paths of the commit that the change started from. */
function weakenedIn(changes, before) {
	const read = changes.filter(({ path }) => isRecorded(path) || !PROSE.test(path)).map((change) => ({
		...change,
		was: readTests(change.path, change.before),
		is: readTests(change.path, change.now ?? "")
	}));
	return [
		...read.flatMap((change) => {
			const { path, now, added } = change;
			return (now === void 0 ? [] : [...linesOf({
				path,
				now,
				added
			}, change.was, change.is), ...mocksIn(change)]).map((remark) => ({
				path,
				remark
			}));
		}),
		...lostIn(read, before),
		...read.filter(isLostWhole).map(({ path }) => ({
			path,
			remark: { why: DELETED }
		})),
		...recordedIn(read)
	];
}
/** A deleted file of tests without a test that can be read. A deleted helper takes no test away. */
const isLostWhole = ({ path, now, was }) => now === void 0 && isTestFile(path) && was.tests.length + was.assertions.length === 0 && (was.language === void 0 || formOf(path) !== void 0 || RECORDED.test(path) || DATA.test(path));
function linesOf({ path, now, added }, was, code) {
	const language = code.language?.name;
	const find = (each) => finder(each, language);
	const isOfTests = inTests(path, code);
	const tests = new Set([...added].filter(isOfTests));
	const others = new Set([...added].filter((line) => !isOfTests(line)));
	const lines = code.lines.join("\n");
	const bare = code.bare.join("\n");
	const everywhere = [
		...linesWith(now, added, find(SWITCHES_OFF), "switches a check off"),
		...linesWith(bare, added, find(SKIPS), "skips a test"),
		...linesWith(bare, added, find(ONLY), "leaves out the other tests")
	];
	if (language === void 0) return everywhere;
	return [
		...everywhere,
		...linesWith(now, tests, find(BUILT_IF), "builds tests only under a condition"),
		...linesWith(bare, tests, find(RETRIES), "runs a failed test again"),
		...linesWith(lines, tests, find(ENDS_RUN), "can end the test run early"),
		...linesWith(bare, others, find(ENDS_AT_ONCE), "can end the test run early"),
		...linesWith(lines, others, find(KNOWS_TESTS), "can find out that it runs in a test"),
		...linesWith(bare, tests, find(PATCHES_LIBRARY), "changes how the test library decides"),
		...linesWith(bare, tests, find(HIDES_FAILURE), HIDES),
		...shownOf(swallowed(code, tests), HIDES),
		...shownOf(code.assertions.filter(({ line, text }) => tests.has(line) && isConstant(text)).map(({ line }) => line), "asserts something that is always true"),
		...shownOf(emptyTests(was, code), "is a test that does nothing"),
		...shownOf(cutShort(code, tests), "ends a test before its assertions")
	];
}
const HIDES = "can keep a failed assertion from failing the test";
const LOOK_BACK_LINES = 60;
const CATCHES = /\bcatch\b\s*(?:\([^()]{0,200}\))?\s*\{\s*(?:return;?\s*)?\}|\bexcept\b[^:\n]{0,200}:\s*(?:pass|\.\.\.|continue|return)\b|\brescue\b[^\n]{0,200}\n\s*(?:nil|true|end)\b|\brescue\b\s*\n?\s*_\w*\s*->\s*(?::ok|nil|true)\b/;
/** Handlers of errors that do nothing, around assertions. */
function swallowed({ bare, assertions }, tests) {
	const asserting = new Set(assertions.filter(({ text }) => !FAILS.test(text)).map(({ line }) => line));
	return bare.flatMap((line, at) => {
		if (!/\b(?:catch|except|rescue)\b/.test(line) || !CATCHES.test(bare.slice(at, at + 4).join("\n"))) return [];
		const indent = indentOf(line);
		let start = at - 1;
		for (; start > at - LOOK_BACK_LINES && start >= 0; start--) {
			const each = bare[start] ?? "";
			if (/\b(?:try|begin)\b|\bdo\b\s*$/.test(each) && indentOf(each) <= indent) break;
		}
		if (start < 0 || start === at - LOOK_BACK_LINES) return /\btry\b/.test(line) && asserting.has(at + 1) && tests.has(at + 1) ? [at + 1] : [];
		const inside = Array.from({ length: at - start + 1 }, (_, offset) => start + offset + 1);
		return inside.some((each) => asserting.has(each)) && inside.some((each) => tests.has(each)) ? [at + 1] : [];
	});
}
/** Assertions that always fail are for places that must not be reached. */
const FAILS = /\bfail\w*\b|\bFail\w*\b|\bflunk\b|\bpanic!|\bunreachable\b|\b[Aa]ssert(?:\.\w+)?!?\s*\(?\s*(?:false|False)\b|\bErrorf?\(|\bFatalf?\(/;
const EMPTY_LINES = 3;
/** Tests with nothing in them, by their place in `tests`. */
function emptyTestsOf({ tests, bare, language }) {
	const find = finder(EMPTY_TEST, language?.name);
	return new Set(tests.filter(({ line, end }) => {
		const above = bare.slice(line - 1, Math.min(end, line + EMPTY_LINES)).findIndex((each) => /[({]|\bdo\b/.test(each.replace(/#?\[[^\]]*\]|@\w+(?:\([^)]*\))?/g, "")));
		const start = line - 1 + Math.max(0, above);
		const text = bare.slice(start, Math.min(end, start + EMPTY_LINES)).join("\n");
		return find.test(text.replace(/\n\s*(?=\n)/g, ""));
	}));
}
/** Tests that are new or were emptied, and have nothing in them. */
function emptyTests(was, is) {
	const before = new Set([...emptyTestsOf(was)].map(({ name }) => name));
	return [...emptyTestsOf(is)].filter(({ name }) => !before.has(name)).map(({ line }) => line);
}
/** A new `return` straight in a test, with assertions after it. */
function cutShort({ tests, bare, assertions }, added) {
	return [...added].filter((line) => {
		const text = bare[line - 1] ?? "";
		if (!/^\s*return(?:\s+(?:null|undefined|None|nil|true|True))?;?\s*$/.test(text)) return false;
		const test = tests.findLast((each) => each.line < line && each.end >= line);
		const body = bare.slice(test?.line).find((each) => each.trim() !== "" && indentOf(each) > indentOf(bare[(test?.line ?? 1) - 1] ?? ""));
		if (!test || body === void 0 || indentOf(text) > indentOf(body)) return false;
		return assertions.some((each) => each.line > line && each.line <= test.end);
	});
}
const ASSERTS_VALUES = /^(?:await\s+)?(?:(?:self|this|t|Assert|assert|Xunit\.Assert|chai\.assert|require|\$this|self::|static::|Assertions)\s*(?:\.|->|::)?\s*)?(?:expect|assert|ok|equal|strictEqual|deepEqual|deepStrictEqual|is|true|truthy|pass|True|IsTrue|Equal|AreEqual|NotNull|IsNotNull|NotNil|assertTrue|assertFalse|assertEquals?|assertSame|assertNotNull|assertIsNotNone|assert_eq|assert_ne|assert_equal|assert_true|assertThat|refute|assert_not_nil)(?:!|\b)/;
/** True if an assertion compares nothing that the tested code made. */
function isConstant(text) {
	if (/expectNotToPerformAssertions|addToAssertionCount/.test(text)) return true;
	if (FAILS.test(text) || !ASSERTS_VALUES.test(text) || /[$#]\{|\bf["']|\$"/.test(text)) return false;
	if (/\b(?:toHaveLength|length|len|size|count|Count)\b.{0,60}(?:toBeGreaterThanOrEqual\(0\)|>=\s*0\b)/.test(text)) return true;
	if (isTuple(text)) return true;
	const head = /^(?:await\s+)?[\w$.:>-]+!?\s*/.exec(text)?.[0] ?? "";
	const values = text.slice(head.length);
	if (!/[\w"'`[{]/.test(values)) return false;
	if ([...wordsIn(text)].every((word) => /^["\d]/.test(word) || /^(?:toBe\w*|be_\w+)$/.test(word))) {
		if (/^\s*\(?\s*(?:t,\s*)?["'`\d[{!-]/.test(values) || /\b(?:true|True|null|nil|None|false|False|undefined)\b|:\w/.test(values)) return true;
	}
	return comparesWithItself(values);
}
/** Python's `assert (x, "message")` asserts a tuple, which is true. */
function isTuple(text) {
	if (!/^assert\s+\(.*\)$/.test(text)) return false;
	let depth = 0;
	let hasComma = false;
	for (const [at, character] of [...text].entries()) {
		if ("([{".includes(character)) depth += 1;
		else if (")]}".includes(character)) depth -= 1;
		if (depth === 1 && character === ",") hasComma = true;
		if (depth === 0 && at > text.indexOf("(") && at < text.length - 1) return false;
	}
	return hasComma;
}
function comparesWithItself(values) {
	return [
		/^\(\s*([\w$.[\]'"]{1,80})\s*\)\s*\.(?:toBe|toEqual|toStrictEqual|to\.equal|to\.be|to\.eql|to)\s*\(?\s*(?:eq|eql|equal)?\(?\s*([\w$.[\]'"]{1,80})\s*\)+;?$/.exec(values),
		/^\(?\s*(?:t,\s*)?([\w$.[\]'"]{1,80})\s*,\s*([\w$.[\]'"]{1,80})\s*(?:,[^()]*)?\)?;?$/.exec(values),
		/^\(?\s*([\w$.[\]'"]{1,80})\s*={2,3}\s*([\w$.[\]'"]{1,80})\s*\)?;?$/.exec(values)
	].some((each) => each !== null && each[1] === each[2]);
}
/** `cart.test.ts`, `test_cart.py` and `CartTest.java` test `cart`. */
function subjectOf(path) {
	const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
	return plain(name.replace(/[._-](?:tests?|specs?|unit|e2e|integration)$/i, "").replace(/^(?:test|spec)[._-]/i, "").replace(/(?:Tests?|Spec|IT|TestCase)$/, ""));
}
const plain = (name) => name.replace(/[^a-z0-9]/gi, "").toLowerCase();
const MOCKED_MODULE = /\b(?:vi|jest)\s*\.\s*(?:mock|doMock|unstable_mockModule|setMock)\(\s*(?:import\(\s*)?["'`]([^"'`]{1,300})["'`]|\bmock\.module\(\s*["'`]([^"'`]{1,300})["'`]|\btd\.replace(?:Esm)?\(\s*["'`]([^"'`]{1,300})["'`]|\b(?:proxyquire|rewire)\(\s*["'`]([^"'`]{1,300})["'`]/;
const MOCKED_CLASS = /\b(?:mock|mockk|Mockito\.mock|createMock|createStub|getMockBuilder|Mockery::mock|prophesize|instance_double|class_double|allow_any_instance_of|any_instance_of|Substitute\.For|Mock\.Of|mock\.create_autospec|create_autospec|:meck\.(?:new|expect)|Mimic\.(?:copy|stub|expect)|Mock\.with_mock|with_mock|patch)\s*[<(]?\s*\[?(?:\(\s*)?\\?((?:\w+(?:::|\\|\.))*\w+?)(?:::class\b(?:\.java)?|\.class\b|\s*[>,)\]])|\bnew Mock<\s*((?:\w+\.)*\w+)\s*>|\bmock_?(?:module|class)!?\s*\(?\s*(\w+)|^\s*with_mock\s+((?:\w+\.)*\w+)/;
/** A function or method that gets a result by hand: its owner and its name. */
const STUBBED = /\b(?:spyOn|stub|replace|method|mock\.method)\(\s*(\w+)\s*,\s*["'`](\w+)["'`].{0,200}(?:mockReturn|mockResolved|mockImplementation|returns|\.resolves|callsFake|=>|=\s*\()|\b(?:monkeypatch\.setattr|mocker\.patch\.object|patch\.object)\(\s*(\w+)\s*,\s*["'](\w+)["']|\b(?:patch|mocker\.patch|monkeypatch\.setattr)\(\s*f?["'](?:[\w.]*?)(\w+)\.(\w+)["']|\ballow\(\s*(\w+)\s*\)\.to receive\(\s*:(\w+)\s*\)|\b(\w+)\.stubs?\(\s*:(\w+)\b|\b(?:expect|stub)\(\s*(\w+)\s*,\s*:(\w+)\b|\b(?:when|doReturn\([^()]{0,100}\)\.when)\(\s*(\w+)\)?\.(\w+)\(/;
/** Mocks of what a test file tests. */
function mocksIn({ path, added, is }) {
	if (!isTestFile(path) || is.language === void 0) return [];
	const subject = subjectOf(path);
	if (subject === "") return [];
	const isSubject = (name) => {
		const found = plain(name.replace(/\.[cm]?[jt]sx?$|\.class$|::class(?:\.java)?$/, "").replace(/^.*(?:\/|\\|::|\.(?=\w+$))/, ""));
		return found === subject || `${found}s` === subject || found === `${subject}s`;
	};
	const calls = is.assertions.map(({ text }) => text).join("\n");
	const hits = is.lines.flatMap((line, at) => {
		if (!added.has(at + 1)) return [];
		const named = MOCKED_MODULE.exec(line)?.slice(1).find((each) => each !== void 0) ?? MOCKED_CLASS.exec(line)?.slice(1).find((each) => each !== void 0);
		if (named !== void 0 && isSubject(named)) return [at + 1];
		const annotated = /@(?:Mock|MockBean|MockitoBean|MockK|Spy)\b/.test(line) ? /\b([A-Z]\w*)\s+\w+\s*;|:\s*([A-Z]\w*)/.exec(`${line} ${is.lines[at + 1] ?? ""}`) : null;
		if (annotated && isSubject(annotated[1] ?? annotated[2] ?? "")) return [at + 1];
		const [owner, method] = STUBBED.exec(line)?.slice(1).filter((each) => each !== void 0) ?? [];
		if (owner === void 0 || method === void 0) return [];
		return (isSubject(owner) || plain(owner) === subject) && new RegExp(`(?<![\\w'":])${method}\\s*[(!]|\\.${method}\\b(?!['"])`).test(calls) ? [at + 1] : [];
	});
	return shownOf(hits, "replaces what this file tests with a mock");
}
/** The form of name by which runners find a test file, such as `.test.js` or `Test.java`; undefined if there is none. */
function formOf(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const extension = (/\.\w+$/.exec(name)?.[0] ?? "").replace(/^\.[cm]?[jt]sx?$/, ".js");
	const stem = name.replace(/\.\w+$/, "");
	const end = /(?:_(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows|amd64|arm64|arm|386|wasm))*_test$/.exec(stem)?.[0] ?? /[._-](?:tests?|specs?|e2e|unit)$/i.exec(stem)?.[0] ?? /(?:Tests?|Spec|IT|TestCase)$/.exec(stem)?.[0];
	const start = /^(?:test|spec)_/.exec(stem)?.[0] ?? /^Test(?=[A-Z])/.exec(stem)?.[0];
	if (end === void 0 && start === void 0) return void 0;
	return `${start ?? ""}*${end ?? ""}${extension}`;
}
/** Tests and assertions that the change takes away, by file. */
function lostIn(changes, before) {
	const held = changes.filter(({ path, now, was, is }) => {
		if (was.tests.length + was.assertions.length + is.tests.length + is.assertions.length === 0) return false;
		return now === void 0 || isFound(path, changes, before);
	});
	const findable = held.filter(({ now }) => now !== void 0);
	const kept = countOf(findable.flatMap(({ is }) => is.assertions.map(({ text }) => text)));
	const names = countOf(findable.flatMap(({ is }) => is.tests.map(({ name }) => name)));
	const ends = new Map(held.map((change) => [change, change.was.assertions.filter(({ text }) => !take(kept, text))]));
	const fresh = new Map(findable.map((change) => [change, change.is.assertions.filter(({ text }) => !isConstant(text) && take(kept, text))]));
	const newWords = new Set(findable.flatMap(({ is, added }) => [...added].flatMap((line) => [...wordsIn(is.lines[line - 1] ?? "")])));
	const allWords = new Set(findable.flatMap(({ is }) => is.lines.flatMap((line) => [...wordsIn(line)])));
	const allFresh = [...fresh.values()].flat().slice(0, COMPARED);
	const isAccounted = (each) => isIn(each, newWords, allWords) || allFresh.some((one) => includes(one, each) || /\b(?:unreachable|fail)\b/.test(each.text) && THROWS.test(one.text));
	let spareTests = 0;
	let spareAssertions = 0;
	for (const change of findable) {
		const more = change.is.tests.length - change.was.tests.length;
		if (more > 0) spareTests += more;
		spareAssertions += Math.max(0, (fresh.get(change)?.length ?? 0) - (ends.get(change)?.length ?? 0));
	}
	return held.flatMap((change) => {
		const { path, now, was, is } = change;
		const gone = was.tests.filter(({ name }) => !take(names, name));
		const missing = ends.get(change) ?? [];
		const mine = now === void 0 ? [] : fresh.get(change) ?? [];
		const places = new Map(was.tests.map((test, place) => [test, place]));
		const unaccounted = new Set(missing.filter((each) => !isAccounted(each)));
		const asserted = new Set(was.assertions.map(({ test }) => test));
		const hurt = new Set([...unaccounted].map(({ test }) => test));
		const lostTests = gone.filter((test) => {
			const place = places.get(test) ?? -1;
			return hurt.has(place) || !asserted.has(place);
		});
		const fewer = Math.min(lostTests.length, was.tests.length - is.tests.length);
		const moved = Math.min(Math.max(0, fewer), spareTests);
		spareTests -= moved;
		const fewerTests = Math.max(0, fewer - moved);
		if (now === void 0) return (was.tests.length === 0 ? unaccounted.size > 0 : lostTests.length > 0) ? [{
			path,
			remark: { why: DELETED }
		}] : [];
		const remarks = [];
		if (fewerTests > 0) remarks.push({ why: `(${fewerTests} fewer ${fewerTests === 1 ? "test" : "tests"})` });
		remarks.push(...shownOf(looserIn(missing, mine).map(({ line }) => line), "expects less than before"));
		const told = new Set(fewerTests > 0 ? lostTests.map((test) => places.get(test)) : []);
		const counted = missing.filter(({ test }) => !told.has(test));
		const lost = counted.filter((each) => unaccounted.has(each)).length;
		const net = Math.min(lost, counted.length - mine.length - spareAssertions);
		if (net > 0) {
			spareAssertions = Math.max(0, spareAssertions - (counted.length - mine.length));
			remarks.push({ why: `(${net} fewer ${net === 1 ? "assertion" : "assertions"})` });
		}
		const rows = fewerRows(change, fewerTests > 0 ? lostTests : [], isAccounted);
		if (rows > 0) remarks.push({ why: `(${rows} fewer ${rows === 1 ? "row" : "rows"})` });
		const empty = new Set(emptyTests(was, is));
		const hollow = hollowedIn(change, hurt).filter((line) => !empty.has(line));
		remarks.push(...shownOf(hollow, "no longer asserts anything"));
		return remarks.map((remark) => ({
			path,
			remark
		}));
	});
}
/** Rows of tables that are gone, apart from those of tests that are gone. */
function fewerRows({ was, is }, gone, isAccounted) {
	const kept = countOf(is.rows.map(({ text }) => text));
	const ofGone = new Set(gone.flatMap(({ line, end }) => Array.from({ length: end - line + 1 }, (_, at) => line + at)));
	const lost = was.rows.filter(({ line, text }) => !take(kept, text) && !ofGone.has(line));
	const fresh = [...kept.values()].reduce((sum, each) => sum + each, 0);
	const most = lost.length - fresh;
	return most <= 0 ? 0 : Math.min(lost.filter((row) => !isAccounted(row)).length, most);
}
const DELETED = "(deleted)";
/** These fail if nothing is thrown. */
const THROWS = /\b(?:rejects|toThrow\w*|throws\w*|raises|assertRaises\w*|assertThrows\w*|expectException\w*|raise_error|assert_raises?|should_panic)\b/;
/** Their last argument is a message. */
const THROWS_MESSAGE = /\b(?:toThrow|raises|raise_error|should_panic)\b/;
const isLiteral = (word) => /^["\d]/.test(word);
/** Its values stand in new lines, such as rows of a table, and what it calls is still called. */
function isIn({ words, text }, newWords, allWords) {
	const literals = [...words].filter(isLiteral);
	if (literals.length === 0) return words.size > 0 && [...words].every((word) => newWords.has(word));
	const called = [...text.matchAll(/([\w$]+)\s*!?\(/g)].map(([, name = ""]) => name).filter((name) => words.has(name));
	return literals.every((word) => newWords.has(word)) && called.every((name) => allWords.has(name));
}
/** A new assertion on the whole demands what an old one demanded of its size or of a part. */
const includes = (now, old) => demandOf(now.text) === FULL && (demandOf(old.text) < FULL || /\b(?:toHaveLength|length|len|size|count|Count|Length|HasCount|assertCount)\b/.test(old.text)) && [...old.words].every((word) => isLiteral(word) || now.words.has(word) || /^(?:toHaveLength|length|len|size|count|Count|Length|assertCount)$/.test(word));
/** Tests that lost assertions, and have none left. */
function hollowedIn({ was, is }, hurt) {
	const before = new Map(was.tests.map(({ name }, place) => [name, place]));
	const names = countOf(is.tests.map(({ name }) => name));
	const asserted = new Set(is.assertions.map(({ test }) => test));
	return is.tests.flatMap(({ name, line }, place) => {
		const old = before.get(name);
		return name !== "" && old !== void 0 && hurt.has(old) && names.get(name) === 1 && !asserted.has(place) ? [line] : [];
	});
}
const countOf = (texts) => {
	const counts = /* @__PURE__ */ new Map();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
};
function take(counts, text) {
	const left = counts.get(text) ?? 0;
	if (left === 0) return false;
	counts.set(text, left - 1);
	return true;
}
/**
* A new test file counts only if runners find it: its name has the form of other tests, and it lies where tests were before.
*/
function isFound(path, changes, before) {
	const isNew = changes.some((each) => each.path === path && each.before === "");
	const deleted = changes.filter(({ now, was }) => now === void 0 && was.tests.length > 0);
	if (!isNew || deleted.length === 0) return true;
	const form = formOf(path);
	if (form === void 0) return isTestFile(path) && deleted.every((each) => formOf(each.path) === void 0);
	return heldTests(path.slice(0, path.lastIndexOf("/") + 1), form, before);
}
/** Answers whether a directory held test files before; of a new directory, whether the one around it did. */
function heldTests(directory, form, before) {
	let place = directory;
	while (place !== "" && !before.some((path) => path.startsWith(place))) place = place.replace(/[^/]+\/$/, "");
	if (place === "" && directory !== "") return false;
	return before.some((path) => path.startsWith(place) && (place !== "" || !path.includes("/")) && formOf(path) === form);
}
const WEAK = /\.toBe(?:Truthy|Defined|Falsy|InstanceOf|GreaterThan\w*|LessThan\w*|TypeOf)|\.not\.|\.not_to\b|\bto_not\b|\bto\.(?:exist|be\.(?:ok|an?|above|below|at))\b|\b(?:assert|Assert|require)\.?(?:True|IsTrue|False|IsFalse|NotNull|NotNil|Nil|IsNotNull|NotEmpty|IsNotEmpty|NoError|IsType|IsInstanceOf\w*|Greater\w*|Less\w*|NotEqual|NotSame|Positive|NotZero|ok|exists|isOk|IsAssignableFrom)\b|\bassert(?:True|False|NotNull|IsNotNone|IsNotNull|IsInstance|InstanceOf|NotEmpty|NotEquals?|NotSame|Greater\w*|Less\w*|IsArray|IsInt|IsString|IsNumeric|IsFloat|_ne!|_not_nil|_instance_of|_kind_of|_not_equal|_not_empty)|\brefute\w*|\.Should\(\)\.(?:Not\w+|BeOfType|BeGreater\w*|BePositive)|\b(?:be_truthy|be_present|be_an?|be_kind_of|be_positive)\b|\bisNotNull\(|\bisInstanceOf\(|\bisNotEmpty\(|\bisPositive\(|\bisGreaterThan\w*\(|\btoBe(?:Array|Int|String|Float|Object)\(|\bok\(/;
const PARTIAL = /\.to(?:MatchObject|Contain\w*|Match|HaveProperty|BeCloseTo|BeOneOf|HaveBeenCalled)\b(?!Times|With)|\bto\.(?:include|contain|match|have\.property|be\.closeTo|be\.oneOf)\b|\bassert(?:In|_in_delta|_includes|_match|Contains|StringContains\w*|StringStartsWith|Regex\w*|AlmostEquals?|InDelta|EqualsWithDelta|CountEqual|ArrayHasKey|MatchesRegularExpression|_in_epsilon|_relative_eq!)|\b(?:assert|Assert|require)\.(?:Contains|InDelta|InEpsilon|Subset|ElementsMatch|match|include|deepInclude|Matches|StartsWith|InRange|That)\b|\bpytest\.approx|\b(?:be_within|include|match|start_with|a_kind_of)\b|\bcontains\w*\(|\.Should\(\)\.(?:Contain(?!Single)\w*|Match|StartWith|BeApproximately|BeCloseTo)/;
const COMPARES = /[^=!<>]={2,3}(?![=>])|\bassert_eq!/;
const ANY = /\b(?:expect\.(?:any|anything)|(?:object|array|string)Containing|mock\.ANY|gomock\.Any|mock\.Anything|any(?:String|Int|Long|Double|Object)?\(\)|It\.IsAny|anything|Arg\.Any|Mockery::any|isA\(|instance_of\(|kind_of\(|_\))\b|\bANY\b/g;
const FULL = 3;
const SOME$1 = 2;
const LITTLE = 1;
/** How much an assertion demands: an exact value, a part of it, or hardly anything. */
function demandOf(text) {
	if (/!=|<=?\s|>=?\s|\bis not None\b|\bisinstance\(|\bis not None\b/.test(text.replace(/=>|->|"[^"]*"|'[^']*'/g, "")) && !/\bif\b.{0,200}!=/.test(text)) return LITTLE;
	if (/=~|\bin\b(?=.*[[("'])|\bstartswith\(|\bmatches!\(/.test(text.replace(/"[^"]*"|'[^']*'/g, "")) && !/\bfor\b/.test(text)) return SOME$1;
	if (COMPARES.test(text.replace(/"[^"]*"|'[^']*'/g, "\"\""))) return FULL;
	if (WEAK.test(text)) return LITTLE;
	if (PARTIAL.test(text)) return SOME$1;
	return /^(?:assert|refute)(?:!?\s*\(|\s)/.test(text) && !/\s=\s/.test(text) ? LITTLE : FULL;
}
/** Of huge changes only the first assertions are compared; the count of lost ones is right for all. */
const COMPARED = 300;
/** New assertions that stand in the place of stricter ones. */
function looserIn(missing, fresh) {
	const left = new Set(fresh.slice(0, COMPARED));
	const found = [];
	for (const old of missing.slice(0, COMPARED)) {
		const names = [...old.words].filter((word) => !isLiteral(word));
		const shared = (each) => names.filter((name) => each.words.has(name)).length;
		const like = [...left].flatMap((each) => {
			const common = shared(each);
			return common > 0 && common * 2 >= names.length ? [{
				each,
				common
			}] : [];
		});
		const most = Math.max(...like.map(({ common }) => common));
		const best = like.filter(({ common }) => common === most).map(({ each }) => each);
		const taken = best.find((each) => !isLooser(old, each)) ?? best[0];
		if (!taken) continue;
		left.delete(taken);
		if (isLooser(old, taken)) found.push(taken);
	}
	return found;
}
const numbersIn = (text) => [...text.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([each]) => Number(each));
function isLooser(old, now) {
	if (demandOf(now.text) < demandOf(old.text)) return true;
	if ((now.text.match(ANY)?.length ?? 0) > (old.text.match(ANY)?.length ?? 0)) return true;
	const [before = "", after = ""] = [old, now].map(({ text }) => text.split(THROWS_MESSAGE).at(-1));
	if (THROWS_MESSAGE.test(old.text) && /["'`/]/.test(before) && THROWS_MESSAGE.test(now.text) && !/["'`/]/.test(after)) return true;
	return hasMoreTolerance(old.text, now.text);
}
/** The last number is the tolerance, or the number of places. */
function hasMoreTolerance(old, now) {
	const isPlaces = /toBeCloseTo|places=|assertAlmostEqual\((?!.*delta)/.test(now);
	const isTolerance = /\bassertEquals?\(.*,.*,\s*[\d.e-]+\s*\)$/i.test(now) || /\b(?:approx|abs_tol|rel_tol|delta|within|closeTo|InDelta|InEpsilon|assert_in_delta|BeApproximately|precision|epsilon|tolerance|EqualsWithDelta|be_within|offset|EPSILON)\b/i.test(now);
	if (!isPlaces && !isTolerance) return false;
	const last = (text) => /be_within/.test(text) ? numbersIn(/be_within\(([^)]*)/.exec(text)?.[1] ?? "").at(0) : numbersIn(text).at(-1);
	const [a, b] = [last(old), last(now)];
	if (a === void 0 || b === void 0 || numbersIn(old).length !== numbersIn(now).length) return false;
	return isPlaces ? b < a : b > a;
}
const RECORDED = /\.(?:snap|snapshot|ambr|golden|approved\.\w+|verified\.\w+|expected|expect|stdout|stderr)$|(?:^|\/)(?:__snapshots__|snapshots|goldens?|expected|cassettes|baselines?)\/|\.(?:golden|expected|approved|verified)\.\w+$/i;
const DATA = /(?:^|\/)(?:testdata|fixtures|test-data|test_data|__fixtures__)\//i;
const isRecorded = (path) => isTestFile(path) && RECORDED.test(path) || /\.(?:snap|ambr|golden|approved\.\w+|verified\.\w+)$/i.test(path);
/**
* Recorded results and test data that changed or went although no test changed. A result that is recorded again always
* matches, so it proves nothing. A change of tests beside it is seen anyway.
*/
function recordedIn(changes) {
	const touchesTests = changes.some(({ path, was, is }) => !isRecorded(path) && was.tests.length + is.tests.length > 0);
	return changes.flatMap(({ path, before, now, is }) => {
		const isData = isTestFile(path) && DATA.test(path);
		if (before === "" || !isRecorded(path) && !isData || is.tests.length > 0) return [];
		if (now === void 0) return [];
		const left = countOf(now.split("\n"));
		const lost = before.split("\n").filter((line) => line.trim() !== "" && !take(left, line)).length;
		if (lost === 0 || touchesTests) return [];
		return [{
			path,
			remark: { why: `(${lost} ${lost === 1 ? "line" : "lines"} of ${isRecorded(path) ? "recorded results" : "test data"} changed, and no test)` }
		}];
	});
}

// src/git/patch.ts
/**
* Packs a change for its way from job to job, and judges the tree that it makes.
*
* A change travels as text: git's binary diff, compressed, bound by a digest, and split into parts that fit a job's outputs
* and environment variables. Swarm never reads the meaning of a change from that text, because parsers of diffs disagree
* with git. It applies the patch to an index of its own, and judges the modes, paths and blobs that git then lists
* (threats §3.3).
*/
const LIMITS$1 = {
	patchBytes: 4194304,
	files: 100,
	deletions: 50,
	addedLines: 2e4,
	blobBytes: 1048576,
	readBytes: 16777216
};
/**
* A job's outputs may have 1 MB, counted as UTF-16, and an environment variable 128 KiB on Linux. Four parts of this size
* fit both.
* @see https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/passing-information-between-jobs
*/
const PART_CHARS = 118e3;
const PARTS = 4;
const digestOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** The change from `base` to `tree`, as input for `git apply`. */
const makePatch = (store, base, tree) => store.run([...[
	"diff-tree",
	"-r",
	"-p",
	"--binary",
	"--full-index",
	"--no-renames",
	"--no-ext-diff",
	"--no-textconv"
], ...[
	"--no-color",
	"--src-prefix=a/",
	"--dst-prefix=b/",
	base,
	tree
]]);
function packPatch(bytes) {
	if (bytes.length > LIMITS$1.patchBytes) return {
		kind: "too big",
		problem: limit("bytes in the patch", bytes.length, LIMITS$1.patchBytes)
	};
	const options = { params: {
		[constants$2.BROTLI_PARAM_QUALITY]: 9,
		[constants$2.BROTLI_PARAM_SIZE_HINT]: bytes.length
	} };
	const text = brotliCompressSync(bytes, options).toString("base64");
	if (text.length > PART_CHARS * 4) return {
		kind: "too big",
		problem: limit("characters in the compressed patch", text.length, PART_CHARS * 4)
	};
	return {
		kind: "packed",
		packed: {
			parts: Array.from({ length: 4 }, (_, part) => text.slice(part * PART_CHARS, (part + 1) * PART_CHARS)),
			digest: digestOf(bytes)
		}
	};
}
/** The patch, if these parts match the digest. */
function unpackPatch({ parts, digest }) {
	const text = parts.join("");
	if (text === "" && digest === "") return { kind: "nothing" };
	const tampered = (found) => ({
		kind: "refused",
		problem: {
			kind: "PATCH_TAMPERED",
			said: digest.slice(0, 64),
			found
		}
	});
	if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return tampered("not base64");
	let bytes;
	try {
		bytes = brotliDecompressSync(Buffer.from(text, "base64"), { maxOutputLength: LIMITS$1.patchBytes });
	} catch (error) {
		return tampered(`not a patch (${error.code ?? "unreadable"})`);
	}
	const found = digestOf(bytes);
	return found === digest ? {
		kind: "patch",
		bytes
	} : tampered(found);
}
/** The tree that results if the patch is applied to a commit. Nothing is checked out. */
async function applyPatch(store, base, bytes) {
	const index = `${store.directory}/apply.index`;
	await store.run(["read-tree", base], { index });
	try {
		await store.run([
			"apply",
			"--cached",
			"--whitespace=nowarn",
			"-"
		], {
			index,
			input: bytes
		});
		return {
			kind: "tree",
			tree: await store.text(["write-tree"], { index })
		};
	} catch (error) {
		if (!(error instanceof GitFailed)) throw error;
		return {
			kind: "refused",
			problem: pathRefusal(error.stderr) ?? conflictOf(error.stderr)
		};
	}
}
/** Git refuses some names before there is a tree to judge. */
function pathRefusal(stderr) {
	const invalid = /^error: invalid path '(.*)'$/m.exec(stderr)?.[1];
	const beyond = /^error: affected file '(.*)' is beyond a symbolic link$/m.exec(stderr)?.[1];
	const path = invalid ?? beyond;
	if (path === void 0) return void 0;
	const why = invalid === void 0 ? "it is behind a symbolic link" : pathFault(Buffer.from(path));
	return {
		kind: "BAD_PATH",
		file: redact(showPath(path)),
		why: why ?? "git does not allow a file of this name"
	};
}
function conflictOf(stderr) {
	const message = stderr.trim().split("\n").slice(0, 5).map(showPath).join("; ");
	return {
		kind: "PATCH_CONFLICT",
		message: redact(message).slice(0, 1e3)
	};
}
const ORDINARY = /* @__PURE__ */ new Set(["100644", "100755"]);
const SUBMODULE = "160000";
/** Judges a whole tree against the commit that it started from. */
async function judgeTree(store, base, tree, rules) {
	const { config, scope } = rules;
	const known = [...rules.known ?? []];
	const redacted = redactor(known);
	const show = (path) => redacted(showPath(path.toString("utf8")));
	const changes = parseChanges(await store.run([
		"diff-tree",
		"-r",
		"-z",
		"--raw",
		"--no-renames",
		"--no-abbrev",
		`${base}^{tree}`,
		tree
	]));
	const made = changes.filter(({ status }) => status !== "D");
	const paths = changes.map(({ path }) => path.toString("utf8"));
	const files = paths.map(show).sort();
	const refused = (problems) => ({
		files,
		problems,
		attention: [],
		suspicious: [],
		remarks: {
			attention: [],
			suspicious: []
		},
		keep: "must not leave here"
	});
	const namesSecret = secretsInNames(known);
	const hard = [...changes.flatMap((change) => entryProblems(change, show(change.path), namesSecret))];
	const entries = parseTree(await store.run([
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		base
	]));
	const before = entries.map(({ path }) => path);
	const linked = await linkedPlaces(store, entries, config);
	const locked = paths.filter(protectedBy(config, before, linked));
	if (locked.length > 0) hard.push({
		kind: "PROTECTED_PATH",
		files: locked.map(show)
	});
	if (hard.length > 0) return refused(hard);
	const sizes = await sizesOf(store, changes);
	const tooBig = byteLimitProblem(made, sizes);
	if (tooBig) return refused([tooBig]);
	const read = await readChanges(store, changes, sizes, {
		config,
		known,
		show
	});
	const weakened = await weakeningsOf(store, tree, read.texts, before, show);
	const secrets = config.gates.security?.off ? [] : read.secrets;
	const soft = [...countLimitProblems(before.length, changes), ...read.problems];
	const added = made.filter(({ status }) => status === "A").map(({ path }) => path.toString("utf8"));
	if (added.length > 0) {
		const all = split(await store.run([
			"ls-tree",
			"-r",
			"-z",
			"--name-only",
			"--full-tree",
			tree
		]));
		for (const { path, other } of findCollisions(added, all)) {
			const showName = path.normalize() === other.normalize() ? showLetters : show;
			soft.push({
				kind: "PATH_COLLISION",
				file: showName(path),
				with: showName(other)
			});
		}
	}
	const isInScope = scope.length === 0 || config.gates.scope?.off ? () => true : scopeMatcher(scope);
	const outside = paths.filter((path) => !isInScope(path));
	if (outside.length > 0) soft.push({
		kind: "OUT_OF_SCOPE",
		files: outside.map(show),
		scope
	});
	const named = changes.map(({ path, ...change }) => ({
		...change,
		path: path.toString("utf8")
	}));
	return {
		files,
		problems: [...secrets, ...soft],
		attention: [...attentionOf(named, config).map(show), ...weakened.map(({ file, remark }) => sayRemark(file, remark))].sort(),
		suspicious: read.suspicious.map(({ file, remark }) => sayRemark(file, remark)),
		remarks: {
			attention: remarksOf(weakened),
			suspicious: remarksOf(read.suspicious)
		},
		keep: secrets.length > 0 ? "must not leave here" : "may be kept"
	};
}
/** Faults of an entry's mode and name, without regard to its content. */
function entryProblems({ path, status, modes }, shown, namesSecret) {
	if (modes[0] === SUBMODULE) return [{
		kind: "FILE_MODE",
		file: shown,
		mode: SUBMODULE
	}];
	if (status === "D") return [];
	const fault = status === "A" ? pathFault(path) : void 0;
	if (fault !== void 0) return [{
		kind: "BAD_PATH",
		file: shown,
		why: fault
	}];
	if (status === "A" && namesSecret(path.toString("utf8"))) return [{
		kind: "SECRET_IN_PATCH",
		file: shown,
		rule: "in the file name"
	}];
	return ORDINARY.has(modes[1]) ? [] : [{
		kind: "FILE_MODE",
		file: shown,
		mode: modes[1]
	}];
}
const limit = (what, found, max) => ({
	kind: "PATCH_LIMIT",
	what,
	found,
	limit: max
});
/** `:100644 100644 <was> <blob> M\0path\0 …` */
function parseChanges(raw) {
	const changes = [];
	for (let at = 0; at < raw.length;) {
		const headEnd = raw.indexOf(0, at);
		const pathEnd = raw.indexOf(0, headEnd + 1);
		const [before = "", mode = "", was = "", blob = "", status = ""] = raw.toString("latin1", at + 1, headEnd).split(" ");
		if (headEnd < 0 || pathEnd < 0 || !/^[AMDT]$/.test(status)) throw new Error("unexpected output of git diff-tree");
		const path = raw.subarray(headEnd + 1, pathEnd);
		changes.push({
			modes: [before, mode],
			was,
			blob,
			status,
			path
		});
		at = pathEnd + 1;
	}
	return changes;
}
/** What `git ls-tree -z` prints: mode, kind and digest, a tab, the path. */
const parseTree = (raw) => split(raw).flatMap((line) => {
	const [, mode = "", oid = "", path = ""] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
	return path === "" ? [] : [{
		path,
		oid: `${mode} ${oid}`
	}];
});
/** The places in a tree that the links among its agents' files lead to. */
async function linkedPlaces(store, tree, { instructions }) {
	const from = Object.keys(agentFilesAmong(tree, instructions));
	const contents = /* @__PURE__ */ new Map();
	let followed = followLinks(tree, from, contents);
	while (followed.unread.length > 0) {
		for (const path of followed.unread) {
			const oid = tree.find((each) => each.path === path)?.oid.split(" ")[1] ?? "";
			contents.set(path, await store.text([
				"cat-file",
				"blob",
				oid
			]));
		}
		followed = followLinks(tree, from, contents);
	}
	return followed.places;
}
const split = (raw) => raw.toString("utf8").split("\0").filter((each) => each !== "");
/** Bytes by blob, old and new. */
async function sizesOf(store, changes) {
	const ids = changes.flatMap(({ was, blob, status }) => [...status === "D" ? [] : [blob], ...status === "M" || status === "D" ? [was] : []]);
	if (ids.length === 0) return /* @__PURE__ */ new Map();
	const input = `${[...new Set(ids)].join("\n")}\n`;
	const listed = await store.text(["cat-file", "--batch-check=%(objectname) %(objectsize)"], { input });
	return new Map(listed.split("\n").map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])]));
}
function countLimitProblems(before, changes) {
	const deleted = changes.filter(({ status }) => status === "D").length;
	if (changes.length > LIMITS$1.files) return [limit("changed files", changes.length, LIMITS$1.files)];
	if (deleted > LIMITS$1.deletions) return [limit("deleted files", deleted, LIMITS$1.deletions)];
	return deleted < 2 || deleted < before ? [] : [limit("all files", deleted, before - 1)];
}
/** Larger files are not even read. */
function byteLimitProblem(made, sizes) {
	const bytes = made.map(({ blob }) => sizes.get(blob) ?? 0);
	const biggest = Math.max(0, ...bytes);
	if (biggest > LIMITS$1.blobBytes) return limit("bytes in one file", biggest, LIMITS$1.blobBytes);
	const all = bytes.reduce((sum, each) => sum + each, 0);
	return all > LIMITS$1.readBytes ? limit("bytes in all changed files", all, LIMITS$1.readBytes) : void 0;
}
/** Git calls a blob binary if these first bytes contain a zero. */
const BINARY_CHECK_BYTES = 8e3;
const OLD_BLOB_BYTES = 8 * LIMITS$1.blobBytes;
const LFS$1 = "version https://git-lfs.github.com/spec/";
const remarksOf = (doubted) => doubted.flatMap(({ file, remark: { line, why } }) => line === void 0 ? [] : [{
	file,
	line,
	message: `This ${why}.`
}]);
async function readChanges(store, changes, sizes, { config, known, show }) {
	const blobs = await readBlobs(store, [...sizes].filter(([, size]) => size <= OLD_BLOB_BYTES).map(([id]) => id));
	const secrets = [];
	const problems = [];
	const texts = [];
	const suspicious = [];
	let lines = 0;
	for (const { path, blob, was, status } of changes) {
		const file = show(path);
		const old = status === "A" ? "" : blobs.get(was)?.toString("utf8") ?? "";
		if (status === "D") {
			texts.push({
				path: path.toString("utf8"),
				before: old,
				now: void 0,
				added: /* @__PURE__ */ new Set()
			});
			continue;
		}
		const bytes = blobs.get(blob) ?? Buffer.alloc(0);
		const isBinary = bytes.subarray(0, BINARY_CHECK_BYTES).includes(0);
		if (isBinary) problems.push({
			kind: "BINARY_FILE",
			file
		});
		const content = bytes.toString(isBinary ? "latin1" : "utf8");
		const before = status === "M" ? old : "";
		const added = addedLines(content, before);
		const scan = {
			file: path.toString("utf8"),
			content,
			added: (line) => added.has(line)
		};
		for (const found of await findSecrets({
			...scan,
			allowed: config.allowedSecrets,
			known
		})) secrets.push({
			kind: "SECRET_IN_PATCH",
			...found,
			file
		});
		if (isBinary) continue;
		lines += added.size;
		if (content.startsWith(LFS$1)) problems.push({
			kind: "LFS_POINTER",
			file
		});
		const change = {
			path: path.toString("utf8"),
			before,
			now: content,
			added
		};
		texts.push(change);
		suspicious.push(...suspiciousIn(change).map((remark) => ({
			file,
			remark
		})));
	}
	if (lines > LIMITS$1.addedLines) problems.push(limit("added lines", lines, LIMITS$1.addedLines));
	return {
		secrets,
		problems,
		texts,
		suspicious
	};
}
/** Tests are read up to these limits, to find their values in the code. */
const TEST_FILE_BYTES = 262144;
const TEST_BYTES = 8388608;
async function weakeningsOf(store, tree, texts, before, show) {
	const made = texts.flatMap(({ now, ...change }) => now === void 0 ? [] : [{
		...change,
		now
	}]);
	const specials = specialCasesIn(made);
	const tests = specials.length === 0 ? [] : [...await testsOf(store, tree), ...testsInside(made)];
	return [...weakenedIn(texts, before), ...answersIn(specials, tests)].map(({ path, remark }) => ({
		file: show(path),
		remark
	}));
}
/** The texts of a tree's test files. */
async function testsOf(store, tree) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-l",
		"-z",
		"--full-tree",
		tree
	]);
	const ids = /* @__PURE__ */ new Set();
	let left = TEST_BYTES;
	for (const line of listed.toString("utf8").split("\0")) {
		const [, id = "", size = "", path = ""] = /^100\d+ blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
		if (id === "" || Number(size) > Math.min(left, TEST_FILE_BYTES) || !isTestFile(path)) continue;
		left -= Number(size);
		ids.add(id);
	}
	return [...(await readBlobs(store, [...ids])).values()].map((bytes) => bytes.toString("utf8"));
}
/** Lines (1-based) of the new text that the old one does not have, or has less often. Their order does not matter. */
function addedLines(now, before) {
	const old = /* @__PURE__ */ new Map();
	for (const line of before.split("\n")) old.set(line, (old.get(line) ?? 0) + 1);
	const added = /* @__PURE__ */ new Set();
	for (const [index, line] of now.split("\n").entries()) {
		const left = old.get(line) ?? 0;
		if (left > 0) old.set(line, left - 1);
		else added.add(index + 1);
	}
	return added;
}
/** Contents by id. */
async function readBlobs(store, ids) {
	const blobs = /* @__PURE__ */ new Map();
	if (ids.length === 0) return blobs;
	const raw = await store.run(["cat-file", "--batch"], { input: `${ids.join("\n")}\n` });
	for (let at = 0; at < raw.length;) {
		const end = raw.indexOf(10, at);
		const [id = "", kind, size] = raw.toString("latin1", at, end).split(" ");
		if (kind !== "blob") throw new Error(`git cat-file answered ${kind} for ${id}`);
		blobs.set(id, raw.subarray(end + 1, end + 1 + Number(size)));
		at = end + 1 + Number(size) + 1;
	}
	return blobs;
}

// src/git/work-tree.ts
/**
* The files that agents and gates work on.
*
* The directory has its own `.git`, because agents and tools expect a repository there. Swarm ignores the changes they
* make to it (commits, branches, config, hooks): it takes the tree from the files alone, into an index in its own store.
*/
/** Made by package managers, and never part of a change even if the repository does not ignore them. */
const NEVER_TAKEN = [...[
	"node_modules/",
	".venv/",
	"__pycache__/",
	"*.egg-info/",
	"vendor/bundle/",
	".bundle/"
], ...[
	"fixtures",
	"__fixtures__",
	"testdata"
].flatMap((name) => [
	"node_modules",
	"*.egg-info",
	".venv"
].map((made) => `!**/${name}/**/${made}/`))];
const excludeFile = (store) => join(store.directory, "info", "exclude");
/** Keeps what was left out before: several trees of a store share the file. */
async function ensureExcluded(store) {
	const wanted = `${NEVER_TAKEN.join("\n")}\n`;
	if (!(await readFile(excludeFile(store), "utf8").catch(noFile)).startsWith(wanted)) await writeFile(excludeFile(store), wanted);
}
function noFile(error) {
	if (error.code === "ENOENT") return "";
	throw error;
}
var WorkTree = class WorkTree {
	directory;
	#store;
	#index;
	/** Blobs of files that are not taken as long as nobody edits them, by path. */
	#leftOut = /* @__PURE__ */ new Map();
	constructor(store, directory) {
		this.#store = store;
		this.directory = directory;
		this.#index = `${directory}.index`;
	}
	/** Checks out a commit of the store into a new directory. */
	static async make(store, directory, commit) {
		const tree = new WorkTree(store, directory);
		const git = join(directory, ".git");
		const options = {
			environment: { GIT_DIR: git },
			tree: directory
		};
		await mkdir(directory, { recursive: true });
		await store.run([
			"init",
			"--quiet",
			"--initial-branch=main",
			directory
		], { environment: { GIT_DIR: git } });
		await writeFile(join(git, "objects", "info", "alternates"), `${join(store.directory, "objects")}\n`);
		await writeFile(join(git, "shallow"), await shallowOf(store));
		await appendFile(join(git, "config"), "[user]\n	name = swarm agent\n	email = agent@swarm.invalid\n");
		await store.run([
			"checkout",
			"--quiet",
			"--detach",
			commit
		], options);
		await copyFile(join(git, "index"), tree.#index);
		await mkdir(join(store.directory, "info"), { recursive: true });
		await ensureExcluded(store);
		return tree;
	}
	/** Takes the files as they are now, without ignored ones. */
	async take() {
		const options = {
			tree: this.directory,
			index: this.#index
		};
		try {
			await this.#store.run([
				"add",
				"--all",
				"--",
				"."
			], options);
			await this.#addEdited();
			const tree = await this.#store.text(["write-tree"], options);
			const nested = await this.#nested(tree);
			if (nested.length > 0) return {
				kind: "broken",
				problem: {
					kind: "WORKTREE_BROKEN",
					message: `${nested.join(", ")} is a separate repository (it has its own .git), so its files cannot be published`
				}
			};
			return await hasGit(this.directory) ? {
				kind: "tree",
				tree
			} : {
				kind: "tree",
				tree,
				broken: {
					kind: "WORKTREE_BROKEN",
					message: ".git is missing"
				}
			};
		} catch (error) {
			const message = brokenMessage(error);
			if (message === void 0) throw error;
			return {
				kind: "broken",
				problem: {
					kind: "WORKTREE_BROKEN",
					message
				}
			};
		}
	}
	/** True if a file changed since the last `take` or `put`. A quick check. */
	async isTouched() {
		const options = {
			tree: this.directory,
			index: this.#index
		};
		try {
			return (await this.#store.run([
				"ls-files",
				"-z",
				"--modified",
				"--deleted",
				"--others",
				"--exclude-standard"
			], options)).length > 0;
		} catch (error) {
			if (brokenMessage(error) === void 0) throw error;
			return true;
		}
	}
	/** Replaces the files with those of a tree. Ignored files stay. */
	async put(tree) {
		const options = {
			tree: this.directory,
			index: this.#index
		};
		await this.#store.run([
			"add",
			"--all",
			"--",
			"."
		], options);
		await this.#store.run([
			"read-tree",
			"--reset",
			"-u",
			tree
		], options);
	}
	/** Names of the files that differ between two trees. */
	async changes(before, after) {
		const { changed, made } = await this.differences(before, after);
		return [...changed, ...made].sort();
	}
	async differences(before, after) {
		const named = async (filter) => {
			return (await this.#differing(before, after, filter)).map(showPath);
		};
		if (before === after) return {
			changed: [],
			made: []
		};
		return {
			changed: await named("a"),
			made: await named("A")
		};
	}
	/** Leaves the files that a later tree adds where they are. They are taken only after somebody edits them. */
	async leaveOut(before, after) {
		const added = new Set((await this.#differing(before, after, "A")).filter((path) => !path.includes("\n")));
		const listed = await this.#store.run([
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			after
		]);
		for (const line of listed.toString("utf8").split("\0")) {
			const [, id = "", path = ""] = /^\d+ \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
			if (added.has(path)) this.#leftOut.set(path, id);
		}
		const lines = [...added].map((path) => `/${path.replaceAll(/[\\*?[\]!# ]/g, "\\$&")}`);
		await appendFile(excludeFile(this.#store), `${lines.join("\n")}\n`);
		const options = {
			tree: this.directory,
			index: this.#index
		};
		await this.#store.run(["read-tree", before], options);
		await this.#store.answer([
			"update-index",
			"-q",
			"--refresh"
		], {
			...options,
			allow: [0, 1]
		});
	}
	/** An installation may make the very file that an agent is asked for, such as a lock file. */
	async #addEdited() {
		const there = [];
		for (const path of this.#leftOut.keys()) if ((await lstat(join(this.directory, path)).catch(() => void 0))?.isFile()) there.push(path);
		if (there.length === 0) return;
		const options = {
			tree: this.directory,
			index: this.#index
		};
		const edited = (await this.#store.text(["hash-object", "--stdin-paths"], {
			...options,
			input: `${there.join("\n")}\n`
		})).split("\n").flatMap((id, at) => {
			const path = there[at] ?? "";
			return id === this.#leftOut.get(path) ? [] : [path];
		});
		for (const path of edited) this.#leftOut.delete(path);
		const pathspecs = edited.map((path) => `:(top,literal)${path}`);
		if (edited.length > 0) await this.#store.run([
			"add",
			"--force",
			"--",
			...pathspecs
		], options);
	}
	/** @param filter letters of `--diff-filter`. */
	async #differing(before, after, filter) {
		const how = [
			"-r",
			"-z",
			"--name-only",
			"--no-renames",
			`--diff-filter=${filter}`
		];
		return (await this.#store.run([
			"diff-tree",
			...how,
			before,
			after
		])).toString("utf8").split("\0").filter(Boolean);
	}
	/** Paths outside of the directory that git needs in it. */
	get borrows() {
		return [join(this.#store.directory, "objects")];
	}
	async remove() {
		await rm(this.directory, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
		await rm(this.#index, { force: true });
	}
	/** Nested repositories, which git would record as links to unknown commits. Submodules of the base do not count. */
	async #nested(tree) {
		const { output, exit } = await this.#store.answer([
			"ls-files",
			"--stage",
			"-z",
			"--",
			":(top)"
		], {
			tree: this.directory,
			index: this.#index,
			allow: [0, 1]
		});
		if (exit !== 0) throw new Error(`git ls-files failed for ${tree}`);
		const links = output.toString("utf8").split("\0").filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
		const found = [];
		for (const link of links) if (await exists(join(this.directory, link, ".git"))) found.push(showPath(link));
		return found;
	}
};
const exists = async (path) => lstat(path).then(() => true, () => false);
async function hasGit(directory) {
	return (await lstat(join(directory, ".git")).catch(() => void 0))?.isDirectory() === true && await exists(join(directory, ".git", "HEAD"));
}
function brokenMessage(error) {
	if (error instanceof GitFailed) {
		const line = error.stderr.split("\n").find((each) => /^(?:fatal|error):/.test(each)) ?? error.message;
		return showPath(line.replace(/^(?:fatal|error): */, ""));
	}
	const { code, syscall } = error;
	return code === "ENOENT" && syscall?.startsWith("spawn") ? "the working directory is missing" : void 0;
}
async function shallowOf(store) {
	try {
		return await readFile(join(store.directory, "shallow"), "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return "";
		throw error;
	}
}

// src/sandbox/registries.ts
/**
* Package registries: those that everybody knows, by ecosystem, and those that settings name.
*
* An ecosystem counts if the working tree holds one of its files. That opens nothing that an author of a package of that
* ecosystem could not use anyway. Settings are another matter: they can name any host, so they are read before an agent works.
*/
/** Some registries only list packages, and the files come from GitHub. */
const GITHUB_FILES = [
	"github.com",
	"api.github.com",
	"codeload.github.com",
	"*.githubusercontent.com"
];
const ECOSYSTEMS = [
	{
		name: "npm",
		files: /^(?:package\.json|deno\.jsonc?|bunfig\.toml)$/,
		hosts: [
			"*.npmjs.org",
			"*.yarnpkg.com",
			"nodejs.org",
			"*.jsr.io",
			"jsr.io",
			"deno.land"
		]
	},
	{
		name: "Python",
		files: /^(?:pyproject\.toml|setup\.(?:py|cfg)|(?:dev-|test-)?requirements.*\.(?:txt|in)|pipfile|tox\.ini|uv\.lock)$/,
		hosts: ["pypi.org", "*.pythonhosted.org"]
	},
	{
		name: "Conda",
		files: /^(?:environment\.ya?ml|pixi\.toml)$/,
		hosts: ["*.anaconda.org", "*.anaconda.com"]
	},
	{
		name: "Go",
		files: /^go\.(?:mod|work)$/,
		hosts: ["*.golang.org", "vuln.go.dev"]
	},
	{
		name: "Rust",
		files: /^cargo\.toml$/,
		hosts: [
			"crates.io",
			"*.crates.io",
			"*.rust-lang.org",
			"github.com"
		]
	},
	{
		name: "Maven",
		files: /^pom\.xml$/,
		hosts: ["*.maven.org", "*.maven.apache.org"]
	},
	{
		name: "Gradle",
		files: /^(?:settings|build)\.gradle(?:\.kts)?$/,
		hosts: [...[
			"*.maven.org",
			"*.maven.apache.org",
			"*.gradle.org",
			"*.gradle-enterprise.cloud"
		], ...[
			"github.com",
			"*.githubusercontent.com",
			"dl.google.com",
			"maven.google.com"
		]]
	},
	{
		name: "Scala",
		files: /^build\.sbt$/,
		hosts: [
			"*.maven.org",
			"*.maven.apache.org",
			"*.scala-sbt.org"
		]
	},
	{
		name: ".NET",
		files: /^(?:.*\.(?:csproj|fsproj|vbproj|slnx?)|directory\.packages\.props|nuget\.config)$/,
		hosts: ["nuget.org", "*.nuget.org"]
	},
	{
		name: "Ruby",
		files: /^(?:gemfile|gems\.rb|.*\.gemspec)$/,
		hosts: ["rubygems.org", "*.rubygems.org"]
	},
	{
		name: "PHP",
		files: /^composer\.json$/,
		hosts: [
			"packagist.org",
			"*.packagist.org",
			"getcomposer.org",
			...GITHUB_FILES
		]
	},
	{
		name: "Elixir",
		files: /^(?:mix\.exs|rebar\.config)$/,
		hosts: ["hex.pm", "*.hex.pm"]
	},
	{
		name: "Dart",
		files: /^pubspec\.yaml$/,
		hosts: ["pub.dev", "*.pub.dev"]
	},
	{
		name: "Haskell",
		files: /^(?:.*\.cabal|stack\.yaml)$/,
		hosts: ["*.haskell.org", "*.stackage.org"]
	},
	{
		name: "Swift",
		files: /^package\.swift$/,
		hosts: GITHUB_FILES
	}
];
const placesOf = ({ hosts }) => hosts.flatMap((host) => readPlace(host) ?? []);
/** How long a tree without an ecosystem counts as one: a program may ask for many hosts at once. */
const LOOK_AGAIN_MS = 2e3;
/** @returns a function that answers whether a host is a registry of an ecosystem that the tree uses now. */
function registriesFor(tree) {
	const found = /* @__PURE__ */ new Set();
	let lookedAt = Number.NEGATIVE_INFINITY;
	let look = Promise.resolve();
	return async (host) => {
		const wanted = ECOSYSTEMS.filter((each) => placesOf(each).some((place) => standsFor(place, host)));
		if (wanted.length === 0) return false;
		if (wanted.some((each) => found.has(each))) return true;
		if (performance.now() - lookedAt > LOOK_AGAIN_MS) {
			lookedAt = performance.now();
			look = ecosystemsIn(tree).then((now) => {
				for (const each of now) found.add(each);
			});
		}
		await look;
		return wanted.some((each) => found.has(each));
	};
}
/** Directories that hold other people's packages, or none of a repository's own files. */
const SKIPPED = /* @__PURE__ */ new Set([...[
	".git",
	"node_modules",
	".venv",
	"venv",
	"vendor",
	"target",
	"dist",
	"__pycache__"
]]);
const DEPTH = 5;
/** A tree can hold a million directories, and an agent can make them. */
const MOST_DIRECTORIES = 5e3;
/** Goes down level by level: most manifests are near the root. */
async function ecosystemsIn(tree) {
	const found = /* @__PURE__ */ new Set();
	let level = [tree];
	let left = MOST_DIRECTORIES;
	for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
		const next = [];
		for (const folder of level.slice(0, left)) for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
			if (entry.isDirectory() && !SKIPPED.has(entry.name)) next.push(join(folder, entry.name));
			if (!entry.isFile()) continue;
			const name = entry.name.toLowerCase();
			for (const each of ECOSYSTEMS) if (each.files.test(name)) found.add(each);
		}
		left -= level.length;
		if (left <= 0) break;
		level = next;
	}
	return [...found];
}
/** In a repository, where package managers read the addresses of registries: the parts of these files that name one. */
const SETTINGS = [
	{
		file: /^\.npmrc$/,
		part: /^\s*(?:@[^:=\s]+:)?registry\s*=.*$/gim
	},
	{
		file: /^\.yarnrc(?:\.yml)?$/,
		part: /^\s*(?:npmRegistryServer|npmAuditRegistry|"?(?:@[^:=\s]+:)?registry"?)\b.*$/gim
	},
	{
		file: /^bunfig\.toml$/,
		part: /^.*(?:registry|url).*$/gim
	},
	{
		file: /^(?:\.?pip\.(?:conf|ini)|.*requirements.*\.(?:txt|in))$/,
		part: /(?:index-url|find-links|--index-url|-i)[\s=:].*$/gim
	},
	{
		file: /^(?:pyproject|uv|poetry|pixi)\.toml$/,
		part: /^\s*(?:index-url|extra-index-url|url|find-links)\s*=.*$/gim
	},
	{
		file: /^pipfile$/,
		part: /^\s*url\s*=.*$/gim
	},
	{
		file: /^\.cargo\/config(?:\.toml)?$/,
		part: /^\s*(?:index|registry|replace-with)\s*=.*$/gim
	},
	{
		file: /^nuget\.config$/,
		part: /<add\b[^>]*>/gi
	},
	{
		file: /^(?:gemfile|gems\.rb|\.bundle\/config)$/,
		part: /^.*\b(?:source\b|mirror).*$/gim
	},
	{
		file: /^composer\.json$/,
		part: /"url"\s*:\s*"[^"]*"/gi
	},
	{
		file: /^pom\.xml$|^\.mvn\/settings\.xml$/,
		part: /<(?:repository|pluginRepository|mirror)>[\s\S]*?<\/(?:repository|pluginRepository|mirror)>/g
	},
	{
		file: /^(?:settings|build)\.gradle(?:\.kts)?$/,
		part: /\b(?:url|setUrl|uri)\b.*$/gim
	},
	{
		file: /^gradle-wrapper\.properties$|^maven-wrapper\.properties$/,
		part: /^\s*(?:distributionUrl|wrapperUrl)\s*=.*$/gim
	},
	{
		file: /^mix\.exs$/,
		part: /\b(?:repo|url):.*$/gim
	}
];
const SETTINGS_BYTES = 262144;
/** True if a file of a repository may name registries. */
const namesRegistries = (path) => SETTINGS.some(({ file }) => file.test(nameOf$1(path)));
/** The hosts that such a file names. */
function registriesIn(path, text) {
	const parts = SETTINGS.filter(({ file }) => file.test(nameOf$1(path)));
	const read = text.slice(0, SETTINGS_BYTES);
	return placesNamedIn(parts.flatMap(({ part }) => read.match(part) ?? []).join("\n").replaceAll("\\:", ":"));
}
/** Settings of the machine itself, which every program on it reads. */
const OF_MACHINE = [
	"/etc/pip.conf",
	"/etc/npmrc",
	"/usr/etc/npmrc",
	"/etc/gemrc"
];
async function registriesOfMachine() {
	return (await Promise.all(OF_MACHINE.map((file) => readFile(file, "utf8").catch(notThere)))).flatMap((text) => placesNamedIn(text));
}
function notThere(error) {
	if ([
		"ENOENT",
		"ENOTDIR",
		"EACCES"
	].includes(error.code ?? "")) return "";
	throw error;
}
/** The last part of a path, and of a file in a hidden directory that one, too. */
function nameOf$1(path) {
	const parts = path.toLowerCase().split("/");
	return parts.slice(parts.at(-2)?.startsWith(".") ? -2 : -1).join("/");
}

// src/gates/definition.ts
async function readDefinition(store, { commit, before = commit }, choices) {
	const base = await readListing(store, commit);
	return {
		...findGates(base, choices),
		registries: [...base.files].filter(namesRegistries).flatMap((path) => registriesIn(path, base.text(path) ?? "")),
		async heldTo(tree, changed) {
			return findGates(base, choices, {
				changed,
				after: await readListing(store, tree)
			});
		},
		async checkOutBefore(directory) {
			await WorkTree.make(store, directory, before);
		},
		changedLines: (tree, isWanted) => readChangedLines(store, commit, tree, isWanted),
		async checkOutChange(directory, tree, part) {
			const first = await commitPart(store, `${commit}^{tree}`, part, []);
			await WorkTree.make(store, directory, await commitPart(store, tree, part, ["-p", first]));
			return first;
		}
	};
}
/**
* Line breaks to some languages, but not to git. They shift the numbers of all lines after them, so a file with one counts
* as changed throughout: a change must not hide its lines behind others.
*/
const ODD_BREAK = /\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]/;
const ANY_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
async function readChangedLines(store, commit, tree, isWanted) {
	const before = `${commit}^{tree}`;
	const fields = (await store.run([
		"diff-tree",
		"-r",
		"-z",
		"--raw",
		"--no-abbrev",
		...["--no-renames", "--diff-filter=AM"],
		before,
		tree
	])).toString("utf8").split("\0");
	const blobs = /* @__PURE__ */ new Map();
	for (let at = 0; at + 1 < fields.length; at += 2) {
		const [, mode = "", , id = ""] = (fields[at] ?? "").slice(1).split(" ");
		const path = fields[at + 1] ?? "";
		if (mode.startsWith("100") && isWanted(path)) blobs.set(path, id);
	}
	const texts = await readBlobs(store, [...new Set(blobs.values())]);
	const found = /* @__PURE__ */ new Map();
	for (const [path, id] of blobs) {
		const diff = await store.run([
			"diff",
			...[
				"--unified=0",
				"--text",
				"--no-color",
				"--no-ext-diff",
				"--no-textconv",
				"--no-renames"
			],
			before,
			tree,
			"--",
			`:(literal)${path}`
		]);
		const changed = /* @__PURE__ */ new Set();
		for (const head of diff.toString("utf8").split("\n")) {
			const [, from, count = "1"] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(head) ?? [];
			for (let line = Number(from); line < Number(from) + Number(count); line++) changed.add(line);
		}
		if (changed.size === 0) continue;
		const text = texts.get(id)?.toString("utf8") ?? "";
		const isOdd = ODD_BREAK.test(text);
		const lines = text.split(isOdd ? ANY_BREAK : /\r?\n/);
		found.set(path, {
			changed: isOdd ? new Set(lines.map((_, index) => index + 1)) : changed,
			lines
		});
	}
	return found;
}
/** A commit of a directory of a tree, as if it were the whole; an empty one if the tree does not have it. */
async function commitPart(store, tree, part, parents) {
	const { output } = await store.answer([
		"rev-parse",
		"--verify",
		"--quiet",
		part === "" ? tree : `${tree}:${part}`
	], { allow: [0, 1] });
	const found = output.toString("utf8").trim() || await store.text(["mktree"], { input: "" });
	const who = {
		GIT_AUTHOR_NAME: "swarm",
		GIT_AUTHOR_EMAIL: "swarm@swarm.invalid"
	};
	const environment = {
		...who,
		GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME,
		GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL
	};
	return store.text([
		"commit-tree",
		found,
		...parents,
		"-m",
		"a part"
	], { environment });
}
const LFS = "version https://git-lfs.github.com/spec/";
/** A pointer has a version, a hash and a size, and nothing else. */
const isPointerSize = (size) => size >= 110 && size <= 200;
/** Names of all files of a commit or tree, and the texts of its manifests. Links count as files without a text. */
async function readListing(store, treeish) {
	const listed = await store.run([
		"ls-tree",
		"-r",
		"-l",
		"-z",
		"--full-tree",
		treeish
	]);
	const blobs = /* @__PURE__ */ new Map();
	const files = /* @__PURE__ */ new Set();
	const executable = /* @__PURE__ */ new Set();
	const submodules = [];
	const attributes = /* @__PURE__ */ new Map();
	const pointers = /* @__PURE__ */ new Map();
	for (const line of listed.toString("utf8").split("\0")) {
		const [, mode = "", id = "", size = "", path = ""] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
		if (path === "") continue;
		files.add(path);
		if (mode === "160000") submodules.push(path);
		if (mode === "100755") executable.add(path);
		if (!mode.startsWith("100")) continue;
		if (Number(size) <= 524288 && (isManifest(path) || namesRegistries(path))) blobs.set(path, id);
		if (nameOf$3(path) === ".gitattributes" && Number(size) <= 524288) attributes.set(path, id);
		if (isPointerSize(Number(size))) pointers.set(path, id);
	}
	const ids = [...blobs.values(), ...attributes.values()];
	const texts = await readBlobs(store, [...new Set(ids)]);
	const textOf = (id) => texts.get(id ?? "")?.toString("utf8");
	const small = [...attributes.values()].some((id) => /\bfilter=lfs\b/.test(textOf(id) ?? "")) ? await readBlobs(store, [...new Set(pointers.values())]) : /* @__PURE__ */ new Map();
	return {
		files,
		executable,
		submodules,
		large: [...pointers].flatMap(([path, id]) => small.get(id)?.toString("utf8").startsWith(LFS) ? [path] : []),
		text: (path) => textOf(blobs.get(path))
	};
}

// src/gates/meanings.ts
/**
* Puts the base's definitions of gates in place while gates run: scripts of manifests, and whole files such as Makefiles.
* A change that edits them is judged by what they were.
*/
/**
* @param directory of the tree.
* @returns a function that restores the change's own files; undefined if nothing had to be replaced.
*/
async function withMeanings(directory, { scripts, texts }, log) {
	const undo = [];
	const read = (name) => readFile(join(directory, name), "utf8").catch(() => void 0);
	const put = async (name, was, text) => {
		const file = join(directory, name);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
		undo.push(() => was === void 0 ? rm(file, { force: true }) : writeFile(file, was));
		log(`The change edits what gates run in ${name}. They run as the base defines them.`);
	};
	for (const [name, own] of Object.entries(scripts)) {
		const text = await read(name);
		const changed = text === void 0 ? void 0 : withScripts(name, text, own);
		if (changed !== void 0) await put(name, text, changed);
	}
	for (const [name, own] of Object.entries(texts)) {
		const text = await read(name);
		if (text !== own) await put(name, text, own);
	}
	if (undo.length === 0) return void 0;
	return async () => {
		for (const each of undo) await each();
	};
}
/** The manifest with the base's scripts, and its other parts unchanged; undefined if it has them already or is unreadable. */
function withScripts(name, text, own) {
	const isDeno = /^deno\.jsonc?$/.test(nameOf$3(name));
	const manifest = isDeno ? parseJsonc(text) : parseJson(text);
	if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest)) return void 0;
	const key = isDeno ? "tasks" : "scripts";
	const table = tableOf(manifest);
	const now = tableOf(table[key]);
	if (Object.entries(own).every(([each, script]) => JSON.stringify(now[each]) === JSON.stringify(script))) return void 0;
	const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? "  ";
	return `${JSON.stringify({
		...table,
		[key]: {
			...now,
			...own
		}
	}, null, indent)}\n`;
}
/** As strict as the tools that read it: what a change breaks has to stay broken. */
function parseJson(text) {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ""));
	} catch {
		return;
	}
}

// src/gates/output.ts
const LINE_CHARS$2 = 500;
const LINES = 2e4;
const HEADLINES$1 = 20;
/** The most findings of one kind: people do not read more, and each costs time. */
const HITS = 200;
const ANNOTATIONS = 50;
const MESSAGE_CHARS = 300;
/** @param output without terminal control sequences. */
function readOutput(output, place) {
	const all = output.split("\n");
	const hits = membersIn((all.length > LINES ? [...all.slice(0, LINES / 2), ...all.slice(-1e4)] : all).map((line) => line.slice(0, LINE_CHARS$2).trimEnd())).flatMap(({ lines, directory }) => hitsIn(new Lines(lines, directory === "" ? place : {
		...place,
		directory: under(place.directory, directory)
	})));
	const sorted = [...hits.some(({ level }) => level !== "warning") ? hits.filter(({ level }) => level !== "warning") : hits].sort((a, b) => RANK[a.level] - RANK[b.level]);
	return {
		headlines: headlinesOf(sorted),
		annotations: annotationsOf(sorted),
		failures: failuresOf(sorted, place.root)
	};
}
/** A thrown error is reported if no test says more: if a file could not be loaded, the runner does not know its tests. */
function hitsIn(text) {
	const hits = READERS$2.flatMap((read) => read(text));
	const telling = hits.filter(({ message }) => message !== "'test failed'");
	if (telling.some(({ level }) => level === "test")) return telling;
	const errors = thrown(text);
	if (errors.length > 0) return [...telling, ...errors];
	return hits.length > 0 ? hits : complaints(text);
}
/**
* `packages/cart test: …` of pnpm, `@shop/cart:test: …` of turbo: the package that a line of a parallel run is from. A number
* is a line of a file.
*/
const WHOSE = /^(?:(\w[\w.-]*(?:\/[\w.-]+)*) [\w:-]+|(@?[\w./-]+):(?!\d+:)[\w-]+): ?(.*)$/;
/** The lines of each member separately, or all of them together. */
function membersIn(lines) {
	const members = /* @__PURE__ */ new Map();
	const rest = [];
	for (const line of lines) {
		const [, directory, name, said = ""] = WHOSE.exec(line) ?? [];
		const whose = directory ?? (name === void 0 ? void 0 : `\0${name}`);
		if (whose === void 0) rest.push(line);
		else {
			const own = members.get(whose);
			if (own) own.push(said);
			else members.set(whose, [said]);
		}
	}
	const real = [...members].filter(([, own]) => own.length >= 3);
	if (real.length === 0) return [{
		directory: "",
		lines: [...lines]
	}];
	return [...real.map(([whose, own]) => ({
		directory: whose.startsWith("\0") ? "" : whose,
		lines: own
	})), {
		directory: "",
		lines: rest
	}];
}
const RANK = {
	test: 0,
	error: 1,
	warning: 2
};
const oneLine = (text) => text.replace(/\s+/g, " ").trim();
function headlinesOf(hits) {
	const lines = new Set(hits.map(({ title, message, file, line }) => {
		const where = file === void 0 ? "" : line === void 0 ? file : `${file}:${line}`;
		const what = [title, message].filter((each) => each !== "").map((each) => oneLine(each).slice(0, 400));
		return title !== "" ? `${what.join(": ")}${where === "" ? "" : ` (${where})`}` : [where, ...what].filter((each) => each !== "").join(": ");
	}));
	const shown = [...lines].slice(0, HEADLINES$1);
	return lines.size > shown.length ? [...shown, `… and ${lines.size - shown.length} more`] : shown;
}
function annotationsOf(hits) {
	const found = /* @__PURE__ */ new Map();
	for (const { title, message, file, line } of hits) {
		if (file === void 0 || line === void 0 || line < 1 || line > 1e6) continue;
		const said = oneLine([title, message].filter((each) => each !== "").join(": ")).slice(0, MESSAGE_CHARS);
		const key = `${file}\0${line}\0${said}`;
		if (!found.has(key) && said !== "") found.set(key, {
			file,
			line,
			message: said
		});
		if (found.size === 50) break;
	}
	return [...found.values()];
}
/** Places in a message, and times: they differ from run to run, though the failure is the same. */
const PLACE_IN_FILE = /(\.[A-Za-z]\w{0,7})(?::\d{1,6}){1,2}/g;
const TIME = /\b\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|sec|seconds)\b/g;
/** Runners may print one finding twice, with the same place. */
function failuresOf(hits, root) {
	const found = /* @__PURE__ */ new Map();
	for (const { title, message, file = "", line = 0 } of hits) {
		const said = oneLine([title, message].filter((each) => each !== "").join(": ")).replaceAll(`file://${root}/`, "").replaceAll(`${root}/`, "").replace(PLACE_IN_FILE, "$1").replace(TIME, "").slice(0, MESSAGE_CHARS);
		if (said !== "") found.set(`${file}\0${line}\0${said}`, file === "" ? said : `${file}: ${said}`);
	}
	return [...found.values()];
}
var Lines = class {
	lines;
	#place;
	#byName = /* @__PURE__ */ new Map();
	constructor(lines, place) {
		this.lines = lines;
		this.#place = place;
		for (const file of place.files) {
			const name = nameOf$3(file);
			const same = this.#byName.get(name);
			if (same) same.push(file);
			else this.#byName.set(name, [file]);
		}
	}
	/** Each line that matches the pattern, with its number. */
	each(pattern) {
		const found = [];
		for (const [at, line] of this.lines.entries()) {
			const match = pattern.exec(line);
			if (match) found.push({
				at,
				match
			});
			if (found.length === HITS) break;
		}
		return found;
	}
	/** Lines after `at`, up to one that matches the pattern, and at most `most`. */
	after(at, until, most = 40) {
		const rest = this.lines.slice(at + 1, at + 1 + most);
		const end = rest.findIndex((line) => until.test(line));
		return end < 0 ? rest : rest.slice(0, end);
	}
	/** Finds the repository's file for a path that a program printed. The path may also be only the end of the real one. */
	file(name) {
		if (name === void 0 || name === "") return void 0;
		const { root, directory, files } = this.#place;
		let path = name.replace(/^file:\/\//, "").replaceAll("\\", "/");
		if (path.startsWith("/")) {
			const at = path.indexOf(`${nameOf$3(root)}/`);
			if (path.startsWith(`${root}/`)) path = path.slice(root.length + 1);
			else if (at > 0) path = path.slice(at + nameOf$3(root).length + 1);
			else return void 0;
			return files.has(path) ? path : void 0;
		}
		for (const from of [directory, ""]) {
			const found = resolved(from, path);
			if (found !== void 0 && files.has(found)) return found;
		}
		const short = path.replace(/^(?:\.{1,2}\/)+/, "");
		const inside = (this.#byName.get(nameOf$3(short)) ?? []).filter((file) => (file === short || file.endsWith(`/${short}`)) && (directory === "" || file.startsWith(`${directory}/`)));
		return inside.length === 1 ? inside[0] : void 0;
	}
	/** The first `file:line` of the repository in these lines, for example in a stack trace. */
	placeIn(lines) {
		for (const line of lines) for (const match of line.matchAll(/(?:file:\/\/)?([^\s()[\]'"`<>:,]{1,200}\.[A-Za-z]{1,8})(?::|", line |:line )(\d{1,6})/g)) {
			const file = this.file(match[1]);
			if (file !== void 0) return {
				file,
				line: Number(match[2])
			};
		}
	}
};
const firstOf = (lines, most = 2) => lines.map((line) => line.trim()).filter((line) => line !== "").slice(0, most).join(" ");
/** `a.ts(3,7): error`, `a.py:3: error`, `./a.go:3:7: …`, `[ERROR] /x/A.java:[3,7] …`, `e: file:///x/A.kt:3:7 …` */
const LOCATED = /^\s*(?:\[(?:ERROR|error|WARNING)\]\s+|vet: |[ew]: )?((?:file:\/\/)?[^\s:()[\]'"<>|]{1,300}\.[A-Za-z]\w{0,9})(?:\((\d{1,6}),\d+\)|:\[(\d{1,6}),\d+\]|:(\d{1,6})(?::\d+)?)(?::| -|\s)\s*(\S.*)$/;
const located = (text) => text.each(LOCATED).flatMap(({ match }) => {
	const [, name, round, square, colon, rest = ""] = match;
	const file = text.file(name);
	if (file === void 0 || /^(?:note|info|help)\b/i.test(rest)) return [];
	if (/^(?:in \S+|\+0x[0-9a-f]+|[\w.]*(?:Error|Exception|Failed))$/.test(rest) || /━/.test(rest)) return [];
	return [{
		level: /^(?:warning|\[?warn\]?)\b/i.test(rest) || /^\[WARNING\]/.test(match[0].trim()) ? "warning" : "error",
		title: "",
		message: rest.replace(/^(?:fatal )?(?:error|warning)\b:?\s*/i, "").replace(/\s*\[[^\]]*\.\w+proj\]$/, ""),
		file,
		line: Number(round ?? square ?? colon)
	}];
});
/** A file's name, then its messages: eslint's format, which many tools follow, and those of stylelint and tsd. */
const stylish = (text) => {
	let file;
	return text.lines.flatMap((line) => {
		const [, row, level, message = "", rule] = /^\s+(\d{1,6}):\d+\s+(error|warning|[✖×⚠])\s+(\S.*?)(?:\s{2,}(\S+))?$/.exec(line) ?? /^\s+(?=[✖×⚠]\s+(\d{1,6}):)([✖×⚠])\s+\d+:\d+\s+(\S.*)$/.exec(line) ?? [];
		if (row === void 0) {
			const [, name] = /^\s{0,4}(\S+?)(?::\d+:\d+)?$/.exec(line) ?? [];
			if (name !== void 0) file = text.file(name) ?? (/^\S/.test(line) ? void 0 : file);
			else if (/^\S/.test(line)) file = text.file(line.trim());
			return [];
		}
		if (file === void 0) return [];
		const said = rule === void 0 ? message : `${message} (${rule})`;
		return [{
			level: level === "warning" || level === "⚠" ? "warning" : "error",
			title: "",
			message: said,
			file,
			line: Number(row)
		}];
	});
};
const biome = (text) => text.each(/^(\S+?)(?::(\d+):\d+)? ((?:lint|parse|format|assist|suppressions|organizeImports)\S*)\s.*━/).map(({ at, match }) => {
	const said = text.after(at, /━━/, 12).find((line) => /^\s*[×✖!i⚠]\s/.test(line)) ?? "";
	const level = /^\s*[!i⚠]\s/.test(said) ? "warning" : "error";
	const line = match[2] === void 0 ? void 0 : Number(match[2]);
	return {
		level,
		title: "",
		message: `${said.replace(/^\s*[×✖!i⚠]\s+/, "")} (${match[3]})`,
		file: text.file(match[1]),
		line
	};
});
/** A message, then an arrow to its file and line: rustc, clippy, ruff's full format. */
const arrows = (text) => text.each(/^\s*--> (\S+?):(\d+):\d+/).flatMap(({ at, match }) => {
	const file = text.file(match[1]);
	const head = [text.lines[at - 1], text.lines[at - 2]].find((line) => line !== void 0 && /^\S/.test(line)) ?? "";
	if (/^(?:note|help)\b/.test(head)) return [];
	return [{
		level: /^warning\b/.test(head) ? "warning" : "error",
		title: "",
		message: head.replace(/^(?:error|warning)(?:\[(\w+)\])?: /, (_, code) => code ? `${code} ` : ""),
		file,
		line: Number(match[2])
	}];
});
/** A message, then a frame with its file and line: oxlint, and rolldown in Vite. */
const framed = (text) => text.each(/^\s*(?:╭─|,-)\[ ?(\S+?):(\d+):\d+ ?\]/).map(({ at, match }) => {
	const head = (text.lines[at - 1] ?? "").trim();
	return {
		level: /^(?:⚠|!)\s/.test(head) ? "warning" : "error",
		title: "",
		message: head.replace(/^[×✖x⚠!]\s+/, ""),
		file: text.file(match[1]),
		line: Number(match[2])
	};
});
/** `✘ [ERROR] Could not resolve "./b"` of esbuild, with the place below it. */
const esbuild = (text) => text.each(/^(?:[✘X]|▲) \[(ERROR|WARNING)\] (\S.*)$/).map(({ at, match }) => {
	const found = text.placeIn(text.after(at, /^(?:[✘X]|▲) \[/, 10));
	return {
		level: match[1] === "WARNING" ? "warning" : "error",
		title: "",
		message: match[2] ?? "",
		...found
	};
});
/** Vite says what failed after this line, and names the file in it or on a line of its own. */
const vite = (text) => text.each(/^error during build:$/).flatMap(({ at }) => {
	const block = text.after(at, /^\s+at /, 20);
	if (block.some((line) => /^\s*(?:╭─|,-)\[/.test(line))) return [];
	const [said = "", ...more] = block.filter((line) => line.trim() !== "");
	const [, name, row, message] = /^(\S+) \((\d+):\d+\): (.*)$/.exec(said) ?? [];
	const found = (row === void 0 ? void 0 : {
		file: text.file(name),
		line: Number(row)
	}) ?? text.placeIn(more.filter((line) => /^\s*file: /.test(line)).map((line) => line.slice(5)));
	return [{
		level: "error",
		title: "",
		message: message ?? said,
		...found
	}];
});
/** Too little of the code is tested: Jest, Vitest and c8, Node, pytest-cov. */
const coverage = (text) => text.each(/^\s*(?:Jest: (.*(?:threshold for .* not met|does not meet .* threshold).*)|(?:ERROR|Error|ℹ Error): (.* does not meet .*threshold.*)|(?:FAIL|ERROR:?) (.*[Rr]equired test coverage of .*))$/).map(({ match }) => ({
	level: "error",
	title: "",
	message: match[1] ?? match[2] ?? match[3] ?? ""
}));
/** Formatters that only name the file. */
const unformatted = (text) => [...text.each(/^(?:[Ww]ould reformat:? |\[warn\] )(\S+)$/).flatMap(({ match }) => {
	const file = text.file(match[1]);
	return file === void 0 ? [] : [{
		level: "error",
		title: "",
		message: "it is not formatted",
		file
	}];
}), ...text.each(/^Diff in (\S+?)(?::(\d+):| at line (\d+):)/).map(({ match }) => {
	const line = Number(match[2] ?? match[3]);
	return {
		level: "error",
		title: "",
		message: "it is not formatted",
		file: text.file(match[1]),
		line
	};
})];
const thrown = (text) => text.each(/^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: .+)$/).map(({ at, match }) => {
	const stack = [...text.after(at, /^$/, 20), ...text.lines.slice(Math.max(0, at - 5), at)];
	return {
		level: "error",
		title: "",
		message: match[1] ?? "",
		...text.placeIn(stack)
	};
});
/** The last resort: lines that say `error`. */
const complaints = (text) => text.each(/^\s*(?:\[ERROR\]|(?:npm )?(?:error|ERR!)|fatal|ERROR|cause)[: ]\s*(\S.*)$/).slice(0, 5).map(({ match }) => ({
	level: "error",
	title: "",
	message: match[1] ?? ""
}));
const vitest = (text) => text.each(/^\s*FAIL\s+(?:\|\S+\|\s+)?(\S+\.\S+)(?: > (.*)| \[.*\])?$/).map(({ at, match }) => {
	const block = text.after(at, /^\s*(?:FAIL\s|⎯{3,}\[)/);
	const end = block.findIndex((line) => /^\s*(?:❯|⎯)/.test(line));
	const said = end < 0 ? block : block.slice(0, end);
	const found = text.placeIn(block.filter((line) => /^\s*❯/.test(line)));
	const file = text.file(match[1]);
	return {
		level: "test",
		title: match[2] ?? match[1] ?? "",
		message: firstOf(said, 1),
		file,
		...found
	};
});
const jest = (text) => text.each(/^\s{0,2}● (?!Console)(\S.*)$/).map(({ at, match }) => {
	const block = text.after(at, /^\s{0,2}● /, 80);
	const said = block.filter((line) => !/^\s+(?:at |\d+ \||> \d+ \||\|)/.test(line));
	return {
		level: "test",
		title: match[1] ?? "",
		message: firstOf(said, 3),
		...text.placeIn(block)
	};
});
const nodeTest = (text) => [...text.each(/^\s*test at (\S+?):(\d+):\d+$/).map(({ at, match }) => {
	const name = (text.lines[at + 1] ?? "").replace(/^\s*✖ /, "").replace(/ \([\d.]+ms\)$/, "");
	const said = text.after(at + 1, /^\s*(?:test at |$)/);
	return {
		level: "test",
		title: name.trim(),
		message: firstOf(said),
		file: text.file(match[1]),
		line: Number(match[2])
	};
}), ...text.each(/^\s*not ok \d+ (- )?(\S.*)$/).flatMap(({ at, match }) => {
	const block = text.after(at, /^\s*\.\.\.$/, 30);
	const of = (key) => new RegExp(`^\\s*${key}: +(?:[|>]-|'?(.*?)'?)$`).exec(block.find((line) => line.trim().startsWith(`${key}:`)) ?? "")?.[1];
	if (/# (?:todo|skip)\b/i.test(match[2] ?? "") || block.some((line) => /failureType: 'subtestsFailed'/.test(line))) return [];
	const isTape = match[1] === void 0;
	const test = isTape ? nameAbove(text, at) : void 0;
	const values = of("expected") === void 0 ? void 0 : `expected ${of("expected")}, but got ${of("actual")}`;
	const message = of("error") ?? (isTape ? values : void 0) ?? "";
	return [{
		level: "test",
		title: [test, match[2]].filter(Boolean).join(": "),
		message,
		...text.placeIn(block)
	}];
})];
/** The nearest comment of TAP above a line: the name of its test. */
function nameAbove(text, at) {
	return text.lines.slice(Math.max(0, at - 200), at).findLast((line) => /^# \S/.test(line))?.slice(2);
}
/** bun says what failed before it names the test. */
const bunTest = (text) => text.each(/^\s*(?:\(fail\) (\S.*?)(?: \[[\d.]+m?s\])?|✗ (\S.*) \[[\d.]+m?s\])$/).map(({ at, match }) => {
	const above = text.lines.slice(Math.max(0, at - 60), at);
	const before = above.findLastIndex((line) => /^\s*(?:\((?:fail|pass|skip|todo)\)|[✗✓]) /.test(line));
	const block = above.slice(before + 1);
	const stack = block.filter((line) => /^\s+at /.test(line));
	const error = block.findIndex((line) => /^\s*\w*[Ee]rror: /.test(line));
	const said = block.slice(Math.max(0, error)).filter((line) => !stack.includes(line));
	const message = firstOf(said, 3).replace(/^error: /, "");
	return {
		level: "test",
		title: match[1] ?? match[2] ?? "",
		message,
		...text.placeIn(stack)
	};
});
/** AVA lists the failures, and then says each again with its place. The list adds a message to some of the titles. */
const ava = (text) => text.each(/^\s+[✘✖×] \[fail\]: (\S.*)$/).map(({ at, match }) => {
	const listed = match[1] ?? "";
	const rest = text.after(at, /^$/, 2e3).length + at;
	const again = text.lines.findIndex((line, index) => {
		const title = line.trim();
		return index > rest && title !== "" && (listed === title || listed.startsWith(`${title} `));
	});
	if (again < 0) return {
		level: "test",
		title: listed,
		message: ""
	};
	const all = text.after(again, /^\s+─$/, 80);
	const end = all.findIndex((line, index) => line === "" && all[index + 1] === "");
	const block = end < 0 ? all : all.slice(0, end);
	const error = block.find((line) => /^\s*\w*Error: /.test(line));
	const said = block.filter((line) => !/^\s*(?:\d+:|›|\S+:\d+$)/.test(line));
	const stack = block.filter((line) => /^\s*(?:›|at )/.test(line));
	const found = text.placeIn(stack) ?? text.placeIn(block);
	return {
		level: "test",
		title: text.lines[again]?.trim() ?? "",
		message: error?.trim() ?? firstOf(said, 3),
		...found
	};
});
const mocha = (text) => {
	const start = text.lines.findIndex((line) => /^\s*\d+ failing$/.test(line));
	if (start < 0) return [];
	return text.each(/^\s{2}\d+\) (\S.*)$/).flatMap(({ at, match }) => {
		if (at < start) return [];
		const block = text.after(at, /^\s{2}\d+\) /);
		const names = block.slice(0, Math.max(0, block.indexOf(""))).map((line) => line.trim().replace(/:$/, ""));
		const said = block.slice(block.indexOf("")).filter((line) => !/^\s+at /.test(line));
		return [{
			level: "test",
			title: [match[1], ...names].join(" "),
			message: firstOf(said),
			...text.placeIn(block)
		}];
	});
};
const pytest = (text) => {
	const sections = text.each(/^_{3,} (\S.*?) _{3,}$/).map(({ at, match }) => {
		const block = text.after(at, /^(?:_{3,} \S.* _{3,}|={3,} .*={3,})$/, 400);
		const said = block.filter((line) => /^E\s/.test(line)).map((line) => line.slice(1).trim());
		const found = text.placeIn(block.filter((line) => /^\S+\.py:\d+: /.test(line)).reverse());
		return {
			level: "test",
			title: match[1] ?? "",
			message: firstOf(said, 3),
			...found
		};
	});
	if (sections.length > 0) return sections;
	return text.each(/^(?:FAILED|ERROR) (\S+?\.py)(?:::(\S+))?(?: - (.*))?$/).map(({ match }) => {
		const file = text.file(match[1]);
		return {
			level: "test",
			title: match[2] ?? match[1] ?? "",
			message: match[3] ?? "",
			file
		};
	});
};
const unittest = (text) => text.each(/^(?:FAIL|ERROR): (\S.*)$/).flatMap(({ at, match }) => {
	const block = text.after(at, /^={20,}$/, 200);
	if (!block.some((line) => /^-{20,}$/.test(line))) return [];
	const said = block.filter((line) => /^[\w.]+(?:Error|Exception|Failure)\b/.test(line));
	const stack = block.filter((line) => /^\s+File "/.test(line)).reverse();
	return [{
		level: "test",
		title: match[1] ?? "",
		message: firstOf(said, 1),
		...text.placeIn(stack)
	}];
});
const goTest = (text) => text.each(/^\s*--- FAIL: (\S+)/).flatMap(({ at, match }) => {
	const said = text.after(at, /^\s*(?:--- |=== RUN|FAIL|ok\s|PASS|\?\s)/).filter((line) => line.trim() !== "");
	if (said.length === 0 && /^\s*--- FAIL: /.test(text.lines[at + 1] ?? "")) return [];
	const message = firstOf(said, said[0]?.startsWith("panic: ") ? 1 : 2).replace(/^\S+_test\.go:\d+: /, "");
	return [{
		level: "test",
		title: match[1] ?? "",
		message: withoutRecovered(message),
		...text.placeIn(said)
	}];
});
const goPanic = (text) => text.each(/^panic: (.+)$/).flatMap(({ at, match }) => {
	if (/^\s*--- FAIL: /.test(text.lines[at - 1] ?? "")) return [];
	const found = text.placeIn(text.after(at, /^(?:FAIL|exit status)/));
	return [{
		level: "error",
		title: "",
		message: withoutRecovered(`panic: ${match[1]}`),
		...found
	}];
});
/** Go's test runner adds that it recovered from the panic, and panicked again. */
const withoutRecovered = (message) => message.replace(/ \[recovered(?:, repanicked)?\]$/, "");
const cargoTest = (text) => text.each(/^thread '([^']+)'.* panicked at (?:'(.*)', )?(\S+?):(\d+):\d+:?$/).map(({ at, match }) => {
	const said = match[2] ?? firstOf(text.after(at, /^(?:note: |$)/), 3);
	return {
		level: "test",
		title: match[1] ?? "",
		message: said,
		file: text.file(match[3]),
		line: Number(match[4])
	};
});
/** `[ERROR]   AppTest.adds:12 expected: <3> but was: <2>` */
const surefire = (text) => text.each(/^\[ERROR\]\s{2,}(?:\S+\.)?([A-Z]\w*)[.#>-]+(\w[\w$.>-]*):(\d+)(?:->\S+)?\s+(\S.*)$/).map(({ match }) => {
	const [, name, method, line, message = ""] = match;
	const file = [
		"java",
		"kt",
		"groovy",
		"scala"
	].map((end) => text.file(`${name}.${end}`)).find((each) => each);
	return {
		level: "test",
		title: `${name}.${method}`,
		message: message.replace(/^»\s*/, ""),
		file,
		line: Number(line)
	};
});
const gradleTest = (text) => text.each(/^(\S.* > .*\S) FAILED$/).map(({ at, match }) => {
	const block = text.after(at, /^\S/, 10);
	return {
		level: "test",
		title: match[1] ?? "",
		message: firstOf(block, 1),
		...text.placeIn(block)
	};
});
const dotnetTest = (text) => text.each(/^\s*Failed (\S.*?) \[[^\]]*\]$/).map(({ at, match }) => {
	const block = text.after(at, /^\s*(?:Failed|Passed|Skipped) \S/);
	const said = block.slice(block.findIndex((line) => /Error Message:/.test(line)) + 1);
	return {
		level: "test",
		title: match[1] ?? "",
		message: firstOf(said),
		...text.placeIn(block)
	};
});
const rspec = (text) => text.each(/^rspec (\S+?):(\d+) # (.+)$/).map(({ match }) => {
	return {
		level: "test",
		title: match[3] ?? "",
		message: "",
		file: text.file(match[1]),
		line: Number(match[2])
	};
});
/** PHPUnit's `1) Ns\CartTest::testAdds`, ExUnit's `1) test adds (CartTest)`. */
const numbered = (text) => text.each(/^\s*\d+\) (\S+::\S+.*|test .+ \([\w.]+\))$/).map(({ at, match }) => {
	const block = text.after(at, /^\s*\d+\) /, 20);
	const found = text.placeIn(block);
	const said = block.filter((line) => text.placeIn([line]) === void 0);
	return {
		level: "test",
		title: match[1] ?? "",
		message: firstOf(said),
		...found
	};
});
const READERS$2 = [
	...[
		vitest,
		jest,
		nodeTest,
		mocha,
		bunTest,
		ava,
		pytest,
		unittest,
		goTest,
		cargoTest,
		surefire,
		gradleTest
	],
	...[
		dotnetTest,
		rspec,
		numbered,
		goPanic,
		coverage,
		arrows,
		framed,
		esbuild,
		vite,
		biome,
		stylish
	],
	...[unformatted, located]
];
/** Runners that exit with 0 even if they find no test: node --test, jest and vitest with a flag, mocha, go, cargo, maven … */
const NONE = [
	/^(?:ℹ|#) tests 0$/m,
	/^No tests? (?:files? )?(?:were )?found/im,
	/^[ \t]*0 passing\b/m,
	/^Tests:\s+0 total/m,
	/\[no test files\]$/m,
	/\[no tests to run\]$/m,
	/^running 0 tests$/m,
	/^(?:no tests ran\b|collected 0 items)|^=+ no tests ran/m,
	/^Ran 0 tests in|^NO TESTS RAN/m,
	/^\[INFO\] No tests to run\./m,
	/^> Task \S*:?test NO-SOURCE/m,
	/^No test is available in /m,
	/^0 examples, 0 failures/m,
	/^No tests executed!/m,
	/^There are no tests to run/m
];
const SOME = [
	/^(?:ℹ|#) tests [1-9]/m,
	/\b[1-9]\d* (?:passing|passed|tests? passed|failed|pass)\b/m,
	/^Tests:\s.*\b[1-9]\d* total/m,
	/^(?:ok|---\s\w+:|FAIL)\s+\S+\s+\(?(?:[\d.]+s|cached)\)?(?!.*\[no tests)/m,
	/^running [1-9]\d* tests?/m,
	/^Ran [1-9]\d* tests? in/m,
	/^\[(?:INFO|ERROR|WARNING)\] Tests run: [1-9]/m,
	/^> Task \S*:?test(?: FAILED)?$/m,
	/^[ \t]*(?:Passed|Failed)! {1,4}- Failed:.*\bTotal: {1,8}[1-9]/m,
	/^[1-9]\d* (?:examples?|tests?|doctests?),/m,
	/^OK \([1-9]\d* tests?/m
];
/** The last words of runners that fail because there is no test: vitest, jest, mocha, unittest. */
const ENDED_WITHOUT = /^(?:No test files found, exiting with code [1-9]|No tests found, exiting with code [1-9]|Error: No test files found\b.*|NO TESTS RAN)\s*$/m;
/** True if a known test runner failed only because it found no test. */
const endedWithoutTests = (output) => ENDED_WITHOUT.test(output) && !SOME.some((pattern) => pattern.test(output));
/** True if a known test runner says that it ran no test at all. */
const collectedNone = (output) => NONE.some((pattern) => pattern.test(output)) && !SOME.some((pattern) => pattern.test(output));

// src/gates/mutants.ts
/**
* @param text the tool's report.
* @param directory the tool ran in it, and names files from there.
* @returns undefined if the report does not have the tool's form.
*/
function readMutants(tool, text, directory, changed) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return;
	}
	return READERS$1[tool](value, (name) => {
		const path = under(directory, name.replace(/^\.\//, ""));
		const file = changed.get(path);
		return file && {
			path,
			file
		};
	})?.filter(({ file, line }) => changed.get(file)?.changed.has(line) === true);
}
const tablesOf = (value) => Array.isArray(value) ? value.map(tableOf) : [];
const textOf = (value) => typeof value === "string" ? value : "";
const numberOf = (value) => typeof value === "number" ? value : 0;
/** https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
const STRYKER = {
	Killed: "noticed",
	Timeout: "noticed",
	Survived: "survived",
	NoCoverage: "unreached",
	Ignored: "ignored",
	CompileError: "invalid",
	RuntimeError: "invalid"
};
/** The words of gremlins 0.6. */
const GREMLINS = {
	KILLED: "noticed",
	"TIMED OUT": "noticed",
	LIVED: "survived",
	"NOT COVERED": "unreached",
	"NOT VIABLE": "invalid"
};
const COSMIC_RAY = {
	killed: "noticed",
	survived: "survived",
	incompetent: "invalid"
};
const READERS$1 = {
	stryker: (value, find) => {
		const { files } = tableOf(value);
		if (files === void 0) return void 0;
		return Object.entries(tableOf(files)).flatMap(([name, entry]) => {
			const found = find(name);
			if (!found) return [];
			return tablesOf(tableOf(entry).mutants).flatMap(({ status, location, replacement }) => {
				const state = stateIn(STRYKER, status);
				const start = placeOf$1(tableOf(location).start);
				const end = placeOf$1(tableOf(location).end);
				if (!state || !isAllChanged(found.file, start.line, end.line)) return [];
				const from = textBetween(found.file.lines, start, end);
				return [{
					file: found.path,
					line: start.line,
					state,
					from,
					to: textOf(replacement)
				}];
			});
		});
	},
	"cosmic-ray": (value, find) => {
		if (!Array.isArray(value)) return void 0;
		return value.flatMap((row) => {
			const [name, line, outcome, from, to] = Array.isArray(row) ? row : [];
			const found = find(textOf(name));
			const state = stateIn(COSMIC_RAY, outcome);
			return found && state ? [{
				file: found.path,
				line: numberOf(line),
				state,
				from: textOf(from),
				to: textOf(to)
			}] : [];
		});
	},
	gremlins: (value, find) => {
		const { files } = tableOf(value);
		if (!Array.isArray(files)) return void 0;
		return tablesOf(files).flatMap(({ file_name, mutations }) => {
			const found = find(textOf(file_name));
			if (!found) return [];
			return tablesOf(mutations).flatMap(({ type, status, line, column }) => {
				const state = stateIn(GREMLINS, status);
				const at = numberOf(line);
				const text = found.file.lines[at - 1] ?? "";
				const to = state && goMutant(text, numberOf(column), textOf(type));
				return state && to !== void 0 ? [{
					file: found.path,
					line: at,
					state,
					from: text,
					to
				}] : [];
			});
		});
	}
};
const stateIn = (states, word) => typeof word === "string" && Object.hasOwn(states, word) ? states[word] : void 0;
const placeOf$1 = (value) => {
	const { line, column } = tableOf(value);
	return {
		line: numberOf(line),
		column: numberOf(column)
	};
};
function isAllChanged({ changed }, from, to) {
	if (to < from || to - from > changed.size) return false;
	for (let line = from; line <= to; line++) if (!changed.has(line)) return false;
	return true;
}
/** Stryker counts columns from 1; the end is the column after the last character. */
function textBetween(lines, start, end) {
	const part = lines.slice(start.line - 1, end.line);
	return part.map((line, index) => {
		const to = index === part.length - 1 ? end.column - 1 : line.length;
		return line.slice(index === 0 ? start.column - 1 : 0, to);
	}).join("\n");
}
/** Gremlins reports only the kind and the place of a change; these are its changes (internal/engine/mappings.go). */
const GO = {
	ARITHMETIC_BASE: {
		"+": "-",
		"-": "+",
		"*": "/",
		"/": "*",
		"%": "*"
	},
	CONDITIONALS_BOUNDARY: {
		">=": ">",
		">": ">=",
		"<=": "<",
		"<": "<="
	},
	CONDITIONALS_NEGATION: {
		"==": "!=",
		"!=": "==",
		">=": "<",
		">": "<=",
		"<=": ">",
		"<": ">="
	},
	INCREMENT_DECREMENT: {
		"++": "--",
		"--": "++"
	},
	INVERT_ASSIGNMENTS: {
		"+=": "-=",
		"-=": "+=",
		"*=": "/=",
		"/=": "*=",
		"%=": "*="
	},
	INVERT_LOGICAL: {
		"&&": "||",
		"||": "&&"
	},
	INVERT_LOOPCTRL: {
		break: "continue",
		continue: "break"
	},
	INVERT_NEGATIVES: { "-": "+" }
};
/** The line with the change. @returns undefined for a place that is not in the line. */
function goMutant(line, column, type) {
	const bytes = Buffer.from(line);
	if (column < 1 || column > bytes.length) return void 0;
	const before = bytes.subarray(0, column - 1).toString();
	const rest = bytes.subarray(column - 1).toString();
	const [from, to] = (Object.hasOwn(GO, type) ? Object.entries(GO[type] ?? {}) : []).find(([operator]) => rest.startsWith(operator)) ?? [];
	if (from === void 0) return `${line} (${type.toLowerCase().replaceAll("_", " ")}, column ${column})`;
	return `${before}${to}${rest.slice(from.length)}`;
}
const HEADLINES = 20;
const SHOWN_OF_A_LINE = 3;
const CODE_CHARS = 120;
/** @param survivors the largest share of mutants that may survive, in percent. */
function judgeMutants(mutants, survivors) {
	const alive = mutants.filter(({ state }) => state === "survived" || state === "unreached");
	const all = alive.length + mutants.filter(({ state }) => state === "noticed").length;
	const sorted = alive.map(({ file, line, state, from, to }) => ({
		file,
		line,
		message: sayMutant(state, from, to)
	})).sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
	const byLine = /* @__PURE__ */ new Map();
	for (const each of sorted) {
		const key = `${each.file}:${each.line}`;
		const same = byLine.get(key);
		if (!same) byLine.set(key, [each]);
		else if (!same.some(({ message }) => message === each.message)) same.push(each);
	}
	const lines = [...byLine].flatMap(([place, own]) => {
		const left = own.length - SHOWN_OF_A_LINE;
		const shown = own.slice(0, SHOWN_OF_A_LINE).map(({ message }) => `${place}: ${message}`);
		return left > 0 ? [...shown, `${place}: … and ${left} more`] : shown;
	});
	const shown = lines.slice(0, HEADLINES);
	return {
		verdict: all === 0 ? "none" : alive.length * 100 > all * survivors ? "fail" : "pass",
		survived: alive.length,
		all,
		ignored: mutants.filter(({ state }) => state === "ignored").length,
		headlines: lines.length > shown.length ? [...shown, `… and ${lines.length - shown.length} more`] : shown,
		annotations: [...byLine.values()].flatMap((own) => own.slice(0, SHOWN_OF_A_LINE)).slice(0, 50)
	};
}
const sayCode = (code) => `\`${clip(code.slice(0, 2e3).replace(/\s+/g, " ").trim().replaceAll("`", "'"), CODE_CHARS)}\``;
const sayMutant = (state, from, to) => {
	const change = `${sayCode(from)} becomes ${sayCode(to)}`;
	return state === "unreached" ? `no test runs this line, so none fails when ${change}` : `no test fails when ${change}`;
};

// src/gates/programs.ts
/**
* Starts the programs of gates, and reports how they ended.
*
* A program gets an allow-listed environment with a home of its own, and variables that say where the machine keeps its
* tools: with another home, rustup and similar tools would not find their installation. A missing package manager is
* fetched by one that is there, if possible.
*/
/** Tool directories below the user's own home, which a gate does not have. */
const BELOW_HOME = {
	RUSTUP_HOME: ".rustup",
	PYENV_ROOT: ".pyenv",
	RBENV_ROOT: ".rbenv"
};
/** Settings that make programs quiet and repeatable, and keep them from leaving files in the tree. */
const MANNERS = {
	COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
	YARN_ENABLE_TELEMETRY: "0",
	PYTHONDONTWRITEBYTECODE: "1",
	PIP_DISABLE_PIP_VERSION_CHECK: "1",
	CARGO_TERM_PROGRESS_WHEN: "never"
};
/** Set last: nothing else may set these names (see `mayBeHandedOn`). */
const OWN_MANNERS = {
	GOFLAGS: "-buildvcs=false -modcacherw",
	npm_config_update_notifier: "false",
	npm_config_fund: "false"
};
/**
* Behind walls no file of the home can be linked into the tree, and then pnpm keeps its store of packages in the tree, where
* linters find it. The two names are those of older and of newer versions.
*/
const pnpmStore = (place) => ({
	npm_config_store_dir: join(place, "pnpm-store"),
	pnpm_config_store_dir: join(place, "pnpm-store")
});
/** Ways to get a program that is not on the machine. The first one that is available is taken. */
const PROVIDED = {
	pnpm: [["corepack", "pnpm"], [
		"npx",
		"--yes",
		"pnpm@10"
	]],
	yarn: [["corepack", "yarn"], [
		"npx",
		"--yes",
		"yarn@1"
	]],
	bun: [[
		"npx",
		"--yes",
		"bun@1"
	]],
	deno: [[
		"npx",
		"--yes",
		"deno@2"
	]],
	...Object.fromEntries([
		"poetry",
		"pdm",
		"pipenv",
		"hatch",
		"tox",
		"nox",
		"pip-audit"
	].map((name) => [name, [["uvx", name], [
		"pipx",
		"run",
		name
	]]])),
	uv: [[
		"pipx",
		"run",
		"uv"
	]],
	"cosmic-ray": [[
		"uvx",
		"--from",
		"cosmic-ray==8.7.0",
		"cosmic-ray"
	], [
		"pipx",
		"run",
		"--spec",
		"cosmic-ray==8.7.0",
		"cosmic-ray"
	]],
	gremlins: [[
		"go",
		"run",
		"github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0"
	]],
	govulncheck: [[
		"go",
		"run",
		"golang.org/x/vuln/cmd/govulncheck@v1.1.4"
	]]
};
/** An old Corepack does not know the keys or the files of newer package managers. */
const COREPACK_FAILED = /Cannot find matching keyid|nodejs\/corepack#troubleshooting|[/\\]corepack[/\\]/;
var Programs = class {
	#ground;
	/** Programs that Corepack cannot start. */
	#refused = /* @__PURE__ */ new Set();
	constructor(ground) {
		this.#ground = ground;
	}
	/** The programs can write here. */
	get temporaryDirectory() {
		return join(this.#ground.scratch, "tmp");
	}
	/** True if a program is on the machine, or one that can fetch it. Programs of the tree itself may still be installed. */
	async has(program, otherwise) {
		if (program.includes("/")) return true;
		const { sandbox, scratch, environment: names } = this.#ground;
		const { temporaryDirectory } = this;
		const { PATH = "" } = sandbox.environmentFor({
			names,
			home: join(scratch, "home"),
			temporaryDirectory,
			also: {}
		});
		const provided = Object.hasOwn(PROVIDED, program) ? PROVIDED[program] ?? [] : [];
		const ways = [
			[program],
			...otherwise ? [otherwise] : [],
			...provided
		];
		for (const [first = ""] of ways) if (await isOnPath(first, PATH)) return true;
		return false;
	}
	/**
	* @param by the gate that it belongs to.
	* @param root the directory of the files; by default that of the working tree.
	*/
	async start(by, step, timeoutMs, root) {
		const [program = "", ...rest] = step.run;
		const { otherwise } = step;
		if (otherwise && this.#refused.has(program)) return this.#start(by, {
			...step,
			run: [...otherwise, ...rest]
		}, timeoutMs, root);
		const ended = await this.#start(by, step, timeoutMs, root);
		const isRefused = by === "install" && exitOf$1(ended) !== 0 && COREPACK_FAILED.test(ended.output);
		if (!otherwise || !isRefused || timeoutMs <= ended.durationMs) return ended;
		this.#ground.log(`Corepack cannot start ${program}. It is started by ${otherwise.join(" ")}.`);
		this.#refused.add(program);
		return this.#start(by, {
			...step,
			run: [...otherwise, ...rest]
		}, timeoutMs - ended.durationMs, root);
	}
	async #start(by, { run, directory, environment, path = [], otherwise }, timeoutMs, root) {
		const { sandbox, scratch, tree, log, graceMs, choices = {} } = this.#ground;
		const names = [...this.#ground.environment, ...choices[by]?.variables ?? []];
		const home = join(scratch, "home");
		const { temporaryDirectory } = this;
		const files = root ?? tree.directory;
		const also = {
			...await toolPlaces(sandbox),
			...MANNERS,
			...environment
		};
		const made = sandbox.environmentFor({
			names,
			home,
			temporaryDirectory,
			also
		});
		const PATH = [...path.map((each) => join(files, each)), made.PATH ?? ""].join(delimiter);
		const command = run.map((word) => word.replaceAll("{scratch}", temporaryDirectory));
		return sandbox.run({
			command: await provided(command, PATH, otherwise),
			directory: join(files, directory),
			environment: {
				...made,
				...OWN_MANNERS,
				...run.some(isPnpm) ? pnpmStore(home) : {},
				PATH
			},
			room: {
				home,
				temporaryDirectory,
				writes: [files],
				reads: tree.borrows
			},
			network: {
				by,
				tree: files,
				places: [...sandbox.placesGiven(names), ...Object.values(environment ?? {}).flatMap((value) => placesNamedIn(value))]
			},
			timeoutMs,
			onLine: (line) => log(`  ${line}`),
			...graceMs === void 0 ? {} : { graceMs }
		});
	}
};
const isPnpm = (word) => /^pnpm(?:@|$)/.test(word);
async function toolPlaces({ variables }) {
	const places = toolVariables(variables);
	const { HOME } = variables;
	if (!HOME) return places;
	for (const [name, below] of Object.entries(BELOW_HOME)) {
		const directory = join(HOME, below);
		if (places[name] === void 0 && await isThere(directory, constants.R_OK)) places[name] = directory;
	}
	return places;
}
async function provided(command, path, otherwise) {
	const [program = "", ...rest] = command;
	const usual = Object.hasOwn(PROVIDED, program) ? PROVIDED[program] ?? [] : [];
	const ways = otherwise ? [otherwise, ...usual] : usual;
	if (ways.length === 0 || await isOnPath(program, path)) return command;
	for (const way of ways) if (await isOnPath(way[0] ?? "", path)) return [...way, ...rest];
	return command;
}
async function isOnPath(program, path) {
	for (const directory of path.split(delimiter)) if (directory !== "" && await isThere(join(directory, program), constants.X_OK)) return true;
	return false;
}
const isThere = (path, mode) => access(path, mode).then(() => true, () => false);
const exitOf$1 = ({ how }) => how.kind === "exited" ? how.code : void 0;
/** Messages of launchers that exit with a code of their own if the program they start is missing. */
const MISSING = /^(?:error: no such command: `|error: Failed to spawn: `|Command not found: |make: \*\*\* .* Error 127$|npm (?:error|ERR!) could not determine executable)/m;
/** True if the program, or the one it starts, is not on the machine. An agent cannot fix that. */
const isMissing = (ended) => ended.how.kind === "not started" || exitOf$1(ended) === 126 || exitOf$1(ended) === 127 || ended.how.kind === "exited" && ended.how.code !== 0 && MISSING.test(ended.output);
const verdictOf = (ended) => ended.how.kind === "timed out" ? "timed out" : exitOf$1(ended) === 0 ? "pass" : "fail";
/** Its output, after a sentence about how it ended if it did not simply succeed. */
function told({ how, output, durationMs, refused = [] }) {
	const names = [...new Set(refused.map(({ host, port }) => `${host}:${port}`))];
	const text = `${names.length === 0 ? "" : `It may not reach ${names.join(", ")}: see \`network\` in the config.\n`}${output.trim()}`;
	switch (how.kind) {
		case "not started": return `It could not be started: ${how.message}`;
		case "timed out":
		case "stopped": return `It did not end within ${Math.round(durationMs / 1e3)} seconds and was stopped.\n${text}`;
		case "killed": return `It was killed by ${how.signal}.\n${text}`;
		case "exited":
			if (how.code !== 0) return text === "" ? `It ended with exit code ${how.code} and printed nothing.` : text;
			return /\b[1-9]\d* (?:failed|failing|failures?)\b/i.test(text) ? `${text}\n(swarm: the output mentions failures, but the exit code is 0, and the exit code decides)` : text;
	}
}

// src/gates/mutation.ts
/**
* The gate `mutation`: the lines that a change adds are changed in small ways, and a test has to notice.
*
* It is off unless the config names it. It runs after the tests, and with the same commands, because mutants say nothing
* about tests that fail anyway. The mutants are made by the ecosystem's own tool, in settings that Swarm writes: which lines
* and which report are not the change's to decide. The repository's own settings count as the base has them.
*
* - StrykerJS changes files in place, with all mutants in them at once, and starts the tests with one of them switched on.
* - cosmic-ray changes one line at a time in place. Its session is a database, from which a script takes other lines first.
* - gremlins copies the module, and takes the lines from git. It gets a repository with two commits: before, and after.
*/
/** Code that each tool can change. */
const CODE = {
	stryker: /(?<!\.d)\.[cm]?[jt]sx?$/,
	"cosmic-ray": /\.py$/,
	gremlins: /\.go$/
};
async function mutate(places, at) {
	const endsAt = performance.now() + at.timeoutMs;
	const changed = await at.definition.changedLines(at.held, (path) => placeOf(places, path) !== void 0);
	const wanted = places.flatMap((place) => {
		const own = [...changed].filter(([path]) => placeOf(places, path) === place);
		return own.length > 0 ? [{
			place,
			files: new Map(own)
		}] : [];
	});
	if (wanted.length === 0) return none$1("the change adds no line of code that a mutation tool knows, outside of tests");
	const mutants = [];
	const faults = [];
	let isLate = false;
	for (const { place, files } of wanted) {
		const result = await mutateIn(place, files, at, endsAt);
		if (result.kind === "fault") faults.push(result);
		else mutants.push(...result.mutants);
		isLate ||= result.isLate;
	}
	const { verdict, survived, all, ignored, headlines, annotations } = judgeMutants(mutants, at.survivors);
	const tools = [...new Set(wanted.map(({ place }) => place.mutator.tool))].join(", ");
	const lines = wanted.reduce((sum, { files }) => sum + [...files.values()].reduce((own, file) => own + file.changed.size, 0), 0);
	const looked = `${tools} on ${lines} changed ${lines === 1 ? "line" : "lines"}`;
	const counts = `${survived} of ${all} mutants survived, at most ${at.survivors} % may`;
	const excluded = ignored > 0 ? `; ${ignored} more are excluded by a comment or a setting` : "";
	const advice = verdict === "fail" ? [`${counts}${excluded}. Write tests that fail for these changes, or remove code that makes no difference.`] : [];
	const said = [
		...headlines,
		...advice,
		...faults.map((each) => each.said)
	].join("\n");
	const [problem] = faults.flatMap((each) => each.problem ?? []);
	const more = {
		said,
		annotations,
		...problem ? { problem } : {}
	};
	if (verdict === "fail" || faults.some((each) => !each.isLate)) return {
		verdict: "fail",
		looked: `${looked}: ${all > 0 ? `${counts}${excluded}` : "the tool failed"}`,
		...more
	};
	if (isLate) return {
		verdict: "timed out",
		looked: `${looked}: the time is up`,
		...more
	};
	if (verdict === "none") return none$1(`${looked}: they have no mutant${excluded}`);
	return {
		verdict: "pass",
		looked: `${looked}: ${counts}${excluded}`,
		...more
	};
}
const none$1 = (why) => ({
	verdict: "not applicable",
	looked: why,
	said: "",
	annotations: []
});
/** The innermost place with a tool that changes such a file. Tests are not changed, nor are files that steer gates. */
function placeOf(places, path) {
	if (isTestFile(path) || steersGates(fold(path))) return void 0;
	return places.filter(({ mutator: { tool, directory } }) => CODE[tool].test(path) && isWithin(path, directory)).reduce((best, each) => best && best.mutator.directory.length >= each.mutator.directory.length ? best : each, void 0);
}
async function mutateIn(place, files, at, endsAt) {
	const { tool, directory, lacks } = place.mutator;
	if (lacks) return {
		kind: "fault",
		said: `${lacks.manifest} does not name ${lacks.name}, so no mutant can be made. Add it to the development dependencies.`,
		isLate: false
	};
	await mkdir(at.temporary, { recursive: true });
	const start = (run, root) => {
		const step = {
			run,
			directory: root === void 0 ? directory : ""
		};
		at.log(`$ ${sayStep(step).split("\n")[0]}`);
		return at.programs.start("mutation", step, Math.max(1e3, endsAt - performance.now()), root);
	};
	for (const name of Object.values(OWN)) await rm(join(at.temporary, name), {
		recursive: true,
		force: true
	});
	const ended = await RUN[tool]({
		place,
		files,
		at,
		start
	});
	const isLate = ended.how.kind === "timed out";
	const report = await readReport(join(at.temporary, OWN.report));
	const mutants = report === void 0 ? void 0 : readMutants(tool, report, directory, files);
	if (mutants) return {
		kind: "mutants",
		mutants,
		isLate
	};
	const said = `${tool} gave no report.${isLate ? " A longer `timeout`, or faster tests, let it finish." : ""}\n${told(ended)}`;
	const command = place.mutator.run[0] ?? tool;
	return isMissing(ended) ? {
		kind: "fault",
		said,
		isLate,
		problem: {
			kind: "GATE_MISSING",
			gate: "mutation",
			command
		}
	} : {
		kind: "fault",
		said,
		isLate
	};
}
/** Files in the temporary directory of the programs. */
const OWN = {
	report: "swarm-mutants.json",
	settings: "swarm-mutation.mjs",
	config: "swarm-mutation.toml",
	keep: "swarm-mutation-keep.json",
	session: "swarm-mutation.sqlite",
	goSettings: "swarm-gremlins.yaml"
};
const REPORT_BYTES = 33554432;
/** A program of the change may have put anything in the place of the report. Links are not followed. */
async function readReport(file) {
	const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants$1;
	const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
		if (error.code === "ENOENT" || error.code === "ELOOP" || error.code === "ENXIO") return void 0;
		throw error;
	});
	if (!handle) return void 0;
	try {
		const stat = await handle.stat();
		return stat.isFile() && stat.size <= REPORT_BYTES ? await handle.readFile("utf8") : void 0;
	} finally {
		await handle.close();
	}
}
const write = (at, name, text) => writeFile(join(at.temporary, name), text, { flag: "wx" });
const RUN = {
	stryker: runStryker,
	"cosmic-ray": runCosmicRay,
	gremlins: runGremlins
};
async function runStryker(work) {
	const { place, files, at, start } = work;
	const { directory, settings, run } = place.mutator;
	const own = settings && pathToFileURL(join(at.directory, settings.path)).href;
	const read = own === void 0 ? "const own = {};" : own.endsWith(".json") ? `import own from ${JSON.stringify(own)} with { type: 'json' };` : `import own from ${JSON.stringify(own)};`;
	const forced = {
		mutate: [...files].flatMap(([path, file]) => patternsOf(relativeTo(directory, path), file)),
		reporters: ["json"],
		jsonReporter: { fileName: join(at.temporary, OWN.report) },
		inPlace: true,
		tempDirName: "node_modules/.swarm-mutation",
		incremental: false,
		dryRunOnly: false,
		allowEmpty: true,
		allowConsoleColors: false,
		thresholds: { break: null }
	};
	const byDefault = {
		testRunner: "command",
		commandRunner: { command: shellOf(work) }
	};
	const text = [
		read,
		`const forced = ${JSON.stringify(forced)};`,
		"const not = (own.mutate ?? []).filter((pattern) => pattern.startsWith('!'));",
		`export default { ...${JSON.stringify(byDefault)}, ...own, ...forced, mutate: [...forced.mutate, ...not] };`
	];
	await write(at, OWN.settings, `${text.join("\n")}\n`);
	return start([...run, join(at.temporary, OWN.settings)]);
}
/** `src/a.js:3-5`. Stryker takes lines only for a name that is not a pattern; otherwise the whole file, by a pattern for it. */
function patternsOf(path, { changed }) {
	const plain = path.replace(/[^\w./-]/gu, "?");
	return plain === path ? rangesOf(changed).map(([from, to]) => `${path}:${from}-${to}`) : [plain];
}
function rangesOf(lines) {
	const ranges = [];
	for (const line of [...lines].sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && last[1] === line - 1) last[1] = line;
		else ranges.push([line, line]);
	}
	return ranges;
}
/** The tests as one shell command, from any directory. */
function shellOf({ place: { tests }, at: { directory: root, temporary } }) {
	return tests.map(({ run, directory, environment = {}, path = [] }) => {
		const variables = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
		const found = path.length > 0 ? [`PATH=${quoted(path.map((each) => join(root, each)).join(":"))}:"$PATH"`] : [];
		const command = run.map((word) => quoted(word.replaceAll("{scratch}", temporary))).join(" ");
		const set = [...found, ...variables];
		return `(cd ${quoted(join(root, directory))} && ${set.length > 0 ? `env ${set.join(" ")} ` : ""}${command})`;
	}).join(" && ");
}
const quoted = (word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
/**
* One change or two for each operator. The others of cosmic-ray's hundreds tell nothing more, and some change nothing: `==`
* and `is` are the same for most small values.
*/
const OPERATORS = [
	...[
		"Eq_NotEq",
		"NotEq_Eq",
		"Lt_LtE",
		"Lt_GtE",
		"LtE_Lt",
		"LtE_Gt",
		"Gt_GtE",
		"Gt_LtE",
		"GtE_Gt",
		"GtE_Lt",
		"Is_IsNot"
	].concat(["IsNot_Is"]).map((each) => `ReplaceComparisonOperator_${each}`),
	...[
		"Add_Sub",
		"Sub_Add",
		"Mul_Div",
		"Div_Mul",
		"FloorDiv_Mul",
		"Mod_Mul",
		"Pow_Mul",
		"LShift_RShift",
		"RShift_LShift"
	].concat(["BitAnd_BitOr", "BitXor_BitAnd"]).map((each) => `ReplaceBinaryOperator_${each}`),
	...[
		"USub_UAdd",
		"UAdd_USub",
		"Delete_Not"
	].map((each) => `ReplaceUnaryOperator_${each}`),
	...[
		"AddNot",
		"NumberReplacer",
		"ReplaceAndWithOr",
		"ReplaceOrWithAnd",
		"ReplaceTrueWithFalse",
		"ReplaceFalseWithTrue"
	],
	...[
		"ReplaceBreakWithContinue",
		"ReplaceContinueWithBreak",
		"ZeroIterationForLoop",
		"ExceptionReplacer"
	],
	"RemoveDecorator"
].map((name) => `core/${name}`);
/** Removes from a session what is not wanted, or writes what came of it. It needs only Python itself. */
const SESSION = `
import json, sqlite3, sys
mode, session, file = sys.argv[1:]
db = sqlite3.connect(session)
if mode == 'keep':
    with open(file) as source:
        keep = json.load(source)
    lines = {name: set(rows) for name, rows in keep['lines'].items()}
    operators = set(keep['operators'])
    specs = db.execute('select job_id, module_path, operator_name, start_pos_row from mutation_specs').fetchall()
    gone = [(job,) for job, name, operator, row in specs if operator not in operators or row not in lines.get(name, ())]
    db.executemany('delete from mutation_specs where job_id = ?', gone)
    db.executemany('delete from work_items where job_id = ?', gone)
    db.commit()
else:
    rows = []
    query = 'select module_path, start_pos_row, test_outcome, diff from mutation_specs join work_results using (job_id)'
    for name, row, outcome, diff in db.execute(query):
        lines = (diff or '').split('\\n')
        old = [line[1:] for line in lines if line.startswith('-') and not line.startswith('---')]
        new = [line[1:] for line in lines if line.startswith('+') and not line.startswith('+++')]
        rows.append([name, row, str(outcome).lower(), ' '.join(old)[:500], ' '.join(new)[:500]])
    with open(file, 'x') as target:
        json.dump(rows, target)
`;
const LEAST_SECONDS = 10;
async function runCosmicRay(work) {
	const { place, files, at, start } = work;
	const { directory, run } = place.mutator;
	const [config, session, keep, report] = [
		OWN.config,
		OWN.session,
		OWN.keep,
		OWN.report
	].map((name) => join(at.temporary, name));
	const names = [...files.keys()].map((path) => relativeTo(directory, path));
	const seconds = Math.ceil(LEAST_SECONDS + 3 * at.testsMs / 1e3);
	const settings = [
		"[cosmic-ray]",
		`module-path = ${JSON.stringify(names)}`,
		`timeout = ${seconds}.0`,
		"excluded-modules = []",
		`test-command = ${JSON.stringify(`sh -c ${quoted(shellOf(work))}`)}`,
		"[cosmic-ray.distributor]",
		"name = \"local\""
	];
	const lines = Object.fromEntries([...files].map(([path, file]) => [relativeTo(directory, path), [...file.changed]]));
	await write(at, OWN.config, `${settings.join("\n")}\n`);
	await write(at, OWN.keep, JSON.stringify({
		lines,
		operators: OPERATORS
	}));
	for (const step of [[
		...run,
		"init",
		config,
		session
	], [
		"python3",
		"-c",
		SESSION,
		"keep",
		session,
		keep
	]]) {
		const ended = await start(step);
		if (exitOf$1(ended) !== 0) return ended;
	}
	const ended = await start([
		...run,
		"exec",
		config,
		session
	]);
	const isLate = ended.how.kind === "timed out";
	if (exitOf$1(ended) !== 0 && !isLate) return ended;
	const told = await start([
		"python3",
		"-c",
		SESSION,
		"tell",
		session,
		report
	]);
	return isLate ? ended : told;
}
/** Gremlins' own choice leaves these out; a project's settings replace this list. */
const MORE_OF_GREMLINS = [
	"--invert-logical",
	"--invert-loopctrl",
	"--invert-assignments"
];
async function runGremlins({ place, at, start }) {
	const { directory, settings, run } = place.mutator;
	const module = join(at.scratch, "module");
	await rm(module, {
		recursive: true,
		force: true,
		maxRetries: 3
	});
	try {
		const before = await at.definition.checkOutChange(module, at.held, directory);
		await write(at, OWN.goSettings, settings?.text ?? "");
		return await start([
			...[
				...run,
				"unleash",
				"--config",
				join(at.temporary, OWN.goSettings),
				"--diff",
				before
			],
			...[
				"--integration",
				"--coverpkg",
				"./...",
				"--output",
				join(at.temporary, OWN.report)
			],
			...settings ? [] : MORE_OF_GREMLINS,
			"."
		], module);
	} finally {
		await rm(module, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
		await rm(`${module}.index`, { force: true });
	}
}

// src/gates/output/counts.ts
const number = (text) => Number(text ?? 0);
const sum = (one, other) => ({
	run: one.run + other.run,
	failed: one.failed + other.failed
});
/** Numbers of tests that failed and that passed. */
const ended = (failed, passed) => ({
	run: failed + passed,
	failed
});
/** The number before or after a word: `2 failed`, `Failures: 2`, `errors=1`. */
const before = (text, word) => number(new RegExp(`(\\d{1,9}) ${word}`).exec(text)?.[1]);
const after = (text, word) => number(new RegExp(`\\b${word}[:=] {0,8}(\\d{1,9})`).exec(text)?.[1]);
/** One line each; no line matches two of them. */
const RUNNERS = [
	{
		line: /^(?:ℹ|#) tests (\d{1,9})$/,
		read: ([all]) => ({
			run: number(all),
			failed: 0
		})
	},
	{
		line: /^(?:ℹ|#) fail (\d{1,9})$/,
		read: ([failed]) => ({
			run: 0,
			failed: number(failed)
		})
	},
	{
		line: /^(?:ℹ|#) (?:skipped|todo) (\d{1,9})$/,
		read: ([all]) => ({
			run: -number(all),
			failed: 0
		})
	},
	{
		line: /^\s*Tests {2}((?:\d{1,9} \w+(?: \| )?)+) \(\d{1,9}\)$/,
		read: ([text = ""]) => ended(before(text, "failed"), before(text, "passed"))
	},
	{
		line: /^Tests: +((?:\d{1,9} \w+, )+\d{1,9} total)$/,
		read: ([text = ""]) => ended(before(text, "failed"), before(text, "passed"))
	},
	{
		line: /^\s*(\d{1,9}) passing\b/,
		read: ([passed]) => ended(0, number(passed))
	},
	{
		line: /^\s*(\d{1,9}) failing$/,
		read: ([failed]) => ended(number(failed), 0)
	},
	{
		line: /^=* ?((?:\d{1,9} [a-z]+(?:, )?)+) in \d[\d.]*s(?: \([\d:, day]+\))? ?=*$/,
		read: ([text = ""]) => ended(before(text, "failed") + before(text, "errors?"), before(text, "passed"))
	},
	{
		line: /^Ran (\d{1,9}) tests? in /,
		read: ([all]) => ({
			run: number(all),
			failed: 0
		})
	},
	{
		line: /^FAILED \(((?:[a-z ]+=\d{1,9}(?:, )?)+)\)$/,
		read: ([text = ""]) => ({
			run: -after(text, "skipped"),
			failed: after(text, "failures") + after(text, "errors")
		})
	},
	{
		line: /^OK \((?:[a-z ]+=\d{1,9}, )*skipped=(\d{1,9})/,
		read: ([skipped]) => ({
			run: -number(skipped),
			failed: 0
		})
	},
	{
		line: /^test result: \w+\. (\d{1,9}) passed; (\d{1,9}) failed;/,
		read: ([passed, failed]) => ended(number(failed), number(passed))
	},
	{
		line: /^\[\w+\] Tests run: (\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9}), Skipped: (\d{1,9})$/,
		read: ([all, failed, errors, skipped]) => ({
			run: number(all) - number(skipped),
			failed: number(failed) + number(errors)
		})
	},
	{
		line: /^(\d{1,9}) tests? completed, (\d{1,9}) failed/,
		read: ([all, failed]) => ({
			run: number(all),
			failed: number(failed)
		})
	},
	{
		line: /^\s*(?:Passed|Failed)! {1,4}- Failed: {1,8}(\d{1,9}), Passed: {1,8}(\d{1,9}),/,
		read: ([failed, passed]) => ended(number(failed), number(passed))
	},
	{
		line: /^Test summary: total: (\d{1,9}), failed: (\d{1,9}), succeeded: (\d{1,9}),/,
		read: ([, failed, passed]) => ended(number(failed), number(passed))
	},
	{
		line: /^(\d{1,9}) examples?, (\d{1,9}) failures?(?:, (\d{1,9}) pending)?/,
		read: ([all, failed, pending]) => ({
			run: number(all) - number(pending),
			failed: number(failed)
		})
	},
	{
		line: /^(\d{1,9}) (?:runs|tests), \d{1,9} assertions, (\d{1,9}) failures, (\d{1,9}) errors, (\d{1,9}) skips/,
		read: ([all, failed, errors, skipped]) => ({
			run: number(all) - number(skipped),
			failed: number(failed) + number(errors)
		})
	},
	{
		line: /^OK \((\d{1,9}) tests?, \d{1,9} assertions?\)$/,
		read: ([all]) => ended(0, number(all))
	},
	{
		line: /^Tests: (\d{1,9}), Assertions: \d{1,9}(.{0,300})\.$/,
		read: ([all, text = ""]) => ({
			run: number(all) - after(text, "Skipped") - after(text, "Incomplete"),
			failed: after(text, "Failures") + after(text, "Errors")
		})
	},
	{
		line: /^\s*Tests: +((?:\d{1,9} [a-z]+(?:, )?)+) \(\d{1,9} assertions?\)$/,
		read: ([text = ""]) => ended(before(text, "failed"), before(text, "passed"))
	},
	{
		line: /^(?:(\d{1,9}) doctests?, )?(\d{1,9}) tests?, (\d{1,9}) failures?(?:, \d{1,9} excluded)?(?:, (\d{1,9}) skipped)?$/,
		read: ([doc, tests, failed, skipped]) => ({
			run: number(doc) + number(tests) - number(skipped),
			failed: number(failed)
		})
	},
	{
		line: /^ (\d{1,9}) pass$/,
		read: ([passed]) => ended(0, number(passed))
	},
	{
		line: /^ (\d{1,9}) fail$/,
		read: ([failed]) => ended(number(failed), 0)
	},
	{
		line: /^(?:ok|FAILED) \| (\d{1,9}) passed(?: \(\d{1,9} steps?\))? \| (\d{1,9}) failed/,
		read: ([passed, failed]) => ended(number(failed), number(passed))
	}
];
/** `packages/cart test: ` of pnpm, `@shop/cart:test: ` of turbo. */
const PREFIX = /^(?:\S{1,200} [\w:-]{1,60}|@?[\w./-]{1,200}:[\w:-]{1,60}): ?/;
const LINE_CHARS$1 = 300;
/** @param output without terminal control sequences. @returns undefined if no known runner counted a test. */
function countsIn(output) {
	let counts;
	for (const raw of output.split("\n")) {
		const line = raw.trimEnd();
		if (line.length > LINE_CHARS$1 || !/\d/.test(line)) continue;
		const found = readLine(line) ?? readLine(line.replace(PREFIX, ""));
		if (found) counts = counts ? sum(counts, found) : found;
	}
	if (!counts || counts.run <= 0) return void 0;
	return {
		run: counts.run,
		failed: Math.min(Math.max(0, counts.failed), counts.run)
	};
}
function readLine(line) {
	for (const { line: pattern, read } of RUNNERS) {
		const match = pattern.exec(line);
		if (match) return read(match.slice(1));
	}
}
/** The counts of several runs together; undefined if none is known. */
const countsOf = (counts) => counts.reduce((all, each) => all && each ? sum(all, each) : all ?? each, void 0);

// src/gates/output/known.ts
/** Faults of files that they had before the change: nobody asked for them to be repaired. */
/** Files of a directory that stand alone on a line of an output, relative to it. */
const filesListed = (output, root) => new Set(output.split("\n").map((line) => line.trim()).filter(isAbsolute).map((path) => relative(root, path)).filter((path) => path !== "" && !path.startsWith("..")));
/**
* A part that failed, without the faults that are known.
*
* @param now files at fault.
* @param before the same before the change.
* @param isOld true for files that were there. Where some were at fault, new files do not count either: they follow the rest.
*/
function withoutKnown(part, now, before, isOld) {
	if (before.size === 0) return part;
	const fresh = [...now].filter((file) => !before.has(file) && isOld(file));
	const why = `(swarm: before the change, this was at fault already and so does not count: ${[...before].slice(0, 5).join(", ")}${before.size > 5 ? ` and ${before.size - 5} more` : ""})`;
	if (fresh.length === 0) return {
		...part,
		verdict: "pass",
		said: why,
		headlines: [],
		annotations: [],
		failures: []
	};
	return {
		...part,
		said: `${part.said}\n${why}`,
		headlines: part.headlines.filter((line) => fresh.some((file) => line.startsWith(`${file}:`))),
		annotations: part.annotations.filter(({ file }) => fresh.includes(file)),
		...part.failures ? { failures: part.failures.filter((name) => fresh.some((file) => name.startsWith(`${file}:`))) } : {}
	};
}

// src/gates/output/old.ts
/**
* Failures that the base had before any agent worked on it: they are told by their names, and do not count against a change
* (SPEC R5.15).
*/
/** More failures, or longer names, are not compared: the base then counts as red without names. */
const MOST_NAMES = 100;
const MOST_CHARS = 1e4;
/**
* The names of everything that fails in a gate, sorted.
*
* @returns undefined if one of its programs fails in a way that has no name, or if it cannot be sure that each failure has
* one: a test runner has to count its tests, and to name as many failures as it counts.
*/
function failureNames(gate, parts) {
	const names = [];
	for (const { verdict, failures = [], tests } of parts) {
		if (verdict === "pass") continue;
		const isCounted = gate !== "tests" || tests !== void 0 && failures.length >= tests.failed;
		if (verdict !== "fail" || failures.length === 0 || !isCounted) return void 0;
		names.push(...failures);
	}
	const chars = names.reduce((sum, name) => sum + name.length, 0);
	return names.length > 0 && names.length <= MOST_NAMES && chars <= MOST_CHARS ? names.sort() : void 0;
}
/** The same failures in two runs on the same files. Names that change from run to run name nothing. */
const sameNames = (one, other) => one !== void 0 && other !== void 0 && one.join("\n") === other.join("\n") ? one : void 0;
/** The names that people read. */
const SHOWN = 10;
/**
* The result of a gate that also failed on the base: without the old failures, if there are no others.
*
* @param failures the names of what fails now; undefined if not everything has one.
*/
function withoutOld(result, failures, known) {
	const old = known?.state === "red" ? known.failures : void 0;
	if (result.verdict !== "fail" || old === void 0) return result;
	if (failures === void 0 || !areOld(failures, old)) return {
		...result,
		output: `${result.output}\n(swarm: these failed before the change, too: ${listed$1(old)})`
	};
	return {
		...result,
		verdict: "failed before",
		output: `It fails as it did before the change, and nothing else fails: ${listed$1(failures)}\n\n${result.output}`
	};
}
const listed$1 = (names) => `${names.slice(0, SHOWN).map((name) => clip(name, 200)).join("; ")}${names.length > SHOWN ? `; and ${names.length - SHOWN} more` : ""}`;
/** The result of a flaky gate that failed and then passed. */
const passedAgain = (result) => ({
	...result,
	output: `It failed first, and passed when it ran again. It was flaky before the change, too.\n${result.output}`.trim()
});

// src/gates/part.ts
/** One program of a gate: how it ended, what is wrong with that, and what people read of it. */
/** Lines that npm and similar tools print before the script starts. */
const PREAMBLE = /^(?:\s*>\s.*|\s*\$ .*|yarn run v.*|npm (?:warn|notice).*|\s*)\n/;
function sayPart({ said, headlines }, room) {
	let text = said;
	for (let at = 0; at < 8 && PREAMBLE.test(text); at++) text = text.replace(PREAMBLE, "");
	if (text === "") return said;
	if (headlines.length === 0 || text.length <= room) return shorten(text, room);
	const end = text.slice(text.length - room + 50);
	const tail = end.slice(end.indexOf("\n") + 1);
	return `… ${text.length - tail.length} characters left out …\n${tail}`;
}
/**
* Lines that consist only of a file of the repository. Material of tests does not count.
*
* @returns `isClean`: there are other lines, and all of them are about such material.
*/
function filesNamed(output, { directory }, files) {
	const isOther = (file) => isMaterial(dirname(file)) || /(?:^|\/)_[^/]*\//.test(file);
	const named = [];
	let others = 0;
	let unknown = 0;
	for (const line of output.split("\n")) {
		const text = line.trim().replace(/^\.\//, "");
		if (text === "") continue;
		const [, name = text] = /^(\S.*?):\d+:\d+: /.exec(text) ?? [];
		const file = directory === "" ? name : `${directory}/${name}`;
		if (isOther(file)) others += 1;
		else if (files.has(file) && name === text) named.push(file);
		else unknown += 1;
	}
	return {
		named,
		isClean: others > 0 && unknown === 0
	};
}
/** The file that a step starts, if it cannot be started because it has no executable bit. */
function notExecutable({ run: [program = ""], directory }, files, executable) {
	if (!program.includes("/") || executable === void 0) return void 0;
	const file = resolved(directory, program);
	return file !== void 0 && files.has(file) && !executable.has(file) ? file : void 0;
}
/** New directories stand for what is in them: people ignore `coverage/`, not each file of it. */
function sayMade(made, files) {
	const known = /* @__PURE__ */ new Set();
	for (const file of files) for (let at = file.indexOf("/"); at > 0; at = file.indexOf("/", at + 1)) known.add(file.slice(0, at));
	const names = made.map((file) => {
		for (let at = file.indexOf("/"); at > 0; at = file.indexOf("/", at + 1)) if (!known.has(file.slice(0, at))) return file.slice(0, at + 1);
		return file;
	});
	const shown = listed([...new Set(names)]);
	return `it wrote ${shown}, which the repository does not ignore; this is not part of the change. Add ${shown} to .gitignore`;
}
const listed = (files) => files.slice(0, 20).join(", ");
const sayShort = (problem) => {
	const { what, code } = sayProblem(problem, { form: "plain" });
	return `${what} [${code}]`;
};

// src/gates/audit.ts
/**
* Known vulnerabilities of dependencies, as the ecosystems' own audits report them, and those that a change adds.
*
* Vulnerabilities that were there before are not this change's to fix. An audit that cannot run (no program, no network)
* is `not applicable`, with the reason; it never passes.
*/
/** Faults that no change may add. If an audit reports no severity, every fault counts. */
const isGrave = ({ severity }) => severity !== "moderate" && severity !== "low";
/** Faults that are not in `before`. */
const newFaults = (now, before) => {
	const known = new Set(before.map(keyOf));
	return now.filter((fault) => !known.has(keyOf(fault)));
};
const keyOf = ({ id, package: name }) => `${name}\0${id}`;
const sayFault = ({ package: name, severity, title, id }) => `${name}: ${severity === "unknown" ? "" : `${severity}, `}${title} (${id})`;
/**
* @param output everything that the program wrote, errors included. Its JSON is searched for in it.
*/
function readAudit(form, output, exit) {
	const values = jsonIn(output);
	const faults = READERS[form](values);
	if (faults && (faults.length > 0 || exit === 0)) return {
		kind: "faults",
		faults: unique(faults)
	};
	return {
		kind: "unreadable",
		why: reasonIn(values, output)
	};
}
const unique = (faults) => [...new Map(faults.map((fault) => [keyOf(fault), fault])).values()];
const text = (value, otherwise = "") => typeof value === "string" ? value : typeof value === "number" ? String(value) : otherwise;
const tables = (value) => Array.isArray(value) ? value.map(tableOf) : [];
function severityOf(value) {
	switch (text(value).toLowerCase()) {
		case "critical": return "critical";
		case "high":
		case "important": return "high";
		case "moderate":
		case "medium": return "moderate";
		case "low":
		case "info":
		case "none": return "low";
		default: return "unknown";
	}
}
/** The last part of `https://github.com/advisories/GHSA-…`. */
const idIn = (url) => text(url).replace(/\/+$/, "").split("/").at(-1) ?? "";
const READERS = {
	npm: (values) => inFirst(values, "vulnerabilities", (found) => Object.entries(tableOf(found)).flatMap(([name, each]) => tables(tableOf(each).via).filter((via) => via.title !== void 0).map((via) => fault(via.name ?? name, via.severity, via.title, idIn(via.url) || text(via.source))))),
	pnpm: (values) => inFirst(values, "advisories", (found) => Object.values(tableOf(found)).map((each) => {
		const { module_name, severity, title, github_advisory_id, url, id } = tableOf(each);
		return fault(module_name, severity, title, text(github_advisory_id) || idIn(url) || text(id));
	})),
	"yarn 1": (values) => {
		const lines = values.map(tableOf);
		if (!lines.some(({ type }) => type === "auditSummary")) return void 0;
		return lines.filter(({ type }) => type === "auditAdvisory").map(({ data }) => {
			const { module_name, severity, title, github_advisory_id, url, id } = tableOf(tableOf(data).advisory);
			return fault(module_name, severity, title, text(github_advisory_id) || idIn(url) || text(id));
		});
	},
	yarn: (values) => {
		const lines = values.map(tableOf);
		if (lines.some(({ type }) => type === "error")) return void 0;
		return lines.filter(({ children }) => children !== void 0).map(({ value, children }) => {
			const { ID, Issue, URL: url, Severity } = tableOf(children);
			return fault(value, Severity, Issue, idIn(url) || text(ID));
		});
	},
	bun: (values) => {
		const [first] = values;
		if (first === void 0) return void 0;
		return Object.entries(tableOf(first)).flatMap(([name, each]) => tables(each).map(({ severity, title, url, id }) => fault(name, severity, title, idIn(url) || text(id))));
	},
	"pip-audit": (values) => {
		const [first] = values;
		const list = Array.isArray(first) ? first : tableOf(first).dependencies;
		if (!Array.isArray(list)) return void 0;
		return tables(list).flatMap(({ name, vulns }) => tables(vulns).map(({ id, description }) => fault(name, void 0, firstLine(description), text(id))));
	},
	"cargo-audit": (values) => inFirst(values, "vulnerabilities", (found) => tables(tableOf(found).list).map(({ advisory, package: crate }) => {
		const { id, title } = tableOf(advisory);
		return fault(tableOf(crate).name, void 0, title, text(id));
	})),
	govulncheck: (values) => {
		const lines = values.map(tableOf);
		if (!lines.some(({ config }) => config !== void 0)) return void 0;
		const titles = new Map(lines.flatMap(({ osv }) => {
			const { id, summary } = tableOf(osv);
			return id === void 0 ? [] : [[text(id), text(summary)]];
		}));
		return [...lines.flatMap(({ finding }) => {
			const { osv, trace } = tableOf(finding);
			const [first] = tables(trace);
			if (osv === void 0 || !first) return [];
			const severity = first.function === void 0 ? "low" : "high";
			return [fault(first.module, severity, titles.get(text(osv)) ?? "a known fault", text(osv))];
		})].sort((a, b) => Number(isGrave(a)) - Number(isGrave(b)));
	},
	composer: (values) => inFirst(values, "advisories", (found) => Object.entries(tableOf(found)).flatMap(([name, each]) => tables(Array.isArray(each) ? each : Object.values(tableOf(each))).map(({ advisoryId, title, cve, severity }) => fault(name, severity, title, text(cve) || text(advisoryId))))),
	"bundler-audit": (values) => inFirst(values, "results", (found) => tables(found).map(({ gem, advisory }) => {
		const { id, title, criticality } = tableOf(advisory);
		return fault(tableOf(gem).name, criticality, title, text(id));
	})),
	dotnet: (values) => inFirst(values, "projects", (found) => tables(found).flatMap(({ frameworks }) => tables(frameworks)).flatMap(({ topLevelPackages, transitivePackages }) => [...tables(topLevelPackages), ...tables(transitivePackages)]).flatMap(({ id, vulnerabilities }) => tables(vulnerabilities).map(({ severity, advisoryurl }) => fault(id, severity, "a known fault", idIn(advisoryurl))))),
	mix_audit: (values) => inFirst(values, "vulnerabilities", (found) => tables(found).map(({ advisory, dependency }) => {
		const { id, title, severity } = tableOf(advisory);
		return fault(tableOf(dependency).package, severity, title, text(id));
	}))
};
const fault = (name, severity, title, id) => ({
	id: id || "no number",
	package: text(name, "a package"),
	severity: severityOf(severity),
	title: firstLine(title) || "a known fault"
});
const firstLine = (value) => (text(value).split("\n")[0] ?? "").slice(0, 300);
function inFirst(values, key, read) {
	const holder = values.map(tableOf).find((value) => value[key] !== void 0);
	return holder && read(holder[key]);
}
/** The reason for a missing answer, in the program's own words if it has any. */
function reasonIn(values, output) {
	for (const value of values.map(tableOf)) {
		const { error, message, data } = value;
		const said = text(tableOf(error).summary) || text(tableOf(error).message) || text(error) || text(message) || text(data);
		if (said !== "") return firstLine(said);
	}
	const line = output.split("\n").map((each) => each.trim()).find((each) => /err(?:or|_)|fail|cannot|could not|unable|refused/i.test(each));
	return line === void 0 ? "it gave no answer" : firstLine(line);
}
/** JSON values in a program's output: the whole output, one value per line, or one after another. */
function jsonIn(output) {
	const whole = parsed(output);
	if (whole !== void 0) return [whole];
	const byLine = output.split("\n").map((line) => line.trim()).filter((line) => /^[{[]/.test(line)).map(parsed);
	if (byLine.length > 0 && !byLine.includes(void 0)) return byLine;
	const values = [];
	let start;
	const raw = output.split("\n");
	for (const [at, line] of raw.entries()) {
		if (start === void 0 && /^\s{0,1}[{[]\s*/.test(line)) start = at;
		if (start === void 0 || !/^[}\]]\s*$/.test(line)) continue;
		const value = parsed(raw.slice(start, at + 1).join("\n"));
		if (value !== void 0) values.push(value);
		start = void 0;
	}
	if (values.length > 0) return values;
	const value = parsed(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
	return value === void 0 ? byLine.filter((each) => each !== void 0) : [value];
}
function parsed(source) {
	if (source.trim() === "") return void 0;
	try {
		return JSON.parse(source);
	} catch {
		return;
	}
}

// src/gates/security.ts
/**
* The security gate: secrets that the change would publish, and vulnerable dependencies that it would add.
*
* Only new findings fail. If the change leaves the dependencies alone, there is nothing new, and no audit runs. Otherwise
* the same audit also runs on the files from before, and its findings there do not count.
*/
async function auditAll(audits, at) {
	const before = join(at.scratch, "before");
	const verdicts = [];
	let isOut = false;
	const filesBefore = async () => {
		if (!isOut) await at.definition.checkOutBefore(before);
		isOut = true;
		return before;
	};
	try {
		for (const audit of audits) verdicts.push(await auditOne(audit, at, filesBefore));
	} finally {
		await rm(before, {
			recursive: true,
			force: true,
			maxRetries: 3
		});
		await rm(`${before}.index`, { force: true });
	}
	return verdicts;
}
async function auditOne(audit, at, filesBefore) {
	if (audit.kind === "not applicable") return none(audit.why);
	const name = nameOf(audit);
	const { judgement } = at;
	if (audit.form === "exit code") {
		const ended = await at.programs.start("security", audit.step, at.timeoutMs);
		return {
			verdict: verdictOf(ended),
			looked: sayStep(audit.step),
			said: told(ended)
		};
	}
	if (!(judgement?.files.some((file) => audit.after.includes(file)) ?? true)) return none(`the change does not touch ${audit.after.at(-1) ?? "the dependencies"}`);
	const now = await faultsIn(audit, at, void 0);
	if (typeof now === "string") return none(`${name}: ${now}`);
	const grave = now.filter(isGrave);
	if (grave.length === 0) return {
		verdict: "pass",
		looked: `${name}: ${counted(now.length, "minor fault")}`,
		said: ""
	};
	const known = await faultsBefore(audit, at, await filesBefore());
	const isComparable = typeof known !== "string";
	const fresh = isComparable ? newFaults(grave, known) : grave;
	const old = grave.length - fresh.length;
	const looked = `${name}: ${counted(fresh.length, "new fault")}${old > 0 ? `, ${old} known already` : ""}`;
	if (fresh.length === 0) return {
		verdict: "pass",
		looked,
		said: ""
	};
	const doubt = isComparable ? "" : `\n(the dependencies of the base could not be audited: ${known})`;
	const words = fresh.map(sayFault).join("\n");
	return {
		verdict: "fail",
		looked,
		said: `${name} found ${counted(fresh.length, "fault")} that this change adds:\n${words}${doubt}`
	};
}
const none = (why) => ({
	verdict: "not applicable",
	looked: `no audit: ${why}`,
	said: ""
});
const nameOf = ({ step }) => {
	const words = step.run.slice(0, step.run[0]?.includes("-audit") || step.run[0] === "govulncheck" ? 1 : 2).join(" ");
	return step.directory === "" ? words : `${words} in ${step.directory}`;
};
const counted = (count, what) => `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
async function faultsBefore(audit, at, root) {
	const directory = join(root, audit.step.directory);
	if (!await lstat(directory).then(() => true, () => false)) return [];
	const lock = audit.after.at(-1);
	return lock === void 0 || await lstat(join(root, lock)).then(() => true, () => false) ? faultsIn(audit, at, root) : [];
}
/** @returns the reason for a missing answer. */
async function faultsIn({ step, prepare = [], form }, { programs, timeoutMs }, root) {
	if (form === "exit code") return "it gives no list of faults";
	for (const each of prepare) {
		const ended = await programs.start("security", each, timeoutMs, root);
		if (isMissing(ended)) return `${each.run[0]} is not installed`;
		if (exitOf$1(ended) !== 0) return `${each.run.slice(0, 2).join(" ")} failed`;
	}
	const ended = await programs.start("security", step, timeoutMs, root);
	if (isMissing(ended)) return `${step.run[0]} is not installed`;
	if (ended.how.kind === "timed out") return "it did not answer in time";
	const read = readAudit(form, ended.output, exitOf$1(ended));
	return read.kind === "faults" ? read.faults : read.why;
}

// src/gates/run.ts
/**
* Runs the gates on a tree of files.
*
* Each gate is one or more programs, each with its own environment, process group, time limit and output. The exit code
* decides, never the output, with one exception: a test run that collected no test is a failure (R11.5). Scripts and
* Makefiles are those of the base while gates run. A gate that changes files fails, so that only verified files are
* published.
*/
const SHOWN_CHARS = 8e3;
const COMMAND_CHARS = 300;
const INSTALL_MS = 12e5;
/** Remembers what was installed, so that it is installed again only if the files that define it changed. */
var GateRunner = class {
	#ground;
	#definition;
	#programs;
	#installed = /* @__PURE__ */ new Map();
	#round = 0;
	#outputs = [];
	#said = [];
	constructor(definition, ground) {
		this.#definition = definition;
		this.#ground = ground;
		this.#programs = new Programs(ground);
	}
	/** The output of gates and installs so far, in every round; of each the last megabyte. */
	async said() {
		return Promise.all(this.#said.map(async ({ title, file }) => ({
			title,
			text: await readFile(file, "utf8")
		})));
	}
	/**
	* A program that a gate needs and no agent can provide. Known before anything runs, and so before an agent is paid.
	*
	* @param base the commit or tree that the work starts from.
	* @param places directories in which the work will change files, if they are known. A gate that not every one of them
	* needs may never run.
	*/
	async lacking(base, places = []) {
		const [ofMutation] = await this.#mutationLacks();
		if (ofMutation) return ofMutation;
		const found = [];
		for (const changed of places.length > 0 ? places.map((place) => [place]) : [[]]) found.push((await this.#lacksOf(await this.#definition.heldTo(base, changed)))[0]);
		return found.includes(void 0) ? void 0 : found[0];
	}
	/** Every program that a gate of the whole repository needs and that cannot be started here. */
	async lacks() {
		return [...await this.#mutationLacks(), ...await this.#lacksOf(this.#definition)];
	}
	async #mutationLacks() {
		const { gates } = this.#definition;
		const lacks = lacksOf(gates).map(({ name, manifest }) => ({
			kind: "MUTATION_TOOL",
			tool: name,
			manifest
		}));
		for (const gate of gates) for (const { mutator } of gate.kind === "mutation" ? gate.places : []) {
			const [command = ""] = mutator.run;
			if (!await this.#programs.has(command)) lacks.push({
				kind: "GATE_MISSING",
				gate: gate.gate,
				command
			});
		}
		return lacks;
	}
	async #lacksOf({ gates, installs, files, executable }) {
		const lacks = /* @__PURE__ */ new Map();
		const needed = [...installs.map(({ steps }) => ({
			gate: "install",
			steps
		})), ...gates.flatMap((gate) => gate.kind === "commands" ? [{
			gate: gate.gate,
			steps: gate.steps
		}] : [])];
		for (const { gate, steps } of needed) for (const step of steps) {
			const [command = ""] = step.run;
			const file = notExecutable(step, files, executable);
			if (file !== void 0) {
				lacks.set(`${gate} ${file}`, {
					kind: "GATE_NOT_EXECUTABLE",
					gate,
					file
				});
				continue;
			}
			if (!(step.ifThere !== void 0 || (step.path?.length ?? 0) > 0) && !await this.#programs.has(command, step.otherwise)) lacks.set(`${gate} ${command}`, {
				kind: "GATE_MISSING",
				gate,
				command
			});
		}
		return [...lacks.values()];
	}
	/** Clauses about content of the base that is not in the tree. */
	get notFetched() {
		return this.#definition.hints.flatMap(({ text, absent }) => absent ? [text] : []);
	}
	/**
	* Installs all dependencies, by the lock files if there are any.
	*
	* @returns the failure, if it failed, and the files that decide what is installed; without them, a command of the config
	* decides.
	*/
	async install() {
		const failed = await this.#install(this.#definition);
		if (!failed) return void 0;
		const { installs } = this.#definition;
		const isOwn = installs.some((each) => each.isOwn);
		return {
			result: failed.result,
			madeFrom: isOwn ? void 0 : installs.flatMap(({ after }) => after)
		};
	}
	/**
	* Runs every gate that the change is held to, even after one failed, so that the agent sees all failures at once.
	*
	* @param judgement of the change; without one, the whole repository is held to all gates.
	* @param held the tree as it was last taken or put.
	* @param only the single gate to run; by default all of them.
	*/
	async run(judgement, held, only) {
		this.#round += 1;
		this.#outputs = [];
		const gates = judgement ? await this.#definition.heldTo(held, judgement.files) : this.#definition;
		const restore = await withMeanings(this.#ground.tree.directory, gates.meanings, this.#ground.log);
		try {
			const failed = await this.#install(gates);
			if (failed) return this.#roundOf([failed]);
			const before = restore ? await this.#ground.tree.take() : {
				kind: "tree",
				tree: held
			};
			if (before.kind === "broken") throw new Error(sayProblem(before.problem, { form: "plain" }).what);
			const ended = [];
			for (const gate of gates.gates) {
				if (only !== void 0 && gate.gate !== only) continue;
				const tests = ended.find((each) => each.result.gate === "tests")?.result;
				const round = {
					gates,
					judgement,
					tree: before.tree,
					tests
				};
				const one = await this.#withoutOld(await this.#runOne(gate, round), () => this.#runOne(gate, round));
				const { verdict, command, gate: name } = one.result;
				this.#ground.log(`${name}: ${verdict}${verdict === "not applicable" ? `, ${command}` : ""}`);
				ended.push(one);
			}
			return this.#roundOf(ended);
		} finally {
			await restore?.();
		}
	}
	/** A gate that was flaky on the base runs once more, and one that was red there is not red for its old failures. */
	async #withoutOld(ended, again) {
		const known = this.#knownOf(ended.result.gate);
		if (!known || ended.result.verdict !== "fail" || ended.problem) return ended;
		if (known.state !== "flaky") return {
			...ended,
			result: withoutOld(ended.result, ended.failures, known)
		};
		this.#ground.log(`${ended.result.gate}: fail; it was flaky before the change, so it runs once more`);
		const second = await again();
		return second.result.verdict === "pass" ? {
			...second,
			result: passedAgain(second.result)
		} : second;
	}
	#knownOf(gate) {
		return this.#ground.known?.find((each) => each.gate === gate);
	}
	#roundOf(ended) {
		const isRed = ended.some(({ result }) => result.verdict === "fail" || result.verdict === "timed out");
		const hopeless = ended.find(({ missing }) => missing)?.problem;
		return {
			verdict: isRed ? "fail" : "pass",
			results: ended.map(({ result }) => result),
			problems: ended.flatMap(({ problem }) => problem ?? []),
			outputs: this.#outputs,
			failures: new Map(ended.flatMap(({ result, failures }) => failures ? [[result.gate, failures]] : [])),
			...hopeless ? { hopeless } : {}
		};
	}
	async #runOne(gate, { gates, judgement, tree, tests }) {
		switch (gate.kind) {
			case "not applicable": return { result: await this.#result(gate.gate, gate.why, "not applicable", 0, "") };
			case "scope": return { result: await this.#scope(gate, judgement) };
			case "security": return { result: await this.#security(gate, judgement) };
			case "commands": {
				const there = await this.#withoutAbsent(gate);
				return there.kind === "commands" ? this.#commands(there, gates, tree) : { result: await this.#result(there.gate, there.why, "not applicable", 0, "") };
			}
			case "mutation": return this.#mutation(gate, {
				judgement,
				tree,
				tests
			});
		}
	}
	/** Without steps whose program may be missing, and is. */
	async #withoutAbsent(gate) {
		const steps = [];
		const without = [...gate.without];
		for (const step of gate.steps) {
			const [program = ""] = step.run;
			if (step.ifThere === void 0 || await this.#programs.has(program)) steps.push(step);
			else without.push(step.ifThere);
		}
		return isNeeded({
			...gate,
			steps,
			without
		});
	}
	/** Like a gate, an installation that was flaky on the base is tried once more. */
	async #install(gates) {
		const failed = await this.#installAll(gates);
		return failed && this.#knownOf("install")?.state === "flaky" ? this.#installAll(gates) : failed;
	}
	async #installAll(gates) {
		for (const install of gates.installs) {
			const key = install.steps.map(sayStep).join("\n");
			const made = await this.#madeFrom(install);
			if (this.#installed.get(key) === made) continue;
			const failed = await this.#installOne(install, gates);
			if (failed) return failed;
			this.#installed.set(key, made);
		}
	}
	async #installOne({ steps }, gates) {
		const endsAt = performance.now() + INSTALL_MS;
		const before = await this.#ground.tree.isTouched() ? void 0 : await this.#ground.tree.take();
		for (const step of steps) {
			this.#ground.log(`$ ${sayStep(step)}`);
			const ended = await this.#programs.start("install", step, Math.max(1e3, endsAt - performance.now()));
			if (exitOf$1(ended) === 0) continue;
			const part = this.#partOf(step, ended, gates.files);
			const result = await this.#resultOf("install", sayStep(step), [part], verdictOf(ended), ended.durationMs, [...hintsFor(gates.hints, [step])]);
			const problem = this.#missing("install", step, gates);
			return isMissing(ended) ? {
				result,
				problem,
				missing: true
			} : { result };
		}
		if (before?.kind !== "tree") return void 0;
		const { changed, made } = await this.#dirtied(before.tree, "keep what is new");
		if (made.length > 0) this.#ground.log(`install: ${sayMade(made, gates.files)}`);
		if (changed.length === 0) return void 0;
		const said = `It changed files that are in git: ${listed(changed)}\nTake them out of git and into .gitignore, or have the installation leave them as they are.`;
		return {
			result: await this.#result("install", steps.map(sayStep).join("; "), "fail", 0, said),
			problem: {
				kind: "GATE_DIRTY",
				gate: "install",
				files: changed
			}
		};
	}
	async #madeFrom(install) {
		const hash = createHash("sha256");
		for (const file of install.after) {
			hash.update(await readFile(join(this.#ground.tree.directory, file)).catch(() => Buffer.alloc(0)));
			hash.update("\0");
		}
		return hash.digest("hex");
	}
	async #commands(gate, gates, tree) {
		const startedAt = performance.now();
		const tried = [];
		for (const step of gate.steps) {
			this.#ground.log(`$ ${sayStep(step)}`);
			const leftMs = gate.timeoutMs - (performance.now() - startedAt);
			if (leftMs <= 0) {
				tried.push({ part: {
					step,
					verdict: "timed out",
					said: "There was no time left to run it.",
					headlines: [],
					annotations: []
				} });
				continue;
			}
			const ended = await this.#programs.start(gate.gate, step, leftMs);
			const part = await this.#withoutKnown(gate, this.#partOf(step, ended, gates.files));
			const { changed, made } = await this.#dirtied(tree);
			const fault = this.#faultOf(gate, step, ended, gates) ?? this.#dirtOf(gate, ended, changed);
			const note = made.length > 0 ? `\n(swarm: ${sayMade(made, gates.files)})` : "";
			const tests = gate.gate === "tests" ? countsIn(clean(ended.output)) : void 0;
			tried.push({
				part: {
					...part,
					tests,
					said: `${part.said}${note}`
				},
				...fault ? { fault } : {}
			});
		}
		const hasTests = tried.some(({ part, fault }) => part.verdict === "pass" && !fault);
		const judged = tried.map(({ part, fault }) => {
			if (!fault) return { part };
			if (fault.problem.kind === "NO_TESTS" && hasTests) return { part: {
				...part,
				verdict: "pass",
				said: fault.said,
				headlines: [],
				annotations: []
			} };
			return {
				part: {
					...part,
					verdict: "fail",
					said: fault.said,
					headlines: fault.isAll ? [] : part.headlines
				},
				fault
			};
		});
		const parts = judged.map(({ part }) => part);
		const problem = judged.flatMap(({ fault }) => fault?.problem ?? [])[0];
		const isMissed = judged.some(({ fault }) => fault?.isHopeless);
		const verdict = parts.some((each) => each.verdict === "fail") ? "fail" : parts.some((each) => each.verdict === "timed out") ? "timed out" : "pass";
		const failed = parts.filter((each) => each.verdict === "fail").map(({ step }) => step);
		const ms = Math.round(performance.now() - startedAt);
		const hints = hintsFor(gates.hints, failed);
		const result = await this.#resultOf(gate.gate, sayGate(gate), parts, verdict, ms, hints);
		const failures = verdict === "fail" && !problem ? failureNames(gate.gate, parts) : void 0;
		return {
			result,
			...problem ? { problem } : {},
			...failures ? { failures } : {},
			...isMissed ? { missing: true } : {}
		};
	}
	#partOf(step, ended, files) {
		const safe = redact(clean(ended.output), this.#ground.secrets);
		const place = {
			root: this.#ground.tree.directory,
			directory: step.directory,
			files
		};
		if (step.fails !== void 0) {
			const { named, isClean } = filesNamed(safe, step, files);
			const headlines = named.map((file) => `${file}: it is not formatted`);
			const annotations = named.map((file) => ({
				file,
				line: 1,
				message: "it is not formatted"
			}));
			const exit = exitOf$1(ended);
			const isSound = exit === 0 || exit !== void 0 && isClean;
			if (named.length > 0 && isSound) return {
				step,
				verdict: "fail",
				said: safe.trim(),
				headlines,
				annotations,
				failures: headlines
			};
			if (isSound) return {
				step,
				verdict: "pass",
				said: safe.trim(),
				headlines: [],
				annotations: []
			};
		}
		const verdict = verdictOf(ended);
		const said = redact(clean(told(ended)), this.#ground.secrets).trim();
		if (verdict === "pass") return {
			step,
			verdict,
			said,
			headlines: [],
			annotations: []
		};
		return {
			step,
			verdict,
			said,
			...readOutput(safe, place)
		};
	}
	/** Lists the files at fault now and before the change, if the step can, and leaves out those that were at fault before. */
	async #withoutKnown({ gate, timeoutMs }, part) {
		const { lists, directory } = part.step;
		if (part.verdict !== "fail" || lists === void 0 || part.annotations.length === 0) return part;
		const step = {
			...part.step,
			run: lists
		};
		const listed = async (root) => filesListed((await this.#programs.start(gate, step, timeoutMs, root)).output, root);
		const before = join(this.#ground.scratch, "before");
		try {
			await this.#definition.checkOutBefore(before);
			const isThere = (path) => access(path).then(() => true, () => false);
			if (!await isThere(join(before, directory))) return part;
			const now = await listed(this.#ground.tree.directory);
			const old = /* @__PURE__ */ new Set();
			for (const file of now) if (await isThere(join(before, file))) old.add(file);
			return withoutKnown(part, now, await listed(before), (file) => old.has(file));
		} finally {
			await rm(before, {
				recursive: true,
				force: true,
				maxRetries: 3
			});
			await rm(`${before}.index`, { force: true });
		}
	}
	/** A fault in how it ran, independent of its exit code. */
	#faultOf({ gate }, step, ended, gates) {
		const output = redact(clean(told(ended)), this.#ground.secrets);
		if (isMissing(ended)) return {
			problem: this.#missing(gate, step, gates),
			said: output,
			isAll: false,
			isHopeless: true
		};
		if (gate !== "tests") return void 0;
		const isPytest = step.run.some((word) => /(?:^|\/)(?:pytest|py\.test)$/.test(word));
		const exit = exitOf$1(ended);
		const text = clean(ended.output);
		if (!(exit === 0 && collectedNone(text) || exit !== void 0 && exit !== 0 && endedWithoutTests(text)) && !(isPytest && exit === 5)) return void 0;
		const said = `No test ran, so nothing is proved.\n${output}`;
		return {
			problem: {
				kind: "NO_TESTS",
				command: sayStep(step)
			},
			said,
			isAll: true
		};
	}
	#missing(gate, step, { files, executable }) {
		const file = notExecutable(step, files, executable);
		return file === void 0 ? {
			kind: "GATE_MISSING",
			gate,
			command: step.run[0] ?? ""
		} : {
			kind: "GATE_NOT_EXECUTABLE",
			gate,
			file
		};
	}
	#dirtOf({ gate }, ended, changed) {
		if (changed.length === 0) return void 0;
		const output = redact(clean(ended.output), this.#ground.secrets);
		const said = `It changed files, and a gate may not do that (let it only check): ${listed(changed)}\n${output}`;
		return {
			problem: {
				kind: "GATE_DIRTY",
				gate,
				files: changed
			},
			said,
			isAll: true
		};
	}
	/** Files of the tree that a program changed; they are put back. Files that it made are removed, unless they are kept. */
	async #dirtied(tree, how) {
		const clean = {
			changed: [],
			made: []
		};
		if (!await this.#ground.tree.isTouched()) return clean;
		const after = await this.#ground.tree.take();
		if (after.kind === "broken") {
			await this.#ground.tree.put(tree);
			return {
				...clean,
				changed: [sayProblem(after.problem, { form: "plain" }).what]
			};
		}
		const dirt = await this.#ground.tree.differences(tree, after.tree);
		if (dirt.changed.length + dirt.made.length === 0) return clean;
		if (how === "keep what is new" && dirt.changed.length === 0) await this.#ground.tree.leaveOut(tree, after.tree);
		else await this.#ground.tree.put(tree);
		return dirt;
	}
	async #scope(gate, judgement) {
		if (!judgement) return this.#result("scope", "no change to judge", "not applicable", 0, "");
		const broken = judgement.problems.filter(({ kind }) => kind !== "SECRET_IN_PATCH");
		return this.#result("scope", sayGate(gate), broken.length > 0 ? "fail" : "pass", 0, broken.map(sayShort).join("\n"));
	}
	async #security(gate, judgement) {
		const startedAt = performance.now();
		const found = judgement?.problems.filter(({ kind }) => kind === "SECRET_IN_PATCH") ?? [];
		const audits = await auditAll(gate.audits, {
			programs: this.#programs,
			definition: this.#definition,
			scratch: join(this.#ground.scratch, "audit"),
			judgement,
			timeoutMs: gate.timeoutMs
		});
		const verdicts = [...judgement ? [found.length > 0 ? "fail" : "pass"] : [], ...audits.map(({ verdict }) => verdict)];
		const verdict = [
			"fail",
			"timed out",
			"pass"
		].find((each) => verdicts.includes(each)) ?? "not applicable";
		const looked = [...judgement ? [sayGate(gate)] : [], ...new Set(audits.map((each) => each.looked))].join("; ");
		const said = [
			...found.map(sayShort),
			...judgement?.suspicious ?? [],
			...audits.map((each) => each.said)
		];
		const ms = Math.round(performance.now() - startedAt);
		return this.#result("security", looked, verdict, ms, said.filter((each) => each !== "").join("\n"));
	}
	async #mutation(gate, { judgement, tree, tests }) {
		const notRun = async (why) => ({ result: await this.#result(gate.gate, why, "not applicable", 0, "") });
		if (!judgement) return notRun("no change to judge");
		if (tests?.verdict !== "pass") return notRun("the tests do not pass, so mutants would say nothing about them");
		const startedAt = performance.now();
		const { directory } = this.#ground.tree;
		const scratch = join(this.#ground.scratch, "mutation");
		await mkdir(scratch, { recursive: true });
		const { verdict, looked, said, annotations, problem } = await mutate(gate.places, {
			programs: this.#programs,
			definition: this.#definition,
			directory,
			held: tree,
			scratch,
			temporary: this.#programs.temporaryDirectory,
			survivors: gate.survivors,
			testsMs: tests.durationMs,
			timeoutMs: gate.timeoutMs,
			log: this.#ground.log
		});
		const { changed, made } = await this.#dirtied(tree);
		const dirty = [...changed, ...made];
		if (dirty.length > 0) this.#ground.log(`${gate.gate}: put back ${listed(dirty)}`);
		const safe = (text) => redact(clean(text), this.#ground.secrets);
		const ms = Math.round(performance.now() - startedAt);
		const looks = [looked, ...gate.without].join("; ");
		return {
			result: await this.#result(gate.gate, looks, verdict, ms, said, { annotations: annotations.map((each) => ({
				...each,
				message: safe(each.message)
			})) }),
			...problem ? {
				problem,
				missing: true
			} : {}
		};
	}
	/** The important part first: the parts that failed, and for each the lines that say why. */
	async #resultOf(gate, command, parts, verdict, durationMs, hints = []) {
		const failed = parts.filter((each) => each.verdict !== "pass");
		const shown = failed.length > 0 ? failed : parts;
		const first = [...new Set(shown.flatMap(({ headlines }) => headlines))].join("\n").slice(0, SHOWN_CHARS / 2);
		const room = Math.floor((SHOWN_CHARS - first.length - hints.join("\n").length - 4) / Math.max(1, shown.length));
		const text = shown.map((part) => {
			const title = parts.length > 1 ? `$ ${sayStep(part.step)} (${part.verdict})\n` : "";
			return `${title}${sayPart(part, room - title.length - 2)}`;
		});
		if (first !== "") text.unshift(first);
		if (hints.length > 0) text.push(hints.join("\n"));
		const whole = parts.map(({ step, said }) => `$ ${sayStep(step)}\n${said}`).join("\n\n");
		const annotations = failed.flatMap((part) => part.annotations).slice(0, 50);
		const tests = countsOf(parts.map((part) => part.tests));
		return this.#result(gate, command, verdict, durationMs, text.join("\n\n"), {
			whole,
			annotations,
			tests
		});
	}
	async #result(gate, command, verdict, durationMs, output, more = {}) {
		const safe = redact(clean(output), this.#ground.secrets).trim();
		const shown = verdict === "pass" ? safe.slice(-400) : shorten(safe, SHOWN_CHARS);
		const { whole = safe, annotations = [], tests } = more;
		if (whole !== "") {
			const directory = join(this.#ground.scratch, "outputs");
			const file = join(directory, `${this.#round}-${gate}.txt`);
			await mkdir(directory, { recursive: true });
			await writeFile(file, `${whole.slice(-1e6).toWellFormed()}\n`);
			this.#outputs.push({
				gate,
				file
			});
			this.#said.push({
				title: `gates ${this.#round} ${gate} ${verdict}`,
				file
			});
		}
		return {
			gate,
			verdict,
			command: clip(redact(clean(command), this.#ground.secrets), COMMAND_CHARS),
			durationMs,
			output: shown,
			...annotations.length > 0 ? { annotations } : {},
			...tests ? { tests } : {}
		};
	}
};

// src/sandbox/inside.ts
/**
* The inner half of a call's way out: a program in the network namespace that listens on ports of its loopback and passes each
* connection on to a socket of `Egress`, and the variables by which other programs find it.
*
* It runs as the user of the program that it serves, and has nothing that this program does not have. So it need not be
* protected from it: a program that ends it has no network any more.
*/
/** Where the sockets and node stand inside. */
const SOCKETS = "/run/swarm-network";
const NODE = "/run/swarm-node";
/** Perl starts many times faster than node and is on nearly every machine. */
const PERL = "/usr/bin/perl";
/**
* Listens, leaves a forwarder behind, and becomes the program. It uses no modules, because they take longer to load than all
* the rest: the numbers are Linux's own, and the same on every machine that Node runs on.
*
* The forwarder's parent ends at once, and it has a group of its own, so that the program neither inherits a child nor reaches
* it by a signal to its group. A process for each direction of a connection: neither can wait for the other.
*/
const WITH_PERL = `
my ($directory, $ports, @program) = @ARGV; my (%listeners, $bits);
for my $port (split ' ', $ports) {
  for my $place ([2, pack 'S n a4 x8', 2, $port, "\\x7f\\0\\0\\1"], [10, pack 'S n N a16 N', 10, $port, 0, "\\0" x 15 . "\\1", 0]) {
    my $listener;
    my $listens = socket($listener, $place->[0], 1, 0) && setsockopt($listener, 1, 2, pack 'i', 1) && bind($listener, $place->[1]) && listen($listener, 512);
    if ($listens) { $listeners{fileno $listener} = [$listener, $port]; vec($bits, fileno $listener, 1) = 1; }
    elsif ($place->[0] == 2) { print STDERR "swarm: its network could not be set up: $!\\n"; exit 125; }
  }
}
my $child = fork;
if (!defined $child) { print STDERR "swarm: its network could not be set up: $!\\n"; exit 125; }
if ($child) { waitpid $child, 0; exec { $program[0] } @program; print STDERR "swarm: $program[0]: $!\\n"; exit 127; }
exit if fork; setpgrp;
open STDIN, '<', '/dev/null'; open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
$SIG{CHLD} = 'IGNORE'; $SIG{PIPE} = 'IGNORE';
while (1) {
  my $waiting = $bits;
  next if select($waiting, undef, undef, undef) < 1;
  for my $number (grep { vec($waiting, $_, 1) } keys %listeners) {
    my ($listener, $port) = @{$listeners{$number}};
    accept(my $near, $listener) or next;
    next if fork;
    my $far;
    socket($far, 1, 1, 0) && connect($far, pack 'S a108', 1, "$directory/$port") or exit;
    my ($from, $to) = fork ? ($near, $far) : ($far, $near);
    while (sysread($from, my $part, 65536)) {
      for (my $done = 0; $done < length $part;) { $done += syswrite($to, $part, length($part) - $done, $done) || exit shutdown($from, 2); }
    }
    shutdown($to, 1); exit;
  }
}`;
/** It says that it is ready by closing its output, so something else takes the number of that: it ends if a socket gets it. */
const WITH_NODE = `
const net = require('net'), fs = require('fs');
const [directory, ...ports] = process.argv.slice(1);
let left = 2 * ports.length;
const ready = () => { if (--left === 0) { fs.writeSync(1, 'ready'); fs.closeSync(1); fs.openSync('/dev/null'); } };
for (const port of ports) for (const host of ['127.0.0.1', '::1']) {
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ path: directory + '/' + port, allowHalfOpen: true });
    for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => other.destroy()).on('close', () => other.destroySoon()).pipe(other);
  });
  server.on('error', (error) => { if (host === '::1') ready(); else throw error; });
  server.listen(Number(port), host, ready);
}`;
/** Node cannot become another program, so a shell starts both. No variable of the shell's own reaches the program. */
const START_NODE = `[ "$("$1" "$2" -e "$3" $4 </dev/null 2>/dev/null &)" = ready ] ||
{ echo 'swarm: its network could not be set up' >&2; exit 125; }
shift 4; exec "$@"`;
/** The command that starts another one when the way out is open. The first two are the files of programs. */
function forwarding({ sh = "", setsid = "" }, ports, command, { by = existsSync(PERL) ? "perl" : "node", sockets = SOCKETS, node = NODE } = {}) {
	return by === "perl" ? [
		PERL,
		"-e",
		WITH_PERL,
		sockets,
		ports.join(" "),
		...command
	] : [
		sh,
		"-c",
		START_NODE,
		"sh",
		setsid,
		node,
		WITH_NODE,
		[sockets, ...ports].join(" "),
		...command
	];
}
/** Programs ask for addresses of their own loopback directly. */
const LOOPBACK = "localhost,.localhost,127.0.0.1,0.0.0.0,::1";
/**
* Has Node's own `fetch` use the proxy. It doubles the time that Node takes to start, so only agents get it: package managers
* read the other variables themselves, and a gate can set it in its command.
*/
const FETCH_OF_NODE = { NODE_USE_ENV_PROXY: "1" };
/** What programs of many ecosystems read. Each name stands in both cases, because some programs know only one. */
function networkVariables(port) {
	const proxy = `http://127.0.0.1:${port}`;
	const jvm = ["http", "https"].map((scheme) => `-D${scheme}.proxyHost=127.0.0.1 -D${scheme}.proxyPort=${port}`).join(" ");
	return {
		HTTP_PROXY: proxy,
		HTTPS_PROXY: proxy,
		NO_PROXY: LOOPBACK,
		http_proxy: proxy,
		https_proxy: proxy,
		no_proxy: LOOPBACK,
		YARN_HTTP_PROXY: proxy,
		YARN_HTTPS_PROXY: proxy,
		MAVEN_OPTS: `${jvm} -Daether.connector.http.useSystemProperties=true`,
		GRADLE_OPTS: jvm,
		SBT_OPTS: jvm
	};
}

// src/sandbox/view.ts
/**
* The part of this machine that a sandboxed program can see: the system, the tools on PATH, and nothing of anybody's home,
* of other jobs, or of the supervisor.
*/
/** Directories of the system. They hold programs and settings that every user of a machine can read. */
const SYSTEM = [
	"usr",
	"bin",
	"sbin",
	"lib",
	"lib32",
	"lib64",
	"libx32",
	"etc",
	"opt",
	"nix",
	"snap",
	"sys"
];
/** Where tools keep themselves below a home directory, in addition to the directories on PATH. */
const TOOL_HOMES = [
	".rustup",
	".cargo",
	".pyenv",
	".rbenv",
	".nvm",
	".volta",
	".asdf",
	".sdkman",
	".bun",
	".deno",
	"go"
];
/** What a home's `.local` may show: `share` holds keyrings and logins, too. */
const LOCAL_TOOLS = [
	"bin",
	"lib",
	"share/pipx",
	"share/uv",
	"share/mise",
	"share/pnpm",
	"share/claude/versions"
];
/** Files inside these directories that hold credentials. An empty file stands in their place. */
const CREDENTIALS = [
	".cargo/credentials",
	".cargo/credentials.toml",
	".sdkman/etc/config",
	".bun/install/global/.npmrc"
];
/** @param secluded directories that nobody may see, such as the job's scratch. A path that contains one is not shown. */
function viewOf(variables, secluded) {
	const links = [];
	const paths = /* @__PURE__ */ new Set();
	for (const name of SYSTEM) {
		const path = `/${name}`;
		const found = lstatSync(path, { throwIfNoEntry: false });
		if (found?.isSymbolicLink()) links.push({
			path,
			target: readlinkSync(path)
		});
		else if (found?.isDirectory()) paths.add(path);
	}
	addReal(paths, "/etc/resolv.conf");
	const { HOME } = variables;
	const closed = [...secluded, ...HOME ? [HOME] : []].map(real);
	const add = (path) => {
		if (!isAbsolute(path) || isBelowOne(real(path), SYSTEM_PATHS)) return;
		if (statOf(path) && !closed.some((each) => contains(real(path), each))) paths.add(resolve(path));
	};
	for (const directory of (variables.PATH ?? "").split(delimiter)) {
		if (directory === "") continue;
		add(directory);
		for (const root of rootsOf(directory)) add(root);
	}
	for (const path of [...Object.values(toolVariables(variables)), ...certificatePaths(variables)]) add(path);
	if (HOME) for (const name of TOOL_HOMES) add(join(HOME, name));
	const hidden = HOME ? CREDENTIALS.map((file) => join(HOME, file)).filter(isFile) : [];
	return {
		links,
		paths: outermost(paths),
		hidden
	};
}
/**
* The paths that a command line names, so that a program that lies outside of the system can be read: of a file its directory,
* with the modules that it may load, and of a program in a `bin` what lies around that. A directory that holds something
* closed is not shown, and then only the file is.
*
* @param program the file that the command starts.
* @param closed directories that may not be shown, such as the home of the job's user.
*/
function pathsOf(command, program, closed) {
	const isOpen = (path) => !closed.some((each) => contains(real(path), real(each)));
	return [.../* @__PURE__ */ new Set([
		program,
		real(program),
		...command.filter(isAbsolute)
	])].flatMap((file) => {
		const found = statOf(file);
		if (!found || isBelowOne(real(file), SYSTEM_PATHS) || isBelowOne(file, OF_CALL)) return [];
		if (found.isDirectory()) return isOpen(file) ? [file] : [];
		const directory = dirname(file);
		const shown = [
			directory,
			...rootsOf(directory),
			...packageOf(file)
		].filter((path) => statOf(path) && isOpen(path));
		return shown.length > 0 ? shown : [file];
	});
}
/** The outermost `node_modules` around a file: a package loads its dependencies from there. */
function packageOf(file) {
	const index = file.indexOf("/node_modules/");
	return index < 0 ? [] : [file.slice(0, index + 13)];
}
/** Inside, devices and processes are those of the call: a command that names `/dev/null` means its own. */
const OF_CALL = ["/dev", "/proc"];
const SYSTEM_PATHS = SYSTEM.map((name) => `/${name}`);
/** A tool's own directory around its `bin`: npm, for one, is a link into `../lib`. */
function rootsOf(directory) {
	const root = dirname(directory);
	if (!/^(?:\.?bin|shims)$/.test(basename(directory))) return [];
	if (basename(root) === ".local") return LOCAL_TOOLS.map((name) => join(root, name));
	return [root];
}
function addReal(paths, path) {
	const target = real(path);
	if (target !== path && isFile(target)) paths.add(target);
}
/** Without those that lie inside another one, in an order in which outer ones come first. */
function outermost(paths) {
	const kept = [];
	for (const path of [...paths].sort()) if (!kept.some((outer) => contains(outer, path))) kept.push(path);
	return kept;
}
function real(path) {
	try {
		return realpathSync(path);
	} catch {
		return resolve(path);
	}
}
const isFile = (path) => statOf(path)?.isFile() === true;
/** Undefined for what is not there, and for what this user may not look at. */
function statOf(path) {
	try {
		return statSync(path);
	} catch {
		return;
	}
}
const isBelowOne = (path, directories) => directories.some((each) => contains(each, path));
const contains = (outer, inner) => inner === outer || inner.startsWith(outer === sep ? sep : `${outer}${sep}`);

// src/sandbox/bubblewrap.ts
/**
* Encloses a program by bubblewrap: namespaces of its own for users, processes, mounts, IPC, host name and network.
*
* bubblewrap itself is started with the program's environment and no other, because `/proc/1/environ` inside holds whatever it
* was started with. Values never stand in its arguments, which every user of the machine can read.
*
* @see https://manpages.debian.org/bookworm/bubblewrap/bwrap.1.en.html
*/
/** The programs that put up each kind of walls. */
const TOOLS = {
	bubblewrap: [
		"bwrap",
		"prlimit",
		"sh",
		"setsid"
	],
	"bubblewrap-sudo": [
		"bwrap",
		"prlimit",
		"sudo",
		"env",
		"unshare",
		"sh",
		"setsid",
		"setpriv"
	]
};
/** The user that a program runs as inside, if this process is root: some agents refuse to work as root. */
const INSIDE_USER = 1e3;
/** Most programs need far less. A fork bomb and a leak of files end here, and no core of a program is written. */
const LIMITS = [
	{
		name: "nproc",
		called: "Max processes",
		most: 16384
	},
	{
		name: "nofile",
		called: "Max open files",
		most: 65536
	},
	{
		name: "core",
		called: "Max core file size",
		most: 0
	}
];
function bubblewrap(tools, enclosure) {
	const user = process.getuid?.() === 0 ? [
		"--uid",
		String(INSIDE_USER),
		"--gid",
		String(INSIDE_USER)
	] : [];
	return [
		fileOf(tools, "bwrap"),
		...["--unshare-user", ...user],
		...argumentsFor(enclosure),
		...["--", ...programOf(tools, enclosure)]
	];
}
/**
* Kills everything in the outer namespace when the job has died. sudo drops the kernel's signal for that, and outlives us.
* `$0` is the job's process. The kernel spares process 1, which is bubblewrap: it exits when what it encloses is dead.
*/
const WATCH = "(while [ -d \"/proc/$0\" ]; do sleep 1; done; kill -KILL -1) </dev/null >/dev/null 2>&1 & exec \"$@\"";
/**
* The same for machines where only root may create namespaces, such as GitHub's Ubuntu runners. bubblewrap runs as root,
* and the program runs as the user who asked for it, so that this user owns the files. sudo clears the environment, except
* for the variables that it is given by name.
*/
function bubblewrapWithSudo(tools, enclosure, environment) {
	const user = String(process.getuid?.() ?? INSIDE_USER);
	const group = String(process.getgid?.() ?? INSIDE_USER);
	const open = SUDO_SETS.filter((name) => environment[name] !== void 0);
	const kept = Object.keys(environment).filter((name) => !open.includes(name));
	return [
		...[
			fileOf(tools, "sudo"),
			"-n",
			`--preserve-env=${kept.join(",")}`,
			"--"
		],
		...[
			fileOf(tools, "env"),
			...sudoLeaves(environment),
			...open.map((name) => `${name}=${environment[name]}`)
		],
		...[
			fileOf(tools, "unshare"),
			"--pid",
			"--fork",
			"--kill-child=KILL",
			"--"
		],
		...[
			fileOf(tools, "sh"),
			"-c",
			WATCH,
			String(process.pid)
		],
		fileOf(tools, "bwrap"),
		...[
			"--cap-add",
			"CAP_SETUID",
			"--cap-add",
			"CAP_SETGID",
			"--cap-add",
			"CAP_SETPCAP"
		],
		...argumentsFor(enclosure),
		"--",
		...[
			fileOf(tools, "setpriv"),
			`--reuid=${user}`,
			`--regid=${group}`,
			"--clear-groups"
		],
		...[
			"--inh-caps=-all",
			"--bounding-set=-all",
			"--no-new-privs",
			"--",
			...programOf(tools, enclosure)
		]
	];
}
function programOf(tools, { command, egress }) {
	const limited = [...prlimit(tools), ...command];
	return egress === void 0 || egress === "none" ? limited : forwarding(tools, egress.ports, limited);
}
function fileOf(tools, name) {
	const { [name]: file } = tools;
	if (file === void 0) throw new Error(`unreachable: ${name} was looked for`);
	return file;
}
/** Variables that sudo always replaces, even if it is asked to keep them. None of their values is secret. */
const SUDO_SETS = [
	"PATH",
	"HOME",
	"USER",
	"LOGNAME",
	"SHELL",
	"MAIL",
	"TERM",
	"TMPDIR"
];
const sudoLeaves = (environment) => [
	"SUDO_COMMAND",
	"SUDO_USER",
	"SUDO_UID",
	"SUDO_GID",
	...SUDO_SETS
].filter((name) => environment[name] === void 0).flatMap((name) => ["-u", name]);
/** A limit can only be lowered, so this machine's own limit counts if it is lower. */
function prlimit(tools) {
	const own = readFileSync("/proc/self/limits", "utf8");
	const limits = LIMITS.map(({ name, called, most }) => {
		const [, hard = ""] = new RegExp(`^${called} +\\S+ +(\\S+)`, "m").exec(own) ?? [];
		return `--${name}=${hard === "unlimited" ? most : Math.min(most, Number(hard) || most)}`;
	});
	return [
		fileOf(tools, "prlimit"),
		...limits,
		"--"
	];
}
/** The paths that are shown. A mount hides what lies below it, so outer paths come first. */
function mountsOf({ view, writes, reads }) {
	return [...[...[...view.paths, ...reads].map((path) => ({
		path,
		how: "--ro-bind"
	})), ...writes.map((path) => ({
		path,
		how: "--bind"
	}))]].sort((one, other) => one.path.split("/").length - other.path.split("/").length);
}
/** Where the temporary directory of the system stands inside. */
const TEMPORARY = ["/tmp", "/var/tmp"];
/**
* Where paths are shown inside the temporary directory of the system. The caller has to make these places first,
* because bubblewrap would make them as root, and only for root.
*/
function placesIn(enclosure) {
	return mountsOf(enclosure).flatMap(({ path }) => {
		const base = TEMPORARY.find((each) => each !== path && contains(each, path));
		if (base === void 0) return [];
		const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
		return [{
			place: `${enclosure.temporaryDirectory}${path.slice(base.length)}`,
			isDirectory
		}];
	});
}
/** The directories above some paths, outer ones first. */
function above(paths) {
	const found = /* @__PURE__ */ new Set();
	for (const path of paths) for (let each = dirname(path); each !== "/"; each = dirname(each)) found.add(each);
	return [...found].sort();
}
/** Some programs write into such a directory at their start. What they write is gone with the call. */
const emptied = (path, empty) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ? ["--tmpfs", path] : [
	"--ro-bind-try",
	/\.jsonc?$/i.test(path) ? empty.json : empty.text,
	path
];
function argumentsFor(enclosure) {
	const { view, directory, temporaryDirectory, egress } = enclosure;
	const mounts = mountsOf(enclosure);
	const apart = mounts.map(({ path }) => path).filter((path) => !TEMPORARY.some((each) => contains(each, path)));
	return [
		...[
			"--unshare-pid",
			"--unshare-ipc",
			"--unshare-uts",
			"--unshare-cgroup-try"
		],
		...egress === void 0 ? [] : ["--unshare-net"],
		...[
			"--die-with-parent",
			"--new-session",
			"--hostname",
			"swarm"
		],
		...view.links.flatMap(({ path, target }) => [
			"--symlink",
			target,
			path
		]),
		...[
			"--proc",
			"/proc",
			"--dev",
			"/dev",
			"--tmpfs",
			"/run",
			"--tmpfs",
			"/var"
		],
		...egress === void 0 || egress === "none" ? [] : [
			"--bind",
			egress.directory,
			SOCKETS,
			"--ro-bind",
			process.execPath,
			NODE
		],
		...TEMPORARY.flatMap((path) => [
			"--bind",
			temporaryDirectory,
			path
		]),
		...above(apart).flatMap((path) => ["--dir", path]),
		...mounts.flatMap(({ path, how }) => [
			how,
			path,
			path
		]),
		...[...view.hidden, ...enclosure.hides].flatMap((path) => emptied(path, enclosure.empty)),
		...["--chdir", statSync(directory, { throwIfNoEntry: false })?.isDirectory() ? directory : "/"]
	];
}

// src/sandbox/egress.ts
/**
* The way out of a network namespace, for one call: sockets in a directory of their own, with what the call may reach behind
* them.
*
* One socket is a proxy (`CONNECT`, and requests in absolute form). It judges the name, resolves it once, judges the address,
* and connects to that address, so a name cannot lead elsewhere between the two. The other sockets lead to ports of this
* machine's own loopback that somebody named. If the job itself has a proxy, connections go through that one.
*/
/** The port of the proxy inside. It is neither a usual port of a server nor one that the kernel gives out. */
const PROXY_PORT = 61080;
const MOST_CONNECTIONS = 512;
const CONNECT_MS = 2e4;
/** One address of a name that has several. */
const ATTEMPT_MS = 5e3;
const HEADERS_MS = 3e4;
/** A model may think for a long time before it says anything. */
const IDLE_MS = 36e5;
/** The longest path of a socket that the kernel takes, less the name of the socket. */
const MOST_PATH = 90;
var Egress = class Egress {
	/** Holds one socket for each port, named like the port inside. */
	directory;
	proxyPort;
	ports;
	#options;
	#servers = [];
	#open = /* @__PURE__ */ new Set();
	constructor(directory, options) {
		this.directory = directory;
		this.#options = options;
		const local = options.policy.localPorts;
		this.proxyPort = local.includes(PROXY_PORT) ? 61081 : PROXY_PORT;
		this.ports = [this.proxyPort, ...local.filter((port) => port !== this.proxyPort)];
	}
	static async open(options) {
		const egress = new Egress(await makeDirectory(), options);
		try {
			await Promise.all(egress.ports.map((port) => egress.#listen(port)));
		} catch (error) {
			await egress.close();
			throw error;
		}
		return egress;
	}
	async close() {
		for (const each of this.#open) each.destroy();
		await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(() => resolve()))));
		await rm(this.directory, {
			recursive: true,
			force: true
		});
	}
	async #listen(port) {
		const server = port === this.proxyPort ? this.#proxy() : createServer({ allowHalfOpen: true }, (near) => this.#toLoopback(near, port));
		server.maxConnections = MOST_CONNECTIONS;
		server.on("connection", (socket) => this.#keep(socket));
		this.#servers.push(server);
		await new Promise((resolve, reject) => {
			server.once("error", reject);
			server.listen(join(this.directory, String(port)), resolve);
		});
	}
	/** Ended with the call, whatever its state. */
	#keep(stream) {
		this.#open.add(stream);
		stream.on("close", () => this.#open.delete(stream));
		stream.on("error", () => stream.destroy());
		return stream;
	}
	#toLoopback(near, port) {
		this.#join(near, this.#keep(connect({
			host: "localhost",
			port,
			allowHalfOpen: true
		})));
	}
	#join(near, far) {
		for (const each of [near, far]) if ("setTimeout" in each) each.setTimeout(IDLE_MS, () => each.destroy());
		pipeline(near, far, () => {});
		pipeline(far, near, () => {});
	}
	#proxy() {
		const server = createServer$1({
			requestTimeout: 0,
			headersTimeout: HEADERS_MS
		}, (request, response) => {
			this.#pass(request, response).catch((error) => {
				if (response.headersSent) response.destroy();
				else answer(response, error);
			});
		});
		server.on("connect", (request, near, head) => {
			this.#tunnel(request, near, head).catch((error) => near.end(answerLine(error)));
		});
		return server;
	}
	async #tunnel({ url = "" }, near, head) {
		const [, host, port] = /^(\[[^\]]*\]|[^:/?#@\s]+):(\d{1,5})$/.exec(url) ?? [];
		if (host === void 0) throw new Answer(400, "CONNECT needs a host and a port");
		const far = this.#keep(await this.#dial(canonical(host), Number(port), "https"));
		near.write("HTTP/1.1 200 Connection Established\r\n\r\n");
		if (head.length > 0) far.write(head);
		this.#join(near, far);
	}
	/** A request in absolute form. The host in its line counts, whatever its `Host` says. */
	async #pass(request$2, response) {
		const url = URL.parse(request$2.url ?? "");
		if (url?.protocol !== "http:") throw new Answer(400, "this is a proxy; it takes CONNECT and http:// URLs");
		const host = canonical(url.hostname);
		const upstream = upstreamFor(this.#options.variables, "http", host);
		const port = url.port === "" ? 80 : Number(url.port);
		const far = upstream ? await this.#named(host, port).then(() => dialUpstream(upstream)) : await this.#dial(host, port, "http");
		const forwarded = request({
			createConnection: () => this.#keep(far),
			method: request$2.method ?? "GET",
			path: upstream ? `http://${url.host}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
			headers: [
				...[
					"host",
					url.host,
					"connection",
					"close"
				],
				...upstream?.authorization === void 0 ? [] : ["proxy-authorization", upstream.authorization],
				...passedOn(request$2.rawHeaders)
			]
		});
		const answered = new Promise((resolve, reject) => {
			forwarded.on("response", resolve);
			forwarded.on("error", (error) => reject(new Answer(502, error.message)));
			forwarded.on("upgrade", (_, socket) => socket.destroy(/* @__PURE__ */ new Error("an upgrade needs CONNECT")));
		});
		pipeline(request$2, forwarded, () => {});
		const from = await answered;
		response.writeHead(from.statusCode ?? 502, from.statusMessage, [...passedOn(from.rawHeaders)]);
		pipeline(from, response, () => {});
	}
	/** @throws Answer if the call may not reach it. */
	async #named(host, port) {
		const verdict = await this.#options.policy.judge(host, port);
		if (verdict === "refused") throw this.#refused({
			host,
			port,
			why: "not named"
		});
		return verdict;
	}
	#refused(refused) {
		const host = readPlace(refused.host) ? refused.host : "?";
		this.#options.onRefused({
			...refused,
			host
		});
		return new Answer(403, `swarm does not let this program reach ${host}:${refused.port} (${refused.why})`);
	}
	async #dial(host, port, scheme) {
		const verdict = await this.#named(host, port);
		const upstream = upstreamFor(this.#options.variables, scheme, host);
		if (upstream) return tunnelThrough(upstream, host, port);
		const found = await addressesOf(host, this.#options.resolve);
		const addresses = isIP(host) === 0 ? found.filter(({ address }) => mayConnect(address, verdict)) : found;
		if (addresses.length === 0) throw this.#refused({
			host,
			port,
			why: "private address"
		});
		return connected(connect({
			host,
			port,
			autoSelectFamily: true,
			autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
			allowHalfOpen: true,
			lookup: (_, { all }, give) => all ? give(null, addresses) : give(null, addresses[0]?.address ?? "", 4)
		}));
	}
};
/** A directory that only this user can enter, with a path that a socket can have. */
async function makeDirectory() {
	const usual = join(tmpdir(), "swarm-net-");
	return mkdtemp(usual.length < MOST_PATH ? usual : join(sep, "tmp", "swarm-net-"));
}
const resolveHere = (name) => lookup(name, { all: true });
async function addressesOf(host, resolve = resolveHere) {
	if (isIP(host) !== 0) return [{
		address: host,
		family: isIP(host)
	}];
	try {
		return await resolve(host);
	} catch (error) {
		throw new Answer(502, error instanceof Error ? error.message : String(error));
	}
}
function connected(socket) {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => socket.destroy(/* @__PURE__ */ new Error("it did not answer in time")), CONNECT_MS);
		socket.once("connect", () => {
			clearTimeout(timer);
			resolve(socket);
		});
		socket.once("error", (error) => {
			clearTimeout(timer);
			reject(new Answer(502, error.message));
		});
	});
}
var Answer = class extends Error {
	status;
	constructor(status, message) {
		super(message);
		this.status = status;
	}
};
const STATUS_TEXTS = {
	400: "Bad Request",
	403: "Forbidden",
	502: "Bad Gateway"
};
/** A request can be such that node refuses to pass it on. */
const asAnswer = (error) => error instanceof Answer ? error : new Answer(502, error instanceof Error ? error.message : String(error));
function answer(response, error) {
	const { status, message } = asAnswer(error);
	response.writeHead(status, {
		"content-type": "text/plain",
		connection: "close"
	}).end(`${message}\n`);
}
function answerLine(error) {
	const { status, message } = asAnswer(error);
	const head = [
		"content-type: text/plain",
		`content-length: ${Buffer.byteLength(message) + 1}`,
		"connection: close"
	];
	return `HTTP/1.1 ${status} ${STATUS_TEXTS[status]}\r\n${head.join("\r\n")}\r\n\r\n${message}\n`;
}
/** Headers that concern one connection and not the request. The proxy writes those of its own connections itself. */
const OF_A_CONNECTION = /* @__PURE__ */ new Set([...[
	"host",
	"connection",
	"proxy-connection",
	"proxy-authorization",
	"proxy-authenticate",
	"keep-alive",
	"te",
	"upgrade"
]]);
function passedOn(raw) {
	const passed = [];
	for (let index = 0; index + 1 < raw.length; index += 2) {
		const [name = "", value = ""] = raw.slice(index, index + 2);
		if (!OF_A_CONNECTION.has(name.toLowerCase())) passed.push(name, value);
	}
	return passed;
}
function upstreamFor(variables, scheme, host) {
	const of = (name) => variables[name.toLowerCase()] || variables[name] || "";
	const url = URL.parse(of(`${scheme.toUpperCase()}_PROXY`) || of("ALL_PROXY"));
	if (!url || !/^https?:$/.test(url.protocol) || isLoopback(host) || isExempt(of("NO_PROXY"), host)) return void 0;
	const { username, password } = url;
	const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {
		url,
		...username === "" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` }
	};
}
const isExempt = (list, host) => list.split(/[\s,]+/).map((entry) => entry.toLowerCase().replace(/^\*?\./, "").replace(/:\d+$/, "")).some((entry) => entry === "*" || entry !== "" && (host === canonical(entry) || host.endsWith(`.${entry}`)));
const portOf = ({ port, protocol }) => Number(port) || (protocol === "https:" ? 443 : 80);
const dialUpstream = ({ url }) => connected(connect({
	host: canonical(url.hostname),
	port: portOf(url)
}));
/** Through the job's proxy, which resolves the name itself. */
function tunnelThrough({ url, authorization }, host, port) {
	const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
	return new Promise((resolve, reject) => {
		const request$3 = (url.protocol === "https:" ? request$1 : request)({
			host: canonical(url.hostname),
			port: portOf(url),
			method: "CONNECT",
			path: target,
			agent: false,
			headers: {
				host: target,
				...authorization === void 0 ? {} : { "proxy-authorization": authorization }
			},
			timeout: CONNECT_MS
		});
		request$3.on("connect", (response, socket, head) => {
			if (response.statusCode !== 200) {
				socket.destroy();
				reject(new Answer(502, `the proxy of the job answered ${response.statusCode}`));
				return;
			}
			socket.setTimeout(0);
			if (head.length > 0) socket.unshift(head);
			resolve(socket);
		});
		request$3.on("response", (response) => {
			response.destroy();
			reject(new Answer(502, `the proxy of the job answered ${response.statusCode}`));
		});
		request$3.on("timeout", () => request$3.destroy(/* @__PURE__ */ new Error("the proxy of the job did not answer in time")));
		request$3.on("error", (error) => reject(new Answer(502, error.message)));
		request$3.end();
	});
}

// src/sandbox/process.ts
/**
* Runs a program that is not trusted: an agent or a gate.
*
* It gets a process group of its own, a time limit, and a pipe instead of our output. At its end everything it left behind is
* killed. In a process namespace the kernel does that, and nothing can escape. Without one we kill its group, and every process
* with its mark in the environment, even outside the group. The runner finds its orphans in the same way.
*/
const GRACE_MS = 1e4;
const KEEP_CHARS = 1e6;
const LINE_CHARS = 16e3;
/** How long to wait for a pipe after everything was killed: only a process that escaped can still hold it. */
const PIPE_WAIT_MS = 2e3;
/** Between checks that the killed processes are gone. */
const POLL_MS = 5;
/** Memory fills at some gigabytes a second at most, and a look takes a few milliseconds. */
const MEMORY_LOOK_MS = 500;
const MARK = "SWARM_PROCESS";
/** Ends each program that runs now, with everything that it started. */
const running = /* @__PURE__ */ new Set();
const SIGNALS = ["SIGINT", "SIGTERM"];
/** Saves work before this process exits. Undefined means that a signal ends it at once. */
let delayedExit;
let isEnding = false;
/**
* A cancelled job gets SIGINT, then SIGTERM. Programs in groups of their own do not get these signals, and would outlive
* this process.
*/
function killAll(signal) {
	for (const end of running) end();
	if (delayedExit) delayedExit(signal);
	else die(signal);
}
function die(signal) {
	for (const each of SIGNALS) process.off(each, killAll);
	process.kill(process.pid, signal);
}
function listen() {
	for (const each of SIGNALS) if (!process.listeners(each).includes(killAll)) process.on(each, killAll);
}
/**
* From now on, SIGINT and SIGTERM kill the programs at once, but this process only after its work is saved.
*
* @param maxMs the longest delay. A runner sends SIGKILL ten seconds after its first signal.
*/
function delayExit(maxMs) {
	const stopping = new AbortController();
	let received;
	let deadline;
	delayedExit = (signal) => {
		if (received !== void 0) return;
		received = signal;
		isEnding = true;
		deadline = setTimeout(() => die(signal), maxMs);
		stopping.abort();
	};
	listen();
	return {
		stop: stopping.signal,
		end: () => {
			clearTimeout(deadline);
			delayedExit = void 0;
			isEnding = false;
			if (received !== void 0) die(received);
		}
	};
}
/** Runs a program to its end. Nothing that the program does makes this throw; a missing directory is 'not found'. */
function runProgram(options) {
	const [program = "", ...args] = options.command;
	const mark = randomUUID();
	const startedAt = performance.now();
	const kept = new HeadAndTail(options.keepChars ?? KEEP_CHARS);
	const { onLine } = options;
	const lines = ["stdout", "stderr"].map((from) => new LineSplitter(onLine && ((line) => onLine(line, from)), options.lineChars ?? LINE_CHARS));
	listen();
	if (isEnding) return Promise.resolve({
		how: { kind: "stopped" },
		output: "",
		durationMs: 0
	});
	return new Promise((resolve) => {
		const { namespace } = options;
		const child = spawn(program, args, {
			cwd: options.directory,
			env: {
				...options.environment,
				[MARK]: mark
			},
			detached: true,
			stdio: [
				options.input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe",
				...namespace === "reports" ? ["pipe"] : []
			]
		});
		let cut;
		let over = false;
		const timers = /* @__PURE__ */ new Set();
		const after = (ms, act) => timers.add(setTimeout(act, Math.min(ms, 2 ** 31 - 1)));
		const namespaceEnd = namespace === "reports" ? readNamespaceEnd(child.stdio[3]) : void 0;
		const end = (how) => {
			if (over) return;
			over = true;
			for (const timer of timers) clearTimeout(timer);
			options.signal?.removeEventListener("abort", stop);
			running.delete(killAllOfChild);
			for (const each of lines) each.finish();
			child.stdout?.destroy();
			child.stderr?.destroy();
			resolve({
				how,
				output: kept.text(),
				durationMs: Math.round(performance.now() - startedAt)
			});
		};
		const killed = /* @__PURE__ */ new Set();
		const killAllOfChild = () => {
			if (namespace !== void 0) killBelow(child.pid);
			else for (const pid of killTree(child.pid, mark)) killed.add(pid);
		};
		if (child.pid !== void 0) running.add(killAllOfChild);
		[child.stdout, child.stderr].forEach((stream, index) => {
			const decoder = new StringDecoder("utf8");
			stream?.on("data", (chunk) => {
				const text = decoder.write(chunk);
				kept.add(text);
				lines[index]?.add(text);
			});
		});
		child.stdin?.on("error", () => {});
		if (typeof options.input === "function" && child.stdin) options.input(child.stdin);
		else child.stdin?.end(options.input);
		child.on("error", (error) => {
			if (child.pid !== void 0) return;
			const why = error.code === "EACCES" ? "not executable" : "not found";
			end({
				kind: "not started",
				why,
				message: error.message
			});
		});
		const isAnyLeft = () => {
			const last = namespaceEnd?.();
			return [...killed, ...last === void 0 ? [] : [last]].some(hasThreads);
		};
		const endWhenGone = (how) => {
			if (isAnyLeft()) after(POLL_MS, () => endWhenGone(how));
			else end(how);
		};
		child.on("exit", (code, signal) => {
			if (namespace === void 0) killAllOfChild();
			const how = cut ? { kind: cut } : code === null ? {
				kind: "killed",
				signal: String(signal)
			} : exitOf(code, namespace);
			child.on("close", () => endWhenGone(how));
			after(PIPE_WAIT_MS, () => end(how));
		});
		const watchMemory = (most) => {
			if (over || child.pid === void 0) return;
			if (memoryOf(processesBelow(child.pid)) > most) {
				kept.add(`\nswarm: it used more than ${Math.round(most / 2 ** 20)} MiB of memory and was stopped.\n`);
				killAllOfChild();
			} else after(MEMORY_LOOK_MS, () => watchMemory(most));
		};
		const { memoryBytes } = options;
		if (namespace !== void 0 && memoryBytes !== void 0) after(MEMORY_LOOK_MS, () => watchMemory(memoryBytes));
		const cutShort = (why) => {
			if (cut || over) return;
			cut = why;
			if (namespace === void 0) signalGroup(child.pid, "SIGTERM");
			else if (child.pid !== void 0) signalGroup(programGroup(child.pid), "SIGTERM");
			after(options.graceMs ?? GRACE_MS, killAllOfChild);
		};
		const stop = () => cutShort("stopped");
		after(options.timeoutMs, () => cutShort("timed out"));
		if (options.signal?.aborted) stop();
		else options.signal?.addEventListener("abort", stop, { once: true });
	});
}
/** What encloses a program passes its signal on as shells do, as 128 plus its number. */
function exitOf(code, namespace) {
	const signal = Object.entries(constants$3.signals).find(([, number]) => number === code - 128)?.[0];
	return namespace === void 0 || signal === void 0 ? {
		kind: "exited",
		code
	} : {
		kind: "killed",
		signal
	};
}
/** @returns a function that answers the process that its namespace ends with, once bubblewrap has reported it. */
function readNamespaceEnd(stream) {
	let text = "";
	stream.setEncoding("utf8");
	stream.on("data", (chunk) => {
		text += chunk;
	});
	stream.on("error", () => {});
	return () => {
		const pid = /"child-pid": *(\d+)/.exec(text)?.[1];
		return pid === void 0 ? void 0 : Number(pid);
	};
}
/** The processes below one, parents first. */
function processesBelow(root) {
	const children = /* @__PURE__ */ new Map();
	for (const name of readdirSync("/proc")) {
		if (!/^\d+$/.test(name)) continue;
		const entry = readEntry(Number(name));
		if (entry) children.set(entry.parent, [...children.get(entry.parent) ?? [], entry]);
	}
	const found = [...children.get(root) ?? []];
	for (const { pid } of found) found.push(...children.get(pid) ?? []);
	return found;
}
/** A look reads hundreds of these. With one buffer for all it takes a third of the time. */
const statusBuffer = Buffer.alloc(16384);
function readStatus(pid) {
	const file = openSync(`/proc/${pid}/status`, "r");
	try {
		return statusBuffer.toString("latin1", 0, readSync(file, statusBuffer, 0, statusBuffer.length, 0));
	} finally {
		closeSync(file);
	}
}
function readEntry(pid) {
	try {
		const status = readStatus(pid);
		const numbers = /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
		return {
			pid,
			parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]),
			inside: numbers.at(-1) ?? 0,
			depth: numbers.length,
			memoryBytes: 1024 * (Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) + Number(/^RssShmem:\s+(\d+)/m.exec(status)?.[1] ?? 0))
		};
	} catch {
		return;
	}
}
const memoryOf = (processes) => processes.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
/** The process group of the program itself, below the processes that enclose it. */
function programGroup(outer) {
	const below = processesBelow(outer);
	const deepest = Math.max(...below.map(({ depth }) => depth));
	const program = below.find(({ depth, inside }) => depth > 1 && depth === deepest && inside === 2);
	try {
		const stat = program && readFileSync(`/proc/${program.pid}/stat`, "latin1");
		return stat === void 0 ? void 0 : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
	} catch {
		return;
	}
}
/** Kills everything below a process and the process itself, as far as it is ours. The rest ends with what it encloses. */
function killBelow(outer) {
	if (outer === void 0) return;
	for (const pid of [outer, ...processesBelow(outer).map((each) => each.pid)]) try {
		process.kill(pid, "SIGKILL");
	} catch (error) {
		if (!["ESRCH", "EPERM"].includes(error.code ?? "")) throw error;
	}
}
function signalGroup(group, signal) {
	if (group === void 0) return;
	try {
		process.kill(-group, signal);
	} catch (error) {
		if (!["ESRCH", "EPERM"].includes(error.code ?? "")) throw error;
	}
}
/** Kills a group and every marked process. @returns the processes it killed; they need a moment to exit. */
function killTree(group, mark) {
	const found = new Set(findMarked(mark));
	signalGroup(group, "SIGKILL");
	let left = [...found];
	for (let round = 0; round < 5 && left.length > 0; round++) {
		for (const pid of left) {
			found.add(pid);
			try {
				process.kill(pid, "SIGKILL");
			} catch (error) {
				if (error.code !== "ESRCH") throw error;
			}
		}
		left = findMarked(mark);
	}
	return found;
}
/**
* True while a process still has its files and ports. A killed process loses its memory first. It loses its files and ports a
* moment later, together with its last thread, when its main thread may already be gone.
*/
function hasThreads(pid) {
	try {
		return readdirSync(`/proc/${pid}/task`).some((thread) => isAlive(`/proc/${pid}/task/${thread}/stat`));
	} catch {
		return false;
	}
}
function isAlive(stat) {
	try {
		const text = readFileSync(stat, "latin1");
		return !/^[ZX]/.test(text.slice(text.lastIndexOf(")") + 2));
	} catch {
		return false;
	}
}
/** Processes that carry the mark. Without /proc, none are found. */
function findMarked(mark) {
	const wanted = `${MARK}=${mark}`;
	try {
		return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => isMarked(pid, wanted)).map(Number);
	} catch (error) {
		if (error.code === "ENOENT") return [];
		throw error;
	}
}
function isMarked(pid, wanted) {
	try {
		return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(wanted);
	} catch {
		return false;
	}
}
/** Keeps the beginning and the end of a text of any length. */
var HeadAndTail = class {
	#max;
	#head = "";
	#tail = [];
	#tailChars = 0;
	#dropped = 0;
	constructor(max) {
		this.#max = max;
	}
	add(text) {
		const room = Math.max(0, Math.floor(this.#max / 4) - this.#head.length);
		this.#head += text.slice(0, room);
		const rest = text.slice(room);
		if (rest === "") return;
		this.#tail.push(rest);
		this.#tailChars += rest.length;
		const most = Math.ceil(this.#max * 3 / 4);
		while (this.#tailChars > most) {
			const [first = ""] = this.#tail;
			const drop = Math.min(first.length, this.#tailChars - most);
			this.#dropped += drop;
			this.#tailChars -= drop;
			if (drop === first.length) this.#tail.shift();
			else this.#tail[0] = first.slice(drop);
		}
	}
	text() {
		const gap = this.#dropped > 0 ? `\n… ${this.#dropped} characters of output were dropped …\n` : "";
		return `${this.#head}${gap}${this.#tail.join("")}`;
	}
};
var LineSplitter = class {
	#onLine;
	#max;
	#rest = [];
	#restChars = 0;
	constructor(onLine, max) {
		this.#onLine = onLine;
		this.#max = max;
	}
	add(text) {
		if (!this.#onLine) return;
		let from = 0;
		for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
			this.#keep(text.slice(from, end));
			this.#emit();
			from = end + 1;
		}
		if (from < text.length) this.#keep(text.slice(from));
		if (this.#restChars > this.#max) this.#emit();
	}
	finish() {
		if (this.#restChars > 0) this.#emit();
	}
	#keep(part) {
		this.#rest.push(part);
		this.#restChars += part.length;
	}
	#emit() {
		const line = this.#rest.join("");
		this.#rest = [];
		this.#restChars = 0;
		this.#onLine?.(line);
	}
};

// src/sandbox/sandbox.ts
/**
* The walls around every program that Swarm starts for somebody else: agents, gates, installs.
*
* A sandbox holds the job's variables, and hands each call the few that it may have. What a kind of walls guarantees stands in
* `isolation.ts`.
*/
/** A machine does not change while a process lives. */
const tried = /* @__PURE__ */ new Map();
var Sandbox = class Sandbox {
	isolation;
	variables;
	#tools;
	#secluded;
	#refused;
	/** Undefined where the network is not limited. */
	#places;
	#view;
	constructor(isolation, tools, { variables, secluded, network, onRefused }) {
		this.isolation = isolation;
		this.variables = variables;
		this.#tools = tools;
		this.#secluded = secluded;
		this.#refused = new Refusals(onRefused);
		if (isolation !== "none" && network !== "open") this.#places = network.flatMap((written) => readPlace(written) ?? []);
	}
	/**
	* The strongest walls that this machine has, or those that are asked for.
	*
	* @returns undefined if the machine has none, or not those.
	*/
	static async open(wanted, options) {
		if (wanted === "none") return new Sandbox("none", {}, options);
		for (const isolation of ["bubblewrap", "bubblewrap-sudo"]) {
			if (wanted !== "auto" && wanted !== isolation) continue;
			if (isolation === "bubblewrap-sudo" && process.getuid?.() === 0) continue;
			const tools = await findTools(TOOLS[isolation], options.variables.PATH);
			if (tools === void 0) continue;
			const sandbox = new Sandbox(isolation, tools, options);
			const kind = `${isolation}, ${options.network === "open" ? "open" : "limited"}`;
			const works = tried.get(kind) ?? sandbox.#works();
			tried.set(kind, works);
			if (await works) return sandbox;
		}
	}
	/** The environment of one call. Only this and `run` hand out variables of the job. */
	environmentFor(options) {
		return environmentFor(this.variables, options);
	}
	/** True if programs reach only what somebody named. */
	get limitsNetwork() {
		return this.#places !== void 0;
	}
	/** Lets every call reach further places: registries that the settings of the base and of the job name. */
	admit(places) {
		this.#places?.push(...places);
	}
	/** The places that URLs in variables of the job name. */
	placesGiven(names) {
		return names.flatMap((name) => placesNamedIn(this.variables[name] ?? ""));
	}
	/** What calls asked for and may not reach, so far. */
	get refused() {
		return this.#refused.list();
	}
	async run({ room, network, ...call }) {
		await mkdir(room.home, {
			recursive: true,
			mode: 448
		});
		await mkdir(room.temporaryDirectory, {
			recursive: true,
			mode: 448
		});
		if (this.isolation === "none") return runProgram({
			...call,
			environment: {
				...this.#openNetwork(network),
				...call.environment
			}
		});
		const [name = ""] = call.command;
		const program = await findProgram(name, call.environment.PATH, call.directory);
		if (program === void 0) return notStarted("not found", `spawn ${name} ENOENT`);
		const empty = emptyFilesOf(room);
		await Promise.all([writeFile(empty.json, "{}\n"), writeFile(empty.text, "")]);
		const temporary = await mkdtemp(`${room.temporaryDirectory}.system-`);
		const refusals = new Refusals();
		const egress = await this.#openEgress(network, refusals);
		try {
			const environment = {
				...this.limitsNetwork ? {} : this.#openNetwork(network),
				...call.environment,
				...egress && networkVariables(egress.proxyPort),
				...egress && network !== "none" && network.fetchOfNode ? FETCH_OF_NODE : {}
			};
			const isClosed = network === "none" && this.limitsNetwork;
			const enclosure = {
				...this.#enclosureFor(call, program, room, temporary),
				egress: isClosed ? "none" : egress
			};
			for (const { place, isDirectory } of placesIn(enclosure)) await makePlace(place, isDirectory);
			const memoryBytes = call.memoryBytes ?? memoryLimit();
			const ended = await runProgram({
				...call,
				memoryBytes,
				environment,
				...this.#enclose(enclosure, environment)
			});
			if (isExecFailure(ended)) return notStarted("not executable", ended.output.trim());
			const refused = refusals.list();
			return refused.length === 0 ? ended : {
				...ended,
				refused
			};
		} finally {
			await egress?.close();
			await rm(temporary, {
				recursive: true,
				force: true
			}).catch(() => {});
		}
	}
	/** Where nothing limits the network, programs use the proxies of the job. */
	#openNetwork(network) {
		const proxies = proxyVariables(this.variables);
		const isAgent = network !== "none" && network.fetchOfNode === true;
		return {
			...proxies,
			...isAgent && Object.keys(proxies).length > 0 ? FETCH_OF_NODE : {}
		};
	}
	async #openEgress(network, ofCall) {
		if (this.#places === void 0 || network === "none") return void 0;
		const { by, places = [], tree } = network;
		const isRegistry = tree === void 0 ? void 0 : registriesFor(tree);
		return Egress.open({
			policy: new Policy([...this.#places, ...places], isRegistry),
			variables: this.variables,
			onRefused: (refused) => {
				for (const each of [this.#refused, ofCall]) each.add(refused, by);
			}
		});
	}
	#enclosureFor(call, program, room, temporaryDirectory) {
		this.#view ??= viewOf(this.variables, this.#secluded);
		const { HOME } = this.variables;
		const closed = [...this.#secluded, ...HOME ? [HOME] : []];
		return {
			view: this.#view,
			command: call.command,
			directory: call.directory,
			writes: [
				room.home,
				room.temporaryDirectory,
				...room.writes
			],
			reads: [...pathsOf(call.command, program, closed).filter((path) => !this.#isSecluded(path)), ...room.reads],
			hides: room.hides ?? [],
			empty: emptyFilesOf(room),
			temporaryDirectory
		};
	}
	#enclose(enclosure, environment) {
		return this.isolation === "bubblewrap-sudo" ? {
			command: bubblewrapWithSudo(this.#tools, enclosure, environment),
			namespace: "outlives",
			directory: "/"
		} : {
			command: withReport(bubblewrap(this.#tools, enclosure)),
			namespace: "reports",
			directory: "/"
		};
	}
	/** True for what lies in a secluded directory. Only a call's room shows parts of those. */
	#isSecluded(path) {
		return this.#secluded.some((each) => contains(each, path));
	}
	/** Tries it on a program that does nothing: kernels and runners restrict namespaces in many ways. */
	async #works() {
		const scratch = await mkdtemp(join(tmpdir(), "swarm-probe-"));
		const room = {
			home: join(scratch, "home"),
			temporaryDirectory: join(scratch, "tmp"),
			writes: [],
			reads: []
		};
		const environment = this.environmentFor({
			names: [],
			...room
		});
		const ended = await this.run({
			command: ["true"],
			directory: "/",
			environment,
			room,
			network: "none",
			timeoutMs: PROBE_MS,
			graceMs: 0
		});
		await rm(scratch, {
			recursive: true,
			force: true
		});
		return ended.how.kind === "exited" && ended.how.code === 0;
	}
};
/** What was refused, each once. A program can ask for any number of names. */
var Refusals = class {
	#found = /* @__PURE__ */ new Map();
	#onNew;
	constructor(onNew = () => {}) {
		this.#onNew = onNew;
	}
	add(refused, by) {
		const key = `${by} ${refused.host}:${refused.port}`;
		const known = this.#found.get(key);
		if (known === void 0 && this.#found.size >= MOST_REFUSALS) return;
		const counted = {
			...refused,
			by,
			times: (known?.times ?? 0) + 1
		};
		this.#found.set(key, counted);
		if (known === void 0) this.#onNew(counted);
	}
	list() {
		return [...this.#found.values()];
	}
};
const MOST_REFUSALS = 50;
/** Beside the temporary directory. */
const emptyFilesOf = ({ temporaryDirectory }) => ({
	text: `${temporaryDirectory}.empty`,
	json: `${temporaryDirectory}.empty.json`
});
const PROBE_MS = 3e4;
/** Nine tenths of what this machine or this container has: a program that takes more would take the job with it. */
function memoryLimit() {
	const found = process.constrainedMemory();
	const most = found > 0 && found < totalmem() ? found : totalmem();
	return Math.floor(most * .9);
}
/** bubblewrap's own words, and prlimit's, if the program inside cannot be executed. */
const isExecFailure = ({ how, output }) => how.kind === "exited" && /^(?:bwrap: execvp |prlimit: failed to execute )/.test(output);
const notStarted = (why, message) => ({
	how: {
		kind: "not started",
		why,
		message
	},
	output: "",
	durationMs: 0
});
function withReport([program = "", ...rest]) {
	return [
		program,
		"--info-fd",
		"3",
		...rest
	];
}
/** @returns undefined if one of them is missing. */
async function findTools(names, path = "") {
	const absolute = path.split(delimiter).filter(isAbsolute).join(delimiter);
	const found = {};
	for (const name of names) {
		const file = await findProgram(name, absolute);
		if (file === void 0) return void 0;
		found[name] = file;
	}
	return found;
}
async function makePlace(place, isDirectory) {
	await mkdir(isDirectory ? place : dirname(place), { recursive: true });
	if (!isDirectory) await writeFile(place, "", { flag: "a" });
}
/** As `execvp` looks for a program: on the path, or where a name with a slash says. */
async function findProgram(name, path = "", directory = "/") {
	const places = name.includes("/") ? [directory] : path.split(delimiter).filter(Boolean);
	for (const place of places) {
		const file = name.startsWith("/") ? name : join(place, name);
		if (await access(file, constants$1.X_OK).then(() => true, () => false)) return file;
	}
}

// src/segment/assignment.ts
/**
* Reads an attempt's assignment from the journal. A job's inputs only name the attempt.
*
* The issue's text is the authorised one. Its spec, and with it the file scope, follows from that text.
*/
/** What the segment and the attempt say about the agents that work on it, for `agentFor`. */
const wishOf = ({ segment, attempt }) => ({
	...segment.spec,
	by: attempt.by,
	instead: attempt.instead
});
/** The journal has no such work, or the work has ended. */
var NoAssignment = class extends Error {
	name = "NoAssignment";
};
async function readAssignment(site, attemptId) {
	const { client, repository, epic } = site;
	const named = readAttemptId(attemptId)?.segment;
	const stored = await readJournal(client, repository, epic, named === void 0 ? [epic] : [named, epic]);
	const journal = stored?.journal;
	const attempt = journal && findAttempt(journal, attemptId);
	if (!stored || !journal || !attempt) throw new NoAssignment(`The journal of #${epic} has no attempt ${attemptId}.`);
	const number = segmentOf(attempt.id);
	const latest = journal.segments[number]?.attempts.at(-1)?.id;
	if (attempt.outcome || latest !== attempt.id || journal.segments[number]?.skipped || journal.phase === "finished") throw new NoAssignment(`Attempt ${attemptId} of #${epic} has already ended, so there is nothing to do for it.`);
	const config = checked(stored.config);
	const text = stored.texts[number];
	const epicText = stored.texts[epic];
	if (!text) throw new NoAssignment(`No text of #${number} was authorised in #${epic}.`);
	const record = journal.segments[number];
	if (!record) throw new NoAssignment(`The journal of #${epic} has no segment #${number}.`);
	const { spec } = readSpec({
		number,
		...text
	});
	const before = record.attempts.filter((each) => each.number < attempt.number);
	const published = before.findLast((each) => each.outcome?.kind === "published") ?? before.at(-1);
	return {
		journal,
		journalOid: stored.oid,
		repositoryId: stored.repositoryId,
		config,
		attempt,
		record,
		segment: {
			number,
			title: text.title,
			spec,
			blockedBy: journal.authorisation?.segments[number]?.blockedBy ?? [],
			branch: attempt.branch,
			...record.fix ? { fix: record.fix } : {}
		},
		text,
		epicText: epicText ?? {
			title: `#${epic}`,
			body: "",
			labels: []
		},
		baseBranch: journal.authorisation?.baseBranch ?? "",
		fromBase: attempt.from ? published?.base : void 0,
		keptBy: before.findLast((each) => keptOf(each).some(({ head }) => head === attempt.kept))
	};
}
/**
* The walls for this job's programs.
*
* The owner of a runner may set `SWARM_ISOLATION=best` in the runner's environment: then programs run without walls if the
* machine has none. `swarm dev` does so on a person's own machine, and says so.
*
* @returns undefined if the machine does not have the walls that the config asks for.
*/
async function openSandbox(site, config) {
	hideValues(site, config);
	const { variables, scratch, log } = site;
	const { isolation, network } = config;
	const options = {
		variables,
		secluded: [scratch, ...[variables.RUNNER_TEMP, variables.GITHUB_WORKSPACE].filter((each) => each !== void 0 && each !== "")],
		network,
		onRefused: (refused) => log(sayRefused(refused))
	};
	const sandbox = await Sandbox.open(isolation, options) ?? (isolation === "auto" && variables.SWARM_ISOLATION === "best" ? await Sandbox.open("none", options) : void 0);
	log(sandbox ? `isolation: ${sandbox.isolation}` : `isolation: ${isolation} is not available on this machine`);
	if (sandbox) log(`network: ${sandbox.limitsNetwork ? ["models and registries in use", ...network].join(", ") : "open"}`);
	sandbox?.admit(await registriesOfMachine());
	return sandbox;
}
/** Keeps the values of the agents' and gates' variables out of everything that is shown. */
function hideValues({ variables, secrets }, { environment, agents, gates }) {
	const ofGates = Object.values(gates).flatMap((each) => each.variables ?? []);
	for (const name of [
		...environment,
		...ofGates,
		...Object.values(agents).flatMap(keysOf)
	]) {
		const value = variables[name] ?? "";
		const password = URL.parse(value)?.password ?? "";
		for (const each of [
			value,
			password,
			querystring.unescape(password)
		]) if (each.length >= 8 && !each.startsWith("/")) secrets.add(each);
	}
}
/**
* The gates on a tree, behind the walls of the job. To be made before any program ran: an agent can write settings, too.
*
* @param known the gates that failed on the base before the first agent.
*/
function gateRunnerFor(site, { environment, gates }, sandbox, { definition, tree }, known = []) {
	sandbox.admit(definition.registries);
	return new GateRunner(definition, {
		tree,
		sandbox,
		environment,
		choices: gates,
		known,
		scratch: join(site.scratch, "gates"),
		secrets: site.secrets,
		log: site.log,
		...site.graceMs === void 0 ? {} : { graceMs: site.graceMs }
	});
}
/** The config of the default branch. An invalid one stops the job, because half of a config is a different config. */
async function readChecked({ client, repository }) {
	return checked(await readConfigText(client, repository));
}
function checked({ file, text }) {
	const { config, diagnostics } = readConfig(text, file);
	const wrong = diagnostics.find(({ level }) => level === "error");
	if (wrong) throw new NoAssignment(sayProblem(wrong.problem, { form: "plain" }).what);
	return config;
}
/** The gates that the files of a commit and the config define. */
const gatesOf = (store, commit, config, before) => readDefinition(store, {
	commit,
	...before === void 0 ? {} : { before }
}, config.gates);
/** Fetches the base, and the head that the attempt continues or proves, into the store. Nothing is checked out. */
async function readAttemptTree(store, remote, attempt, patch) {
	const unpacked = attempt.why === "prove" && attempt.from !== void 0 ? void 0 : unpackPatch(patch);
	if (unpacked && unpacked.kind !== "patch") return unpacked;
	await store.fetch(remote, [attempt.base, ...attempt.from ? [attempt.from] : []]);
	if (unpacked) return applyPatch(store, attempt.base, unpacked.bytes);
	return {
		kind: "tree",
		tree: await store.text([
			"rev-parse",
			"--verify",
			`${attempt.from}^{tree}`
		])
	};
}

// src/git/rebase-work.ts
/**
* Applies a segment's earlier work to the present base.
*
* This is a three-way merge of trees in an index; the ancestor is the commit that the earlier work started from. If both
* sides changed the same lines, the base wins and the agent gets the earlier change as text. No conflict marker is ever
* written to a file.
*/
const DIFF_CHARS = 6e3;
async function rebaseWork(store, ancestor, base, from) {
	const index = join(store.directory, "carry.index");
	await rm(index, { force: true });
	await store.run([
		"read-tree",
		"-i",
		"-m",
		"--aggressive",
		ancestor,
		base,
		from
	], { index });
	const conflicts = [];
	const change = async (to, path) => {
		return (await store.text([
			"diff-tree",
			...[
				"-p",
				"--no-color",
				"--no-ext-diff",
				"--no-textconv"
			],
			ancestor,
			to,
			"--",
			path
		])).slice(0, DIFF_CHARS);
	};
	for (const { path, stages } of unmergedOf(await store.run([
		"ls-files",
		"--unmerged",
		"-z"
	], { index }))) {
		const merged = await mergeFile(store, stages);
		if (merged === void 0) conflicts.push({
			file: showPath(path),
			diff: await change(from, path),
			merged: await change(base, path)
		});
		const kept = merged ?? stages[2];
		const entry = kept ? `${kept.mode} ${kept.blob}\t${path}\0` : "";
		const clear = `0 ${"0".repeat(40)}\t${path}\0`;
		await store.run([
			"update-index",
			"-z",
			"--index-info"
		], {
			index,
			input: `${clear}${entry}`
		});
	}
	const tree = await store.text(["write-tree"], { index });
	return {
		tree,
		files: (await store.run([
			"diff-tree",
			"-r",
			"-z",
			"--name-only",
			"--no-renames",
			`${base}^{tree}`,
			tree
		])).toString("utf8").split("\0").filter(Boolean).map(showPath),
		conflicts
	};
}
function unmergedOf(raw) {
	const found = /* @__PURE__ */ new Map();
	for (const line of raw.toString("utf8").split("\0").filter(Boolean)) {
		const [head = "", path = ""] = [line.slice(0, line.indexOf("	")), line.slice(line.indexOf("	") + 1)];
		const [mode = "", blob = "", stage = ""] = head.split(" ");
		const stages = found.get(path) ?? {};
		stages[Number(stage)] = {
			mode,
			blob
		};
		found.set(path, stages);
	}
	return [...found].map(([path, stages]) => ({
		path,
		stages
	}));
}
/** @returns undefined if the sides conflict. */
async function mergeFile(store, stages) {
	const { 1: ancestor, 2: base, 3: from } = stages;
	if (!ancestor || !base || !from) return void 0;
	if ([
		ancestor,
		base,
		from
	].some(({ mode }) => mode !== "100644" && mode !== "100755")) return void 0;
	const folder = await mkdtemp(join(store.directory, "merge-"));
	try {
		const names = await Promise.all([
			base,
			ancestor,
			from
		].map(async ({ blob }, at) => {
			const name = join(folder, String(at));
			await writeFile(name, await store.run([
				"cat-file",
				"blob",
				blob
			]));
			return name;
		}));
		const merged = await store.answer([
			"merge-file",
			"-p",
			"--quiet",
			...names
		], { allow: Array.from({ length: 255 }, (_, at) => at + 1) });
		if (merged.exit !== 0) return void 0;
		const blob = await store.text([
			"hash-object",
			"-w",
			"--stdin"
		], { input: merged.output });
		return {
			mode: from.mode === ancestor.mode ? base.mode : from.mode,
			blob
		};
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}

// src/segment/others.ts
/** A comparison takes a fetch and a merge, and a brief has little room for more. */
const MOST = 20;
/** The other segments that have published a change of these files. */
function othersWith(journal, own, files) {
	const names = new Set(files);
	return Object.entries(journal.segments).flatMap(([key, record]) => {
		const number = issueNumber(Number(key));
		const shared = publication(record)?.report.files.filter((file) => names.has(file)) ?? [];
		return number === own || record.skipped || shared.length === 0 ? [] : [{
			number,
			record,
			files: shared
		}];
	});
}
const isMerged = ({ landing }) => landing?.verdict !== void 0;
/**
* The segments that were merged since the earlier change was made, and that changed the same files.
*
* One that Swarm merged before the earlier attempt was claimed is part of the base that it started from. When a person merged
* it, the journal does not say.
*
* @param before the segments that this one waited for, which were merged before it began
*/
async function readOtherSides({ client, repository }, { journal, journalOid, attempt, segment, record }, files, before) {
	if (files.length === 0) return [];
	const since = record.attempts.findLast(({ number, outcome }) => number < attempt.number && outcome?.kind === "published");
	const others = othersWith(journal, segment.number, files).filter((other) => isMerged(other.record) && !before.has(other.number)).filter((other) => (mergedAt(journal, other.record) ?? Number.POSITIVE_INFINITY) >= (since?.claimedAt ?? 0)).slice(0, MOST);
	const numbers = others.map(({ number }) => number);
	const texts = await readAuthorisedTexts(client, repository, journalOid, numbers);
	return others.map(({ number, files: shared }) => {
		const text = texts[number] ?? {
			title: "",
			body: "",
			labels: []
		};
		const { criteria } = readSpec({
			number,
			...text
		}).spec;
		return {
			number,
			title: text.title,
			criteria,
			files: shared
		};
	});
}
function mergedAt({ acts }, record) {
	const { pull, head } = publication(record) ?? {};
	if (pull === void 0 || head === void 0) return void 0;
	return (acts[actKeys.merge(pull, head)] ?? acts[actKeys.enqueue(pull, head)])?.at;
}
/** The open pull requests of the epic that cannot be merged together with a change. */
async function findConflicts({ remote, log }, { journal, attempt, segment }, change) {
	const others = othersWith(journal, segment.number, change.files).filter(({ record }) => !isMerged(record));
	const found = [];
	for (const { number, record } of others.slice(0, MOST)) {
		const made = record.attempts.findLast(({ outcome }) => outcome?.kind === "published");
		if (made?.outcome?.kind !== "published") continue;
		const { pull, head } = made.outcome;
		try {
			const files = await conflictingFiles(remote, attempt, change, {
				base: made.base,
				head
			});
			if (files.length > 0) found.push({
				pull,
				head,
				files
			});
		} catch (error) {
			if (!(error instanceof GitFailed)) throw error;
			log(`The change was not compared with #${number}: ${error.message}`);
		}
	}
	return found;
}
async function conflictingFiles(remote, { base }, { store, tree }, theirs) {
	await store.fetch(remote, [theirs.base, theirs.head]);
	const moved = theirs.base === base ? theirs.head : (await rebaseWork(store, theirs.base, base, theirs.head)).tree;
	return (await rebaseWork(store, base, tree, moved)).conflicts.map(({ file }) => file);
}

// src/segment/transcript.ts
/**
* Collects the input and output of a run's agents for people: redacted line by line, and short enough for a job's summary.
* If a text is too long, its middle is dropped, because the start shows the task and the end shows the result.
*/
/** A step's summary has 1 MiB, most of which other texts need. */
const ALL_CHARS = 24e4;
const ONE_CHARS = 4e4;
const READ_BYTES = 4194304;
var Transcript = class {
	#secrets;
	#parts = [];
	/** @param secrets values that must not be shown; the set may still grow. */
	constructor(secrets) {
		this.#secrets = secrets;
	}
	/** @param file the agent's transcript; empty or missing if it never started. */
	async add(title, file) {
		if (file === "") return;
		this.#parts.push({
			title,
			text: await readStart(file)
		});
	}
	/** Keeps a text of swarm's own. A later one with the same title replaces it. */
	note(title, text) {
		const at = this.#parts.findIndex((each) => each.title === title);
		if (at < 0) this.#parts.push({
			title,
			text
		});
		else this.#parts[at] = {
			title,
			text
		};
	}
	/** All texts, not redacted. */
	get parts() {
		return this.#parts;
	}
	/** Folded Markdown; empty if nothing was printed. */
	markdown() {
		let left = ALL_CHARS;
		const shown = [];
		for (const { title, text } of this.#parts) {
			const safe = shorten(redact(clean(text), this.#secrets).trim(), Math.min(ONE_CHARS, left));
			if (safe === "" || left <= 0) continue;
			left -= safe.length;
			shown.push(`<details><summary>${htmlCode(title)}</summary>\n\n${block(safe, { max: ONE_CHARS })}\n\n</details>`);
		}
		return shown.join("\n\n");
	}
};
async function readStart(file) {
	try {
		const handle = await open(file);
		try {
			const { size } = await handle.stat();
			const buffer = Buffer.alloc(Math.min(size, READ_BYTES));
			await handle.read(buffer, 0, buffer.length, 0);
			const text = buffer.toString("utf8");
			return size > READ_BYTES ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (error.code === "ENOENT") return "";
		throw error;
	}
}
/**
* Writes everything that agents received and printed, and everything that gates printed, for the artefact of a run.
*
* The folder is made when no program of an agent or a gate is running. None of them can know its name, and only redacted
* texts are written there.
*
* @returns the folder; undefined if there is nothing to keep.
*/
async function writeArtefact(below, texts, secrets) {
	const said = texts.filter(({ text }) => text.trim() !== "");
	if (said.length === 0) return void 0;
	const folder = join(below, `swarm-artefact-${randomUUID()}`);
	await mkdir(folder, { mode: 448 });
	for (const [at, { title, text }] of said.entries()) {
		const safe = redact(clean(text), secrets).trim();
		await writeFile(join(folder, `${String(at + 1).padStart(3, "0")}-${fileName(title, secrets)}.txt`), `${safe}\n`);
	}
	return folder;
}
/** Titles contain names that people chose for their agents and gates. */
const fileName = (title, secrets) => redact(clean(title), secrets).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80) || "text";

// src/action/part.ts
/** Shared by the parts of a segment's run: their setup on the runner, and the patch that they pass on. */
const readPatch = (job) => ({
	parts: Array.from({ length: 4 }, (_, index) => job.input(`patch-${index + 1}`)),
	digest: job.input("patch-digest")
});
/** Writes texts to a folder that the workflow's next step uploads. Without the artefact the job still succeeds. */
async function saveArtefact(job, texts) {
	try {
		const folder = await writeArtefact(job.variables.RUNNER_TEMP || tmpdir(), texts, job.secrets);
		if (folder !== void 0) job.setOutput("artefact", folder);
	} catch (error) {
		job.log(`The artefact could not be written: ${error.message}`);
	}
}
/** The URL of a job's artefact; undefined if the job, or its server, stored none. */
function artefactUrl(job, input) {
	const id = job.input(input);
	return /^[1-9]\d{0,15}$/.test(id) ? `${job.runUrl}/artifacts/${id}` : void 0;
}
/** Sets up a part of a segment's run, and cleans up after it. */
async function withSite(job, act) {
	const scratch = join(job.variables.RUNNER_TEMP || tmpdir(), `swarm-${randomUUID().slice(0, 8)}`);
	await mkdir(scratch, {
		recursive: true,
		mode: 448
	});
	const { owner, name } = job.repository;
	try {
		return await act({
			client: await job.connect(),
			repository: job.repository,
			epic: epicOf(job),
			remote: {
				url: `${job.serverUrl}/${owner}/${name}.git`,
				token: job.token
			},
			variables: job.variables,
			scratch,
			secrets: job.secrets,
			log: job.log
		});
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true,
			maxRetries: 3
		}).catch((error) => job.log(`Could not remove ${scratch}: ${error.message}`));
	}
}

export { survivorsOf as A, readBlobs as C, commandsOf as D, showPath as E, parseJsonc as F, tableOf as I, textsOf$1 as L, directoryOf as M, isProjectDirectory as N, sayGate as O, nameOf$3 as P, under as R, packPatch as S, distinctiveSecrets as T, delayExit as _, Transcript as a, judgeTree as b, rebaseWork as c, gatesOf as d, openSandbox as f, wishOf as g, readChecked as h, withSite as i, YAML_BYTES as j, sayStep as k, NoAssignment as l, readAttemptTree as m, readPatch as n, findConflicts as o, readAssignment as p, saveArtefact as r, readOtherSides as s, artefactUrl as t, gateRunnerFor as u, sameNames as v, Store as w, makePatch as x, WorkTree as y, parse as z };