// Starts a backend with the installed plugin and prints what it says about a mesh, and which file its threads run.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const threads = require('node:worker_threads');
const { mockServices, startTestBackend } = require('@backstage/backend-test-utils');
const { catalogServiceMock } = require('@backstage/plugin-catalog-node/testUtils');

const mesh = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`;

const started = [];
const Thread = threads.Worker;
threads.Worker = class extends Thread {
  constructor(file, options) {
    super(file, options);
    started.push({ file: String(file), withLoader: (options?.execArgv ?? []).length > 0 });
  }
};

async function ask(port, path, body) {
  const response = await fetch(`http://localhost:${port}/api/sidetrace${path}`, {
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return response.json();
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-packed-'));
  writeFileSync(join(folder, 'mesh.yaml'), mesh);
  const sources = [{ type: 'directory', id: 'files', path: folder }];
  const backend = await startTestBackend({
    features: [
      require('@sidetrace/backstage-plugin-sidetrace-backend'),
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: { sidetrace: { sources } } }),
    ],
  });
  const port = backend.server.port();
  let overview = {};
  for (let tries = 0; tries < 300 && !(overview.workloads > 0); tries += 1) {
    await new Promise(done => setTimeout(done, 200));
    overview = await ask(port, '/mesh/overview');
  }
  const tried = await ask(port, '/mesh/what-if', { outboundMode: 'REGISTRY_ONLY' });
  await backend.stop();
  rmSync(folder, { recursive: true });
  process.stdout.write(
    `\n${JSON.stringify({ workloads: overview.workloads, closed: tried.changes.access.counts.closed, started })}\n`,
  );
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
