import { n as readOwnLabels, t as readConfigText } from "./config-text-DG-zjyLJ.js";

export { readOwnLabels };