import type { MeshOptions } from '@sidetrace/core';
import type { MeshFields } from './source-config';

/** What the configuration of a source says about its mesh. */
export function meshOptionsOf(config: MeshFields): MeshOptions {
  const { istioVersion, flags, defaultNamespace, injectDefault } = config;
  return {
    ...(istioVersion === undefined ? {} : { istioVersion }),
    ...(flags === undefined ? {} : { flags }),
    ...(defaultNamespace === undefined ? {} : { defaultNamespace }),
    ...(injectDefault === undefined ? {} : { injectDefault }),
  };
}
