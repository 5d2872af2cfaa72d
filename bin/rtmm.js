#!/usr/bin/env node
const { answeredAtOnce, helpedAtOnce } = built();

const argv = process.argv.slice(2);
if (answeredAtOnce(argv, process) || helpedAtOnce(argv, process)) process.stdout.once("error", failUnlessClosed);
else require("../dist/program/load.cjs").entries.start.start();

/** A reader that closes the pipe early is no error. */
function failUnlessClosed({ code, message }) {
  if (code === "EPIPE") return;
  process.exitCode = 1;
  process.stderr.write(`error: ${code === "ENOSPC" ? "the disk is full" : message} (while writing the output)\n`);
}

/** A fresh clone has no dist/ yet. */
function built() {
  try {
    return require("../dist/program/at-once.cjs");
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    process.stderr.write("error: rtmm is not built yet: run `npm start` once in its folder\n");
    process.exit(1);
  }
}
