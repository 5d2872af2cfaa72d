// The licences of packages whose code or files come with dist/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Paths of esbuild's inputs, such as `node_modules/echarts/lib/x.js`, to the folders of their packages. */
export function packagesOf(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** The text of the notices, a part for each package: its name and licence, then the files that its licence asks for. */
export function noticesOf(folders, root) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const files = readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
      .map((entry) => entry.name)
      .sort();
    const texts = files.map((file) => readFileSync(join(root, folder, file), "utf8").trim());
    return [`${name} ${version} (${license ?? "see below"})`, ...texts].join("\n\n");
  });
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  return `${["rtmm comes with code and files of these packages.", ...parts].join(rule)}\n`;
}
