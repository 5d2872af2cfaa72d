/** The first fields in the record of every described file. */
interface DescribedFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
}

export const fileRecord = <Kind extends string>(kind: Kind, { name, title, source }: DescribedFile, path: string) => ({
  kind,
  name,
  title: title ?? null,
  source: source ?? null,
  file: path,
});
