import { defineConfig } from "vitest/config";
import { validatorsModule } from "./scripts/schema-compiler.js";

/** Tests run from the sources, which have no compiled validators beside them: here they are made from schema/ as it is. */
const validators = {
  name: "validators",
  resolveId: (id: string) => (id.endsWith("/validators.js") ? "\0validators" : undefined),
  load: (id: string) => (id === "\0validators" ? validatorsModule() : undefined),
};

export default defineConfig({
  plugins: [validators],
  test: {
    include: ["test/**/*.test.ts"],
    // All cores: by itself it leaves one free, which of two is half.
    maxWorkers: "100%",
    testTimeout: 60_000,
  },
});
