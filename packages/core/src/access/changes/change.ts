export type { MeshChange } from '../../mesh';
