/**
 * The words of faults in what a person wrote: clauses that complete "#14, line 3: …", and noun phrases that complete
 * "It takes …".
 */
import {
  type BranchFault,
  type Countable,
  type FrontMatterFault,
  type GlobFault,
  MAX_ALTERNATIVES,
  MAX_BRANCH_CHARS,
  MAX_GLOB_CHARS,
  MAX_SCOPE_PATTERNS,
  type ScopeFault,
  type SpecExpected,
} from '#core/model/problem/faults';
import { enumerate, type Voice } from './voice.ts';

/** A sentence on a glob or a list of globs. */
export const sayGlobFault = (fault: GlobFault | ScopeFault, say: Voice): string => {
  switch (fault) {
    case 'empty':
      return 'It is empty.';
    case 'too long':
      return `It has more than ${MAX_GLOB_CHARS} characters.`;
    case 'control character':
      return 'It contains a control character.';
    case 'outer space':
      return 'It begins or ends with a space.';
    case 'backslash':
      return `It contains a backslash; separate the parts of a path with ${say.code('/')}.`;
    case 'absolute':
      return 'It is absolute; file scopes are relative to the repository.';
    case 'home folder':
      return `It begins with ${say.code('~')}; file scopes are relative to the repository.`;
    case 'drive':
      return 'It names a drive; file scopes are relative to the repository.';
    case 'extended glob':
      return `Extended globs such as ${say.code('@(a|b)')} are not supported; write the alternatives as ${say.code('{a,b}')}.`;
    case 'negated twice':
      return 'It is negated twice.';
    case 'empty part':
      return `It has an empty part: ${say.code('//')}.`;
    case 'dot part':
      return `It has a part ${say.code('.')} or ${say.code('..')}.`;
    case 'no path':
      return 'It matches no path.';
    case 'backward range':
      return `It has a range that runs backwards, such as ${say.code('[z-a]')}.`;
    case 'too many alternatives':
      return `Its braces stand for more than ${MAX_ALTERNATIVES} alternatives.`;
    case 'unmatched brace':
      return 'Its braces do not match.';
    case 'leading zero':
      return `It has a range with leading zeros; write the numbers out as ${say.code('{01,02}')}.`;
    case 'only exclusions':
      return 'It only excludes files; first name the files it includes.';
    case 'excludes everything':
      return `Its ${say.code('!')} patterns exclude everything that it includes.`;
    case 'too many patterns':
      return `Its globs together stand for more than ${MAX_SCOPE_PATTERNS} alternatives.`;
  }
};

/** A sentence on a branch name. */
export const sayBranchFault = (fault: BranchFault, say: Voice): string => {
  switch (fault.kind) {
    case 'empty':
      return 'It is empty.';
    case 'too long':
      return `It has more than ${MAX_BRANCH_CHARS} characters.`;
    case 'unknown placeholder':
      return `There is no placeholder ${say.code(fault.placeholder)}; use ${enumerate(['{type}', '{slug}', '{number}', '{epic}'].map(say.code))}.`;
    case 'forbidden character':
      return `It contains a space, a control character or one of ${say.code('~ ^ : ? * [ \\')}.`;
    case 'double dot':
      return `It contains ${say.code('..')}.`;
    case 'reflog mark':
      return `It contains ${say.code('@{')}.`;
    case 'reserved':
      return 'Git reserves this name.';
    case 'leading dash':
      return `It begins with ${say.code('-')}.`;
    case 'leading refs':
      return `It begins with ${say.code('refs/')}; write the branch name without it.`;
    case 'trailing dot':
      return `It ends with ${say.code('.')}.`;
    case 'commit id':
      return 'It looks like a commit id.';
    case 'empty part':
      return `It begins or ends with ${say.code('/')}, or contains ${say.code('//')}.`;
    case 'dotted part':
      return `One of its parts begins with ${say.code('.')}.`;
    case 'lock part':
      return `One of its parts ends with ${say.code('.lock')}.`;
    case 'is the base':
      return 'It is the branch that segments start from.';
    case 'inside another':
      return `Git cannot keep it next to ${say.quote(fault.branch)}, the branch of ${say.issue(fault.of)}.`;
  }
};

