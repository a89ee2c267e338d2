import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-BH1kpma-.js";

export { planCommand };