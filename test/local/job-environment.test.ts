/** The environment of jobs in `swarm dev`: as on GitHub, without what only Swarm itself has. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobEnvironment } from '../../src/local/dev.ts';

const home = { root: '/swarm' } as Parameters<typeof jobEnvironment>[0];
const npm = '/swarm/node_modules/.bin:/node_modules/.bin:/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin';
const node = dirname(process.execPath);

describe('a job of `swarm dev`', () => {
  it('finds the tools of the machine, and none of Swarm’s', () => {
    const { PATH } = jobEnvironment(home, false, { PATH: `${npm}:/usr/local/bin:/usr/bin` });
    expect(PATH).toBe(`${node}:/usr/local/bin:/usr/bin`);
  });

  it('finds them in the example, which installs nothing', () => {
    const { PATH } = jobEnvironment(home, true, { PATH: `${npm}:/usr/bin` });
    expect(PATH).toBe(`${node}:/swarm/node_modules/.bin:/usr/bin`);
  });

  it('gets the certificates and proxies of the machine, and no key', () => {
    const machine = {
      PATH: '/usr/bin',
      REQUESTS_CA_BUNDLE: '/certs/a.pem',
      PIP_CERT: '/certs/b.pem',
      HTTPS_PROXY: 'http://proxy:3128',
      ANTHROPIC_API_KEY: 'key',
    };
    const got = jobEnvironment(home, false, machine);
    expect(got).toMatchObject({
      REQUESTS_CA_BUNDLE: '/certs/a.pem',
      PIP_CERT: '/certs/b.pem',
      HTTPS_PROXY: 'http://proxy:3128',
    });
    expect(got).not.toHaveProperty('ANTHROPIC_API_KEY');
  });
});
