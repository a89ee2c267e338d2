import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-Dk9yrnWY.js";

export { planCommand };