import { a as lessThan, i as greaterThan, n as equals, o as toUpperSpecial, r as falsy, s as truthy, t as coerceTypes } from "./result-CYRozp0m.js";

export { coerceTypes, equals, falsy, greaterThan, lessThan, toUpperSpecial, truthy };