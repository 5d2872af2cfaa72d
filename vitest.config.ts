import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // All cores: by itself it leaves one free, which of two is half.
    maxWorkers: "100%",
    testTimeout: 60_000,
  },
});
