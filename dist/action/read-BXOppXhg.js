import { t as readConfig } from "./read-C_rRAIsp.js";

export { readConfig };