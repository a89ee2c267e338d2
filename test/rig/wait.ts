/**
 * Waiting for another process. A test asks again and again only where nothing tells it: a file that appears, a process
 * that ends. Every such wait has an end and a name.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { WAIT_MS } from '../limits.ts';

const ASK_AGAIN_MS = 20;

/**
 * Asks until the answer is neither false nor undefined.
 * @param what ends the sentence "Waited 60 s for …".
 * @param mostMs how long to ask.
 * @param state what to show when it never came true: the output of the process, for example.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | false | undefined | Promise<Answer | false | undefined>,
  { mostMs = WAIT_MS, state }: { readonly mostMs?: number; readonly state?: () => string } = {},
): Promise<Answer> {
  const endsAt = performance.now() + mostMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (performance.now() > endsAt) {
      throw new Error([`Waited ${mostMs / 1000} s for ${what}.`, state?.() ?? ''].filter(Boolean).join('\n'));
    }
    await pause(ASK_AGAIN_MS);
  }
}
