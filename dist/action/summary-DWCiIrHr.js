import { n as saySummary, r as summaryOf, t as boardText } from "./summary-By4bg34x.js";

export { boardText, saySummary, summaryOf };