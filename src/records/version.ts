/** The version of this rtmm: as package.json has it, which a test checks. A constant, so that it needs no file. */
export const rtmmVersion = "0.1.0";
