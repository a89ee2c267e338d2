import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-DCuQOo9v.js";

export { planCommand };