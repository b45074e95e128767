import {
  anyDuration,
  bool,
  choice,
  double,
  duration,
  list,
  map,
  message,
  nullable,
  required,
  text,
  uint32,
  uint64,
  words,
} from '../make-type';

/** `Failover`. */
export const failover = message({
  from: text(),
  to: text(),
});

/** `Distribute`. */
export const distribute = message({
  from: text(),
  to: map(uint32()),
});

/** `LocalityLoadBalancerSetting`. */
export const localityLbSetting = message({
  distribute: list(distribute),
  enabled: nullable(bool()),
  failover: list(failover),
  failoverPriority: list(text()),
});

const zoneAwareLbSetting = message({
  enabled: nullable(bool()),
  failover: list(failover),
  failoverPriority: list(text()),
  minClusterSize: nullable(uint32({ minimum: 1 })),
});

export const warmup = message({
  aggression: nullable(double({ minimum: 0 })),
  duration: required(duration()),
  minimumPercent: nullable(double({ minimum: 0, maximum: 100 })),
});

const backendUtilization = message({
  errorUtilizationPenaltyPercent: uint32(),
  metricNamesForComputingUtilization: list(text()),
  weightExpirationPeriod: anyDuration(),
  weightStabilizationPeriod: anyDuration(),
  weightUpdatePeriod: anyDuration(),
});

const httpCookieAttribute = message({
  name: required(text()),
  value: text(),
});

export const httpCookie = message({
  attributes: list(httpCookieAttribute),
  name: required(text()),
  path: text(),
  ttl: anyDuration(),
});

export const ringHash = message({
  minimumRingSize: uint64(),
});

export const maglev = message({
  tableSize: uint64(),
});

export const consistentHash = message({
  httpHeaderName: choice('key', text()),
  httpCookie: choice('key', httpCookie),
  useSourceIp: choice('key', bool()),
  httpQueryParameterName: choice('key', text()),
  ringHash: choice('algorithm', ringHash),
  maglev: choice('algorithm', maglev),
  minimumRingSize: uint64(),
});

/** `LoadBalancerSettings`. */
export const loadBalancer = message({
  simple: choice(
    'policy',
    words('UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'),
  ),
  consistentHash: choice('policy', consistentHash),
  backendUtilization: choice('policy', backendUtilization),
  localityLbSetting: localityLbSetting,
  warmup: warmup,
  warmupDurationSecs: duration(),
  zoneAwareLbSetting: zoneAwareLbSetting,
});
