import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CrdxAZFB.js";

export { boardText, saySummary, summaryOf };