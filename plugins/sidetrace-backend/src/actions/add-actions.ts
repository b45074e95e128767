import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  sidetraceMeshReadPermission,
  sidetraceSimulatePermission,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { explainTrace, renderText } from '@sidetrace/core';
import type { RouterOptions } from '../routes/router-options';
import { bypassView } from '../views/bypasses';
import { workloadOfId } from '../views/cell-trace';
import { findingView } from '../views/findings';
import { matrixView } from '../views/matrix';
import { digestOf, meshWhatIfView } from '../views/what-if';

const attributes = { readOnly: true, idempotent: true, destructive: false };

type ActionOptions = Pick<RouterOptions, 'guard' | 'contexts' | 'workers' | 'auditor'>;

/** The context of a caller who may see the mesh, and what else is needed. */
async function contextOf(
  { guard, contexts }: ActionOptions,
  credentials: BackstageCredentials,
  ...more: readonly (typeof sidetraceSimulatePermission)[]
) {
  await guard.check(credentials, sidetraceMeshReadPermission, ...more);
  return contexts.of(credentials);
}

/** Tools by these shapes: plain data, as JSON schema for the caller's model. */
function addTrace(registry: ActionsRegistryService, options: ActionOptions): void {
  registry.register({
    name: 'trace-call',
    title: 'Trace a call through the sidecar',
    description:
      'Says offline what happens to one call of a workload with an Istio sidecar: through which iptables rules, Envoy listener, route and cluster it goes, whether it is let out, what the application sees, and what blocks it. Nothing is sent. Workload ids are `source/namespace/kind/name`, as `list-external-access` gives them.',
    visibilityPermission: sidetraceSimulatePermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          workload: z.string().describe('id of the calling workload, source/namespace/kind/name'),
          host: z.string().max(253).describe('name or address that the application dials'),
          port: z.number().int().min(1).max(65_535),
          protocol: z.enum(['http', 'http2', 'https', 'tls', 'tcp', 'udp']),
        }),
      output: z =>
        z.object({
          disposition: z.string(),
          reasons: z.array(z.string()),
          symptom: z.string().describe('what the application sees'),
          blockers: z.array(z.string()).describe('everything on the way that blocks, in order'),
          assumptions: z.array(z.string()),
          explanation: z.string().describe('the whole way, step by step'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { context } = await contextOf(options, credentials, sidetraceSimulatePermission);
      const { mesh, ref } = workloadOfId(input.workload, context);
      const { host: to, port, protocol } = input;
      const call = { from: ref, to, port, protocol };
      const trace = await options.workers.run('trace', digestOf(mesh), { call });
      return {
        output: {
          disposition: trace.disposition,
          reasons: [...trace.reasons],
          symptom: trace.symptom.summary,
          blockers: trace.blockers.map(({ message }) => message),
          assumptions: trace.assumptions.map(({ message }) => message),
          explanation: renderText(explainTrace(trace)),
        },
      };
    },
  });
}

