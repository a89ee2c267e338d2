/**
 * Decides if an event starts a workflow, by its `types`, branches, tags and paths, and when a `schedule` is due.
 */
import type { Trigger } from './workflow.ts';

/** The facts about an event that filters check. */
export type TriggerFacts = {
  readonly event: string;
  readonly action: string | undefined;
  /** The ref of a push, the base branch of a pull request, or the head branch of a run. */
  readonly ref: string | undefined;
  /** The changed files, computed only if a filter needs them. */
  readonly changedFiles: () => Promise<readonly string[]>;
  /** For `workflow_run`, the name of the run's workflow. */
  readonly workflowName: string | undefined;
};

/** The default activity types (GitHub, "Events that trigger workflows"). For other events the default is all types. */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** True if the event passes all filters of the trigger. */
export async function triggers(trigger: Trigger, facts: TriggerFacts): Promise<boolean> {
  const { filters } = trigger;
  const types = filters.types ?? DEFAULT_TYPES[facts.event];
  if (types && !(facts.action !== undefined && types.includes(facts.action))) return false;
  if (filters.workflows && !matches(filters.workflows, facts.workflowName ?? '')) return false;
  if (!refMatches(filters, facts)) return false;
  const isTag = facts.event === 'push' && facts.ref?.startsWith('refs/tags/');
  if (isTag || !(filters.paths || filters['paths-ignore'])) return true;
  const files = await facts.changedFiles();
  const { paths, 'paths-ignore': ignored } = filters;
  if (paths) return files.some((file) => matches(paths, file));
  return files.some((file) => !matches(ignored ?? [], file));
}

function refMatches(filters: Trigger['filters'], { event, ref }: TriggerFacts): boolean {
  const { branches, tags, 'branches-ignore': noBranches, 'tags-ignore': noTags } = filters;
  if (ref === undefined) return true;
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  if (tag !== undefined) {
    if (tags) return matches(tags, tag);
    if (noTags) return !matches(noTags, tag);
    // Filters for branches alone exclude tags, and the other way round.
    return !(event === 'push' && (branches || noBranches));
  }
  const branch = ref.replace(/^refs\/heads\//, '');
  if (branches) return matches(branches, branch);
  if (noBranches) return !matches(noBranches, branch);
  return !(event === 'push' && (tags || noTags));
}

/** Matches GitHub's filter patterns. The last matching pattern decides, and `!` excludes. */
export function matches(patterns: readonly string[], text: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (patternOf(negated ? pattern.slice(1) : pattern).test(text)) found = !negated;
  }
  return found;
}

/**
 * Converts a pattern (GitHub, "Filter pattern cheat sheet"): `*` stays within a segment, `**` doesn't, `?` and `+` repeat
 * the character before them, and `[]` lists characters.
 */
function patternOf(pattern: string): RegExp {
  const source = pattern.replace(
    /\*\*\/|\*\*|\*|\?|\+|\\(.)|\[[^\]]+\]|[.^$|(){}\]\\/]/g,
    (part, escaped: string | undefined) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?' || part === '+' || part.startsWith('[')) return part;
      return `\\${escaped ?? part}`;
    },
  );
  return new RegExp(`^(?:${source})$`);
}

/** True if a commit message skips workflow runs (GitHub, "Skip workflow runs"). */
export function asksToSkip(message: string): boolean {
  return /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/.test(message);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');
const DAY_MS = 86_400_000;

/**
 * The next time after `afterMs` when a POSIX cron line is due. Undefined if there is none within eight years, which is
 * enough for every 29th of February. GitHub uses UTC unless the workflow sets a time zone.
 */
export function nextDue(cron: string, afterMs: number, timezone = 'UTC'): number | undefined {
  if (timezone === 'UTC') return nextInUtc(cron, afterMs);
  const due = nextInUtc(cron, afterMs + offsetMs(timezone, afterMs));
  return due === undefined ? undefined : due - offsetMs(timezone, due - offsetMs(timezone, afterMs));
}

/** The offset of a time zone from UTC at a given time. */
function offsetMs(timezone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, dateStyle: 'short', timeStyle: 'medium' });
  const [, day, month, year, time] = /^(\d+)\/(\d+)\/(\d+), (.+)$/.exec(format.format(atMs)) ?? [];
  return Date.parse(`${year}-${month}-${day}T${time}Z`) - Math.floor(atMs / 1000) * 1000;
}

function nextInUtc(cron: string, afterMs: number): number | undefined {
  const [minutes, hours, days, months, weekdays] = cron.trim().split(/\s+/);
  const minuteSet = fieldOf(minutes ?? '*', 0, 59, []);
  const hourSet = fieldOf(hours ?? '*', 0, 23, []);
  const daySet = fieldOf(days ?? '*', 1, 31, []);
  const monthSet = fieldOf(months ?? '*', 1, 12, MONTHS);
  const weekdaySet = fieldOf(weekdays ?? '*', 0, 7, DAYS);
  if (weekdaySet.has(7)) weekdaySet.add(0);
  const either = days !== '*' && weekdays !== '*';

  const start = Math.floor(afterMs / DAY_MS) * DAY_MS;
  for (let day = start; day < start + 8 * 366 * DAY_MS; day += DAY_MS) {
    const date = new Date(day);
    if (!monthSet.has(date.getUTCMonth() + 1)) continue;
    const dayFits = daySet.has(date.getUTCDate());
    const weekdayFits = weekdaySet.has(date.getUTCDay());
    // If both are restricted, one of them is enough (POSIX crontab).
    if (!(either ? dayFits || weekdayFits : dayFits && weekdayFits)) continue;
    for (let hour = 0; hour < 24; hour += 1) {
      if (!hourSet.has(hour)) continue;
      for (let minute = 0; minute < 60; minute += 1) {
        const due = day + (hour * 60 + minute) * 60_000;
        if (minuteSet.has(minute) && due > afterMs) return due;
      }
    }
  }
  return undefined;
}

function fieldOf(text: string, first: number, last: number, names: readonly string[]): Set<number> {
  const values = new Set<number>();
  const numberOf = (part: string): number => {
    const name = names.indexOf(part.toLowerCase().slice(0, 3));
    return name >= 0 ? name + (first === 1 ? 1 : 0) : Number(part);
  };
  for (const item of text.split(',')) {
    const [range = '*', step] = item.split('/');
    const [from, to] = range.split('-');
    const low = range === '*' ? first : numberOf(from ?? '');
    const high = range === '*' ? last : to !== undefined ? numberOf(to) : step !== undefined ? last : low;
    for (let value = low; value <= high; value += Math.max(1, Number(step ?? 1) || 1)) values.add(value);
  }
  return values;
}
