/** REST: the secrets of a repository. Clients seal them for a key that GitHub shows; nobody reads them back but jobs. */

import { nothing, ok } from '#emulator/model/response';
import { openSealedBox } from '#emulator/model/sealed-box';
import { type ApiCall, found, invalid, type Route, read, write } from './route.ts';

const SECRETS = '/repos/{owner}/{repo}/actions/secrets';
const SECRET = `${SECRETS}/{secret_name}`;

export const secretRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: SECRETS,
    needs: read('secrets'),
    handle: (call) => {
      const names = [...call.repository.secrets.keys()];
      return call.page(
        names,
        (name) => showSecret(call, name),
        (secrets) => ({ total_count: names.length, secrets }),
      );
    },
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/organization-secrets',
    needs: read('secrets'),
    handle: (call) => {
      const names = [...call.repository.organizationSecrets];
      return call.page(
        names,
        (name) => showSecret(call, name),
        (secrets) => ({ total_count: names.length, secrets }),
      );
    },
  },
  {
    method: 'GET',
    path: `${SECRETS}/public-key`,
    needs: read('secrets'),
    handle: ({ world }) => ok({ key_id: world.sealing.id, key: world.sealing.publicKey.toString('base64') }),
  },
  {
    method: 'GET',
    path: SECRET,
    needs: read('secrets'),
    handle: (call) => ok(showSecret(call, nameOf(call))),
  },
  {
    method: 'PUT',
    path: SECRET,
    needs: write('secrets'),
    handle: (call) => {
      const { world, repository } = call;
      const name = call.param('secret_name').toUpperCase();
      if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) {
        throw invalid(
          'Secret name is invalid: it may only contain letters, digits and underscores, and not begin with GITHUB_.',
        );
      }
      if (call.requireString('key_id') !== world.sealing.id) throw invalid('Invalid request.\n\nkey_id is not valid.');
      const value = openSealedBox(Buffer.from(call.requireString('encrypted_value'), 'base64'), world.sealing);
      if (value === null) throw invalid('Invalid request.\n\nencrypted_value is not sealed for this key.');
      const isNew = !repository.secrets.has(name);
      repository.secrets.set(name, value.toString());
      return isNew ? { status: 201, body: {} } : nothing();
    },
  },
  {
    method: 'DELETE',
    path: SECRET,
    needs: write('secrets'),
    handle: (call) => {
      call.repository.secrets.delete(nameOf(call));
      return nothing();
    },
  },
];

function nameOf(call: ApiCall): string {
  const name = call.param('secret_name').toUpperCase();
  return found(call.repository.secrets.has(name) ? name : null);
}

function showSecret({ repository }: ApiCall, name: string): unknown {
  return { name, created_at: repository.createdAt, updated_at: repository.createdAt };
}
