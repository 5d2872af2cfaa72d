import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { validatorsModule } from "./scripts/schema-compiler.js";

/** Tests run from the sources, which have no compiled validators beside them: here they are made from schema/ as it is. */
const validators = {
  name: "validators",
  resolveId: (id: string) => (id.endsWith("/validators.js") ? "\0validators" : undefined),
  load: (id: string) => (id === "\0validators" ? validatorsModule() : undefined),
};

/**
 * `npm run test:deep` sets the mode deep: property tests only, each with ten times the cases, and others each
 * time. `npm run golden` sets the mode golden: the test of the golden files, which writes them.
 */
export default defineConfig(({ mode }) => {
  const factor = process.env.RTMM_PROPERTY_FACTOR ?? (mode === "deep" ? "10" : "1");
  const seed = process.env.RTMM_PROPERTY_SEED ?? (mode === "deep" ? "" : "1");
  return {
    plugins: [validators],
    test: {
      include: testsOf(mode),
      setupFiles: ["test/property-runs.ts"],
      env: {
        RTMM_PROPERTY_FACTOR: factor,
        RTMM_PROPERTY_SEED: seed,
        RTMM_GOLDEN: mode === "golden" ? "write" : "compare",
      },
      // All cores: by itself it leaves one free, which of two is half.
      maxWorkers: "100%",
      // A file takes over the modules that the files before it loaded. No module of rtmm may keep state, so none can tell.
      isolate: false,
      testTimeout: 60_000 * Math.max(1, Number(factor)),
      // Hooks build and pack rtmm, on a machine with much else to do.
      hookTimeout: 180_000,
    },
  };
});

function testsOf(mode: string): string[] {
  if (mode === "golden") return ["test/golden/golden.test.ts"];
  return mode === "deep" ? propertyTests() : ["test/**/*.test.ts"];
}

function propertyTests(): string[] {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).map((file) => join("test", file));
  return files.filter((file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes("fc.assert"));
}