/** A clause on front matter, to stand behind a colon. */
export const sayFrontMatterFault = (fault: FrontMatterFault, say: Voice): string => {
  switch (fault.kind) {
    case 'not closed':
      return `it is not closed; a second line of ${say.code('---')} is missing`;
    case 'control character':
      return 'it contains a control character';
    case 'repeated key':
      return `the key ${say.quote(fault.key)} appears twice`;
    case 'not a pair':
      return `${say.quote(fault.text)} is not of the form ${say.code('key: value')}`;
    case 'space missing':
      return 'a space is missing after the colon';
    case 'indented without key':
      return 'it is indented, but there is no key above it';
    case 'indented below value':
      return `${say.quote(fault.text)} is indented below a key that already has a value`;
    case 'tab':
      return 'it is indented with a tab; use spaces';
    case 'nested keys':
      return 'nested keys are not supported here';
    case 'empty item':
      return 'a list item is empty';
    case 'list not closed':
      return `a list is not closed; ${say.code(']')} is missing`;
    case 'text after list':
      return `there is text after the ${say.code(']')} of a list`;
    case 'comma missing':
      return 'a comma is missing between two list items';
    case 'quoted text':
      return `text in ${say.code(fault.quote)} is not closed, continues after the quote, or has an unknown escape`;
    case 'alias':
      return `${say.quote(fault.text)} begins with ${say.code('*')}, which is an alias in YAML; put it in quotes`;
    case 'anchor':
      return `anchors (${say.code('&name')}) are not supported`;
    case 'tag':
      return `${say.quote(fault.text)} begins with ${say.code('!')}, which is a tag in YAML; put it in quotes`;
    case 'block text':
      return `text over several lines (${say.code('|')} and ${say.code('>')}) is not supported`;
    case 'list in list':
      return 'lists inside lists are not supported';
    case 'reserved character':
      return `${say.quote(fault.text)} begins with ${say.code(fault.character)}; put it in quotes`;
    case 'colon':
      return `${say.quote(fault.text)} contains a colon; put it in quotes`;
  }
};

/** The values that a key of an issue's spec takes, to complete "It takes …". */
export const saySpecExpected = (expected: SpecExpected, say: Voice): string => {
  switch (expected.kind) {
    case 'one of':
      return oneOf(expected.values, say);
    case 'issues':
      return `issues, such as ${say.code('12')}, ${say.code('#12')} or ${say.code('octo/shop#12')}`;
    case 'issues of this repository':
      return 'issues of this repository';
    case 'segments of this epic':
      return 'segments of this epic';
    case 'paths':
      return 'paths relative to the repository';
    case 'gates':
      return 'names of gates';
    case 'name':
      return 'a name of lower-case letters, digits and hyphens, at most 63 characters';
    case 'instruction name':
      return `a name of letters, digits and ${say.code('. _ -')}, at most 63 characters`;
    case 'slug':
      return `lower-case letters and digits, separated by ${say.code('-')}, ${say.code('.')} or ${say.code('_')}, at most 60 characters`;
    case 'commit scope':
      return `a word of letters, digits and ${say.code('. _ / -')}, at most 40 characters`;
    case 'model':
      return 'the name of a model, at most 100 characters';
    case 'priority':
      return `${say.code('0')} (critical) to ${say.code('3')} (low)`;
    case 'time':
      return `a time such as ${say.code('20m')}, ${say.code('2h')} or ${say.code('1h30m')}, at most a week`;
    case 'attempts':
      return 'a whole number from 1 to 10';
    case 'amount':
      return 'an amount in US dollars above 0, such as 5 or 2.50';
    case 'label of people':
      return "any label but those that start and stop Swarm, and those by which it shows an issue's state";
    case 'branch':
      return 'the name of a branch';
    case 'branch template':
      return `a branch name, which may contain ${say.code('{slug}')} and ${say.code('{number}')}`;
    case 'agent of the config':
      return `an agent from the config: ${oneOf(expected.agents, say)}`;
    case 'one label':
      return expected.key === 'priority'
        ? `one label ${say.code('P0')} to ${say.code('P3')} or ${say.code('priority:…')}, not several that disagree`
        : `one label ${say.code(`${expected.key}:…`)}, not several that disagree`;
    case 'key said once':
      return `a key once; ${expected.line === undefined ? 'a label' : `line ${expected.line}`} already has it as ${say.quote(expected.written)}`;
  }
};

const oneOf = (values: readonly string[], say: Voice): string =>
  values.length < 2
    ? values.map(say.code).join('')
    : `${values.slice(0, -1).map(say.code).join(', ')} or ${say.code(values.at(-1) ?? '')}`;

export const COUNTABLES: Readonly<Record<Countable, string>> = {
  characters: 'characters of text',
  globs: 'globs in its file scope',
  segments: 'segments',
  waves: 'waves',
  dispatches: 'dispatches',
};
