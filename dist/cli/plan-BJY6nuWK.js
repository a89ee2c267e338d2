import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-C7OtFR74.js";

export { planCommand };