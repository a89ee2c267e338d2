import { n as ROOT, r as readOwnVersion, t as APP_PROGRAM } from "./home-Dlb49N-t.js";

export { readOwnVersion };