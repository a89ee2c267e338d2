import { n as saySummary, r as summaryOf, t as boardText } from "./summary-C3O688jR.js";

export { boardText, saySummary, summaryOf };