import { n as saySummary, r as summaryOf, t as boardText } from "./summary-B_NCvZ07.js";

export { boardText, saySummary, summaryOf };