import { n as saySummary, r as summaryOf, t as boardText } from "./summary-NPN0jh_g.js";

export { boardText, saySummary, summaryOf };