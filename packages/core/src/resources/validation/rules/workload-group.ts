import type { ValueOf } from '../../schema';
import type { workloadGroupSchema } from '../../schema/kinds/workload-group';
import { type Findings, noFindings, reject, rejectIf } from '../findings';
import type { Subject } from '../subject';
import { checkProbeHeader } from '../syntax/header-name';
import { validateLabels } from '../syntax/label';
import { checkPort } from '../syntax/port';

type WorkloadGroupMessage = ValueOf<typeof workloadGroupSchema>;
type Probe = NonNullable<WorkloadGroupMessage['probe']>;

const counts = [
  'periodSeconds',
  'initialDelaySeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

function validateHttpGet(
  findings: Findings,
  get: NonNullable<Probe['httpGet']>,
  path: string,
): void {
  rejectIf(findings, 'port-invalid', `${path}.port`, checkPort(get.port));
  if (!['', 'HTTP', 'HTTPS'].includes(get.scheme)) {
    const message = 'httpGet.scheme must be one of "HTTPS", "HTTP"';
    reject(findings, 'unsupported', `${path}.scheme`, message);
  }
  get.httpHeaders.forEach(({ name }, at) => {
    const wrong = checkProbeHeader(name);
    rejectIf(findings, 'header-invalid', `${path}.httpHeaders.${at}.name`, wrong);
  });
}

function validateProbe(findings: Findings, probe: Probe): void {
  const path = 'spec.probe';
  for (const field of counts) {
    if (probe[field] >= 0) continue;
    reject(findings, 'range-invalid', `${path}.${field}`, `${field} must be non-negative`);
  }
  if (probe.httpGet !== undefined) validateHttpGet(findings, probe.httpGet, `${path}.httpGet`);
  else if (probe.tcpSocket !== undefined) {
    const wrong = checkPort(probe.tcpSocket.port);
    rejectIf(findings, 'port-invalid', `${path}.tcpSocket.port`, wrong);
  } else if (probe.exec !== undefined) {
    if (probe.exec.command.length > 0) return;
    reject(findings, 'missing', `${path}.exec.command`, 'exec.command is required');
  } else if (probe.grpc !== undefined) {
    rejectIf(findings, 'port-invalid', `${path}.grpc.port`, checkPort(probe.grpc.port));
  } else reject(findings, 'missing', path, 'unknown health check method <nil>');
}

/** `ValidateWorkloadGroup`: the template's address and the like are filled in later, so they are not judged. */
export function validateWorkloadGroup(
  findings: Findings,
  _subject: Subject,
  group: WorkloadGroupMessage,
): void {
  if (group.template === undefined) {
    reject(findings, 'missing', 'spec.template', 'template is required');
    return;
  }
  const labels = noFindings();
  validateLabels(labels, group.metadata?.labels, 'spec.metadata.labels');
  if (labels.errors.length > 0) {
    const message = `invalid labels: ${labels.errors.map(item => item.message).join('; ')}`;
    reject(findings, 'label-invalid', 'spec.metadata.labels', message);
    return;
  }
  if (group.probe !== undefined) validateProbe(findings, group.probe);
}
