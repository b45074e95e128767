export { type AuditResult, audit } from './audit';
export type { AuditContext, AuditContextInput, DeclaredHost } from './audit-context';
export { csvCell, toCsv } from './export/csv';
export { toJunit } from './export/junit';
export { toMarkdown } from './export/markdown';
export { type Locate, toSarif } from './export/sarif';
export { type DecidingStep, type Evidence, traceCommand } from './findings/evidence';
export type { Affected, Finding } from './findings/finding';
export type { Edit, Fix } from './findings/fix';
export { ownerKeys } from './findings/owner';
export { type AnalysisMessage, analyzeAsIstioctl } from './istioctl';
export { type Baseline, compareWithBaseline, makeBaseline } from './report/baseline';
export {
  type AuditReport,
  limits,
  missingInputs,
  type ReportHeader,
  type SkippedRule,
} from './report/report';
export {
  applyWaivers,
  readWaivers,
  type WaivedFinding,
  type Waiver,
  type WaiverResult,
} from './report/waivers';
export type { Hit, Level, Rule, RuleInput } from './rule';
export { rules } from './rules';
