import { t as readConfig } from "./read-Co1PHb11.js";

export { readConfig };