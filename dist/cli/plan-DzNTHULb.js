import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-DZyCSI1i.js";

export { planCommand };