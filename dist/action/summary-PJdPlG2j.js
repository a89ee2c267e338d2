import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CXQI1Gb5.js";

export { boardText, saySummary, summaryOf };