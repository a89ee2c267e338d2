/**
 * Issues: labels, texts, states, comments, reactions, sub-issues and dependencies, with the events and timeline entries
 * of each change. Pull requests are issues too, so their texts, labels and comments are changed here.
 *
 * Everything here is synchronous, so that each change is atomic. The file is long because most changes affect the
 * record, the timeline, other issues and the events together.
 */

import type { Changes, EventDetails } from '#emulator/model/events';
import { nodeIdOf } from '#emulator/model/ids';
import { namedNumbers } from '#emulator/model/mentions';
import type {
  Actor,
  Comment,
  Edit,
  Issue,
  IssueFact,
  Label,
  Pull,
  Reaction,
  ReactionContent,
  Repository,
  Review,
  ReviewComment,
  StateReason,
  User,
} from '#emulator/model/records';
import { Refusal } from '#emulator/model/refusal';
import { roleIn } from '#emulator/model/repository';
import { type GitHubBase, viaOf } from './base.ts';

/** GitHub's actual limit for texts, as others have measured it. Its message says 65536 characters. */
const TEXT_LIMIT_BYTES = 262_144;
const PULL_BODY_LIMIT = 65_536;
const SUB_ISSUE_LIMIT = 100;
const SUB_ISSUE_DEPTH = 8;
const DEPENDENCY_LIMIT = 50;
const LABEL_LIMIT = 100;

export interface IssueChange {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: 'open' | 'closed';
  readonly stateReason?: StateReason | null;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly type?: string | null;
}

export class Issues {
  readonly #base: GitHubBase;

  constructor(base: GitHubBase) {
    this.#base = base;
  }

  // ── labels of a repository ────────────────────────────────────────────────────────────────────────────────────

  label(repository: Repository, name: string): Label | undefined {
    return repository.labels.get(name.toLowerCase());
  }

