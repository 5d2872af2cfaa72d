/** Names and paths look different: that is how a user says which of the two is meant. */

/** A name with a folder or an ending is a path. */
export const isPath = (name: string): boolean => /[/\\]|\.[A-Za-z]\w*$/.test(name);
