/**
 * Requests and connections of one workload to one service, as its own sidecar counted them. The labels are those of
 * Istio's standard metrics (istio/proxy, source/extensions/filters/http/istio_stats).
 */
export interface CallCount {
  readonly namespace: string;
  readonly workload: string;
  /** `destination_service`: the registry's host of the cluster, else the Host header of an HTTP request, else `unknown`. */
  readonly service: string;
  /** `destination_service_name`: `PassthroughCluster` and `BlackHoleCluster` for what is not in the registry. */
  readonly serviceName: string;
  readonly calls: number;
}
