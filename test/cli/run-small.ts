/** `rtmm run` of the small scenario in a folder of its own. */
import { call, folderWith, small } from "./call.ts";

export const runSmall = (...more: string[]) => {
  const cwd = folderWith(small);
  return call(["run", "small", "-S", "soc", ...more], { cwd }).then((called) => ({ ...called, cwd }));
};

/** A scheduler file with this `decide`. */
export const policyFile = (decide: string): string => `export default {
  name: "mine", summary: "mine", source: "test", parameters: [],
  create: () => ({ lateDrop: false, ${decide} }),
};
`;
