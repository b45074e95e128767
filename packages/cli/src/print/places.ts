import { formatObjectRef, type Origin, type SourceRef } from '@sidetrace/core';
import { locate, type Position } from '@sidetrace/loader';

/** Where objects and fields stand in the texts that were read. */
export class Places {
  readonly #known = new Map<string, Position>();
  readonly #lines = new Map<string, readonly string[]>();

  constructor(private readonly textOf: (file: string) => string | undefined) {}

  /** Position of a field; the document's first line when its text is not there. */
  position(source: SourceRef, path = ''): Position {
    const key = `${source.file}\n${source.document}\n${source.item ?? ''}\n${path}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = this.textOf(source.file);
    const position =
      text === undefined ? { line: source.line, column: 1 } : locate(text, source, path);
    this.#known.set(key, position);
    return position;
  }

  /** Text of a line, from 1; `undefined` when the text of the file is not there. */
  line(file: string, line: number): string | undefined {
    const known = this.#lines.get(file);
    if (known !== undefined) return known[line - 1];
    const lines = this.textOf(file)?.split(/\r?\n/) ?? [];
    this.#lines.set(file, lines);
    return lines[line - 1];
  }

  /** `mesh.yaml:12`; an object of a cluster has no lines: `cluster:prod`. */
  place(source: SourceRef, path = ''): string {
    if (source.file.startsWith('cluster:') && this.textOf(source.file) === undefined) {
      return source.file;
    }
    return `${source.file}:${this.position(source, path).line}`;
  }

  /** `ServiceEntry shop/stripe spec.hosts.0 (mesh.yaml:12)`, or the default or option that decided. */
  origin(origin: Origin): string {
    if (origin.kind === 'option') return `option ${origin.option}`;
    if (origin.kind === 'default') {
      const { since, until } = origin;
      const range = [
        since === undefined ? '' : `from Istio ${since}`,
        until === undefined ? '' : `until ${until}`,
      ];
      const versions = range.filter(part => part !== '').join(' ');
      return `default ${origin.default}${versions === '' ? '' : ` (${versions})`}`;
    }
    const { object, path, source } = origin;
    const field = path === '' ? '' : ` ${path}`;
    const place = source === undefined ? '' : ` (${this.place(source, path)})`;
    return `${formatObjectRef(object)}${field}${place}`;
  }
}
