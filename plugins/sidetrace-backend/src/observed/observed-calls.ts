import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AnsweringMesh } from '../services/analyses';
import { askPrometheus, CountError } from './ask-prometheus';
import type { PrometheusConfig } from './observed-config';
import type { Observation } from './with-observed';

/** How long a count, or the failure to get one, holds. */
const minute = 60_000;
/** Counts of so many namespaces are kept. */
const keptLimit = 100;

/** Calls of a namespace's workloads; `off` where the configuration names no Prometheus for the source. */
export type Observed =
  | { readonly kind: 'off' }
  | ({ readonly kind: 'counted' } & Observation)
  | { readonly kind: 'failed'; readonly message: string };

const isFor = (source: string, { sources }: PrometheusConfig) =>
  sources === undefined || sources.some(id => source === id || source.startsWith(`${id}/`));

/** Counts calls that were really made; asks Prometheus at most once a minute for a namespace of a snapshot. */
export class ObservedCalls {
  readonly #kept = new Map<string, Promise<Observed>>();

  constructor(
    private readonly servers: readonly PrometheusConfig[],
    private readonly logger: Pick<LoggerService, 'warn'>,
  ) {}

  /** Differs when a count may: part of the tag of answers that hold counts. */
  tag(now: Date): string {
    return this.servers.length === 0 ? '' : String(Math.floor(now.getTime() / minute));
  }

  /** What is counted for a namespace of a mesh. Never throws: rows are shown without counts then. */
  of({ source }: Pick<AnsweringMesh, 'source'>, namespace: string, now: Date): Promise<Observed> {
    const server = this.servers.find(item => isFor(source.id, item));
    if (server === undefined) return Promise.resolve({ kind: 'off' });
    const key = JSON.stringify([source.id, source.answerDigest, namespace, this.tag(now)]);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = this.#ask(server, { source: source.id, namespace, now });
    this.#kept.set(key, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptLimit && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  async #ask(
    server: PrometheusConfig,
    asked: { readonly source: string; readonly namespace: string; readonly now: Date },
  ): Promise<Observed> {
    const { source, namespace, now } = asked;
    try {
      const counts = await askPrometheus(server, namespace, now);
      const since = new Date(now.getTime() - server.window).toISOString();
      return { kind: 'counted', counts, since };
    } catch (error) {
      if (!(error instanceof CountError)) throw error;
      const { message } = error;
      this.logger.warn(`calls of source \`${source}\` are not counted: ${message}`, {
        prometheus: server.url,
        namespace,
      });
      return { kind: 'failed', message };
    }
  }
}
