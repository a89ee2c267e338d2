import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-D3uuor14.js";

export { planCommand };