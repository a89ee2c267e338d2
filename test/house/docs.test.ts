/**
 * Documents keep their word: links lead somewhere, anchors exist, commands can be run, generated pages are fresh, and
 * everything that swarm can say has its words and its page.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_WORDS } from '../../src/words/commands.ts';
import { anchorOf, PROBLEM_KINDS } from '../../src/words/problems.ts';
import { generatedFiles, staleFiles } from '../../tools/generate.ts';
import { read, root, type Source, sourcesIn } from './sources.ts';

/** Texts of the corpus are other people's: their links lead into other people's repositories. */
const pages = sourcesIn(['.'], ['.md']).filter(({ path }) => !/^test\/(?:corpus|fixtures)\//.test(path));

// --- links ---------------------------------------------------------------------------------------------------------------

/** A page without its code, where brackets are no links. */
const prose = (text: string): string =>
  text.replace(/^(`{3,}|~{3,})[^\n]*\n.*?^\1[^\n]*$/gms, '').replace(/(`+)[^`].*?\1/gs, '');

const anchorsOf = (text: string): ReadonlySet<string> => {
  const slugs = new Map<string, number>();
  const anchors = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id ?? ''));
  for (const [, heading] of text.replace(/^(`{3,})[^\n]*\n.*?^\1[^\n]*$/gms, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    // As GitHub makes them: letters, digits, dashes and underscores stay, blanks become dashes, repeats are numbered.
    const slug = (heading ?? '')
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const before = slugs.get(slug) ?? 0;
    slugs.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
};

const brokenLinks = ({ path, text }: Source, textOf: (path: string) => string | undefined): string[] =>
  [...prose(text).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)="([^"]+)"/g)].flatMap((found) => {
    const link = found[1] ?? found[2] ?? '';
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
    const there = textOf(target);
    if (there === undefined) return [`${path}: ${link} leads nowhere`];
    if (anchor !== undefined && target.endsWith('.md') && !anchorsOf(there).has(anchor)) {
      return [`${path}: ${target} has no section #${anchor}`];
    }
    return [];
  });

const onDisk = (path: string): string | undefined => {
  if (!existsSync(`${root}/${path}`)) return undefined;
  return path.endsWith('.md') ? read(path) : '';
};

describe('links', () => {
  it('lead to files and sections that are there', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.flatMap((page) => brokenLinks(page, onDisk))).toEqual([]);
  });

  it.each([
    ['[a](nowhere.md)', 'leads nowhere'],
    ['[a](#nothing)', 'no section #nothing'],
    ['# One\n\n[a](#one-1)', 'no section #one-1'],
    ['<img src="no.png">', 'leads nowhere'],
  ])('%j is found', (text, told) => {
    expect(
      brokenLinks({ path: 'docs/x.md', text }, (path) => (path === 'docs/x.md' ? text : undefined)).join(),
    ).toContain(told);
  });

  it('in code, or that lead somewhere, are left alone', () => {
    const text = '# A `b` c!\n\n## One\n\n## One\n\n[x](#a-b-c) [y](#one-1) `[z](no.md)`\n\n```md\n[z](no.md)\n```\n';
    expect(brokenLinks({ path: 'docs/x.md', text }, () => text)).toEqual([]);
  });
});

// --- commands --------------------------------------------------------------------------------------------------------------

const OF_NPM = new Set(['ci', 'install', 'test', 'start', 'exec', 'version', 'pack', 'publish', 'audit']);

/** What stands in fences and code spans. */
const codeIn = (text: string): string =>
  [...text.matchAll(/^(`{3,})[^\n]*\n(.*?)^\1|(`)([^`\n]+)\3/gms)]
    .map((found) => found[2] ?? found[4] ?? '')
    .join('\n');

const unknownScripts = ({ path, text }: Source, scripts: ReadonlySet<string>): string[] =>
  [...codeIn(text).matchAll(/\bnpm (run )?(?:--?[\w-]+ )*([a-z][\w:-]*)/g)].flatMap(([whole, run, name = '']) => {
    const known = run === undefined ? OF_NPM.has(name) && (name !== 'test' || scripts.has('test')) : scripts.has(name);
    return known ? [] : [`${path}: \`${whole}\` cannot be run`];
  });

describe('commands', () => {
  const scripts = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts));
  // docs/coverage.md quotes commands of other people's tools.
  const ours = pages.filter(({ path }) => !/^(?:examples\/|docs\/problems|docs\/coverage)/.test(path));

  it('that documents tell to run are in package.json', () => {
    expect(ours.flatMap((page) => unknownScripts(page, scripts))).toEqual([]);
  });

  it('that are not there are found', () => {
    expect(
      unknownScripts({ path: 'x.md', text: 'Then `npm run nothing`, `npm ci` and `npm nothing`.' }, scripts),
    ).toHaveLength(2);
  });

  it('that people write in comments are on their page', () => {
    const page = read('docs/commands.md');
    for (const { usage } of Object.values(COMMAND_WORDS)) expect(page).toContain(usage);
  });
});

