/**
 * How long a provider asks to wait, read from its error in the forms that agents print: a span (`try again in 3 days 4 hours`),
 * a header (`retry-after: 30`), a time of day (`resets 3pm (Europe/Berlin)`), a date, or seconds since 1970.
 *
 * Messages are untrusted: only their beginning is read, each pattern is bounded, and the wait has an upper limit.
 */

const SEARCHED_CHARS = 4_000;
/** How many characters after `try again` or `resets` can belong to it. */
const NEAR_CHARS = 80;
const DAY_MS = 24 * 3_600_000;
/** The longest limits of providers are weekly. A day more, because they name days and time zones. */
const LONGEST_WAIT_MS = 8 * DAY_MS;
/** A date without a year can be in the next year, but not half a year away. */
const LONGEST_DATE_MS = 60 * DAY_MS;

/**
 * The waiting time in a message.
 *
 * @param nowMs by the clock of the machine that ran the agent. A time without a zone is in the zone of that machine, because
 *   the agent printed it there.
 * @returns undefined if the message has none; at most eight days.
 */
export function waitIn(words: string, nowMs: number): number | undefined {
  const text = words.slice(0, SEARCHED_CHARS);
  const waitMs = untilEpoch(text, nowMs) ?? firstWait(text, nowMs);
  return waitMs === undefined || waitMs <= 0 ? undefined : Math.min(Math.round(waitMs), LONGEST_WAIT_MS);
}

/** `usage limit reached|1790000000`, `"resets_at":1790000000`. */
function untilEpoch(text: string, nowMs: number): number | undefined {
  const found = /(?:limit reached\||resets?[_ ]?at["']?\s?[:=]\s?)(\d{10})\b/i.exec(text);
  return found ? Number(found[1]) * 1_000 - nowMs : undefined;
}

function firstWait(text: string, nowMs: number): number | undefined {
  for (const { index, 0: marker } of text.matchAll(/retry|try again|reset|wait/gi)) {
    const near = text.slice(index + marker.length, index + marker.length + NEAR_CHARS);
    const waitMs = untilTime(near, nowMs) ?? spanIn(near) ?? secondsIn(near);
    if (waitMs !== undefined) return waitMs;
  }
  return undefined;
}

// ── Spans ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  w: 7 * DAY_MS,
};
const SPAN =
  /(\d{1,6}(?:\.\d{1,3})?)\s?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])/iy;

/** `in 3 days, 4 hours and 12 minutes`, `after 6m0s`. */
function spanIn(near: string): number | undefined {
  SPAN.lastIndex = /^[^0-9]{0,40}/.exec(near)?.[0].length ?? 0;
  let waitMs: number | undefined;
  for (let part = SPAN.exec(near); part; part = SPAN.exec(near)) {
    const [whole, amount, unit = ''] = part;
    const short = /^m(?:s|illi)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase();
    waitMs = (waitMs ?? 0) + Number(amount) * (UNIT_MS[short] ?? 0);
    const end = part.index + whole.length;
    SPAN.lastIndex = end + (/^(?:,|\sand|,\sand)?\s?/.exec(near.slice(end))?.[0].length ?? 0);
  }
  return waitMs;
}

/** `retry-after: 30`, `"resets_in_seconds":30`: a number without a unit. */
function secondsIn(near: string): number | undefined {
  const found =
    /^s?[-_ ]?(?:after|delay|in)(?:[-_ ]seconds)?["']?\s?[:=]?\s?["']?(\d{1,6}(?:\.\d{1,3})?)(?!\s?[a-z0-9.:-])/i.exec(
      near,
    );
  return found ? Number(found[1]) * 1_000 : undefined;
}

// ── Points in time ──────────────────────────────────────────────────────────────────────────────────────────────────────

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTH = `(${MONTHS.join('|')})[a-z]{0,6}\\.?`;
const CLOCK = '(\\d{1,2})(?::(\\d{2}))?(?::\\d{2})?\\s?([ap]m)?';

