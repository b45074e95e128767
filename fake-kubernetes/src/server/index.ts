export type { OpenWatch } from './open-watch';
export { handleRequest, type ServerState } from './request-handler';
export type { SeenRequest } from './seen-request';
