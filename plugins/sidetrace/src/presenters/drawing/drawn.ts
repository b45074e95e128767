import type { Lane, StepView } from '../trace-view';

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A text at a place of the drawing. */
export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** A lane of a band: a row across, or a column down. */
export interface DrawnLane extends Frame {
  readonly id: string;
  readonly lane: Lane;
  readonly name: Omit<DrawnText, 'text'>;
}

/** A place along the path; `start` has no number: it is who calls. */
export interface DrawnNode {
  readonly step: StepView | undefined;
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly shape: 'start' | 'endpoint' | 'hook' | 'rule' | 'proxy' | 'stop';
  readonly label: DrawnText;
  readonly sublabel: DrawnText;
}

export interface DrawnEdge {
  readonly id: string;
  readonly path: string;
  /** What would follow a block. */
  readonly hypothetical: boolean;
}

export interface PathDrawing {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly DrawnLane[];
  /** Frames around the lanes of the pod. */
  readonly pods: readonly Frame[];
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}
