import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type HumanDuration, type JsonValue } from '@backstage/types';
import { z } from 'zod';

/** What every source says about its mesh. */
export const meshFields = {
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected letters, digits, dots and dashes'),
  cluster: z.string().min(1).optional(),
  istioVersion: z
    .string()
    .regex(/^\d+\.\d+$/, "expected `major.minor` in quotes, such as '1.30'")
    .optional(),
  flags: z.record(z.string(), z.string()).optional(),
  defaultNamespace: z.string().min(1).optional(),
  injectDefault: z.boolean().optional(),
};

const meshSchema = z.object(meshFields);

/** What every source says about its mesh. */
export type MeshFields = z.infer<typeof meshSchema>;

const globs = z.array(z.string().min(1)).min(1).optional();

const directorySchema = z
  .object({
    type: z.literal('directory'),
    ...meshFields,
    path: z.string().min(1),
    files: z.array(z.string().min(1)).optional(),
    perFolder: z.boolean().optional(),
  })
  .strict();

/** A duration as Backstage writes it, in milliseconds. */
export const duration = (fallback: HumanDuration, leastMs: number) =>
  z
    .unknown()
    .default(fallback)
    .transform((value, context) => {
      // what a configuration holds is JSON
      const wrong = (why: string) => {
        context.addIssue({
          code: 'custom',
          message: `${why}; expected a duration such as ${JSON.stringify(fallback)}`,
        });
        return z.NEVER;
      };
      try {
        const found = readDurationFromConfig(new ConfigReader({ value: value as JsonValue }), {
          key: 'value',
        });
        const ms = durationToMilliseconds(found);
        return ms >= leastMs ? ms : wrong(`it is shorter than ${leastMs} ms`);
      } catch (error) {
        return wrong(error instanceof Error ? error.message : String(error));
      }
    });

const count = (fallback: number) => z.number().int().min(1).default(fallback);

const limitsSchema = z
  .object({ maxFiles: count(10_000), maxFileMb: count(20), maxTotalMb: count(200) })
  .strict();

/** How much of a tree is read: files, size of one and of all in MiB. */
export type UrlLimits = z.infer<typeof limitsSchema>;

function addressOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const hasCredentials = (text: string) => {
  const address = addressOf(text);
  return address !== undefined && address.username + address.password !== '';
};

const webAddress = z
  .string()
  .refine(
    text => /^https?:$/.test(addressOf(text)?.protocol ?? ''),
    'expected a URL such as https://github.com/example/mesh/tree/main/manifests',
  )
  .refine(
    text => !hasCredentials(text),
    'expected a URL without user and password: they belong into `integrations`',
  );

const urlSchema = z
  .object({
    type: z.literal('url'),
    ...meshFields,
    url: webAddress,
    content: z.enum(['tree', 'file', 'archive']).optional(),
    files: globs,
    limits: limitsSchema.default({ maxFiles: 10_000, maxFileMb: 20, maxTotalMb: 200 }),
    timeout: duration({ minutes: 2 }, 1000),
  })
  .strict();

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const connectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('in-cluster') }).strict(),
  z
    .object({
      kind: z.literal('kubeconfig'),
      path: z.string().min(1).optional(),
      context: z.string().min(1).optional(),
    })
    .strict(),
  z
    .object({
      kind: z.literal('token'),
      server: z
        .string()
        .refine(text => {
          const address = addressOf(text);
          const isLocal = address?.protocol === 'http:' && loopback.has(address.hostname);
          return address?.protocol === 'https:' || isLocal;
        }, 'expected the https URL of an API server; http only for this machine')
        .refine(text => !hasCredentials(text), 'expected a URL without user and password'),
      token: z.string().min(1),
      caData: z
        .string()
        .refine(text => text.includes('-----BEGIN CERTIFICATE-----'), 'expected PEM text')
        .optional(),
      skipTLSVerify: z.boolean().optional(),
    })
    .strict(),
]);

const kubernetesSchema = z
  .object({
    type: z.literal('kubernetes'),
    ...meshFields,
    connection: connectionSchema,
    namespaces: z.array(z.string().min(1)).min(1).optional(),
    watch: z.boolean().default(true),
    quietPeriod: duration({ seconds: 30 }, 100),
    timeout: duration({ minutes: 2 }, 1000),
  })
  .strict();

/** A source of the configuration, by `type`. */
export const sourceSchema = z.discriminatedUnion('type', [
  directorySchema,
  urlSchema,
  kubernetesSchema,
]);

/** A folder of the backend's file system as a source. */
export type DirectorySourceConfig = z.infer<typeof directorySchema>;
/** A tree, an archive or a file at a URL as a source; durations in milliseconds. */
export type UrlSourceConfig = z.infer<typeof urlSchema>;
/** A cluster as a source; durations in milliseconds. */
export type KubernetesSourceConfig = z.infer<typeof kubernetesSchema>;
/** A source as configured. */
export type SourceConfig = z.infer<typeof sourceSchema>;
