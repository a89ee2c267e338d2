import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-BsMt4vDN.js";

export { planCommand };