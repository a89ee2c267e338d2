import fc from 'fast-check';
import { expect, it } from 'vitest';
import { marked, readMarker, writeMarker } from '../../src/words/marker.ts';
import { block } from '../../src/words/safe.ts';
import { nasty } from './nasty.ts';
import { html } from './rendered.ts';

it('a marker is read back as it was written, whatever its key, and is never seen', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), nasty, (key, body) => {
      const text = marked({ kind: 'say', key }, block(body));
      expect(readMarker(text)).toEqual({ kind: 'say', key: key.toWellFormed() });
      expect(html(writeMarker({ kind: 'say', key }))).toMatch(/^<!--[^<>]*-->$/);
    }),
  );
});

it.each(['say', 'panel', 'fix', 'segment', 'pull'] as const)('a marker may be one of a %s', (kind) => {
  expect(readMarker(marked({ kind, key: 'a:1' }, 'Text.'))).toEqual({ kind, key: 'a:1' });
});

it('GitHub may turn its line break into another', () => {
  expect(readMarker('<!-- swarm:panel key=panel -->\r\nmore')).toEqual({ kind: 'panel', key: 'panel' });
});

it.each([
  'text\n<!-- swarm:say key=a -->',
  ' <!-- swarm:say key=a -->',
  '<!-- swarm:say key=a --> and more',
  '<!-- swarm:state key=a -->',
  '<!-- swarm:say key=a b -->',
  '<!-- swarm:say key=%ff -->',
  '`<!-- swarm:say key=a -->`',
  '',
])('%j holds no marker', (body) => {
  expect(readMarker(body)).toBeUndefined();
});

it('a body that GitHub does not give holds none', () => {
  expect(readMarker(null)).toBeUndefined();
  expect(readMarker(undefined)).toBeUndefined();
});
