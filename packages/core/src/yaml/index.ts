export { parseYaml, type YamlResult } from './parse-yaml';
