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
