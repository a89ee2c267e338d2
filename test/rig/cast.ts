/**
 * The cast of a story: GitHub, which can see everything and change it behind swarm's back; people, who act as they would
 * in a browser and only as far as their role allows; and time.
 */
import { stringify } from 'yaml';
import type { Fault } from '../../src/emulator/model/faults.ts';
import type { Actor, Comment, Issue, MergeMethod, Pull, Role } from '../../src/emulator/model/records.ts';
import { roleIn } from '../../src/emulator/model/repository.ts';
import type { NewRule } from '../../src/emulator/world/base.ts';
import { drawBoard, pullOf } from './board.ts';
import { BASICS, type Login, PEOPLE, type Stage } from './stage.ts';

/** Options for a new segment. Everything has a default. */
export interface SegmentOptions {
  readonly blockedBy?: readonly string[];
  /** `null`: the issue names no files. */
  readonly files?: readonly string[] | null;
  readonly criteria?: readonly string[];
  /** More keys for the front matter. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Replaces the default sentence. */
  readonly text?: string;
  /** Replaces the whole body, front matter included. */
  readonly body?: string;
  readonly by?: Login;
}

/** An issue, a segment by its name, or a segment's pull request. */
export type Target = Issue | string | { readonly pull: string };

interface Spoken {
  readonly comment: Comment;
  readonly issue: Issue;
}

const PANEL = /^<!-- swarm:panel /;

export class GitHub {
  readonly stage: Stage;
  readonly names = new Map<Issue, string>();
  readonly epics: Issue[] = [];
  /** Approvals that a merge needs, from the config. */
  approvals = 1;
  readonly #read = new Set<Comment>();
  /** People whose acts send no webhook and start no workflow. */
  readonly quietly: QuietPeople;

  constructor(stage: Stage) {
    this.stage = stage;
    this.quietly = new QuietPeople(this);
  }

  // ── making the world ──────────────────────────────────────────────────────────────────────────────────────────────

  /** Opens an epic as ana, with sub-issues and native links. Nothing is started. */
  async opensEpic(
    title: string,
    segments: Readonly<Record<string, SegmentOptions>>,
    options: { readonly text?: string } = {},
  ): Promise<Issue> {
    const { world, repository } = this.stage;
    const epic = world.quietly(() => {
      const ana = world.as('ana');
      const made = world.issues.create(ana, repository, {
        title,
        body: options.text ?? `Build the ${title.toLowerCase()}.`,
      });
      for (const [name, wish] of Object.entries(segments)) this.#open(made, name, wish);
      for (const [name, { blockedBy = [] }] of Object.entries(segments)) {
        for (const blocker of blockedBy) world.issues.addBlockedBy(ana, this.segment(name), this.segment(blocker));
      }
      return made;
    });
    this.epics.push(epic);
    this.names.set(epic, title);
    return epic;
  }

  /** For `opensEpic` and people who add a segment later. */
  open(actor: Actor, epic: Issue, name: string, wish: SegmentOptions): Issue {
    const { world, repository } = this.stage;
    if ([...this.names.values()].includes(name)) throw new Error(`There are two issues named ${name}`);
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const issue = world.issues.create(actor, repository, { title, body: wish.body ?? bodyOf(name, wish) });
    this.names.set(issue, name);
    world.issues.addSubIssue(world.as('ana'), epic, issue);
    return issue;
  }

