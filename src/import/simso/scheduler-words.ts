/** What SimSo's schedulers are called here. */

const words: ReadonlyMap<string, string> = new Map([
  ...["EDF", "EDF2", "EDF_mono"].map((name) => [name, "edf -p mechanism=checkpoint"] as const),
  ...["RM", "RM_mono", "FP"].map((name) => [name, "hpf"] as const),
  ...["LLF", "MLLF"].map((name) => [name, "llf -p mechanism=checkpoint"] as const),
]);

/** The policy with its parameters; undefined where rtmm has none of the kind. `../EDF.py` and `simso.schedulers.EDF` are EDF. */
export function schedulerWords(name: string): string | undefined {
  const plain = name.replace(/\.py$/, "").split(/[./\\]/);
  return words.get(plain.at(-1)!);
}
