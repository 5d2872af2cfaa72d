/** The mean of plain numbers. */
import { mean as compensatedMean } from "simple-statistics";

/** At least one value. The sum is compensated (Neumaier 1974), so that hardly a digit hangs on the order of values. */
export const mean = (values: readonly number[]): number => compensatedMean(values as number[]);
