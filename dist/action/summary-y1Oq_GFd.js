import { n as saySummary, r as summaryOf, t as boardText } from "./summary-BLiAlZXi.js";

export { boardText, saySummary, summaryOf };