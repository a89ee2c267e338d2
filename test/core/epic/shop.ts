/** The issues of an epic, #1 of octo/shop, in a few words. */
import { type EpicFacts, type EpicReading, readSegments } from '../../../src/core/epic/segments.ts';
import { type IssueNumber, type IssueRef, issueNumber } from '../../../src/core/model/epic.ts';
import type { Diagnostic, Place } from '../../../src/core/model/problem.ts';
import type { Issue, OtherIssue } from '../../../src/core/model/snapshot.ts';
import { config, type IssueFacts, issue } from '../facts.ts';

type Blocker = Issue['blockedBy'][number];

export interface Facts extends Omit<IssueFacts, 'blockedBy'> {
  /** The epic, unless it says otherwise. */
  readonly parent?: number | 'none';
  readonly children?: readonly number[];
  readonly kind?: Issue['kind'];
  readonly url?: string;
  /** Numbers and names stand for open issues. */
  readonly blockedBy?: readonly (number | string | Blocker)[];
  readonly hiddenBlockers?: number;
}

const blocker = (by: number | string | Blocker): Blocker =>
  typeof by === 'object' ? by : { ...ref(typeof by === 'number' ? `#${by}` : by), state: 'open' };

/** An issue below the epic. */
export function below(number: number, facts: Facts = {}): Issue {
  const { parent, children = [], kind = 'issue', url, blockedBy = [], hiddenBlockers, ...plain } = facts;
  const { parent: epic, ...made } = issue(number, plain);
  return {
    ...made,
    ...(parent === 'none' ? {} : { parent: parent === undefined ? (epic as IssueNumber) : issueNumber(parent) }),
    children: children.map(issueNumber),
    kind,
    url: url ?? made.url,
    blockedBy: blockedBy.map(blocker),
    ...(hiddenBlockers === undefined ? {} : { hiddenBlockers }),
  };
}

export const epic = (facts: Facts = {}): Issue =>
  below(1, { title: 'The shop', body: 'Build the shop.', ...facts, parent: 'none' });

/** `#9`, or `octo/mail#9` in another repository. */
export const ref = (text: string): IssueRef => {
  const [, owner, name, number] = /^(?:(.*)\/(.*))?#(\d+)$/.exec(text) ?? [];
  return {
    number: issueNumber(Number(number)),
    ...(owner !== undefined && name !== undefined ? { repository: { owner, name } } : {}),
  };
};

export const at = (issue: number, line?: number): Place & { readonly issue: IssueNumber } => ({
  issue: issueNumber(issue),
  ...(line === undefined ? {} : { line }),
});

/** An issue that is not below the epic. */
export const other = (named: string, facts: Partial<OtherIssue> = {}): OtherIssue => ({
  ref: ref(named),
  kind: 'issue',
  state: 'open',
  ...facts,
});

export const front = (...lines: readonly string[]): string => `---\n${lines.join('\n')}\n---\nDo it.`;

/** A text with a scope of its own and these lines below it, from line 5 on. */
export const says = (...lines: readonly string[]): string => `${front('files: [x.ts]')}\n${lines.join('\n')}`;

export const read = (issues: readonly Issue[], facts: Partial<EpicFacts> = {}): EpicReading =>
  readSegments({ epic: epic(), issues, others: [], config: config(), fixes: {}, ...facts });

export const error = (problem: Diagnostic['problem']): Diagnostic => ({ level: 'error', problem });

export const warning = (problem: Diagnostic['problem']): Diagnostic => ({ level: 'warning', problem });
