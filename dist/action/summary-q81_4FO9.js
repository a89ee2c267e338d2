import { n as saySummary, r as summaryOf, t as boardText } from "./summary-DnFASZ5R.js";

export { boardText, saySummary, summaryOf };