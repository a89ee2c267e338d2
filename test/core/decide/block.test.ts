/** The issues of an epic's block are made once, from the text that was authorised (SPEC R1.2, R4.3, R11.2). */
import { describe, expect, test } from 'vitest';
import { instant } from '../../../src/core/model/epic.ts';
import type { Block } from '../../../src/core/model/journal/block.ts';
import type { Issue } from '../../../src/core/model/snapshot.ts';
import { readBlock } from '../../../src/plans/block.ts';
import { ana, issue, rita } from '../facts.ts';
import { MINUTE, Scene, sayDecision } from './scene.ts';

const TEXT = [
  'Build it.',
  '```swarm',
  'segments:',
  '  cart: {title: Cart, files: [src/cart/**]}',
  '  till: {title: Till, files: [src/till/**], blocked-by: [cart], labels: [shop]}',
  '  mail: {title: Mail, files: [src/mail/**], blocked-by: [cart, till]}',
  '```',
].join('\n');

const blockIn = (body: string): Block => {
  const block = readBlock(body);
  if (!block) throw new Error('there is no block');
  return block;
};

class BlockScene extends Scene {
  constructor(text = TEXT, issues: readonly Issue[] = [], choices: ConstructorParameters<typeof Scene>[1] = {}) {
    super(issues, choices);
    this.writes(text);
  }

  writes(text: string, facts: Partial<Issue> = {}): void {
    const { epic } = this.github;
    this.github.epic = { ...epic, body: text, digest: `${epic.title}:${text}`, ...facts };
    this.github.block = blockIn(text);
  }

  /** Titles with the titles that they wait for. */
  get issues(): readonly string[] {
    const titleOf = new Map(this.github.issues.map(({ number, title }) => [number, title]));
    return this.github.issues.map(({ title, blockedBy }) =>
      [title, ...blockedBy.map(({ number }) => `< ${titleOf.get(number)}`)].join(' '),
    );
  }

  get started(): readonly string[] {
    return this.github.issues
      .filter(({ number }) => (this.github.journal?.segments[number]?.attempts.length ?? 0) > 0)
      .map(({ title }) => title);
  }

  get errors(): readonly string[] {
    return this.board().needs.flatMap((need) => (need.kind === 'resolve' ? [need.problem.kind] : []));
  }
}

const MADE = ['Cart', 'Till < Cart', 'Mail < Cart < Till'];

test('an epic with a block gets its issues and links, and then starts (R1.2)', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  scene.settles();
  expect(scene.issues).toEqual(MADE);
  expect(scene.issueAt(1)).toMatchObject({ labels: expect.arrayContaining(['shop']) });
  expect(scene.started).toEqual(['Cart']);
  const { block, authorisation, segments } = scene.journal;
  expect(block).toEqual({ digest: blockIn(TEXT).digest });
  const [cart, till, mail] = scene.github.issues.map(({ number }) => number);
  expect(authorisation?.segments).toMatchObject({
    [String(cart)]: { blockedBy: [], digest: scene.issueAt(0).digest },
    [String(till)]: { blockedBy: [cart] },
    [String(mail)]: { blockedBy: [cart, till] },
  });
  expect(segments[Number(cart)]).toMatchObject({ fromBlock: true });
  expect(scene.board().plan.source).toBe('sub-issues of the block');
});

test('nothing starts, and no panel shows, before every link is there', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  const first = scene.looks().join('\n');
  expect(first.match(/^make issue/gm)).toHaveLength(3);
  expect(first).not.toMatch(/^(?:add blocker|dispatch|show panel)/m);
  const second = scene.looks().join('\n');
  expect(second.match(/^add blocker/gm)).toHaveLength(3);
  expect(second).not.toMatch(/^(?:make issue|dispatch|show panel)/m);
  expect(scene.looks().join('\n')).toMatch(/^dispatch/m);
});

test('a plan and a dry run make nothing', () => {
  const scene = new BlockScene();
  scene.asks('plan');
  scene.asks({ kind: 'execute', dryRun: true });
  expect(scene.looks().join('\n')).toMatch(/notice=plan plan=…/);
  expect(scene.issues).toEqual([]);
  expect(scene.board().plan.names).toMatchObject({ 2000000000: 'cart' });
});

test.each(['make issue', 'add blocker'] as const)(
  'an orchestrator that dies at any "%s" is continued by another',
  (kind) => {
    for (let deaths = 0; deaths < 3; deaths++) {
      const scene = new BlockScene();
      scene.asks('execute');
      for (let look = 0; look < 3 && !scene.decides().decisions.some((each) => each.kind === kind); look++)
        scene.looks();
      const decided = scene.decides();
      // The journal is written, and some of the acts happen. Nobody remembers how they ended.
      scene.github.journal = decided.journal;
      scene.github.perform(decided.decisions.filter((each) => each.kind === kind).slice(0, deaths));
      scene.performed = {};
      expect(scene.decides('another').decisions.filter((each) => each.kind === kind)).toEqual([]);
      scene.passes(MINUTE);
      scene.settles();
      expect(scene.issues).toEqual(MADE);
      expect(scene.started).toEqual(['Cart']);
    }
  },
);

