import { parseTar } from 'nanotar';
import { readBytes } from './read-text';

/** Files of a `.tar.gz`, by path. */
export class Archive {
  readonly #files: ReadonlyMap<string, string>;

  constructor(readonly path: string) {
    const entries = parseTar(readBytes(path));
    this.#files = new Map(
      entries
        .filter(entry => entry.type === 'file')
        .map(entry => [normalise(entry.name), entry.text]),
    );
  }

  has(path: string): boolean {
    return this.#files.has(normalise(path));
  }

  readText(path: string): string {
    const text = this.#files.get(normalise(path));
    if (text === undefined) throw new Error(`\`${path}\` is not in ${this.path}`);
    return text;
  }
}

const normalise = (path: string) => path.replace(/^(?:\.\/)+/, '');
