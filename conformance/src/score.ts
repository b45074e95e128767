import { type AnswerLine, answerInputs, jsonLines } from './answer-inputs';
import type { Archive } from './archive';
import { compare, type Difference } from './compare';
import { newestVersion } from './istio-versions';
import type { JsonObject, Suite } from './suite';

/** What a run of one suite came to. */
export interface Score {
  readonly passed: number;
  readonly total: number;
}

/** An input whose answer is not the recorded one; without differences it has no answer, and `why` says the reason. */
export interface Miss {
  readonly id: string;
  readonly why?: string;
  readonly differences: readonly Difference[];
}

export interface SuiteRun extends Score {
  readonly misses: readonly Miss[];
}

/** Recorded answer of an id: `null` where that version cannot take the input. */
function recordOf(line: JsonObject): JsonObject | null {
  if (!('answer' in line)) {
    const { id: _, ...fields } = line;
    return fields;
  }
  return line.answer as JsonObject | null;
}

function readRecords(text: string, into: Map<string, JsonObject | null>): void {
  for (const line of jsonLines(text)) into.set(String(line.id), recordOf(line));
}

/** Recorded answers by id: the newest version's, replaced by those in which `istio` differs. */
export function recordedAnswers(
  archive: Archive,
  istio: string,
): ReadonlyMap<string, JsonObject | null> {
  const records = new Map<string, JsonObject | null>();
  readRecords(archive.readText('expected.jsonl'), records);
  const overlay = `versions/${istio}.jsonl`;
  if (istio !== newestVersion && archive.has(overlay))
    readRecords(archive.readText(overlay), records);
  return records;
}

function judge(suite: string, record: JsonObject, line: AnswerLine): Miss | undefined {
  const id = String(line.id);
  if (line.answer === null) return { id, why: line.why, differences: [] };
  const differences = compare(suite, record, line.answer);
  return differences.length === 0 ? undefined : { id, differences };
}

/** Runs a suite on its archived inputs and compares each answer with the record. */
export async function runSuite(suite: Suite, archive: Archive, istio: string): Promise<SuiteRun> {
  const records = recordedAnswers(archive, istio);
  const context = {
    directory: archive.path,
    istio,
    readText: (path: string) => archive.readText(path),
  };
  const inputs = jsonLines(archive.readText('inputs.jsonl'));
  const misses: Miss[] = [];
  let total = 0;
  for await (const line of answerInputs(suite, context, inputs)) {
    const record = records.get(String(line.id));
    if (record === null || record === undefined) continue;
    total += 1;
    const miss = judge(suite.name, record, line);
    if (miss !== undefined) misses.push(miss);
  }
  return { passed: total - misses.length, total, misses };
}
