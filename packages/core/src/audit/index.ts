export { type AuditResult, audit } from './audit';
export type { AuditContext, AuditContextInput, DeclaredHost } from './audit-context';
export { type Baseline, compareWithBaseline, makeBaseline } from './baseline';
export { type DecidingStep, type Evidence, traceCommand } from './evidence';
export { csvCell, toCsv } from './export/csv';
export { toJunit } from './export/junit';
export { toMarkdown } from './export/markdown';
export { type Locate, toSarif } from './export/sarif';
export type { Affected, Finding } from './finding';
export type { Edit, Fix } from './fix';
export { type AnalysisMessage, analyzeAsIstioctl } from './istioctl';
export { ownerKeys } from './owner';
export {
  type AuditReport,
  limits,
  missingInputs,
  type ReportHeader,
  type SkippedRule,
} from './report';
export type { Hit, Level, Rule, RuleInput } from './rule';
export { rules } from './rules';
export {
  applyWaivers,
  readWaivers,
  type WaivedFinding,
  type Waiver,
  type WaiverResult,
} from './waivers';
