import { i as readPlanOf, n as planCommand, r as planLines, t as observeEpic } from "./plan-DtAAuF5q.js";

export { planCommand };