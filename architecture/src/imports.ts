import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { root } from './workspace';

/** One module that a file names, by `import`, `export ... from`, `import()` or `require()`. */
export interface Import {
  readonly specifier: string;
  /** True when only types are taken, so that nothing runs. */
  readonly typeOnly: boolean;
  /** File from the root that a relative specifier leads to. */
  readonly file?: string;
}

export const parseSource = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

function resolveRelative(from: string, specifier: string): string | undefined {
  const base = join(dirname(from), specifier);
  const candidates = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx'].map(
    end => `${base}${end}`,
  );
  return candidates.find(candidate => isFile(join(root, candidate)));
}

function importIsTypeOnly(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every(element => element.isTypeOnly);
}

function exportIsTypeOnly(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause)) return false;
  return clause.elements.length > 0 && clause.elements.every(element => element.isTypeOnly);
}

const isRequire = (node: ts.CallExpression) =>
  node.expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(node.expression) && node.expression.text === 'require');

/** `[module, types only]` when the node names a module. */
function moduleOf(node: ts.Node): readonly [ts.Node | undefined, boolean] | undefined {
  if (ts.isImportDeclaration(node)) return [node.moduleSpecifier, importIsTypeOnly(node)];
  if (ts.isExportDeclaration(node)) return [node.moduleSpecifier, exportIsTypeOnly(node)];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return [node.argument.literal, true];
  }
  if (ts.isCallExpression(node) && isRequire(node)) return [node.arguments[0], false];
  return undefined;
}

/** Every module that a file (from the root) names. */
export function importsOf(file: string): readonly Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const [module, typeOnly] = moduleOf(node) ?? [undefined, false];
    if (module !== undefined && ts.isStringLiteralLike(module)) {
      const specifier = module.text;
      const target = specifier.startsWith('.') ? resolveRelative(file, specifier) : undefined;
      imports.push({ specifier, typeOnly, ...(target === undefined ? {} : { file: target }) });
    }
    ts.forEachChild(node, visit);
  };
  visit(parseSource(file));
  return imports;
}
