import { derive, endpointsOf, type Mesh, type MeshEndpoint, type MeshService } from '../../mesh';

const clusterIps = derive(
  mesh => [mesh.services],
  mesh =>
    new Map(
      mesh.services.flatMap(service =>
        service.registry === 'kubernetes'
          ? service.clusterVips.map(vip => [vip, service] as const)
          : [],
      ),
    ),
);

/** The Service with this cluster IP, when it has the port. */
export function serviceAt(mesh: Mesh, ip: string, port: number): MeshService | undefined {
  const service = clusterIps(mesh).get(ip);
  return service?.ports.some(item => item.port === port) === true ? service : undefined;
}

/** Pods that kube-proxy may choose for a cluster IP and port: those that are ready. */
export function endpointsBehind(mesh: Mesh, ip: string, port: number): readonly MeshEndpoint[] {
  const service = serviceAt(mesh, ip, port);
  const servicePort = service?.ports.find(item => item.port === port);
  if (service === undefined || servicePort === undefined) return [];
  return endpointsOf(mesh, service).filter(
    ({ servicePortName, health }) => servicePortName === servicePort.name && health === 'healthy',
  );
}

export const endpointBehind = (mesh: Mesh, ip: string, port: number): MeshEndpoint | undefined =>
  endpointsBehind(mesh, ip, port)[0];
