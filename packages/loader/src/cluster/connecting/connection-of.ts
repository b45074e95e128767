import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterError } from '../cluster-error';
import { type Connection, hideSecrets } from '../request';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The URL of the API server. Credentials are sent in clear only to this machine, for `kubectl proxy`. */
function serverOf(text: string, hasCredentials: boolean): URL {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) {
    const server = text === '' ? 'no server is named' : 'the server is no http or https URL';
    throw new ClusterError('kubeconfig', server, 'write https://host:port');
  }
  const url = new URL(text);
  url.username = '';
  url.password = '';
  if (url.protocol === 'http:' && hasCredentials && !loopback.test(url.hostname)) {
    throw new ClusterError(
      'kubeconfig',
      `the credentials for ${url.host} would be sent without encryption`,
      'use https',
    );
  }
  return url;
}

/** Texts that no message may hold. */
function secretsOf(config: KubeConfig): readonly string[] {
  const user = config.getCurrentUser();
  const provider: unknown = user?.authProvider?.config;
  const tokens =
    typeof provider === 'object' && provider !== null
      ? Object.entries(provider).flatMap(([key, value]) =>
          /token|secret|password/i.test(key) && typeof value === 'string' ? [value] : [],
        )
      : [];
  return [user?.token, user?.password, user?.keyData, ...tokens].flatMap(text => text ?? []);
}

const textHeader = ([name, value]: [string, unknown]): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : [];

/** The connection that a configuration describes: client-node makes the credentials, exec programs and OIDC included. */
export function connectionOf(config: KubeConfig): Connection {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (cluster === null) {
    const context = config.getCurrentContext();
    throw new ClusterError(
      'kubeconfig',
      `the cluster of context \`${context}\` is not in the kubeconfig`,
      'add it to `clusters`',
    );
  }
  const { token, username, exec, authProvider } = user ?? {};
  const given: readonly unknown[] = [token, username, exec, authProvider];
  const server = serverOf(
    cluster.server,
    given.some(item => item !== undefined),
  );
  const isProxied = cluster.proxyUrl !== undefined && cluster.proxyUrl !== '';
  const secrets = new Set(secretsOf(config));
  return {
    server,
    hide: text => hideSecrets(secrets)(text),
    async authorize() {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      const made = new Headers(Object.entries(options.headers ?? {}).flatMap(textHeader));
      const credentials = made.get('authorization')?.split(' ')[1];
      if (credentials !== undefined) secrets.add(credentials);
      // without a proxy, connections are kept for the next request, which an agent per request would not do
      if (!isProxied) delete options.agent;
      return options;
    },
  };
}
