import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeResources } from '@sidetrace/core';
import { type EnvoyCall, runCall } from '@sidetrace/core/envoy';
import {
  buildMesh,
  compileProxy,
  type Mesh,
  type Proxy,
  proxyOfPod,
} from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';

interface BenchCall {
  readonly proxy: { readonly namespace: string; readonly pod: string };
  readonly call: {
    readonly address: string;
    readonly port: number;
    readonly protocol: 'http' | 'http2' | 'tcp';
    readonly tls: 'none' | 'tls';
    readonly sni?: string;
    readonly host?: string;
    readonly path?: string;
  };
}

const protocols = { http: 'http/1.1', http2: 'http2', tcp: 'tcp' } as const;

function envoyCall({ call }: BenchCall): EnvoyCall {
  const { address, port, protocol, tls, sni, host = '', path = '/' } = call;
  return {
    entry: 'outbound',
    address,
    port,
    protocol: protocols[protocol],
    ...(tls === 'none' ? {} : { tls: { ...(sni === undefined ? {} : { sni }), alpn: [] } }),
    ...(protocol === 'tcp'
      ? {}
      : { request: { method: 'GET', authority: host, path, scheme: 'http', headers: {} } }),
  };
}

function timed<T>(run: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now();
  const value = run();
  return { ms: performance.now() - start, value };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

const show = (what: string, value: number, unit: string) =>
  console.log(`${what.padEnd(44)} ${value.toFixed(unit === 'us' ? 1 : 2).padStart(10)} ${unit}`);

function proxyOf(mesh: Mesh, { proxy }: BenchCall): Proxy {
  const found = proxyOfPod(mesh, proxy.namespace, proxy.pod);
  if (found === undefined) throw new Error(`no proxy ${proxy.namespace}/${proxy.pod}`);
  return found;
}

/** First call of each proxy on a mesh that has answered nothing yet. */
function firstCalls(mesh: Mesh, calls: readonly BenchCall[]): readonly number[] {
  const seen = new Set<string>();
  const times: number[] = [];
  for (const item of calls) {
    const key = `${item.proxy.namespace}/${item.proxy.pod}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const proxy = proxyOf(mesh, item);
    times.push(timed(() => runCall(compileProxy(mesh, proxy), envoyCall(item))).ms);
  }
  return times;
}

function runAll(mesh: Mesh, calls: readonly BenchCall[]): readonly number[] {
  return calls.map(item => {
    const proxy = proxyOf(mesh, item);
    return timed(() => runCall(compileProxy(mesh, proxy), envoyCall(item))).ms * 1000;
  });
}

/** Times of the Envoy side on a generated mesh: `mesh.yaml` and `calls.jsonl` in the directory given. */
function bench(directory: string): void {
  const text = readFileSync(join(directory, 'mesh.yaml'), 'utf8');
  const calls = readFileSync(join(directory, 'calls.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map((line): BenchCall => JSON.parse(line));
  const read = timed(() => readYaml(text, 'mesh.yaml'));
  const decoded = timed(() => decodeResources(read.value.resources).resources);
  const built = timed(() => buildMesh(decoded.value, {}));
  show('read YAML', read.ms, 'ms');
  show('decode', decoded.ms, 'ms');
  show('build the mesh', built.ms, 'ms');
  const [first = Number.NaN, ...others] = firstCalls(built.value, calls);
  show('very first call (registry made on the way)', first, 'ms');
  show('first call of a cold proxy, median', quantile(others, 0.5), 'ms');
  show('first call of a cold proxy, worst', quantile(others, 1), 'ms');
  const fresh = buildMesh(decoded.value, {});
  const all = timed(() => runAll(fresh, calls));
  show(`${calls.length} calls on a mesh just built`, all.ms, 'ms');
  for (let round = 0; round < 5; round += 1) runAll(fresh, calls);
  const warm = runAll(fresh, calls);
  show('warm call with trace, p50', quantile(warm, 0.5), 'us');
  show('warm call with trace, p99', quantile(warm, 0.99), 'us');
  show('peak memory of the process', process.resourceUsage().maxRSS / 1024, 'MB');
}

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node scripts/run-ts.mjs bench/src/envoy.ts DIRECTORY');
  process.exitCode = 2;
} else {
  bench(directory);
}
