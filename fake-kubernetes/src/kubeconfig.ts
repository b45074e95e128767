import { stringify } from 'yaml';

/** How a client reaches the server. */
export interface Access {
  readonly server: string;
  readonly token?: string;
  /** PEM. */
  readonly authority?: string;
}

/** A kubeconfig with one context, `fake`, which is the current one. */
export const kubeconfigOf = ({ server, token, authority }: Access): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'fake', cluster: { server, ...authorityOf(authority) } }],
    users: [{ name: 'fake', user: token === undefined ? {} : { token } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    'current-context': 'fake',
  });

const authorityOf = (pem: string | undefined) =>
  pem === undefined ? {} : { 'certificate-authority-data': Buffer.from(pem).toString('base64') };
