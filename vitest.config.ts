import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:deep` sets the mode deep: property tests only, each with ten times the cases. */
export default defineConfig(({ mode }) => {
  const isDeep = mode === "deep";
  const factor = process.env.RTMM_PROPERTY_FACTOR ?? (isDeep ? "10" : "1");
  return {
    test: {
      include: isDeep ? propertyTests() : ["test/**/*.test.ts"],
      setupFiles: ["test/property-runs.ts"],
      env: { RTMM_PROPERTY_FACTOR: factor },
      // All cores: by itself it leaves one free, which of two is half.
      maxWorkers: "100%",
      // A file takes over the modules that the files before it loaded. No module of rtmm may keep state, so none can tell.
      isolate: false,
      testTimeout: 60_000 * Math.max(1, Number(factor)),
    },
  };
});

function propertyTests(): string[] {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).map((file) => join("test", file));
  return files.filter((file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("fc.assert"));
}
