import ts from 'typescript';
import { parseSource } from './imports';

/** Names that an index file exports; a file that does more than re-export by name is told in `problems`. */
export interface ExportedNames {
  readonly names: readonly string[];
  readonly problems: readonly string[];
}

/** Reads a file that only re-exports by name (or has the default export that Backstage asks for). */
export function exportedNames(file: string): ExportedNames {
  const names: string[] = [];
  const problems: string[] = [];
  for (const statement of parseSource(file).statements) {
    if (ts.isExportAssignment(statement)) names.push('default');
    else if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined) {
      if (ts.isNamedExports(statement.exportClause)) {
        names.push(...statement.exportClause.elements.map(element => element.name.text));
      } else problems.push(`${file}: \`export * as\` hides names`);
    } else if (ts.isExportDeclaration(statement)) {
      problems.push(`${file}: \`export *\` hides names`);
    } else if (!ts.isImportDeclaration(statement)) {
      problems.push(`${file}: only re-exports belong here: ${statement.getText().slice(0, 60)}`);
    }
  }
  return { names: names.sort(), problems };
}
