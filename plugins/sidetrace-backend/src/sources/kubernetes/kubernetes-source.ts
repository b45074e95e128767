import { homedir } from 'node:os';
import type { PackedSnapshot } from '../../store/snapshot-digest';
import { meshOptionsOf } from '../mesh-options';
import type { FollowRequest, ReadRequest, Source, SourceAnswer } from '../source';
import type { KubernetesSourceConfig } from '../source-config';
import { ReadingEnded, SourceError } from '../source-error';
import type { ClusterNews, ClusterReader, ClusterRequest } from './cluster-request';

type Connection = ClusterRequest['connection'];

/** `JSON` knows members that are absent from those that are undefined; configuration does not. */
function connectionOf({ connection }: KubernetesSourceConfig): Connection {
  switch (connection.kind) {
    case 'in-cluster':
      return connection;
    case 'kubeconfig': {
      const { kind, path, context } = connection;
      return {
        kind,
        ...(path === undefined ? {} : { path }),
        ...(context === undefined ? {} : { context }),
      };
    }
    case 'token': {
      const { kind, server, token, caData, skipTLSVerify } = connection;
      return {
        kind,
        server,
        token,
        ...(caData === undefined ? {} : { caData }),
        ...(skipTLSVerify === undefined ? {} : { skipTLSVerify }),
      };
    }
  }
}

/** A reason without the places of the backend's machine and, whatever it is made of, without the token. */
function shownReason(reason: string, connection: Connection): string {
  const text = reason.replaceAll(homedir(), '~');
  if (connection.kind === 'token') return text.replaceAll(connection.token, '[hidden]');
  if (connection.kind !== 'kubeconfig' || connection.path === undefined) return text;
  return text.replaceAll(connection.path, '`connection.path`');
}

/** Reads the objects of a cluster, and follows their changes: one mesh. */
export class KubernetesSource implements Source {
  readonly id: string;
  readonly follow?: (request: FollowRequest) => Promise<void>;
  readonly #request: ClusterRequest;

  constructor(
    private readonly config: KubernetesSourceConfig,
    private readonly readCluster: ClusterReader,
  ) {
    const { id, namespaces, watch, quietPeriod: quietMs, timeout: timeoutMs } = config;
    this.id = id;
    this.#request = {
      connection: connectionOf(config),
      options: meshOptionsOf(config),
      watch,
      quietMs,
      timeoutMs,
      ...(namespaces === undefined ? {} : { namespaces }),
    };
    if (watch) this.follow = request => this.#follow(request);
  }

  async read({ signal }: ReadRequest): Promise<SourceAnswer> {
    let packed: PackedSnapshot | undefined;
    const take = (news: ClusterNews) => {
      if (news.kind === 'snapshot') packed = news.packed;
    };
    await this.#read({ ...this.#request, watch: false }, take, signal);
    if (packed === undefined) throw new ReadingEnded();
    return this.#answer(packed);
  }

  async #follow({ signal, onAnswer, onFailure }: FollowRequest): Promise<void> {
    // in the order in which it happened, and one after the other
    let last: Promise<void> = Promise.resolve();
    let failed: Error | undefined;
    const take = (news: ClusterNews) => {
      last = last
        .then(() =>
          news.kind === 'trouble'
            ? onFailure(this.#error(news.reason))
            : onAnswer(this.#found(news)),
        )
        .catch((error: Error) => {
          failed ??= error;
        });
    };
    await this.#read(this.#request, take, signal);
    await last;
    if (failed !== undefined) throw failed;
  }

  #found(news: Exclude<ClusterNews, { readonly kind: 'trouble' }>): SourceAnswer {
    return news.kind === 'unchanged' ? news : this.#answer(news.packed);
  }

  #answer(packed: PackedSnapshot): SourceAnswer {
    const { cluster } = this.config;
    const reading = { id: this.id, packed, ...(cluster === undefined ? {} : { cluster }) };
    return { kind: 'meshes', readings: [reading] };
  }

  #error(reason: string): SourceError {
    return new SourceError(shownReason(reason, this.#request.connection));
  }

  async #read(...asked: Parameters<ClusterReader>): Promise<void> {
    try {
      await this.readCluster(...asked);
    } catch (error) {
      throw this.#error(error instanceof Error ? error.message : String(error));
    }
  }
}
