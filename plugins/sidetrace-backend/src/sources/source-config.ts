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

const directorySchema = z
  .object({
    type: z.literal('directory'),
    ...meshFields,
    path: z.string().min(1),
    files: z.array(z.string().min(1)).optional(),
    perFolder: z.boolean().optional(),
  })
  .strict();

/** A source of the configuration, by `type`. */
export const sourceSchema = z.discriminatedUnion('type', [directorySchema]);

/** A folder of the backend's file system as a source. */
export type DirectorySourceConfig = z.infer<typeof directorySchema>;
/** A source as configured. */
export type SourceConfig = z.infer<typeof sourceSchema>;
