import { n as ROOT, r as readOwnVersion, t as APP_PROGRAM } from "./home-D9RdbufK.js";

export { readOwnVersion };