  #open(epic: Issue, name: string, wish: SegmentOptions): Issue {
    return this.open(this.stage.world.as(wish.by ?? 'ana'), epic, name, wish);
  }

  /** Opens an issue outside of every epic. */
  opensIssue(name: string): Issue {
    const { world, repository } = this.stage;
    const issue = world.quietly(() =>
      world.issues.create(world.as('ana'), repository, { title: name, body: 'Later.' }),
    );
    this.names.set(issue, name);
    return issue;
  }

  /** Replaces `.github/swarm.yml` on the default branch by a push as ana. A string is used unchanged. */
  async config(config: Readonly<Record<string, unknown>> | string): Promise<void> {
    const approvals = typeof config === 'string' ? undefined : config.approvals;
    this.approvals = typeof approvals === 'number' ? approvals : 1;
    const text = typeof config === 'string' ? config : stringify({ ...BASICS, ...config });
    await this.stage.step(() => this.stage.commit('ana', { '.github/swarm.yml': text }));
  }

  /** Changes what a person may do in the repository. GitHub tells nobody. @param role undefined takes every right away. */
  gives(login: Login, role: Role | undefined): void {
    const { world, repository } = this.stage;
    const { id } = world.as(login).user;
    if (role) repository.collaborators.set(id, role);
    else repository.collaborators.delete(id);
    // Nobody can act on a right that GitHub itself does not know of yet: the stories go on once it does.
    this.stage.emulator.lags.catchUp();
  }

  /** Makes a team of the organization, with write access to the repository. */
  teams(slug: string, ...members: readonly Login[]): void {
    const { world, repository } = this.stage;
    const team = world.addTeam(
      repository.owner,
      slug,
      members.map((login) => world.as(login).user),
    );
    repository.teams.set(team, 'write');
  }

  /** The repository gets another name; GitHub tells no app of it. */
  renamesRepository(to: string): void {
    const { world, repository } = this.stage;
    world.renameRepository(repository, to);
  }

  /** A person takes another login; GitHub tells nobody. */
  renames(login: Login, to: string): void {
    const { world } = this.stage;
    world.renameUser(world.as(login).user, to);
  }

  /** Adds a ruleset for the default branch. @returns a function that removes it. */
  protects(rule: {
    readonly approvals?: number;
    readonly checks?: readonly string[];
    /** Heads have to be up to date with the branch. */
    readonly strict?: boolean;
    readonly methods?: readonly MergeMethod[];
    /** The branch is merged into through a merge queue, with this method. */
    readonly queue?: MergeMethod;
  }): () => void {
    const { approvals, checks = [], strict = false, methods, queue } = rule;
    const asks = approvals !== undefined || methods !== undefined;
    return this.rules({
      noDeletion: true,
      strictChecks: strict,
      mergeQueue: queue ? { method: queue } : null,
      requiredChecks: checks.map((context) => ({ context, appId: null })),
      pullRequest: asks ? { approvals: approvals ?? 0, ...(methods ? { methods } : {}) } : null,
    });
  }

  /** Adds any ruleset. @returns a function that removes it. */
  rules(rule: NewRule): () => void {
    const { world, repository } = this.stage;
    const added = world.addRule(repository, { noForcePush: false, noDeletion: false, ...rule });
    return () => {
      repository.rules = repository.rules.filter((each) => each !== added);
    };
  }

  /** Injects a fault for every client. @returns a function that removes it. */
  breaks(fault: Fault): () => void {
    return this.stage.emulator.faults.add(fault);
  }

  isQueued(name: string): boolean {
    return this.stage.world.queues.entryOf(this.pull(name)) !== undefined;
  }

  /** A CI reports a check on the commit that the merge queue made for a segment. */
  queueReports(name: string, context: string, state: 'success' | 'failure'): Promise<void> {
    const { world, repository } = this.stage;
    return this.stage.step(async () => {
      const { group } = world.queues.entryOf(this.pull(name)) ?? {};
      if (!group) throw new Error(`${name} is not in the merge queue`);
      const status = { context, state, description: null, targetUrl: null };
      await world.checks.setStatus(world.as('ana'), repository, group.head, status);
      await world.queues.settle(repository);
    });
  }

  /** A CI reports a check on the head of a segment's pull request. */
  reports(name: string, context: string, state: 'success' | 'failure'): Promise<void> {
    const { world, repository } = this.stage;
    return this.stage.step(async () => {
      const status = { context, state, description: null, targetUrl: null };
      await world.checks.setStatus(world.as('ana'), repository, this.pull(name).headSha, status);
    });
  }

  /** Changes how the repository lets pull requests be merged. */
  allows(...methods: readonly MergeMethod[]): void {
    const { merges } = this.stage.repository;
    for (const method of ['merge', 'squash', 'rebase'] as const) merges[method] = methods.includes(method);
  }

  /** The next merge takes the content of the place where its head left the base, and GitHub says that it is done. */
  misplacesNextMerge(): void {
    this.stage.world.merges.misplaced += 1;
  }

  /** Sets a repository variable, such as the kill switch. */
  sets(variable: string, value: string): void {
    this.stage.world.setVariable(this.stage.repository, variable, value);
  }

  // ── looking at it ─────────────────────────────────────────────────────────────────────────────────────────────────

  segment(name: string): Issue {
    this.#nameOwn();
    for (const [issue, known] of this.names) if (known === name) return issue;
    throw new Error(`There is no ${name}, only ${[...this.names.values()].join(', ')}`);
  }

  nameOf(issue: Issue): string {
    this.#nameOwn();
    return this.names.get(issue) ?? `#${issue.number}`;
  }

  /** Issues that swarm made are named `fix 1`, `fix 2`, in the order of their numbers. */
  #nameOwn(): void {
    let count = [...this.names.values()].filter((name) => /^fix \d+$/.test(name)).length;
    for (const issue of this.stage.repository.issues.values()) {
      if (issue.pull || this.names.has(issue) || !this.stage.isSwarm(issue.user.login)) continue;
      count += 1;
      this.names.set(issue, `fix ${count}`);
    }
  }

  /** The segment's latest pull request. */
  pull(name: string): Pull {
    const pull = pullOf(this.stage, this.segment(name));
    if (!pull) throw new Error(`${name} has no pull request`);
    return pull;
  }

  /** The file's text, or undefined where there is none. */
  async file(path: string, branch = 'main'): Promise<string | undefined> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.readBlob(`refs/heads/${branch}:${path}`))?.toString();
  }

  /** The messages of a branch's commits, latest first. */
  async log(branch: string): Promise<string> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.log(`refs/heads/${branch}`)).map(({ message }) => message).join('\n');
  }

  /** The parents of a branch's latest commit. */
  async parents(branch: string): Promise<readonly string[]> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.readCommit(`refs/heads/${branch}`))?.parents ?? [];
  }

  async branches(): Promise<readonly string[]> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.listRefs('refs/heads/')).map((ref) => ref.name.slice('refs/heads/'.length));
  }

  labels(place: Target): readonly string[] {
    return this.issueOf(place)
      .labels.map((label) => label.name)
      .sort();
  }

  /** Epics that have a journal. */
  async journals(): Promise<readonly number[]> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.listRefs('refs/swarm/epics/')).map(({ name }) => Number(name.split('/').at(-1)));
  }

  /** The segments that an epic has claimed. */
  async claims(): Promise<readonly number[]> {
    const git = await this.stage.world.git(this.stage.repository);
    return (await git.listRefs('refs/swarm/claims/')).map(({ name }) => Number(name.split('/').at(-1)));
  }

  /** The number of runs that swarm has started, finished ones included. */
  get runs(): number {
    return this.stage.repository.runs.length;
  }

  board(epic: Issue): string {
    const { world, repository, isSwarm } = this.stage;
    return drawBoard({ world, repository, epic, isSwarm, nameOf: (issue) => this.nameOf(issue) });
  }

  panel(epic: Issue): string {
    return this.panelComment(epic).body;
  }

  panelComment(epic: Issue): Comment {
    const panels = epic.comments.filter(
      (comment) => PANEL.test(comment.body) && this.stage.isSwarm(comment.user.login),
    );
    const [panel] = panels;
    if (!panel || panels.length > 1) throw new Error(`#${epic.number} has ${panels.length} panels`);
    return panel;
  }

  /** Reads swarm's oldest unread comment there that matches. A story must read every comment before it ends. */
  says(place: Target, words: RegExp): Comment {
    const issue = this.issueOf(place);
    const unread = this.unread().filter((spoken) => spoken.issue === issue);
    const found = unread.find(({ comment }) => words.test(comment.body));
    if (!found) {
      throw new Error(
        `Swarm says nothing like ${String(words)} on #${issue.number}. Unread there: ${unread.map(({ comment }) => `\n${comment.body}`).join('\n') || 'nothing'}`,
      );
    }
    this.#read.add(found.comment);
    return found.comment;
  }

  /** Swarm's comments that the story has not read. The panel does not count. */
  unread(): readonly Spoken[] {
    return this.#spoken().filter(({ comment }) => !this.#read.has(comment) && !PANEL.test(comment.body));
  }

  #spoken(): readonly Spoken[] {
    return [...this.stage.repository.issues.values()].flatMap((issue) =>
      issue.comments
        .filter((comment) => this.stage.isSwarm(comment.user.login))
        .map((comment): Spoken => ({ comment, issue })),
    );
  }

  issueOf(place: Target): Issue {
    if (typeof place === 'string') return this.segment(place);
    return 'pull' in place && typeof place.pull === 'string' ? this.pull(place.pull).issue : (place as Issue);
  }
}

