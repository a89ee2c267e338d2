/** Problems of a change: files that it may not contain, and ways in which it does not fit. */
import type { Problem } from '#core/model/problem';
import { KEPT, type ProblemEntries } from './entry.ts';

/** Modes of git's trees by what they mean. */
const MODES: Readonly<Record<string, string>> = {
  '120000': 'a symbolic link',
  '160000': 'a submodule',
  '040000': 'a tree',
};

const COUNTED: Readonly<Record<Extract<Problem, { kind: 'PATCH_LIMIT' }>['what'], string>> = {
  'bytes in the patch': 'bytes in the patch',
  'characters in the compressed patch': 'characters in the compressed patch',
  'changed files': 'changed files',
  'deleted files': 'deleted files',
  'all files': 'deleted files (every file there is)',
  'bytes in one file': 'bytes in one file',
  'bytes in all changed files': 'bytes in all changed files',
  'added lines': 'added lines',
};

export const change = {
  OUT_OF_SCOPE: {
    says: ({ files, scope }, say) => ({
      what: `The change goes outside the segment's file scope: ${say.files(files)}.`,
      why: `It may change ${say.files(scope)}; other segments may be working on the rest. ${KEPT}`,
      next: `Widen ${say.code('files')} in the issue and comment ${say.code('/swarm execute')} on the epic, or narrow the task.`,
    }),
    after: 'retry',
    example: { files: ['src/payment/total.ts'], scope: ['src/cart/**'] },
    more: 'Deleted files and both names of a renamed file count.',
  },
  PROTECTED_PATH: {
    says: ({ files }, say) => ({
      what: `The change touches protected files: ${say.files(files)}.`,
      why: 'Workflows, code owners and instructions for agents decide what later runs may do, so no segment may change them.',
      next: `Make that change by hand, or list the files under ${say.code('unprotect')} in the config to let segments change them.`,
    }),
    after: 'retry',
    example: { files: ['.github/workflows/ci.yml'] },
    more: 'Names are compared without case and in one Unicode form, so `.GitHub` is `.github`.',
  },
  BAD_PATH: {
    says: ({ file, why }, say) => ({
      what: `The file name ${say.quote(file)} is refused: ${say.own(why)}.`,
      why: 'A name has to mean the same file on every system, and may not lead out of the repository or into git.',
      next: 'Give the name of the file in the issue.',
    }),
    after: 'retry',
    example: { file: 'src/aux.js', why: 'it is the name of a device on Windows' },
    more: 'Names have to be portable: no `..`, no drive, no reserved name, no control character.',
  },
  PATH_COLLISION: {
    says: ({ file, with: other }, say) => ({
      what: `${say.quote(file)} and ${say.quote(other)} are the same file on some systems.`,
      why: 'They differ only in case or in their Unicode form.',
      next: 'Give the name of the file in the issue.',
    }),
    after: 'retry',
    example: { file: 'SRC/cart.ts', with: 'src/cart.ts' },
    more: 'Swarm compares the changed files with each other and with everything in the base.',
  },
  FILE_MODE: {
    says: ({ file, mode }, say) => ({
      what: `${say.quote(file)} is not an ordinary file but ${MODES[mode] ?? 'something that git does not have'} (mode ${say.own(mode)}).`,
      why: 'Symbolic links and submodules lead outside of what was checked. Only ordinary and executable files are accepted.',
      next: 'Ask for a plain file in the issue.',
    }),
    after: 'retry',
    example: { file: 'docs/latest', mode: '120000' },
    more: '120000 is a symbolic link, 160000 a submodule.',
  },
  BINARY_FILE: {
    says: ({ file }, say) => ({
      what: `${say.quote(file)} is binary.`,
      why: 'No one can review it in a pull request, and no gate reads it.',
      next: "Add it by hand, or change the task so it isn't needed.",
    }),
    after: 'retry',
    example: { file: 'assets/logo.png' },
    more: 'A file is binary if git says so.',
  },
  PATCH_LIMIT: {
    says: ({ what, found, limit }, say) => ({
      // A report of an earlier version may count something else.
      what: `The change is too large: ${found.toLocaleString('en-US')} ${COUNTED[what] ?? say.own(what)}; the limit is ${limit.toLocaleString('en-US')}.`,
      why: `It could not be reviewed, or not be passed from job to job. ${KEPT}`,
      next: 'Split the segment, or leave generated files out.',
    }),
    after: 'retry',
    example: { what: 'changed files', found: 412, limit: 100 },
    more: 'The number of files, the added lines, the size of one file and the size of the whole change each have a limit.',
  },
  PATCH_TAMPERED: {
    says: ({ said, found }, say) => ({
      what: 'The change was refused: it is not the one that the agent made.',
      why: `Its digest is ${say.code(found.slice(0, 16))}, but was ${say.code(said.slice(0, 16))} when the work ended. Something rewrote it between two jobs.`,
      next: "Look at the run's jobs before anything else.",
    }),
    after: 'retry',
    example: {
      said: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      found: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
    more: 'The digest is an output of the job that did the work, and is fixed when that job ends.',
  },
  PATCH_CONFLICT: {
    says: ({ message }, say) => ({
      what: 'The change does not apply to its base.',
      why: `Git says: ${say.quote(message)}.`,
      next: `To start from the current base, comment ${say.retry()}.`,
    }),
    after: 'others continue',
    example: { message: 'error: patch failed: src/cart.ts:3' },
    more: 'This happens when the base moved, or when a rework no longer fits what was merged in the meantime.',
  },
  LFS_POINTER: {
    says: ({ file }, say) => ({
      what: `${say.quote(file)} points to a file in Git LFS, and that file is not in the change.`,
      why: 'Swarm passes only the change itself from job to job. The file behind a pointer would be neither checked nor pushed.',
      next: "Add the file by hand, or change the task so it isn't needed.",
    }),
    after: 'retry',
    example: { file: 'assets/film.mp4' },
    more: 'A pointer is a text of three lines that Git LFS puts in place of a large file.',
  },
  SECRET_IN_PATCH: {
    says: ({ file, line, rule, sha256 }, say) => ({
      what: `The change seems to contain a secret: ${say.quote(line === undefined ? file : `${file}:${line}`)} (${say.own(rule)}).`,
      why: 'A secret that was pushed once has to be replaced everywhere. This one was not pushed, and is not shown here.',
      next: [
        'If it is real, replace it at its provider, and ask for a variable or an obvious example in the issue.',
        ...(sha256 === undefined
          ? []
          : [
              `If it is not a secret, add its file and ${say.code(`sha256: ${sha256}`)} to ${say.code('secrets.allow')} in the config.`,
            ]),
      ].join(' '),
    }),
    after: 'retry',
    example: {
      file: 'src/config.ts',
      line: 4,
      rule: 'AWS key id',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    more: 'Added lines and file names are scanned. A comment that tells a scanner to look away has no effect; only the config on the default branch can allow a value.',
  },
} satisfies Partial<ProblemEntries>;
