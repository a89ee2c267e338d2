import { n as standsFor, t as readPlace } from "./network-DlZvEHnd.js";
import { BlockList, SocketAddress, isIP } from "node:net";

// src/sandbox/policy.ts
/**
* What one call may reach on the network: a list of places, and a rule for the addresses that their names lead to.
*
* Names are compared, not addresses, because services share addresses and change them. But a name leads where its owner says,
* so an address of this machine or of its network is reached only if somebody named it.
*/
/** The ports of places that are named without one. */
const WEB_PORTS = [443, 80];
var Policy = class {
	#given;
	#public;
	/**
	* @param given places that the config and the job's settings name.
	* @param isPublic answers for hosts of the internet that Swarm knows.
	*/
	constructor(given, isPublic = () => false) {
		this.#given = given.map((place) => ({
			...place,
			host: canonical(place.host)
		}));
		this.#public = isPublic;
	}
	async judge(name, port) {
		const host = canonical(name);
		if (isIP(host) === 0 && !isSound(host)) return "refused";
		const found = this.#given.filter((place) => isPort(place, port) && standsFor(place, host));
		if (found.some((place) => place.host === host)) return "given";
		if (isIP(host) !== 0) return "refused";
		return found.length > 0 || WEB_PORTS.includes(port) && await this.#public(host) ? "allowed" : "refused";
	}
	/** Ports of this machine that were named: programs reach them at the same port of their own loopback. */
	get localPorts() {
		const ports = this.#given.flatMap(({ host, port = 0 }) => isLoopback(host) ? port : []);
		return [...new Set(ports)].filter((port) => port >= 1024).sort((one, other) => one - other);
	}
};
const isPort = ({ port }, wanted) => port === void 0 ? WEB_PORTS.includes(wanted) : port === wanted;
const isSound = (host) => readPlace(host) !== void 0 && !host.startsWith("*");
/** The form in which hosts are compared: lower case, without brackets and without a dot at the end. */
function canonical(host) {
	const bare = host.toLowerCase().replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
	return isIP(bare) === 6 ? new SocketAddress({
		address: bare,
		family: "ipv6"
	}).address : bare;
}
const isLoopback = (host) => host === "localhost" || host === "::1" || isIP(host) === 4 && host.startsWith("127.");
/** The hosts that URLs in a text name, with the port that each URL leads to. */
function placesNamedIn(text) {
	return [...text.matchAll(/\b([a-z][a-z0-9+.-]*):\/\/([^\s"'`<>\\|,;)}]+)/gi)].flatMap(([, scheme = "", rest = ""]) => {
		const authority = (rest.split(/[/?#]/, 1)[0] ?? "").replace(/^.*@/, "");
		const place = readPlace(authority);
		if (!place || place.host.startsWith("*")) return [];
		const port = place.port ?? USUAL_PORTS[scheme.toLowerCase().replace(/^.*\+/, "")];
		return [port === void 0 ? place : {
			...place,
			port
		}];
	});
}
/** Ports of URLs that name none. */
const USUAL_PORTS = {
	http: 80,
	ws: 80,
	https: 443,
	wss: 443,
	postgres: 5432,
	postgresql: 5432,
	mysql: 3306,
	mariadb: 3306,
	redis: 6379,
	rediss: 6379,
	amqp: 5672,
	mongodb: 27017,
	nats: 4222
};
/**
* Networks that do not belong to the internet: of this machine, of its neighbours, or of many hosts at once. Those for documents
* are not among them: no neighbour has one, and machines without internet use them for mirrors of public hosts.
*/
const NOT_PUBLIC = networks(...[
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24"
], ...[
	"192.88.99.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15"
], ...[
	"224.0.0.0/3",
	"2001::/32",
	"2002::/16"
]);
const PUBLIC_6 = networks("2000::/3");
/** Addresses of version 4 in the form of version 6: of this system, and of networks that have no version 4. */
const WRAPPED = networks("::ffff:0:0/96", "64:ff9b::/96");
/** Where clouds hand out credentials, too. To name a host is not to name these: only the address itself is. */
const LINK_LOCAL = networks("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32");
function networks(...written) {
	const list = new BlockList();
	for (const each of written) {
		const [network = "", prefix = ""] = each.split("/");
		list.addSubnet(network, Number(prefix), isIP(network) === 6 ? "ipv6" : "ipv4");
	}
	return list;
}
/** Answers whether a connection may go to an address that a name led to. */
function mayConnect(address, verdict) {
	const inner = unwrapped(canonical(address));
	if (isIn(LINK_LOCAL, inner)) return false;
	return verdict === "given" || verdict === "allowed" && isPublic(inner);
}
const isPublic = (address) => !isIn(NOT_PUBLIC, address) && (isIP(address) === 4 || isIn(PUBLIC_6, address));
const isIn = (list, address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
/** The address of version 4 inside one of version 6, if it holds one. */
function unwrapped(address) {
	if (isIP(address) !== 6 || !isIn(WRAPPED, address)) return address;
	const [last = ""] = address.match(/[^:]*$/) ?? [];
	if (isIP(last) === 4) return last;
	const [high = "0", low = "0"] = groupsOf(address).slice(-2);
	return [high, low].flatMap((group) => {
		const value = Number.parseInt(group, 16);
		return [value >> 8, value & 255];
	}).join(".");
}
/** The eight groups of an address, with its gap filled. */
function groupsOf(address) {
	const [left = "", right] = address.split("::");
	const before = left === "" ? [] : left.split(":");
	const after = right === void 0 || right === "" ? [] : right.split(":");
	return [
		...before,
		...Array(Math.max(0, 8 - before.length - after.length)).fill("0"),
		...after
	];
}

export { placesNamedIn as a, mayConnect as i, canonical as n, isLoopback as r, Policy as t };