/** What GitHub's answers mean, where they are neither a plain yes nor a plain no. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { makeClient } from '../../src/github/client.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A GitHub that answers every question with this. */
async function answering(body: unknown): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refused = (type: string, path: readonly (string | number)[]) => ({
  type,
  path,
  message: 'Resource not accessible',
});

describe('what may not be seen', () => {
  test.each([
    ['is not there', refused('NOT_FOUND', ['repository', 'pull9'])],
    ['lies in somebody else’s repository', refused('FORBIDDEN', ['elsewhere0'])],
    [
      'is a blocker in a repository that swarm may not see',
      refused('FORBIDDEN', ['repository', 'issue', 'blockedBy', 'nodes', 0]),
    ],
  ])('and %s is null in the answer', async (_, error) => {
    const data = { repository: { id: 'R_1' }, elsewhere0: null };
    const client = makeClient({ apiUrl: await answering({ data, errors: [error] }), token: 't' });

    expect(await client.queryWhatIsThere('query { x }', {})).toEqual(data);
  });

  test.each([
    ['here', [refused('FORBIDDEN', ['repository', 'issue'])]],
    ['here as well as elsewhere', [refused('FORBIDDEN', ['elsewhere0']), refused('FORBIDDEN', ['repository'])]],
  ])('%s is refused as a whole: half of an epic is another epic', async (_, errors) => {
    const client = makeClient({ apiUrl: await answering({ data: { repository: null }, errors }), token: 't' });

    await expect(client.queryWhatIsThere('query { x }', {})).rejects.toMatchObject({
      name: 'GitHubRefused',
      status: 403,
    });
  });
});
