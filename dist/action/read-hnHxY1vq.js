import { t as readConfig } from "./read-BeFenN5s.js";

export { readConfig };