/** Commands in a folder with the small scenario. */
import { call, folderWith, small } from "./call.ts";

export const inSmall = (argv: readonly string[], files: Readonly<Record<string, string>> = small) => {
  const cwd = folderWith(files);
  return call(argv, { cwd }).then((called) => ({ ...called, cwd }));
};
export const runSmall = (...more: string[]) => inSmall(["run", "small", "-S", "soc", ...more]);
export const compareSmall = (...more: string[]) =>
  inSmall(["compare", "small", "-S", "soc", "-s", "edf,fcfs:lateDrop=false", "--seeds", "2", ...more]);

/** A scheduler file with this `decide`. */
export const policyFile = (decide: string): string => `export default {
  name: "mine", summary: "mine", source: "test", parameters: [],
  create: () => ({ lateDrop: false, ${decide} }),
};
`;
