import { t as readConfig } from "./read-DIlW0m_7.js";

export { readConfig };