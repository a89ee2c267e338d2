/** The places on the network that the config names. */
import { describe, expect, it, test } from 'vitest';
import { type Place, readPlace, standsFor } from '../../../src/core/model/config/network.ts';

describe('an entry of `network`', () => {
  test.each<[string, Place]>([
    ['api.example.com', { host: 'api.example.com' }],
    ['API.Example.COM', { host: 'api.example.com' }],
    ['nexus', { host: 'nexus' }],
    ['my_service.internal', { host: 'my_service.internal' }],
    ['*.example.com', { host: '*.example.com' }],
    ['*.example.com:8443', { host: '*.example.com', port: 8443 }],
    ['localhost:5432', { host: 'localhost', port: 5432 }],
    ['10.1.2.3', { host: '10.1.2.3' }],
    ['10.1.2.3:8080', { host: '10.1.2.3', port: 8080 }],
    ['::1', { host: '::1' }],
    ['[fd00::1]', { host: 'fd00::1' }],
    ['[fd00::1]:443', { host: 'fd00::1', port: 443 }],
    ['x.example.com:65535', { host: 'x.example.com', port: 65_535 }],
  ])('%s', (written, place) => {
    expect(readPlace(written)).toEqual(place);
  });

  test.each([
    ...[
      '',
      '*',
      '*.',
      '.',
      '.example.com',
      'example.com.',
      'a..b',
      '-a.example.com',
      'a-.example.com',
      'a b',
      'exa*mple.com',
    ],
    ...[
      'a.*.com',
      '*.*.com',
      '**.example.com',
      'https://example.com',
      'example.com/path',
      'user@example.com',
      'a,b',
      'a\nb',
    ],
    ...['example.com:', 'example.com:0', 'example.com:65536', 'example.com:999999', 'example.com:x', 'a:1:2', '*:443'],
    ...[
      '256.1.1.1',
      '010.1.1.1',
      '1.2.3',
      '2130706433',
      '0x7f.1.2.3.4',
      '*.1.2.3.4',
      '[example.com]',
      '[10.0.0.1]:80',
      '[]',
      '[::1',
    ],
    ...['exämple.com', `${'a'.repeat(64)}.com`, `${'a.'.repeat(130)}com`],
  ])('%j is none', (written) => {
    expect(readPlace(written)).toBeUndefined();
  });
});

describe('a place', () => {
  const stands = (entry: string, host: string): boolean => {
    const place = readPlace(entry);
    if (!place) throw new Error(`${entry} is no place`);
    return standsFor(place, host);
  };

  it('is one name, or every name below a domain and not the domain itself', () => {
    expect(stands('example.com', 'example.com')).toBe(true);
    expect(stands('example.com', 'a.example.com')).toBe(false);
    expect(stands('*.example.com', 'a.example.com')).toBe(true);
    expect(stands('*.example.com', 'a.b.example.com')).toBe(true);
    expect(stands('*.example.com', 'example.com')).toBe(false);
  });

  it('is no name that only ends or begins like it', () => {
    expect(stands('*.example.com', 'badexample.com')).toBe(false);
    expect(stands('*.example.com', '.example.com')).toBe(false);
    expect(stands('example.com', 'example.com.evil.test')).toBe(false);
    expect(stands('*.example.com', 'a.example.com.evil.test')).toBe(false);
  });
});
