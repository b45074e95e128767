import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommand, buildFake, root, writeProgram } from './build-command';

const example = join(root, 'examples/unregistered-host');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs documented commands in a folder like a user's, with `helm`, `kubectl`, `npx` and `gh` that need no network. */
export interface Sandbox {
  readonly run: (script: string) => Ended;
  readonly remove: () => void;
}

/** Stand-ins: what prints manifests prints those of the example, and what would fetch the command runs this one. */
function writePrograms(bin: string): void {
  writeProgram(join(bin, 'helm'), `cat "${example}/mesh.yaml"`);
  writeProgram(join(bin, 'kubectl'), `cat "${example}/mesh.yaml"`);
  writeProgram(join(bin, 'iptables-restore'), 'grep -q COMMIT');
  writeProgram(
    join(bin, 'npx'),
    '[[ $1 == --yes && $2 == @sidetrace/cli@^0.1 ]] || exit 99; shift 2; exec sidetrace "$@"',
  );
  writeProgram(
    join(bin, 'npm'),
    'while [[ $1 != -- ]]; do shift; done; shift; exec sidetrace "$@"',
  );
  writeProgram(join(bin, 'gh'), '[[ -s $(printf "%s\\n" "$@" | tail -1) ]]');
}

function fill(folder: string): void {
  const mesh = readFileSync(join(example, 'mesh.yaml'), 'utf8');
  const fix = readFileSync(join(example, 'fix.yaml'), 'utf8');
  for (const [path, text] of [
    ['mesh', mesh],
    ['base/mesh', mesh],
    ['main/mesh', mesh],
    ['branch/mesh', `${mesh}---\n${fix}`],
  ] as const) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'mesh.yaml'), text);
  }
  writeFileSync(join(folder, 'new-service-entry.yaml'), fix);
  cpSync(join(example, 'expect-fixed.yaml'), join(folder, 'expect.yaml'));
  mkdirSync(join(folder, 'snapshot'));
  writeFileSync(join(folder, 'snapshot', 'mesh.yaml'), mesh);
  writeFileSync(join(folder, 'waivers.yaml'), 'waivers: []\n');
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
}

/** Starts a cluster in a process of its own, with the context `prod`; `stop` ends it. */
async function startCluster(bin: string): Promise<{ readonly stop: () => void }> {
  const kubeconfig = join(bin, 'kubeconfig');
  const manifests = join(example, 'mesh.yaml');
  const fake = await buildFake(bin);
  const child = spawn(process.execPath, [fake, '-f', manifests, '--kubeconfig', kubeconfig], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const text = readFileSync(kubeconfig, 'utf8');
  writeFileSync(
    kubeconfig,
    text
      .replace(/name: fake\n( +)context:/, 'name: prod\n$1context:')
      .replace('current-context: fake', 'current-context: prod'),
  );
  return { stop: () => child.kill() };
}

export async function makeSandbox(): Promise<Sandbox> {
  const bin = mkdtempSync(join(tmpdir(), 'bin-'));
  await buildCommand(bin);
  writePrograms(bin);
  const cluster = await startCluster(bin);
  return {
    run: script => {
      const cwd = mkdtempSync(join(tmpdir(), 'sandbox-'));
      fill(cwd);
      const KUBECONFIG = join(bin, 'kubeconfig');
      const PATH = `${bin}:${process.env.PATH}`;
      const env = { ...process.env, PATH, KUBECONFIG, NUMBER: '1' };
      const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], {
        cwd,
        env,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      rmSync(cwd, { recursive: true });
      return { code: status, out: stdout, err: stderr };
    },
    remove: () => {
      cluster.stop();
      rmSync(bin, { recursive: true });
    },
  };
}
