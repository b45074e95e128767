export { type ExplainedCause, explainSymptom, type SymptomExplanation } from './explain-symptom';
export { explainTrace } from './explain-trace';
export type { Explanation, Fragment, Sentence } from './explanation';
export { explainReason, type ReasonText, reasonTexts } from './reason-texts';
export { originText, renderMarkdown, renderText } from './render';
export { type SymptomCause, type SymptomEntry, symptomCatalogue } from './symptom-catalogue';
