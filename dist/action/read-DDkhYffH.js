import { t as readConfig } from "./read-CSe8Sutg.js";

export { readConfig };