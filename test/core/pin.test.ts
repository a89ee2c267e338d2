import { describe, expect, it } from 'vitest';
import { isCommit, isVersion, pinned, UNRELEASED } from '../../src/core/text/pin.ts';

const commit = 'c0ffee'.repeat(7).slice(0, 40);
const release = { commit, version: '1.2.3' };
const step = (use: string): string => `    steps:\n      - uses: ${use}\n        with:\n          do: plan\n`;
const now = `swarm-engineering/swarm@${commit} # v1.2.3`;

describe('a workflow names the action by the commit of a release (R11.1)', () => {
  it.each([
    ['no release', `swarm-engineering/swarm@${UNRELEASED} # no release yet`],
    ['another release', `swarm-engineering/swarm@${'a'.repeat(40)} # v1.2.2`],
    ['a tag', 'swarm-engineering/swarm@v1'],
    ['a branch, with a remark', 'swarm-engineering/swarm@main   # the newest'],
    ['this release', now],
  ])('instead of %s', (_, before) => {
    expect(pinned(step(before), release)).toBe(step(now));
    expect(pinned(step(before).replaceAll('\n', '\r\n'), release)).toBe(step(now).replaceAll('\n', '\r\n'));
  });

  it('at every place, and other actions keep theirs', () => {
    const others = `${step('actions/checkout@v5 # v5')}${step('swarm-engineering/swarm-lint@v1')}${step('./')}`;
    expect(pinned(`${step('swarm-engineering/swarm@v1')}${others}${step('swarm-engineering/swarm@v2')}`, release)).toBe(
      `${step(now)}${others}${step(now)}`,
    );
  });

  it.each([
    [UNRELEASED, '1.2.3'],
    ['v1', '1.2.3'],
    [commit.slice(0, 12), '1.2.3'],
    [commit.toUpperCase(), '1.2.3'],
    [`${commit}\n`, '1.2.3'],
    [commit, 'v1.2.3'],
    [commit, '1.2'],
    [commit, '1.2.3\n      - run: curl'],
    [commit, '1.2.3 #'],
  ])('but not %j as %j', (to, version) => {
    expect(pinned(step(now), { commit: to, version })).toBeUndefined();
  });

  it('a version may be one before its release', () => {
    expect([isVersion('1.0.0-rc.1'), isVersion('1.0.0-'), isCommit(commit)]).toEqual([true, false, true]);
  });
});
