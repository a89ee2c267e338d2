/** What a person should know about gates that are missing or fail, and that no output of a tool says. */
import { isWithin, type Listing, type Step, type Workspace } from './workspace.ts';

/** A likely reason for failures in a directory that is not in the code. */
export interface Hint {
  readonly directory: string;
  /** A clause. */
  readonly text: string;
  /** Content that is not in the tree, if it is about that. */
  readonly absent?: 'submodules' | 'LFS files';
}

/** Installations leave out scripts that a person's own installation runs. */
export const hintsOf = (workspaces: readonly Workspace[]): readonly Hint[] =>
  workspaces.flatMap(({ directory, hint }) => (hint === undefined ? [] : [{ directory, text: hint }]));

/** Content that is not in the commit itself. */
export function notFetched({ submodules = [], large = [] }: Listing): readonly Hint[] {
  const hint = (absent: Hint['absent'] & string, text: string, paths: readonly string[]): readonly Hint[] => {
    const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
    const shown = `${text}: ${paths.slice(0, 3).join(', ')}${more}`;
    return paths.length === 0 ? [] : [{ directory: '', text: shown, absent }];
  };
  return [
    ...hint('submodules', 'submodules are not fetched, so these directories are empty', submodules),
    ...hint('LFS files', 'files in Git LFS are not fetched, so these are only pointers', large),
  ];
}

/** The hints for steps, each once. */
export const hintsFor = (hints: readonly Hint[], steps: readonly Step[]): readonly string[] => [
  ...new Set(
    hints
      .filter(({ directory }) => steps.some((step) => isWithin(step.directory, directory)))
      .map(({ text }) => `(swarm: ${text})`),
  ),
];

/** Builds that Swarm does not know. */
const OTHER_BUILDS: Readonly<Record<string, RegExp>> = {
  Bazel: /^(?:MODULE\.bazel|WORKSPACE(?:\.bazel)?)$/,
  CMake: /^CMakeLists\.txt$/,
  Meson: /^meson\.build$/,
  Swift: /^Package\.swift$/,
  Dart: /^pubspec\.yaml$/,
  sbt: /^build\.sbt$/,
  Zig: /^build\.zig$/,
};

/** Clauses for builds at the root that no gate stands for. */
export function otherBuilds({ files }: Listing): readonly string[] {
  const atRoot = [...files].filter((file) => !file.includes('/'));
  return Object.entries(OTHER_BUILDS)
    .filter(([, file]) => atRoot.some((each) => file.test(each)))
    .map(([name]) => `swarm finds no gates for ${name}`);
}
