/** Works on several items of a list at a time. While one item waits for its runs, the threads run those of others. */

/**
 * Returns the results in the order of the items. After a failure, no further item is started. Rejects with the error of
 * the failed item that is first in the list, even if another one failed earlier.
 */
export async function severalAtOnce<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const failures: { readonly error: unknown }[] = [];
  let next = 0;
  const workThrough = async (): Promise<void> => {
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
  await Promise.all(Array.from({ length: atOnce }, workThrough));
  const first = failures.find((failure) => failure !== undefined);
  if (first !== undefined) throw first.error;
  return results;
}