  createLabel(
    actor: Actor,
    repository: Repository,
    wanted: { readonly name: string; readonly color?: string; readonly description?: string | null },
  ): Label {
    if (this.label(repository, wanted.name)) {
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
    }
    const color = (wanted.color ?? 'ededed').replace(/^#/, '').toLowerCase();
    checkLabel(wanted.name, color, wanted.description);
    const label = this.#base.storeLabel(repository, wanted.name, color, wanted.description ?? null);
    this.#base.emit(actor, repository, { kind: 'label', action: 'created', label });
    return label;
  }

  updateLabel(
    actor: Actor,
    repository: Repository,
    label: Label,
    wanted: { readonly name?: string; readonly color?: string; readonly description?: string | null },
  ): Label {
    const name = wanted.name ?? label.name;
    const color = (wanted.color ?? label.color).replace(/^#/, '').toLowerCase();
    checkLabel(name, color, wanted.description);
    const other = this.label(repository, name);
    if (other && other !== label) {
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
    }
    const changes: Record<string, { from: string }> = {};
    if (name !== label.name) changes.name = { from: label.name };
    if (color !== label.color) changes.color = { from: label.color };
    if (wanted.description !== undefined && wanted.description !== label.description) {
      changes.description = { from: label.description ?? '' };
      label.description = wanted.description;
    }
    repository.labels.delete(label.name.toLowerCase());
    label.name = name;
    label.color = color;
    repository.labels.set(name.toLowerCase(), label);
    this.#base.emit(actor, repository, { kind: 'label', action: 'edited', label, changes });
    return label;
  }

  deleteLabel(actor: Actor, repository: Repository, label: Label): void {
    repository.labels.delete(label.name.toLowerCase());
    this.#base.forget(label.nodeId);
    for (const issue of repository.issues.values()) {
      if (issue.labels.includes(label)) this.removeLabel(actor, issue, label.name);
    }
    this.#base.emit(actor, repository, { kind: 'label', action: 'deleted', label });
  }

  // ── issues ────────────────────────────────────────────────────────────────────────────────────────────────────

  issue(repository: Repository, number: number): Issue | undefined {
    return repository.issues.get(number);
  }

  /** An issue by its database id, in any repository. Pull requests count as issues. */
  byId(id: number): Issue | undefined {
    for (const repository of this.#base.repositories.values()) {
      for (const issue of repository.issues.values()) if (issue.id === id) return issue;
    }
    return undefined;
  }

  create(
    actor: Actor,
    repository: Repository,
    wanted: {
      readonly title: string;
      readonly body?: string | null;
      readonly labels?: readonly string[];
      readonly assignees?: readonly string[];
      readonly type?: string | null;
    },
  ): Issue {
    const issue = this.open(actor, repository, wanted.title, wanted.body ?? null, () => null);
    issue.type = wanted.type ?? null;
    this.#base.emit(actor, repository, { kind: 'issues', action: 'opened', issue });
    if (wanted.labels) this.addLabels(actor, issue, wanted.labels);
    if (wanted.assignees) this.assign(actor, issue, wanted.assignees);
    return issue;
  }

  /** Creates the record with the next number, for issues and pull requests. Emits no event. */
  open(
    actor: Actor,
    repository: Repository,
    title: string,
    body: string | null,
    pullOf: (issue: Issue) => Pull | null,
  ): Issue {
    if (title.trim() === '') {
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Issue', code: 'missing_field', field: 'title' }]);
    }
    if ([...title].length > 256) {
      const message = 'title is too long (maximum is 256 characters)';
      throw new Refusal(422, 'Validation Failed', [{ resource: 'Issue', code: 'custom', field: 'title', message }]);
    }
    checkText('Issue', body);
    const base = this.#base;
    const id = base.nextId('issue');
    const at = base.now();
    repository.lastNumber += 1;
    const issue: { -readonly [K in keyof Issue]: Issue[K] } = {
      id,
      nodeId: nodeIdOf('issue', id),
      number: repository.lastNumber,
      repository,
      user: actor.user,
      via: viaOf(actor),
      title,
      body,
      state: 'open',
      stateReason: null,
      type: null,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      closedBy: null,
      locked: false,
      lockReason: null,
      linkedBranches: [],
      labels: [],
      assignees: [],
      comments: [],
      reactions: [],
      timeline: [],
      edits: [],
      parent: null,
      subIssues: [],
      blockedBy: [],
      blocking: [],
      pull: null,
    };
    issue.pull = pullOf(issue);
    if (issue.pull) issue.nodeId = issue.pull.nodeId;
    else base.remember(issue.nodeId, { kind: 'Issue', issue });
    repository.issues.set(issue.number, issue);
    this.#crossReference(actor, issue, body);
    return issue;
  }

  /** Changes the fields in `wanted`. Unchanged fields cause no events. */
  update(actor: Actor, issue: Issue, wanted: IssueChange): Issue {
    const changes: Record<string, { from: string }> = {};
    if (wanted.title !== undefined && wanted.title !== issue.title) {
      changes.title = { from: issue.title };
      this.recordEvent(actor, issue, { kind: 'renamed', from: issue.title, to: wanted.title });
      issue.title = wanted.title;
    }
    if (wanted.body !== undefined && wanted.body !== issue.body && this.#fits(issue, wanted.body)) {
      changes.body = { from: issue.body ?? '' };
      this.#edit(actor, issue.edits, issue.user, issue.createdAt, issue.body ?? '', wanted.body ?? '');
      issue.body = wanted.body;
      this.#crossReference(actor, issue, wanted.body);
    }
    if (Object.keys(changes).length > 0) this.#emit(actor, issue, 'edited', { changes });
    if (wanted.type !== undefined) issue.type = wanted.type;
    if (wanted.labels) this.setLabels(actor, issue, wanted.labels);
    if (wanted.assignees) this.#setAssignees(actor, issue, wanted.assignees);
    if (wanted.state && wanted.state !== issue.state) {
      if (wanted.state === 'closed') this.close(actor, issue, wanted.stateReason ?? 'completed');
      else this.reopen(actor, issue);
    }
    issue.updatedAt = this.#base.now();
    return issue;
  }

  /** Closes an issue, or the issue side of a pull request. `closer` or `commitId` is set if one of them closed it. */
  close(
    actor: Actor,
    issue: Issue,
    reason: StateReason | null = 'completed',
    by: { readonly closer: Pull | null; readonly commitId: string | null } = { closer: null, commitId: null },
  ): void {
    if (issue.state === 'closed') return;
    issue.state = 'closed';
    issue.stateReason = issue.pull ? null : (reason ?? 'completed');
    issue.closedAt = this.#base.now();
    issue.closedBy = actor.user;
    this.recordEvent(actor, issue, { kind: 'closed', stateReason: issue.stateReason, ...by });
    this.#emit(actor, issue, 'closed', {});
  }

  reopen(actor: Actor, issue: Issue): void {
    if (issue.state === 'open') return;
    issue.state = 'open';
    issue.stateReason = issue.pull ? null : 'reopened';
    issue.closedAt = null;
    issue.closedBy = null;
    this.recordEvent(actor, issue, { kind: 'reopened', stateReason: issue.stateReason });
    this.#emit(actor, issue, 'reopened', {});
  }

  /** Deletes an issue, with its place below a parent and its dependencies. Its number is never used again. */
  delete(actor: Actor, issue: Issue): void {
    if (issue.pull) throw new Refusal(422, 'Pull requests cannot be deleted');
    const { repository } = issue;
    this.#forget(issue);
    repository.issues.delete(issue.number);
    repository.gone.add(issue.number);
    this.#emit(actor, issue, 'deleted', {});
  }

  /**
   * Transfers an issue to another repository, where it is a new one with the same text, comments, place below its parent, and
   * the labels that are there by name.
   */
  transfer(actor: Actor, issue: Issue, to: Repository): Issue {
    const { repository, parent } = issue;
    if (issue.pull) throw new Refusal(422, 'Pull requests cannot be transferred');
    const moved = this.#base.quietly(() => {
      const made = this.open({ kind: 'user', user: issue.user }, to, issue.title, issue.body, () => null);
      const { state, stateReason, closedAt, closedBy, subIssues } = issue;
      Object.assign(made, { state, stateReason, closedAt, closedBy, parent });
      made.labels = issue.labels.flatMap(({ name }) => this.label(to, name) ?? []);
      for (const { user, body } of issue.comments) this.comment({ kind: 'user', user }, made, body);
      for (const sub of subIssues) sub.parent = made;
      made.subIssues.push(...subIssues);
      return made;
    });
    if (parent) parent.subIssues.splice(parent.subIssues.indexOf(issue), 1, moved);
    this.#forget({ ...issue, parent: null, subIssues: [] });
    repository.issues.delete(issue.number);
    repository.transferred.set(issue.number, moved);
    repository.pinned = repository.pinned.filter((one) => one !== issue);
    this.#base.emit(actor, repository, { kind: 'issues', action: 'transferred', issue, as: moved });
    this.#base.emit(actor, to, { kind: 'issues', action: 'opened', issue: moved });
    return moved;
  }

