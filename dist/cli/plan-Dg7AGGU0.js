import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-D5l1jEOp.js";

export { planCommand };