import { i as readOwnLabels, n as configTextIn, r as readConfigText, t as CONFIG_FIELDS } from "./config-text-CXlYV5SI.js";

export { readOwnLabels };