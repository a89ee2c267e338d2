import { n as ensureStatusFunction, r as validateRunsIfCondition, t as convertToIfCondition } from "./if-condition-Cztj2ws0.js";

export { convertToIfCondition, ensureStatusFunction, validateRunsIfCondition };