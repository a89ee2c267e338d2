/**
 * The security gate: secrets that the change would publish, and vulnerable dependencies that it would add.
 *
 * Only new findings fail. If the change leaves the dependencies alone, there is nothing new, and no audit runs. Otherwise
 * the same audit also runs on the files from before, and its findings there do not count.
 */
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateVerdict } from '#core/model/report';
import type { Judgement } from '#git/patch';
import { type Fault, isGrave, newFaults, readAudit, sayFault } from './audit.ts';
import type { Definition } from './definition.ts';
import { sayStep } from './find.ts';
import { exitOf, isMissing, type Programs, told, verdictOf } from './programs.ts';
import type { Audit } from './workspace.ts';

export interface AuditVerdict {
  readonly verdict: GateVerdict;
  /** The audit and its result, in a few words. */
  readonly looked: string;
  /** The findings for people; empty without any. */
  readonly said: string;
}

export interface AuditCase {
  readonly programs: Programs;
  readonly definition: Pick<Definition, 'checkOutBefore'>;
  /** A directory for the files as they were before the change. */
  readonly scratch: string;
  /** Undefined if there is no single change, as at the end of a wave. */
  readonly judgement: Judgement | undefined;
  readonly timeoutMs: number;
}

type Runnable = Extract<Audit, { kind: 'audit' }>;

export async function auditAll(audits: readonly Audit[], at: AuditCase): Promise<readonly AuditVerdict[]> {
  const before = join(at.scratch, 'before');
  const verdicts: AuditVerdict[] = [];
  let isOut = false;
  const filesBefore = async (): Promise<string> => {
    if (!isOut) await at.definition.checkOutBefore(before);
    isOut = true;
    return before;
  };
  try {
    for (const audit of audits) verdicts.push(await auditOne(audit, at, filesBefore));
  } finally {
    await rm(before, { recursive: true, force: true, maxRetries: 3 });
    await rm(`${before}.index`, { force: true });
  }
  return verdicts;
}

async function auditOne(audit: Audit, at: AuditCase, filesBefore: () => Promise<string>): Promise<AuditVerdict> {
  if (audit.kind === 'not applicable') return none(audit.why);
  const name = nameOf(audit);
  const { judgement } = at;
  if (audit.form === 'exit code') {
    const ended = await at.programs.start('security', audit.step, at.timeoutMs);
    return { verdict: verdictOf(ended), looked: sayStep(audit.step), said: told(ended) };
  }
  const touched = judgement?.files.some((file) => audit.after.includes(file)) ?? true;
  if (!touched) return none(`the change does not touch ${audit.after.at(-1) ?? 'the dependencies'}`);
  const now = await faultsIn(audit, at, undefined);
  if (typeof now === 'string') return none(`${name}: ${now}`);
  const grave = now.filter(isGrave);
  if (grave.length === 0)
    return { verdict: 'pass', looked: `${name}: ${counted(now.length, 'minor fault')}`, said: '' };

  const known = await faultsBefore(audit, at, await filesBefore());
  const isComparable = typeof known !== 'string';
  const fresh = isComparable ? newFaults(grave, known) : grave;
  const old = grave.length - fresh.length;
  const looked = `${name}: ${counted(fresh.length, 'new fault')}${old > 0 ? `, ${old} known already` : ''}`;
  if (fresh.length === 0) return { verdict: 'pass', looked, said: '' };
  const doubt = isComparable ? '' : `\n(the dependencies of the base could not be audited: ${known})`;
  const words = fresh.map(sayFault).join('\n');
  return {
    verdict: 'fail',
    looked,
    said: `${name} found ${counted(fresh.length, 'fault')} that this change adds:\n${words}${doubt}`,
  };
}

const none = (why: string): AuditVerdict => ({ verdict: 'not applicable', looked: `no audit: ${why}`, said: '' });

const nameOf = ({ step }: Runnable): string => {
  const words = step.run.slice(0, step.run[0]?.includes('-audit') || step.run[0] === 'govulncheck' ? 1 : 2).join(' ');
  return step.directory === '' ? words : `${words} in ${step.directory}`;
};

const counted = (count: number, what: string): string =>
  `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;

async function faultsBefore(audit: Runnable, at: AuditCase, root: string): Promise<readonly Fault[] | string> {
  const directory = join(root, audit.step.directory);
  const isThere = await lstat(directory).then(
    () => true,
    () => false,
  );
  // A project that did not exist had no faults.
  if (!isThere) return [];
  const lock = audit.after.at(-1);
  const hadLock =
    lock === undefined ||
    (await lstat(join(root, lock)).then(
      () => true,
      () => false,
    ));
  return hadLock ? faultsIn(audit, at, root) : [];
}

/** @returns the reason for a missing answer. */
async function faultsIn(
  { step, prepare = [], form }: Runnable,
  { programs, timeoutMs }: AuditCase,
  root: string | undefined,
): Promise<readonly Fault[] | string> {
  if (form === 'exit code') return 'it gives no list of faults';
  for (const each of prepare) {
    const ended = await programs.start('security', each, timeoutMs, root);
    if (isMissing(ended)) return `${each.run[0]} is not installed`;
    if (exitOf(ended) !== 0) return `${each.run.slice(0, 2).join(' ')} failed`;
  }
  const ended = await programs.start('security', step, timeoutMs, root);
  if (isMissing(ended)) return `${step.run[0]} is not installed`;
  if (ended.how.kind === 'timed out') return 'it did not answer in time';
  const read = readAudit(form, ended.output, exitOf(ended));
  return read.kind === 'faults' ? read.faults : read.why;
}
