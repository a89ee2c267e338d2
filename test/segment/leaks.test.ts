/**
 * Nothing secret comes out of a segment's run: secrets of many kinds are planted wherever an agent, its files or a gate can
 * put one, and everything that any job says, hands on or writes is read (threats T21, T23, T53, B159, B179).
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOutcome, writeVerifyOutcome } from '../../src/segment/outcome.ts';
import { type Ended, type Shop, Town } from './jobs.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open();
});
afterAll(() => town.close());

/** Put together here, so that no scanner takes this file for a leak. */
const fake = (...parts: readonly string[]): string => parts.join('');
let throws = 0;
/** Looks thrown, another one each time, and is the same in each run. */
function thrown(length: number, alphabet = 'aB3dE5gH7jK9mN1pQ2sT4vW6yZ8bC0xF'): string {
  throws += 1;
  return Array.from({ length }, (_, at) => alphabet[(at * 7 + (at >> 3) * throws + throws) % alphabet.length]).join('');
}
const HEX = '0a1b2c3d4e5f6789';

/** By no name known to any job: they have to be told by their looks. */
const LOOKS: Readonly<Record<string, string>> = {
  'a classic GitHub token': fake('ghp', '_', thrown(36)),
  'a fine-grained GitHub token': fake('github', '_pat_', thrown(22), '_', thrown(59)),
  'an installation token': fake('ghs', '_123_eyJhbGciOiJ.', thrown(60), '.', thrown(60)),
  'a GitLab token': fake('glpat', '-', thrown(20)),
  'an Anthropic key': fake('sk', '-ant-api03-', thrown(90)),
  'an OpenAI key': fake('sk', '-proj-', thrown(64)),
  'a Google key': fake('AI', 'za', thrown(35)),
  'an AWS key id': fake('AK', 'IA', thrown(16, 'ABCDEFGHJKLMNPQR2345')),
  'an AWS secret key': fake('aws_secret_access', '_key=', thrown(40)),
  'an Azure account key': fake('Account', 'Key=', thrown(86), '=='),
  'a Slack token': fake('xo', 'xb-', '123456789012-', thrown(24)),
  'a Stripe key': fake('sk', '_live_', thrown(24)),
  'a SendGrid key': fake('SG', '.', thrown(22), '.', thrown(43)),
  'an npm token': fake('npm', '_', thrown(36)),
  'a PyPI token': fake('pypi', '-AgE', thrown(60)),
  'a Hugging Face token': fake('hf', '_', thrown(34)),
  'a Vault token': fake('hv', 's.', thrown(24)),
  'a DigitalOcean token': fake('do', 'p_v1_', thrown(64, HEX)),
  'a Shopify token': fake('shp', 'at_', thrown(32, HEX)),
  'a JSON web token': fake('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.', thrown(43)),
  'a Docker token': fake('dckr', '_pat_', thrown(27)),
};
const KINDS = Object.entries(LOOKS);

/** In the job's environment, and so known by its value in every form. */
const MODEL_KEY = 'Zk9/tr0ub4dor+x&"y7-model';
const FORMS: Readonly<Record<string, string>> = {
  plain: MODEL_KEY,
  base64: Buffer.from(MODEL_KEY).toString('base64'),
  'base64 of more': Buffer.from(`key=${MODEL_KEY}!`).toString('base64'),
  base64url: Buffer.from(MODEL_KEY).toString('base64url'),
  hex: Buffer.from(MODEL_KEY).toString('hex'),
  URL: encodeURIComponent(MODEL_KEY),
  JSON: JSON.stringify(MODEL_KEY).slice(1, -1),
  reversed: [...MODEL_KEY].reverse().join(''),
};
const coloured = (secret: string): string =>
  `${secret.slice(0, 9)}\x1b[31m${secret.slice(9, 18)}\x1b[0m${secret.slice(18)}`;

/** What must be seen nowhere: each secret whole, and the half of it that would do. */
const PLANTED: readonly (readonly [string, string])[] = [
  ...KINDS.map(([kind, secret]) => [kind, secret.slice(-20)] as const),
  ...Object.entries(FORMS).map(([form, text]) => [`the model key, ${form}`, text.slice(2, -2)] as const),
];

