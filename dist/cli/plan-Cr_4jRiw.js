import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-CZudfq8_.js";

export { planCommand };