import {
  choice,
  int32,
  list,
  map,
  message,
  numberedWords,
  struct,
  text,
  uint32,
  words,
} from '../make-type';
import { atMostOne, portRange, waypointOnlyInContext } from '../rules';
import { providerName } from './authorization-policy';
import { labelSelector, targetReference } from './selectors';

/** Spec of EnvoyFilter. */
export const envoyFilterSchema = message(
  {
    configPatches: list(
      message({
        applyTo: words(
          'INVALID',
          'LISTENER',
          'FILTER_CHAIN',
          'NETWORK_FILTER',
          'HTTP_FILTER',
          'ROUTE_CONFIGURATION',
          'VIRTUAL_HOST',
          'HTTP_ROUTE',
          'CLUSTER',
          'EXTENSION_CONFIG',
          'BOOTSTRAP',
          'LISTENER_FILTER',
        ),
        match: message(
          {
            listener: choice(
              'object',
              message({
                filterChain: message({
                  applicationProtocols: text(),
                  destinationPort: uint32(),
                  filter: message({
                    name: text(),
                    subFilter: providerName,
                  }),
                  name: text(),
                  sni: text(),
                  transportProtocol: text(),
                  transportSocket: text(),
                }),
                listenerFilter: text(),
                name: text(),
                portName: text(),
                portNumber: uint32(),
              }),
            ),
            routeConfiguration: choice(
              'object',
              message({
                gateway: text(),
                name: text(),
                portName: text(),
                portNumber: uint32(),
                vhost: message({
                  domainName: text(),
                  name: text(),
                  route: message({
                    action: words('ANY', 'ROUTE', 'REDIRECT', 'DIRECT_RESPONSE'),
                    name: text(),
                  }),
                }),
              }),
            ),
            cluster: choice(
              'object',
              message({
                name: text(),
                portNumber: uint32(),
                service: text(),
                subset: text(),
              }),
            ),
            waypoint: choice(
              'object',
              message({
                filter: message({
                  name: text(),
                  subFilter: providerName,
                }),
                portNumber: uint32({ rules: [portRange] }),
                route: providerName,
              }),
            ),
            context: words('ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'GATEWAY', 'WAYPOINT'),
            proxy: message({
              metadata: map(text()),
              proxyVersion: text(),
            }),
          },
          [waypointOnlyInContext],
        ),
        patch: message({
          filterClass: words('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
          operation: numberedWords(
            {
              INVALID: 0,
              MERGE: 1,
              ADD: 2,
              REMOVE: 3,
              INSERT_BEFORE: 4,
              INSERT_AFTER: 5,
              INSERT_FIRST: 6,
              REPLACE: 7,
              MERGE_AND_REPLACE_LIST: 8,
            },
            { since: { MERGE_AND_REPLACE_LIST: 31 } },
          ),
          value: struct(),
        }),
      }),
    ),
    priority: int32(),
    targetRefs: list(targetReference, { maxItems: 16 }),
    workloadSelector: labelSelector,
  },
  [atMostOne('workloadSelector', 'targetRefs')],
);
