/**
 * The emulator's router, checked with every operation of GitHub's REST API: the path of an operation never reaches the
 * handler of another one.
 */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/doors/server.ts';
import { githubOperations, type Operation } from '../../src/emulator/oracle/operations.ts';
import { routes } from '../../src/emulator/rest/rest.ts';
import { Router } from '../../src/emulator/rest/router.ts';

const router = new Router(routes);
const implemented = new Set(routes.map(({ method, path }) => `${method} ${path}`));

/** A path built from the template, with a different value for each parameter. */
function concrete({ path, multiSegment }: Operation, slashes: 'with slashes' | 'without slashes') {
  const params: Record<string, string> = {};
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) => {
    const value = `a-${name}`;
    params[name] = slashes === 'with slashes' && multiSegment.includes(name) ? `${value}/of/several` : value;
    return params[name];
  });
  return { path: filled, params };
}

describe('every operation of GitHub', () => {
  test.each(['without slashes', 'with slashes'] as const)('is found by its own path, %s in parameters', (slashes) => {
    const wrong = githubOperations().filter((operation) => {
      const { path, params } = concrete(operation, slashes);
      const match = router.find(operation.method, path);
      const route = implemented.has(`${operation.method} ${operation.path}`) ? operation : null;
      return (
        match?.path !== operation.path ||
        match.route?.path !== route?.path ||
        JSON.stringify(match.params) !== JSON.stringify(params)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('is in the list, and more than a hundred are implemented', () => {
    expect(githubOperations().length).toBeGreaterThan(1200);
    expect(githubOperations().filter(({ multiSegment }) => multiSegment.length > 0).length).toBeGreaterThan(50);
    expect(implemented.size).toBeGreaterThan(100);
  });
});

test.each([
  ['GET', '/repos/a/s/branches/feat/x', '/repos/{owner}/{repo}/branches/{branch}', { branch: 'feat/x' }],
  ['GET', '/repos/a/s/branches/feat/x/protection', '/repos/{owner}/{repo}/branches/{branch}/protection', null],
  ['GET', '/repos/a/s/commits/heads/x/check-suites', '/repos/{owner}/{repo}/commits/{ref}/check-suites', null],
  ['GET', '/repos/a/s/commits/feat/x/status', '/repos/{owner}/{repo}/commits/{ref}/status', { ref: 'feat/x' }],
  ['GET', '/repos/a/s/commits/feat%2Fstatus', '/repos/{owner}/{repo}/commits/{ref}', { ref: 'feat%2Fstatus' }],
  ['GET', '/repos/a/s/compare/feat/a...feat/b', '/repos/{owner}/{repo}/compare/{basehead}', null],
  ['GET', '/repos/a/s/contents', '/repos/{owner}/{repo}/contents/{path}', { path: '' }],
  ['GET', '/repos/a/s/contents/', '/repos/{owner}/{repo}/contents/{path}', { path: '' }],
  ['GET', '/repos/a/s/contents/src/a/b.ts', '/repos/{owner}/{repo}/contents/{path}', { path: 'src/a/b.ts' }],
  ['GET', '/repos/a/s/issues/comments/7', '/repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id: '7' }],
  ['GET', '/repos/a/s/issues/events', '/repos/{owner}/{repo}/issues/events', null],
  ['GET', '/', '/', {}],
])('%s %s is %s', (method, path, template, params) => {
  const match = router.find(method, path);
  expect(match?.path).toBe(template);
  expect(match?.params).toMatchObject(params ?? {});
});

test.each([
  ['GET', '/repos/a'],
  ['GET', '/repos/a/s/nonsense'],
  ['GET', '/repos/a//issues'],
  ['POST', '/repos/a/s/contents/a.txt'],
  ['OPTIONS', '/repos/a/s'],
])('%s %s is not an operation of GitHub', (method, path) => {
  expect(router.find(method, path)).toBeNull();
});

test('a route that GitHub does not describe is refused', () => {
  const invented = '/repos/{owner}/{repo}/invented';
  const route = { method: 'GET', path: invented, needs: 'anyone', handle: () => ({ status: 200 }) } as const;
  expect(() => new Router([route])).toThrow(`GitHub describes no GET ${invented}`);
});

test('an operation that the emulator lacks gives 404 and is reported, and no other handler runs', async () => {
  const github = await startEmulator();
  const owner = github.world.addUser('acme');
  await github.world.addRepository(owner, 'shop');
  const headers = { authorization: `Bearer ${github.world.tokens.forUser(owner)}` };
  const paths = ['/repos/acme/shop/commits/main/check-suites', '/repos/acme/shop/branches/main/protection'];
  const statuses = [];
  for (const path of paths) statuses.push((await fetch(`${github.url}${path}`, { headers })).status);
  const badly = await fetch(`${github.url}/repos/acme/shop/labels/%zz`, { headers });
  const { unimplemented } = github;
  await github.close();
  expect(statuses).toEqual([404, 404]);
  expect(badly.status).toBe(400);
  expect(unimplemented).toEqual(paths.map((path) => `GET ${path}`));
});
