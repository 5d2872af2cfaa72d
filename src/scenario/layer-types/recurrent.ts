/** LSTM (Hochreiter and Schmidhuber 1997) and GRU (Cho et al. 2014): one GEMM of all gates for each step. */
import { longest, stepProbabilities } from "../distribution.ts";
import { tokensOf } from "../shape.ts";
import type { LayerType } from "./layer-type.ts";
import { gemmLayer } from "./products.ts";

export const lstm: LayerType = recurrent(4);
export const gru: LayerType = recurrent(3);

function recurrent(gates: number): LayerType {
  return {
    ownInput: ({ in: inputs, steps }) =>
      inputs === undefined || steps === undefined ? undefined : [inputs, longest(steps), 1],
    expand({ hidden = 0, ...fields }, { name, batch, input, fail }) {
      const { steps = tokensOf(input), in: inputs = input[0] } = fields;
      const count = longest(steps);
      if (count > 100_000) {
        fail("steps", "TOO_MANY_LAYERS", `steps must be at most 100000, got ${count}`);
        return undefined;
      }
      const step = (_: unknown, i: number) =>
        gemmLayer({ name: `${name}[${i}]`, batch, rows: 1, in: inputs + hidden, out: gates * hidden });
      const layers = Array.from({ length: count }, step);
      const varying = typeof steps === "number" ? {} : { stepProbabilities: stepProbabilities(steps) };
      return { layers, output: [hidden, count, 1], ...varying };
    },
  };
}
