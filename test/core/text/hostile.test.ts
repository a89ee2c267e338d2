/** Each reader of what people write takes time in proportion to the text, whatever it is made of (R4.7). */
import { describe, expect, test } from 'vitest';
import { issueNumber } from '../../../src/core/model/epic.ts';
import { slugOf } from '../../../src/core/text/branch-name.ts';
import { readCommand } from '../../../src/core/text/command.ts';
import { readSpec, readTasks } from '../../../src/core/text/spec.ts';
import { expectLinear, filled, HOSTILE_MARKDOWN } from '../../cpu.ts';

const own = { owner: 'octo', name: 'shop' };
const issue = { number: issueNumber(1), title: 'Cart', body: 'Make it.', labels: [] };

let reads = 0;
/** An issue that was not read before. */
const fresh = () => ({ ...issue, labels: [`read ${reads++}`] });

describe.each<[string, (text: string) => unknown]>([
  ['an issue’s text', (body) => readSpec({ ...fresh(), body })],
  ['an issue’s title', (title) => readSpec({ ...fresh(), title })],
  ['a task list', (text) => readTasks(text, own)],
  ['a comment', (text) => [readCommand(text, 'issue'), readCommand(text, 'pull')]],
  ['a command’s words', (text) => readCommand(`/swarm answer q1 ${text}`, 'issue')],
  ['a branch’s name', slugOf],
])('%s takes time in proportion to its size', (_, read) => {
  test.each(Object.keys(HOSTILE_MARKDOWN))('%s', (name) => {
    expectLinear(read, HOSTILE_MARKDOWN[name] ?? (() => ''));
  });
});

test('an issue’s text is read once, and again when anything of it changes', () => {
  const read = readSpec({ ...issue, body: 'Once.' });
  expect(readSpec({ ...issue, body: 'Once.' })).toBe(read);
  expect(readSpec({ ...issue, body: 'Twice.' })).not.toBe(read);
  expect(readSpec({ ...issue, body: 'Once.', labels: ['type:fix'] })).not.toBe(read);
  expect(readSpec({ ...issue, body: 'Once.', title: 'Till' })).not.toBe(read);
  expect(readSpec({ ...issue, body: 'Once.', number: issueNumber(2) })).not.toBe(read);

  for (let at = 0; at < 200; at++) readSpec({ ...issue, body: filled(`${at} `, 60_000) });
  // The oldest is forgotten: the memory of texts has an end.
  expect(readSpec({ ...issue, body: 'Once.' })).not.toBe(read);
  expect(readSpec({ ...issue, body: 'Once.' })).toEqual(read);
});