// --- what is generated -------------------------------------------------------------------------------------------------

describe('generated files', () => {
  it('read as they are generated now', async () => {
    expect([...generatedFiles().keys()]).toEqual([
      'swarm.schema.json',
      'docs/config.md',
      'docs/problems.md',
      'docs/commands.md',
      'docs/isolation.md',
      'src/brief/shipped.ts',
    ]);
    expect(await staleFiles()).toEqual([]);
  });

  it('have a section for every problem, at the anchor that its message names', () => {
    const anchors = anchorsOf(read('docs/problems.md'));
    expect(PROBLEM_KINDS.length).toBeGreaterThan(60);
    for (const kind of PROBLEM_KINDS) expect(anchors).toContain(anchorOf(kind));
  });
});

// --- habits ---------------------------------------------------------------------------------------------------------------

describe('a newcomer finds', () => {
  it.each([
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'AGENTS.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'LICENSE',
    '.github/CODEOWNERS',
    '.github/ISSUE_TEMPLATE/epic.yml',
    '.github/ISSUE_TEMPLATE/segment.yml',
    '.editorconfig',
    '.gitattributes',
    'docs/coverage.md',
  ])('%s', (path) => {
    expect(read(path).trim().length).toBeGreaterThan(20);
  });

  it('every page of the documentation in its index', () => {
    const index = read('docs/README.md');
    const all = pages
      .map(({ path }) => path)
      .filter((path) => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md');
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter((path) => !index.includes(`(${path.slice('docs/'.length)})`))).toEqual([]);
  });

  it('every job of the workflows among what they cost', () => {
    const jobs = ['swarm', 'segment', 'swarm-events', 'swarm-clock'].flatMap((name) => {
      const text = read(`.github/workflows/${name}.yml`);
      return [...text.slice(text.indexOf('\njobs:')).matchAll(/^ {2}([\w-]+):$/gm)].map(([, job = '']) => job);
    });
    expect(jobs).toContain('verify');
    const page = read('docs/choosing.md');
    // Those that call a workflow are no jobs of their own.
    const told = jobs.filter((job) => job !== 'segment' && job !== 'clock');
    expect(told.filter((job) => !page.includes(`\`${job}\``))).toEqual([]);
  });

  it('a command that takes out what Swarm keeps in refs, and nothing else', () => {
    const page = read('docs/operating.md');
    const command = /```sh\n\s*(git ls-remote [^\n]+)\n/.exec(page)?.[1] ?? '';
    const directory = mkdtempSync(join(tmpdir(), 'swarm-docs-'));
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: directory, encoding: 'utf8' });
    try {
      git('init', '--quiet', '--bare', 'origin.git');
      git('init', '--quiet', '--initial-branch=main');
      git('remote', 'add', 'origin', 'origin.git');
      git('-c', 'user.name=Ana', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'one');
      const places = ['refs/heads/main', 'refs/heads/swarm/7', 'refs/swarm/epics/7', 'refs/heads/swarm/wip/7.8-1'];
      git('push', '--quiet', 'origin', ...places.map((place) => `HEAD:${place}`));
      execFileSync('sh', ['-c', command], { cwd: directory, stdio: 'ignore' });
      expect(git('ls-remote', 'origin', 'refs/*').match(/refs\/\S+/g)).toEqual([
        'refs/heads/main',
        'refs/heads/swarm/7',
      ]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('AGENTS.md in ten lines', () => {
    expect(read('AGENTS.md').match(/^\d+\. /gm)).toHaveLength(10);
  });
});
