// Runs a pnpm script of the root package with the pnpm version that package.json
// pins, fetching that pnpm from the npm registry when the PATH has another or none.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const version = packageManager.split('@')[1].split('+')[0];
const win = process.platform === 'win32';
const run = (cmd, args, env = process.env, stdio = 'inherit') =>
  spawnSync(cmd, args, { cwd: root, env, stdio, shell: win });

const env = { ...process.env };
// pnpm does not hand npm's `nodedir` setting on to node-gyp: where Node's headers lie beside
// Node itself, native addons are built with them and nothing is downloaded
const prefix = dirname(dirname(process.execPath));
if (!env.npm_config_nodedir && existsSync(join(prefix, 'include', 'node', 'node.h'))) {
  env.npm_config_nodedir = prefix;
}
const onPath = run('pnpm', ['--version'], { ...env, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' }, 'pipe');
if (onPath.status !== 0 || onPath.stdout.toString().trim() !== version) {
  const dir = join(root, '.tools', `pnpm-${version}`);
  if (!existsSync(join(dir, 'node_modules', 'pnpm'))) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'package.json'), '{"private":true}\n');
    const r = run('npm', [
      'install',
      '--prefix',
      dir,
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `pnpm@${version}`,
    ]);
    if (r.status !== 0) process.exit(r.status ?? 1);
  }
  env.PATH = join(dir, 'node_modules', '.bin') + delimiter + env.PATH;
}
const stamp = join(root, 'node_modules', '.modules.yaml');
const lock = join(root, 'pnpm-lock.yaml');
if (!existsSync(stamp) || statSync(stamp).mtimeMs < statSync(lock).mtimeMs) {
  const r = run('pnpm', ['install', '--frozen-lockfile'], env);
  if (r.status !== 0) process.exit(r.status ?? 1);
}
if (process.argv[2] === '--install-only') process.exit(0);
const r = run('pnpm', ['run', ...process.argv.slice(2)], env);
process.exit(r.status ?? 1);
