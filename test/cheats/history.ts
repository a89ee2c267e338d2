/** Judges the commits of a real repository that change a test: each with the one before it. */
import { spawnSync } from 'node:child_process';
import { isTestFile } from '../../src/core/scope/test-file.ts';
import { steersGates } from '../../src/git/gate-files.ts';
import { fold } from '../../src/git/paths.ts';
import { Store } from '../../src/git/store.ts';
import { reasonsAgainst } from './judge.ts';

export interface History {
  readonly commits: number;
  /** Commits with at least one finding, apart from settings of gates and new executables. */
  readonly alarms: number;
  /** Commits that only the settings of gates make a person look at. */
  readonly settings: number;
  /** Commits by their findings, without files and numbers. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
}

const git = (directory: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync('git', ['-C', directory, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  return stdout;
};

export async function judgeHistory(directory: string, scratch: string, most: number): Promise<History> {
  const isBare = git(directory, 'rev-parse', '--is-bare-repository').trim() === 'true';
  const common = git(directory, 'rev-parse', '--path-format=absolute', '--git-common-dir').trim();
  const listed = git(
    directory,
    'log',
    '--no-merges',
    '--no-renames',
    '--name-only',
    '-z',
    '--format=%x01%H %P%x02',
    isBare ? '--all' : 'HEAD',
  );
  const commits = listed
    .split('\x01')
    .slice(1)
    .map((entry) => {
      const [ids = '', names = ''] = entry.split('\x02');
      const [commit = '', parent] = ids.trim().split(' ');
      return {
        commit,
        parent,
        files: names
          .split('\0')
          .map((name) => name.replace(/^\n+/, ''))
          .filter(Boolean),
      };
    })
    .filter(({ parent, files }) => parent !== undefined && files.some((file) => isTestFile(file)))
    .slice(0, most);
  const store = await Store.make(scratch);
  await store.borrow(`${common}/objects`);
  const reasons = new Map<string, string[]>();
  let alarms = 0;
  let settings = 0;
  for (const { commit, parent = '' } of commits) {
    const all = await reasonsAgainst(store, { base: parent, tree: `${commit}^{tree}` }, []);
    const isSetting = (reason: string): boolean =>
      steersGates(fold(reason.replace(/ \([a-z ]+\)$/, ''))) || reason.endsWith('(is executable now)');
    const found = all.filter((reason) => !isSetting(reason) && !/^[A-Z_]+$/.test(reason));
    if (found.length > 0) alarms += 1;
    else if (all.length > 0) settings += 1;
    for (const kind of new Set(found.map(kindOf))) {
      const line = `${commit.slice(0, 10)} ${found
        .filter((each) => kindOf(each) === kind)
        .slice(0, 3)
        .join('; ')}`;
      reasons.set(kind, [...(reasons.get(kind) ?? []), line]);
    }
  }
  return { commits: commits.length, alarms, settings, reasons };
}

const kindOf = (reason: string): string => {
  const why = /:\d+ (.*)$/.exec(reason)?.[1] ?? /(\([^()]*\)|\S+, on \d+ more .*)$/.exec(reason)?.[1] ?? reason;
  return why
    .replace(/\d+/g, 'N')
    .replace(/, on N more lines?$/, '')
    .replace(/(test|assertion|line)s\b/g, '$1');
};
