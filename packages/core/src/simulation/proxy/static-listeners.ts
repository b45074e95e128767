import type { PodProxy, PodStack } from '../pod/pod-stack';
import type { Run } from '../run';
import type { Exchange } from '../wire/exchange';
import type { Payload } from '../wire/payload';

/** The listeners of Envoy's bootstrap: readiness and metrics (`tools/packaging/common/envoy_bootstrap.json`). */
export function staticListener(proxy: PodProxy, port: number): 'readiness' | 'metrics' | undefined {
  if (port === proxy.statusPort) return 'readiness';
  return port === proxy.prometheusPort ? 'metrics' : undefined;
}

const paths = { readiness: '/healthz/ready', metrics: '/stats/prometheus' } as const;

/** Answers a connection to a bootstrap listener: readiness asks the agent, metrics Envoy's own admin server. */
export function answerStatic(
  run: Run,
  stack: PodStack,
  proxy: PodProxy,
  which: 'readiness' | 'metrics',
  payload: Payload,
): Exchange {
  const { recorder } = run;
  recorder.envoy();
  const log = recorder.openLog('bootstrap');
  const origin = { kind: 'default', default: `Envoy bootstrap: ${which} listener` } as const;
  recorder.step({
    kind: 'listener',
    lane: 'envoy',
    title: `bootstrap listener for ${which}`,
    origin,
  });
  if (payload.kind !== 'http') {
    recorder.end('answered-by-proxy');
    log({ responseFlags: 'DPE' });
    return payload.kind === 'silent'
      ? { kind: 'silence' }
      : { kind: 'plain-http-400', by: 'envoy' };
  }
  if (!payload.path.startsWith(paths[which])) {
    recorder.end('answered-by-proxy');
    log({ responseFlags: 'NR' });
    return { kind: 'http', status: 404, by: 'envoy' };
  }
  if (which === 'metrics') {
    log({ cluster: 'prometheus_stats' });
    recorder.end('delivered');
    return { kind: 'http', status: 200, by: 'envoy' };
  }
  log({ cluster: 'agent' });
  return run.dial({
    from: stack,
    owner: proxy.user,
    protocol: 'tcp',
    destination: '127.0.0.1',
    port: proxy.agentPort,
    payload: { ...payload, version: '1.1' },
    own: false,
    depth: 1,
  });
}
