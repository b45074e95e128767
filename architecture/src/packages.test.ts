import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf } from './imports';
import { type PackageRule, packageRules } from './package-rules';
import { isTestFile, root, sourceFiles, workspacePackages } from './workspace';

const isNode = (specifier: string) =>
  specifier.startsWith('node:') || builtinModules.includes(specifier.split('/')[0] ?? '');
const isBackstage = (specifier: string) =>
  /^(@backstage\/|@material-ui\/|@remixicon\/react|react($|\/|-)|react-dom)/.test(specifier);
const workspaceNames = workspacePackages.map(item => item.name);
const isWorkspace = (specifier: string) =>
  workspaceNames.some(name => specifier === name || specifier.startsWith(`${name}/`));

/** Why an import breaks the rule of its package. */
function breach(rule: PackageRule, file: string, { specifier, file: target }: Import) {
  const shared = rule.shares !== undefined && target?.startsWith(rule.shares) === true;
  if (target !== undefined && !target.startsWith(`${rule.folder}/`) && !shared) {
    return 'leaves its package by a relative path';
  }
  if (isWorkspace(specifier) && !rule.workspace.some(allowed => allowed.test(specifier))) {
    return 'is a package that this one may not know';
  }
  if (isBackstage(specifier) && !rule.backstage) return 'is for plugins and apps only';
  const inside = (folder: string) => join(rule.folder, folder, 'x').slice(0, -1);
  const mayUseNode = rule.node.some(folder => file.startsWith(inside(folder)));
  if (isNode(specifier) && !mayUseNode && !isTestFile(file)) return 'is a module of Node';
  return undefined;
}

describe('packages', () => {
  test('every workspace package has a rule', () => {
    expect(packageRules.map(rule => rule.folder).sort()).toEqual(
      workspacePackages.map(item => item.folder).sort(),
    );
  });

  test.each(packageRules)('$folder imports what its rule allows', rule => {
    const breaches = sourceFiles(rule.folder).flatMap(file =>
      importsOf(file).flatMap(item => {
        const why = breach(rule, file, item);
        return why === undefined ? [] : [`${file}: \`${item.specifier}\` ${why}`];
      }),
    );
    expect(breaches).toEqual([]);
  });

  test('a forbidden import would be found', () => {
    const [core] = packageRules;
    if (core === undefined) throw new Error(`no packages in ${root}`);
    const found = (specifier: string) =>
      breach(core, 'packages/core/src/mesh/mesh.ts', { specifier, typeOnly: false });
    expect(found('node:fs')).toBe('is a module of Node');
    expect(found('fs/promises')).toBe('is a module of Node');
    expect(found('react')).toBe('is for plugins and apps only');
    expect(found('@sidetrace/loader')).toBe('is a package that this one may not know');
    expect(found('ipaddr.js')).toBeUndefined();
  });
});
