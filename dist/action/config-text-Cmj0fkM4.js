import { n as readOwnLabels, t as readConfigText } from "./config-text-Be9CO2CI.js";

export { readOwnLabels };