test('a link that GitHub does not show yet is waited for, and is not made twice', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  scene.looks();
  scene.looks();
  const linked = scene.github.issues;
  scene.github.issues = linked.map((each) => ({ ...each, blockedBy: [] }));
  const look = scene.looks().join('\n');
  expect(look).not.toMatch(/^(?:add blocker|dispatch)/m);
  expect(look).toContain('look again in 5 s');
  scene.github.issues = linked;
  scene.settles();
  expect(scene.issues).toEqual(MADE);
  expect(scene.started).toEqual(['Cart']);
});

test('a link that somebody takes out before anything has started is made again', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  scene.looks();
  scene.looks();
  scene.changesIssue(scene.issueAt(1).number, { blockedBy: [] });
  scene.passes(MINUTE);
  scene.settles();
  expect(scene.issues).toEqual(MADE);
});

test('segments that conflict are made one after the other, and the later names the earlier', () => {
  const scene = new BlockScene(
    TEXT.replace('blocked-by: [cart], labels', 'conflicts-with: [cart, mail], labels').replace(
      '[cart, till]',
      '[cart]',
    ),
  );
  scene.asks('execute');
  scene.settles();
  const [cart, till, mail] = scene.github.issues;
  expect([cart?.title, till?.title, mail?.title]).toEqual(['Cart', 'Till', 'Mail']);
  expect(till?.body).toContain(`conflicts-with: ["#${cart?.number}"]`);
  expect(mail?.body).toContain(`conflicts-with: ["#${till?.number}"]`);
  expect(scene.started).toEqual(['Cart']);
});

describe('an error in the block', () => {
  const broken = TEXT.replace('title: Till', 'titel: Till');

  test('holds the epic, and nothing is made', () => {
    const scene = new BlockScene(broken);
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual([]);
    expect(scene.errors).toContain('BLOCK_INVALID');
    expect(scene.board().needs.every(({ kind }) => kind === 'resolve')).toBe(true);
  });

  test('that a person with write access corrects needs no second start', () => {
    const scene = new BlockScene(broken);
    scene.asks('execute');
    scene.settles();
    scene.passes(MINUTE);
    scene.writes(TEXT, { editedAt: scene.github.now, editor: ana });
    scene.settles();
    expect(scene.issues).toEqual(MADE);
    expect(scene.started).toEqual(['Cart']);
  });

  test('in the order of the segments does the same', () => {
    const scene = new BlockScene(TEXT.replace('files: [src/cart/**]', 'files: [src/cart/**], blocked-by: [mail]'));
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual([]);
    expect(scene.errors).toEqual(['EPIC_CYCLE']);
    expect(scene.board().phase).toBe('refused');
  });
});

describe('the text of somebody without write access', () => {
  test('is not made into issues before a person includes it', () => {
    const scene = new BlockScene();
    scene.writes(TEXT, { author: rita });
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual([]);
    expect(scene.errors).toEqual(['BLOCK_NOT_AUTHORISED']);

    scene.asks({ kind: 'run', segment: scene.github.epic.number });
    scene.settles();
    expect(scene.issues).toEqual(MADE);
    expect(scene.started).toEqual(['Cart']);
  });

  test('is not taken after a person has started the epic', () => {
    const scene = new BlockScene(TEXT.replace('title: Till', 'titel: Till'));
    scene.asks('execute');
    scene.settles();
    scene.passes(MINUTE);
    scene.writes(TEXT, { author: rita, editedAt: scene.github.now });
    scene.settles();
    expect(scene.errors).toEqual(['BLOCK_NOT_AUTHORISED']);
    expect(scene.issues).toEqual([]);
  });

  test('in an issue that was made from the block waits for a person', () => {
    const scene = new BlockScene();
    scene.asks('execute');
    scene.looks();
    scene.looks();
    scene.changesIssue(scene.issueAt(0).number, { body: 'Steal.', digest: 'x', editor: rita });
    scene.settles();
    expect(scene.started).toEqual([]);
    expect(scene.board().needs).toMatchObject([{ kind: 'unblock', problem: { kind: 'SEGMENT_NEW' } }]);
  });

  test('is a title or a label, too, and what Swarm does itself is not', () => {
    const touched = (by: Issue['author']) => {
      const scene = new BlockScene();
      scene.asks('execute');
      scene.looks();
      scene.looks();
      const change = { by, at: instant(scene.github.now + 1) };
      scene.changesIssue(scene.issueAt(0).number, { hands: { cut: false, changes: [change] } });
      scene.settles();
      return scene.started;
    };
    expect(touched(rita)).toEqual([]);
    expect(touched({ id: 3, login: 'swarm[bot]', kind: 'bot', permission: 'none' })).toEqual(['Cart']);
  });
});

