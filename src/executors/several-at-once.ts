/** Work on a list of items, several at a time: what waits for runs of one leaves threads to those of others. */

/**
 * What comes of each, in the order of the items. Where work fails, none is begun any more; rejects with what the first
 * of the failed items has thrown, whichever failed first.
 */
export async function severalAtOnce<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const failures: { readonly error: unknown }[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index]!);
      } catch (error) {
        failures[index] = { error };
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const first = failures.find((failure) => failure !== undefined);
  if (first !== undefined) throw first.error;
  return results;
}
