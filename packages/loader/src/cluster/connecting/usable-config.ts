import type { KubeConfig } from '@kubernetes/client-node';

/**
 * The configuration as client-node needs it: it takes the authority's certificate only when there is a user, and plain
 * http only when certificates are not looked at.
 */
export function usableConfig(config: KubeConfig): KubeConfig {
  const cluster = config.getCurrentCluster();
  const context = config.getContextObject(config.getCurrentContext());
  if (cluster === null || context === null) return config;
  const isPlain = /^http:/i.test(cluster.server);
  const nobody = { name: '\u0000nobody' };
  const user = config.getCurrentUser() ?? nobody;
  config.loadFromOptions({
    clusters: [isPlain ? { ...cluster, skipTLSVerify: true } : cluster],
    users: [user],
    contexts: [{ ...context, user: user.name }],
    currentContext: context.name,
  });
  return config;
}
