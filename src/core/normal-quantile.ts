/** Quantiles of the normal distribution. Source: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37, 1988. */

/** At a draw u in [0, 1): in the middle of its 2^-53, because 0 has no quantile. The last one would round to 1. */
export const normalAt = (u: number): number => normalQuantile(Math.min(u + 2 ** -54, 1 - 2 ** -53));

/** Standard normal quantile of p in (0, 1); relative accuracy about 1e-16. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centre, r)) / polynomial(centreBelow, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const value = r <= 5 ? quotient(middle, middleBelow, r - 1.6) : quotient(tail, tailBelow, r - 5);
  return q < 0 ? -value : value;
}

const quotient = (above: readonly number[], below: readonly number[], r: number): number =>
  polynomial(above, r) / polynomial(below, r);

/** Coefficients by falling power. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** Table of the source: numerators and denominators for |p - 1/2| <= 0.425, for r <= 5, and beyond. */
const centre = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
];
const centreBelow = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
];
const middle = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const middleBelow = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const tail = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const tailBelow = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
];
