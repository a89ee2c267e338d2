/** Reading the JSON that agents answer with. */
import { describe, expect, it } from 'vitest';
import { hunksIn, objectIn, readAnswers, readFindings, readVerdict } from '../../src/segment/verdict.ts';

describe('reading a verdict', () => {
  it.each<[string, object, unknown]>([
    ['in its form', { structured: { verdict: 'approved' }, text: '' }, { verdict: 'approved' }],
    ['in the last block', { text: 'Well.\n```json\n{"a":1}\n```\nNo:\n```json\n{"a":2}\n```\n' }, { a: 2 }],
    ['without a block', { text: 'My verdict: {"a":3}' }, { a: 3 }],
    ['in a block that is broken, and one before it', { text: '```json\n{"a":4}\n```\n```json\n{"a":\n```' }, { a: 4 }],
    ['nowhere', { text: 'LGTM' }, undefined],
    ['as a list', { text: '```json\n[1]\n```' }, undefined],
  ])('%s', (_, end, value) => {
    expect(objectIn(end as Parameters<typeof objectIn>[0])).toEqual(value);
  });

  it('knows the lines of a change, also where its text looks like a diff', () => {
    const diff = [
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts',
      '+++ b/src/a.ts',
      '@@ -3,2 +3,4 @@ function',
      ' one',
      '+@@ -1,1 +900,9 @@',
      '+++ b/src/evil.ts',
      ' two',
      '@@ -20,2 +22 @@',
      '--- a/src/gone.ts',
      ' last',
      'diff --git a/b.ts b/b.ts',
      '--- /dev/null',
      '+++ b/b.ts',
      '@@ -0,0 +1,2 @@',
      '+x',
      '+y',
      '',
    ].join('\n');
    expect([...hunksIn(diff)]).toEqual([
      [
        'src/a.ts',
        [
          [3, 6],
          [22, 22],
        ],
      ],
      ['b.ts', [[1, 2]]],
    ]);
  });
});

describe('a verdict', () => {
  const DIFF = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,3 +1,5 @@\n a\n+b\n+c\n d\n e\n';
  const finding = { file: 'src/a.ts', line: 2, severity: 'major', why: 'x' };
  const warnings: string[] = [];
  const log = { safe: (text: string) => text.replaceAll('s3cret', '***'), warn: (text: string) => warnings.push(text) };
  const read = (answer: unknown) => {
    warnings.length = 0;
    return readVerdict({ structured: answer, text: '' }, DIFF, log);
  };

  it.each<[string, object, object]>([
    ['approves', { verdict: 'approved' }, { kind: 'approved', findings: [], dropped: 0 }],
    [
      'approves with a minor remark',
      { verdict: 'approved', findings: [{ ...finding, severity: 'minor' }] },
      { kind: 'approved', findings: [{ severity: 'minor' }] },
    ],
    ['rejects', { verdict: 'rejected', findings: [finding] }, { kind: 'rejected', findings: [finding] }],
    [
      'rejects by a serious finding, whatever its word says',
      { verdict: 'approved', findings: [finding] },
      { kind: 'rejected' },
    ],
    [
      'names files as shells complete them',
      { verdict: 'rejected', findings: [{ ...finding, file: './src/a.ts' }] },
      { kind: 'rejected', findings: [finding] },
    ],
    [
      'loses findings that name no line of the change',
      {
        verdict: 'approved',
        findings: [
          { ...finding, line: 6 },
          { ...finding, file: 'b.ts' },
        ],
      },
      { kind: 'approved', findings: [], dropped: 2 },
    ],
    [
      'cannot reject with such findings alone',
      { verdict: 'rejected', findings: [{ ...finding, line: 6 }] },
      { kind: 'unusable', dropped: 1 },
    ],
    ['cannot reject without findings', { verdict: 'rejected' }, { kind: 'unusable', dropped: 0 }],
    ['shows no secret', { verdict: 'approved', summary: 'a s3cret' }, { summary: 'a ***' }],
    ['has a form', { verdict: 'LGTM' }, { kind: 'unusable', why: expect.stringMatching(/^`verdict`: /) }],
  ])('%s', (_, answer, verdict) => {
    expect(read(answer)).toMatchObject(verdict);
  });

  it('says how many findings were dropped', () => {
    read({ verdict: 'approved', findings: [{ ...finding, line: 6 }] });
    expect(warnings).toEqual(['1 of 1 findings name no line of the change and were dropped.']);
  });

  it('is JSON', () => {
    expect(readVerdict({ text: 'LGTM' }, DIFF, log)).toEqual({
      kind: 'unusable',
      why: 'There was no JSON object in it.',
      dropped: 0,
    });
  });

  it('is answered finding by finding, or not at all', () => {
    const answers = [{ finding: 1, did: 'fixed', why: 'x' }];
    expect(readAnswers({ structured: { answers }, text: '' })).toEqual(answers);
    expect(readAnswers({ text: 'I did it all.' })).toEqual([]);
  });

  it('of a security segment is its findings, as they may be shown', () => {
    const findings = [{ ...finding, why: `a s3cret ${'x'.repeat(2_000)}` }];
    const found = readFindings({ structured: { findings }, text: '' }, log)?.findings[0]?.why;
    expect(found).toMatch(/^a \*\*\* x+$/);
    expect(found).toHaveLength(1_000);
    warnings.length = 0;
    expect(readFindings({ structured: { answers: [] }, text: '' }, log)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(readFindings({ text: 'Nothing.' }, log)).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });
});
