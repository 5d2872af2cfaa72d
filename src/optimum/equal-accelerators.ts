/** Which accelerators of a system are equal, as far as the jobs of a scenario can tell. */
import type { Program } from "../core/program.ts";

/** Of each accelerator the number of its kind, which is the first accelerator that is equal to it. */
export function kindsOfAccelerators(program: Program): readonly number[] {
  const { system, units } = program;
  const accelerators = [...system.accelerators.keys()];
  return accelerators.map((a) => accelerators.find((b) => units[a] === units[b] && areEqual(program, a, b))!);
}

function areEqual({ latencyNs, energyPj, spreads, columns, firstColumn, units }: Program, a: number, b: number) {
  for (let row = 0; row < latencyNs.length / columns; row++) {
    for (let unit = 0; unit < units[a]!; unit++) {
      const [here, there] = [a, b].map((each) => row * columns + firstColumn[each]! + unit) as [number, number];
      if (latencyNs[here] !== latencyNs[there] || !Object.is(energyPj[here], energyPj[there])) return false;
      if (JSON.stringify(spreads?.[here]) !== JSON.stringify(spreads?.[there])) return false;
    }
  }
  return true;
}
