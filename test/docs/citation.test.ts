/** `CITATION.cff` holds what its format asks for, and the version and licence of the package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { repository } from "../repository.ts";

const textOf = (file: string) => readFileSync(join(repository, file), "utf8");

test("the citation names this version", () => {
  const { version, license } = JSON.parse(textOf("package.json")) as { readonly version: string; license: string };
  const citation = parse(textOf("CITATION.cff")) as Readonly<Record<string, unknown>>;
  expect(citation).toMatchObject({ "cff-version": "1.2.0", type: "software", version, license });
  expect(citation).toMatchObject({ authors: [{ name: "The rtmm authors" }], title: expect.any(String) });
  expect(citation.message).toContain("cite");
});
