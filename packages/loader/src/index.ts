export { locate, type Position } from './locate';
export { maxTextLength, type ReadResult, readYaml } from './read-yaml';
