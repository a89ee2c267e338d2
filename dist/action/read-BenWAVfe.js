import { t as readConfig } from "./read-fa6crfh0.js";

export { readConfig };