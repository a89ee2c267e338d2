import { n as saySummary, r as summaryOf, t as boardText } from "./summary-Bw8_eLAH.js";

export { boardText, saySummary, summaryOf };