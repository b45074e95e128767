import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { coreLayers, typesOnly } from './core-layers';
import { findCycle } from './find-cycle';
import { importsOf, parseSource } from './imports';
import { isTestFile, root, sourceFiles } from './workspace';

const source = 'packages/core/src';
const files = sourceFiles(source).filter(file => !isTestFile(file));
const imports = new Map(files.map(file => [file, importsOf(file)]));

/** First folder below src; empty for files in src itself. */
function folderOf(file: string): string {
  const [folder = '', rest] = file.slice(source.length + 1).split('/');
  return rest === undefined ? '' : folder;
}

/** Why a file of one folder may not import a file of another one. */
function breach(file: string, target: string, typeOnly: boolean): string | undefined {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return undefined;
  if (to === '') return 'goes back to the root';
  if (!target.endsWith('/index.ts')) return `goes round the index.ts of ${to}`;
  if (from === '') return undefined;
  if (!coreLayers.get(from)?.includes(to)) return `is not above ${from}`;
  const running = typesOnly.get(from);
  if (running !== undefined && !typeOnly && !running.includes(to)) return 'is more than a type';
  return undefined;
}

/** Properties whose value depends on the moment or on chance. */
const impure = new Map([
  ['Date', ['now']],
  ['Math', ['random']],
  ['performance', ['now']],
  ['crypto', ['randomUUID', 'getRandomValues']],
]);

function isImpure(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return node.expression.text === 'Date' && (node.arguments ?? []).length === 0;
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  return impure.get(node.expression.text)?.includes(node.name.text) ?? false;
}

describe('core', () => {
  test('every folder has a layer', () => {
    const folders = new Set(files.map(folderOf).filter(folder => folder !== ''));
    expect([...folders].filter(folder => !coreLayers.has(folder))).toEqual([]);
  });

  test('a folder imports only folders above it, through their index.ts', () => {
    const breaches = [...imports].flatMap(([file, items]) =>
      items.flatMap(({ file: target, specifier, typeOnly }) => {
        const why = target === undefined ? undefined : breach(file, target, typeOnly);
        return why === undefined ? [] : [`${file}: \`${specifier}\` ${why}`];
      }),
    );
    expect(breaches).toEqual([]);
  });

  test('a forbidden import would be found', () => {
    const found = (from: string, to: string, typeOnly = false) =>
      breach(`${source}/${from}`, `${source}/${to}`, typeOnly);
    expect(found('netfilter/walk.ts', 'mesh/index.ts')).toBe('is not above netfilter');
    expect(found('envoy/x.ts', 'netfilter/index.ts')).toBe('is not above envoy');
    expect(found('mesh/x.ts', 'net/cidr.ts')).toBe('goes round the index.ts of net');
    expect(found('explain/x.ts', 'simulation/index.ts')).toBe('is more than a type');
    expect(found('explain/x.ts', 'simulation/index.ts', true)).toBeUndefined();
    expect(found('mesh/x.ts', 'mesh/y.ts')).toBeUndefined();
  });

  test('no file imports itself through others', () => {
    const targets = (file: string) =>
      (imports.get(file) ?? []).flatMap(item => (item.file === undefined ? [] : [item.file]));
    expect(findCycle(files, targets)).toBeUndefined();
  });

  test('compiles without the types of Node and of the browser', () => {
    const program = ts.createProgram(
      [...files, 'architecture/src/universal-globals.d.ts'].map(file => join(root, file)),
      {
        lib: ['lib.es2023.d.ts'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
      },
    );
    const errors = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    expect(errors).toEqual([]);
  });

  test('reads no clock and no chance', () => {
    const found: string[] = [];
    for (const file of files) {
      const visit = (node: ts.Node): void => {
        if (isImpure(node)) found.push(`${file}: ${node.getText()}`);
        ts.forEachChild(node, visit);
      };
      visit(parseSource(file));
    }
    expect(found).toEqual([]);
  });
});