function addAccess(registry: ActionsRegistryService, options: ActionOptions): void {
  registry.register({
    name: 'list-external-access',
    title: 'List external access',
    description:
      'Which external hosts workloads with an Istio sidecar may reach, and why: verdict, reasons and symptom of each host, grouped by workloads with equal answers. Filter by workload, host, owner or verdict; answers are pages.',
    visibilityPermission: sidetraceMeshReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          source: z.string().optional().describe('id of the mesh; all when not given'),
          namespace: z.string().optional(),
          workload: z.string().optional().describe('part of a workload name'),
          host: z.string().optional().describe('part of a host name'),
          owner: z.string().optional().describe('entity reference of the owner'),
          verdict: z
            .enum(['allowed', 'passthrough', 'bypass', 'blocked', 'mixed', 'undetermined'])
            .optional(),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          total: z.number().describe('groups of workloads that fit'),
          groups: z.array(
            z.object({
              source: z.string(),
              workloadCount: z.number(),
              workloads: z.array(z.string()).describe('ids of the first of them'),
              hosts: z.array(
                z.object({
                  host: z.string(),
                  port: z.number(),
                  protocol: z.string(),
                  verdict: z.string(),
                  reasons: z.array(z.string()),
                  symptom: z.string(),
                }),
              ),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { context } = await contextOf(options, credentials);
      const page = await matrixView(context, { ...input, limit: 10, columnLimit: 100 });
      return {
        output: {
          total: page.total,
          groups: page.groups.map(({ source, workloads, cells }) => ({
            source,
            workloadCount: workloads.count,
            workloads: workloads.list.map(({ id }) => id),
            hosts: cells.flatMap((cell, at) => {
              const [column, answer] = [page.columns[at], page.answers[cell]];
              if (column === undefined || answer === undefined) return [];
              const { verdict, reasons, symptom } = answer;
              return [{ ...column, verdict, reasons: [...reasons], symptom }];
            }),
          })),
        },
      };
    },
  });
}

function addBypasses(registry: ActionsRegistryService, options: ActionOptions): void {
  registry.register({
    name: 'list-bypasses',
    title: 'List bypasses',
    description:
      'Which workloads are not, or not fully, behind their Istio sidecar, and why: no injection, host network, excluded ports or ranges, UDP and others.',
    visibilityPermission: sidetraceMeshReadPermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          source: z.string().optional(),
          namespace: z.string().optional(),
          reason: z.string().optional().describe('reason code such as not-injected'),
          offset: z.number().int().min(0).optional(),
        }),
      output: z =>
        z.object({
          total: z.number(),
          bypasses: z.array(
            z.object({
              source: z.string(),
              reason: z.string(),
              covers: z.string(),
              message: z.string(),
              workloadCount: z.number(),
              workloads: z.array(z.string()),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { context } = await contextOf(options, credentials);
      const page = bypassView(context, { ...input, limit: 50 });
      return {
        output: {
          total: page.total,
          bypasses: page.bypasses.map(({ source, reason, covers, message, workloads }) => ({
            source,
            reason,
            covers,
            message,
            workloadCount: workloads.count,
            workloads: workloads.list.map(({ id }) => id),
          })),
        },
      };
    },
  });
}

function addFinding(registry: ActionsRegistryService, options: ActionOptions): void {
  registry.register({
    name: 'explain-finding',
    title: 'Explain a finding',
    description:
      'What a finding of the egress audit means: what was found and where, why it matters, which workloads it concerns, whether it is waived, and the YAML that fixes it.',
    visibilityPermission: sidetraceMeshReadPermission,
    attributes,
    schema: {
      input: z => z.object({ source: z.string(), fingerprint: z.string() }),
      output: z =>
        z.object({
          check: z.string(),
          level: z.string(),
          message: z.string(),
          why: z.string(),
          state: z.string(),
          workloads: z.array(z.string()),
          fix: z.string().optional().describe('YAML to apply'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { context } = await contextOf(options, credentials);
      const { details } = await findingView(context, input);
      const { finding, state, workloads, fix } = details;
      return {
        output: {
          check: finding.id,
          level: finding.level,
          message: finding.message,
          why: finding.why,
          state,
          workloads: workloads.map(({ id }) => id),
          ...(fix === undefined ? {} : { fix: fix.yaml }),
        },
      };
    },
  });
}

function addWhatIf(registry: ActionsRegistryService, options: ActionOptions): void {
  registry.register({
    name: 'what-if',
    title: 'Try a change on a copy of the mesh',
    description:
      'What would change in the external access and the findings of a mesh if the outbound mode were another or manifests were applied. Nothing is applied: it is tried on a copy.',
    visibilityPermission: sidetraceSimulatePermission,
    attributes,
    schema: {
      input: z =>
        z.object({
          source: z.string().optional().describe('id of the mesh; needed with manifests'),
          outboundMode: z.enum(['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS']).optional(),
          apply: z.string().max(1_000_000).optional().describe('YAML of objects to add or replace'),
        }),
      output: z =>
        z.object({
          opened: z.number().describe('cells of the access matrix that would reach'),
          closed: z.number().describe('cells that would no longer reach'),
          changes: z.array(
            z.object({
              change: z.string(),
              host: z.string(),
              port: z.number(),
              before: z.string().optional(),
              after: z.string().optional(),
              workloadCount: z.number(),
              workloads: z.array(z.string()),
            }),
          ),
          findingsAdded: z.array(z.string()),
          findingsRemoved: z.array(z.string()),
          issues: z.array(z.string()).describe('what is wrong with the manifests'),
        }),
    },
    action: async ({ input, credentials }) => {
      const event = await options.auditor.createEvent({
        eventId: 'what-if',
        severityLevel: 'medium',
        meta: { action: 'what-if' },
      });
      try {
        const { context, bindings } = await contextOf(
          options,
          credentials,
          sidetraceSimulatePermission,
        );
        const services = { workers: options.workers, bindings };
        const { changes, issues } = await meshWhatIfView(context, input, services);
        await event.success();
        return {
          output: {
            opened: changes.access.counts.opened,
            closed: changes.access.counts.closed,
            changes: changes.access.changes.slice(0, 100).map(item => ({
              change: item.change,
              host: item.host,
              port: item.port,
              ...(item.before === undefined ? {} : { before: item.before.verdict }),
              ...(item.after === undefined ? {} : { after: item.after.verdict }),
              workloadCount: item.workloads.count,
              workloads: item.workloads.list.map(({ id }) => id),
            })),
            findingsAdded: changes.findings.added.map(({ finding }) => finding.message),
            findingsRemoved: changes.findings.removed.map(({ finding }) => finding.message),
            issues: issues.map(({ message, line }) =>
              line === undefined ? message : `line ${line}: ${message}`,
            ),
          },
        };
      } catch (error) {
        await event.fail({ error: error instanceof Error ? error : new Error(String(error)) });
        throw error;
      }
    },
  });
}

/** Read-only tools for agents over MCP, with the permissions of whoever calls. */
export function addActions(registry: ActionsRegistryService, options: ActionOptions): void {
  addTrace(registry, options);
  addAccess(registry, options);
  addBypasses(registry, options);
  addFinding(registry, options);
  addWhatIf(registry, options);
}
