import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-ScK3D7Fi.js";

export { planCommand };