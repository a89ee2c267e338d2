/** The list of guards that are removed by hand fits the code. `npm run mutate -- --planted` runs their tests. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PLANTED } from './planted.ts';
import { read, root } from './sources.ts';

describe('a planted mutation', () => {
  it.each(PLANTED)('$name', ({ file, find, replace, test }) => {
    expect(read(file).split(find), `${file} has this text once: ${find}`).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(existsSync(`${root}/${test}`)).toBe(true);
  });

  it('has a name of its own', () => {
    const names = PLANTED.map(({ name }) => name);
    expect([...new Set(names)]).toEqual(names);
  });
});
