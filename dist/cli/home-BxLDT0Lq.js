import { n as ROOT, r as readOwnVersion, t as APP_PROGRAM } from "./home-CIO7GiIx.js";

export { readOwnVersion };