import { n as saySummary, r as summaryOf, t as boardText } from "./summary-DJL8VlTN.js";

export { boardText, saySummary, summaryOf };