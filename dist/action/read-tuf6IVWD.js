import { t as readConfig } from "./read-CnbhxUrn.js";

export { readConfig };