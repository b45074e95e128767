import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterConfig } from '../cluster-config';
import { ClusterError } from '../cluster-error';
import { kubeconfigFiles, readKubeconfigs } from './kubeconfig-files';

type Of<Kind extends ClusterConfig['kind']> = Extract<ClusterConfig, { readonly kind: Kind }>;

/** client-node for the kubeconfig and its credentials; loaded only when a cluster is read. */
const newKubeConfig = async (): Promise<() => KubeConfig> => {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  return () => new Config();
};

function chooseContext(config: KubeConfig, named: string | undefined, from: string): void {
  if (named !== undefined) config.setCurrentContext(named);
  const name = config.getCurrentContext() ?? '';
  if (config.getContextObject(name) !== null) return;
  const names = config.getContexts().map(context => context.name);
  throw new ClusterError(
    'kubeconfig',
    name === '' ? `${from} has no current context` : `${from} has no context \`${name}\``,
    names.length === 0 ? 'it has no contexts at all' : `contexts: ${names.join(', ')}`,
  );
}

async function fromKubeconfig({ path, context }: Of<'kubeconfig'>): Promise<KubeConfig> {
  const files = kubeconfigFiles(path, process.env);
  const config = readKubeconfigs(files, await newKubeConfig());
  chooseContext(config, context, files.join(', '));
  return config;
}

async function fromServiceAccount(): Promise<KubeConfig> {
  const { KUBERNETES_SERVICE_HOST: host } = process.env;
  if (host === undefined || host === '') {
    throw new ClusterError(
      'kubeconfig',
      'this process runs in no pod: KUBERNETES_SERVICE_HOST is not set',
      'use a kubeconfig or a token outside of the cluster',
    );
  }
  const config = (await newKubeConfig())();
  config.loadFromCluster();
  return config;
}

async function fromToken(given: Of<'token'>): Promise<KubeConfig> {
  const { server, token, caData, skipTLSVerify = false } = given;
  const config = (await newKubeConfig())();
  const ca = caData === undefined ? {} : { caData: Buffer.from(caData).toString('base64') };
  config.loadFromClusterAndUser(
    { name: hostOf(server), server, skipTLSVerify, ...ca },
    { name: 'token', token },
  );
  return config;
}

/** Host and port of a URL; the text itself when it is none. */
function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}

/** client-node's configuration for a cluster, with the context chosen. */
export function configure(config: ClusterConfig): Promise<KubeConfig> {
  switch (config.kind) {
    case 'kubeconfig':
      return fromKubeconfig(config);
    case 'in-cluster':
      return fromServiceAccount();
    case 'token':
      return fromToken(config);
  }
}

/** What the cluster is called in messages. */
export function nameOf(config: ClusterConfig, made: KubeConfig): string {
  switch (config.kind) {
    case 'kubeconfig':
      return made.getCurrentContext();
    case 'in-cluster':
      return 'in-cluster';
    case 'token':
      return hostOf(config.server);
  }
}
