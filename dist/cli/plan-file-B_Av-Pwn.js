import { t as nearest } from "./nearest-gVvQD4lk.js";
import { t as Fault } from "./fault-D7cL9h_I.js";
import { t as require_dist } from "./dist--EwICwh9.js";

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
/**
* Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
*
* Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
*/
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
/**
* Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
*
* A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
*/
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = /* @__PURE__*/ cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
	uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
/** Adds members a table derives from the instance: each builds on first read and shadows as own data, and assignment shadows the same way, as when these were own properties. */
/* @__NO_SIDE_EFFECTS__ */
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own(this, key, compute(this));
			},
			set(value) {
				own(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}

// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = /* @__PURE__ */ $constructor("$ZodError", initializer$1);
/** Get-or-create `obj[key]` as an own data property. A path segment naming an inherited member
* ("toString", "constructor") would otherwise read through to the prototype, and assigning
* "__proto__" would hit the setter instead of creating a key. */
function node(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
/** ISO 8601-1 duration regex. Does not support the 8601-2 extensions like negative durations or fractional/negative components. */
const duration$1 = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
/** A regex for any UUID-like identifier: 8-4-4-4-12 hex pattern */
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
/** Returns a regex for validating an RFC 9562/4122 UUID.
*
* @param version Optionally specify a version 1-8. If no version is specified, all versions are supported. */
const uuid = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
/** Practical email validation */
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
* esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
* will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$1 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;

// node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = /*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});

// node_modules/zod/v4/core/doc.js
var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};

// node_modules/zod/v4/core/versions.js
const version = {
	major: 4,
	minor: 6,
	patch: 7
};

// node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid(v));
	} else def.pattern ?? (def.pattern = uuid());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email);
	$ZodStringFormat.init(inst, def);
});
/** The `://` guard rejected the input before the URL constructor saw it. */
const URL_BAD_FORMAT = 1;
/** The URL parser rejected the input. */
const URL_UNPARSEABLE = 2;
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
/** Parses a URL while preserving the non-normalizing HTTP guard. */
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
/** The URL parser deletes every ASCII tab, LF and CR from its input before it parses, so `new URL("https://exa\nmple.com")` reports on `example.com`. Applying the same deletion to the returned value closes the half of that divergence which can move the host; the parser's other rewrite, stripping C0 controls at the edges, cannot. */
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link $ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration$1);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
/** An IPv6 address is written with hex digits, colons and dots, and nothing else. The guard is what makes the check below an IPv6 check: `new URL("http://[...]")` parses an authority, not an address, so `@` and `\` re-delimit it and `"::@1\\"` validates against the host `0.0.0.1`. The URL parser also deletes ASCII tab, LF and CR rather than failing, which is how `"::1\n"` validated as `::1`. */
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject$1 = isObject;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject$2 = isObject;
	const jit = !globalConfig.jitless;
	const allowsEval$1 = allowsEval;
	const fastEnabled = jit && allowsEval$1.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject$2(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = /* @__PURE__ */ new Map();
	let unrecIssue;
	const keyIssues = /* @__PURE__ */ new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$1.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			/**
			* $ZodDefault returns the default value immediately in forward direction.
			* It doesn't pass the default value into the validator ("prefault"). There's no reason to pass the default value through validation. The validity of the default is enforced by TypeScript statically. Otherwise, it's the responsibility of the user to ensure the default is valid. In the case of pipes with divergent in/out types, you can specify the default on the `in` schema of your ZodPipe to set a "prefault" for the pipe.   */
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
/** Keyed off the context object every schema in one parse call already shares. */
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = /*@__PURE__*/ new WeakMap();
/** What the walk established, in order of certainty: ordered so the strongest answer among children wins. */
const NONE$2 = 0;
const ASSUMED = 1;
const PROVEN = 2;
/** Whether this schema's subtree contains a cycle, so one parse can re-enter it. */
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE$2;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE$2;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE$2;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE$2;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle(inst, result);
}
/** An assumed answer must not outlive the resolution that settles it, so only a certain one is cached. */
function settle(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = /* @__PURE__ */ new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
					if (walked === NONE$2) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: /* @__PURE__ */ new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open.length > depth ? open.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
/** The memoizer that gives containers cycle support. `zod` installs it by default; `zod/mini` opts in with `config({ memoizer: memoizer() })`. */
function memoizer() {
	return memo;
}
/** Whether this value is a node a back-edge resolved to before it finished. */
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}

// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link _cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
	return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
	return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
	const ch = /* @__PURE__ */ _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: /* @__PURE__ */ new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
/**
* Applies the `unrepresentable` setting at a site that has no JSON Schema equivalent. Throws
* `message` unless the setting (or the handler's return value) says otherwise. Returns `true` if a
* custom JSON Schema was written into `json`, in which case the caller must not write its own.
*/
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
/** Rewrites `anyOf: [{type: "a"}, {type: "b"}]` to `type: ["a", "b"]`, which every JSON Schema draft treats as equivalent and most consumers render far better for the nullable case. Only branches that are a bare type assertion qualify — anything carrying a constraint, `$ref`, `const` or metadata is left alone. Runs after `flattenRef`, so a branch an override decorated or `$defs` extraction turned into a `$ref` is no longer bare and correctly stays in `anyOf`. `oneOf` is excluded: `integer` and `number` overlap, so "exactly one" and "at least one" are not the same there. OpenAPI 3.0 is excluded: its `type` must be a single string. */
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
/** Keywords `foldIntersection` knows how to combine. Anything else — `$ref`, `patternProperties`,
* an annotation like `description` — makes a member unfoldable, so a constraint this does not
* understand leaves the `allOf` alone instead of being silently dropped or misattributed. */
const FOLDABLE_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
/** A member's constraint on a key it does not declare itself. A `catchall` states one; `false`, an absent `additionalProperties`, and the empty schema a loose object emits state nothing. */
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
/** Combines object members into the single object they describe together, or returns `null` if any of them carries a keyword outside {@link FOLDABLE_KEYS}. */
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = /* @__PURE__ */ new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
			assignProp(properties, key, merged);
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
/** `additionalProperties` in an `allOf` member sees only that member's own `properties`, so two
* closed object members reject each other's keys and the schema validates nothing. Zod's parser
* pools the key sets instead — `handleIntersectionResults` reports a key as unrecognized only when
* *every* side rejects it — so the emitted schema has to pool them too, and folding the members
* into one object is the encoding that says so on every target.
*
* This runs from `finalize`, after `extractDefs`, which is what keeps it clear of the `$ref`
* machinery: a member extracted into `$defs` is already a `$ref` by now and declines to fold, so it
* keeps its reference and its own closedness rather than being inlined as a stale copy. */
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = /* @__PURE__ */ new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
/**
* Creates a toJSONSchema method for a schema instance.
* This encapsulates the logic of initializing context, processing, extracting defs, and finalizing.
*/
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = /* @__PURE__ */ new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const unknownProcessor = (_schema, _ctx, _json, _params) => {};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
/** JSON object keys are always strings, so a numeric record key schema is re-expressed over the
* numeric-string form the record parser matches. Deferred to `finalize`, after the flatten: a key
* behind a wrapper only carries its own `type` before then, and a union key only has its branches.
*
* A numeric bound cannot apply to a property name, so `minimum` and its siblings are dropped rather
* than carried over: keeping them beside `type: "string"` reproduces the match-nothing schema this
* exists to fix. A key that carries one therefore emits wider than the record parses — `z.record(z.number().min(5), V)`
* accepts `"3"` — which is the deliberate trade, since throwing on it would reject an ordinary schema
* outright. */
function stringifyKeyNames(bySchema, json, visited) {
	if (json.$ref) {
		if (visited.has(json)) return json;
		visited.add(json);
		const def = bySchema.get(json)?.def;
		if (!def) return json;
		const inlined = stringifyKeyNames(bySchema, def, visited);
		return inlined === def ? json : inlined;
	}
	for (const keyword of ["anyOf", "oneOf"]) {
		const branches = json[keyword];
		if (!Array.isArray(branches)) continue;
		const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
		if (mapped.some((branch, i) => branch !== branches[i])) json = {
			...json,
			[keyword]: mapped
		};
	}
	const types = Array.isArray(json.type) ? json.type : [json.type];
	const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
	const values = json.enum ?? (json.const !== void 0 ? [json.const] : void 0);
	if (!numericType && !values?.some((v) => typeof v === "number")) return json;
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
	if (rest.enum) rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
	else if (typeof rest.const === "number") rest.const = String(rest.const);
	if (!numericType) return rest;
	rest.type = "string";
	if (!values) rest.pattern = (types.includes("number") ? number$1 : integer).source;
	return rest;
}
/** Every record of one conversion, so the carriers are found in a single pass rather than once per record. */
const pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
	const bySchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.values()) if (entry.def && !bySchema.has(entry.schema)) bySchema.set(entry.schema, entry);
	const rewrites = /* @__PURE__ */ new Map();
	for (const record of pendingRecords.get(ctx) ?? []) {
		const seen = ctx.seen.get(record);
		const names = (seen?.def ?? seen?.schema)?.propertyNames;
		if (!names || names === true || rewrites.has(names)) continue;
		const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
		if (rewritten !== names) rewrites.set(names, rewritten);
	}
	if (!rewrites.size) return;
	for (const entry of ctx.seen.values()) for (const carrier of [entry.schema, entry.def]) {
		const rewritten = carrier && rewrites.get(carrier.propertyNames);
		if (rewritten) carrier.propertyNames = rewritten;
	}
}
const recordProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "object";
	const keyType = def.keyType;
	const patterns = aggregateChecks(keyType).patterns;
	if (def.mode === "loose" && patterns && patterns.size > 0) {
		const valueSchema = processSchema(def.valueType, ctx, {
			...params,
			path: [
				...params.path,
				"patternProperties",
				"*"
			]
		});
		json.patternProperties = {};
		for (const pattern of patterns) assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
	} else {
		if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
			json.propertyNames = processSchema(def.keyType, ctx, {
				...params,
				path: [...params.path, "propertyNames"]
			});
			let pending = pendingRecords.get(ctx);
			if (!pending) {
				pending = [];
				pendingRecords.set(ctx, pending);
				ctx.deferred.push(() => rewriteKeyNames(ctx));
			}
			pending.push(schema);
		}
		json.additionalProperties = processSchema(def.valueType, ctx, {
			...params,
			path: [...params.path, "additionalProperties"]
		});
	}
	const keyValues = keyType._zod.values;
	const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
	if (keyValues && !def.partial && !omittableOnInput) {
		const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
		if (validKeyValues.length > 0) json.required = validKeyValues.map(String);
	}
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
/** Round-trips a default value through JSON so the emitted schema is guaranteed to be valid JSON.
* A BigInt has no reliable encoding, so it goes through `unrepresentable` like any other
* unrepresentable value. Returns a sentinel when the caller must not write a default of its own. */
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};

// node_modules/zod/v4/classic/errors.js
const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", initializer, void 0, { Parent: Error });

