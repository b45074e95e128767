import type { Command } from 'commander';

/** Adds the options that name a cluster. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('--context <name>', 'read the cluster of this kubeconfig context')
    .option('--kubeconfig <file>', 'kubeconfig; else KUBECONFIG, else ~/.kube/config');
}
