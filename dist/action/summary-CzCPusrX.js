import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CYGS_ttP.js";

export { boardText, saySummary, summaryOf };