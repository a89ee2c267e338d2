/** The rules for every request to GitHub's API. */
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '#emulator/model/refusal';

/** The version that the emulator speaks, which is GitHub's where a request names none. */
export const API_VERSION = '2022-11-28';
/** Versions that GitHub has and the emulator lacks. */
const OTHER_VERSIONS: readonly string[] = ['2026-03-10'];

/**
 * Throws if a request has no User-Agent, or asks for a version that GitHub does not have. Calls `unimplemented` with one
 * that only the emulator does not have.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export function refuseBadRequest(headers: IncomingHttpHeaders, unimplemented: (what: string) => void): void {
  if (!headers['user-agent']) {
    const where = 'https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required';
    throw new Refusal(
      403,
      `Request forbidden by administrative rules. Please make sure your request has a User-Agent header (${where}).`,
    );
  }
  const version = headers['x-github-api-version'];
  if (version === undefined || version === API_VERSION) return;
  if (OTHER_VERSIONS.includes(String(version))) unimplemented(`version ${version} of the REST API`);
  else throw new Refusal(400, `"${version}" is not a valid version of the API.`);
}

/** The headers of a request that its answer depends on. */
export const VARY = 'Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, X-Requested-With';
