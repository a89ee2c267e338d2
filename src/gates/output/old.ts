/**
 * Failures that the base had before any agent worked on it: they are told by their names, and do not count against a change
 * (SPEC R5.15).
 */
import { areOld, type KnownGate } from '#core/model/journal/baseline';
import type { GateResult } from '#core/model/report';
import { clip } from '#words/safe';
import type { Part } from '../part.ts';

/** More failures, or longer names, are not compared: the base then counts as red without names. */
const MOST_NAMES = 100;
const MOST_CHARS = 10_000;

/**
 * The names of everything that fails in a gate, sorted.
 *
 * @returns undefined if one of its programs fails in a way that has no name, or if it cannot be sure that each failure has
 * one: a test runner has to count its tests, and to name as many failures as it counts.
 */
export function failureNames(gate: string, parts: readonly Part[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const { verdict, failures = [], tests } of parts) {
    if (verdict === 'pass') continue;
    const isCounted = gate !== 'tests' || (tests !== undefined && failures.length >= tests.failed);
    if (verdict !== 'fail' || failures.length === 0 || !isCounted) return undefined;
    names.push(...failures);
  }
  const chars = names.reduce((sum, name) => sum + name.length, 0);
  return names.length > 0 && names.length <= MOST_NAMES && chars <= MOST_CHARS ? names.sort() : undefined;
}

/** The same failures in two runs on the same files. Names that change from run to run name nothing. */
export const sameNames = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined =>
  one !== undefined && other !== undefined && one.join('\n') === other.join('\n') ? one : undefined;

/** The names that people read. */
const SHOWN = 10;

/**
 * The result of a gate that also failed on the base: without the old failures, if there are no others.
 *
 * @param failures the names of what fails now; undefined if not everything has one.
 */
export function withoutOld(
  result: GateResult,
  failures: readonly string[] | undefined,
  known: KnownGate | undefined,
): GateResult {
  const old = known?.state === 'red' ? known.failures : undefined;
  if (result.verdict !== 'fail' || old === undefined) return result;
  if (failures === undefined || !areOld(failures, old)) {
    return { ...result, output: `${result.output}\n(swarm: these failed before the change, too: ${listed(old)})` };
  }
  return {
    ...result,
    verdict: 'failed before',
    output: `It fails as it did before the change, and nothing else fails: ${listed(failures)}\n\n${result.output}`,
  };
}

const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, SHOWN)
    .map((name) => clip(name, 200))
    .join('; ')}${names.length > SHOWN ? `; and ${names.length - SHOWN} more` : ''}`;

/** The result of a flaky gate that failed and then passed. */
export const passedAgain = (result: GateResult): GateResult => ({
  ...result,
  output:
    `It failed first, and passed when it ran again. It was flaky before the change, too.\n${result.output}`.trim(),
});
