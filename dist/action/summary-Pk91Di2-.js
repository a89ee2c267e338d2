import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CFstS3UI.js";

export { boardText, saySummary, summaryOf };