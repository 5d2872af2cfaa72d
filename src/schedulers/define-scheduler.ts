/** Makes a scheduler whose `create` knows the type of every parameter from its declaration. */
import type { Platform, Policy, Scheduler, SchedulerParameter } from "../core/scheduler.ts";

/** What `defineScheduler` takes; `Scheduler` explains the fields. */
export interface SchedulerDefinition<D extends ParameterDeclarations> {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** By name, in the order in which `rtmm show` lists them; left out: none. */
  readonly parameters?: D;
  /** Called once for each run; throws if parameters contradict each other. */
  create(platform: Platform, parameters: ValuesOf<D>): Policy;
}

// biome-ignore lint/complexity/noBannedTypes: a scheduler without parameters has the values {}.
export function defineScheduler<const D extends ParameterDeclarations = {}>(
  definition: SchedulerDefinition<D>,
): Scheduler {
  const declarations = Object.entries(definition.parameters ?? {});
  return { ...definition, parameters: declarations.map(([name, declaration]) => named(name, declaration)) };
}

const named = (name: string, declaration: ParameterDeclaration): SchedulerParameter =>
  // The kind comes first, as in a list written by hand.
  Object.assign({ kind: declaration.kind, name }, declaration);

/** Parameters by name. */
export type ParameterDeclarations = Readonly<Record<string, ParameterDeclaration>>;

/** A parameter without its name: the name is its key. */
export type ParameterDeclaration = NumberParameter | ChoiceParameter | BooleanParameter | TextParameter;

type Declared<Kind extends SchedulerParameter["kind"]> = Omit<Extract<SchedulerParameter, { kind: Kind }>, "name">;

export interface NumberParameter extends Declared<"number"> {}
export interface BooleanParameter extends Declared<"boolean"> {}
export interface TextParameter extends Declared<"text"> {}
export interface ChoiceParameter<Choice extends string = string> extends Declared<"choice"> {
  readonly default: Choice;
  readonly choices: readonly Choice[];
}

/** The values of declared parameters, by name: what `create` gets. */
export type ValuesOf<D extends ParameterDeclarations> = { readonly [Name in keyof D]: ValueOf<D[Name]> };

export type ValueOf<D extends ParameterDeclaration> = D extends NumberParameter
  ? number
  : D extends BooleanParameter
    ? boolean
    : D extends { readonly kind: "choice"; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : string;
