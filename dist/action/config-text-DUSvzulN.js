import { n as readOwnLabels, t as readConfigText } from "./config-text-BGH4K5UM.js";

export { readOwnLabels };