export { explainTrace } from './explain-trace';
export type { Explanation, Fragment, Sentence } from './explanation';
export { explainReason, type ReasonText, reasonTexts } from './reason-texts';
export { renderMarkdown, renderText } from './render';
export {
  type ExplainedCause,
  explainSymptom,
  type SymptomExplanation,
} from './symptoms/explain-symptom';
export { symptomCatalogue } from './symptoms/symptom-catalogue';
export type { SymptomCause, SymptomEntry } from './symptoms/symptom-entry';
