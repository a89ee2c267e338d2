/** The gates of a repository as short texts, for tests that compare them row by row. */
import { expect } from 'vitest';
import type { GateChoice } from '../../src/core/model/config.ts';
import { findGates, type Gates, isManifest, type Listing, sayStep } from '../../src/gates/find.ts';

export type Files = Readonly<Record<string, string>>;

export const listing = (files: Files): Listing => ({
  files: new Set(Object.keys(files)),
  // What is not read in earnest is not read here.
  text: (path) => (isManifest(path) ? files[path] : undefined),
});

export const find = (
  files: Files,
  choices: Record<string, GateChoice> = {},
  change?: { changed: string[]; after?: Files },
): Gates =>
  findGates(listing(files), choices, change && { changed: change.changed, after: listing(change.after ?? files) });

function lineOf(gate: Gates['gates'][number]): readonly [string, string] {
  switch (gate.kind) {
    case 'commands':
      return [
        gate.gate,
        gate.steps.map((step) => `${sayStep(step)}${step.ifThere === undefined ? '' : ' (if it is there)'}`).join('; '),
      ];
    case 'not applicable':
      return [gate.gate, `– ${gate.why}`];
    case 'security': {
      const audits = gate.audits.map((each) => (each.kind === 'audit' ? sayStep(each.step) : `– ${each.why}`));
      return ['audit', audits.join('; ')];
    }
    case 'mutation': {
      const places = gate.places.map(({ mutator, tests }) =>
        [mutator.directory, [...mutator.run, mutator.lacks ? '(lacking)' : ''].join(' ').trim(), tests.map(sayStep)]
          .flat()
          .filter((each) => each !== '')
          .join(' | '),
      );
      return [gate.gate, [...places, ...gate.without.map((each) => `– ${each}`)].join('; ')];
    }
    case 'scope':
      return [gate.gate, gate.kind];
  }
}

/** Gate → its commands; `– why` where it does not apply. `install` and `audit` besides. */
export function told({ gates, installs }: Gates): Record<string, string> {
  const install = installs.flatMap(({ steps }) => steps.map(sayStep)).join('; ');
  return { ...Object.fromEntries(gates.map(lineOf)), install: install === '' ? '–' : install };
}

export const pkg = (value: object): string => JSON.stringify(value);
export const scripts = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, 'x']));
export const NPM_INSTALL = 'npm ci --ignore-scripts --no-audit --no-fund';

export type Row = readonly [what: string, files: Files, expected: Record<string, string | RegExp>];

export function expectGates(found: Record<string, string>, expected: Row[2]): void {
  for (const [gate, what] of Object.entries(expected)) {
    if (typeof what === 'string') expect(`${gate}: ${found[gate]}`).toBe(`${gate}: ${what}`);
    else expect(found[gate], gate).toMatch(what);
  }
}
