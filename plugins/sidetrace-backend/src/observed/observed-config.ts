import { z } from 'zod';
import { duration } from '../sources/source-config';

function isPlainAddress(text: string): boolean {
  try {
    const { protocol, username, password, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && username + password + search + hash === '';
  } catch {
    return false;
  }
}

const prometheusSchema = z
  .object({
    url: z
      .string()
      .refine(
        isPlainAddress,
        'expected a URL such as https://prometheus.example, without user, password and query: they belong into `headers`',
      ),
    sources: z.array(z.string().min(1)).min(1).optional(),
    window: duration({ hours: 24 }, 60_000),
    timeout: duration({ seconds: 5 }, 100),
    labels: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a label'),
        z.string(),
      )
      .default({}),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, 'expected the name of a header'),
        z.string().regex(/^[ -~]*$/, 'expected the value of a header, printable ASCII'),
      )
      .default({}),
  })
  .strict();

/** A Prometheus that holds Istio's metrics, for some sources or for all. */
export type PrometheusConfig = z.infer<typeof prometheusSchema>;

/** Where calls that were really made are counted; one server may be written without a list. */
export const observedSchema = z
  .object({
    prometheus: z.preprocess(
      value => (Array.isArray(value) ? value : [value]),
      z.array(prometheusSchema).min(1),
    ),
  })
  .strict();
