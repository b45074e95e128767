import { UsageError } from '../usage-error';
import type { ClusterChoice } from './cluster/read-cluster';
import { type ConfigFile, loadConfigFile } from './config-file';

/** Options of every command that reads a mesh. */
export interface InputOptions {
  readonly filename: readonly string[];
  /** A cluster, when one is named: the files are put over its objects. */
  readonly cluster?: ClusterChoice;
  readonly namespace?: string;
  readonly injectDefault?: boolean;
  readonly istio?: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly rootNamespace?: string;
  readonly clusterDomain?: string;
  readonly verbose: boolean;
  readonly config: ConfigFile;
}

function readFlags(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`\`${pair}\` is no flag`, 'write --flag PILOT_HTTP10=true');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** What commander hands over for `addInputOptions`. */
export interface RawInputOptions {
  readonly filename?: readonly string[];
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly injectDefault?: boolean;
  readonly istio?: string;
  readonly flag?: readonly string[];
  readonly rootNamespace?: string;
  readonly clusterDomain?: string;
  readonly config?: string;
  readonly verbose?: boolean;
}

const present = <T extends object>(members: T): T => {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
};

/** A cluster is read only when the command line names one. */
function clusterOf({ context, kubeconfig }: RawInputOptions): ClusterChoice | undefined {
  if (context === undefined && kubeconfig === undefined) return undefined;
  return present({ context, kubeconfig });
}

/** Options with the defaults of the configuration file. */
export function readInputOptions(raw: RawInputOptions): InputOptions {
  const config = loadConfigFile(raw.config);
  const namespace = raw.namespace ?? config.namespace;
  const cluster = clusterOf(raw);
  return {
    filename: raw.filename ?? (cluster === undefined ? (config.filename ?? []) : []),
    flags: { ...config.flags, ...readFlags(raw.flag ?? []) },
    verbose: raw.verbose ?? false,
    config,
    ...present({
      cluster,
      namespace,
      injectDefault: raw.injectDefault ?? config.injectDefault,
      istio: raw.istio ?? config.istio,
      rootNamespace: raw.rootNamespace ?? config.rootNamespace,
      clusterDomain: raw.clusterDomain ?? config.clusterDomain,
    }),
  };
}
