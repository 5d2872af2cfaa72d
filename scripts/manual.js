#!/usr/bin/env node
// Writes the manual page, dist/man/rtmm.1, of what completion knows of the commands (dist/completion.json).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const jsonOf = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { program } = jsonOf("dist/completion.json");
const { version } = jsonOf("package.json");

/** Text as roff takes it: no line of it is a request, and a hyphen can be copied. */
const text = (written) =>
  written
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/gm, "\\&$1");
const bold = (written) => `\\fB${text(written)}\\fR`;

const entry = ({ term, summary }) => [".TP", bold(term), text(summary)];

/** A command, then those inside it. */
function commandLines({ usage, summary, arguments: given, options, commands }) {
  return [
    ".SS",
    text(usage),
    text(summary),
    ...given.flatMap(entry),
    ...options.filter(({ flags }) => !flags.includes("--help")).flatMap(entry),
    ...commands.filter(({ name }) => name !== "help").flatMap(commandLines),
  ];
}

const page = [
  `.TH RTMM 1 "" ${JSON.stringify(`rtmm ${version}`)} "User Commands"`,
  ".SH NAME",
  `rtmm \\- ${text(program.summary)}`,
  ".SH SYNOPSIS",
  text(program.usage),
  ".SH OPTIONS",
  ...program.options.flatMap(entry),
  ".SH COMMANDS",
  ...program.commands.filter(({ name }) => name !== "help").flatMap(commandLines),
  ".SH EXIT STATUS",
  "0 success, 1 a run failed, 2 bad usage or input, 3 not as expected, 4 nothing to compare, 130 interrupted (143 by SIGTERM).",
  ".SH EXAMPLES",
  ".EX",
  "rtmm run vr\\-gaming",
  "rtmm compare vr\\-gaming \\-\\-schedulers fcfs,edf,dream",
  "rtmm report ar\\-gaming \\-o report.html",
  ".EE",
];
mkdirSync(join(root, "dist/man"), { recursive: true });
writeFileSync(join(root, "dist/man/rtmm.1"), `${page.filter((line) => line !== "").join("\n")}\n`);
