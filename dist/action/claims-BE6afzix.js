import { a as releaseClaims, i as readOwners, n as claimMoves, r as claimedAmong, t as claimByRest } from "./claims-53VAww0e.js";

export { claimByRest, claimMoves };