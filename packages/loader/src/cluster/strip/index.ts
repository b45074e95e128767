export {
  type HiddenValue,
  hiddenText,
  keptValue,
  looksSecret,
  type StrippedObject,
} from './strip-env';
export { stripObject } from './strip-object';
