import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-Dn1oiDpU.js";

export { planCommand };