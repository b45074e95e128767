export { type Selection, selectionOf } from './selection';
