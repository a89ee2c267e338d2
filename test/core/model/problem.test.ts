/** The table of problems: each row has exactly the facts of its problem, and what a job reports has limits. */
import { describe, expect, test } from 'vitest';
import type { Fields, Shape } from '../../../src/core/model/problem/shape.ts';
import { PROBLEMS, type ProblemKind, WORK_PROBLEMS } from '../../../src/core/model/problem.ts';
import { problemPage } from '../../../src/words/problems.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPositive = (value: number): boolean => Number.isInteger(value) && value > 0;

/** Why the shape is none that a job's text can be read by; `fact` is one of the orchestrator's own. */
function faultOfShape(shape: Shape, own: 'own' | 'read'): string | undefined {
  switch (shape.form) {
    case 'fact':
      return own === 'own' ? undefined : 'a fact cannot be read';
    case 'text':
      return isPositive(shape.max) && ['start', 'end', 'both ends'].includes(shape.keep)
        ? undefined
        : 'a text without limit';
    case 'number':
    case 'issue number':
      return undefined;
    case 'one of':
      return shape.words.length > 1 && shape.words.every((word) => word !== '') ? undefined : 'no words';
    case 'list':
      return isPositive(shape.max) ? faultOfShape(shape.of, 'read') : 'a list without limit';
    case 'record':
      return Object.values(shape.fields)
        .map((field) => faultOfShape(field, 'read'))
        .find((fault) => fault !== undefined);
    case 'optional':
      return faultOfShape(shape.of, own);
    default:
      return `${JSON.stringify(shape)} is no shape`;
  }
}

/** Compares a value with a shape, without the validator that jobs use. */
function fits(value: unknown, shape: Shape): boolean {
  switch (shape.form) {
    case 'fact':
      return value !== undefined;
    case 'text':
      return typeof value === 'string' && value.length <= shape.max;
    case 'number':
      return typeof value === 'number' && value >= 0;
    case 'issue number':
      return typeof value === 'number' && isPositive(value);
    case 'one of':
      return shape.words.includes(value as string);
    case 'list':
      return Array.isArray(value) && value.length <= shape.max && value.every((item) => fits(item, shape.of));
    case 'record':
      return isRecord(value) && fitsAll(value, shape.fields);
    case 'optional':
      return fits(value, shape.of);
    default:
      return false;
  }
}

const fitsAll = (facts: Readonly<Record<string, unknown>>, fields: Fields): boolean =>
  Object.keys(facts).every((key) => Object.hasOwn(fields, key)) &&
  Object.entries(fields).every(([key, shape]) =>
    facts[key] === undefined ? shape.form === 'optional' : fits(facts[key], shape),
  );

describe.each(Object.keys(PROBLEMS) as ProblemKind[])('%s', (kind) => {
  const fields: Fields = PROBLEMS[kind];

  test('has exactly the facts that its example states', () => {
    const { kind: named, ...facts } = problemPage(kind).example;
    expect(named).toBe(kind);
    expect(fitsAll(facts, fields)).toBe(true);
  });

  test('has facts that can be read, if a job reports it', () => {
    const own = Object.hasOwn(WORK_PROBLEMS, kind) ? 'read' : 'own';
    for (const [key, shape] of Object.entries(fields)) expect(faultOfShape(shape, own), key).toBeUndefined();
  });
});

test('what was too large about a patch can be any of its limits', () => {
  const { what } = WORK_PROBLEMS.PATCH_LIMIT;
  expect(what).toStrictEqual({
    form: 'one of',
    words: [
      'bytes in the patch',
      'characters in the compressed patch',
      'changed files',
      'deleted files',
      'all files',
      'bytes in one file',
      'bytes in all changed files',
      'added lines',
    ],
  });
});

test('of a text the start is kept, of the output of a program its end or both ends', () => {
  const { AGENT_CRASHED, GATES_FAILED, TESTS_NOT_RED } = WORK_PROBLEMS;
  expect(AGENT_CRASHED).toStrictEqual({
    command: { form: 'text', max: 500, keep: 'start' },
    exit: { form: 'text', max: 60, keep: 'start' },
    output: { form: 'text', max: 5_000, keep: 'end' },
  });
  expect(TESTS_NOT_RED.output).toStrictEqual({ form: 'text', max: 10_000, keep: 'end' });
  expect(GATES_FAILED.gates).toStrictEqual({
    form: 'list',
    max: 20,
    of: {
      form: 'record',
      fields: {
        gate: { form: 'text', max: 60, keep: 'start' },
        output: { form: 'text', max: 10_000, keep: 'both ends' },
      },
    },
  });
});
