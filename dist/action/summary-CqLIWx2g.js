import { n as saySummary, r as summaryOf, t as boardText } from "./summary-B9Cqd5ON.js";

export { boardText, saySummary, summaryOf };