describe('a block that reads differently later', () => {
  const more = TEXT.replace('  mail:', '  lamp: {title: Lamp}\n  mail:');

  test('makes no second set of issues, and people are told', () => {
    const scene = new BlockScene();
    scene.asks('execute');
    scene.settles();
    scene.writes(more, { editedAt: scene.github.now, editor: ana });
    scene.settles();
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual(MADE);
    expect(scene.board().notes).toMatchObject([{ kind: 'BLOCK_UNUSED', why: 'issues made' }]);
  });

  test('changes nothing of what is being made', () => {
    const scene = new BlockScene();
    scene.asks('execute');
    scene.looks();
    scene.writes(more, { editedAt: scene.github.now, editor: ana });
    scene.settles();
    expect(scene.issues).toEqual(MADE);
  });
});

describe('one source and no other', () => {
  test('sub-issues come first, and the plan says so', () => {
    const scene = new BlockScene(TEXT, [issue(2)]);
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual(['Segment 2']);
    expect(scene.board().plan.diagnostics).toMatchObject([{ problem: { kind: 'BLOCK_UNUSED', why: 'sub-issues' } }]);
  });

  test('an epic that runs without a block goes on without it', () => {
    const listed = issue(2);
    const { parent: _, ...alone } = listed;
    const scene = Scene.started([listed]);
    scene.github.issues = [alone];
    scene.github.epic = { ...scene.github.epic, body: `- [ ] #2\n${TEXT}` };
    scene.github.block = blockIn(TEXT);
    scene.settles();
    expect(scene.github.issues).toHaveLength(1);
    expect(scene.board().plan.diagnostics).toContainEqual(
      expect.objectContaining({ problem: expect.objectContaining({ why: 'started without' }) }),
    );
  });
});

describe('what GitHub refuses', () => {
  const refused = { kind: 'refused', status: 410, message: 'Issues are disabled' } as const;

  test('waits for a person, and is tried again at their word', () => {
    const scene = new BlockScene();
    scene.asks('execute');
    scene.github.journal = scene.decides().journal;
    scene.performed = { 'segment:1:cart': refused, 'segment:1:till': refused, 'segment:1:mail': refused };
    expect(scene.settles().join('\n')).toMatch(/notice=calibration stopped problem=ISSUE_REFUSED .* what="segment"/);
    expect(scene.issues).toEqual([]);
    expect(scene.errors).toContain('ISSUE_REFUSED');

    scene.asks('retry');
    scene.settles();
    expect(scene.issues).toEqual(MADE);
    expect(scene.started).toEqual(['Cart']);
  });
});

describe('an issue that is taken out of the epic before all are linked', () => {
  const without = () => {
    const scene = new BlockScene();
    scene.asks('execute');
    scene.looks();
    const [, till] = scene.github.issues;
    scene.github.issues = scene.github.issues.filter((each) => each !== till);
    scene.settles();
    expect(scene.started).toEqual([]);
    scene.passes(6 * MINUTE);
    scene.settles();
    return { scene, till };
  };

  test('holds it until it is put back', () => {
    const { scene, till } = without();
    expect(scene.errors).toEqual(['SEGMENT_GONE']);
    scene.github.issues = [...scene.github.issues, ...(till ? [till] : [])];
    scene.settles();
    expect(scene.issues).toEqual(['Cart', 'Mail < Cart < Till', 'Till < Cart']);
    expect(scene.started).toEqual(['Cart']);
  });

  test('is left out when a person starts the epic once more', () => {
    const { scene } = without();
    scene.asks('execute');
    scene.settles();
    expect(scene.issues).toEqual(['Cart', 'Mail < Cart']);
    expect(scene.started).toEqual(['Cart']);
    expect(scene.errors).toEqual([]);
  });
});

test('a paused epic makes nothing, and continues', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  scene.asks('pause');
  scene.settles();
  expect(scene.issues).toEqual([]);
  scene.asks('resume');
  scene.settles();
  expect(scene.issues).toEqual(MADE);
});

test('in mode collaborative the first wave is shown with its issues', () => {
  const scene = new BlockScene(TEXT, [], { mode: 'collaborative' });
  scene.asks('execute');
  const first = scene.looks();
  expect(first.filter((line) => line.includes('approve wave'))).toEqual([]);
  scene.settles();
  expect(scene.issues).toEqual(MADE);
  expect(scene.board().needs).toEqual([{ kind: 'approve wave', wave: 1 }]);
  expect(scene.started).toEqual([]);
});

test.each([
  ['somebody with write access is adopted while nothing has started', ana, ['Cart']],
  ['somebody else waits', rita, []],
])('a change of an issue from the block by %s', (_, editor, started) => {
  const scene = new BlockScene(TEXT, [], { mode: 'collaborative' });
  scene.asks('execute');
  scene.settles();
  scene.passes(MINUTE);
  const { number, body } = scene.issueAt(0);
  scene.changesIssue(number, { body: `${body}More.`, digest: 'more', editor, editedAt: scene.github.now });
  scene.asks({ kind: 'approve', wave: 1 });
  scene.settles();
  expect(scene.started).toEqual(started);
});

test('the reasons say which segment of the block', () => {
  const scene = new BlockScene();
  scene.asks('execute');
  const made = scene.decides().decisions.filter(({ kind }) => kind === 'make issue');
  expect(made.map(sayDecision)[1]).toContain('segment in block name="till"');
});
