/** Tells names from paths by their form. */

/** A name with a folder or a file ending is a path. */
export const isPath = (name: string): boolean => /[/\\]|\.[A-Za-z]\w*$/.test(name);
