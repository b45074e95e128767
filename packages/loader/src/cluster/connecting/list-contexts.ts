import { readFileSync } from 'node:fs';
import { parseYaml } from '@sidetrace/core';
import { member, textMember } from '../request';
import { kubeconfigFiles } from './kubeconfig-files';

/** Names of the contexts of a kubeconfig, without looking at its credentials; throws a `ClusterError` when there is none. */
export function listContexts(path?: string): readonly string[] {
  const names = kubeconfigFiles(path, process.env).flatMap(file => {
    const parsed = parseYaml(readFileSync(file, 'utf8'));
    const contexts = parsed.ok ? member(parsed.value, 'contexts') : undefined;
    const items: readonly unknown[] = Array.isArray(contexts) ? contexts : [];
    return items.flatMap(context => textMember(context, 'name') ?? []);
  });
  return [...new Set(names)].sort();
}
