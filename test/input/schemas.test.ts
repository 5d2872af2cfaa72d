/** The schemas that editors and rtmm share. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { compiledValidators, schemaNames as names, validatorsModule } from "../../scripts/schema-compiler.js";
import type { Validate } from "../../src/input/schema-error.ts";
import { layerTypes } from "../../src/scenario/layer-types/index.ts";
import { repository } from "../repository.ts";

interface Schema {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Schema>>;
  readonly $comment?: string;
  readonly properties?: Readonly<Record<string, object>>;
}

const schemaOf = (name: string): Schema =>
  JSON.parse(readFileSync(join(repository, "schema", `${name}.schema.json`), "utf8")) as Schema;

describe.each(names)("%s.schema.json", (name) => {
  test("is a valid JSON Schema, in ajv's strict mode", () => {
    const ajv = new Ajv2020({ strict: true, discriminator: true, allowUnionTypes: true, strictRequired: false });
    for (const each of names) ajv.addSchema(schemaOf(each));
    expect(ajv.getSchema(`${name}.schema.json`)).toBeTypeOf("function");
  });
  test("describes every field where it is not plain from its name", () => {
    const plain = new Set([
      "name",
      "title",
      "source",
      "id",
      "tasks",
      "accelerators",
      "layers",
      "type",
      "kind",
      "metric",
    ]);
    const described = (field: object): boolean => {
      const { description, $ref = "" } = field as { description?: string; $ref?: string };
      const [file, target] = $ref.split("#/$defs/");
      const found =
        target === undefined
          ? undefined
          : schemaOf(file === "" ? name : file!.replace(".schema.json", "")).$defs[target];
      return description !== undefined || (found !== undefined && described(found));
    };
    const parts = [schemaOf(name), ...Object.values(schemaOf(name).$defs ?? {})];
    const fields = parts.flatMap((part) => Object.entries(part.properties ?? {}));
    expect(fields.filter(([field, schema]) => !plain.has(field) && !described(schema)).map(([field]) => field)).toEqual(
      [],
    );
  });
});

test("the module that a build keeps finds the same as ajv does", async () => {
  const made = await import(`data:text/javascript,${encodeURIComponent(validatorsModule())}`);
  const bad = {
    name: "a b",
    batch: -1,
    layers: [{ type: "covn" }, { type: "conv", kernl: 3, kernel: [1, "x"] }, { repeat: {}, layers: 3 }],
  };
  const found = [made.validators.model as Validate, compiledValidators().model].map((validate) => {
    expect(validate(bad)).toBe(false);
    return validate.errors!.map(({ keyword, instancePath, params }) => ({ keyword, instancePath, params }));
  });
  expect(found[0]!.length).toBeGreaterThan(5);
  expect(found[0]).toEqual(found[1]);
});

test("the schema lists the layer types that there are", () => {
  expect(schemaOf("model").$defs.layer?.$comment).toBe(`type: ${[...layerTypes.keys()].join(", ")}`);
});
