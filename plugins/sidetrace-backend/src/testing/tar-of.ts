import { Header } from 'tar';

/** A tar archive of files, with whatever names. */
export function tarOf(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const mtime = new Date(0);
    const header = new Header({ path, size: content.length, type: 'File', mode: 0o644, mtime });
    header.encode();
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header.block ?? Buffer.alloc(0), content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
