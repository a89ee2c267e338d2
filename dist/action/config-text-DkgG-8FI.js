import { n as readOwnLabels, t as readConfigText } from "./config-text-CIQXymxI.js";

export { readOwnLabels };