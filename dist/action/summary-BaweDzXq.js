import { n as saySummary, r as summaryOf, t as boardText } from "./summary-0Zo5ZiX_.js";

export { boardText, saySummary, summaryOf };