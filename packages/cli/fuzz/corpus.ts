import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifests } from '@sidetrace/loader';
import { parseTarGzip } from 'nanotar';
import { nodeOf, type YamlNode } from './yaml-node';

/** A mesh that inputs are made from. */
export interface Seed {
  readonly name: string;
  readonly documents: readonly YamlNode[];
}

const suites = ['outbound', 'inbound', 'dns', 'e2e', 'analyzers'];
const maxLength = 20_000;

function seedOf(name: string, text: string): readonly Seed[] {
  if (text.length > maxLength) return [];
  const documents = readManifests(text, name).resources.map(({ value }) => nodeOf(value));
  return documents.length === 0 ? [] : [{ name, documents }];
}

function examples(root: string): readonly Seed[] {
  const folder = join(root, 'examples');
  return readdirSync(folder)
    .sort()
    .flatMap(scenario => ['mesh.yaml', 'fix.yaml'].map(file => join(folder, scenario, file)))
    .filter(path => existsSync(path))
    .flatMap(path => seedOf(path.slice(root.length + 1), readFileSync(path, 'utf8')));
}

async function recorded(root: string, suite: string): Promise<readonly Seed[]> {
  const archive = readFileSync(join(root, 'conformance', 'data', `${suite}.tar.gz`));
  const files = await parseTarGzip(archive);
  return files
    .filter(({ name }) => /meshes\/.*\.yaml$/.test(name))
    .flatMap(({ name, text }) => seedOf(`${suite}/${name}`, text));
}

/** The meshes of `examples/` and, unless left out, those of the recorded conformance cases. */
export async function loadCorpus(root: string, withRecorded: boolean): Promise<readonly Seed[]> {
  const more = withRecorded ? await Promise.all(suites.map(suite => recorded(root, suite))) : [];
  return [...examples(root), ...more.flat()];
}
