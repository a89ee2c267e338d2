import { c as STATE_LABELS, n as COMMAND_LABELS, p as labelName, r as CONFIG_FILES } from "./config-B5yTb9Ui.js";
import { t as CONFIG } from "./queries-DfimOpno.js";

// src/github/config-text.ts
/**
* Reads the text of the config from the default branch. The parser comes from the caller, because YAML and the schema are
* half of the action's bundle, and most events need neither.
*/
/** The config's text on the default branch. */
async function readConfigText(client, repository) {
	const { repository: answer } = await client.queryWithNulls(CONFIG, { ...repository });
	return {
		file: answer?.yml || !answer?.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
		text: (answer?.yml ?? answer?.yaml)?.text ?? void 0,
		ambiguous: Boolean(answer?.yml && answer.yaml)
	};
}
/** Swarm's labels, under the names that the repository chose for them. */
async function readOwnLabels(client, repository, parseConfig) {
	const { config } = await parseConfig(await readConfigText(client, repository));
	return new Set([...COMMAND_LABELS, ...STATE_LABELS].map((label) => labelName(config, label)));
}

export { readOwnLabels as n, readConfigText as t };