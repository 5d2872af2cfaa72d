/** Switches of files: YAML 1.1 writes on, off, yes and no as true and false, and readers of it turn one into the other. */

/** What a schema's `switch` accepts. */
export type SwitchValue = "on" | "off" | "yes" | "no" | boolean;

/** Whether it is on. */
export const isOn = (value: SwitchValue): boolean => value === true || value === "on" || value === "yes";

export const onOrOff = (value: SwitchValue): "on" | "off" => (isOn(value) ? "on" : "off");
