import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-BBvf5Z2Q.js";

export { planCommand };