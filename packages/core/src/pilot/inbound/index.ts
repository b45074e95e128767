export { type InboundProgram, inboundProgram } from './inbound-program';
export { inboundClusterName, inboundPassthroughCluster, virtualInboundName } from './names';
export { withInbound } from './with-inbound';
