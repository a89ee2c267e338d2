import { n as saySummary, r as summaryOf, t as boardText } from "./summary-CaFzzZK2.js";

export { boardText, saySummary, summaryOf };