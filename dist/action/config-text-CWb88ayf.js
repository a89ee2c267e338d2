import { n as readOwnLabels, t as readConfigText } from "./config-text-BfN3o8EO.js";

export { readOwnLabels };