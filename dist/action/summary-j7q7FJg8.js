import { n as saySummary, r as summaryOf, t as boardText } from "./summary-Dz9oaBan.js";

export { boardText, saySummary, summaryOf };