import { stringify } from 'yaml';

/** A kubeconfig with one context, `fake`, which is the current one. */
export const kubeconfigOf = (server: string, token: string | undefined): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'fake', cluster: { server } }],
    users: [{ name: 'fake', user: token === undefined ? {} : { token } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    'current-context': 'fake',
  });
