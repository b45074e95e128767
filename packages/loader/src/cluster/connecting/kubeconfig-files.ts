import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterError } from '../cluster-error';

/** The files that kubectl would read: the named one, those of `KUBECONFIG` that exist, else `~/.kube/config`. */
export function kubeconfigFiles(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (named !== undefined) {
    if (existsSync(named)) return [named];
    throw new ClusterError('kubeconfig', `${named}: there is no such file`, 'check the path');
  }
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(file => file !== '');
  const files = listed.length > 0 ? listed : [join(env.HOME ?? homedir(), '.kube', 'config')];
  const found = files.filter(file => existsSync(file));
  if (found.length > 0) return found;
  throw new ClusterError(
    'kubeconfig',
    `there is no kubeconfig at ${files.join(', ')}`,
    'name one with --kubeconfig or KUBECONFIG, or set one up as for kubectl',
  );
}

/** Why a file cannot be used, without a line of it: the parser's own message would show one. */
function whyBroken(error: unknown): string {
  if (!(error instanceof Error)) return 'it is broken';
  if ('reason' in error && typeof error.reason === 'string')
    return `it is no YAML: ${error.reason}`;
  if ('code' in error && typeof error.code === 'string') return `it cannot be read: ${error.code}`;
  return 'it is no kubeconfig';
}

function readFile(config: KubeConfig, file: string): KubeConfig {
  try {
    config.loadFromFile(file, { onInvalidEntry: 'filter' });
    return config;
  } catch (error) {
    throw new ClusterError('kubeconfig', `${file}: ${whyBroken(error)}`, 'correct the file');
  }
}

/** Files merged as kubectl merges them: of two entries with one name the first counts. */
export function readKubeconfigs(files: readonly string[], make: () => KubeConfig): KubeConfig {
  const [first = '', ...others] = files;
  const merged = readFile(make(), first);
  for (const file of others) {
    const next = readFile(make(), file);
    const isNew = (known: readonly { readonly name: string }[]) => {
      const names = new Set(known.map(({ name }) => name));
      return ({ name }: { readonly name: string }) => !names.has(name);
    };
    for (const item of next.clusters.filter(isNew(merged.clusters))) merged.addCluster(item);
    for (const item of next.users.filter(isNew(merged.users))) merged.addUser(item);
    for (const item of next.contexts.filter(isNew(merged.contexts))) merged.addContext(item);
    merged.currentContext ||= next.currentContext;
  }
  return merged;
}
