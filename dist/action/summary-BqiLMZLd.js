import { n as saySummary, r as summaryOf, t as boardText } from "./summary-DRFplKkD.js";

export { boardText, saySummary, summaryOf };