import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-Dx25okV2.js";

export { planCommand };