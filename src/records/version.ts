/** The version of rtmm. A constant, so that no file must be read; a test compares it with package.json. */
export const rtmmVersion = "0.1.0";
