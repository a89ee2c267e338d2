import { _ as labelName, l as STATE_LABELS, n as COMMAND_LABELS, p as isLabel, r as CONFIG_FILES } from "./config-BeOUPBNq.js";

// src/github/config-text.ts
/**
* Reads the text of the config from the default branch. The parser comes from the caller, because YAML and the schema are
* half of the action's bundle, and most events need neither.
*/
/** Read from the default branch only. */
const CONFIG_FIELDS = `yml: object(expression: "HEAD:.github/swarm.yml") { ... on Blob { text } }
    yaml: object(expression: "HEAD:.github/swarm.yaml") { ... on Blob { text } }`;
const CONFIG = `query SwarmConfig($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${CONFIG_FIELDS}
  }
}`;
/** The config's text on the default branch. */
async function readConfigText(client, repository) {
	const answer = await client.queryWithNulls(CONFIG, { ...repository });
	return configTextIn(answer.repository);
}
const configTextIn = (answer) => ({
	file: answer?.yml || !answer?.yaml ? CONFIG_FILES[0] : CONFIG_FILES[1],
	text: (answer?.yml ?? answer?.yaml)?.text ?? void 0,
	ambiguous: Boolean(answer?.yml && answer.yaml)
});
async function readOwnLabels(client, repository, parseConfig) {
	const { config } = await parseConfig(await readConfigText(client, repository));
	return {
		kindOf: (name) => {
			if (COMMAND_LABELS.some((label) => isLabel(name, config, label))) return "command";
			return STATE_LABELS.some((label) => isLabel(name, config, label)) ? "state" : void 0;
		},
		commands: COMMAND_LABELS.map((label) => labelName(config, label))
	};
}

export { readOwnLabels as i, configTextIn as n, readConfigText as r, CONFIG_FIELDS as t };