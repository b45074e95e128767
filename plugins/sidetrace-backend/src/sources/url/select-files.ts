import picomatch from 'picomatch';

const manifest = /\.(?:ya?ml|json)(?:\.gz)?$/i;
const isHidden = (path: string) =>
  path.split('/').some(name => name.startsWith('.') || name === 'node_modules');

const control = /\p{Cc}/u;

/** The name of a file in a tree; `undefined` when it leads out of the tree or cannot be shown. */
export function treePath(path: string): string | undefined {
  const plain = path.replace(/^(?:\.\/)+/, '');
  const isOdd =
    plain === '' ||
    plain.startsWith('/') ||
    /^[a-z]:|\\/i.test(plain) ||
    control.test(plain) ||
    plain.split('/').some(name => name === '..' || name === '');
  return isOdd ? undefined : plain;
}

/** Which files of a tree are manifests. */
export interface FileSelection {
  readonly selects: (path: string) => boolean;
  /** Patterns that none of the files match. */
  readonly unmatched: (paths: readonly string[]) => readonly string[];
}

/**
 * Files by globs, in the manner of a folder of the file system: without globs all YAML and JSON outside of hidden
 * folders, and a glob that is the name of a folder means all of those below it.
 */
export function fileSelection(globs: readonly string[] = ['']): FileSelection {
  const patterns = globs.map(glob => {
    const folder = glob.replace(/^\.?\/|\/$/g, '');
    const below = folder === '' || folder === '.' ? '' : `${folder}/`;
    const isMatch = below === '' ? () => false : picomatch(folder);
    const selects = (path: string) =>
      isMatch(path) ||
      (path.startsWith(below) && manifest.test(path) && !isHidden(path.slice(below.length)));
    return { glob, selects };
  });
  return {
    selects: path => patterns.some(({ selects }) => selects(path)),
    unmatched: paths =>
      patterns.filter(({ selects }) => !paths.some(selects)).map(({ glob }) => glob),
  };
}
