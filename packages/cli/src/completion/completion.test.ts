import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMesh, decodeResources, simulate } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../run';
import { buildCommand, root } from '../testing/build-command';
import { istioVersions } from './complete';
import { completionScript } from './scripts';

const mesh = join(root, 'examples/unregistered-host/mesh.yaml');

async function complete(...words: readonly string[]) {
  const out: string[] = [];
  await run(['__complete', '--', ...words], {
    out: text => out.push(text),
    err: text => out.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    env: {},
    readStdin: () => Promise.reject(new Error('standard input is not for completion')),
    now: () => new Date(0),
  });
  return out.join('').split('\n').slice(0, -1);
}

describe('what is completed', () => {
  test.each([
    [['tr'], ['trace']],
    [['trace', '--proxy'], ['--proxy-state']],
    [
      ['trace', '-o', ''],
      ['text', 'json', 'yaml', 'markdown'],
    ],
    [
      ['test', '-o', 'j'],
      ['json', 'junit'],
    ],
    [['access', '--output=c'], ['--output=csv']],
    [
      ['trace', '--istio', '1.3'],
      ['1.30', '1.31', '1.32'],
    ],
    [
      ['trace', '--protocol', 'h'],
      ['http', 'http2', 'https'],
    ],
    [['what-if', '--set', 'outbound=R'], ['outbound=REGISTRY_ONLY']],
    [['trace', '-f', ''], [':files']],
    [['diff', ''], [':files']],
    [['test', '-f', mesh, ''], [':files']],
    [['audit', '--waivers', ''], [':files']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['explain', 'registry-only-no-v'], ['registry-only-no-virtual-host']],
    [['trace', '-f', mesh, 'shop/'], ['shop/web']],
    [['explain', '502', '-f', mesh, '-w', ''], ['shop/web']],
    [['trace', '-f', mesh, 'shop/web', 'https'], ['https://']],
    [['trace', ''], []],
    [['trace', '-f', '-', ''], []],
    [['trace', '-f', 'missing.yaml', ''], []],
    [['nonsense', 'x'], []],
  ])('%j', async (words, wanted) => {
    expect(await complete(...words)).toEqual(wanted);
  });
  test('every command, and not the one that completes', async () => {
    const commands = await complete('');
    expect(commands).toEqual(expect.arrayContaining(['trace', 'access', 'completion', 'help']));
    expect(commands).not.toContain('__complete');
  });
  test('the versions of Istio are those that are modelled', () => {
    const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
    const { resources } = decodeResources(
      readManifests(readFileSync(mesh, 'utf8'), mesh).resources,
    );
    const isModelled = (istioVersion: string) => {
      const call = { from: web, to: 'news.example', port: 443, protocol: 'https' } as const;
      const { reasons } = simulate(buildMesh(resources, { istioVersion }), call);
      return !reasons.includes('version-not-modelled');
    };
    expect(istioVersions.filter(version => !isModelled(version))).toEqual([]);
    expect(['1.25', '1.33'].filter(isModelled)).toEqual([]);
  });
});

describe('the scripts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'completion-'));
    await buildCommand(folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  function shell(program: string, script: string) {
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return spawnSync(program, ['-c', script], { encoding: 'utf8', env, cwd: root });
  }
  /** What bash has in COMPREPLY after the words, the last of which is typed. */
  function bash(...words: readonly string[]): readonly string[] {
    const list = ['sidetrace', ...words].map(word => `'${word}'`).join(' ');
    const { stdout, stderr } = shell(
      'bash',
      `source <(sidetrace completion bash); COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _sidetrace; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    expect(stderr).toBe('');
    return stdout.trimEnd().split('\n');
  }

  test('bash completes commands, values, workloads and files', { timeout: 120_000 }, () => {
    expect(bash('what')).toEqual(['what-if']);
    expect(bash('audit', '-o', 's')).toEqual(['sarif']);
    expect(bash('paths', '-f', mesh, '')).toEqual(['shop/web']);
    expect(bash('paths', '-f', 'examples/unreg')).toEqual(['examples/unregistered-host']);
  });
  test('bash registers the function', () => {
    const { stdout } = shell('bash', 'source <(sidetrace completion bash); complete -p sidetrace');
    expect(stdout).toBe('complete -F _sidetrace sidetrace\n');
  });
  test.each(['zsh', 'fish'] as const)('%s accepts its script, where it is installed', program => {
    const script = completionScript(program);
    expect(script).toContain('__complete');
    const { error, status } = spawnSync(program, ['-n'], { input: script, encoding: 'utf8' });
    if (error === undefined) expect(status).toBe(0);
  });
});
