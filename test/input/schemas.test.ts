/** The schemas that editors and rtmm share. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { layerTypes } from "../../src/scenario/layer-types/index.ts";
import { repositoryRoot } from "./repository-files.ts";

const names = ["model", "scenario", "system", "suite"] as const;

interface Schema {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Schema>>;
  readonly $comment?: string;
  readonly properties?: Readonly<Record<string, object>>;
}

const schemaOf = (name: string): Schema =>
  JSON.parse(readFileSync(join(repositoryRoot, "schema", `${name}.schema.json`), "utf8")) as Schema;

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

test("the schema lists the layer types that there are", () => {
  expect(schemaOf("model").$defs.layer?.$comment).toBe(`type: ${[...layerTypes.keys()].join(", ")}`);
});
