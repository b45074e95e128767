import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonObject } from './json-object';
import { refusalOf } from './manifest';
import { startFakeKubernetes } from './start-fake-kubernetes';

const usage = `usage: main.ts -f <file or folder of manifests>... [--port N] [--token T] [--tls] [--kubeconfig FILE]`;

/** The manifests of a file, or of all files of a folder and its folders. */
function manifestsIn(path: string): readonly JsonObject[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .filter(name => /^[^.]*$|\.(ya?ml|json)$/.test(name) && !name.startsWith('.'))
      .flatMap(name => manifestsIn(join(path, name)));
  }
  return parseAllDocuments(readFileSync(path, 'utf8')).flatMap(document => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${path}: ${error.message}`);
    const value: unknown = document.toJS();
    if (!isJsonObject(value)) return [];
    const reason = refusalOf(value);
    if (reason !== undefined) process.stderr.write(`${path}: left out: ${reason}\n`);
    return reason === undefined ? [value] : [];
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', short: 'f', multiple: true },
      port: { type: 'string' },
      token: { type: 'string' },
      tls: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
    },
  });
  if (values.file === undefined) throw new Error(usage);
  const objects = values.file.flatMap(manifestsIn);
  const fake = await startFakeKubernetes({
    objects,
    installed: ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io'],
    tls: values.tls,
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  const kubeconfig =
    values.kubeconfig ?? join(tmpdir(), `fake-kubernetes-${new URL(fake.url).port}`);
  writeFileSync(kubeconfig, fake.kubeconfig());
  process.stdout.write(
    `${objects.length} objects at ${fake.url}; stops with Ctrl-C\n` +
      `kubectl --kubeconfig ${kubeconfig} get pods -A\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
});
