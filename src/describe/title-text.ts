/** What a description begins with. */

export const titleText = ({ name, title }: { readonly name: string; readonly title?: string }): string =>
  title === undefined ? name : `${name}: ${title}`;
