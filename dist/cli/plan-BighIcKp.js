import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-B3SSf8O3.js";

export { planCommand };