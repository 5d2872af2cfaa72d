/** Prints aligned columns. `rows`: the first one has the headings. */
export function print(title, rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) => row.map((cell, i) => (i === 0 ? `${cell}`.padEnd(widths[i]) : `${cell}`.padStart(widths[i])));
  console.log(`${title}\n${rows.map((row) => `  ${line(row).join("  ")}`).join("\n")}\n`);
}

/** Seconds that `work` takes: the shortest of several rounds, which other processes disturb least. */
export function shortestSeconds(rounds, work) {
  let shortest = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = process.hrtime.bigint();
    work();
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - start) / 1e9);
  }
  return shortest;
}

/** "-" if there is nothing to show. */
export const millions = (perSecond) => (perSecond === undefined ? "-" : (perSecond / 1e6).toFixed(2));
export const percent = (share) => (share === undefined ? "-" : `${(share * 100).toFixed(0)} %`);
