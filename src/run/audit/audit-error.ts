/** Thrown for a run that an audit has found something in. */
export class AuditError extends Error {
  override readonly name = "AuditError";
  /** In words, one each. */
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`the audit found: ${findings.join("; ")}`);
    this.findings = findings;
  }
}
