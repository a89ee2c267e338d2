import { t as readConfig } from "./read-DNKvaV16.js";

export { readConfig };