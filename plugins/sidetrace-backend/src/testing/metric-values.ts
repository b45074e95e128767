import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

class PullReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** One value of a metric: the count of a histogram, else the number itself. */
export interface MetricValue {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number;
}

const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'count' in value) return Number(value.count);
  throw new Error('a metric has a value of an unknown shape');
};

/** OpenTelemetry's reader for tests, as the process's own: what a scrape would get. Ask before the backend starts. */
export function readMetrics() {
  const reader = new PullReader();
  const provider = new MeterProvider({ readers: [reader] });
  if (!metrics.setGlobalMeterProvider(provider)) {
    throw new Error('another meter provider is set already');
  }
  return {
    /** The values of a metric now; throws when it does not exist. */
    values: async (name: string): Promise<readonly MetricValue[]> => {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw new Error(`metrics could not be collected: ${errors}`);
      const all = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics);
      const found = all.find(({ descriptor }) => descriptor.name === name);
      if (found === undefined) return [];
      return found.dataPoints.map(({ attributes, value }) => ({
        attributes,
        value: numberOf(value),
      }));
    },
    stop: async () => {
      metrics.disable();
      await provider.shutdown();
    },
  };
}
