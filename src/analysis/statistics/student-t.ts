/** Student's t distribution for whole degrees of freedom. */

/** P(|T| <= t). Source: Abramowitz and Stegun, 26.7.3 (odd) and 26.7.4 (even): exact finite sums. */
export function shareWithin(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degreesOfFreedom - 2; power += 2) {
    term *= (cosine * cosine * (power - 1)) / power;
    sum += term;
  }
  const total = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + total) : total;
}

/** The t for which P(|T| <= t) is `share`, above 0 and below 1. */
export function tWithin(share: number, degreesOfFreedom: number): number {
  let high = 1;
  while (shareWithin(high, degreesOfFreedom) < share) high *= 2;
  let low = 0;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (shareWithin(middle, degreesOfFreedom) < share) low = middle;
    else high = middle;
  }
  return high;
}
