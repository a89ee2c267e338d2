import { n as saySummary, r as summaryOf, t as boardText } from "./summary-N2Wl6hHd.js";

export { boardText, saySummary, summaryOf };