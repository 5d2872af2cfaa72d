/** For `@noble/hashes/sha2.js` in the program (scripts/bundle.js): in Node, SHA-256 need not be compiled first. */
const { createHash } = require("node:crypto") as typeof import("node:crypto");

module.exports = { sha256: (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest() };
