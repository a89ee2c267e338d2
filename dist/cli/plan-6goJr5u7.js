import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-BlkT-6mu.js";

export { planCommand };