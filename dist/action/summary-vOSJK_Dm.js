import { n as saySummary, r as summaryOf, t as boardText } from "./summary-Dfz6r1Jb.js";

export { boardText, saySummary, summaryOf };