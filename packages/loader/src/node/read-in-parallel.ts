import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { finishYaml, readManifests } from '../read-manifests';
import { readPart, splitText, type TextPart } from '../read-part';
import type { ReadResult } from '../read-yaml';

/** Shorter texts are read sooner than a second thread starts. */
const worthAThread = 4_000_000;

/** Share of the text that the main thread reads: the other thread has to start and to hand its objects over. */
const ownShare = 0.54;

/** Parsing makes many short-lived objects: a large young generation is collected less often. */
const youngMb = 192;

/** What a thread that was started by `readInParallel` does: reads the part that it is sent. False in the main thread. */
export function serveParts(): boolean {
  if (isMainThread || parentPort === null) return false;
  const port = parentPort;
  port.once('message', (part: TextPart) => {
    port.postMessage(readPart(part));
    port.close();
  });
  return true;
}

function readElsewhere(part: TextPart, script: string): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(script), {
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code => {
      if (code !== 0) reject(new Error(`the reading thread ended with ${code}`));
    });
    worker.postMessage(part);
  });
}

/**
 * Reads a long YAML text in two threads, with the same result as `readManifests`. `script` is the `file:` URL of a module
 * that calls `serveParts` first. Anything but many documents of YAML is read in this thread.
 */
export async function readInParallel(
  text: string,
  file: string,
  script: string,
): Promise<ReadResult> {
  const isPlain =
    text.length >= worthAThread && !/^\uFEFF?\s*\{/.test(text) && !text.includes('\0');
  const parts = isPlain
    ? splitText(text.replace(/^\uFEFF/, ''), file, text.length * ownShare)
    : undefined;
  if (parts === undefined) return readManifests(text, file);
  const [own, other] = parts;
  // a thread that does not start or end costs time only: its part is read here, with the same result
  const elsewhere = readElsewhere(other, script).catch(() => readPart(other));
  const first = readPart(own);
  const second = await elsewhere;
  return finishYaml(text, {
    resources: [...first.resources, ...second.resources],
    issues: [...first.issues, ...second.issues],
  });
}
