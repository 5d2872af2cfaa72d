/** What rtmm needs of its solver, on programs small enough to check on paper. */
import { expect, test } from "vitest";
import { type LinearProgram, loadSolver, SolverError } from "../../../src/analysis/solver/index.ts";

const solver = await loadSolver();

/** Most of 3a + 2b (as least of its negative) with a + b <= 4 and a + 3b <= 6. */
const diet = (more: { readonly areWhole?: boolean; readonly mostB?: number } = {}): LinearProgram => ({
  columns: {
    costs: [-3, -2],
    lower: [0, 0],
    upper: [2.5, more.mostB ?? Infinity],
    entries: [
      { indices: [0, 1], values: [1, 1] },
      { indices: [0, 1], values: [1, 3] },
    ],
    ...(more.areWhole !== undefined && { areWhole: more.areWhole }),
  },
  rows: { lower: [-Infinity, -Infinity], upper: [4, 6] },
});

test("a linear program has its amounts, its cost and the prices of its rows", () => {
  const found = solver.withProgram(diet(), (program) => program.solve());
  // a at its bound of 2.5, b fills the second row: (6 - 2.5) / 3. One more unit of it is a third of b.
  expect(found.status).toBe("optimal");
  expect([...found.amounts]).toEqual([2.5, expect.closeTo(3.5 / 3, 12)]);
  expect(found.cost).toBeCloseTo(-7.5 - 7 / 3, 12);
  expect([...found.prices]).toEqual([expect.closeTo(0, 12), expect.closeTo(-2 / 3, 12)]);
});

test("whole amounts are whole, and no solution costs less than the least cost", () => {
  const found = solver.withProgram(diet({ areWhole: true }), (program) => program.solve());
  expect([...found.amounts]).toEqual([2, 1]);
  expect(found.cost).toBe(-8);
  expect(found.leastCost).toBeCloseTo(-8, 6);
});

test("a program grows by columns and rows, and its costs change", () => {
  solver.withProgram(diet(), (program) => {
    program.solve();
    program.addColumns({ costs: [-1], lower: [0], upper: [1], entries: [{ indices: [0], values: [1] }] });
    expect(program.solve().cost).toBeCloseTo(-7.5 - 2 * (3.5 / 3) - (1.5 - 3.5 / 3), 12);
    program.addRows({ lower: [-Infinity], upper: [1], entries: [{ indices: [0, 2], values: [1, 1] }] });
    expect(program.solve().cost).toBeCloseTo(-3 - 2 * (5 / 3), 12);
    program.setCosts([0, 0, -1]);
    expect(program.solve().cost).toBeCloseTo(-1, 12);
  });
});

test("what cannot be or has no end is said", () => {
  const never = { ...diet(), rows: { lower: [9, -Infinity], upper: [9, 6] } };
  expect(solver.withProgram(never, (program) => program.solve()).status).toBe("infeasible");
  const free: LinearProgram = {
    columns: { costs: [-1], lower: [0], upper: [Infinity], entries: [{ indices: [], values: [] }] },
    rows: { lower: [], upper: [] },
  };
  expect(solver.withProgram(free, (program) => program.solve()).status).toBe("unbounded");
});

test("a limit on iterations ends early, in the same way each time", () => {
  const limited = () => solver.withProgram(diet(), (program) => program.solve({ iterations: 1 }));
  expect(limited()).toEqual(limited());
  expect(limited().status).toBe("limit");
});

test("an abort of the solver is an error that says so, and the next one to ask gets a new solver", async () => {
  const abort = () => {
    throw Object.assign(new Error("Aborted(OOM)"), { name: "RuntimeError" });
  };
  expect(() => solver.withProgram(diet(), abort)).toThrow(SolverError);
  const next = await loadSolver();
  expect(next).not.toBe(solver);
  expect(next.withProgram(diet(), (program) => program.solve()).status).toBe("optimal");
});

test("an error of one's own passes through, and a thread has one solver", async () => {
  const one = await loadSolver();
  const fail = () => {
    throw new TypeError("mine");
  };
  expect(() => one.withProgram(diet(), fail)).toThrow(TypeError);
  expect(await loadSolver()).toBe(one);
});
