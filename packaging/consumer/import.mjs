// An ES module: traces a call, and prints what each entry point gives.
import { readFile } from 'node:fs/promises';
import { run } from '@sidetrace/cli';
import { buildMesh, decodeResources, simulate } from '@sidetrace/core';
import { parseIp } from '@sidetrace/core/testing';
import { readManifests } from '@sidetrace/loader';
import { loadFiles } from '@sidetrace/loader/node';

const entries = JSON.parse(await readFile('entries.json', 'utf8'));
const names = {};
for (const entry of entries) {
  const module = await import(entry);
  names[entry] = Object.keys(module).filter(
    name => !['default', 'module.exports', '__esModule'].includes(name),
  );
}

const trace = resources =>
  simulate(buildMesh(decodeResources(resources).resources), {
    from: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    to: 'api.example.com',
    port: 443,
    protocol: 'https',
  });
const { resources } = await loadFiles(['mesh.yaml']);
const { disposition, reasons } = trace(resources);
const ofText = trace(readManifests(await readFile('mesh.yaml', 'utf8'), 'mesh.yaml').resources);

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
    resolved: entries.map(entry => import.meta.resolve(entry)),
    names,
    trace: { disposition, reasons },
    ofText: { disposition: ofText.disposition, reasons: ofText.reasons },
    isAddress: parseIp('192.0.2.1') !== undefined,
    command: { code, printed },
  }),
);
