/** The analysis of docs/references.md#maestro once more, as literally and slowly as possible, to test the fast one. */
import type { Dataflow } from "../../src/core/system.ts";
import type { MaestroLayer } from "../../src/cost/maestro.ts";

type Name = "K" | "C" | "R" | "S" | "Y" | "X";
type Sizes = Record<Name, number>;
interface Loop {
  readonly v: Name;
  readonly m: number;
  readonly o: number;
  readonly spatial: boolean;
}
type State = "idle" | "steady" | "edge";

const filter: Partial<Record<Name, Name>> = { X: "S", Y: "R" };
const tensors = { I: ["C", "Y", "X"], W: ["K", "C", "R", "S"] } as const;
const cdiv = (a: number, b: number) => Math.trunc(a / b) + (a % b !== 0 ? 1 : 0);
const product = (values: readonly number[]) => values.reduce((total, value) => total * value, 1);

function levelLoops(dataflow: Dataflow, layer: Sizes): { loops: Loop[]; clusterSize: number }[] {
  const segments: { clusterSize: number; maps: Exclude<Dataflow["directives"][number], { kind: "cluster" }>[] }[] = [];
  segments.push({ clusterSize: 0, maps: [] });
  for (const directive of dataflow.directives) {
    if (directive.kind === "cluster") segments.push({ clusterSize: directive.size, maps: [] });
    else segments.at(-1)!.maps.push(directive);
  }
  const levels: { loops: Loop[]; clusterSize: number }[] = [];
  for (const { clusterSize, maps } of segments) {
    let loops: Loop[] = maps.map((map) => {
      const v = map.dimension[0] as Name;
      const h = maps.find((other) => other.dimension === filter[v])?.size ?? maps.length;
      const m = map.dimension.endsWith("'") ? map.size + h - 1 : map.size;
      return { v, m, o: map.step, spatial: map.kind === "spatial" };
    });
    const isMissing = (v: Name) => !loops.some((loop) => loop.v === v);
    if (levels.length === 0) {
      for (const v of ["C", "K", "R", "S", "X", "Y"] as const) {
        if (isMissing(v)) loops = [...loops, { v, m: layer[v], o: layer[v], spatial: false }];
      }
    } else {
      for (const loop of levels.at(-1)!.loops) {
        if (isMissing(loop.v)) loops = [{ ...loop, spatial: false }, ...loops];
      }
    }
    levels.push({ loops, clusterSize });
  }
  return levels;
}

