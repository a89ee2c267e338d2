import { t as readConfig } from "./read-l9JNrE5v.js";

export { readConfig };