/**
 * Starts the app with settings from environment variables, named as in Probot: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH,
 * WEBHOOK_SECRET, PORT, HOST, GHE_HOST.
 */
import { readFileSync } from 'node:fs';
import { DEFAULT_API_URL } from '#github/client';
import { checkSecret, startApp } from './server.ts';

function fromEnvironment(env: NodeJS.ProcessEnv) {
  const { APP_ID: appId, WEBHOOK_SECRET: webhookSecret } = env;
  const privateKey = env.PRIVATE_KEY ?? (env.PRIVATE_KEY_PATH && readFileSync(env.PRIVATE_KEY_PATH, 'utf8'));
  if (!appId) throw new Error('APP_ID is missing. You find it on the app\'s settings page on GitHub, under "About".');
  if (!privateKey) {
    throw new Error(
      'PRIVATE_KEY (or PRIVATE_KEY_PATH) is missing. Generate one on the app\'s settings page on GitHub, under "Private keys".',
    );
  }
  if (!/-----END [A-Z ]*PRIVATE KEY-----/.test(privateKey)) {
    throw new Error(
      'PRIVATE_KEY is incomplete: the line "-----END … PRIVATE KEY-----" is missing. Write \\n for each line break, or use PRIVATE_KEY_PATH.',
    );
  }
  checkSecret(webhookSecret);
  return {
    appId,
    privateKey: privateKey.replaceAll('\\n', '\n'),
    webhookSecret,
    apiUrl: env.GITHUB_API_URL ?? (env.GHE_HOST ? `https://${env.GHE_HOST}/api/v3` : DEFAULT_API_URL),
    port: Number(env.PORT ?? 3000),
    host: env.HOST ?? '127.0.0.1',
    sweepMs: Number(env.SWARM_SWEEP_SECONDS ?? 60) * 1000,
    log: (line: string) => console.log(line),
  };
}

/** Platforms kill a process that has not ended 10 seconds after SIGTERM. */
const CLOSE_MS = 8_000;

try {
  const app = await startApp(fromEnvironment(process.env));
  console.log(`Swarm is listening on ${app.url}.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        console.log('Some looks did not end in time. Nothing is lost: the next start continues from the journals.');
        process.exit(0);
      }, CLOSE_MS).unref();
      void app.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
