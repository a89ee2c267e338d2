import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CUCKHzNV.js";

export { boardText, saySummary, summaryOf };