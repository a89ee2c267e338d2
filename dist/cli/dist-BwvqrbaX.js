import { a as FeatureFlags, c as ExpressionError, f as Expr, i as Parser, l as ExpressionEvaluationError, n as isDescriptionDictionary, o as Evaluator, r as complete, s as wellKnownFunctions, t as DescriptionDictionary, u as Lexer } from "./dist-DK1sRSxS.js";
import { c as data_exports } from "./result-CYRozp0m.js";

export { DescriptionDictionary, Evaluator, Expr, ExpressionError, ExpressionEvaluationError, FeatureFlags, Lexer, Parser, complete, data_exports as data, isDescriptionDictionary, wellKnownFunctions };