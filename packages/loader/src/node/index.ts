export { type FoundFiles, findFiles } from './find-files';
export { type LoadedFiles, type LoadOptions, loadFiles } from './load-files';
export { type BytesOptions, type BytesResult, readBytes } from './read-bytes';
