/** The mean of plain numbers. */
import { mean as compensatedMean } from "simple-statistics";

/** Takes at least one value. The sum is compensated (Neumaier 1974), so that the order of values hardly matters. */
export const mean = (values: readonly number[]): number => compensatedMean(values as number[]);
