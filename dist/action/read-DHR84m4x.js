import { t as readConfig } from "./read-C6JxFKkd.js";

export { readConfig };