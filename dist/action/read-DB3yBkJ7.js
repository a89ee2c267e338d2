import { t as readConfig } from "./read-DwWgE7Up.js";

export { readConfig };