import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { type Analyses, answering } from './analyses';

/** What a refresh reports. */
export interface RefreshMetrics {
  read(source: string, seconds: number, failed: boolean): void;
  analysed(source: string, seconds: number): void;
}

const states = ['fresh', 'stale', 'unread'] as const;

/** Durations, age and state of each source's snapshot, and what is in it, through Backstage's metrics. */
export function refreshMetrics(
  metrics: MetricsService,
  analyses: Analyses,
  now: () => number,
): RefreshMetrics {
  const reading = metrics.createHistogram('sidetrace.source.read.duration', {
    description: 'time to read a source',
    unit: 's',
  });
  const analysis = metrics.createHistogram('sidetrace.analysis.duration', {
    description: 'time to analyse a snapshot',
    unit: 's',
  });
  const failures = metrics.createCounter('sidetrace.source.read.failures', {
    description: 'readings of a source that failed',
  });
  const age = metrics.createObservableGauge('sidetrace.snapshot.age', {
    description: 'time since the snapshot that answers was found to be current',
    unit: 's',
  });
  const state = metrics.createObservableGauge('sidetrace.source.state', {
    description: '1 for the state that a source is in',
  });
  const workloads = metrics.createObservableGauge('sidetrace.workloads', {
    description: 'workloads of a mesh',
  });
  const findings = metrics.createObservableGauge('sidetrace.findings', {
    description: 'findings by level, waived ones included',
  });
  const cells = metrics.createObservableGauge('sidetrace.access', {
    description: 'cells of the access matrix by verdict',
  });

  age.addCallback(async result => {
    for (const { source } of await analyses.current()) {
      if (source.readAt === undefined) continue;
      result.observe((now() - Date.parse(source.readAt)) / 1000, { source: source.id });
    }
  });
  state.addCallback(async result => {
    for (const { source, loaded } of await analyses.current()) {
      const current =
        loaded === undefined ? 'unread' : source.failed === undefined ? 'fresh' : 'stale';
      for (const name of states) {
        result.observe(name === current ? 1 : 0, { source: source.id, state: name });
      }
    }
  });
  workloads.addCallback(async result => {
    for (const { source, loaded } of answering(await analyses.current())) {
      result.observe(loaded.index.workloads.length, { source: source.id });
    }
  });
  findings.addCallback(async result => {
    for (const { source, loaded } of answering(await analyses.current())) {
      for (const [level, count] of Object.entries(loaded.index.findingCounts)) {
        result.observe(count, { source: source.id, level });
      }
    }
  });
  cells.addCallback(async result => {
    for (const { source, loaded } of answering(await analyses.current())) {
      for (const [verdict, count] of Object.entries(loaded.index.access.counts)) {
        result.observe(count, { source: source.id, verdict });
      }
    }
  });
  return {
    read: (source, seconds, failed) => {
      reading.record(seconds, { source });
      if (failed) failures.add(1, { source });
    },
    analysed: (source, seconds) => analysis.record(seconds, { source }),
  };
}