  /** Turns an issue into a discussion. As on GitHub, the issue stays, closed and locked. */
  convertToDiscussion(actor: Actor, issue: Issue): void {
    this.close(actor, issue, 'completed');
    issue.locked = true;
    this.recordEvent(actor, issue, { kind: 'converted_to_discussion' });
  }

  /** Takes an issue out of everything that names it. */
  #forget(issue: Issue): void {
    const without = (list: Issue[]) =>
      list.splice(
        list.findIndex(({ nodeId }) => nodeId === issue.nodeId),
        1,
      );
    if (issue.parent) without(issue.parent.subIssues);
    for (const sub of issue.subIssues) sub.parent = null;
    for (const blocker of issue.blockedBy) without(blocker.blocking);
    for (const blocked of issue.blocking) without(blocked.blockedBy);
    for (const comment of issue.comments) this.#base.forget(comment.nodeId);
    this.#base.forget(issue.nodeId);
  }

  // ── labels and assignees of an issue ──────────────────────────────────────────────────────────────────────────

  /** Adds labels by name. As on GitHub, missing labels are created. */
  addLabels(actor: Actor, issue: Issue, names: readonly string[]): void {
    const fresh = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].filter(
      (name) => !issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase()),
    );
    if (issue.labels.length + fresh.length > LABEL_LIMIT) {
      throw new Refusal(422, 'Validation Failed', [
        { resource: 'Issue', code: 'custom', message: `Issues cannot have more than ${LABEL_LIMIT} labels` },
      ]);
    }
    for (const name of fresh) {
      const label = this.label(issue.repository, name) ?? this.createLabel(actor, issue.repository, { name });
      issue.labels = [...issue.labels, label];
      this.recordEvent(actor, issue, { kind: 'labeled', label: { name: label.name, color: label.color } });
      this.#emit(actor, issue, 'labeled', { label });
    }
  }

  /** Removes a label. Throws 404 if the issue doesn't have it. */
  removeLabel(actor: Actor, issue: Issue, name: string): void {
    const label = issue.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!label) throw new Refusal(404, 'Label does not exist');
    issue.labels = issue.labels.filter((one) => one !== label);
    this.recordEvent(actor, issue, { kind: 'unlabeled', label: { name: label.name, color: label.color } });
    this.#emit(actor, issue, 'unlabeled', { label });
  }

  setLabels(actor: Actor, issue: Issue, names: readonly string[]): void {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    for (const label of issue.labels) {
      if (!wanted.has(label.name.toLowerCase())) this.removeLabel(actor, issue, label.name);
    }
    this.addLabels(actor, issue, names);
  }

  /** Assigns people. As on GitHub, logins without access to the repository are silently ignored. */
  assign(actor: Actor, issue: Issue, logins: readonly string[]): void {
    for (const login of logins) {
      const user = this.#base.user(login);
      if (!user || issue.assignees.includes(user) || !roleIn(issue.repository, user)) continue;
      issue.assignees = [...issue.assignees, user];
      this.recordEvent(actor, issue, { kind: 'assigned', assignee: user });
      this.#emit(actor, issue, 'assigned', { assignee: user });
    }
  }

  unassign(actor: Actor, issue: Issue, logins: readonly string[]): void {
    const gone = new Set(logins.map((login) => login.toLowerCase()));
    for (const user of issue.assignees.filter((one) => gone.has(one.login.toLowerCase()))) {
      issue.assignees = issue.assignees.filter((one) => one !== user);
      this.recordEvent(actor, issue, { kind: 'unassigned', assignee: user });
      this.#emit(actor, issue, 'unassigned', { assignee: user });
    }
  }

  #setAssignees(actor: Actor, issue: Issue, logins: readonly string[]): void {
    const wanted = new Set(logins.map((login) => login.toLowerCase()));
    this.unassign(
      actor,
      issue,
      issue.assignees.map((user) => user.login).filter((login) => !wanted.has(login.toLowerCase())),
    );
    this.assign(actor, issue, logins);
  }

  // ── comments and reactions ────────────────────────────────────────────────────────────────────────────────────

  comment(actor: Actor, issue: Issue, body: string): Comment {
    if (body.trim() === '') {
      throw new Refusal(422, 'Validation Failed', [
        { resource: 'IssueComment', code: 'missing_field', field: 'body', message: 'Body cannot be blank' },
      ]);
    }
    checkText('IssueComment', body);
    const id = this.#base.nextId('comment');
    const at = this.#base.now();
    const comment: Comment = {
      id,
      nodeId: nodeIdOf('comment', id),
      issue,
      user: actor.user,
      via: viaOf(actor),
      body,
      createdAt: at,
      updatedAt: at,
      edits: [],
      reactions: [],
      minimized: null,
    };
    issue.comments.push(comment);
    issue.updatedAt = at;
    this.#base.remember(comment.nodeId, { kind: 'IssueComment', comment });
    this.#crossReference(actor, issue, body);
    this.#base.emit(actor, issue.repository, { kind: 'issue_comment', action: 'created', issue, comment });
    return comment;
  }

  commentById(repository: Repository, id: number): Comment | undefined {
    for (const issue of repository.issues.values()) {
      const found = issue.comments.find((comment) => comment.id === id);
      if (found) return found;
    }
    return undefined;
  }

  editComment(actor: Actor, comment: Comment, body: string): Comment {
    checkText('IssueComment', body);
    const from = comment.body;
    if (from === body) return comment;
    this.#edit(actor, comment.edits, comment.user, comment.createdAt, from, body);
    comment.body = body;
    comment.updatedAt = this.#base.now();
    comment.issue.updatedAt = comment.updatedAt;
    this.#base.emit(actor, comment.issue.repository, {
      kind: 'issue_comment',
      action: 'edited',
      issue: comment.issue,
      comment,
      changes: { body: { from } },
    });
    return comment;
  }

  deleteComment(actor: Actor, comment: Comment): void {
    const { comments, repository } = comment.issue;
    const at = comments.indexOf(comment);
    if (at < 0) return;
    comments.splice(at, 1);
    this.#base.forget(comment.nodeId);
    this.#base.emit(actor, repository, { kind: 'issue_comment', action: 'deleted', issue: comment.issue, comment });
  }

  minimize(comment: Comment, reason: string): void {
    comment.minimized = reason;
  }

  /** Adds a reaction, once per person and content. `created` is false if it already exists. */
  react(
    actor: Actor,
    target: Issue | Comment | ReviewComment,
    content: ReactionContent,
  ): { readonly reaction: Reaction; readonly created: boolean } {
    const known = target.reactions.find((one) => one.user === actor.user && one.content === content);
    if (known) return { reaction: known, created: false };
    const id = this.#base.nextId('reaction');
    const nodeId = nodeIdOf('reaction', id);
    const reaction: Reaction = { id, nodeId, user: actor.user, content, createdAt: this.#base.now() };
    target.reactions.push(reaction);
    this.#base.remember(nodeId, { kind: 'Reaction', reaction });
    return { reaction, created: true };
  }

  unreact(target: Issue | Comment | ReviewComment, reaction: Reaction): void {
    const at = target.reactions.indexOf(reaction);
    if (at >= 0) target.reactions.splice(at, 1);
    this.#base.forget(reaction.nodeId);
  }

  // ── sub-issues and dependencies ───────────────────────────────────────────────────────────────────────────────

  /**
   * Adds `sub` as the last sub-issue of `parent`. An issue has one parent, at most 100 sub-issues, and at most 8 levels
   * of them (docs: "Adding sub-issues").
   */
  addSubIssue(actor: Actor, parent: Issue, sub: Issue, replaceParent: 'keep' | 'replace' = 'keep'): void {
    const because = (why: string) =>
      new Refusal(422, `An error occurred while adding the sub-issue to the parent issue. ${why}`);
    if (sub.pull || parent.pull) throw because('Sub issue may only be an issue');
    if (sub === parent) throw because('Issue cannot be a sub-issue of itself');
    if (sub.repository.owner !== parent.repository.owner) throw because('Sub issue must have the same owner');
    if (sub.parent && (replaceParent === 'keep' || sub.parent === parent)) {
      throw because('Issue may not contain duplicate sub-issues and Sub issue may only have one parent');
    }
    if (parent.subIssues.length >= SUB_ISSUE_LIMIT) {
      throw because(`Parent cannot have more than ${SUB_ISSUE_LIMIT} sub-issues`);
    }
    let depth = 1;
    for (let up: Issue | null = parent; up; up = up.parent) {
      if (up === sub) throw because('Sub issue cannot be an ancestor of its parent');
      depth += 1;
    }
    if (depth + heightOf(sub) > SUB_ISSUE_DEPTH + 1)
      throw because(`Sub-issues cannot be more than ${SUB_ISSUE_DEPTH} layers deep`);
    if (sub.parent) this.removeSubIssue(actor, sub.parent, sub);
    sub.parent = parent;
    parent.subIssues.push(sub);
    this.recordEvent(actor, parent, { kind: 'sub_issue_added', other: sub });
    this.recordEvent(actor, sub, { kind: 'parent_issue_added', other: parent });
    this.#base.emit(actor, sub.repository, { kind: 'sub_issues', action: 'parent_issue_added', parent, sub });
    this.#base.emit(actor, parent.repository, { kind: 'sub_issues', action: 'sub_issue_added', parent, sub });
  }

  removeSubIssue(actor: Actor, parent: Issue, sub: Issue): void {
    const at = parent.subIssues.indexOf(sub);
    if (at < 0) throw new Refusal(404, 'Not Found');
    parent.subIssues.splice(at, 1);
    sub.parent = null;
    this.recordEvent(actor, parent, { kind: 'sub_issue_removed', other: sub });
    this.recordEvent(actor, sub, { kind: 'parent_issue_removed', other: parent });
    this.#base.emit(actor, sub.repository, { kind: 'sub_issues', action: 'parent_issue_removed', parent, sub });
    this.#base.emit(actor, parent.repository, { kind: 'sub_issues', action: 'sub_issue_removed', parent, sub });
  }

  /** Moves a sub-issue right after or right before another sub-issue of the same parent. */
  reprioritize(parent: Issue, sub: Issue, position: { readonly after?: Issue; readonly before?: Issue }): void {
    const anchor = position.after ?? position.before;
    if (!anchor || (position.after && position.before)) {
      throw new Refusal(422, 'Exactly one of after_id and before_id must be given');
    }
    if (!parent.subIssues.includes(sub) || !parent.subIssues.includes(anchor)) throw new Refusal(404, 'Not Found');
    parent.subIssues.splice(parent.subIssues.indexOf(sub), 1);
    parent.subIssues.splice(parent.subIssues.indexOf(anchor) + (position.after ? 1 : 0), 0, sub);
  }

  /** Records that `blocked` is blocked by `blocking`. Cycles are accepted, as it is unknown if GitHub refuses them. */
  addBlockedBy(actor: Actor, blocked: Issue, blocking: Issue): void {
    const because = (why: string) => new Refusal(422, `Validation failed: ${why}`);
    if (blocking.pull || blocked.pull) throw because('Target issue may only be an issue');
    if (blocked === blocking) throw because('Target issue cannot be the same as the source issue');
    if (blocked.blockedBy.includes(blocking)) throw because('Target issue has already been taken');
    if (blocked.blockedBy.length >= DEPENDENCY_LIMIT || blocking.blocking.length >= DEPENDENCY_LIMIT) {
      throw because(`Issues cannot have more than ${DEPENDENCY_LIMIT} dependencies of one kind`);
    }
    blocked.blockedBy.push(blocking);
    blocking.blocking.push(blocked);
    this.#emitDependency(actor, blocked, blocking, 'added');
  }

  removeBlockedBy(actor: Actor, blocked: Issue, blocking: Issue): void {
    const at = blocked.blockedBy.indexOf(blocking);
    if (at < 0) throw new Refusal(404, 'Not Found');
    blocked.blockedBy.splice(at, 1);
    blocking.blocking.splice(blocking.blocking.indexOf(blocked), 1);
    this.#emitDependency(actor, blocked, blocking, 'removed');
  }

  #emitDependency(actor: Actor, blocked: Issue, blocking: Issue, what: 'added' | 'removed'): void {
    this.recordEvent(actor, blocked, { kind: `blocked_by_${what}`, other: blocking });
    this.recordEvent(actor, blocking, { kind: `blocking_${what}`, other: blocked });
    const both = { kind: 'issue_dependencies', blocked, blocking } as const;
    this.#base.emit(actor, blocked.repository, { ...both, action: `blocked_by_${what}` as const });
    this.#base.emit(actor, blocking.repository, { ...both, action: `blocking_${what}` as const });
  }

  // ── for the other parts ───────────────────────────────────────────────────────────────────────────────────────

  /** Adds an entry to the issue's timeline. */
  recordEvent(actor: Actor, issue: Issue, fact: IssueFact): void {
    const id = this.#base.nextId('event');
    const nodeId = nodeIdOf('event', id);
    const at = this.#base.now();
    const event = { id, nodeId, issue, actor: actor.user, via: viaOf(actor), createdAt: at, fact };
    issue.timeline.push(event);
    issue.updatedAt = at;
    this.#base.remember(nodeId, { kind: 'TimelineEvent', event });
  }

  /** Records a new version of a text. The first edit also records the original. */
  editText(actor: Actor, text: Review | ReviewComment, edits: Edit[], body: string): void {
    this.#edit(actor, edits, text.user, text.createdAt, text.body, body);
  }

  #edit(actor: Actor, edits: Edit[], author: User, createdAt: string, from: string, to: string): void {
    const keep = (editor: User, editedAt: string, text: string) => {
      const id = this.#base.nextId('edit');
      edits.push({ id, nodeId: nodeIdOf('edit', id), editor, editedAt, text });
    };
    if (edits.length === 0) keep(author, createdAt, from);
    keep(actor.user, this.#base.now(), to);
  }

  /** For an issue body that is too long, GitHub responds with 200 and keeps the old one; for a pull request, with 422. */
  #fits(issue: Issue, body: string | null): boolean {
    if (issue.pull) {
      checkPullBody(body);
      return true;
    }
    return Buffer.byteLength(body ?? '') <= TEXT_LIMIT_BYTES;
  }

  #crossReference(actor: Actor, source: Issue, text: string | null): void {
    for (const number of namedNumbers(text ?? '')) {
      const target = source.repository.issues.get(number);
      if (!target || target === source) continue;
      const known = target.timeline.some(({ fact }) => fact.kind === 'cross-referenced' && fact.source === source);
      if (!known) this.recordEvent(actor, target, { kind: 'cross-referenced', source });
    }
  }

  #emit(
    actor: Actor,
    issue: Issue,
    action: Exclude<Extract<EventDetails, { kind: 'issues' }>['action'], 'pinned' | 'unpinned' | 'transferred'>,
    more: { readonly label?: Label; readonly assignee?: User; readonly changes?: Changes },
  ): void {
    if (issue.pull && action !== 'opened' && action !== 'deleted') {
      this.#base.emit(actor, issue.repository, { kind: 'pull_request', action, pull: issue.pull, ...more });
    } else {
      this.#base.emit(actor, issue.repository, { kind: 'issues', action, issue, ...more });
    }
  }
}

function heightOf(issue: Issue): number {
  return 1 + Math.max(0, ...issue.subIssues.map(heightOf));
}

function checkLabel(name: string, color: string, description: string | null | undefined): void {
  const invalid = (field: string, message?: string) =>
    new Refusal(422, 'Validation Failed', [{ resource: 'Label', code: 'invalid', field, ...(message && { message }) }]);
  if (name.trim() === '' || [...name].length > 50) throw invalid('name');
  if (!/^[0-9a-f]{6}$/.test(color)) throw invalid('color');
  if (description && [...description].length > 100) {
    throw invalid('description', 'description is too long (maximum is 100 characters)');
  }
}

function checkText(resource: string, text: string | null): void {
  if (Buffer.byteLength(text ?? '') <= TEXT_LIMIT_BYTES) return;
  const message = 'body is too long (maximum is 65536 characters)';
  throw new Refusal(422, 'Validation Failed', [{ resource, code: 'unprocessable', field: 'data', message }]);
}

export function checkPullBody(body: string | null | undefined): void {
  if ([...(body ?? '')].length <= PULL_BODY_LIMIT) return;
  const message = `body is too long (maximum is ${PULL_BODY_LIMIT} characters)`;
  throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', field: 'body', message }]);
}
