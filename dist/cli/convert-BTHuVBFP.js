import { n as convertWorkflowTemplate, t as ErrorPolicy } from "./convert-Cyb359z3.js";

export { ErrorPolicy, convertWorkflowTemplate };