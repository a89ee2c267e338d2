// src/core/model/config/network.ts
/** A name that a host on the internet or in a company can have. Underscores occur in names of services. */
const LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL}){0,20}$`);
const LAST_PORT = 65535;
/** @returns undefined if an entry is none: a URL, a path, a pattern of another kind, a port out of range. */
function readPlace(written) {
	const { host, port } = split(written.toLowerCase());
	if (port !== void 0 && !(port >= 1 && port <= LAST_PORT)) return void 0;
	const name = host.startsWith("*.") ? host.slice(2) : host;
	if (!(isAddress6(host) || isAddress4(host)) && !isName(name)) return void 0;
	if (name !== host && isAddress4(name)) return void 0;
	return port === void 0 ? { host } : {
		host,
		port
	};
}
/** A number at the end makes a name an address, in one of many forms that programs read differently. */
const isName = (name) => name.length <= 253 && NAME.test(name) && !/(?:^|\.)\d+$/.test(name);
const isAddress4 = (text) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255 && !/^0\d/.test(part));
/** Eight groups, or fewer around one gap. */
function isAddress6(text) {
	const sides = text.split("::");
	const groups = sides.flatMap((side) => side === "" ? [] : side.split(":"));
	if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return false;
	return sides.length === 1 ? groups.length === 8 : sides.length === 2 && groups.length < 8;
}
function split(text) {
	const [, bracketed, behind] = /^\[([^\]]*)\](?::(\d{1,6}))?$/.exec(text) ?? [];
	if (bracketed !== void 0) {
		const host = isAddress6(bracketed) ? bracketed : "";
		return behind === void 0 ? { host } : {
			host,
			port: Number(behind)
		};
	}
	const [, host, port] = /^([^:]*):(\d{1,6})$/.exec(text) ?? [];
	return host === void 0 || port === void 0 ? { host: text } : {
		host,
		port: Number(port)
	};
}
/** Answers whether a place stands for a host, a name or an address in its usual form. */
const standsFor = ({ host }, name) => host.startsWith("*.") ? name.endsWith(host.slice(1)) && name.length >= host.length : name === host;

export { standsFor as n, readPlace as t };