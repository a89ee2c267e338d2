import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-CEV41T7I.js";

export { planCommand };