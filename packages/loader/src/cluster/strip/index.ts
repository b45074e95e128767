export {
  type HiddenValue,
  hiddenText,
  keptValue,
  looksSecret,
  type StrippedObject,
  stripPodSpecs,
} from './strip-env';
export { stripObject } from './strip-object';
