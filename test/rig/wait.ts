/**
 * Waiting, with an end and a name: a test that hangs says what it hung on.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { WAIT_MS } from '../limits.ts';

const ASK_AGAIN_MS = 20;

interface Limits {
  readonly mostMs?: number;
  /** Text for the error when the wait was in vain, such as the output of the process. */
  readonly state?: () => string;
}

/**
 * Polls until the answer is neither false nor undefined. Only for events that nothing announces: a file that appears, a
 * process that ends.
 *
 * @param what ends the sentence "Waited 60 s for …".
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | false | undefined | Promise<Answer | false | undefined>,
  { mostMs = WAIT_MS, state }: Limits = {},
): Promise<Answer> {
  const endsAt = performance.now() + mostMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (performance.now() > endsAt) {
      throw inVain(what, mostMs, state);
    }
    await pause(ASK_AGAIN_MS);
  }
}

/** The same for work that tells when it is done. */
export async function within<Answer>(
  what: string,
  work: Promise<Answer>,
  { mostMs = WAIT_MS, state }: Limits = {},
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(inVain(what, mostMs, state)), mostMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const inVain = (what: string, mostMs: number, state: Limits['state']): Error =>
  new Error([`Waited ${mostMs / 1000} s for ${what}.`, state?.() ?? ''].filter(Boolean).join('\n'));
