/** Thrown for a run with audit findings. */
export class AuditError extends Error {
  override readonly name = "AuditError";
  /** One text per finding. */
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`the audit found: ${findings.join("; ")}`);
    this.findings = findings;
  }
}