function oneLevel(loops: Loop[], D: Sizes, U: number, b: number, inner: number | undefined, O: Name) {
  const size = Object.fromEntries(loops.map(({ v, m }) => [v, m])) as Sizes;
  const sigma = loops.find((loop) => loop.spatial)!;
  const e = (v: Name) => (filter[v] === undefined ? D[v] : D[v] - D[filter[v]] + 1);
  const g = ({ o, spatial }: Loop) => (spatial ? o * U : o);
  const covered = (l: Loop) => (l.spatial ? D[l.v] <= (U - 1) * l.o + l.m : D[l.v] <= l.m);
  const short = (l: Loop) => (l.spatial ? g(l) > D[l.v] : l.m > D[l.v]);
  const fits = (l: Loop) => (l.spatial ? g(l) >= D[l.v] : l.m >= D[l.v]);
  const ragged = (l: Loop) => (l.spatial ? e(sigma.v) % g(sigma) : e(l.v) % g(l)) !== 0;
  const weightOf = (l: Loop, state: State) => {
    if (state === "idle") return 1;
    if (state === "steady") return covered(l) ? 0 : cdiv(e(l.v), g(l)) - 1 - (ragged(l) ? 1 : 0);
    return ragged(l) && !fits(l) ? 1 : 0;
  };
  const uEdge = e(sigma.v) <= sigma.m ? 1 : Math.trunc((e(sigma.v) % g(sigma)) / sigma.o);
  const totals = { cycles: 0, l2rdI: 0, l2rdW: 0, l1wrI: 0, l1wrW: 0, l1rd: 0, macs: 0, wrOut: 0, rdOut: 0, l2: 0 };

  const visit = (states: State[], isFirst: boolean) => {
    const w = isFirst ? 1 : product(loops.map((l, i) => weightOf(l, states[i]!)));
    if (w === 0) return;
    const p = states.findLastIndex((state) => state !== "idle");
    const rests = (i: number) => states[i] === "idle" && covered(loops[i]!) && !isFirst;
    const sigmaState = states[loops.indexOf(sigma)]!;
    const A = sigmaState === "edge" || (sigmaState === "idle" && short(sigma)) ? uEdge : U;
    const tile = (l: Loop, i: number, isLast: boolean) => {
      const d = D[l.v];
      if (!l.spatial && states[i] === "edge") return d % l.o;
      if (!l.spatial && states[i] === "idle" && short(l)) return d;
      if (l.spatial && (states[i] === "edge" || (states[i] === "idle" && short(l) && !rests(i)))) {
        if (!isLast) return Math.min(d, l.m);
        if (d < l.m) return d;
        return d % l.o === 0 ? l.m : d % l.o;
      }
      return l.m;
    };
    const phi = (l: Loop, x: number) => {
      if (l.v === "C" || l.v === "K") return x;
      if (l.v === "R" || l.v === "S") return l.m;
      return Math.max(1, x - size[filter[l.v]!] + 1);
    };
    const P = product(loops.map((l, i) => phi(l, tile(l, i, false))));
    const Q = product(loops.map((l, i) => phi(l, tile(l, i, true))));
    const T = product(
      loops.map((l, i) => {
        if (l.v === O) return tile(l, i, false);
        if (l.v !== "X" && l.v !== "Y") return 1;
        const filterSize = size[filter[l.v]!];
        return l.m < filterSize ? tile(l, i, false) : l.m - filterSize + 1;
      }),
    );
    const load = (t: "I" | "W") => {
      const has = (i: number) => (tensors[t] as readonly Name[]).includes(loops[i]!.v);
      const coupled = loops.map((_, i) => i).filter(has);
      const x = (l: Loop, isFurther: boolean) => (isFurther ? Math.min(l.m, l.o) : l.m);
      const full = (isFurther: boolean) =>
        product(
          coupled.map((i) => {
            const l = loops[i]!;
            if (l.spatial) return x(l, isFurther);
            return short(l) ? D[l.v] % l.o : l.m;
          }),
        );
      const delta = (isFurther: boolean) =>
        product(
          coupled.map((i) => {
            const l = loops[i]!;
            if (l.spatial) return x(l, isFurther);
            if (i === p) return Math.min(l.m, l.o);
            return covered(l) ? D[l.v] : l.m;
          }),
        );
      const B = coupled.findLast((i) => !rests(i));
      const J = coupled.findLast((i) => !rests(i) && i <= p);
      const choose = (isFurther: boolean) => {
        if (isFirst) return full(isFurther);
        if (B === undefined) return 0;
        if (J === undefined) return full(isFurther);
        return J === p ? delta(isFurther) : 0;
      };
      const one = choose(false);
      const isSpread = A > 1 && coupled.some((i) => loops[i]!.spatial);
      return { one, up: isSpread ? one + (A - 1) * choose(true) : one };
    };
    const I = load("I");
    const W = load("W");
    const work = inner === undefined || inner === 0 ? P : inner;
    totals.cycles += w * Math.max(Math.ceil(T / b), work, Math.ceil((I.up + W.up) / b));
    totals.l2rdI += w * I.up;
    totals.l2rdW += w * W.up;
    totals.l1wrI += w * I.one * A;
    totals.l1wrW += w * W.one * A;
    totals.l1rd += w * A * P;
    totals.macs += w * ((A - 1) * P + Q);
    totals.wrOut += w * P;
    totals.rdOut += w * (P - 1);
    if (isFirst) totals.l2 = 2 * (I.up + W.up + T);
  };

  for (let code = 0; code < 3 ** 6; code++) {
    const states = loops.map((_, i) => (["idle", "steady", "edge"] as const)[Math.trunc(code / 3 ** i) % 3]!);
    visit(states, code === 0);
  }
  return totals;
}

/** Cycles and energy (nJ) of a layer. */
export function literalMaestro(layer: MaestroLayer, dataflow: Dataflow, pes: number, b: readonly number[]) {
  const O = layer.type === "DSCONV" ? "C" : "K";
  const levels = levelLoops(dataflow, layer);
  const clusterProduct = product(levels.map(({ clusterSize }) => Math.max(1, clusterSize)));
  const D: Sizes[] = [layer];
  for (const { loops } of levels) {
    const outer = D.at(-1)!;
    D.push(Object.fromEntries(loops.map(({ v, m }) => [v, Math.min(m, outer[v])])) as Sizes);
  }
  let inner: number | undefined;
  let totals: ReturnType<typeof oneLevel> | undefined;
  for (let i = levels.length - 1; i >= 0; i--) {
    const { loops, clusterSize } = levels[i]!;
    const U = i === 0 ? Math.floor(pes / clusterProduct) : clusterSize;
    const bandwidth = b[Math.min(levels.length - 1 - i, b.length - 1)]!;
    totals = oneLevel(loops, D[i]!, U, bandwidth, inner, O);
    inner = totals.cycles | 0;
  }
  const { K, C, Y, X, R, S } = layer;
  const t = totals!;
  const L2 = t.l2rdI + C * Y * X + t.l2rdW + K * C * R * S + layer[O] * (Y - R + 1) * (X - S + 1);
  const L1 = t.l1rd + t.l1wrI + t.l1rd + t.l1wrW + t.rdOut + t.wrOut;
  return { cycles: t.cycles, energyNj: 0.00288 * (6.0 * L2 + 0.55 * L1 + t.macs), macs: t.macs, l2Elements: t.l2 };
}
