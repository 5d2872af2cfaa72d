/** A policy did not return, so its thread was ended. */
export class PolicyOverdue extends Error {}
