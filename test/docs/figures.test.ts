/** Pictures in docs/: each is shown, and those in docs/figures are what the gallery's commands draw (npm run docs:figures). */
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { type GalleryCommand, galleryCommands } from "../../scripts/gallery.js";
import { call, folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";

const docs = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
  .map((file) => `docs/${file.replaceAll("\\", "/")}`)
  // Made by typedoc, not committed.
  .filter((file) => !file.startsWith("docs/api/"));
const textOf = (path: string): string => readFileSync(join(repository, path), "utf8");

const isPicture = (file: string): boolean => /\.(svg|png)$/.test(file);
const shownIn = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) =>
    normalize(join(dirname(page), path!)).replaceAll("\\", "/"),
  );

test("every picture in docs/ is shown on a page, and every picture that a page shows is there", () => {
  const shown = ["README.md", ...docs.filter((file) => file.endsWith(".md"))].flatMap(shownIn);
  expect([...new Set(shown)].sort()).toEqual(docs.filter(isPicture).sort());
});

const commands = galleryCommands();

test("the gallery draws every picture of docs/figures, and shows each below the command that draws it", () => {
  const drawn = commands.flatMap(({ picture }) => (picture === undefined ? [] : [`docs/figures/${picture}`]));
  expect(drawn).toEqual(shownIn("docs/plots.md"));
  expect(drawn.toSorted()).toEqual(docs.filter((file) => file.startsWith("docs/figures/")).sort());
});

/** What other commands have to make first is left to `npm run docs:figures`. */
const needsNone = ({ argv }: GalleryCommand): boolean =>
  argv[0] === "plot" && !commands.some(({ argv: other, output = other.at(-1)! }) => argv[2] === output);

test.each(commands.filter(needsNone))("docs/figures/$picture is what its command draws", async ({ argv, picture }) => {
  const cwd = folderWith({});
  symlinkSync(join(repository, "results"), join(cwd, "results"), "junction");
  expect((await call(argv, { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, picture!), "utf8")).toBe(textOf(`docs/figures/${picture}`));
});