function bodyOf(name: string, wish: SegmentOptions): string {
  const files = wish.files === undefined ? [`src/${name}/**`] : wish.files;
  const front = { ...(files ? { files } : {}), ...wish.spec };
  const head = Object.keys(front).length > 0 ? `---\n${stringify(front)}---\n\n` : '';
  const criteria = (wish.criteria ?? []).map((text, at) => `- [ ] AC-${at + 1}: ${text}`);
  const tail = criteria.length > 0 ? `\n\n## Acceptance criteria\n\n${criteria.join('\n')}` : '';
  return `${head}${wish.text ?? `Make the ${name}.`}${tail}\n`;
}

/** Weakest first. */
const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

export class Person {
  readonly login: string;
  readonly #github: GitHub;
  readonly #actor: () => Actor;
  readonly #told: 'told' | 'quietly';

  constructor(github: GitHub, login: string, actor?: () => Actor, told: 'told' | 'quietly' = 'told') {
    this.#github = github;
    this.login = login;
    this.#actor = actor ?? (() => github.stage.world.as(login));
    this.#told = told;
  }

  /** The same person, whose acts send no webhook. */
  get quietly(): Person {
    return new Person(this.#github, this.login, this.#actor, 'quietly');
  }

  // ── issues ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Several labels are put on at once. */
  labels(place: Target, ...labels: readonly string[]): Promise<void> {
    this.#needs('triage');
    return this.#acts((world, actor) => world.issues.addLabels(actor, this.#github.issueOf(place), labels));
  }

  unlabels(place: Target, label: string): Promise<void> {
    this.#needs('triage');
    return this.#acts((world, actor) => world.issues.removeLabel(actor, this.#github.issueOf(place), label));
  }

  comments(place: Target, text: string): Promise<Comment> {
    return this.#acts((world, actor) => world.issues.comment(actor, this.#github.issueOf(place), text));
  }

  edits(comment: Comment, text: string): Promise<void> {
    if (comment.user.login !== this.login) this.#needs('write');
    return this.#acts((world, actor) => {
      world.issues.editComment(actor, comment, text);
    });
  }

  /** Toggles boxes of a comment, counted from 1. */
  ticks(comment: Comment, ...boxes: readonly number[]): Promise<void> {
    let box = 0;
    const text = comment.body.replace(/^- \[([ x])\] /gm, (whole, mark: string) => {
      box += 1;
      return boxes.includes(box) ? `- [${mark === ' ' ? 'x' : ' '}] ` : whole;
    });
    if (text === comment.body) throw new Error(`There is no such box: ${comment.body}`);
    return this.edits(comment, text);
  }

  changesText(place: Target, text: string): Promise<void> {
    const issue = this.#github.issueOf(place);
    if (issue.user.login !== this.login) this.#needs('write');
    return this.#acts((world, actor) => {
      world.issues.update(actor, issue, { body: text });
    });
  }

  retitles(place: Target, title: string): Promise<void> {
    const issue = this.#github.issueOf(place);
    if (issue.user.login !== this.login) this.#needs('write');
    return this.#acts((world, actor) => {
      world.issues.update(actor, issue, { title });
    });
  }

  /** Takes a segment out of its epic. */
  takesOut(epic: Issue, name: string): Promise<void> {
    this.#needs('triage');
    return this.#acts((world, actor) => world.issues.removeSubIssue(actor, epic, this.#github.segment(name)));
  }

  /** Puts an issue below an epic. */
  putsBelow(epic: Issue, place: Target): Promise<void> {
    this.#needs('triage');
    return this.#acts((world, actor) => world.issues.addSubIssue(actor, epic, this.#github.issueOf(place)));
  }

  addsSegment(epic: Issue, name: string, wish: SegmentOptions = {}): Promise<Issue> {
    return this.#acts((world, actor) => {
      const issue = this.#github.open(actor, epic, name, wish);
      for (const blocker of wish.blockedBy ?? []) {
        world.issues.addBlockedBy(world.as('ana'), issue, this.#github.segment(blocker));
      }
      return issue;
    });
  }

  blocks(blocked: Target, blocking: Target): Promise<void> {
    this.#needs('triage');
    const [one, other] = [this.#github.issueOf(blocked), this.#github.issueOf(blocking)];
    return this.#acts((world, actor) => world.issues.addBlockedBy(actor, one, other));
  }

  unblocks(blocked: Target, blocking: Target): Promise<void> {
    this.#needs('triage');
    const [one, other] = [this.#github.issueOf(blocked), this.#github.issueOf(blocking)];
    return this.#acts((world, actor) => world.issues.removeBlockedBy(actor, one, other));
  }

  closes(place: Target, as: 'completed' | 'not_planned' = 'completed'): Promise<void> {
    const issue = this.#github.issueOf(place);
    if (issue.user.login !== this.login) this.#needs('triage');
    return this.#acts(async (world, actor) => {
      if (issue.pull) await world.pulls.update(actor, issue.pull, { state: 'closed' });
      else world.issues.close(actor, issue, as);
    });
  }

  deletes(place: Target): Promise<void> {
    this.#needs('admin');
    const issue = this.#github.issueOf(place);
    return this.#acts((world, actor) => world.issues.delete(actor, issue));
  }

  /** Transfers an issue to another repository of the same owner. @returns its name there: `octo/docs#1` */
  async transfers(place: Target, to: string): Promise<string> {
    this.#needs('write');
    const issue = this.#github.issueOf(place);
    const { world, repository } = this.#github.stage;
    const target = world.repository(repository.owner.login, to) ?? (await world.addRepository(repository.owner, to));
    target.collaborators.set(world.as(this.login).user.id, 'write');
    let name = '';
    await this.#acts((_, actor) => {
      name = `${repository.owner.login}/${to}#${world.issues.transfer(actor, issue, target).number}`;
    });
    return name;
  }

  /** Turns an issue into a discussion. */
  converts(place: Target): Promise<void> {
    this.#needs('triage');
    const issue = this.#github.issueOf(place);
    return this.#acts((world, actor) => world.issues.convertToDiscussion(actor, issue));
  }

  reopens(place: Target): Promise<void> {
    this.#needs('triage');
    const issue = this.#github.issueOf(place);
    return this.#acts(async (world, actor) => {
      if (issue.pull) await world.pulls.update(actor, issue.pull, { state: 'open' });
      else world.issues.reopen(actor, issue);
    });
  }

  // ── pull requests ─────────────────────────────────────────────────────────────────────────────────────────────────

  approves(name: string, words = ''): Promise<void> {
    return this.#reviews(name, 'APPROVE', words);
  }

  /** Requests changes, with comments on lines if there are any: `{ 'src/cart.ts:3': 'Why?' }`. */
  rejects(name: string, words: string, lines: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.#reviews(name, 'REQUEST_CHANGES', words, lines);
  }

  reviews(name: string, words: string, lines: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.#reviews(name, 'COMMENT', words, lines);
  }

  #reviews(
    name: string,
    event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT',
    body: string,
    lines: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const comments = Object.entries(lines).map(([at, text]) => {
      const [path = '', line = '1'] = at.split(':');
      return { path, body: text, line: Number(line) };
    });
    return this.#acts(async (world, actor) => {
      await world.reviews.write(actor, this.#github.pull(name), { event, body, comments });
    });
  }

  /** Points the segment's pull request at another branch. */
  retargets(name: string, base: string): Promise<void> {
    this.#needs('write');
    return this.#acts(async (world, actor) => {
      await world.pulls.update(actor, this.#github.pull(name), { base });
    });
  }

  /** Turns the segment's pull request into a draft, or marks it as ready for review. */
  turns(name: string, to: 'draft' | 'ready'): Promise<void> {
    this.#needs('write');
    return this.#acts((world, actor) => world.pulls.setDraft(actor, this.#github.pull(name), to));
  }

  /** The "Update branch" button: merges the base into the pull request's branch. */
  updatesBranch(name: string): Promise<void> {
    this.#needs('write');
    return this.#acts((world, actor) => world.merges.updateBranch(actor, this.#github.pull(name), undefined));
  }

  merges(name: string): Promise<void> {
    this.#needs('write');
    return this.#acts(async (world, actor) => {
      const pull = this.#github.pull(name);
      await world.pulls.setDraft(actor, pull, 'ready');
      await world.merges.merge(actor, pull);
    });
  }

  /** Commits to the segment's branch, or to any branch by its name. */
  pushesTo(place: string, files: Readonly<Record<string, string>>): Promise<void> {
    this.#needs('write');
    const known = [...this.#github.names.values()].includes(place);
    return this.#acts(async () => {
      await this.#github.stage.commit(this.login, files, known ? this.#github.pull(place).headRef : place);
    });
  }

  /** Makes a branch at the tip of the default branch. */
  branchesOff(branch: string): Promise<void> {
    this.#needs('write');
    return this.#acts(async (world, actor) => {
      const { repository } = this.#github.stage;
      const after = await (await world.git(repository)).readRef('refs/heads/main');
      await world.refs.update(actor, repository, [{ name: `refs/heads/${branch}`, before: null, after }]);
    });
  }

  deletesBranch(branch: string): Promise<void> {
    this.#needs('write');
    return this.#acts(async (world, actor) => {
      await world.refs.update(actor, this.#github.stage.repository, [{ name: `refs/heads/${branch}`, after: null }]);
    });
  }

  /** Writes a report of an attempt, as its run would. */
  forges(attempt: string, report: Readonly<Record<string, unknown>>): Promise<void> {
    this.#needs('write');
    return this.#acts(async (world, actor) => {
      const { repository } = this.#github.stage;
      const git = await world.git(repository);
      const oid = await git.writeBlob(JSON.stringify(report));
      const tree = await git.writeTree(null, [{ path: 'report.json', mode: '100644', oid }]);
      const author = { name: this.login, email: `${this.login}@harbour.example`, date: world.now() };
      const after = await git.commitTree({ tree, parents: [], message: 'swarm', author, committer: author });
      const name = `refs/swarm/runs/${attempt.split('.')[0]}/${attempt}`;
      await world.refs.update(actor, repository, [{ name, before: null, after }]);
    });
  }

  // ── how ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  #acts<Result>(act: (world: GitHub['stage']['world'], actor: Actor) => Promise<Result> | Result): Promise<Result> {
    const { stage } = this.#github;
    return stage.step(() => {
      const does = () => act(stage.world, this.#actor());
      return this.#told === 'told' ? does() : stage.world.quietly(does);
    });
  }

  /** Fails a story in which people do something that GitHub would not allow. */
  #needs(least: Role): void {
    const { repository } = this.#github.stage;
    const role = roleIn(repository, this.#actor().user);
    if (this.#actor().kind !== 'user' || (role && ROLES.indexOf(role) >= ROLES.indexOf(least))) return;
    throw new Error(
      `GitHub would not let ${this.login} do that: it needs ${least}, and ${this.login} has ${role ?? 'nothing'}`,
    );
  }
}

/** People whose acts send no webhook. */
export class QuietPeople {
  readonly #github: GitHub;

  constructor(github: GitHub) {
    this.#github = github;
  }

  get ana(): Person {
    return this.#one('ana');
  }

  get bob(): Person {
    return this.#one('bob');
  }

  #one(login: Login): Person {
    return new Person(this.#github, login).quietly;
  }
}

/** Logins of the story's people, strongest role first. */
export const LOGINS = Object.keys(PEOPLE) as readonly Login[];

const UNITS = {
  s: 1_000,
  sec: 1_000,
  min: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
} as const;

export class Time {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** `time.passes('20 min')`: swarm sweeps meanwhile, and everything that falls due happens. */
  passes(span: string): Promise<void> {
    const [, amount, unit = ''] = /^(\d+) ?([a-z]+)$/.exec(span) ?? [];
    const ms = Number(amount) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
    if (!Number.isFinite(ms)) throw new Error(`No span of time: ${span}`);
    return this.#stage.timePasses(ms);
  }
}
