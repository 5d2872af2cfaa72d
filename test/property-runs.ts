/**
 * How often property tests run and from which seed, in one place. vitest loads this file before each test file, so it
 * holds for properties that name no number, too.
 */
import fc from "fast-check";

/** 10 in `npm run test:deep`; RTMM_PROPERTY_FACTOR sets any other. */
const factor = Number(process.env.RTMM_PROPERTY_FACTOR ?? 1);

/**
 * `npm test` draws the same cases each time: a gate gives one commit one verdict. `npm run test:deep` draws others each
 * time, and its report names the seed of a case that fails; RTMM_PROPERTY_SEED sets any.
 */
const seed = process.env.RTMM_PROPERTY_SEED;

/** As many random cases in `npm test`; a multiple of them in `npm run test:deep`. */
export const propertyRuns = (cases: number): { readonly numRuns: number } => ({ numRuns: Math.ceil(cases * factor) });

fc.configureGlobal({ ...propertyRuns(100), ...(seed !== undefined && seed !== "" && { seed: Number(seed) }) });