function leaksIn(text: string): readonly string[] {
  // As it stands, as a terminal shows it, and with what escaping has put between.
  const forms = [text, text.replaceAll(/\x1b\[[0-9;]*m/g, ''), text.replaceAll('\\', '')];
  return PLANTED.filter(([, secret]) => forms.some((form) => form.includes(secret))).map(([name]) => name);
}

/** Everything of a run by where it came out, with the patch as what it holds. */
async function cameOut(shop: Shop, jobs: readonly Ended[]): Promise<Readonly<Record<string, string>>> {
  const said = jobs.flatMap(({ log, summary, outputs, artefact }, at) => {
    const { 'patch-1': patch = '', ...rest } = outputs;
    const bytes = patch === '' ? '' : brotliDecompressSync(Buffer.from(patch, 'base64')).toString('latin1');
    return [
      [`log ${at}`, log],
      [`summary ${at}`, summary],
      [`artefact ${at}`, Object.entries(artefact).flat().join('\n')],
      [`outputs ${at}`, JSON.stringify(rest)],
      [`patch ${at}`, bytes],
    ];
  });
  return { ...Object.fromEntries(said), GitHub: await shop.everything() };
}

async function expectNoLeak(shop: Shop, jobs: readonly Ended[]): Promise<Readonly<Record<string, string>>> {
  const out = await cameOut(shop, jobs);
  const leaks = Object.entries(out).flatMap(([place, text]) => leaksIn(text).map((name) => `${place}: ${name}`));
  expect(leaks).toEqual([]);
  return out;
}

/** A program's text lies outside of the repository: what is planted in it is not for GitHub to hold. */
async function program(text: string): Promise<readonly string[]> {
  const file = join(await mkdtemp(join(town.directory, 'program-')), 'run.sh');
  await writeFile(file, text);
  return ['sh', file];
}

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A program that prints them, each in several ways. */
const shouts = (to: 1 | 2, forms: readonly string[] = Object.values(FORMS)): string =>
  [...KINDS.map(([, secret]) => secret), ...forms]
    .flatMap((secret) => [secret, JSON.stringify({ secret, line: `\n${secret}` }), coloured(secret)])
    .map((text) => `printf '%s\\n' ${shell(text)} >&${to}`)
    .join('\n');
const WORDS = KINDS.map(([kind, secret]) => `${kind} ${secret}`).join(' and ');
const reports = (summary: string): string => {
  const report = {
    summary,
    handoff: `Use ${summary}`,
    assumptions: [summary.slice(0, 900), ...Object.values(FORMS)],
    criteria: KINDS.map(([, secret], at) => ({ id: at === 0 ? 'AC-1' : `AC-${at + 1}`, evidence: secret })),
  };
  return `cat > "$SWARM_REPORT_FILE" <<'END'\n${JSON.stringify(report)}\nEND\n`;
};
const BODY = '---\nfiles: [src/**]\n---\nDo it.\n\n## Acceptance criteria\n- [ ] AC-1: It is two\n';
const KEYS = { MODEL_KEY };

it('what is planted can be found: in a text that has it, every one is', () => {
  const everything = PLANTED.map(([, secret]) => secret).join('\n');
  expect(leaksIn(everything)).toHaveLength(PLANTED.length);
  expect(KINDS.length).toBeGreaterThanOrEqual(20);
});

describe('a run whose agent and gates say every secret they can', () => {
  it('is published without any secret (R11.7)', async () => {
    const shop = await town.shop({
      agent: await program(
        [
          'echo "export const cart = 2;" > src/cart.ts',
          shouts(1),
          shouts(2),
          'printf "%s" "$MODEL_KEY"; printf "%s" "$MODEL_KEY" | base64 -w0; printf "%s" "$MODEL_KEY" | od -An -tx1 | tr -d " \\n"',
          // Commits, branches and tags of the agent's own stay where it made them.
          `git checkout -q -b ${shell(KINDS[0]?.[1] ?? '')} && git commit -qam ${shell(WORDS)} && git tag -am ${shell(WORDS)} v1`,
          reports(WORDS),
        ].join('\n'),
      ),
      config: {
        environment: ['MODEL_KEY'],
        gates: {
          tests: { run: await program(`${shouts(1, [])}\necho "$MODEL_KEY"; echo "$MODEL_KEY" | base64`) },
          lint: { run: await program(shouts(2, [])) },
        },
      },
      body: BODY,
    });
    const jobs = await shop.whole(KEYS);
    const out = await expectNoLeak(shop, jobs);
    expect(await shop.branches()).toEqual(['feat/cart', 'main']);
    // It was said, and taken out: what is around it is there.
    expect(out['log 0']).toContain('***');
    expect(out['outputs 0']).toContain('a GitLab token ***');
    for (const place of ['artefact 0', 'artefact 1']) expect(out[place]?.match(/\*\*\*/g)?.length).toBeGreaterThan(20);
    expect(Object.keys(jobs[0]?.artefact ?? {})).toEqual([
      '001-brief-as-sent-to-the-agent.txt',
      '002-implementer-try-1-command.txt',
      '003-gates-1-lint-pass.txt',
      '004-gates-1-tests-pass.txt',
    ]);
    expect(out.GitHub).toContain('a GitLab token ***');
  });

  it('keeps the password in the address of a registry, however much of it a gate says', async () => {
    const said = 'echo "index: $INDEX_URL"; echo "password: $(echo "$INDEX_URL" | cut -d: -f3 | cut -d@ -f1)"';
    const shop = await town.shop({
      agent: await program('echo "export const cart = 2;" > src/cart.ts; echo "agent: $INDEX_URL."'),
      config: { gates: { tests: { run: await program(said), environment: ['INDEX_URL'] } } },
      body: BODY,
    });
    const jobs = await shop.whole({ INDEX_URL: 'https://ana:sesame-open-now@index.example/simple' });
    const out = await expectNoLeak(shop, jobs);
    const shown = Object.entries(out).filter(([, text]) => text?.includes('sesame-open-now'));
    expect(shown.map(([place]) => place)).toEqual([]);
    expect(out['artefact 0']).toContain('password: ***');
    // The agent does not have the variable at all.
    expect(out['artefact 0']).toContain('agent: .');
  });

  it('that fails is reported and kept without any secret', async () => {
    const shop = await town.shop({
      agent: await program(
        ['echo "export const cart = 2;" > src/cart.ts', shouts(2), reports(WORDS), 'exit 3'].join('\n'),
      ),
      config: { environment: ['MODEL_KEY'], tries: 1 },
      body: BODY,
    });
    const jobs = await shop.whole(KEYS);
    const out = await expectNoLeak(shop, jobs);
    expect(await shop.branches()).toEqual(['main', 'swarm/wip/1.14-1']);
    expect(out['summary 0']).toContain('AGENT_CRASHED');
    expect(out['artefact 0']).toContain('***');
  });
});

describe('a change that holds them', () => {
  it('does not leave the work job, whichever of them it is', async () => {
    const writes = [...KINDS.map(([, secret]) => secret), FORMS.plain ?? '', FORMS.base64 ?? '', FORMS.hex ?? ''].map(
      (secret, at) => `printf 'const a = "%s";\\n' ${shell(secret)} > src/f${at}.ts`,
    );
    const shop = await town.shop({
      agent: await program(writes.join('\n')),
      config: { environment: ['MODEL_KEY'], tries: 1, gates: { tests: { off: true } } },
    });
    const jobs = await shop.whole(KEYS);
    const out = await expectNoLeak(shop, jobs);
    expect(await shop.branches()).toEqual(['main']);
    // Each file was found, by its name and line.
    const missed = writes.flatMap((_, at) => (out['log 0']?.includes(`src/f${at}.ts:1`) ? [] : [at]));
    expect(missed).toEqual([]);
  });

  it('in the names of its files neither', async () => {
    const named = KINDS.filter(([, secret]) => !/[/"=:]/.test(secret));
    const shop = await town.shop({
      agent: await program(named.map(([, secret]) => `echo 1 > src/${shell(secret)}.ts`).join('\n')),
      config: { tries: 1, gates: { tests: { off: true } } },
    });
    const out = await expectNoLeak(shop, await shop.whole());
    expect(await shop.branches()).toEqual(['main']);
    expect(out['log 0']?.match(/in the file name/g)?.length).toBeGreaterThanOrEqual(named.length);
  });
});

it('a work job that hands on whatever it likes has publish take them out', async () => {
  const shop = await town.shop({ agent: ['sh', '-c', 'echo "export const cart = 2;" > src/cart.ts'] });
  const worked = await (await shop.job('work', {})).ended;
  const gates = [
    { gate: 'tests', verdict: 'fail', command: WORDS.slice(0, 390), durationMs: 1, output: WORDS },
  ] as const;
  const annotations = KINDS.map(([, secret]) => ({ file: 'src/cart.ts', line: 1, message: secret }));
  const outcome = writeOutcome({
    version: 1,
    attempt: '1.14-1',
    tries: 1,
    validation: [],
    agent: { summary: WORDS, handoff: WORDS, assumptions: KINDS.map(([, secret]) => secret), criteria: [] },
    problem: { kind: 'GATES_FAILED', gates: [{ gate: 'tests', output: WORDS }], tries: 1 },
    durationMs: 1,
    warnings: [WORDS.slice(0, 900)],
  });
  const refused = [{ host: 'x', port: 443, why: 'not named', by: WORDS.slice(0, 120), times: 1 }] as const;
  const validation = writeVerifyOutcome({ validation: gates.map((each) => ({ ...each, annotations })), refused });
  const published = await (
    await shop.job('publish', { ...shop.handed(worked, undefined), outcome, 'verify-result': 'failure', validation })
  ).ended;
  const out = await expectNoLeak(shop, [published]);
  expect(await shop.branches()).toEqual(['main', 'swarm/wip/1.14-1']);
  expect(out.GitHub).toContain('a GitLab token ***');
});
