import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useElementWidth } from '../../hooks/use-element-width';
import { type DrawnNode, drawPath, type Orientation } from '../../presenters/path-drawing';
import type { StepView } from '../../presenters/trace-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './PathDrawing.module.css';

interface Props {
  readonly name: string;
  readonly steps: readonly StepView[];
  readonly selected: number | undefined;
  readonly onSelect: (step: number) => void;
}

/** In a narrower frame the lanes are columns. */
const narrowFrame = 560;
/** Taken where nothing is laid out. */
const widest = 1200;

const octagon = '-5,-12 5,-12 12,-5 12,5 5,12 -5,12 -12,5 -12,-5';

function Shape({ shape, className }: { shape: DrawnNode['shape']; className: string }) {
  switch (shape) {
    case 'rule':
      return (
        <rect
          x={-9}
          y={-9}
          width={18}
          height={18}
          rx={4}
          transform="rotate(45)"
          className={className}
        />
      );
    case 'stop':
      return <polygon points={octagon} className={className} />;
    case 'hook':
      return <circle r={9} className={className} />;
    case 'endpoint':
    case 'proxy':
      return <circle r={11} className={className} />;
    default:
      return shape satisfies never;
  }
}

interface NodeProps {
  readonly node: DrawnNode;
  readonly orientation: Orientation;
  readonly isSelected: boolean;
  readonly onSelect: (step: number) => void;
}

function Node({ node, orientation, isSelected, onSelect }: NodeProps) {
  const { step, shape, x, y } = node;
  const look = step.state === 'hypothetical' ? styles.hypothetical : styles[shape];
  const across = orientation === 'across';
  // neighbours have their labels on different sides, so that long names stand clear of each other
  const above = across && step.number % 2 === 0;
  const [labelY, sublabelY] = above ? [-29, -17] : [across ? 26 : 24, 38];
  return (
    // The list below has the same steps as buttons; the drawing is an image to assistive technology.
    // biome-ignore lint/a11y/noStaticElementInteractions: inside an element with role img
    <g
      transform={`translate(${x},${y})`}
      className={styles.node}
      onClick={() => onSelect(step.number)}
    >
      <title>{`${step.number}. ${step.title}`}</title>
      <Shape shape={shape} className={`${look} ${isSelected ? styles.selected : ''}`} />
      <text className={styles.number} y={3.5}>
        {step.number}
      </text>
      <text className={styles.label} textAnchor="middle" y={labelY}>
        {across ? step.label : step.label.slice(0, 13)}
      </text>
      {across ? (
        <text className={styles.sublabel} textAnchor="middle" y={sublabelY}>
          {step.sublabel}
        </text>
      ) : null}
    </g>
  );
}

/** A path as swim lanes: along it the steps, across it where they happen. Its text is the step list. */
export function PathDrawing({ name, steps, selected, onSelect }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [frame, available] = useElementWidth<HTMLElement>();
  const orientation: Orientation = (available ?? widest) < narrowFrame ? 'down' : 'across';
  const { width, height, lanes, pod, nodes, edges } = drawPath(steps, orientation);
  const across = orientation === 'across';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section ref={frame} className={styles.scroll} tabIndex={0} aria-label={name}>
      <svg
        className={`${styles.drawing} ${across ? '' : styles.down}`}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={name}
      >
        {lanes.map(lane => (
          <g key={lane.lane}>
            <rect
              className={styles.lane}
              x={lane.x + 0.5}
              y={lane.y + 0.5}
              width={lane.width - 1}
              height={lane.height - 1}
              rx={8}
            />
            <text
              className={styles.laneName}
              x={across ? 14 : lane.x + lane.width / 2}
              y={across ? lane.y + lane.height / 2 + 4 : 18}
              textAnchor={across ? 'start' : 'middle'}
            >
              {t(`path.lanes.${lane.lane}`)}
            </text>
          </g>
        ))}
        <rect
          className={styles.pod}
          x={pod.x + 1}
          y={pod.y + 1}
          width={pod.width - 2}
          height={pod.height - 2}
          rx={12}
        />
        <text className={styles.podName} x={pod.x + pod.width - 10} y={pod.y + 16} textAnchor="end">
          {t('path.pod')}
        </text>
        {edges.map(({ id, path, hypothetical }) => (
          <path
            key={id}
            d={path}
            className={hypothetical ? styles.hypotheticalEdge : styles.edge}
          />
        ))}
        {nodes.map(node => (
          <Node
            key={node.step.number}
            node={node}
            orientation={orientation}
            isSelected={node.step.number === selected}
            onSelect={onSelect}
          />
        ))}
      </svg>
    </section>
  );
}
