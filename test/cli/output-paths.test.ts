/** Where results go when the paths are odd: told before anything runs, and nothing half-written stays. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";

const runSmall = async (cwd: string, ...more: string[]) => call(["run", "small", "-S", "soc", ...more], { cwd });
const parts = (folder: string) => readdirSync(folder).filter((file) => file.endsWith(".part"));

test("--jobs may name the file that --out writes anyway", async () => {
  const cwd = folderWith(small);
  const { code, stderr } = await runSmall(cwd, "-o", "out", "--jobs", "out/jobs.csv");
  expect(code).toBe(0);
  expect(stderr.match(/wrote .*jobs\.csv/g)).toHaveLength(1);
  expect(readFileSync(join(cwd, "out/jobs.csv"), "utf8").split("\n")).toHaveLength(8);
  expect(readdirSync(join(cwd, "out")).sort()).toEqual(["jobs.csv", "result.json"]);
});

test("nothing half-written stays where one of several files cannot be written", async () => {
  const cwd = folderWith(small);
  mkdirSync(join(cwd, "out/jobs.csv"), { recursive: true });
  const { code, stdout } = await runSmall(cwd, "-o", "out", "--jobs", "mine.csv");
  expect([code, stdout]).toEqual([2, ""]);
  expect([...parts(cwd), ...parts(join(cwd, "out"))]).toEqual([]);
});

test.skipIf(!existsSync("/dev/full"))("a result that was computed is shown where the disk is full", async () => {
  const cwd = folderWith(small);
  const { code, stdout, stderr } = await runSmall(cwd, "--jobs", "/dev/full", "-f", "json", "-o", "out");
  expect(code).toBe(2);
  expect(JSON.parse(stdout).scenario).toBe("small");
  expect(stderr).toContain("cannot write /dev/full: the disk is full");
  expect(parts(join(cwd, "out"))).toEqual([]);
});

test.skipIf(!existsSync("/proc/self"))("a folder that cannot be made is told at once", async () => {
  const { code, stdout, stderr } = await runSmall(folderWith(small), "-o", "/proc/rtmm/out");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("cannot write /proc/rtmm/out");
});
