import { n as saySummary, r as summaryOf, t as boardText } from "./summary-Cur7eZJo.js";

export { boardText, saySummary, summaryOf };