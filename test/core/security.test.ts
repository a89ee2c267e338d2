/** What a security segment found becomes work: grave findings once, in the wave that found them. */
import { expect, test } from 'vitest';
import { securityFindings } from '../../src/core/decide/calibration.ts';
import { instant, issueNumber } from '../../src/core/model/epic.ts';
import { type Calibration, emptyJournal } from '../../src/core/model/journal.ts';
import type { CouncilFinding, Report } from '../../src/core/model/report.ts';
import { report, sha } from './facts.ts';

const found = (...findings: readonly CouncilFinding[]): Report =>
  report(emptyJournal(issueNumber(1)), '1.2-1', {
    course: {
      pair: { kind: 'skipped', why: 'the worker is security' },
      council: { kind: 'skipped', why: 'x' },
      questions: [],
      findings,
    },
  });

const finding = (severity: CouncilFinding['severity']): CouncilFinding => ({
  file: 'src/login.ts',
  line: 7,
  severity,
  why: 'The password is compared in plain text.',
});

const round = (verdict: Calibration['verdict']): Calibration => ({
  round: 1,
  base: sha(1),
  dispatch: '1.1',
  at: instant(0),
  covers: [],
  ...(verdict ? { verdict } : {}),
});

const two = issueNumber(2);

test('critical and major findings fail the wave, with place and reason', () => {
  expect(securityFindings([{ number: two, report: found(finding('major'), finding('minor')) }], [])).toEqual([
    {
      check: 'security',
      subject: '#2',
      detail: 'src/login.ts:7 (major): The password is compared in plain text.',
    },
  ]);
});

test('they are found once: after their fix the wave can pass', () => {
  const told = securityFindings([{ number: two, report: found(finding('critical')) }], []);
  const failed = round({ kind: 'failed', at: instant(0), findings: told });
  expect(securityFindings([{ number: two, report: found(finding('critical')) }], [failed])).toEqual([]);
});

test.each<[string, Report | undefined]>([
  ['no report', undefined],
  ['no findings', found()],
  ['minor ones alone', found(finding('minor'))],
])('%s fails nothing', (_, report) => {
  expect(securityFindings([{ number: two, report }], [])).toEqual([]);
});
