import type { FilterChain } from '../config/filter-chain';
import type { Listener } from '../config/listener';
import type { EnvoyProgram } from '../config/program';
import { chainInput } from '../matching/filter-chain-index';
import { matchFilterChain } from '../matching/match-filter-chain';
import { matchListener } from '../matching/match-listener';
import { type Sniffed, sniff } from '../matching/sniff';
import type { EnvoyCall } from './call';
import { checkPolicies } from './check-policies';
import { forward } from './forward';
import { runHttp } from './run-http';
import type { EnvoyWalk } from './walk';
import { type Ending, type RunOptions, recordWalk, type WalkRecorder } from './walk-recorder';

function findListener(program: EnvoyProgram, call: EnvoyCall, recorder: WalkRecorder) {
  const { listener, by, candidates } = matchListener(program, call);
  const place = `${call.address}:${call.port}`;
  if (listener === undefined) {
    const title = `nothing listens on ${place}`;
    recorder.block({ kind: 'listener', title, candidates }, { outcome: 'no-listener' });
    return undefined;
  }
  recorder.found({ listener });
  const title = `listener ${listener.name} takes ${place} (${by})`;
  recorder.step({ kind: 'listener', title, candidates, origin: listener.origin });
  return listener;
}

const unknownBytes: Sniffed = { transport: 'raw_buffer', applicationProtocols: [] };

const describeSniffed = ({ transport, serverName, applicationProtocols }: Sniffed) =>
  [
    transport === 'tls' ? `TLS, server name ${serverName ?? 'absent'}` : 'no TLS',
    `application protocol ${applicationProtocols.join(', ') || 'unknown'}`,
  ].join(', ');

/** What the inspectors know; `undefined` when the call ends here. */
function inspect(listener: Listener, call: EnvoyCall, recorder: WalkRecorder): Sniffed | undefined {
  const result = sniff(listener, call);
  const { origin } = listener;
  switch (result.kind) {
    case 'known': {
      const inspected = listener.tlsInspector ?? listener.httpInspector;
      if (inspected === undefined) return result.sniffed;
      const waited = result.waitedMs === undefined ? '' : ` after ${result.waitedMs} ms of silence`;
      const title = `inspectors found: ${describeSniffed(result.sniffed)}${waited}`;
      recorder.step({ kind: 'listener-filter', title, origin });
      return result.sniffed;
    }
    case 'waiting': {
      const title = 'the inspectors wait for the first bytes, the client waits for the server';
      const step = { kind: 'listener-filter', title, origin } as const;
      return recorder.block(step, { outcome: 'waiting' }) ? unknownBytes : undefined;
    }
    case 'timed-out': {
      const title = `no bytes within ${result.afterMs} ms: connection closed`;
      const step = { kind: 'listener-filter', title, origin } as const;
      return recorder.block(step, { outcome: 'timed-out' }) ? unknownBytes : undefined;
    }
  }
}

function findChain(
  listener: Listener,
  input: { readonly call: EnvoyCall; readonly sniffed: Sniffed },
  recorder: WalkRecorder,
): FilterChain | undefined {
  const match = matchFilterChain(listener, chainInput(input.call, input.sniffed));
  const { chain, isDefault, candidates } = match;
  if (chain === undefined) {
    const title = 'no filter chain accepts the connection';
    const step = { kind: 'filter-chain', title, candidates, origin: listener.origin } as const;
    recorder.block(step, { outcome: 'no-filter-chain' });
    return undefined;
  }
  recorder.found({ filterChain: chain });
  const name = chain.name ?? 'unnamed filter chain';
  const title = isDefault ? `default filter chain ${name}` : `filter chain ${name}`;
  const step = { kind: 'filter-chain', title, candidates, origin: chain.origin } as const;
  if (chain.uncertain !== undefined) {
    const ending: Ending = { outcome: 'undetermined', uncertain: chain.uncertain };
    return recorder.block({ ...step, detail: chain.uncertain }, ending) ? chain : undefined;
  }
  recorder.step(step);
  return chain;
}

/** Which TLS error the chain and the client make together (Istio's `pilot/pkg/simulation/traffic.go` names the same two). */
function tlsEnding(chain: FilterChain, call: EnvoyCall): Ending | undefined {
  if (chain.tls === undefined) return undefined;
  if (call.tls === undefined) return { outcome: 'tls-expected' };
  const wantsMesh = chain.tls.requireClientCertificate && chain.tls.certificate === 'default';
  const isMesh = call.tls.certificate?.name === 'default';
  return wantsMesh === isMesh ? undefined : { outcome: 'wrong-tls' };
}

const tlsTitles: Readonly<Partial<Record<Ending['outcome'], string>>> = {
  'tls-expected': 'the chain terminates TLS, the client speaks plaintext',
  'wrong-tls': 'the chain terminates TLS of another kind than the client offers',
};

/** True when the call goes on. */
function terminateTls(chain: FilterChain, call: EnvoyCall, recorder: WalkRecorder): boolean {
  if (chain.tls === undefined) return true;
  const { origin } = chain;
  const ending = tlsEnding(chain, call);
  if (ending !== undefined) {
    const title = tlsTitles[ending.outcome] ?? 'TLS fails';
    return recorder.block({ kind: 'tls', title, origin }, ending);
  }
  recorder.terminatedTls();
  const title = `TLS is terminated with certificate ${chain.tls.certificate}`;
  recorder.step({ kind: 'tls', title, origin });
  return true;
}

function runChain(
  program: EnvoyProgram,
  context: { readonly chain: FilterChain; readonly call: EnvoyCall },
  recorder: WalkRecorder,
): Ending {
  const { chain, call } = context;
  if (!terminateTls(chain, call, recorder)) return { outcome: 'wrong-tls' };
  if (!checkPolicies(chain.rbac ?? [], call, recorder)) return { outcome: 'denied' };
  if (chain.filter.kind === 'tcp') {
    return forward(program, { clusters: chain.filter.clusters, origin: chain.origin }, recorder);
  }
  return runHttp(program, { manager: chain.filter, chain, call }, recorder);
}

/**
 * Runs one call through a program: listener, inspectors, filter chain, TLS, policies, virtual host, route, cluster,
 * endpoints. The steps say what was looked at; the outcome is one of `envoyOutcomes`.
 *
 * ```ts
 * runCall(program, { entry: 'outbound', address: '10.0.0.1', port: 80, protocol: 'tcp' }).outcome;
 * ```
 */
export function runCall(
  program: EnvoyProgram,
  call: EnvoyCall,
  options: RunOptions = {},
): EnvoyWalk {
  const recorder = recordWalk(options);
  const listener = findListener(program, call, recorder);
  if (listener === undefined) return recorder.finish({ outcome: 'no-listener' });
  const sniffed = inspect(listener, call, recorder);
  if (sniffed === undefined) return recorder.finish({ outcome: 'waiting' });
  const chain = findChain(listener, { call, sniffed }, recorder);
  if (chain === undefined) return recorder.finish({ outcome: 'no-filter-chain' });
  return recorder.finish(runChain(program, { chain, call }, recorder));
}
