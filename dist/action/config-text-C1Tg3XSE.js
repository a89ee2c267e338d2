import { n as readOwnLabels, t as readConfigText } from "./config-text-CE5o7PxD.js";

export { readOwnLabels };