import {
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
  words,
} from '../make-type';
import { atMostOne, removeWithoutValue, upsertNeedsValue } from '../rules';
import { matchLabelsSelector, targetReference } from './selectors';

const provider = message({
  name: required(text({ minLength: 1 })),
});

const tracingMatch = message({
  mode: words('CLIENT_AND_SERVER', 'CLIENT', 'SERVER'),
});

const tagSource = message({
  defaultValue: text(),
  name: required(text({ minLength: 1 })),
});

const tagLiteral = message({
  value: required(text({ minLength: 1 })),
});

/** Spec of Telemetry. */
export const telemetrySchema = message(
  {
    accessLogging: list(
      message({
        disabled: nullable(bool()),
        filter: message({
          expression: text(),
        }),
        match: tracingMatch,
        providers: list(provider),
      }),
    ),
    metrics: list(
      message({
        overrides: list(
          message({
            disabled: nullable(bool()),
            match: message({
              metric: choice(
                'metric',
                words(
                  'ALL_METRICS',
                  'REQUEST_COUNT',
                  'REQUEST_DURATION',
                  'REQUEST_SIZE',
                  'RESPONSE_SIZE',
                  'TCP_OPENED_CONNECTIONS',
                  'TCP_CLOSED_CONNECTIONS',
                  'TCP_SENT_BYTES',
                  'TCP_RECEIVED_BYTES',
                  'GRPC_REQUEST_MESSAGES',
                  'GRPC_RESPONSE_MESSAGES',
                ),
              ),
              customMetric: choice('metric', text({ minLength: 1 })),
              mode: words('CLIENT_AND_SERVER', 'CLIENT', 'SERVER'),
            }),
            tagOverrides: map(
              message(
                {
                  operation: words('UPSERT', 'REMOVE'),
                  value: text(),
                },
                [upsertNeedsValue, removeWithoutValue],
              ),
            ),
          }),
        ),
        providers: list(provider),
        reportingInterval: duration(),
      }),
    ),
    selector: matchLabelsSelector,
    targetRef: targetReference,
    targetRefs: list(targetReference, { maxItems: 16 }),
    tracing: list(
      message({
        customTags: map(
          message({
            literal: choice('source', tagLiteral),
            environment: choice('source', tagSource),
            header: choice('source', tagSource),
            formatter: choice('source', tagLiteral),
          }),
        ),
        disableContextPropagation: nullable(bool()),
        disableSpanReporting: nullable(bool()),
        enableIstioTags: nullable(bool()),
        match: tracingMatch,
        providers: list(provider),
        randomSamplingPercentage: nullable(double({ minimum: 0, maximum: 100 })),
        useRequestIdForTraceSampling: nullable(bool()),
      }),
    ),
  },
  [atMostOne('selector', 'targetRef', 'targetRefs')],
);
