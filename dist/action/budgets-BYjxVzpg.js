import { h as spentUsd, m as costOf } from "./journal-B699pn1s.js";

// src/core/model/journal/budgets.ts
/** Sums of costs are not exact. Nothing can be done with less than this. */
const HALF_A_CENT = .005;
function leftUsd({ budgetUsd, spentUsd }) {
	const left = budgetUsd - spentUsd;
	return left < HALF_A_CENT ? 0 : left;
}
/** Of the config, or what a person has raised it to, whichever is more. Undefined: there is no limit. */
function epicBudget(journal, config) {
	const limits = [config.budgetUsd?.epic, journal.budget?.usd].filter((limit) => limit !== void 0);
	if (limits.length === 0) return void 0;
	return {
		of: "epic",
		budgetUsd: Math.max(...limits),
		spentUsd: spentUsd(journal) ?? 0
	};
}
function segmentBudget(spec, record, config) {
	const budgetUsd = spec.budgetUsd ?? config.budgetUsd?.segment;
	if (budgetUsd === void 0) return void 0;
	return {
		of: "segment",
		budgetUsd,
		spentUsd: costOf({ attempts: record.attempts.slice(record.forgiven) }) ?? 0
	};
}

export { leftUsd as n, segmentBudget as r, epicBudget as t };