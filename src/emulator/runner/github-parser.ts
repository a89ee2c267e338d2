/**
 * GitHub's own workflow parser and expression evaluator, made loadable in Node.
 *
 * The published packages import their JSON schema without an import attribute, which Node refuses
 * (`ERR_IMPORT_ATTRIBUTE_MISSING`). A load hook adds the attribute for these two packages only. The packages must be
 * imported after the hook is registered, so the imports are dynamic, and the rest of the runner imports them from here.
 */
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.json') || !url.includes('/@actions/')) return nextLoad(url, context);
    return nextLoad(url, { ...context, importAttributes: { ...context.importAttributes, type: 'json' } });
  },
});

export const workflowParser = await import('@actions/workflow-parser');
export const workflowTokens = await import('@actions/workflow-parser/templates/tokens/index');
export const workflowConversion = await import('@actions/workflow-parser/model/convert');
export const ifCondition = await import('@actions/workflow-parser/model/converter/if-condition');
export const actionParser = await import('@actions/workflow-parser/actions/index');
export const expressionLanguage = await import('@actions/expressions');
export const expressionResult = await import('@actions/expressions/result');

const { getWorkflowSchema } = await import('@actions/workflow-parser/workflows/workflow-schema');
const { MappingDefinition } = await import('@actions/workflow-parser/templates/schema/mapping-definition');
const { OneOfDefinition } = await import('@actions/workflow-parser/templates/schema/one-of-definition');
const { PropertyDefinition } = await import('@actions/workflow-parser/templates/schema/property-definition');
const { StringDefinition } = await import('@actions/workflow-parser/templates/schema/string-definition');
const { StringToken } = await import('@actions/workflow-parser/templates/tokens/string-token');

/**
 * `cache-mode`, which GitHub's service takes of a workflow and of a job, and its published parser does not know yet.
 *
 * @see https://github.blog/changelog/2026-09-10-control-github-actions-cache-access-with-cache-mode
 */
function addCacheMode(): void {
  const { definitions } = getWorkflowSchema();
  const modes = new OneOfDefinition('cache-mode');
  for (const mode of ['none', 'read', 'write', 'write-only']) {
    const definition = new StringDefinition(`cache-mode-${mode}`);
    definition.constant = mode;
    definitions[definition.key] = definition;
    modes.oneOf.push(definition.key);
  }
  definitions[modes.key] = modes;
  for (const place of ['workflow-root', 'workflow-root-strict', 'job-factory', 'workflow-job']) {
    const definition = definitions[place];
    if (!(definition instanceof MappingDefinition)) throw new Error(`GitHub's parser has no ${place}`);
    const name = new StringToken(undefined, undefined, modes.key, undefined, undefined, undefined);
    definition.properties[modes.key] ??= new PropertyDefinition(name);
  }
}

addCacheMode();
