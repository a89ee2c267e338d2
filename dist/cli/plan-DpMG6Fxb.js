import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-C54kyTxy.js";

export { planCommand };