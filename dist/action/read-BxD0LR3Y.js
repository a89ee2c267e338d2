import { t as readConfig } from "./read-CXFeKQ1Q.js";

export { readConfig };