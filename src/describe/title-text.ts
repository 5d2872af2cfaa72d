/** The title of a description. */
export const titleText = ({ name, title }: { readonly name: string; readonly title?: string }): string =>
  title === undefined ? name : `${name}: ${title}`;
