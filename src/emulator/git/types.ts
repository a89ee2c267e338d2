/** What there is in git, and what git is asked to make of it, as the emulator's files speak of it to one another. */
/** The tree without any file; git knows it without its being stored. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag';

/** `date` is ISO 8601, or seconds and offset as git writes them. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly additions: number;
  readonly deletions: number;
  /** Blob after the change; before it where the file was removed. */
  readonly oid: string;
  /** The hunks, without the file headers; absent for binary files. */
  readonly patch?: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** What its `gpgsig` header holds, and the bytes that it signs. */
  readonly signed?: { readonly signature: string; readonly payload: string };
  readonly files?: readonly { readonly path: string; readonly status: ChangedFile['status'] }[];
}

export interface Tag {
  readonly name: string;
  /** What it is put on, mostly a commit. */
  readonly target: string;
  readonly message: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly kind: ObjectKind;
  readonly oid: string;
  /** Bytes of a blob; undefined for what is none. */
  readonly size?: number;
}

/** One edit of a tree: `oid: null` deletes the path. */
export interface TreeEdit {
  readonly path: string;
  readonly mode: string;
  readonly oid: string | null;
}

export interface RefMove {
  readonly name: string;
  /** What the ref must be now; null: it must not be there. */
  readonly before: string | null;
  /** null deletes it. */
  readonly after: string | null;
}

export type MergedTree =
  | { readonly kind: 'clean'; readonly tree: string }
  | { readonly kind: 'conflict'; readonly paths: readonly string[] };

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Makes the signature of its bytes. */
  readonly sign?: (payload: Uint8Array) => string;
}

export class GitError extends Error {
  override readonly name = 'GitError';
}
