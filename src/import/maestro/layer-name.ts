/** Names of layers from the artifact's. */

const longestName = 160;

/** Without blanks and brackets, which rtmm's own block names use. */
export function layerName(name: string): string {
  return name.replace(/[\s[\]]/g, "_").slice(0, longestName);
}
