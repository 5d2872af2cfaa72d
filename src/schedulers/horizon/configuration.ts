/** Configurations of the dispatcher: in which order it serves jobs, and how it weighs accelerators. */

/** What comes first: the nearest deadline, the least slack, or the least slack relative to what is left. */
export type Order = "edf" | "llf" | "relative";

export interface Configuration {
  readonly order: Order;
  /** Weight of log(fastest latency / latency here). */
  readonly latencyWeight: number;
  /** Weight of log(least energy / energy here). */
  readonly energyWeight: number;
  /** A job whose remaining time is below this share of its slack takes only accelerators near its least energy. */
  readonly room: number;
}

/** Saves energy while there is time, ever less; then by what is urgent. docs/horizon.md has each one's worth. */
export const DEFAULT_CONFIGURATIONS = "edf/0.3/3/0.85 edf/0.3/3/0.5 edf/0.3/1 edf/1 relative/1 relative/1/2";

const ORDERS: readonly Order[] = ["edf", "llf", "relative"];

/** Throws RangeError for anything but configurations such as `edf/0.3/3/0.85`, separated by spaces. */
export function configurationsOf(text: string): readonly [Configuration, ...Configuration[]] {
  const [first, ...others] = text.trim().split(/\s+/).map(configurationOf);
  return [first!, ...others];
}

function configurationOf(text: string): Configuration {
  const [name, ...weights] = text.split("/");
  const order = ORDERS.find((each) => each === name);
  const [latencyWeight = 0, energyWeight = 0, room = 0] = weights.map((weight) =>
    weight === "" ? NaN : Number(weight),
  );
  const areGood = [latencyWeight, energyWeight, room].every((weight) => weight >= 0 && weight < Infinity);
  if (order === undefined || weights.length > 3 || !areGood) {
    const form = "order/latencyWeight/energyWeight/room, such as edf/0.3/3/0.85";
    throw new RangeError(`configurations must be ${form}, with order one of ${ORDERS.join(", ")}; got "${text}"`);
  }
  return { order, latencyWeight, energyWeight, room };
}
