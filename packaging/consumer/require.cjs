// A CommonJS module: traces a call, and prints what each entry point gives.
const { pathToFileURL } = require('node:url');
const { run } = require('@sidetrace/cli');
const { buildMesh, decodeResources, simulate } = require('@sidetrace/core');
const { parseIp } = require('@sidetrace/core/testing');
const { readManifests } = require('@sidetrace/loader');
const { loadFiles } = require('@sidetrace/loader/node');
const { readFileSync } = require('node:fs');

const entries = require('./entries.json');
const names = Object.fromEntries(entries.map(entry => [entry, Object.keys(require(entry))]));

const trace = resources =>
  simulate(buildMesh(decodeResources(resources).resources), {
    from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    to: 'api.example.com',
    port: 443,
    protocol: 'https',
  });

async function main() {
  const { resources } = await loadFiles(['mesh.yaml']);
  const { disposition, reasons } = trace(resources);
  const ofText = trace(readManifests(readFileSync('mesh.yaml', 'utf8'), 'mesh.yaml').resources);
  let printed = '';
  const write = text => {
    printed += text;
  };
  const code = await run(['--version'], {
    out: write,
    err: write,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    env: {},
    readStdin: async () => new Uint8Array(),
    now: () => new Date(0),
  });
  console.log(
    JSON.stringify({
      resolved: entries.map(entry => String(pathToFileURL(require.resolve(entry)))),
      names,
      trace: { disposition, reasons },
      ofText: { disposition: ofText.disposition, reasons: ofText.reasons },
      isAddress: parseIp('192.0.2.1') !== undefined,
      command: { code, printed },
    }),
  );
}
main();
