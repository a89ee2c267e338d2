import { n as saySummary, r as summaryOf, t as boardText } from "./summary-DkZQL73f.js";

export { boardText, saySummary, summaryOf };