const ISO = /^[^0-9]{0,20}(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?/i;
const MONTH_FIRST = new RegExp(
  `^[^0-9]{0,20}?\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s(\\d{4}))?(?:,|\\sat|,\\sat)?\\s${CLOCK}`,
  'i',
);
const DAY_FIRST = new RegExp(`^[^0-9]{0,20}?\\b(\\d{1,2})\\s${MONTH}\\s(\\d{4})(?:,|\\sat)?\\s${CLOCK}`, 'i');
const WEEKDAY = new RegExp(`^[^0-9]{0,20}?\\b(${DAYS.join('|')})[a-z]{0,6},?\\s(?:at\\s)?${CLOCK}`, 'i');
const TIME = new RegExp(`^[^0-9]{0,20}${CLOCK}`, 'i');
const ZONE = /\b(UTC|GMT|Z)\b|\(([A-Za-z_]{2,20}(?:\/[A-Za-z_+-]{2,20}){1,2})\)/;

interface Wall {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Time until the point in time that the text begins with. */
function untilTime(near: string, nowMs: number): number | undefined {
  const iso = ISO.exec(near);
  if (iso) {
    const [, date, time, zone = ''] = iso;
    const at = Date.parse(`${date}T${time}${zone.replace(/utc/i, 'Z')}`);
    return Number.isNaN(at) ? undefined : at - nowMs;
  }
  const zone = zoneIn(near);
  const now = wallAt(nowMs, zone);
  const dated = datedWall(near, now);
  if (dated) {
    const years = dated.isYearKnown ? [0] : [0, 1];
    const waits = years.map((more) => instantOf({ ...dated.wall, year: dated.wall.year + more }, zone) - nowMs);
    return waits.find((waitMs) => waitMs > 0 && waitMs < LONGEST_DATE_MS);
  }
  const [, weekday, ...onDay] = WEEKDAY.exec(near) ?? [];
  const clock = clockOf(weekday === undefined ? (TIME.exec(near) ?? []).slice(1) : onDay);
  if (!clock) return undefined;
  for (let days = 0; days <= 7; days++) {
    const wall: Wall = { ...now, ...clock, day: now.day + days };
    const day = new Date(Date.UTC(wall.year, wall.month, wall.day)).getUTCDay();
    const waitMs = instantOf(wall, zone) - nowMs;
    if (waitMs > 0 && (weekday === undefined || DAYS[day] === weekday.toLowerCase())) return waitMs;
  }
  return undefined;
}

function datedWall(near: string, now: Wall): { readonly wall: Wall; readonly isYearKnown: boolean } | undefined {
  const [, monthName, dayAfter, yearAfter, ...clockAfter] = MONTH_FIRST.exec(near) ?? [];
  const [, dayBefore, monthAfter, yearBefore, ...clockBefore] = DAY_FIRST.exec(near) ?? [];
  const name = monthName ?? monthAfter;
  const clock = clockOf(monthName === undefined ? clockBefore : clockAfter);
  if (name === undefined || !clock) return undefined;
  const year = yearAfter ?? yearBefore;
  const month = MONTHS.indexOf(name.toLowerCase());
  const wall = {
    ...clock,
    year: year === undefined ? now.year : Number(year),
    month,
    day: Number(dayAfter ?? dayBefore),
  };
  return { wall, isYearKnown: year !== undefined };
}

/** A number alone is not a time of day. */
function clockOf([hour, minute, half]: readonly (string | undefined)[]): Pick<Wall, 'hour' | 'minute'> | undefined {
  if (hour === undefined || (minute === undefined && half === undefined)) return undefined;
  if (Number(hour) > (half === undefined ? 23 : 12) || Number(minute ?? 0) > 59) return undefined;
  const ofDay = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return { hour: ofDay, minute: Number(minute ?? 0) };
}

/** @returns undefined for the zone of this machine. */
function zoneIn(near: string): string | undefined {
  const [, utc, name] = ZONE.exec(near) ?? [];
  if (utc !== undefined) return 'UTC';
  try {
    if (name !== undefined) new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return undefined;
  }
}

function wallAt(ms: number, zone: string | undefined): Wall {
  const parts = new Intl.DateTimeFormat('en', {
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  } as const).formatToParts(ms);
  const number = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: number('year'),
    month: number('month') - 1,
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
  };
}

const utcOf = ({ year, month, day, hour, minute }: Wall): number => Date.UTC(year, month, day, hour, minute);

/** Where the clock changes in between, the second guess is right. */
function instantOf(wall: Wall, zone: string | undefined): number {
  const wanted = utcOf(wall);
  let ms = wanted;
  for (let guess = 0; guess < 2; guess++) ms += wanted - utcOf(wallAt(ms, zone));
  return ms;
}
