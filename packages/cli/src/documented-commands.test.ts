import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeProgram } from './program';
import { root } from './testing/build-command';
import { makeSandbox, type Sandbox } from './testing/sandbox';

const readPage = (path: string) => readFileSync(join(root, path), 'utf8');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await makeSandbox();
}, 300_000);
afterAll(() => sandbox.remove());

/** Runs what is documented: an answer is fine and so are findings, but not a usage error or input that is missing. */
function expectAnswer(command: string): void {
  const { code, out, err } = sandbox.run(command);
  expect([0, 1, 4], `${command}\n${out}${err}`).toContain(code);
  expect(err, command).not.toMatch(/error: /);
}

const io = {
  out: () => undefined,
  err: () => undefined,
  outIsTerminal: false,
  errIsTerminal: false,
  columns: 80,
  env: {},
  readStdin: async () => new Uint8Array(),
  now: () => new Date(0),
};

/** What `--help` of a command prints. */
function helpOf(name: string): string {
  const program = makeProgram(io, () => undefined);
  const command = program.commands.find(item => item.name() === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  let text = '';
  command.configureOutput({ writeOut: part => (text += part) }).outputHelp();
  return text;
}
const names = makeProgram(io, () => undefined)
  .commands.map(command => command.name())
  .filter(name => name !== '__complete');

const timeout = 300_000;

describe('the examples of --help', () => {
  const examplesOf = (help: string) => {
    const [, block = ''] = /^Examples?:\n((?: {2}.*\n)+)/m.exec(help) ?? [];
    return block.split('\n').flatMap(line => (line.trim() === '' ? [] : line.trim()));
  };
  test.each(names)('every command has some: %s', name => {
    expect(examplesOf(helpOf(name)).length).toBeGreaterThan(0);
    expect(helpOf(name)).toMatch(/Exit codes: 0 fine/);
  });
  const lines = names.flatMap(name => examplesOf(helpOf(name)));
  test.each(lines)('%s', { timeout }, line => expectAnswer(line));
  test.each(names)('fit in 80 columns: %s', name => {
    expect(
      helpOf(name)
        .split('\n')
        .filter(line => line.length > 80),
    ).toEqual([]);
  });
});

describe('the pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`),
    ...readdirSync(join(root, 'examples'), { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => `examples/${entry.name}/README.md`),
  ];
  const commandsOf = (page: string) =>
    [
      ...readPage(page).matchAll(
        /^(?: {4}|\$ )((?:npm run (?:-s )?sidetrace -- |sidetrace ).+)$/gm,
      ),
    ].map(([, command = '']) => command);
  const cases = pages.flatMap(page => commandsOf(page).map(command => [page, command] as const));
  test('have commands', () => expect(cases.length).toBeGreaterThan(20));
  test.each(cases)('%s: %s', { timeout }, (_, command) => expectAnswer(command));
});

const yamlOf = (page: string): unknown =>
  parse(/```yaml\n([\s\S]*?)```/.exec(readPage(page))?.[1] ?? '');

describe('the GitHub workflow', () => {
  const workflow = yamlOf('docs/github-action.md') as {
    readonly on: string;
    readonly jobs: {
      readonly sidetrace: {
        readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
      };
    };
  };
  const { steps } = workflow.jobs.sidetrace;
  const scripts = steps.flatMap(({ run }) => run ?? []);
  test('runs for pull requests and uploads the log', () => {
    expect(workflow.on).toBe('pull_request');
    expect(steps.some(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@'))).toBe(
      true,
    );
    expect(scripts).toHaveLength(3);
  });
  test.each(scripts)('step %#', { timeout }, script => {
    expectAnswer(`set -e\n${script}`);
  });
  test('the diff step fails for a mistake', { timeout }, () => {
    const [diff = ''] = scripts;
    expect(sandbox.run(`set -e\n${diff.replace('base/mesh', 'nowhere')}`).code).not.toBe(0);
  });
});

describe('the hooks of pre-commit', () => {
  const { repos } = yamlOf('docs/pre-commit.md') as {
    readonly repos: readonly {
      readonly hooks: readonly {
        readonly id: string;
        readonly entry: string;
        readonly files: string;
        readonly additional_dependencies: readonly string[];
      }[];
    }[];
  };
  const hooks = repos.flatMap(repo => repo.hooks);
  test.each(hooks)('$id', { timeout }, ({ entry, files, additional_dependencies }) => {
    expect(additional_dependencies).toEqual(['@sidetrace/cli@^0.1']);
    expect(new RegExp(files).test('mesh/a/b.yaml')).toBe(true);
    expect(new RegExp(files).test('src/b.yaml')).toBe(false);
    expectAnswer(entry);
  });
  test('there are two', () => expect(hooks).toHaveLength(2));
});

test('cli.md names every command and every option', () => {
  const page = readPage('docs/cli.md');
  const program = makeProgram(io, () => undefined);
  const missing = program.commands
    .filter(command => command.name() !== '__complete')
    .flatMap(command => [
      `sidetrace ${command.name()}`,
      ...command.options.flatMap(({ long }) => (long === undefined ? [] : `\`${long}`)),
    ])
    .filter(word => !page.includes(word));
  expect([...new Set(missing)]).toEqual([]);
});
