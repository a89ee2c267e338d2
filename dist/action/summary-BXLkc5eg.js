import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CuQU22RM.js";

export { boardText, saySummary, summaryOf };