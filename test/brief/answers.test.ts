/** The forms of answers: what a provider is sent, and what is read of an answer that keeps to it more or less. */
import { describe, expect, it } from 'vitest';
import { ANSWERS, FINDINGS, VERDICT } from '../../src/brief/answers.ts';

const FINDING_FORM = {
  type: 'object',
  properties: {
    file: { type: 'string' },
    line: { type: 'integer' },
    severity: { type: 'string', enum: ['critical', 'major', 'minor'] },
    why: { type: 'string' },
  },
  required: ['file', 'line', 'severity', 'why'],
  additionalProperties: false,
};

describe('the schema that a provider is sent', () => {
  it('of a verdict closes every object and requires every key', () => {
    expect(VERDICT.schema).toEqual({
      type: 'object',
      properties: {
        verdict: { type: 'string', enum: ['approved', 'rejected'] },
        summary: { type: 'string' },
        findings: { type: 'array', items: FINDING_FORM },
      },
      required: ['verdict', 'summary', 'findings'],
      additionalProperties: false,
    });
  });

  it('of answers too', () => {
    expect(ANSWERS.schema).toEqual({
      type: 'object',
      properties: {
        answers: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              finding: { type: 'integer' },
              did: { type: 'string', enum: ['fixed', 'disputed'] },
              why: { type: 'string' },
            },
            required: ['finding', 'did', 'why'],
            additionalProperties: false,
          },
        },
      },
      required: ['answers'],
      additionalProperties: false,
    });
  });

  it('of findings has the same finding', () => {
    expect(FINDINGS.schema).toEqual({
      type: 'object',
      properties: { summary: { type: 'string' }, findings: { type: 'array', items: FINDING_FORM } },
      required: ['summary', 'findings'],
      additionalProperties: false,
    });
  });
});

describe('reading', () => {
  const finding = { file: 'src/a.ts', line: 1, severity: 'major', why: 'x' };

  it('forgives what can be made up for', () => {
    const answer = { verdict: 'rejected', findings: [{ ...finding, why: 'x'.repeat(5_000), more: 1 }], else: 2 };
    const read = VERDICT.reader.parse(answer);
    expect(read).toMatchObject({ verdict: 'rejected', summary: '' });
    expect(read.findings).toEqual([{ ...finding, why: 'x'.repeat(3_000) }]);
  });

  it('keeps as many findings as fit', () => {
    const many = Array.from({ length: 99 }, (_, index) => ({ ...finding, line: index + 1 }));
    expect(VERDICT.reader.parse({ verdict: 'rejected', findings: many }).findings).toHaveLength(20);
    expect(FINDINGS.reader.parse({ findings: many }).findings).toHaveLength(50);
  });

  it.each([
    ['no verdict', { findings: [] }],
    ['another verdict', { verdict: 'LGTM' }],
    ['a finding without a line', { verdict: 'rejected', findings: [{ ...finding, line: undefined }] }],
    ['line 0', { verdict: 'rejected', findings: [{ ...finding, line: 0 }] }],
    ['an unknown severity', { verdict: 'rejected', findings: [{ ...finding, severity: 'blocker' }] }],
    ['no file', { verdict: 'rejected', findings: [{ ...finding, file: '' }] }],
  ])('does not guess at %s', (_, answer) => {
    expect(VERDICT.reader.safeParse(answer).success).toBe(false);
  });
});
