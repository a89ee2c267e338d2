/**
 * The meaning of answers that people gave to somebody else's questions: an issue form or a label that nobody made for Swarm
 * says "🔴 High", "Must have" or "Bug".
 *
 * Front matter is written for Swarm and is read strictly. An answer is taken where its meaning is plain.
 */
import type { CommitType, Effort, Priority, Worker } from '#core/model/epic';
import { plainWords } from './headings.ts';

/** Answers in lower case, with hyphens between their words. */
type Words = ReadonlyMap<string, string>;

const wordsFor = <Value extends string | number>(table: Readonly<Record<Value, readonly string[]>>): Words =>
  new Map(
    Object.entries<readonly string[]>(table).flatMap(([value, words]) => words.map((word) => [word, value] as const)),
  );

const TYPES = wordsFor<CommitType>({
  feat: ['feature', 'new-feature', 'feature-request', 'enhancement', 'improvement', 'story', 'user-story'],
  fix: ['bug', 'bugfix', 'bug-fix', 'bug-report', 'defect', 'hotfix', 'regression'],
  refactor: ['refactoring', 'tech-debt', 'technical-debt', 'cleanup'],
  docs: ['documentation', 'doc'],
  test: ['tests', 'testing'],
  chore: ['maintenance', 'housekeeping', 'dependencies'],
  perf: ['performance', 'optimization', 'optimisation'],
  build: ['build-system'],
  ci: ['ci/cd', 'continuous-integration'],
});
/** The scales of MoSCoW and of common trackers keep their order. */
const PRIORITIES = wordsFor<Priority>({
  0: ['p0', 'critical', 'urgent', 'blocker', 'blocking', 'highest', 'immediate', 'must-have', 'must'],
  1: ['p1', 'high', 'major', 'important', 'should-have', 'should'],
  2: ['p2', 'medium', 'normal', 'moderate', 'default', 'could-have', 'could'],
  3: ['p3', 'low', 'lowest', 'minor', 'trivial', 'nice-to-have', "won't-have", 'p4', 'p5'],
});
const WORKERS = wordsFor<Worker>({
  implementation: ['implementer', 'implement'],
  tests: ['test', 'testing', 'tester', 'qa'],
  research: ['researcher', 'spike', 'investigation'],
  security: ['security-review'],
  refactor: ['refactoring'],
});
const EFFORTS = wordsFor<Effort>({
  low: ['lowest', 'minimal'],
  medium: ['normal', 'default'],
  high: [],
  max: ['maximum', 'highest', 'very-high'],
});
const BOOLEANS: Words = new Map([
  ['yes', 'true'],
  ['y', 'true'],
  ['on', 'true'],
  ['no', 'false'],
  ['n', 'false'],
  ['off', 'false'],
]);

const WORDS: ReadonlyMap<string, Words> = new Map([
  ['type', TYPES],
  ['priority', PRIORITIES],
  ['worker', WORKERS],
  ['effort', EFFORTS],
  ['tdd', BOOLEANS],
  ['review', BOOLEANS],
  ['parallel', BOOLEANS],
]);

/** Answers that leave the question open. */
const OPEN =
  /^(?:none|n\/?a|not applicable|not sure|not sure yet|unsure|unknown|undecided|i don['’]t know|don['’]t know|no preference|no response|any|other|tbd|\?|[-–—.])?$/;

/**
 * The values that an answer may stand for, the likeliest first, in the words of front matter; empty if it leaves the question
 * open.
 */
export function meaningsOf(key: string, answer: string): readonly string[] {
  if (OPEN.test(answer.trim().toLowerCase())) return [];
  if (key !== 'estimate' && !WORDS.has(key)) return [answer];
  const whole = plainWords(answer.replace(/^\s*\[[xX]\]\s/, ''));
  if (OPEN.test(whole)) return [];
  // `priority/0 (Critical)`, `type: bug`
  const bare = whole.startsWith(key) ? whole.slice(key.length).replace(/^[\s/:=-]+/, '') || whole : whole;
  const parts = [bare, ...bare.split(/[(),;|/:–—]|\s-\s/)].map((part) => part.trim()).filter((part) => part !== '');
  return [...new Set(parts)].map((part) =>
    key === 'estimate' ? timeOf(part) : (WORDS.get(key)?.get(part.replaceAll(' ', '-')) ?? part),
  );
}

const MINUTES: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['h', 60],
  // People's days and weeks of work.
  ['d', 8 * 60],
  ['w', 5 * 8 * 60],
]);

/** `2 days` → `960m`; any other text is left as it is. */
function timeOf(text: string): string {
  const found =
    /^(?:~|about |around |approx\.? |ca\.? )?\s?(\d{1,4}(?:\.\d{1,2})?)\s?(m|h|d|w)(?:in(?:ute)?s?|(?:ou)?rs?|ays?|eeks?)?$/.exec(
      text,
    );
  const minutes = Number(found?.[1]) * (MINUTES.get(found?.[2] ?? '') ?? 0);
  return minutes > 0 ? `${Math.round(minutes)}m` : text;
}
