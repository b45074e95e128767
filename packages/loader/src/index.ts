export { applyEdits } from './apply-edits';
export { locate, type Position } from './locate';
export { readManifests } from './read-manifests';
export { maxTextLength, type ReadResult, readYaml } from './read-yaml';
export { splitDocuments, type YamlDocument } from './split-documents';
