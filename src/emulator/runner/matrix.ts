/**
 * Expands `strategy.matrix` into jobs (GitHub, "Running variations of jobs in a workflow").
 */
import { type Json, TemplateError, toText } from './expression.ts';

export type Combination = {
  readonly values: Readonly<Record<string, Json>>;
  /** The text in brackets after the job's name. */
  readonly label: string;
};

export type Strategy = {
  readonly combinations: readonly Combination[];
  readonly failFast: boolean;
  /** Undefined if only the number of runners limits it. */
  readonly maxParallel: number | undefined;
};

type Values = Record<string, Json>;

/** The maximum number of jobs of a matrix (GitHub, "Usage limits"). */
const MAX_JOBS = 256;

/** Expands an evaluated `strategy`. Throws TemplateError for what GitHub refuses. */
export function expandStrategy(jobId: string, strategy: Json): Strategy {
  if (!isMapping(strategy))
    return { combinations: [{ values: {}, label: '' }], failFast: true, maxParallel: undefined };
  const { matrix = null } = strategy;
  const failFast = strategy['fail-fast'];
  const maxParallel = Number(strategy['max-parallel']);
  const combinations = matrix === null ? [{ values: {}, label: '' }] : expandMatrix(jobId, matrix);
  if (combinations.length > MAX_JOBS) {
    throw new TemplateError(`Strategy expansion exceeded ${MAX_JOBS} results for job '${jobId}'`);
  }
  return {
    combinations,
    failFast: failFast !== false && failFast !== 'false',
    maxParallel: maxParallel >= 1 ? Math.floor(maxParallel) : undefined,
  };
}

function expandMatrix(jobId: string, matrix: Json): Combination[] {
  if (!isMapping(matrix)) throw new TemplateError(`The matrix of job '${jobId}' is not a mapping`);
  const { include = [], exclude = [], ...vectors } = matrix;
  let combinations: Values[] = Object.keys(vectors).length > 0 ? [{}] : [];
  for (const [name, vector] of Object.entries(vectors)) {
    if (!Array.isArray(vector)) throw new TemplateError(`Matrix vector '${name}' is not a sequence`);
    if (vector.length === 0) throw new TemplateError(`Matrix vector '${name}' does not contain any values`);
    combinations = combinations.flatMap((values) => vector.map((value) => ({ ...values, [name]: value })));
  }
  const excluded = mappingsOf(jobId, 'exclude', exclude);
  combinations = combinations.filter((values) => !excluded.some((pattern) => covers(pattern, values)));
  const labels = new Map(combinations.map((values) => [values, labelOf(values)]));

  const originals = combinations.map((values) => ({ original: values, whole: { ...values } }));
  const added: Values[] = [];
  for (const extra of mappingsOf(jobId, 'include', include)) {
    const shared = Object.fromEntries(Object.entries(extra).filter(([key]) => key in vectors));
    const matching = originals.filter(({ original }) => covers(shared, original));
    for (const { whole } of matching) Object.assign(whole, extra);
    if (matching.length === 0) added.push(extra);
  }
  if (originals.length + added.length === 0) {
    throw new TemplateError(`The matrix of job '${jobId}' must define at least one vector`);
  }
  return [
    ...originals.map(({ original, whole }) => ({ values: whole, label: labels.get(original) ?? '' })),
    ...added.map((values) => ({ values, label: labelOf(values) })),
  ];
}

function mappingsOf(jobId: string, key: string, value: Json): Values[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new TemplateError(`The matrix of job '${jobId}': '${key}' is not a sequence`);
  return value.map((item) => {
    if (!isMapping(item)) throw new TemplateError(`The matrix of job '${jobId}': '${key}' must hold mappings`);
    return item;
  });
}

/** True if all values of the pattern equal those of the combination. A nested mapping may be partial. */
function covers(pattern: Json, value: Json | undefined): boolean {
  if (isMapping(pattern)) {
    return isMapping(value) && Object.entries(pattern).every(([key, item]) => covers(item, value[key]));
  }
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((item, index) => covers(item, value[index]))
    );
  }
  return value !== undefined && !isMapping(value) && !Array.isArray(value) && toText(pattern) === toText(value);
}

function labelOf(values: Values): string {
  return leavesOf(values).join(', ');
}

function leavesOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (isMapping(value)) return Object.values(value).flatMap(leavesOf);
  return value === null ? [] : [toText(value)];
}

function isMapping(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
