/**
 * The places on the network that the config names (`network`): how an entry is written, and which hosts it stands for.
 */

/** `host`, `*.domain` or either with a port. */
export interface Place {
  /** In lower case; `*.` in front stands for every name below. IPv6 addresses have no brackets. */
  readonly host: string;
  /** Undefined: the usual ports of the web. */
  readonly port?: number;
}

/** A name that a host on the internet or in a company can have. Underscores occur in names of services. */
const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL}){0,20}$`);
const LAST_PORT = 65_535;

/** @returns undefined if an entry is none: a URL, a path, a pattern of another kind, a port out of range. */
export function readPlace(written: string): Place | undefined {
  const { host, port } = split(written.toLowerCase());
  if (port !== undefined && !(port >= 1 && port <= LAST_PORT)) return undefined;
  const name = host.startsWith('*.') ? host.slice(2) : host;
  const isAddress = isAddress6(host) || isAddress4(host);
  if (!isAddress && !isName(name)) return undefined;
  // Four numbers below a star do not make a name, and a lone address of version 6 has no port.
  if (name !== host && isAddress4(name)) return undefined;
  return port === undefined ? { host } : { host, port };
}

/** A number at the end makes a name an address, in one of many forms that programs read differently. */
const isName = (name: string): boolean => name.length <= 253 && NAME.test(name) && !/(?:^|\.)\d+$/.test(name);

const isAddress4 = (text: string): boolean =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255 && !/^0\d/.test(part));

/** Eight groups, or fewer around one gap. */
function isAddress6(text: string): boolean {
  const sides = text.split('::');
  const groups = sides.flatMap((side) => (side === '' ? [] : side.split(':')));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return false;
  return sides.length === 1 ? groups.length === 8 : sides.length === 2 && groups.length < 8;
}

function split(text: string): { readonly host: string; readonly port?: number } {
  const [, bracketed, behind] = /^\[([^\]]*)\](?::(\d{1,6}))?$/.exec(text) ?? [];
  if (bracketed !== undefined) {
    // Brackets hold nothing but an address of version 6.
    const host = isAddress6(bracketed) ? bracketed : '';
    return behind === undefined ? { host } : { host, port: Number(behind) };
  }
  const [, host, port] = /^([^:]*):(\d{1,6})$/.exec(text) ?? [];
  return host === undefined || port === undefined ? { host: text } : { host, port: Number(port) };
}

/** Answers whether a place stands for a host, a name or an address in its usual form. */
export const standsFor = ({ host }: Place, name: string): boolean =>
  host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length >= host.length : name === host;
