/** The types that the emulator's git code shares: objects, edits and moves of refs. */

/** The empty tree. Git knows it even if it is not stored. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag';

/** `date` is ISO 8601, or seconds and offset in git's format. */
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
  /** The blob after the change, or before it if the file was removed. */
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
  /** The value of the `gpgsig` header, and the signed bytes. */
  readonly signed?: { readonly signature: string; readonly payload: string };
  readonly files?: readonly { readonly path: string; readonly status: ChangedFile['status'] }[];
}

export interface Tag {
  readonly name: string;
  /** The tagged object, usually a commit. */
  readonly target: string;
  readonly message: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly kind: ObjectKind;
  readonly oid: string;
  /** In bytes; only blobs have a size. */
  readonly size?: number;
}

/** One edit of a tree. `oid: null` deletes the path. */
export interface TreeEdit {
  readonly path: string;
  readonly mode: string;
  readonly oid: string | null;
}

export interface RefMove {
  readonly name: string;
  /** The ref's expected current value; null if it must not exist. */
  readonly before: string | null;
  /** Null deletes the ref. */
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
  /** Signs the commit's bytes. */
  readonly sign?: (payload: Uint8Array) => string;
}

export class GitError extends Error {
  override readonly name = 'GitError';
}
