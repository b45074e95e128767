import type { Command } from 'commander';
import { addClusterOptions } from './add-cluster-options';

const collect = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds the options that say where the mesh is read from and what its files do not say. */
export function addInputOptions(command: Command): Command {
  const files = command.option(
    '-f, --filename <path>',
    'file, folder, glob or - for standard input; repeatable',
    collect,
  );
  return addClusterOptions(files)
    .option('-n, --namespace <name>', 'namespace of objects and workloads that name none')
    .option('--inject-default', 'a namespace whose labels are not in the files is in the mesh')
    .option('--istio <version>', 'Istio version, for example 1.30; else read from the manifests')
    .option('--flag <name=value>', 'environment variable of istiod; repeatable', collect)
    .option('--root-namespace <name>', 'namespace of istiod')
    .option('--cluster-domain <name>', 'DNS domain of the cluster')
    .option('--config <file>', 'defaults; sidetrace.yaml of this folder when not given')
    .option('-v, --verbose', 'everything that the input left open, on standard error');
}
