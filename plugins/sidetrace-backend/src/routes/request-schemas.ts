import { InputError } from '@backstage/errors';
import {
  columnLimit,
  pageLimit,
  whatIfTextLimit,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';
import { z } from 'zod';

const short = z.string().min(1).max(253);
const text = z.string().max(1000);
const whole = (max: number) => z.coerce.number().int().min(0).max(max);
const port = z.coerce.number().int().min(1).max(65_535);

const page = {
  offset: whole(1_000_000_000).optional(),
  limit: whole(pageLimit).min(1).optional(),
};

export const entityParams = z.object({ namespace: short, kind: short, name: short });
export const tabQuery = z.object({ workload: text.optional() }).strict();

const matrixFilter = {
  source: text.optional(),
  namespace: short.optional(),
  owner: text.optional(),
  system: text.optional(),
  workload: text.optional(),
  host: text.optional(),
  verdict: z.enum(verdicts).optional(),
};
export const matrixQuery = z
  .object({
    ...matrixFilter,
    ...page,
    by: z.enum(['owner', 'system', 'namespace']).optional(),
    columnOffset: whole(1_000_000_000).optional(),
    columnLimit: whole(columnLimit).min(1).optional(),
  })
  .strict();
export const cellQuery = z
  .object({
    workload: text,
    host: text.min(1),
    port,
    protocol: z.enum(['HTTP', 'TLS', 'TCP', 'UDP']),
  })
  .strict();

const findingFilter = {
  source: text.optional(),
  level: z.enum(['error', 'warning', 'info']).optional(),
  check: text.optional(),
  namespace: z.string().max(253).optional(),
  owner: text.optional(),
  state: z.enum(['open', 'waived', 'expired']).optional(),
  text: text.optional(),
};
export const findingsQuery = z.object({ ...findingFilter, ...page }).strict();
export const findingQuery = z.object({ source: text, fingerprint: text }).strict();

const bypassFilter = {
  source: text.optional(),
  reason: text.optional(),
  namespace: short.optional(),
  owner: text.optional(),
  text: text.optional(),
};
export const bypassQuery = z.object({ ...bypassFilter, ...page }).strict();

export const historyQuery = z.object({ source: text.optional(), ...page }).strict();
const snapshotId = z.string().regex(/^\d{1,15}$/, 'expected the id of a snapshot');
const snapshots = { before: snapshotId, after: snapshotId };
export const compareQuery = z.object(snapshots).strict();

const table = z.enum(['csv', 'json', 'markdown']);
export const exportQueries = {
  access: z.object({ ...matrixFilter, format: table }).strict(),
  findings: z
    .object({ ...findingFilter, format: z.enum(['csv', 'json', 'sarif', 'markdown']) })
    .strict(),
  bypasses: z.object({ ...bypassFilter, format: table }).strict(),
  comparison: z.object({ ...snapshots, format: table }).strict(),
  whatIf: z.object({ format: table }).strict(),
};

const object = z.object({ kind: short, namespace: short.optional(), name: short }).strict();
const edits = {
  outboundMode: z.enum(['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS']).optional(),
  apply: z.string().max(whatIfTextLimit).optional(),
  removeYaml: z.string().max(whatIfTextLimit).optional(),
  remove: z.array(object).max(1000).optional(),
  annotate: z
    .array(
      z
        .object({
          workload: z.object({ kind: short, namespace: short, name: short }).strict(),
          annotation: z.string().min(1).max(317),
          value: z.string().max(100_000).optional(),
        })
        .strict(),
    )
    .max(1000)
    .optional(),
};
export const meshWhatIfBody = z.object({ ...edits, source: text.optional() }).strict();
export const entityWhatIfBody = z.object({ ...edits, workload: text.optional() }).strict();

const call = z
  .object({
    pod: short.optional(),
    container: short.optional(),
    uid: whole(4_294_967_295).optional(),
    gid: whole(4_294_967_295).optional(),
    to: text.min(1),
    port,
    protocol: z.enum(['http', 'http2', 'https', 'tls', 'tcp', 'udp']),
    address: z.string().max(45).optional(),
    host: text.optional(),
    sni: text.optional(),
    path: z.string().max(8000).optional(),
    method: z.string().max(20).optional(),
    headers: z.record(z.string().max(200), z.string().max(8000)).optional(),
    httpVersion: z.enum(['1.0', '1.1', '2']).optional(),
    serverFirst: z.boolean().optional(),
    absoluteForm: z.boolean().optional(),
    connectVia: text.optional(),
    insecure: z.boolean().optional(),
    mtls: z.boolean().optional(),
    alpn: z.array(z.string().max(255)).max(20).optional(),
    bind: z.string().max(45).optional(),
    family: z.union([z.literal(4), z.literal(6)]).optional(),
    waitSeconds: z.number().min(0).max(86_400).optional(),
  })
  .strict();
export const suggestBody = z.object({ workload: text.optional(), call }).strict();

/** What a schema makes of a request; throws with each place and what is expected there. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new InputError(problems.join('; '));
}
