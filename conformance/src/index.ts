export { answerInputs, jsonLines } from './answer-inputs';
export { compare } from './compare';
export type { Answer, JsonObject, Suite, SuiteContext } from './suite';
export { suites } from './suites';
