/** Prints aligned columns. `rows`: the first one has the headings. */
export function print(title, rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? `${cell}`.padEnd(widths[i]) : `${cell}`.padStart(widths[i])));
  console.log(`${title}\n${rows.map((row) => `  ${line(row).join("  ")}`).join("\n")}\n`);
}

/** Rounds of a measurement. None starts after this time, so that the bench ends on a busy machine, too. */
const ROUNDS_S = 20;

/** Numbers of rounds, from 0, for as long as there is time. The first one always is. */
export function* rounds(most) {
  const startMs = performance.now();
  for (let round = 0; round < most; round++) {
    if (round > 0 && performance.now() - startMs > ROUNDS_S * 1000) return;
    yield round;
  }
}

/** Seconds of CPU time that `work` takes, V8's compiler and garbage collector included. A busy machine hardly changes it. */
export function cpuSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** "-" if there is nothing to show. */
export const millions = (perSecond) => (perSecond === undefined ? "-" : (perSecond / 1e6).toFixed(2));
export const percent = (share) => (share === undefined ? "-" : `${(share * 100).toFixed(0)} %`);
