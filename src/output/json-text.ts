/** JSON as people read it and files keep it. */

/** Two blanks a level, line end included. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
