import { t as readConfig } from "./read-CiKOSLP0.js";

export { readConfig };