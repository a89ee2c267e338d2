import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-CQIx0rfR.js";

export { planCommand };