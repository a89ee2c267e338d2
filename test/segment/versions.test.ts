/** A run asks its agents for their versions before it calls any of them. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { place, Stand, useGitHub } from './stand.ts';

useGitHub();

/** A run where `claude` and `codex` have these versions, and leave a mark in the log when they are called. */
async function run(claude: string, codex: string, config: Readonly<Record<string, unknown>> = {}) {
  const bin = await place('bin-');
  for (const [name, version] of Object.entries({ claude, codex })) {
    const script = `[ "$1" = --version ] && echo '${version}' || { echo '${name} was called' >&2; exit 1; }`;
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const stand = await Stand.open({
    config: { agent: 'claude', roles: { reviewer: 'codex' }, ...config },
    variables: { PATH: `${bin}:${process.env.PATH}` },
  });
  const { outcome, artefact } = await stand.work();
  return { stand, outcome, said: JSON.stringify(artefact) };
}

it('and calls none if one of them is too old, even if it is the reviewer', async () => {
  const { stand, outcome, said } = await run('9.9.9', '0.44.0');
  expect(outcome).toMatchObject({ tries: 0, problem: { kind: 'AGENT_TOO_OLD', agent: 'codex', found: '0.44.0' } });
  expect(said).not.toContain('was called');
  expect(stand.log.join('\n')).toMatch(/Versions: claude 9\.9\.9, codex 0\.44\.0\./);
});

it.each([
  ['it has no reviewer', '9.9.9', '0.44.0', { council: 'off' }],
  ['all are new enough', '9.9.9', '9.9.9', {}],
])('and calls them if %s', async (_, claude, codex, config) => {
  const { outcome } = await run(claude, codex, config);
  expect(outcome.problem).toMatchObject({
    kind: 'AGENT_CRASHED',
    output: expect.stringContaining('claude was called'),
  });
});
