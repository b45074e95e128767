import type { Cluster } from '../cluster';
import type { ClusterConfig } from '../cluster-config';
import { ClusterError } from '../cluster-error';
import {
  ApiFailure,
  type Connection,
  type Pace,
  patient,
  readJson,
  retry,
  textMember,
} from '../request';
import { configure, nameOf } from './configure';
import { connectionOf } from './connection-of';
import { explainFailure } from './explain-failure';
import { usableConfig } from './usable-config';

export interface ConnectOptions {
  readonly signal?: AbortSignal;
  /** How patiently requests are tried again; about as client-go when not given. */
  readonly pace?: Pace;
}

const versionLimit = 64 * 1024;
const versionIdleMs = 30_000;

/** A server that is not there is told soon; one that is busy is waited for. */
const soon = (pace: Pace): Pace => ({ ...pace, tries: Math.min(pace.tries, 3) });

async function versionOf(
  connection: Connection,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const asked = { path: '/version', signal, idleMs: versionIdleMs, compressed: false };
  try {
    const found = await retry(() => readJson(connection, asked, versionLimit), soon(pace), signal);
    return textMember(found, 'gitVersion');
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    // a server may hide its version; that it knows the account was said all the same
    if (error.status === 403 || error.status === 404) return undefined;
    const { origin } = connection.server;
    throw (
      explainFailure(error, origin) ??
      new ClusterError(
        'api',
        `${origin} gives no version: ${error.message}`,
        'check that the address is a Kubernetes API server',
      )
    );
  }
}

/**
 * Connects to a cluster: reads the configuration, makes credentials, and asks for the version once. Rejects with a
 * `ClusterError`.
 *
 * @example const cluster = await connectCluster({ kind: 'kubeconfig', context: 'prod' });
 */
export async function connectCluster(
  config: ClusterConfig,
  { signal, pace = patient }: ConnectOptions = {},
): Promise<Cluster> {
  const made = await configure(config);
  const name = nameOf(config, made);
  const connection = connectionOf(usableConfig(made));
  const version = await versionOf(connection, pace, signal);
  return { name, server: connection.server.href.replace(/\/$/, ''), version, connection, pace };
}