// node_modules/zod/v4/classic/parse.js
const parse = /* @__PURE__ */ _parse(ZodRealError);
const parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
const encode = /* @__PURE__ */ _encode(ZodRealError);
const decode = /* @__PURE__ */ _decode(ZodRealError);
const encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(_overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
/** @internal */
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, /*@__PURE__*/ derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(_regex(...args));
	},
	includes(...args) {
		return this.check(_includes(...args));
	},
	startsWith(...args) {
		return this.check(_startsWith(...args));
	},
	endsWith(...args) {
		return this.check(_endsWith(...args));
	},
	min(...args) {
		return this.check(_minLength(...args));
	},
	max(...args) {
		return this.check(_maxLength(...args));
	},
	length(...args) {
		return this.check(_length(...args));
	},
	nonempty(...args) {
		return this.check(_minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(_lowercase(params));
	},
	uppercase(params) {
		return this.check(_uppercase(params));
	},
	trim() {
		return this.check(_trim());
	},
	normalize(...args) {
		return this.check(_normalize(...args));
	},
	toLowerCase() {
		return this.check(_toLowerCase());
	},
	toUpperCase() {
		return this.check(_toUpperCase());
	},
	slugify() {
		return this.check(_slugify());
	}
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(_email(ZodEmail, params));
	},
	url(params) {
		return this.check(_url(ZodURL, params));
	},
	jwt(params) {
		return this.check(_jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(_emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(_guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(_uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(_uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(_uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(_uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(_nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(_cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(_cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(_ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(_base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(_base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(_xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(_ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(_ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(_ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(_cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(_cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(_e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(_isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(_isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(_isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(_isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, /*@__PURE__*/ derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(_gt(value, params));
	},
	gte(value, params) {
		return this.check(_gte(value, params));
	},
	min(value, params) {
		return this.check(_gte(value, params));
	},
	lt(value, params) {
		return this.check(_lt(value, params));
	},
	lte(value, params) {
		return this.check(_lte(value, params));
	},
	max(value, params) {
		return this.check(_lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(_gt(0, params));
	},
	nonnegative(params) {
		return this.check(_gte(0, params));
	},
	negative(params) {
		return this.check(_lt(0, params));
	},
	nonpositive(params) {
		return this.check(_lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(_multipleOf(value, params));
	},
	step(value, params) {
		return this.check(_multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
function number(params) {
	return _number(ZodNumber, params);
}
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return _int(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return _boolean(ZodBoolean, params);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor(inst, ctx, json, params);
});
function unknown() {
	return _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return _never(ZodNever, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(_minLength(n, params));
	},
	nonempty(params) {
		return this.check(_minLength(1, params));
	},
	max(n, params) {
		return this.check(_maxLength(n, params));
	},
	length(n, params) {
		return this.check(_length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return _array(ZodArray, element, params);
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required(ZodNonOptional, this, args[0]);
	}
});
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodRecord = /*@__PURE__*/ $constructor("ZodRecord", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodRecord.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
	inst.keyType = def.keyType;
	inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodRecord({
		type: "record",
		keyType: string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
function partialRecord(keyType, valueType, params) {
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params),
		partial: true
	});
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
	return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return _superRefine(fn, params);
}

// src/core/model/config.ts
/** Agents that swarm knows how to start, limit and read: their names need no entry in the config. */
const PRESETS = [
	"claude",
	"codex",
	"copilot",
	"gemini",
	"opencode"
];
/** The ways to run an agent: a preset's own, the Agent Client Protocol, or the contract for any program. */
const AGENT_KINDS = [
	...PRESETS,
	"acp",
	"command"
];
/** What an agent can be called for. */
const ROLES = [
	"tester",
	"implementer",
	"reviewer",
	"lead",
	"researcher",
	"security",
	"resolver"
];
/** What the config's `agent: {command: …}` is called. */
const UNNAMED_AGENT = "command";
/**
* Who does something: the one the segment names, else the role's, else the repository's. A segment names who works on
* it, not who judges the work, so its choice does not count for reviewers, leads and resolvers.
*
* @returns undefined where nobody is named, or a name that the config does not have.
*/
function agentFor(config, role, ofSegment) {
	const name = (role === "tester" || role === "implementer" || role === "researcher" || role === "security" ? ofSegment : void 0) ?? config.roles[role] ?? config.agent;
	return name !== void 0 && Object.hasOwn(config.agents, name) ? config.agents[name] : void 0;
}
const DEFAULT_LABELS = {
	execute: "swarm:execute",
	"dry-run": "swarm:dry-run",
	pause: "swarm:pause",
	resume: "swarm:resume",
	cancel: "swarm:cancel",
	retry: "swarm:retry",
	queued: "swarm:queued",
	running: "swarm:running",
	review: "swarm:review",
	"needs-input": "swarm:needs-input",
	blocked: "swarm:blocked",
	done: "swarm:done",
	paused: "swarm:paused"
};
const COMMAND_LABELS = [
	"execute",
	"dry-run",
	"pause",
	"resume",
	"cancel",
	"retry"
];
const STATE_LABELS = [
	"queued",
	"running",
	"review",
	"needs-input",
	"blocked",
	"done",
	"paused"
];
const labelName = (config, key) => config.labels[key] ?? DEFAULT_LABELS[key];

// src/core/model/epic.ts
/** GitHub's numbers are signed 32-bit integers; a question with a larger one is refused as a whole. */
const LARGEST_NUMBER = 2 ** 31 - 1;
/** The number that somebody else wrote, if it can be one. */
const numberIn$1 = (value) => {
	const number = Number(value);
	return Number.isInteger(number) && number > 0 && number <= LARGEST_NUMBER ? number : void 0;
};
const issueNumber = (value) => value;
const pullNumber = (value) => value;
const issueId = (value) => value;
const headSha = (value) => value;
const instant = (value) => value;
const COMMIT_TYPES = [
	"feat",
	"fix",
	"refactor",
	"docs",
	"test",
	"chore",
	"perf",
	"build",
	"ci"
];
const WORKERS = [
	"implementation",
	"tests",
	"research",
	"security",
	"refactor"
];
const EFFORTS = [
	"low",
	"medium",
	"high",
	"max"
];
const GATES = [
	"lint",
	"types",
	"tests",
	"build",
	"security",
	"scope"
];

// src/core/graph/interning.ts
/** A table may be this many times longer than what is in it. */
const SPARSE = 8;
const SMALL = 1024;
function numbered(given) {
	const places = interned(given);
	const { ids, placeOf } = places;
	const sorted = places.sorted();
	if (!sorted) return places;
	const rank = new Int32Array(ids.length);
	const inOrder = [];
	for (const at of sorted) {
		const id = ids[at];
		if (id !== void 0) rank[at] = inOrder.push(id) - 1;
	}
	return {
		ids: inOrder,
		placeOf: (id) => rank[placeOf(id)] ?? -1,
		index: { get: (id) => rank[placeOf(id)] }
	};
}
/** For who only needs the order of names at the end: a rank for each look-up is saved. */
function interned(given) {
	const all = Array.isArray(given) ? given : [...given];
	return byTable(all) ?? byName$1(all);
}
/** Where all are whole numbers, from 0 and not too far apart. */
function byTable(all) {
	const limit = all.length * SPARSE + SMALL;
	let largest = -1;
	for (const id of all) {
		if (typeof id !== "number" || !(id >= 0 && id <= limit) || !Number.isInteger(id)) return void 0;
		if (id > largest) largest = id;
	}
	const table = new Int32Array(largest + 1);
	for (const id of all) table[id] = 1;
	const ids = [];
	for (let id = 0; id <= largest; id++) if (table[id] === 1) table[id] = ids.push(id);
	return {
		ids,
		placeOf: (id) => (table[id] ?? 0) - 1,
		sorted: () => void 0,
		index: table
	};
}
function byName$1(all) {
	if (all.length >= FEW$1 && areTexts(all)) {
		const table = new NameTable(all);
		const ids = table.names;
		const sorted = () => sortedPlaces(table.names, table.start);
		return {
			ids,
			placeOf: (id) => table.get(id) ?? -1,
			sorted,
			index: table
		};
	}
	const map = /* @__PURE__ */ new Map();
	for (const id of all) if (!map.has(id)) map.set(id, map.size);
	const ids = [...map.keys()];
	const sorted = () => upTo(ids.length).sort((a, b) => compare(ids[a], ids[b]));
	return {
		ids,
		placeOf: (id) => map.get(id) ?? -1,
		sorted,
		index: map
	};
}
/** Fewer are found and sorted by what the language has, and mixed with numbers, too. */
const FEW$1 = 64;
/**
* Names by their letters, in one array: a position and as much of a hash as is left of its bits, so that a look-up among a
* million touches three places in memory; in a `Map` it is five or more, and waiting for those is all that it does. What all
* names begin with tells none of them from another, and is passed over.
*/
var NameTable = class {
	/** Each once. */
	names;
	/** So many letters are the same in all. */
	start;
	/** By slot: above, a part of the hash; below, the position plus one. 0 where the slot is free. */
	#table;
	/** Of a hash, its slot; of what is in a slot, the position plus one. */
	#mask;
	constructor(given) {
		const size = 2 ** Math.ceil(Math.log2(2 * given.length));
		this.#table = new Int32Array(size);
		this.#mask = size - 1;
		this.names = given;
		this.start = sharedStart(given);
		let once;
		let count = 0;
		for (let at = 0; at < given.length; at++) {
			const name = given[at] ?? "";
			const hash = hashOf(name, this.start);
			const slot = this.#slotOf(name, hash);
			if (this.#table[slot] !== 0) {
				once ??= given.slice(0, at);
				this.names = once;
				continue;
			}
			once?.push(name);
			this.#table[slot] = hash & ~this.#mask | ++count;
		}
	}
	get(name) {
		if (typeof name !== "string") return void 0;
		const place = (this.#table[this.#slotOf(name, hashOf(name, this.start))] ?? 0) & this.#mask;
		return place === 0 ? void 0 : place - 1;
	}
	#slotOf(name, hash) {
		const table = this.#table;
		const mask = this.#mask;
		for (let slot = hash & mask;; slot = slot + 1 & mask) {
			const entry = table[slot] ?? 0;
			if (entry === 0) return slot;
			if (((entry ^ hash) & ~mask) === 0 && this.names[(entry & mask) - 1] === name) return slot;
		}
	}
};
/** FNV-1a over the letters from a place on, its high bits folded in. */
function hashOf(text, start) {
	let hash = 2166136261;
	for (let at = start; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
	return hash ^ hash >>> 15;
}
function upTo(count) {
	const places = new Int32Array(count);
	for (let at = 0; at < count; at++) places[at] = at;
	return places;
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
/** 7 bits a letter: what is not ASCII is all one letter here, and nothing after it is told apart. */
const BEYOND = 127;
/** Two letters. */
const DIGIT_SIZE = 16384;
/** Positions of the names in sorted order: by the six letters after what all begin with, two at a time, then by all. */
function sortedPlaces(names, start) {
	const all = upTo(names.length);
	const [first, second, third] = [
		1,
		2,
		3
	].map(() => new Uint16Array(names.length));
	for (let at = 0; at < names.length; at++) {
		const text = names[at] ?? "";
		const a = letterAt(text, start);
		const b = a === BEYOND ? 0 : letterAt(text, start + 1);
		first[at] = a * 128 + b;
		if (a === BEYOND || b === BEYOND) continue;
		const c = letterAt(text, start + 2);
		const d = c === BEYOND ? 0 : letterAt(text, start + 3);
		second[at] = c * 128 + d;
		if (c === BEYOND || d === BEYOND) continue;
		const e = letterAt(text, start + 4);
		third[at] = e * 128 + (e === BEYOND ? 0 : letterAt(text, start + 5));
	}
	const order = new Int32Array(names.length);
	byDigit(all, third, order);
	byDigit(order, second, all);
	byDigit(all, first, order);
	for (let from = 0, to = 1; from < order.length; from = to++) {
		const a = order[from] ?? 0;
		for (; to < order.length; to++) {
			const b = order[to] ?? 0;
			if (third[a] !== third[b] || second[a] !== second[b] || first[a] !== first[b]) break;
		}
		if (to - from > 1) order.subarray(from, to).sort((x, y) => compare(names[x] ?? "", names[y] ?? ""));
	}
	return order;
}
const areTexts = (names) => names.every((name) => typeof name === "string");
/** From 1; 0 past the end, which sorts first. */
const letterAt = (text, at) => {
	if (at >= text.length) return 0;
	const letter = text.charCodeAt(at) + 1;
	return letter < BEYOND ? letter : BEYOND;
};
function sharedStart(texts) {
	const [first = ""] = texts;
	let shared = first.length;
	for (const text of texts) {
		if (text.length < shared) shared = text.length;
		let at = 0;
		while (at < shared && text.charCodeAt(at) === first.charCodeAt(at)) at++;
		shared = at;
		if (shared === 0) break;
	}
	return shared;
}
function byDigit(order, digits, into) {
	const free = /* @__PURE__ */ new Int32Array(16385);
	for (let at = 0; at < digits.length; at++) {
		const next = (digits[at] ?? 0) + 1;
		free[next] = (free[next] ?? 0) + 1;
	}
	for (let digit = 0; digit < DIGIT_SIZE; digit++) free[digit + 1] = (free[digit + 1] ?? 0) + (free[digit] ?? 0);
	for (let i = 0; i < order.length; i++) {
		const at = order[i] ?? 0;
		const digit = digits[at] ?? 0;
		const place = free[digit] ?? 0;
		into[place] = at;
		free[digit] = place + 1;
	}
}

// src/core/graph/graph.ts
/**
* What waits for what: levels, cycles, chains. It knows nothing of issues, only of ids and edges.
*
* Everything is linear in nodes and edges and walks with lists of its own instead of the call stack, because the graph
* is whatever people linked: a chain of 100,000 is no error here. Inside, nodes are positions in sorted order, which
* makes every answer independent of the order of the input, and neighbours lie in typed arrays, one after the other: a
* million nodes are planned in about a second. `npm run bench:graph` shows what that is worth beside other libraries.
*/
function makeGraph(nodes, edges) {
	const places = numbered(nodes);
	const { from, on, count } = placed(places, edges);
	const blockers = turned(neighbours(places.ids.length, on, from, count));
	return {
		...places,
		blockers,
		dependents: turned(blockers)
	};
}
/** Two loops, one for each way of looking up: in one that knows both, each look-up takes twice as long. */
function placed({ index }, edges) {
	const arrows = {
		from: new Int32Array(edges.length),
		on: new Int32Array(edges.length),
		count: 0
	};
	return index instanceof Int32Array ? byNumber(index, edges, arrows) : byName(index, edges, arrows);
}
function byNumber(table, edges, { from, on }) {
	let count = 0;
	for (const edge of edges) {
		const place = table[edge.from] ?? 0;
		const other = table[edge.on] ?? 0;
		if (place === 0 || other === 0) continue;
		from[count] = place - 1;
		on[count++] = other - 1;
	}
	return {
		from,
		on,
		count
	};
}
function byName(index, edges, { from, on }) {
	let count = 0;
	let name;
	let place;
	for (const edge of edges) {
		if (edge.from !== name) {
			name = edge.from;
			place = index.get(name);
		}
		const other = index.get(edge.on);
		if (place === void 0 || other === void 0) continue;
		from[count] = place;
		on[count++] = other;
	}
	return {
		from,
		on,
		count
	};
}
function neighbours(nodes, sources, targets, count) {
	const offsets = new Int32Array(nodes + 1);
	for (let i = 0; i < count; i++) {
		const next = (sources[i] ?? 0) + 1;
		offsets[next] = (offsets[next] ?? 0) + 1;
	}
	for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
	const free = offsets.slice();
	const sorted = new Int32Array(count);
	for (let i = 0; i < count; i++) {
		const source = sources[i] ?? 0;
		const place = free[source] ?? 0;
		sorted[place] = targets[i] ?? 0;
		free[source] = place + 1;
	}
	return {
		offsets,
		targets: sorted
	};
}
function turned({ offsets, targets }) {
	const nodes = offsets.length - 1;
	const sources = new Int32Array(targets.length);
	const ends = new Int32Array(targets.length);
	const last = new Int32Array(nodes).fill(-1);
	let count = 0;
	for (let node = 0, at = 0; node < nodes; node++) for (const end = offsets[node + 1] ?? 0; at < end; at++) {
		const target = targets[at] ?? 0;
		if (last[target] === node) continue;
		last[target] = node;
		sources[count] = target;
		ends[count++] = node;
	}
	return neighbours(nodes, sources, ends, count);
}
const around = ({ offsets, targets }, node) => targets.subarray(offsets[node], offsets[node + 1]);
/**
* Waves by the longest path from a root, each sorted; or one cycle, by name. The same input in any order gives the same
* answer.
*/
function orderWaves(nodes, edges) {
	const places = interned(nodes);
	const { ids } = places;
	const heights = heightsOf(ids.length, placed(places, edges));
	if (!heights) return {
		kind: "cycle",
		path: findCycle(makeGraph(ids, edges)) ?? []
	};
	const sorted = places.sorted();
	const sizes = [];
	for (let node = 0; node < heights.length; node++) {
		const height = heights[node] ?? 0;
		while (sizes.length <= height) sizes.push(0);
		sizes[height] = (sizes[height] ?? 0) + 1;
	}
	const waves = sizes.map((size) => new Array(size));
	const ends = new Int32Array(sizes.length);
	for (let at = 0; at < heights.length; at++) {
		const node = sorted ? sorted[at] ?? 0 : at;
		const height = heights[node] ?? 0;
		const end = ends[height] ?? 0;
		const wave = waves[height];
		if (wave) wave[end] = ids[node];
		ends[height] = end + 1;
	}
	return {
		kind: "waves",
		waves
	};
}
/**
* By position: how many edges the longest path from a root has; undefined where there is a cycle.
*
* Issues mostly wait for earlier ones, and their links come issue by issue: then each edge is looked at once, and nobody has
* to know what waits for what.
*/
function heightsOf(nodes, arrows) {
	const heights = heightsInOrder(nodes, arrows);
	if (heights) return heights;
	const { from, on, count } = arrows;
	const open = new Int32Array(nodes);
	for (let edge = 0; edge < count; edge++) open[from[edge] ?? 0] = (open[from[edge] ?? 0] ?? 0) + 1;
	const { levels, whole } = kahn(neighbours(nodes, on, from, count), open);
	return whole ? levels : void 0;
}
/** The heights where all edges of a node stand together, behind those of all that it waits for; else undefined. */
function heightsInOrder(nodes, { from, on, count }) {
	const heights = new Int32Array(nodes);
	const seen = new Uint8Array(nodes);
	for (let edge = 0; edge < count;) {
		const node = from[edge] ?? 0;
		if (seen[node] !== 0) return void 0;
		let height = 0;
		for (; edge < count && from[edge] === node; edge++) {
			const blocker = on[edge] ?? 0;
			if (seen[blocker] === 0) seen[blocker] = 1;
			const own = heights[blocker] ?? 0;
			if (own >= height) height = own + 1;
		}
		if (seen[node] !== 0) return void 0;
		heights[node] = height;
		seen[node] = 2;
	}
	return heights;
}
/** The order for who counts in positions, as everything large does. */
function walk({ ids, blockers, dependents }) {
	const { offsets } = blockers;
	const open = new Int32Array(ids.length);
	for (let node = 0; node < open.length; node++) open[node] = (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
	const walked = kahn(dependents, open);
	if (!walked.whole) {
		for (let node = 0; node < open.length; node++) if (open[node] !== 0) walked.levels[node] = -1;
	}
	return walked;
}
/** @param open how many edges each node still waits for; counted down to nothing. */
function kahn({ offsets, targets }, open) {
	const nodes = open.length;
	const order = new Int32Array(nodes);
	const levels = new Int32Array(nodes);
	let end = 0;
	for (let node = 0; node < nodes; node++) if (open[node] === 0) order[end++] = node;
	for (let next = 0; next < end; next++) {
		const node = order[next] ?? 0;
		const level = (levels[node] ?? 0) + 1;
		const last = offsets[node + 1] ?? 0;
		for (let at = offsets[node] ?? 0; at < last; at++) {
			const dependent = targets[at] ?? 0;
			if ((levels[dependent] ?? 0) < level) levels[dependent] = level;
			const left = (open[dependent] ?? 0) - 1;
			open[dependent] = left;
			if (left === 0) order[end++] = dependent;
		}
	}
	return {
		order: order.subarray(0, end),
		levels,
		whole: end === nodes
	};
}
/**
* The cycle to tell people of: a shortest one through the smallest node that is on any, starting and ending there.
*/
function findCycle(graph) {
	if (walk(graph).whole) return void 0;
	const component = components(graph);
	const start = graph.ids.findIndex((_, node) => {
		return around(graph.blockers, node).some((other) => other === node || component[other] === component[node]);
	});
	if (start === -1) return void 0;
	const cameFrom = new Int32Array(graph.ids.length).fill(-1);
	const queue = [start];
	for (const node of queue) for (const blocker of around(graph.blockers, node)) {
		if (blocker === start) return [...pathTo(graph, cameFrom, start, node), ...named(graph, start)];
		if (component[blocker] !== component[start] || cameFrom[blocker] !== -1) continue;
		cameFrom[blocker] = node;
		queue.push(blocker);
	}
}
const named = (graph, node) => graph.ids.slice(node, node + 1);
function pathTo(graph, cameFrom, start, end) {
	const path = [];
	for (let node = end; node !== start; node = cameFrom[node] ?? start) path.push(...named(graph, node));
	return [...named(graph, start), ...path.reverse()];
}
/** By position: a number that two nodes share exactly when each waits, by some path, for the other (Tarjan 1972). */
function components(graph) {
	const count = graph.ids.length;
	const { offsets, targets } = graph.blockers;
	const component = new Int32Array(count).fill(-1);
	const found = new Int32Array(count).fill(-1);
	const low = new Int32Array(count);
	const next = offsets.slice(0, count);
	const open = [];
	const walk = [];
	let clock = 0;
	for (let root = 0; root < count; root++) {
		if (found[root] !== -1) continue;
		walk.push(root);
		while (walk.length > 0) {
			const node = walk[walk.length - 1] ?? 0;
			if (found[node] === -1) {
				found[node] = low[node] = clock++;
				open.push(node);
			}
			const at = next[node] ?? 0;
			if (at < (offsets[node + 1] ?? 0)) {
				next[node] = at + 1;
				const target = targets[at] ?? 0;
				if (found[target] === -1) walk.push(target);
				else if (component[target] === -1) low[node] = Math.min(low[node] ?? 0, found[target] ?? 0);
				continue;
			}
			walk.pop();
			const above = walk[walk.length - 1];
			if (above !== void 0) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
			if (low[node] !== found[node]) continue;
			for (let member = open.pop(); member !== void 0; member = open.pop()) {
				component[member] = node;
				if (member === node) break;
			}
		}
	}
	return component;
}
/** Everything that waits for the node, directly or not: what its end unblocks; what is nearest first. */
const dependentsOf = (graph, id) => reach(graph, graph.dependents, id);
/**
* How many of the nodes that count wait for a node, directly or not.
*
* For all of them at once: 32 that count are followed back over all edges together, a bit for each. Node by node it takes
* as many walks as there are nodes.
*/
function countDependents(graph, counts) {
	const { order, whole } = walk(graph);
	if (!whole) return (id) => [...dependentsOf(graph, id)].filter(counts).length;
	const { offsets, targets } = graph.dependents;
	const counted = [...graph.ids.keys()].filter((node) => counts(graph.ids[node]));
	const sums = new Int32Array(graph.ids.length);
	for (let from = 0; from < counted.length; from += 32) {
		const found = new Int32Array(graph.ids.length);
		counted.slice(from, from + 32).forEach((node, bit) => {
			found[node] = 1 << bit;
		});
		for (let at = order.length - 1; at >= 0; at--) {
			const node = order[at] ?? 0;
			let behind = 0;
			for (let next = offsets[node] ?? 0; next < (offsets[node + 1] ?? 0); next++) behind |= found[targets[next] ?? 0] ?? 0;
			sums[node] = (sums[node] ?? 0) + bitsIn(behind);
			found[node] = (found[node] ?? 0) | behind;
		}
	}
	return (id) => sums[graph.placeOf(id)] ?? 0;
}
function bitsIn(word) {
	let count = 0;
	for (let left = word; left !== 0; left &= left - 1) count++;
	return count;
}
function reach(graph, along, id) {
	const start = graph.placeOf(id);
	if (start === -1) return /* @__PURE__ */ new Set();
	const seen = new Uint8Array(graph.ids.length);
	const queue = [...around(along, start)];
	const found = /* @__PURE__ */ new Set();
	for (const node of queue) {
		if (seen[node] === 1) continue;
		seen[node] = 1;
		for (const reached of named(graph, node)) found.add(reached);
		for (const next of around(along, node)) if (seen[next] === 0) queue.push(next);
	}
	return found;
}
/**
* The longest chains, by what each node takes. Nodes on a cycle, or before one, count for themselves alone.
*
* @param takes not negative, in any unit; the answers are in the same.
*/
function chainsOf(graph, takes) {
	const own = new Float64Array(graph.ids.length);
	for (let node = 0; node < own.length; node++) own[node] = takes(graph.ids[node]);
	const remaining = own.slice();
	const follows = new Int32Array(graph.ids.length).fill(-1);
	const { order } = walk(graph);
	const { offsets, targets } = graph.dependents;
	for (let at = order.length - 1; at >= 0; at--) {
		const node = order[at] ?? 0;
		const last = offsets[node + 1] ?? 0;
		for (let next = offsets[node] ?? 0; next < last; next++) {
			const dependent = targets[next] ?? 0;
			const chain = (own[node] ?? 0) + (remaining[dependent] ?? 0);
			if (chain > (remaining[node] ?? 0) || follows[node] === -1 && chain === remaining[node]) {
				remaining[node] = chain;
				follows[node] = dependent;
			}
		}
	}
	let first = -1;
	for (let node = 0; node < remaining.length; node++) if (first === -1 || (remaining[node] ?? 0) > (remaining[first] ?? 0)) first = node;
	const criticalPath = [];
	for (let node = first; node !== -1; node = follows[node] ?? -1) criticalPath.push(...named(graph, node));
	return {
		criticalPath,
		length: remaining[first] ?? 0,
		remaining: (id) => remaining[graph.placeOf(id)] ?? 0
	};
}

// src/core/scope/glob.ts
const GLOB_CHARS = 512;
/** Alternatives one glob may stand for. */
const ALTERNATIVES = 64;
const SLASH = 47;
const LAST_CODE_POINT = 1114111;
/** Shared, so that a long pattern is a list of pointers. */
const ASCII = Array.from({ length: 128 }, (_, point) => [point, point]);
const ANY_LETTER = [
	0,
	46,
	48,
	LAST_CODE_POINT
];
/** Only names and stars: nothing in it has a second meaning, and nothing of it is refused. */
const USUAL$1 = /^[\w*-][\w*.-]*(?:\/[\w*-][\w*.-]*)*$/;
/**
* Globs and names that were read, each once. Whoever plans asks of one glob several times what it means, and ten thousand
* globs have few different names. It is made for one plan, and forgotten with it.
*/
var Globs = class {
	#read = /* @__PURE__ */ new Map();
	#names = /* @__PURE__ */ new Map();
	/** Names that would mean something else, were they read. */
	#own = /* @__PURE__ */ new Map();
	#ids = 0;
	/** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
	read(text) {
		return this.look(text).read;
	}
	/** The same, with what tells this glob from the others that were read. */
	look(text) {
		let glob = this.#read.get(text);
		if (glob === void 0) {
			glob = {
				read: text.length <= GLOB_CHARS && USUAL$1.test(text) ? [this.#usual(text)] : this.#any(text),
				id: this.#read.size
			};
			this.#read.set(text, glob);
		}
		return glob;
	}
	#usual(text) {
		const pattern = [];
		for (let start = 0; start <= text.length;) {
			const slash = text.indexOf("/", start);
			const end = slash === -1 ? text.length : slash;
			const read = this.#name(text.slice(start, end));
			if (read === "any parts" || !("fault" in read)) pattern.push(read);
			start = end + 1;
		}
		return pattern;
	}
	#any(text) {
		const fault = faultOf(text);
		if (fault !== void 0) return fault;
		const glob = text.replace(/^(?:\.\/)+/, "");
		if (glob.includes("//")) return "it has an empty part, \"//\"";
		const alternatives = expandBraces(glob.endsWith("/") ? `${glob}**` : glob);
		if (typeof alternatives === "string") return alternatives;
		const patterns = [];
		for (const alternative of alternatives) {
			const parts = alternative.split("/");
			if (parts.includes("..") || parts.includes(".")) return "it has a part \".\" or \"..\"";
			if (parts.includes("")) continue;
			const pattern = [];
			for (const part of parts) {
				const read = this.#name(part);
				if (read !== "any parts" && "fault" in read) return read.fault;
				pattern.push(read);
			}
			patterns.push(pattern);
		}
		if (patterns.length === 0) return "it stands for no path";
		const own = glob.split("/");
		if (!own.includes("") && !patterns.some((pattern) => matches(pattern, own))) patterns.push(own.map((literal) => this.#literal(literal)));
		return patterns;
	}
	/**
	* A pattern that means at least what a glob may mean that is not read: names of what it is written with where they can
	* be trusted, anything in place of the rest.
	*/
	readLoosely(text) {
		const anything = ["any parts"];
		if (!/[@?*+!]\(/.test(text) || typeof this.read(text.replace(/[()|@+!]/g, "")) === "string") return anything;
		if (/[{}\\]/.test(text)) return anything;
		const pattern = [];
		for (const part of text.replace(/^(?:\.\/)+/, "").split("/")) {
			if (/[()]/.test(part)) return [...pattern, "any parts"];
			const read = this.#name(part);
			if (read !== "any parts" && "fault" in read) return anything;
			pattern.push(read);
		}
		return pattern;
	}
	#name(text) {
		let name = this.#names.get(text);
		if (name === void 0) {
			name = readPart(text, this.#ids++);
			this.#names.set(text, name);
		}
		return name;
	}
	/** The name itself, whatever its letters would mean. */
	#literal(literal) {
		const read = this.#name(literal);
		if (read !== "any parts" && "literal" in read) return read;
		const name = this.#own.get(literal) ?? {
			literal,
			id: this.#ids++
		};
		this.#own.set(literal, name);
		return name;
	}
};
/** The patterns a glob stands for; or why it stands for none, as a clause that begins in lower case. */
const readGlob = (text) => new Globs().read(text);
/** What is wrong with a glob as it is written, its braces and classes aside. */
function faultOf(text) {
	if (text.trim() === "") return "it is empty";
	if (text.length > GLOB_CHARS) return `it has more than ${GLOB_CHARS} characters`;
	if (/[\p{Cc}\p{Cs}]/u.test(text)) return "it has control characters in it";
	if (text !== text.trim()) return "it begins or ends with a space";
	if (text.includes("\\")) return "it has a backslash in it; parts of a path are parted by \"/\"";
	if (text.startsWith("/")) return "it is absolute; scopes are relative to the repository";
	if (text.startsWith("~")) return "it begins with \"~\"; scopes are relative to the repository";
	if (/^[A-Za-z]:/.test(text)) return "it names a drive; scopes are relative to the repository";
	if (/[@?*+!]\(/.test(text)) return "extended globs such as \"@(…)\" are not read; write the alternatives as \"{a,b}\"";
	if (text.startsWith("!")) return "it is negated twice";
}
function readPart(text, id) {
	if (text === "**") return "any parts";
	const pieces = [];
	let literal = true;
	const letters = [...text];
	for (let at = 0; at < letters.length; at++) {
		const letter = letters[at] ?? "";
		if (letter === "*") {
			if (pieces.at(-1) !== "any letters") pieces.push("any letters");
		} else if (letter === "?") pieces.push(ANY_LETTER);
		else if (letter === "[" && classEnd(letters, at) !== -1) {
			const end = classEnd(letters, at);
			const read = readClass(letters.slice(at + 1, end));
			if (typeof read === "string") return { fault: read };
			pieces.push(read);
			at = end;
		} else {
			pieces.push(oneLetter(letter.codePointAt(0) ?? 0));
			continue;
		}
		literal = false;
	}
	return literal ? {
		literal: text,
		id
	} : wild(pieces, text, id);
}
function wild(pieces, text, id) {
	const first = pieces.findIndex((piece) => letterOf(piece) === void 0);
	const last = pieces.findLastIndex((piece) => letterOf(piece) === void 0);
	const said = (some) => some.map((piece) => letterOf(piece) ?? "").join("");
	return {
		pieces,
		text,
		start: said(pieces.slice(0, first)),
		end: said(pieces.slice(last + 1)),
		isPlain: first === last && pieces[first] === "any letters",
		id
	};
}
/** The one letter it stands for, where it stands for one. */
const letterOf = (piece) => piece !== "any letters" && piece.length === 2 && piece[0] === piece[1] ? String.fromCodePoint(piece[0] ?? 0) : void 0;
const oneLetter = (point) => ASCII[point] ?? [point, point];
/** Where the class that opens at `start` closes; -1 where it never does, and the bracket is only a bracket. */
function classEnd(letters, start) {
	let at = start + 1;
	if (letters[at] === "!" || letters[at] === "^") at++;
	if (letters[at] === "]") at++;
	return letters.indexOf("]", at);
}
function readClass(given) {
	const negated = given[0] === "!" || given[0] === "^";
	const letters = (negated ? given.slice(1) : given).map((letter) => letter.codePointAt(0) ?? 0);
	const ranges = [];
	for (let at = 0; at < letters.length; at++) {
		const from = letters[at] ?? 0;
		const to = letters[at + 2];
		if (letters[at + 1] === 45 && to !== void 0) {
			if (to < from) return `the range "${String.fromCodePoint(from)}-${String.fromCodePoint(to)}" runs backwards`;
			ranges.push([from, to]);
			at += 2;
		} else ranges.push([from, from]);
	}
	const taken = negated ? without([...ranges, [SLASH, SLASH]]) : without([...complement(ranges), [SLASH, SLASH]]);
	return taken.length === 0 ? "it has a class that no character is in" : taken.flat();
}
const complement = (ranges) => without(ranges);
/** Every code point that is in none of the ranges, as sorted ranges. */
function without(ranges) {
	const left = [];
	let next = 0;
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (from > next) left.push([next, from - 1]);
		next = Math.max(next, to + 1);
	}
	if (next <= LAST_CODE_POINT) left.push([next, LAST_CODE_POINT]);
	return left;
}
/** @returns all alternatives without braces, or why they cannot be listed. */
function expandBraces(glob) {
	const done = [];
	const open = [glob];
	for (let text = open.pop(); text !== void 0; text = open.pop()) {
		const group = firstGroup(text);
		if (typeof group === "string") return group;
		if (!group) done.push(text);
		else {
			const { start, end, choices } = group;
			for (const choice of [...choices].reverse()) open.push(text.slice(0, start) + choice + text.slice(end + 1));
		}
		if (done.length + open.length > 64) return `its braces stand for more than ${64} alternatives`;
	}
	return done;
}
/** The first `{…}` that is a choice; one without comma or range, such as `{name}`, is text. */
function firstGroup(text) {
	const open = [];
	let first;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		if (letter === "{") open.push({
			start: at,
			commas: []
		});
		else if (letter === ",") open.at(-1)?.commas.push(at);
		else if (letter === "}") {
			const group = open.pop();
			if (!group) return "its braces do not match";
			const { start, commas } = group;
			if (first && first.start < start) continue;
			const edges = [
				start,
				...commas,
				at
			];
			const choices = commas.length > 0 ? edges.slice(1).map((edge, index) => text.slice((edges[index] ?? 0) + 1, edge)) : readRange(text.slice(start + 1, at));
			if (typeof choices === "string") return choices;
			if (choices) first = {
				start,
				end: at,
				choices
			};
		}
	}
	return open.length > 0 ? "its braces do not match" : first;
}
function readRange(text) {
	const letters = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text);
	const numbers = /^(-?\d+)\.\.(-?\d+)$/.exec(text);
	if (!letters && !numbers) return void 0;
	if (numbers && /(?:^|\.|-)0\d/.test(text)) return "its range has leading zeros; write the numbers out as \"{01,02}\"";
	const [from = 0, to = 0] = letters ? [letters[1]?.codePointAt(0), letters[2]?.codePointAt(0)] : [Number(numbers?.[1]), Number(numbers?.[2])];
	const count = Math.abs(to - from) + 1;
	if (!(count <= 64)) return `its braces stand for more than ${64} alternatives`;
	const step = to < from ? -1 : 1;
	return Array.from({ length: count }, (_, at) => {
		const value = from + at * step;
		return letters ? String.fromCodePoint(value) : String(value);
	});
}
/** Whether the pattern means this path. Takes at most the product of both lengths, whatever the pattern. */
const matches = (pattern, path) => matchesAll(pattern, path, (part) => part === "any parts", (part, name) => part !== "any parts" && partMatches(part, name));
function partMatches(part, name) {
	if ("literal" in part) return part.literal === name;
	if (!name.startsWith(part.start) || !name.endsWith(part.end)) return false;
	if (part.isPlain) return name.length >= part.start.length + part.end.length;
	return matchesAll(part.pieces, [...name], (piece) => piece === "any letters", (piece, letter) => piece !== "any letters" && has(piece, letter.codePointAt(0) ?? 0));
}
/**
* Wildcard matching without backtracking into itself: only the last wildcard ever has to give way, since what stood
* before it was already matched as early as possible.
*/
function matchesAll(tokens, items, isMany, matchesOne) {
	let token = 0;
	let many = -1;
	let resume = 0;
	for (let item = 0; item < items.length;) {
		const one = tokens[token];
		if (one !== void 0 && isMany(one)) {
			many = token++;
			resume = item;
		} else if (one !== void 0 && matchesOne(one, items[item])) {
			token++;
			item++;
		} else if (many !== -1) {
			token = many + 1;
			item = ++resume;
		} else return false;
	}
	return tokens.slice(token).every(isMany);
}
/**
* Whether all that the one pattern means is surely meant by the other. Looked at part by part and piece by piece: `true`
* is proved, `false` is not.
*/
const isWithin = (pattern, other, meter = { spent: 0 }) => matchesAll(other, pattern, (part) => part === "any parts", (part, own) => part !== "any parts" && own !== "any parts" && isNameWithin(own, part, meter));
function isNameWithin(own, other, meter) {
	meter.spent++;
	if ("literal" in own) return partMatches(other, own.literal);
	if ("literal" in other || !own.start.startsWith(other.start) || !own.end.endsWith(other.end)) return false;
	meter.spent += own.pieces.length + other.pieces.length;
	return matchesAll(other.pieces, own.pieces, (piece) => piece === "any letters", (piece, some) => piece !== "any letters" && some !== "any letters" && areLettersWithin(some, piece));
}
/** Whether some path is meant by both patterns. Exact. */
const patternsMeet = (a, b, meter = { spent: 0 }) => meetAll(a, b, (part) => part === "any parts", (one, other) => one !== "any parts" && other !== "any parts" && partsMeet(one, other, meter), meter);
/** Whether some name is meant by both. Exact. */
function partsMeet(a, b, meter) {
	meter.spent++;
	if ("literal" in a) return partMatches(b, a.literal);
	if ("literal" in b) return partMatches(a, b.literal);
	if (!a.start.startsWith(b.start) && !b.start.startsWith(a.start)) return false;
	if (!a.end.endsWith(b.end) && !b.end.endsWith(a.end)) return false;
	if (a.isPlain && b.isPlain) return true;
	return meetAll(a.pieces, b.pieces, (piece) => piece === "any letters", (one, other) => one !== "any letters" && other !== "any letters" && lettersMeet(one, other), meter);
}
/**
* Whether some sequence matches both lists of tokens: walks the pairs of positions that one sequence can bring both
* to, from the beginning to the end of both. Takes the product of both lengths.
*/
function meetAll(a, b, isMany, onesMeet, meter) {
	let start = 0;
	let endA = a.length;
	let endB = b.length;
	for (; start < endA && start < endB; start++) {
		const [one, other] = [a[start], b[start]];
		if (isMany(one) || isMany(other)) break;
		if (!onesMeet(one, other)) return false;
	}
	for (; start < endA && start < endB; endA--, endB--) {
		const [one, other] = [a[endA - 1], b[endB - 1]];
		if (isMany(one) || isMany(other)) break;
		if (!onesMeet(one, other)) return false;
	}
	return meetBetween(a.slice(start, endA), b.slice(start, endB), isMany, onesMeet, meter);
}
function meetBetween(a, b, isMany, onesMeet, meter) {
	if (a.length === 0 || b.length === 0) return a.every(isMany) && b.every(isMany);
	meter.spent += a.length * b.length;
	let here = new Uint8Array(b.length + 1);
	here[0] = 1;
	for (let i = 0; i <= a.length; i++) {
		const below = new Uint8Array(b.length + 1);
		const one = a[i];
		for (let j = 0; j <= b.length; j++) {
			if (here[j] === 0) continue;
			const other = b[j];
			const oneIsMany = one !== void 0 && isMany(one);
			const otherIsMany = other !== void 0 && isMany(other);
			if (oneIsMany || otherIsMany && one !== void 0) below[j] = 1;
			if (otherIsMany || oneIsMany && other !== void 0) here[j + 1] = 1;
			if (one !== void 0 && other !== void 0 && !oneIsMany && !otherIsMany && onesMeet(one, other)) below[j + 1] = 1;
		}
		if (i === a.length) return here[b.length] === 1;
		here = below;
	}
	return false;
}
function has(letters, point) {
	for (let at = 0; at < letters.length; at += 2) if (point >= (letters[at] ?? 0) && point <= (letters[at + 1] ?? 0)) return true;
	return false;
}
function areLettersWithin(own, other) {
	for (let at = 0; at < own.length; at += 2) {
		const end = own[at + 1] ?? 0;
		const holds = other.findIndex((bound, place) => place % 2 === 1 && bound >= end);
		if (holds === -1 || (other[holds - 1] ?? 0) > (own[at] ?? 0)) return false;
	}
	return true;
}
function lettersMeet(a, b) {
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		if (Math.max(a[i] ?? 0, b[j] ?? 0) <= Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)) return true;
		if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2;
		else j += 2;
	}
	return false;
}
/** Whether the glob means every file there is. */
const isEverything = (glob, globs = new Globs()) => {
	if (/^[\w-]/.test(glob)) return false;
	const patterns = globs.read(glob);
	return typeof patterns !== "string" && patterns.some((pattern) => pattern.includes("any parts") && pattern.every((part, at) => part === "any parts" || at === pattern.length - 1 && part !== void 0 && isAnyName(part)));
};
const isAnyName = (part) => part !== "any parts" && "pieces" in part && part.pieces.length === 1 && part.pieces[0] === "any letters";
/**
* The directory, or the one file, under which everything a glob means lies; '' for the whole repository.
*/
function fixedPart(glob) {
	const bare = glob.startsWith("./") ? glob.slice(2) : glob;
	const wild = bare.search(/[*?[{]/);
	const fixed = wild === -1 ? bare : bare.slice(0, Math.max(0, bare.lastIndexOf("/", wild)));
	if (fixed.startsWith("/")) return "";
	const empty = fixed.endsWith("/") ? fixed.length - 1 : -1;
	const doubled = fixed.indexOf("//");
	const end = doubled === -1 ? empty : doubled;
	return end === -1 ? fixed : fixed.slice(0, end);
}

// src/core/text/branch-name.ts
/**
* Branch names: made from the template, and held to what git and GitHub take.
*/
/** Git stores a branch as a path; longer names fail on some file systems, and on GitHub. */
const BRANCH_BYTES = 244;
/**
* The branch a template stands for.
*
* @param template with `{type}`, `{slug}`, `{number}` and `{epic}`; anything else in braces stays as it is, and
* `branchFault` says so.
*/
const branchName = (template, words) => template === "{type}/{slug}" ? `${words.type}/${words.slug}` : template.replace(/\{(type|slug|number|epic)\}/g, (_, word) => words[word]);
/**
* Why git or GitHub would not take this as a branch's name, as a clause; undefined where they do.
*
* @see https://git-scm.com/docs/git-check-ref-format
*/
function branchFault(name) {
	if (name.length < 40 && PLAIN$1.test(name) && !name.startsWith("refs/")) return void 0;
	if (name === "") return "it is empty";
	if (name.length > BRANCH_BYTES) return `it has more than ${BRANCH_BYTES} characters`;
	const placeholder = /\{[a-z]*\}/.exec(name)?.[0];
	if (placeholder) return `there is no ${placeholder}; there are {type}, {slug}, {number} and {epic}`;
	if (/[\p{Cc}\p{Cs} ~^:?*[\\]/u.test(name)) return "it has a blank, a control character or one of ~ ^ : ? * [ \\ in it";
	if (name.includes("..")) return "it has \"..\" in it";
	if (name.includes("@{")) return "it has \"@{\" in it";
	if (name === "@" || name === "HEAD") return "git keeps this name for itself";
	if (name.startsWith("-")) return "it begins with \"-\"";
	if (name.startsWith("refs/")) return "it begins with \"refs/\"; a branch is named without";
	if (name.endsWith(".")) return "it ends with \".\"";
	if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name)) return "it looks like a commit's id";
	for (const part of name.split("/")) {
		if (part === "") return "it begins or ends with \"/\", or has \"//\" in it";
		if (part.startsWith(".")) return "one of its parts begins with \".\"";
		if (part.endsWith(".lock")) return "one of its parts ends with \".lock\"";
	}
}
/** Small words and digits, parted: git has nothing against any of them, and few branches are called otherwise. */
const PLAIN$1 = /^[a-z0-9]+(?:[-/][a-z0-9]+)*$/;
const SLUG_CHARS = 40;
/** A short name made from a title: ASCII, whole words, at most 40 characters; '' where the title has none. */
function slugOf(title) {
	if (title.length <= SLUG_CHARS && /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(title)) return title.toLowerCase().replaceAll(" ", "-");
	const said = title.slice(0, 1e3).replace(/^\s*(?:feat|fix|refactor|docs|test|chore|perf|build|ci)(?:\([^()]*\))?!?:/i, "");
	const words = (/^[\0-\x7f]*$/.test(said) ? said : said.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase().replace(/['’]/g, "").match(/[a-z0-9]+/g) ?? [];
	let slug = "";
	for (const word of words) {
		const longer = slug === "" ? word.slice(0, SLUG_CHARS) : `${slug}-${word}`;
		if (longer.length > SLUG_CHARS) break;
		slug = longer;
	}
	return slug;
}

// src/core/text/trim-end.ts
/**
* The text without these characters at its end. As a regular expression (`x+$`) it would look through a long run of them
* in the middle once from each of its letters on.
*/
function trimEndOf(text, characters) {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

// src/core/text/markdown.ts
/**
* What of an issue's Markdown speaks: its lines, without code, quotes and comments, and the references in them.
*
* People paste logs, templates and each other's words into issues. Only what the author says here and now may become a
* dependency or a segment (SPEC R1.3), so everything that reads an issue reads it through `readableLines`. The rules
* are CommonMark's, block by block; where a reader would see quoted or literal text, it does not count.
*
* @see https://spec.commonmark.org/0.31.2/ and https://github.github.com/gfm/
*/
const FLAG_OR_HIDDEN = new RegExp(`${/\u{1f3f4}[\u{e0061}-\u{e007a}]{4,5}\u{e007f}/u.source}|${/[\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060-\u2064\ufeff\u00ad\u180e\p{Cs}]|(?<=[\0-\x7f])[\u200c\u200d]/u.source}`, "gu");
const isFlag = (found) => found.startsWith("🏴");
/** Nothing beyond ASCII is hidden, or ends a line of its own kind: most texts need not be looked through for that. */
const ASCII_ONLY = /^[\0-\x7f]*$/;
/** How many characters of the text nobody can see. A byte order mark at the very start is none. */
const countHidden = (text) => ASCII_ONLY.test(text) ? 0 : (text.replace(/^\ufeff/, "").match(FLAG_OR_HIDDEN) ?? []).filter((found) => !isFlag(found)).length;
/** All lines as a person sees them, whatever ends them. */
function linesOf(text) {
	if (ASCII_ONLY.test(text)) return (text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n")).map((line, at) => ({
		number: at + 1,
		text: line
	}));
	return text.replace(FLAG_OR_HIDDEN, (found) => isFlag(found) ? found : "").split(/\r\n|\n|\r/).flatMap((line, at) => line.split(/[\u2028\u2029]/).map((part) => ({
		number: at + 1,
		text: part
	})));
}
/** The lines that speak. Front matter is not told apart here: it has been cut off before. */
function readableLines(lines) {
	const readable = [];
	for (const paragraph of paragraphs(lines)) readable.push(...withoutInlineCode(paragraph));
	return readable;
}
const TEXT = { kind: "text" };
const COMMENT_END = "-->";
const LIST_MARK = /^\s*(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const HEADING = /^ {0,3}#{1,6}(?=\s|$)/;
const FENCE = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})([^\n]*)$/;
const COMMENT = /^(?: {0,3}|\s*(?:[-*+]|\d{1,9}[.)])\s+)<!--/;
/** Elements whose content is literal or somebody else's. */
const HTML = /^\s*<(pre|script|style|textarea|blockquote|code)(?=[\s>]|$)/i;
/** Runs of lines within which inline code can span; literal and quoted lines are left out. */
function paragraphs(lines) {
	const found = [];
	let current = [];
	let block = TEXT;
	let afterBlank = true;
	let inList = false;
	const part = () => {
		if (current.length > 0) found.push(current);
		current = [];
	};
	for (const line of lines) {
		const { number } = line;
		let { text } = line;
		if (block.kind === "text" && beginsWithLetter(text)) {
			if (afterBlank) inList = false;
			current.push(line);
			afterBlank = false;
			continue;
		}
		if (block.kind === "fence") {
			if (closesFence(text, block)) {
				block = TEXT;
				afterBlank = true;
			}
			continue;
		}
		if (block.kind === "html") {
			const left = afterHtml(text, block, 0);
			block = left.block;
			text = left.text;
			if (block.kind === "html") continue;
		}
		if (text.trim() === "") {
			part();
			if (block.kind === "quote") block = TEXT;
			afterBlank = true;
			continue;
		}
		const starts = LIST_MARK.test(text) || HEADING.test(text) || FENCE.test(text);
		if (/^\s*>/.test(text) || block.kind === "quote" && !starts) {
			part();
			block = { kind: "quote" };
			continue;
		}
		if (/^(?: {4}|\s*\t)/.test(text) && (afterBlank || block.kind === "indented code") && !inList) {
			block = { kind: "indented code" };
			continue;
		}
		block = opens(text);
		if (block.kind === "html") {
			const left = afterHtml(text, block, block.ends === COMMENT_END ? text.indexOf("<!--") + 2 : 0);
			block = left.block;
			text = left.text;
		}
		if (block.kind !== "text") {
			part();
			if (text === "" || block.kind !== "html") continue;
		}
		if (starts) part();
		if (LIST_MARK.test(text)) inList = true;
		else if (HEADING.test(text) || afterBlank && /^\S/.test(text)) inList = false;
		current.push({
			number,
			text
		});
		if (HEADING.test(text)) part();
		afterBlank = false;
	}
	part();
	return found;
}
/** An ASCII one: neither a blank nor anything that means more than itself at the beginning of a line. */
function beginsWithLetter(text) {
	const letter = text.charCodeAt(0) | 32;
	return letter >= 97 && letter <= 122;
}
function opens(text) {
	const fence = FENCE.exec(text);
	const mark = fence?.[1];
	if (mark !== void 0 && (mark.startsWith("~") || !fence?.[2]?.includes("`"))) return {
		kind: "fence",
		mark: mark[0] ?? "",
		length: mark.length
	};
	if (COMMENT.test(text)) return {
		kind: "html",
		ends: COMMENT_END
	};
	const tag = HTML.exec(text)?.[1];
	return tag === void 0 ? TEXT : {
		kind: "html",
		ends: `</${tag.toLowerCase()}>`
	};
}
/** What is left of a line after the end of the HTML that is open in it; and what is open after the line. */
function afterHtml(text, block, from) {
	const end = text.toLowerCase().indexOf(block.ends, from);
	if (end === -1) return {
		text: "",
		block
	};
	const rest = text.slice(end + block.ends.length);
	const again = rest.lastIndexOf("<!--");
	return again !== -1 && rest.indexOf(COMMENT_END, again + 2) === -1 ? {
		text: rest.slice(0, again),
		block: {
			kind: "html",
			ends: COMMENT_END
		}
	} : {
		text: rest,
		block: TEXT
	};
}
function closesFence(text, { mark, length }) {
	const only = text.trim();
	return only.length >= length && [...only].every((letter) => letter === mark);
}
const NO_CODE = [];
function withoutInlineCode(paragraph) {
	if (!paragraph.some(({ text }) => text.includes("`") || text.includes("<!--"))) return paragraph.map(({ number, text }) => ({
		number,
		text,
		withCode: text,
		code: NO_CODE
	}));
	const spans = spansIn(paragraph.map((line) => line.text).join("\n"));
	const readable = [];
	let start = 0;
	let next = 0;
	for (const { number, text } of paragraph) {
		const end = start + text.length;
		let bare = "";
		let withCode = "";
		let done = 0;
		const code = [];
		while (next < spans.length) {
			const span = spans[next];
			if (!span || span.from >= end) break;
			const from = Math.max(span.from, start) - start;
			const to = Math.min(span.to, end) - start;
			const blanks = " ".repeat(to - from);
			bare += text.slice(done, from) + blanks;
			withCode += text.slice(done, from) + (span.kind === "comment" ? blanks : text.slice(from, to));
			if (span.kind === "code") code.push(insideOf(text.slice(from, to)));
			done = to;
			if (span.to > end) break;
			next++;
		}
		bare += text.slice(done);
		withCode += text.slice(done);
		readable.push({
			number,
			text: bare,
			withCode,
			code
		});
		start = end + 1;
	}
	return readable;
}
/** What stands between the backticks of a code span, or of the part of one that is on a line. */
function insideOf(span) {
	const opened = span.replace(/^`+ ?/, "");
	const inside = trimEndOf(opened, "`");
	return inside !== opened && inside.endsWith(" ") ? inside.slice(0, -1) : inside;
}
/** Code spans and comments, in order. Linear: each run of backticks is looked for among those of its own length. */
function spansIn(text) {
	const runs = /* @__PURE__ */ new Map();
	for (const run of text.matchAll(/`+/g)) {
		const same = runs.get(run[0].length) ?? [];
		same.push(run.index);
		runs.set(run[0].length, same);
	}
	const passed = /* @__PURE__ */ new Map();
	const spans = [];
	let noMoreComments = false;
	for (let at = 0; at < text.length;) {
		const letter = text[at];
		if (letter === "\\") at += 2;
		else if (letter === "`") {
			let length = 1;
			while (text[at + length] === "`") length++;
			const same = runs.get(length) ?? [];
			let index = passed.get(length) ?? 0;
			while (index < same.length && (same[index] ?? 0) < at + length) index++;
			passed.set(length, index);
			const close = same[index];
			if (close !== void 0) spans.push({
				from: at,
				to: close + length,
				kind: "code"
			});
			at = close === void 0 ? at + length : close + length;
		} else if (letter === "<" && !noMoreComments && text.startsWith("<!--", at)) {
			const end = text.indexOf("-->", at + 2);
			noMoreComments = end === -1;
			if (end !== -1) spans.push({
				from: at,
				to: end + 3,
				kind: "comment"
			});
			at = end === -1 ? at + 4 : end + 3;
		} else at++;
	}
	return spans;
}
const REF = /(?:([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}))?#(\d{1,16})(?![\w-])|https?:\/\/[^\s/]{1,255}\/([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})\/(?:issues|pull)\/(\d{1,16})(?![\w-])/y;
const NO_REF = /(?:[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100})?#-?\d[^\s,;)]{0,60}/y;
const BETWEEN = /(?:[\s,;&*_[]|and\b|\]\([^\s()]{0,300}\))+/y;
/** GitHub's numbers are signed 32-bit integers. */
const LARGEST_ISSUE = 2 ** 31 - 1;
/** The references that stand one after the other from a place on, parted by commas, blanks or "and". */
function readRefs(text, start = 0) {
	const refs = [];
	const faults = [];
	let end = start;
	for (let at = start;;) {
		BETWEEN.lastIndex = at;
		at += BETWEEN.exec(text)?.[0].length ?? 0;
		REF.lastIndex = at;
		const found = REF.exec(text);
		const number = numberIn(found?.[3] ?? found?.[6] ?? "");
		if (found && number !== void 0) {
			const owner = found[1] ?? found[4];
			const name = found[2] ?? found[5];
			refs.push({
				number,
				...owner !== void 0 && name !== void 0 ? { repository: {
					owner,
					name
				} } : {}
			});
			at = end = REF.lastIndex;
			continue;
		}
		NO_REF.lastIndex = at;
		const fault = NO_REF.exec(text);
		if (!fault) return {
			refs,
			faults,
			end
		};
		faults.push(fault[0]);
		at = end = NO_REF.lastIndex;
	}
}
/** A front matter's or command's way to name one issue: `12`, `#12`, `octo/shop#12`, or its address. */
function readRef(text) {
	const bare = /^\d{1,16}$/.test(text) ? numberIn(text) : void 0;
	if (bare !== void 0) return { number: bare };
	const { refs, faults, end } = readRefs(text);
	return refs.length === 1 && faults.length === 0 && end === text.length ? refs[0] : void 0;
}
function numberIn(digits) {
	const number = Number(digits);
	return number >= 1 && number <= LARGEST_ISSUE && !digits.startsWith("0") ? issueNumber(number) : void 0;
}
/** `#12`, or `octo/shop#12`. */
const refText = ({ number, repository }) => repository ? `${repository.owner}/${repository.name}#${number}` : `#${number}`;

// src/core/scope/forest.ts
/**
* Patterns in one tree, part by part, and a walk that finds all of them that can mean the same path as another one.
*
* It goes through tree and pattern at once and only where both can go, so comparing a pattern with ten thousand others
* costs what they have in common with it, not ten thousand comparisons. A `**` in the tree is an edge to a place that
* keeps whatever comes; one in the pattern goes down every edge.
*
* Ten thousand scopes make fifty thousand places. They are numbers, and what is known of them stands in typed arrays: as
* objects with edges of their own they would cost more to make than to walk.
*/
/** No place, no pattern. */
const NONE$1 = -1;
const ROOT = 0;
/** So many places passed are looked through one by one. */
const FEW = 12;
var Forest = class {
	#patterns;
	#places = 1;
	#above;
	#names = [void 0];
	#beside;
	#literals;
	#wilds;
	/** Behind a `**`. */
	#rest;
	/** 1: it is behind a `**` itself, and keeps any part. */
	#keeps;
	/** The last pattern that ends here; and by pattern, the one before it. */
	#ends;
	#endsBefore;
	/** Places by what is above them and their name: found by probing from a hash on. */
	#table;
	#open = [];
	#passed = [];
	#many = /* @__PURE__ */ new Set();
	#width = 1;
	/** @param patterns all that may be added, told by their position from then on; read by one `Globs`. */
	constructor(patterns) {
		const most = patterns.reduce((sum, { length }) => sum + length, 1);
		const list = () => new Int32Array(most).fill(NONE$1);
		this.#patterns = patterns;
		this.#above = list();
		this.#beside = list();
		this.#literals = list();
		this.#wilds = list();
		this.#rest = list();
		this.#keeps = new Uint8Array(most);
		this.#ends = list();
		this.#endsBefore = new Int32Array(patterns.length).fill(NONE$1);
		this.#table = new Int32Array(1 << Math.ceil(Math.log2(2 * most + 2)));
	}
	add(pattern) {
		let place = ROOT;
		for (const part of this.#patterns[pattern] ?? []) if (part !== "any parts") place = this.#edge(place, part, true);
		else if (this.#keeps[place] === 0) {
			if (this.#rest[place] === NONE$1) {
				this.#rest[place] = this.#places;
				this.#keeps[this.#places++] = 1;
				this.#names.push(void 0);
			}
			place = this.#rest[place] ?? ROOT;
		}
		this.#endsBefore[pattern] = this.#ends[place] ?? NONE$1;
		this.#ends[place] = pattern;
	}
	/** Where the edge of this name leads to; one that is not there is made where it is asked for. */
	#edge(place, name, isMade) {
		const table = this.#table;
		const mask = table.length - 1;
		let at = (Math.imul(place, 2654435761) ^ Math.imul(name.id, 2246822507)) & mask;
		for (let to = table[at] ?? 0; to !== 0; to = table[at] ?? 0) {
			if (this.#above[to] === place && this.#names[to]?.id === name.id) return to;
			at = at + 1 & mask;
		}
		if (!isMade) return NONE$1;
		const to = this.#places++;
		table[at] = to;
		this.#above[to] = place;
		this.#names.push(name);
		const edges = "literal" in name ? this.#literals : this.#wilds;
		this.#beside[to] = edges[place] ?? NONE$1;
		edges[place] = to;
		return to;
	}
	/** All patterns added before that some path of this one is a path of, too; each once. */
	meeting(asked, meter) {
		const pattern = this.#patterns[asked] ?? [];
		const beside = this.#beside;
		const found = [];
		const open = this.#open;
		this.#passed.length = 0;
		if (this.#many.size > 0) this.#many.clear();
		this.#width = pattern.length + 1;
		open.push(ROOT, 0, 0);
		while (open.length > 0) {
			const isFree = open.pop() === 1;
			const at = open.pop() ?? 0;
			const place = open.pop() ?? 0;
			meter.spent++;
			const rest = this.#rest[place] ?? NONE$1;
			if (rest !== NONE$1) this.#goFree(rest, at);
			const part = pattern[at];
			if (part === void 0) {
				for (let end = this.#ends[place] ?? NONE$1; end !== NONE$1; end = this.#endsBefore[end] ?? NONE$1) found.push(end);
				continue;
			}
			const isKept = this.#keeps[place] === 1;
			if (part === "any parts") {
				this.#goFree(place, at + 1);
				for (let to = this.#literals[place] ?? NONE$1; to !== NONE$1; to = beside[to] ?? NONE$1) this.#goFree(to, at);
				for (let to = this.#wilds[place] ?? NONE$1; to !== NONE$1; to = beside[to] ?? NONE$1) this.#goFree(to, at);
				continue;
			}
			if (isKept) this.#goFree(place, at + 1);
			if ("literal" in part) {
				const to = this.#edge(place, part, false);
				if (to !== NONE$1) this.#go(to, at + 1, isFree);
			} else this.#goWhere(this.#literals, place, part, at, isFree, meter);
			this.#goWhere(this.#wilds, place, part, at, isFree, meter);
		}
		return found;
	}
	/** Down all edges whose names could be this one's. */
	#goWhere(edges, place, part, at, isFree, meter) {
		for (let to = edges[place] ?? NONE$1; to !== NONE$1; to = this.#beside[to] ?? NONE$1) {
			const name = this.#names[to];
			if (name && partsMeet(part, name, meter)) this.#go(to, at + 1, isFree);
		}
	}
	#go(place, at, isFree) {
		if (isFree) this.#goFree(place, at);
		else this.#open.push(place, at, 0);
	}
	/** A place is reached at one position by one way only, until a `**` on either side has been passed. */
	#goFree(place, at) {
		const key = place * this.#width + at;
		const passed = this.#passed;
		if (passed.length < FEW) {
			if (passed.includes(key)) return;
			passed.push(key);
		} else {
			if (passed.includes(key) || this.#many.has(key)) return;
			this.#many.add(key);
		}
		this.#open.push(place, at, 1);
	}
};

// src/core/scope/scope.ts
/** What comparing may cost in one plan, in pairs of tokens; what is left then counts as overlapping. */
const WORK = 4e7;
/** Patterns one scope may stand for, all alternatives of its globs counted. */
const PATTERNS = 400;
/** Why this is no glob that swarm takes, as a clause that begins in lower case; undefined where it is one. */
function globFault(glob, globs = new Globs()) {
	const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
	return typeof read === "string" ? read : void 0;
}
/** `!(a|b)` is not a negation but an extended glob, which is refused. */
const isNegated = (glob) => glob.startsWith("!") && !glob.startsWith("!(");
/** Why this list is no scope, as a clause. Its globs are judged one by one with `globFault`. */
function scopeFault(scope, globs = new Globs()) {
	if (scope.length > 0 && scope.every(isNegated)) return "it only says which files are not meant; say first which are";
	if (scope.some(isNegated) && leavesNothing(scope, globs)) return "what it leaves out with \"!\" is all that it names";
	if (scope.length * (64 + 1) <= PATTERNS) return void 0;
	let patterns = 0;
	for (const glob of scope) {
		const read = globs.read(isNegated(glob) ? glob.slice(1) : glob);
		if (typeof read !== "string") patterns += read.length;
	}
	return patterns > PATTERNS ? `all its globs together stand for more than ${PATTERNS} alternatives` : void 0;
}
function leavesNothing(scope, globs) {
	const unwanted = unwantedIn(scope, globs);
	return scope.every((glob) => {
		const read = isNegated(glob) ? NONE : globs.read(glob);
		return typeof read !== "string" && read.every((pattern) => isCovered(pattern, unwanted));
	});
}
/**
* All pairs of scopes that some path could be inside both of, in order, each with the first two globs that say so. Exact
* without negations; with them what is missing is proved, and a pair may be more than there is, which `doubt` then says.
*
* Every pattern goes once through one tree of those before it (`Forest`), so
* that `src/cart/**` never meets what lies in `src/mail`, and a glob that a hundred scopes share is walked once.
*/
function overlappingScopes(scopes, read = new Globs()) {
	const unwanted = scopes.map((scope) => unwantedIn(scope, read));
	const meter = { spent: 0 };
	const uses = usesOf(scopes, unwanted, read, meter);
	const found = /* @__PURE__ */ new Map();
	const count = scopes.length;
	const forest = new Forest(uses.map(({ pattern }) => pattern));
	uses.forEach((use, at) => {
		const isIn = meter.spent <= WORK;
		meet(use, use, isIn);
		if (isIn) for (const other of forest.meeting(at, meter)) meet(use, uses[other] ?? use, true);
		if (meter.spent > WORK) for (const other of uses.slice(0, at)) meet(use, other, false);
		else forest.add(at);
	});
	return sortedKeys(found).map((key) => {
		const place = found.get(key);
		const [one, other] = [Math.floor(key / count), key % count];
		const [a, b] = [scopes[one]?.[place?.a ?? 0] ?? "", scopes[other]?.[place?.b ?? 0] ?? ""];
		return place?.doubt ? {
			one,
			other,
			a,
			b,
			doubt: place.doubt
		} : {
			one,
			other,
			a,
			b
		};
	});
	function meet(one, other, compared) {
		for (let mine = one.last; mine; mine = mine.before) for (let theirs = one === other ? mine.before : other.last; theirs; theirs = theirs.before) if (mine.scope < theirs.scope) note(one, mine.scope, mine.at, other, theirs.scope, theirs.at, compared);
		else if (theirs.scope < mine.scope) note(other, theirs.scope, theirs.at, one, mine.scope, mine.at, compared);
	}
	function note(one, first, a, other, second, b, compared) {
		const key = first * count + second;
		const before = found.get(key);
		const isFirst = !before || a < before.a || a === before.a && b < before.b;
		if (before && before.doubt === void 0 && !isFirst) return;
		const doubt = compared ? doubtOf(one, first, other, second) : "not compared";
		if (doubt === "disjoint") return;
		if (!before || doubt === void 0 === (before.doubt === void 0) ? !isFirst : doubt !== void 0) return;
		if (before) {
			before.a = a;
			before.b = b;
			before.doubt = doubt;
		} else found.set(key, {
			a,
			b,
			doubt
		});
	}
	/** What the negations of either make of two patterns that meet. */
	function doubtOf(one, ofOne, other, ofOther) {
		const mine = unwanted[ofOne] ?? NONE;
		const theirs = unwanted[ofOther] ?? NONE;
		const nots = mine.length === 0 ? theirs : [...mine, ...theirs];
		if (nots.length > 0) {
			if (isCovered(one.pattern, nots, meter) || isCovered(other.pattern, nots, meter)) return "disjoint";
			if (nots.some((not) => patternsMeet(not, one.pattern, meter) && patternsMeet(not, other.pattern, meter))) return "negation";
		}
		return one.isLoose || other.isLoose ? "not read" : void 0;
	}
}
function sortedKeys(map) {
	const keys = new Float64Array(map.size);
	let end = 0;
	map.forEach((_, key) => {
		keys[end++] = key;
	});
	return Array.from(keys.sort());
}
const NONE = [];
/** What a scope takes away again; a negation that cannot be read takes nothing. */
function unwantedIn(scope, globs) {
	if (!scope.some(isNegated)) return NONE;
	return scope.flatMap((glob) => {
		const read = isNegated(glob) ? globs.read(glob.slice(1)) : NONE;
		return typeof read === "string" ? NONE : read;
	});
}
/**
* The patterns of all scopes, each glob's once. A glob that cannot be read means every file it might, until its author
* mends it.
*/
function usesOf(scopes, unwanted, globs, meter) {
	const uses = [];
	const byGlob = [];
	for (let scope = 0; scope < scopes.length; scope++) {
		const nots = unwanted[scope] ?? NONE;
		const all = scopes[scope] ?? [];
		for (let at = 0; at < all.length; at++) {
			const glob = all[at] ?? "";
			if (isNegated(glob)) continue;
			const { read, id } = globs.look(glob);
			let own = byGlob[id];
			if (!own) {
				const isLoose = typeof read === "string";
				own = (isLoose ? [globs.readLoosely(glob)] : read).map((pattern) => ({
					pattern,
					isLoose,
					last: void 0
				}));
				for (const use of own) uses.push(use);
				byGlob[id] = own;
			}
			for (const use of own) if (nots.length === 0 || !isCovered(use.pattern, nots, meter)) use.last = {
				scope,
				at,
				before: use.last
			};
		}
	}
	return uses;
}
/** Whether all that a pattern means is surely taken away. What there is no work left for is not: it then overlaps more. */
const isCovered = (pattern, unwanted, meter = { spent: 0 }) => unwanted.some((not) => meter.spent <= WORK && isWithin(pattern, not, meter));

// src/core/text/prose.ts
const NO_DEPENDENCIES = {
	found: [],
	faults: []
};
const SHOWN_CHARS = 120;
const shown$1 = (text) => text.trim().slice(0, SHOWN_CHARS);
const headingLevel = (text) => text.includes("#") ? /^ {0,3}(#{1,6})(?=\s|$)/.exec(text)?.[1]?.length ?? 0 : 0;
/** A heading's words: small, without marks of emphasis and a colon at the end. */
const headingName = (text) => text.replace(/[#*_`:]/g, " ").trim().replace(/\s+/g, " ").toLowerCase();
/**
* `Depends on #12`, `Blocked by #12, #13`, `- [ ] Blocked-by: #12`; the same as the head of a list, or as a heading.
* The phrase must begin its line: a sentence that mentions a dependency is talk (SPEC R1.3).
*/
function readDependencies(lines) {
	if (lines.length === 0) return NO_DEPENDENCIES;
	const found = [];
	const faults = [];
	let list = "none";
	for (const line of lines) {
		const level = headingLevel(line.text);
		const start = afterPhrase(line.text);
		if (start !== void 0) {
			const rest = line.text.slice(start).trim();
			list = level > 0 ? "section" : rest === "" ? "items" : "none";
			if (rest !== "") take(line, start);
			continue;
		}
		if (level > 0) list = "none";
		if (list === "none") continue;
		const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(line.text);
		if (list === "items" && !item) list = "none";
		else take(line, item?.[0].length ?? 0);
	}
	return {
		found,
		faults
	};
	function take({ number, text }, start) {
		const read = readRefs(text, start);
		for (const ref of read.refs) found.push({
			ref,
			line: number,
			text: shown$1(text)
		});
		for (const fault of read.faults) faults.push({
			number,
			text: fault
		});
	}
}
const PHRASE = /(?:depends?[ -]on|blocked[ -]by)\b/i;
/** Whether a text may say what it waits for; where it does not, no line of it does. */
const mayDepend = (text) => PHRASE.test(text);
const UP_TO_PHRASE = [
	/[\s*_+#-]*/y,
	/(?:\d{1,9}[.)]\s+)?/y,
	/(?:\[[ xX]\]\s*)?/y,
	/[*_]*/y,
	new RegExp(PHRASE.source, "iy")
];
/** Where the line goes on behind "depends on" or "blocked by". */
function afterPhrase(text) {
	if (!PHRASE.test(text)) return void 0;
	let at = 0;
	for (const step of UP_TO_PHRASE) {
		step.lastIndex = at;
		if (!step.test(text)) return void 0;
		at = step.lastIndex;
	}
	const end = /[\s*_:]*/y;
	end.lastIndex = at;
	end.test(text);
	return end.lastIndex;
}
const BOX = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+/;
/** `- [ ] #12 (depends on: #3)`. Items that name no issue, or one elsewhere, are none of the epic's segments. */
function taskListIn(lines, own) {
	const items = [];
	const elsewhere = [];
	for (const { number: line, text } of lines) {
		const box = BOX.exec(text);
		const named = box && firstRef(text, box[0].length, own);
		if (!box || !named) continue;
		if (named.repository) {
			elsewhere.push({
				ref: named,
				line,
				text: shown$1(text)
			});
			continue;
		}
		const said = /\(\s*(?:depends?[ -]on|blocked[ -]by)\b[\s:]*/i.exec(text);
		items.push({
			number: named.number,
			line,
			text: shown$1(text),
			state: box[2] === " " ? "open" : "met",
			dependsOn: said ? readRefs(text, said.index + said[0].length).refs.map((ref) => ofOwn(ref, own)) : []
		});
	}
	return {
		items,
		elsewhere
	};
}
function firstRef(text, start, own) {
	const [ref] = readRefs(text, start).refs;
	return ref && ofOwn(ref, own);
}
/** `octo/shop#12` in a text of `octo/shop` is `#12`. */
const ofOwn = (ref, own) => ref.repository && own && isSame(ref.repository, own) ? { number: ref.number } : ref;
const isSame = (a, b) => a.owner.toLowerCase() === b.owner.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();
/** The task-list items under headings "Acceptance criteria", up to the next heading of the same rank (SPEC R1.6). */
function readCriteria(lines) {
	if (lines.length === 0) return [];
	const criteria = [];
	const ids = /* @__PURE__ */ new Set();
	let rank = 0;
	/** The line on which the latest criterion may go on. */
	let goesOn = 0;
	for (const { number: line, text, withCode } of lines) {
		const level = headingLevel(text);
		if (level > 0) {
			if (/^acceptance criteri(?:a|on)$/.test(headingName(text))) rank = level;
			else if (level <= rank) rank = 0;
			continue;
		}
		if (rank === 0) continue;
		const box = BOX.exec(withCode);
		const last = criteria.at(-1);
		if (box) {
			const { id, said } = withId(withCode.slice(box[0].length).trim());
			if (said === "") continue;
			const unique = id !== void 0 && !ids.has(id) ? id : `C${criteria.length + 1}`;
			ids.add(unique);
			criteria.push({
				id: unique,
				text: said,
				line,
				state: box[2] === " " ? "open" : "met"
			});
			goesOn = line + 1;
		} else if (last && line === goesOn && /^\s+[^\s*+-]/.test(withCode)) {
			last.text = `${last.text} ${withCode.trim()}`;
			goesOn = line + 1;
		}
	}
	return criteria;
}
/** `AC-3: The total …`, `**REQ-12** The total …`, `[AC-3] The total …`. */
function withId(text) {
	const found = /^(?:\*\*|__|\[|\(|`)?([A-Z][A-Z0-9]{0,15}-\d{1,6})(?![\w-])(?:\*\*|__|\]|\)|`)?[ \t]*[:.–—-]?(?:\*\*|__)?/.exec(text);
	const said = found ? text.slice(found[0].length).trim() : "";
	return found && said !== "" ? {
		id: found[1],
		said
	} : {
		id: void 0,
		said: text
	};
}
/**
* What an issue form asked and was answered: each field is a heading of the third rank with the answer below.
*
* @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
*/
function readAnswers(lines) {
	if (lines.length === 0) return [];
	const answers = [];
	let current;
	for (const line of lines) {
		const level = headingLevel(line.text);
		if (level === 0) current?.push(line);
		else if (level === 3) {
			current = [];
			answers.push({
				name: headingName(line.withCode).replaceAll(" ", "-"),
				line: line.number,
				lines: current
			});
		} else current = void 0;
	}
	return answers.filter(({ lines: below }) => {
		const text = below.map((line) => line.withCode.trim()).join("");
		return text !== "" && text !== "_No response_";
	});
}
/** Also between a link's words and its address. */
const WORD_ENDS = /[\s"'<>|]+|\]\(/;
/** More than this many places, and the text tells about the repository rather than about its own files. */
const PLACES = 20;
/**
* The scope that a text without one seems to mean: the directories of the paths it names (SPEC R1.7). Of directories
* and not of the files alone, since here nobody knows which of them are still to be made, and beside what.
*/
function inferFiles(lines, besides) {
	const globs = /* @__PURE__ */ new Set();
	for (const line of lines) {
		for (const word of line.text.split(WORD_ENDS)) addPlace(globs, word, besides);
		for (const code of line.code) for (const word of code.split(WORD_ENDS)) addPlace(globs, word, besides);
	}
	const places = [...globs].sort().filter((glob) => ![...globs].some((other) => other !== glob && leadsTo(other, glob)));
	return places.length > PLACES ? [] : places;
}
const leadsTo = (directory, glob) => directory.endsWith("/**") && glob.startsWith(directory.slice(0, -2));
function addPlace(globs, word, besides) {
	if (word.length > 200 || !word.includes("/") || globs.size > 80) return;
	const path = word.replace(/^[([{*_~]+/, "").replace(/[)\]}_~,.;:!?]+$/, "").replace(/(?::\d{1,6}){1,2}$|#L\d{1,6}$/, "").replace(/^\.\//, "");
	if (besides.has(path)) return;
	if (/\*/.test(path)) {
		if (/^[\w.@+-]+\/[\w.@+*?/{},-]+$/.test(path) && globFault(path) === void 0) globs.add(path);
		return;
	}
	const parts = path.split("/");
	const last = parts.pop() ?? "";
	if (parts.length === 0 || parts.some((part) => !/^[\w.@+-]+$/.test(part) || part.endsWith("."))) return;
	if (path.startsWith("@") || /\.(?:com|org|net|io|dev|app)$/i.test(parts[0] ?? "")) return;
	if (last !== "" && !/^[\w.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(last)) return;
	globs.add(`${parts.join("/")}/**`);
}

// src/core/text/front-matter.ts
/**
* The front matter of an issue: `key: value` lines between two lines of `---` at the very top.
*
* A small part of YAML, read here because `core` takes no packages and because what is refused can be said with its
* line and its mend. It takes scalars (plain, 'quoted', "quoted"), lists in both forms, comments, and nested blocks
* for the keys that have them. It does not take anchors, aliases, tags, block scalars and other nesting.
*
* One thing is friendlier than YAML: `#12` after a blank is a reference, not a comment.
*/
/** Whoever has so many things to mend is told of these first. */
const FAULTS = 20;
/** A key as it is meant and a value without comment or anything hidden, as most lines are: nothing is wrong with it. */
const USUAL = /^([a-z][a-z-]{0,62}): +([!"$-~](?:[ !"$-~]*[!"$-~])?)$/;
const NO_LINES = [];
/** @param hasBlock whether this key, in lower case with hyphens, may hold nested lines. */
function readFrontMatter(lines, hasBlock) {
	const first = lines.findIndex((line) => line.text.trim() !== "");
	if (first === -1 || !/^---[ \t]*$/.test(lines[first]?.text ?? "")) return {
		entries: [],
		faults: [],
		rest: lines
	};
	let end = first + 1;
	while (end < lines.length && !isEnd(lines[end]?.text ?? "")) end++;
	if (end === lines.length) return {
		entries: [],
		faults: [{
			line: lines[first]?.number ?? 1,
			message: "it is not closed: a second line of \"---\" is missing"
		}],
		rest: lines
	};
	const read = new Reader(lines.slice(first + 1, end), hasBlock);
	read.all();
	return {
		entries: read.entries,
		faults: read.faults,
		rest: lines.slice(end + 1)
	};
}
/** A key as people mean it: `edit_locus` and `Edit-Locus` are one. */
const keyOf = (written) => /^[a-z-]+$/.test(written) ? written : written.trim().toLowerCase().replaceAll("_", "-");
var Reader = class {
	entries = [];
	faults = [];
	#lines;
	#hasBlock;
	#at = 0;
	constructor(lines, hasBlock) {
		this.#lines = lines;
		this.#hasBlock = hasBlock;
	}
	all() {
		const seen = /* @__PURE__ */ new Set();
		for (let line = this.#next(); line && this.faults.length < FAULTS; line = this.#next()) {
			const { number, text } = line;
			const [, usual, said = ""] = USUAL.exec(text) ?? [];
			if (usual !== void 0 && !seen.has(usual)) {
				seen.add(usual);
				const value = this.#valueOf(usual, said, number);
				if (value) this.entries.push({
					key: usual,
					line: number,
					value
				});
				continue;
			}
			const control = /[\0-\x08\x0b-\x1f\x7f]/.test(text);
			if (control) this.#fault(number, "it has a control character in it");
			if (control || isEmpty(text)) continue;
			const colon = text.indexOf(":");
			const before = text.slice(0, Math.max(0, colon));
			if (!/^[A-Za-z_][\w-]{0,62}[ \t]*$/.test(before) || !isEndOrBlank(text, colon + 1)) {
				this.#fault(number, whyNoKey(text));
				this.#indented();
				continue;
			}
			const key = before.trimEnd();
			const rest = text.slice(colon + 1);
			const name = keyOf(key);
			if (seen.has(name)) this.#fault(number, `the key "${key}" is there twice`);
			seen.add(name);
			const value = this.#value(name, rest, number);
			if (value) this.entries.push({
				key,
				line: number,
				value
			});
		}
	}
	#value(name, rest, line) {
		const text = withoutComment(rest);
		if (text !== "") return this.#valueOf(name, text, line);
		const below = this.#indented();
		if (below.length === 0) return { kind: "nothing" };
		return this.#hasBlock(name) && !below.every(isItem) ? { kind: "block" } : this.#list(below);
	}
	/** @param text without blanks around it and without comment, and not empty. */
	#valueOf(name, text, line) {
		let value;
		if (text === "~" || text === "null") value = { kind: "nothing" };
		else if (text.startsWith("{") && this.#hasBlock(name)) value = { kind: "block" };
		else if (text.startsWith("[")) value = this.#flowList(text, line);
		else value = this.#scalar(text, line);
		const [more] = this.#indented();
		if (more) this.#fault(more.number, `"${more.text.trim().slice(0, 40)}" is indented below a key that has its value`);
		return value;
	}
	#list(lines) {
		const items = [];
		for (const { number, text } of lines) {
			const item = /^[ ]*-(?:[ \t]+(.*))?$/.exec(text);
			if (!item) {
				const tab = /^ *\t/.test(text);
				this.#fault(number, tab ? "it is indented with a tab; use spaces" : "nested keys are not read here; a list is");
				return;
			}
			const bare = withoutComment(` ${item[1] ?? ""}`);
			const read = bare === "" ? void 0 : this.#scalar(bare, number);
			if (bare === "") this.#fault(number, "a list item is empty");
			if (read) items.push(read);
		}
		return {
			kind: "list",
			items
		};
	}
	/** `[a, "b, c"]`, over several lines if need be. */
	#flowList(start, line) {
		const items = [];
		let text = start.slice(1).trimStart();
		let number = line;
		let wantsItem = true;
		for (;;) {
			if (text === "") {
				const next = this.#next();
				if (!next) {
					this.#fault(line, "a list is not closed: \"]\" is missing");
					return;
				}
				text = withoutComment(` ${next.text}`);
				number = next.number;
				continue;
			}
			if (text.startsWith("]")) {
				if (text.length > 1) this.#fault(number, "something stands behind the \"]\" of a list");
				return {
					kind: "list",
					items
				};
			}
			if (text.startsWith(",")) {
				if (wantsItem) this.#fault(number, "a list item is empty");
				wantsItem = true;
				text = text.slice(1).trimStart();
				continue;
			}
			if (!wantsItem) this.#fault(number, "a comma is missing between two items of a list");
			const raw = flowItem(text);
			const read = wantsItem ? this.#scalar(raw.trim(), number) : void 0;
			if (!read) {
				while (!text.includes("]")) text = this.#next()?.text ?? "]";
				return;
			}
			items.push(read);
			wantsItem = false;
			text = text.slice(raw.length).trimStart();
		}
	}
	#scalar(text, line) {
		const quote = text[0];
		if (quote === "\"" || quote === "'") {
			const read = quotedLength(text) === text.length ? unquote(text) : void 0;
			if (read !== void 0) return {
				kind: "scalar",
				text: read,
				quoted: true,
				line
			};
			this.#fault(line, `a text in ${quote} is not closed, or goes on behind it, or has an unknown escape`);
			return;
		}
		const wrong = plainFault(text);
		if (wrong) {
			this.#fault(line, wrong);
			return;
		}
		return {
			kind: "scalar",
			text: text.trimEnd(),
			quoted: false,
			line
		};
	}
	#next() {
		return this.#lines[this.#at++];
	}
	/** Takes the lines below that are indented, or items of a list. */
	#indented() {
		if (beginsWithLetter(this.#lines[this.#at]?.text ?? "the end")) return NO_LINES;
		const taken = [];
		for (let line = this.#lines[this.#at]; line; line = this.#lines[++this.#at]) {
			if (isEmpty(line.text)) continue;
			if (!/^[ \t]/.test(line.text) && !isItem(line)) break;
			taken.push(line);
		}
		return taken;
	}
	#fault(line, message) {
		this.faults.push({
			line,
			message
		});
	}
};
const isEndOrBlank = (text, at) => at === text.length || text[at] === " " || text[at] === "	";
const isEnd = (text) => (text.startsWith("---") || text.startsWith("...")) && /^...[ \t]*$/.test(text);
const isEmpty = (text) => /^[ \t]*(?:#.*)?$/.test(text);
const isItem = ({ text }) => text.includes("-") && /^ *-(?=[ \t]|$)/.test(text);
function whyNoKey(text) {
	if (/^[\w-]+:\S/.test(text)) return "a blank is missing behind the colon";
	if (/^[ \t]/.test(text)) return "it is indented, and no key is above it";
	return `"${text.trim().slice(0, 40)}" is not of the form "key: value"`;
}
/** A `#` behind a blank begins a comment, unless a number follows: then it names an issue. */
function withoutComment(text) {
	if (!text.includes("#")) return text.trim();
	let quote = "";
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] ?? "";
		if (quote !== "") {
			if (letter === "\\" && quote === "\"") at++;
			else if (letter === quote) quote = "";
		} else if ((letter === "\"" || letter === "'") && /[\s,[]/.test(text[at - 1] ?? " ")) quote = letter;
		else if (letter === "#" && /\s/.test(text[at - 1] ?? "") && !/\d/.test(text[at + 1] ?? "")) return text.slice(0, at).trim();
	}
	return text.trim();
}
/** The text of the item that a flow list's rest begins with; a glob's own braces and brackets belong to it. */
function flowItem(text) {
	if (text.startsWith("\"") || text.startsWith("'")) return text.slice(0, quotedLength(text));
	let braces = 0;
	let brackets = 0;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		if (letter === "{") braces++;
		else if (letter === "}") braces--;
		else if (letter === "[") brackets++;
		else if (letter === "]" && brackets-- <= 0) return text.slice(0, at);
		else if (letter === "," && braces <= 0) return text.slice(0, at);
	}
	return text;
}
function quotedLength(text) {
	const quote = text[0] ?? "";
	const close = text.indexOf(quote, 1);
	if (close !== -1 && text[close + 1] !== quote && text.lastIndexOf("\\", close) === -1) return close + 1;
	for (let at = 1; at < text.length; at++) if (text[at] === "\\" && quote === "\"") at++;
	else if (text[at] === quote) {
		if (quote === "'" && text[at + 1] === "'") at++;
		else return at + 1;
	}
	return text.length + 1;
}
function unquote(text) {
	const inside = text.slice(1, -1);
	if (text.startsWith("'")) return inside.replaceAll("''", "'");
	if (!inside.includes("\\")) return inside;
	let known = true;
	const read = inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code, letter) => {
		if (code !== void 0) return String.fromCharCode(Number.parseInt(code, 16));
		const meant = ESCAPES.get(letter);
		if (meant === void 0) known = false;
		return meant ?? "";
	});
	return known ? read : void 0;
}
const ESCAPES = /* @__PURE__ */ new Map([
	["\"", "\""],
	["\\", "\\"],
	["/", "/"],
	["n", "\n"],
	["t", "	"]
]);
function plainFault(text) {
	if (/^[\w./-][\w./ -]*$/.test(text)) return void 0;
	const start = text[0] ?? "";
	const shown = `"${text.slice(0, 40)}"`;
	if (start === "*") return `${shown} begins with "*", which is an alias in YAML; put it in quotes`;
	if (start === "&") return "anchors (\"&…\") are not read";
	if (start === "!") return `${shown} begins with "!", which is a tag in YAML; put it in quotes`;
	if (start === "|" || start === ">") return "texts over several lines (\"|\" and \">\") are not read";
	if (start === "[") return "lists in lists are not read";
	if (/^\{[^{}]*:[ ]/.test(text)) return "nested keys (\"{…: …}\") are not read here";
	if (/^[@`%?](?:\s|$)|^[@`%]/.test(text)) return `${shown} begins with "${start}"; put it in quotes`;
	if (/:(?=[ \t]|$)/.test(text)) return `${shown} has a colon in it; put it in quotes`;
}

// src/core/text/spec-keys.ts
/**
* Where an issue says each key of its spec: in the front matter, in an issue form's answers, or in labels. The first of
* these that says a key counts (SPEC R1.5). What the values mean is `spec.ts`.
*/
const KEYS = [
	"type",
	"slug",
	"scope",
	"worker",
	"persona",
	"model",
	"effort",
	"agent",
	"skills",
	"files",
	"priority",
	"estimate",
	"context",
	"gates",
	"tdd",
	"review",
	"attempts",
	"budget",
	"conflicts-with",
	"depends-on",
	"parallel",
	"branch",
	"base"
];
const ALIASES = new Map([
	...KEYS.map((key) => [key, key]),
	["edit-locus", "files"],
	["file-scope", "files"],
	["commit-scope", "scope"],
	["blocked-by", "depends-on"]
]);
const LISTS = /* @__PURE__ */ new Set([
	"files",
	"context",
	"skills",
	"conflicts-with"
]);
/** A form's choices for these can have two words, and are then worth an error rather than a shrug. */
const CHOICES = /* @__PURE__ */ new Set([
	"type",
	"worker",
	"effort",
	"priority",
	"estimate",
	"parallel"
]);
/** Keys that labels say, too: `model:fast`. */
const LABELS = [
	"model",
	"effort",
	"worker",
	"persona",
	"base"
];
/** Keys whose value may be nested; issues to come read them further. */
const mayNest = (key) => [
	"gates",
	"review",
	"tdd"
].includes(key);
function collectKeys(front, answers, labels) {
	const saying = /* @__PURE__ */ new Map();
	const complaints = [];
	for (const { key: written, line, value } of front.entries) {
		const key = ALIASES.get(keyOf(written));
		if (!key) {
			complaints.push({
				kind: "key",
				line,
				written
			});
			continue;
		}
		if (value.kind === "nothing") continue;
		const said = {
			key,
			written,
			line,
			values: value.kind === "block" ? "block" : value.kind === "list" ? value.items : [value],
			isList: value.kind === "list"
		};
		const before = saying.get(key);
		if (before) complaints.push(saidTwice(before, said));
		else saying.set(key, said);
	}
	for (const said of answers.map(answered)) if (said && !saying.has(said.key)) saying.set(said.key, said);
	for (const { key, values, form } of labelled(labels)) {
		if (saying.has(key) || values.length === 0) continue;
		if (values.length > 1) {
			const expected = `one label ${form}, not several that disagree`;
			complaints.push({
				kind: "value",
				line: void 0,
				key,
				value: values.join(", "),
				expected
			});
			continue;
		}
		const scalars = values.map((text) => ({
			text,
			quoted: true,
			line: 0
		}));
		saying.set(key, {
			key,
			written: key,
			line: void 0,
			values: scalars,
			isList: false
		});
	}
	return {
		saying,
		complaints
	};
}
/** The key that a mistyped one is closest to. */
const nearestKey = (written) => nearest(keyOf(written), [...ALIASES.keys()]);
const saidTwice = (before, again) => ({
	kind: "value",
	line: again.line,
	key: again.written,
	value: again.values === "block" ? "…" : again.values.map(({ text }) => text).join(", "),
	expected: `what is not said yet: line ${before.line} says it as "${before.written}"`
});
/** Of a form's answers only those that read like a value: a heading "Context" stands above prose as often. */
function answered({ name, line, lines }) {
	const key = ALIASES.get(name);
	if (!key || key === "depends-on") return void 0;
	const isList = LISTS.has(key);
	const values = lines.flatMap(({ withCode, number }) => {
		const text = withCode.replace(/^\s*(?:[-*+]\s+)?/, "").replaceAll("`", "").trim();
		return (isList ? splitList(text) : [text].filter((part) => part !== "")).map((part) => ({
			text: part,
			quoted: false,
			line: number
		}));
	});
	const words = CHOICES.has(key) ? 2 : 1;
	return (isList ? values.every(({ text }) => !/\s/.test(text) && (key === "skills" || /[./*#\d]/.test(text))) : values.length === 1 && (values[0]?.text.split(/\s+/).length ?? 0) <= words) ? {
		key,
		written: name,
		line,
		values,
		isList
	} : void 0;
}
function labelled(labels) {
	if (labels.length === 0) return [];
	const after = (prefix) => [...new Set(labels.filter((label) => label.startsWith(prefix)).map((label) => label.slice(prefix.length).trim()))];
	const priorities = [.../* @__PURE__ */ new Set([...labels.filter((label) => /^[Pp][0-3]$/.test(label)), ...after("priority:")])];
	return [...LABELS.map((key) => ({
		key,
		values: [...after(`${key}:`)].sort(),
		form: `${key}:…`
	})), {
		key: "priority",
		values: priorities.sort(),
		form: "P0 to P3 or priority:…"
	}];
}
/** `a, {b,c}/d` → `a` and `{b,c}/d`. */
function splitList(text) {
	const parts = [];
	let depth = 0;
	let start = 0;
	for (let at = 0; at <= text.length; at++) if (text[at] === "{") depth++;
	else if (text[at] === "}") depth--;
	else if (at === text.length || text[at] === "," && depth <= 0) {
		parts.push(text.slice(start, at).trim());
		start = at + 1;
	}
	return parts.filter((part) => part !== "");
}

// src/core/text/spec.ts
/**
* An issue's text and labels → what the segment asks for, or what is wrong with it, each with its line.
*
* Nothing here throws, whatever the text is; what cannot be read is a diagnostic and its key's default.
*/
/** What GitHub takes as an issue's body. */
const BODY_CHARS = 65536;
const GLOBS = 100;
const DIAGNOSTICS = 50;
const VALUE_CHARS = 100;
const NOTHING = [];
/** What a text asks for that says nothing of it. */
const USUAL_SPEC = {
	type: "feat",
	slug: "",
	worker: "implementation",
	skills: NOTHING,
	files: NOTHING,
	filesFrom: "none",
	priority: 2,
	context: NOTHING,
	conflictsWith: NOTHING,
	dependsOn: NOTHING,
	parallel: true,
	criteria: NOTHING
};
/**
* What an issue asks for as a segment (SPEC R1.5).
*
* @returns a spec in any case, with defaults where a value is wrong; dependencies from front matter and prose; errors
* (they hold the epic) and warnings.
* @param globs for who reads many: what was read before is not read again.
*/
function readSpec(issue, globs = new Globs()) {
	return new SpecReader(issue, globs).read();
}
/** What a text waits for, said in its front matter and prose: for groups, which have no spec. */
function readDependenciesOf(issue) {
	const { dependencies, diagnostics } = readSpec(issue);
	return {
		dependencies,
		diagnostics: diagnostics.filter(({ problem }) => problem.kind === "SPEC_VALUE" && ["depends-on", "blocked-by"].includes(keyOf(problem.key)))
	};
}
/**
* The issues that an epic's task list names, in its order, each once.
*
* @param own the epic's repository, so that full addresses of its issues are understood, too.
*/
const readTaskList = (body, own) => {
	const { items } = taskListIn(readableLinesOf(body), own);
	const first = /* @__PURE__ */ new Map();
	for (const item of items) if (!first.has(item.number)) first.set(item.number, item);
	return [...first.values()];
};
/** Task-list items of an epic that name issues of other repositories. */
const readForeignItems = (body, own) => taskListIn(readableLinesOf(body), own).elsewhere;
/** A body's lines that speak: without front matter, code, quotes and comments; numbered as in the body. */
const readableLinesOf = (body) => readableLines(frontMatterOf(linesOf(body.slice(0, 2 * BODY_CHARS))).rest);
const frontMatterOf = (lines) => readFrontMatter(lines, mayNest);
var SpecReader = class {
	#issue;
	#diagnostics = [];
	#globs;
	#said = /* @__PURE__ */ new Map();
	constructor(issue, globs) {
		this.#issue = issue;
		this.#globs = globs;
	}
	read() {
		const body = this.#bodyWithinLimit();
		const front = frontMatterOf(linesOf(body));
		for (const { line, message } of front.faults) this.#error({
			kind: "FRONT_MATTER",
			at: this.#at(line),
			message
		});
		const saysMore = body.includes("#") || mayDepend(body);
		let lines = saysMore ? readableLines(front.rest) : [];
		this.#said = this.#keysOf(front, lines);
		if (!saysMore && !this.#said.has("files")) lines = readableLines(front.rest);
		if (isEmptyTask(front.rest)) this.#error({
			kind: "EMPTY_TASK",
			at: this.#at()
		});
		const hidden = countHidden(body);
		if (hidden > 0) this.#warn({
			kind: "HIDDEN_TEXT",
			at: this.#at(),
			count: hidden
		});
		const spec = {
			...USUAL_SPEC,
			criteria: readCriteria(lines)
		};
		const dependencies = this.#dependencies(lines);
		if (dependencies.length > 0) spec.dependsOn = uniqueRefs(dependencies.map(({ ref }) => ref));
		for (const said of this.#said.values()) this.#single(spec, said);
		spec.context = this.#texts("context", pathIn, PATHS_EXPECTED);
		spec.skills = this.#texts("skills", nameIn, NAME_EXPECTED);
		spec.conflictsWith = this.#texts("conflicts-with", readRef, REFS_EXPECTED);
		if (spec.slug === "") spec.slug = slugOf(this.#issue.title) || `segment-${this.#issue.number}`;
		this.#files(spec, lines);
		this.#checkLater();
		return {
			spec,
			diagnostics: foremost(this.#diagnostics).map(withNearest),
			dependencies
		};
	}
	#bodyWithinLimit() {
		const { body } = this.#issue;
		const found = body.length > 65536 ? [...body].length : body.length;
		if (found <= 65536) return body;
		this.#error({
			kind: "LIMIT_EXCEEDED",
			at: this.#at(),
			what: "characters of text",
			found,
			limit: BODY_CHARS
		});
		return body.slice(0, BODY_CHARS);
	}
	#keysOf(front, lines) {
		const { saying, complaints } = collectKeys(front, readAnswers(lines), this.#issue.labels);
		for (const complaint of complaints) {
			if (complaint.kind === "value") {
				this.#wrong(complaint.key, complaint.value, complaint);
				continue;
			}
			this.#warn({
				kind: "SPEC_KEY",
				at: this.#at(complaint.line),
				key: complaint.written,
				known: KEYS
			});
		}
		return saying;
	}
	#single(spec, { key, written, line, values, isList }) {
		const single = SINGLES.get(key);
		if (!single || values === "block") return;
		const [value] = values;
		if (value && values.length === 1 && !isList && single.set(spec, value.text)) return;
		const found = values.map(({ text }) => text).join(", ");
		this.#wrong(written, found, {
			...single,
			line: value?.line ?? line
		});
	}
	#texts(key, read, to) {
		const said = this.#said.get(key);
		if (!said) return NOTHING;
		const found = [];
		for (const { text, line } of partsOf(said)) {
			const one = read(text.trim(), line);
			if (one === void 0) this.#wrong(said.written, text, {
				...to,
				line
			});
			else found.push(one);
		}
		return found;
	}
	#files(spec, lines) {
		const said = this.#said.get("files");
		if (!said) {
			const inferred = inferFiles(lines, new Set(spec.context));
			if (inferred.length === 0) this.#warn({
				kind: "SCOPE_UNKNOWN",
				at: this.#at()
			});
			else [spec.files, spec.filesFrom] = [inferred, "inferred"];
			return;
		}
		const at = this.#at(said.line);
		const stated = partsOf(said);
		if (stated.length > GLOBS) this.#error({
			kind: "LIMIT_EXCEEDED",
			at,
			what: "globs in its file scope",
			found: stated.length,
			limit: GLOBS
		});
		const globs = [];
		for (const { text, line } of stated.slice(0, GLOBS)) {
			const glob = text.trim();
			const why = globFault(glob, this.#globs);
			if (why === void 0) globs.push(glob);
			else this.#error({
				kind: "BAD_GLOB",
				at: this.#at(line),
				glob: glob.slice(0, VALUE_CHARS),
				why
			});
		}
		if (said.values.length > 0 && said.values !== "block") spec.filesFrom = "stated";
		else this.#warn({
			kind: "SCOPE_UNKNOWN",
			at
		});
		const why = scopeFault(globs, this.#globs);
		if (why !== void 0) {
			this.#error({
				kind: "BAD_GLOB",
				at,
				glob: globs[0] ?? "",
				why
			});
			return;
		}
		if (!globs.some(isNegated) && globs.some((glob) => isEverything(glob, this.#globs))) this.#warn({
			kind: "SCOPE_EVERYTHING",
			at
		});
		spec.files = globs.every((glob, place) => globs.indexOf(glob) === place) ? globs : [...new Set(globs)];
	}
	#dependencies(lines) {
		const written = this.#said.get("depends-on")?.written ?? "depends-on";
		const stated = this.#texts("depends-on", (text, line) => {
			const ref = readRef(text);
			return ref && {
				ref,
				line,
				text: `${written}: ${text}`
			};
		}, REFS_EXPECTED);
		const { found, faults } = readDependencies(lines);
		for (const { number, text } of faults) this.#wrong("depends-on", text, {
			...REFS_EXPECTED,
			line: number
		});
		return stated.length === 0 ? found : [...stated, ...found];
	}
	/** Keys that this version keeps for later are held to their form all the same. */
	#checkLater() {
		if (this.#said.get("gates")?.values !== "block") this.#texts("gates", gateIn, GATES_EXPECTED);
	}
	#at(line) {
		return {
			issue: this.#issue.number,
			...line ? { line } : {}
		};
	}
	#wrong(key, value, { expected, known, line }) {
		const close = known && nearest(value, known);
		this.#error({
			kind: "SPEC_VALUE",
			at: this.#at(line),
			key,
			value: value.slice(0, VALUE_CHARS),
			expected,
			...close === void 0 ? {} : { nearest: close }
		});
	}
	#error(problem) {
		this.#diagnostics.push({
			level: "error",
			problem
		});
	}
	#warn(problem) {
		this.#diagnostics.push({
			level: "warning",
			problem
		});
	}
};
/** The single texts of a list, however it is written. */
const partsOf = ({ values, isList }) => values === "block" ? NOTHING : isList ? values : values.flatMap((value) => value.quoted ? [value] : splitList(value.text).map((text) => ({
	...value,
	text
})));
/** Of too many to read the first, and of these errors before warnings: a warning must not hide what holds the epic. */
function foremost(diagnostics) {
	if (diagnostics.length <= DIAGNOSTICS) return diagnostics;
	const { error = [], warning = [] } = Object.groupBy(diagnostics, ({ level }) => level);
	return [...error, ...warning].slice(0, DIAGNOSTICS);
}
/** Looked for last: of thousands of mistyped keys few are told. */
function withNearest(diagnostic) {
	const { level, problem } = diagnostic;
	const close = problem.kind === "SPEC_KEY" ? nearestKey(problem.key) : void 0;
	return problem.kind === "SPEC_KEY" && close !== void 0 ? {
		level,
		problem: {
			...problem,
			nearest: close
		}
	} : diagnostic;
}
const REFS_EXPECTED = { expected: "issues, such as 12, #12 or octo/shop#12" };
const PATHS_EXPECTED = { expected: "paths relative to the repository" };
const NAME_EXPECTED = { expected: "a name of small letters, digits and hyphens, at most 63 characters" };
const GATES_EXPECTED = { expected: "names of gates" };
const PRIORITY_WORDS = [
	"critical",
	"high",
	"medium",
	"low"
];
const matching = (form) => (text) => form.test(text) ? text : void 0;
const nameIn = matching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const gateIn = matching(/^[a-z][a-z0-9-]{0,62}$/);
const branchIn = (text) => branchFault(text) === void 0 ? text : void 0;
const pathIn = (text) => globFault(text) === void 0 ? text : void 0;
const reviewIn = (text) => text === "council" ? true : booleanIn(text);
const booleanIn = (text) => {
	const word = text.toLowerCase();
	return word === "true" ? true : word === "false" ? false : void 0;
};
function priorityIn(text) {
	const word = text.toLowerCase();
	const level = PRIORITY_WORDS.includes(word) ? PRIORITY_WORDS.indexOf(word) : /^p?[0-3]$/.test(word) ? Number(word.at(-1)) : -1;
	return level === 0 || level === 1 || level === 2 || level === 3 ? level : void 0;
}
const WEEK_MINUTES = 10080;
function minutesIn(text) {
	const found = /^(?:(\d{1,3}(?:\.\d{1,2})?)\s?h)?\s?(?:(\d{1,5})\s?m(?:in)?)?$/.exec(text);
	const minutes = Math.round(Number(found?.[1] ?? 0) * 60) + Number(found?.[2] ?? 0);
	return minutes >= 1 && minutes <= WEEK_MINUTES ? minutes : void 0;
}
const attemptsIn = (text) => /^(?:[1-9]|10)$/.test(text) ? Number(text) : void 0;
function dollarsIn(text) {
	const found = /^\$?(\d{1,6}(?:\.\d{1,2})?)$/.exec(text)?.[1];
	return found !== void 0 && Number(found) > 0 ? Number(found) : void 0;
}
function single(field, read, expected, known) {
	const set = (spec, text) => {
		const value = read(text);
		if (value !== void 0) spec[field] = value;
		return value !== void 0;
	};
	return {
		set,
		expected,
		...known ? { known } : {}
	};
}
const oneOf = (field, words) => single(field, (text) => words.find((word) => word === text), `one of ${words.join(", ")}`, words);
const yesOrNo = (field) => single(field, booleanIn, "true or false", ["true", "false"]);
const SINGLES = /* @__PURE__ */ new Map([
	["type", oneOf("type", COMMIT_TYPES)],
	["slug", single("slug", matching(/^(?=.{1,60}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/), "small letters and digits, parted by - . or _, at most 60 characters")],
	["scope", single("commitScope", matching(/^[A-Za-z0-9][\w./-]{0,39}$/), "a word of letters, digits and . _ / -, at most 40 characters")],
	["worker", oneOf("worker", WORKERS)],
	["persona", single("persona", nameIn, NAME_EXPECTED.expected)],
	["model", single("model", matching(/^[A-Za-z0-9][\w.:/@[\]-]{0,99}$/), "a model's name, at most 100 characters")],
	["effort", oneOf("effort", EFFORTS)],
	["agent", single("agent", nameIn, NAME_EXPECTED.expected)],
	["tdd", yesOrNo("tdd")],
	["review", single("review", reviewIn, "true, false or council", [
		"true",
		"false",
		"council"
	])],
	["priority", single("priority", priorityIn, "0 (critical) to 3 (low)", PRIORITY_WORDS)],
	["estimate", single("estimateMinutes", minutesIn, "a time such as 20m, 2h or 1h30m, at most a week")],
	["attempts", single("attempts", attemptsIn, "a whole number from 1 to 10")],
	["budget", single("budgetUsd", dollarsIn, "an amount in US dollars above 0, such as 5 or 2.50")],
	["parallel", yesOrNo("parallel")],
	["branch", single("branch", matching(/^\S.{0,199}$/), "a branch name, with {slug} and {number} if you like")],
	["base", single("base", branchIn, "the name of a branch")]
]);
function uniqueRefs(refs) {
	return [...new Map(refs.map((ref) => [`${ref.repository?.owner ?? ""}/${ref.repository?.name ?? ""}#${ref.number}`.toLowerCase(), ref])).values()];
}
/** Nothing to do is said where only comments, or nothing at all, are left. */
function isEmptyTask(lines) {
	const first = lines.find((line) => line.text.trim() !== "");
	if (first && !first.text.includes("<!--")) return false;
	const text = lines.map((line) => line.text).join("\n");
	let at = 0;
	for (;;) {
		const start = text.indexOf("<!--", at);
		if (text.slice(at, start === -1 ? void 0 : start).trim() !== "") return false;
		const end = start === -1 ? -1 : text.indexOf("-->", start + 2);
		if (end === -1) return true;
		at = end + 3;
	}
}

// src/words/safe.ts
const ESCAPE_SEQUENCES = /(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;
const LINE_BREAKS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f-\x9f]/g;
/** What all of this leaves as it is. Most text is like that, and the rest of Unicode takes 15 ms to load. */
const PLAIN = /^[\t\n -~]*$/;
const invisible = () => /(\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*)|[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/**
* The text without what cannot be seen: terminal sequences, control characters, bidirectional overrides, tag
* characters, lone surrogates. Every kind of line break becomes `\n`, so that nothing is overwritten from sight. Idempotent.
*/
const clean = (text) => PLAIN.test(text) ? text : text.toWellFormed().replace(ESCAPE_SEQUENCES, "").replace(LINE_BREAKS, "\n").replace(CONTROLS, "").replace(invisible(), "$1");
/** `clean`, on one line: runs of blanks are one space. */
const oneLine = (text) => clean(text).replace(/\s+/gu, " ").trim();
/** Each of its characters is a grapheme: a carriage return alone could be half of one. */
const ALL_SINGLE = /^[\0-\x0c\x0e-\x7f]*$/;
let graphemes;
/** At most `max` graphemes, `…` included, never cut inside one; a pile of combining marks counts by its size. */
const clip = (text, max) => {
	if (text.length <= max) return text;
	if (max > 0 && ALL_SINGLE.test(text.slice(0, max))) return `${text.slice(0, max - 1).trimEnd()}…`;
	let kept = "";
	let count = 0;
	graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
	for (const { segment } of graphemes.segment(text.slice(0, max * 8))) {
		if (count === max - 1 || kept.length + segment.length > max * 4) return `${kept.trimEnd()}…`;
		kept += segment;
		count += 1;
	}
	return kept.length === text.length ? kept : `${kept.trimEnd()}…`;
};
/** One clean line of at most `max` graphemes. What is far beyond them is not even looked at: a reason may be megabytes. */
const shown = (text, max) => {
	const near = text.slice(0, max * 16 + 256);
	const line = clip(oneLine(near), max);
	return near.length === text.length || line.endsWith("…") ? line : `${line}…`;
};
const longestRun = (text, mark) => (text.match(mark) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
/** A code span that its content cannot close. Mentions, links, keywords and HTML are inert inside. */
const inline = (text, max = 200) => {
	const content = shown(text, max);
	if (content === "") return "`(empty)`";
	const fence = "`".repeat(longestRun(content, /`+/g) + 1);
	const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
	return `${fence}${pad}${content}${pad}${fence}`;
};

// src/words/marker.ts
const FIRST_LINE = /^<!-- swarm:(say|panel|fix|pull) key=([A-Za-z0-9%_.!~*'()-]{1,600}) -->[ \t]*(?:\r?\n|$)/;
/** The marker on the first line of a comment's or issue's body. Check the author before trusting it. */
const readMarker = (body) => {
	const found = FIRST_LINE.exec(body ?? "");
	if (found === null) return void 0;
	const kind = found[1];
	try {
		return {
			kind,
			key: decodeURIComponent(found[2] ?? "")
		};
	} catch {
		return;
	}
};

// src/words/voice.ts
const voiceOf = ({ form, url, segment }) => {
	const markdown = form === "markdown";
	const quote = (text, max = 160) => markdown ? inline(text, max) : quoted(clip(oneLine(text), max));
	const code = (text) => markdown ? inline(text) : `\`${text}\``;
	const issue = (number) => `#${number}`;
	const own = (text) => {
		const words = oneLine(text).replace(/\.$/, "");
		return markdown && /[<>@`[\]!*_~#\\|&]|:\/\/|GH-\d|www\./i.test(words) ? inline(words, 400) : words;
	};
	return {
		quote,
		code,
		own,
		sentence: (text) => {
			const words = own(text);
			return words === "" ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
		},
		issue,
		ref: ({ number, repository }) => repository === void 0 ? issue(number) : quote(`${repository.owner}/${repository.name}#${number}`),
		pull: (number) => `PR #${number}`,
		place: (at) => {
			if (at.file !== void 0) {
				const text = [
					at.file,
					at.line,
					at.column
				].filter((part) => part !== void 0).join(":");
				if (!markdown || url === void 0 || !/^[\w./-]+$/.test(at.file)) return markdown ? inline(text) : text;
				return `[${inline(text)}](${url}/blob/HEAD/${at.file}${at.line === void 0 ? "" : `#L${at.line}`})`;
			}
			const line = at.line === void 0 ? "" : `, line ${at.line}`;
			if (at.pull !== void 0) return `PR #${at.pull}${line}`;
			return at.issue === void 0 ? "the epic" : `#${at.issue}${line}`;
		},
		files: (paths, max = 5) => enumerate(paths, max, (path) => quote(path, 120)),
		issues: (numbers, joint = ", ") => numbers.map(issue).join(joint),
		retry: () => code(segment === void 0 ? "/swarm retry #<number>" : `/swarm retry #${segment}`),
		commit: (sha) => markdown ? inline(sha.slice(0, 10)) : oneLine(sha.slice(0, 10))
	};
};
const quoted = (text) => text.includes("\"") ? `'${text}'` : `"${text}"`;
function enumerate(items, max = 8, say = String) {
	if (items.length === 0) return "none";
	const shown = items.slice(0, max).map((item) => say(item));
	const left = items.length - max;
	if (left > 0) return `${shown.join(", ")} and ${left} more`;
	if (shown.length === 1) return shown[0] ?? "";
	return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
/** `1 file`, `3 files`. */
const count = (number, noun, plural = `${noun}s`) => `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
/** `3 s`, `12m 34s`, `2h 5m`. */
const duration = (ms) => {
	const seconds = Math.max(0, Math.round(ms / 1e3));
	if (seconds < 60) return `${seconds}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
};
const money = (usd) => `$${usd.toFixed(2)}`;

// src/local/plan-file.ts
var import_dist = require_dist();
const MAX_BYTES = 524288;
const text = string().min(1, "expected a text that is not empty");
const texts = array(text);
/** `- A parcel can be returned`, or `- RET-1: A parcel can be returned`. */
const criterion = union([text, record(text, text)], { error: "expected a sentence, or an id and a sentence" });
const segmentSchema = strictObject({
	title: text.describe("The issue’s title."),
	body: string().optional().describe("The issue’s text: what is wanted, and why."),
	type: text.optional().describe("Kind of commit: `feat`, `fix`, `refactor`, `docs`, `test`, `chore`, `perf` …"),
	files: texts.optional().describe("File scope: the globs that the segment may change."),
	"blocked-by": texts.optional().describe("Names of the segments that must be merged before."),
	criteria: array(criterion).optional().describe("Acceptance criteria: a sentence each, with an id if you like (`RET-1: A parcel can be returned`)."),
	slug: text.optional().describe("Name of the branch, after the type. Default: the segment’s name here."),
	scope: text.optional().describe("Scope of the commit message."),
	worker: text.optional().describe("`implementation`, `tests`, `research`, `security` or `refactor`."),
	persona: text.optional().describe("Which instructions the agent gets."),
	model: text.optional().describe("Told to the agent."),
	effort: text.optional().describe("Told to the agent."),
	agent: text.optional().describe("Which agent, where the config names several."),
	skills: texts.optional().describe("Skills the agent should read first."),
	priority: number().int().optional().describe("0 critical to 3 low."),
	estimate: text.optional().describe("For the forecast: `20m`, `2h`."),
	tdd: boolean().optional().describe("Whether a tester goes first, whose tests the agent may not change."),
	review: boolean().optional().describe("Whether the council looks at the change."),
	context: texts.optional().describe("Paths of documents the agent should read."),
	"conflicts-with": texts.optional().describe("Names of segments that must never be in flight beside it."),
	parallel: boolean().optional().describe("`false`: nothing of the epic runs beside it."),
	attempts: number().int().optional().describe("How often it may be dispatched."),
	labels: texts.optional().describe("Labels of the issue.")
});
const schema = strictObject({
	epic: strictObject({
		title: text.describe("The epic’s title."),
		body: string().optional().describe("The epic’s text."),
		labels: texts.optional().describe("Labels of the epic.")
	}).describe("The parent issue."),
	segments: record(string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "a name has small letters, digits and hyphens, at most 63"), segmentSchema).describe("The sub-issues, by a name that the others refer to them by."),
	reviewer: record(string(), strictObject({ reject: text.describe("What the reviewer asks for.") })).optional().describe("For runs without a person at the page: pull requests of these segments are sent back once, with these words.")
});
/**
* The plan in a YAML text. Throws a `Fault` which names everything that is wrong, each with its line.
*
* @param file its name, for the fault.
*/
function readPlanFile(source, file) {
	const refuse = (faults) => {
		const more = faults.length > 10 ? [`… and ${faults.length - 10} more`] : [];
		throw new Fault(`The plan file ${file} cannot be read: ${faults[0]}`, faults.length === 1 ? "Nothing is made of a plan that is only partly understood." : `All of it:\n      ${[...faults.slice(0, 10), ...more].join("\n      ")}`, "Mend the file and start again. docs/plan-file.md lists every key.");
	};
	if (Buffer.byteLength(source) > MAX_BYTES) return refuse([`it is larger than ${MAX_BYTES} bytes.`]);
	const lines = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(source, {
		lineCounter: lines,
		schema: "core",
		prettyErrors: false
	});
	const lineAt = (offset) => `line ${lines.linePos(offset).line}`;
	const broken = [...document.errors, ...document.warnings];
	if (broken.length > 0) return refuse(broken.map((error) => `${lineAt(error.pos[0])}: ${error.message}.`));
	let value;
	try {
		value = document.toJS({ maxAliasCount: 0 });
	} catch {
		return refuse(["aliases (`*name`) are not taken; write the value out."]);
	}
	const placeOf = (path) => lineAt(offsetOf(document.contents, path));
	const read = schema.safeParse(value, { reportInput: true });
	if (!read.success) return refuse(read.error.issues.flatMap((issue) => sayIssue(issue, placeOf)));
	const plan = toPlan(read.data);
	const names = plan.segments.map((segment) => segment.name);
	const unknown = (path, name) => {
		if (names.includes(name)) return [];
		const like = nearest(name, names);
		return [`${placeOf(path)}: there is no segment "${name}"${like ? `; did you mean "${like}"?` : "."}`];
	};
	const faults = [...plan.segments.flatMap(({ name, blockedBy, conflictsWith }) => [...blockedBy.flatMap((each) => unknown([
		"segments",
		name,
		"blocked-by"
	], each)), ...conflictsWith.flatMap((each) => unknown([
		"segments",
		name,
		"conflicts-with"
	], each))]), ...Object.keys(plan.rejections).flatMap((name) => unknown(["reviewer", name], name))];
	if (names.length === 0) faults.push(`${placeOf(["segments"])}: an epic needs at least one segment.`);
	return faults.length > 0 ? refuse(faults) : plan;
}
/** Where the key (or the nearest one above it that is there) stands in the text. */
function offsetOf(contents, path) {
	let node = contents;
	let offset = 0;
	for (const key of path) {
		if (!(0, import_dist.isMap)(node)) break;
		const pair = node.items.find((item) => (0, import_dist.isScalar)(item.key) && item.key.value === key);
		if (!pair) break;
		if ((0, import_dist.isScalar)(pair.key)) offset = pair.key.range?.[0] ?? offset;
		node = pair.value;
	}
	return offset;
}
/** The schema's types in words. */
const TYPES = {
	string: "a text",
	number: "a number",
	boolean: "`true` or `false`",
	array: "a list",
	object: "keys with their values",
	record: "keys with their values"
};
function sayIssue(issue, placeOf) {
	const path = issue.path.map(String);
	const key = path.join(".");
	if (issue.code === "unrecognized_keys") return issue.keys.map((unknown) => {
		const known = Object.keys(path.length === 0 ? schema.shape : path[0] === "epic" ? schema.shape.epic.shape : path[0] === "segments" ? segmentSchema.shape : { reject: 0 });
		const like = nearest(unknown, known);
		const hint = like ? `did you mean \`${like}\`?` : `known here: ${known.join(", ")}.`;
		return `${placeOf([...issue.path, unknown])}: \`${unknown}\` is not a key${key ? ` of \`${key}\`` : ""}; ${hint}`;
	});
	if (issue.code === "invalid_type" && issue.input === void 0) return [`${placeOf(issue.path)}: \`${key || "the file"}\` is missing.`];
	const type = issue.code === "invalid_type" ? TYPES[issue.expected] : void 0;
	const why = issue.code === "invalid_key" ? issue.issues[0]?.message ?? issue.message : type ? `expected ${type}` : issue.message.replace(/^Invalid input: /, "");
	return [`${placeOf(issue.path)}: \`${key || "the file"}\`: ${why}.`];
}
function toPlan(read) {
	const segments = Object.entries(read.segments).map(([name, stated]) => {
		const { title, body, labels, criteria, "blocked-by": blockedBy, "conflicts-with": conflictsWith, ...spec } = stated;
		const written = { slug: name };
		for (const [key, value] of Object.entries(spec)) if (value !== void 0) written[key] = value;
		return {
			name,
			title,
			body: body ?? "",
			labels: labels ?? [],
			blockedBy: blockedBy ?? [],
			conflictsWith: conflictsWith ?? [],
			criteria: (criteria ?? []).flatMap((each) => typeof each === "string" ? [{ text: each }] : Object.entries(each).map(([id, said]) => ({
				id,
				text: said
			}))),
			spec: written
		};
	});
	return {
		epic: {
			title: read.epic.title,
			body: read.epic.body ?? "",
			labels: read.epic.labels ?? []
		},
		segments,
		rejections: Object.fromEntries(Object.entries(read.reviewer ?? {}).map(([name, { reject }]) => [name, reject]))
	};
}
/**
* The text of a segment's issue: front matter, what the author wrote, and the criteria as a task list.
*
* @param numberOf the issue that was made for a name.
*/
function issueBody(segment, numberOf) {
	const conflicts = segment.conflictsWith.flatMap((name) => numberOf(name) ?? []).map((number) => `#${number}`);
	const spec = conflicts.length > 0 ? {
		...segment.spec,
		"conflicts-with": conflicts
	} : segment.spec;
	const lines = Object.entries(spec).flatMap(([key, value]) => Array.isArray(value) ? [`${key}:`, ...value.map((each) => `  - ${JSON.stringify(each)}`)] : [`${key}: ${typeof value === "string" ? JSON.stringify(value) : String(value)}`]);
	const criteria = segment.criteria.map(({ id, text: said }) => `- [ ] ${id ? `${id}: ` : ""}${said}`);
	return [
		[
			"---",
			...lines,
			"---"
		].join("\n"),
		segment.body.trim(),
		criteria.length > 0 ? [
			"## Acceptance criteria",
			"",
			...criteria
		].join("\n") : ""
	].filter((part) => part !== "").join("\n\n").concat("\n");
}

export { ZodOptional as $, walk as A, AGENT_KINDS as B, matches as C, findCycle as D, countDependents as E, instant as F, STATE_LABELS as G, DEFAULT_LABELS as H, issueId as I, labelName as J, UNNAMED_AGENT as K, issueNumber as L, GATES as M, WORKERS as N, makeGraph as O, headSha as P, ZodObject as Q, numberIn$1 as R, isEverything as S, chainsOf as T, PRESETS as U, COMMAND_LABELS as V, ROLES as W, ZodDefault as X, ZodArray as Y, ZodEnum as Z, trimEndOf as _, enumerate as a, boolean as at, Globs as b, readMarker as c, number as ct, readForeignItems as d, strictObject as dt, ZodPrefault as et, readSpec as f, string as ft, refText as g, overlappingScopes as h, duration as i, array as it, EFFORTS as j, orderWaves as k, inline as l, partialRecord as lt, ofOwn as m, registry as mt, readPlanFile as n, ZodUnion as nt, money as o, int as ot, readTaskList as p, union as pt, agentFor as q, count as r, _enum as rt, voiceOf as s, literal as st, issueBody as t, ZodRecord as tt, readDependenciesOf as u, record as ut, branchFault as v, readGlob as w, fixedPart as x, branchName as y, pullNumber as z };