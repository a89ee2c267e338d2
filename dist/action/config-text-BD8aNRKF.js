import { i as readOwnLabels, n as configTextIn, r as readConfigText, t as CONFIG_FIELDS } from "./config-text-BiTiM_Ja.js";

export { readOwnLabels };