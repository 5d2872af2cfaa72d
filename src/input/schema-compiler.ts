/** Compiles the JSON Schemas in memory, or to a module for a build. */
import { createRequire } from "node:module";
import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";

export type SchemaName = "model" | "scenario" | "system" | "suite" | "experiment";

export type Validators = Readonly<Record<SchemaName, ValidateFunction>>;

const names: readonly SchemaName[] = ["model", "scenario", "system", "suite", "experiment"];
const idOf = (name: SchemaName): string => `${name}.schema.json`;

// Loading ajv takes as long as starting rtmm, so it is loaded only when needed.
const require = createRequire(import.meta.url);

/** Each schema is compiled at its first use. */
export function compiledValidators(): Validators {
  const ajv = compiler({ source: false });
  const lazy = names.map((name) => [name, { get: () => ajv.getSchema(idOf(name))!, enumerable: true }] as const);
  return Object.defineProperties({}, Object.fromEntries(lazy)) as Validators;
}

/** A CommonJS module whose exports are the validators; scripts/compile-schemas.js writes it into a build. */
export function validatorsModule(): string {
  const standalone = require("ajv/dist/standalone") as typeof import("ajv/dist/standalone/index.js");
  const ids = Object.fromEntries(names.map((name) => [name, idOf(name)]));
  return standalone.default(compiler({ source: true }), ids);
}

function compiler({ source }: { readonly source: boolean }): Ajv2020 {
  const { Ajv2020: Compiler } = require("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  const ajv = new Compiler({
    strict: true,
    allErrors: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    strictRequired: false,
    strictTuples: false,
    // The schemas are rtmm's own and tested; these options halve the compile time (165 to 85 ms).
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    code: { source, optimize: false },
  });
  // The schemas are two folders up, from src/input and from dist/input.
  for (const name of names) ajv.addSchema(require(`../../schema/${idOf(name)}`) as object);
  return ajv;
}
