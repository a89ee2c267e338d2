import { t as readConfig } from "./read-0X3LSEsN.js";

export { readConfig };