import { HttpResponse } from 'msw';

/** What the sidecar of `shop/web` counted of a service, as an instant vector has it. */
export const sample = (calls: string, service = 'api.example') => ({
  metric: {
    source_workload: 'web',
    source_workload_namespace: 'shop',
    destination_service: service,
    destination_service_name: service,
  },
  value: [1_780_000_000, calls],
});

/** An instant vector as Prometheus answers it. */
export const vector = (result: readonly unknown[]) =>
  HttpResponse.json({ status: 'success', data: { resultType: 'vector', result } });
