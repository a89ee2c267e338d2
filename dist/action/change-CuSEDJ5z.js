import { m as unpackPatch, u as applyPatch } from "./part-nYIJyr3B.js";

// src/segment/change.ts
/** Fetches what is needed into the store: the base, and the head that the attempt carries on or proves. */
async function changeOf(store, remote, attempt, patch) {
	const unpacked = attempt.why === "prove" && attempt.from !== void 0 ? void 0 : unpackPatch(patch);
	if (unpacked && unpacked.kind !== "patch") return unpacked;
	await store.fetch(remote, [attempt.base, ...attempt.from ? [attempt.from] : []]);
	if (unpacked) return applyPatch(store, attempt.base, unpacked.bytes);
	return {
		kind: "tree",
		tree: await store.text([
			"rev-parse",
			"--verify",
			`${attempt.from}^{tree}`
		])
	};
}

export { changeOf as t };