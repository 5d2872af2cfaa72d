/** Links between pages, and citations of pages in code, lead to pages and headings that exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../repository.ts";

const textOf = (path: string): string => readFileSync(join(repository, path), "utf8");

function filesBelow(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file).replaceAll("\\", "/"));
}

const pages = ["README.md", "CHANGELOG.md", ...filesBelow("docs", /\.md$/)];
const code = ["src", "test", "scripts", "bench", "schema", "workloads", "hardware"].flatMap((folder) =>
  filesBelow(folder, /\.(ts|js|json|yaml)$/),
);

interface Link {
  readonly page: string;
  readonly heading?: string | undefined;
}

/** What GitHub makes of a heading: lower case, no punctuation, hyphens for blanks. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

const withoutBlocks = (page: string): string => textOf(page).replace(/^```.*?^```/gms, "");

const headingsOf = (page: string): readonly string[] =>
  [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1]!));

const isBroken = ({ page, heading }: Link): boolean =>
  !existsSync(join(repository, page)) || (heading !== undefined && !headingsOf(page).includes(heading));

function linksIn(page: string): readonly Link[] {
  return [...withoutBlocks(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path, heading]) => ({
    page: path === "" ? page : normalize(join(dirname(page), path!)),
    heading,
  }));
}

/** `docs/references.md#maestro`, also with further anchors of the same page: `, #maestro-levels`. */
function citationsIn(file: string): readonly Link[] {
  return [...textOf(file).matchAll(/\bdocs\/[a-z-]+\.md(?:(?:,? and|,)?\s?#[a-z0-9-]+)*/g)].flatMap(([citation]) => {
    const [page, ...headings] = citation.split("#");
    const path = page!.replace(/(?:,? and|,)?\s*$/, "");
    return [{ page: path }, ...headings.map((heading) => ({ page: path, heading: heading.match(/^[a-z0-9-]+/)![0] }))];
  });
}

describe.each(pages)("%s", (page) => {
  test("links to pages and headings that exist", () => {
    expect(linksIn(page).filter(isBroken)).toEqual([]);
  });
});

test("code cites pages and headings that exist", () => {
  const citations = code.flatMap((file) => citationsIn(file).map((link) => ({ file, ...link })));
  expect(citations.filter(({ heading }) => heading !== undefined).length).toBeGreaterThan(20);
  expect(citations.filter(isBroken)).toEqual([]);
});

test("pages cite nothing outside the repository", () => {
  const outside = pages.filter((page) => /\.\.\/shared|design section/.test(textOf(page)));
  expect(outside).toEqual([]);
});

test("the sources cite nothing that a reader of the repository cannot open", () => {
  const sources = code.filter((file) => file.startsWith("src/"));
  expect(
    sources.filter((file) =>
      /shared\/reference|\bdesign(\.md)?,? section|\b(our|reference) notes\b/.test(textOf(file)),
    ),
  ).toEqual([]);
});
