/** This module is generated from schema/ for a build, by scripts/bundle-play.js. */
import type { Schemas } from "../../playground/completion/schema-walk.ts";

export declare const schemas: Schemas;
