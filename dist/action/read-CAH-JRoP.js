import { t as readConfig } from "./read-X9wtOt9X.js";

export { readConfig };