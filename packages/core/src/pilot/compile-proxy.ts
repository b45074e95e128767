import type { EnvoyProgram } from '../envoy';
import type { Mesh, Proxy } from '../mesh';
import { gatewayProgram } from './gateway/gateway-program';
import { inboundProgram, withInbound } from './inbound';
import { sidecarProgram } from './outbound/sidecar-program';
import { withoutOwnEndpoint } from './outbound/without-own-endpoint';
import { proxyClassKey } from './proxy/proxy-class';
import { proxyContext } from './proxy/proxy-context';

const programs = new WeakMap<Mesh, Map<string, EnvoyProgram>>();

function classProgram(mesh: Mesh, proxy: Proxy): EnvoyProgram {
  const known = programs.get(mesh) ?? new Map<string, EnvoyProgram>();
  programs.set(mesh, known);
  const key = proxyClassKey(mesh, proxy);
  const shared = known.get(key);
  if (shared !== undefined) return shared;
  const context = proxyContext(mesh, proxy);
  const program = proxy.type === 'router' ? gatewayProgram(context) : sidecarProgram(context);
  known.set(key, program);
  return program;
}

const wholePrograms = new WeakMap<Mesh, WeakMap<Proxy, EnvoyProgram>>();

/**
 * What istiod would push to this proxy, made piece by piece as it is asked for. Proxies with equal inputs share the
 * outbound half; the listener for connections into the pod is each proxy's own.
 */
export function compileProxy(mesh: Mesh, proxy: Proxy): EnvoyProgram {
  if (proxy.type === 'router') return classProgram(mesh, proxy);
  const ofMesh = wholePrograms.get(mesh) ?? new WeakMap<Proxy, EnvoyProgram>();
  wholePrograms.set(mesh, ofMesh);
  const known = ofMesh.get(proxy);
  if (known !== undefined) return known;
  const outbound = withoutOwnEndpoint(classProgram(mesh, proxy), proxyContext(mesh, proxy));
  const whole = withInbound(outbound, inboundProgram(mesh, proxy));
  ofMesh.set(proxy, whole);
  return whole;
}
