import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useElementWidth } from '../../hooks/use-element-width';
import type { PathDrawing as Drawing, DrawnNode, DrawnText } from '../../presenters/drawing/drawn';
import { drawPath } from '../../presenters/drawing/path-drawing';
import type { StepView, TraceView } from '../../presenters/trace-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './PathDrawing.module.css';

interface Props {
  readonly name: string;
  readonly steps: readonly StepView[];
  readonly caller: TraceView['caller'];
  readonly selected: number | undefined;
  readonly onSelect: (step: number) => void;
}

/** Taken where nothing is laid out. */
const usualWidth = 900;

/** A narrower column has its name in small letters. */
const narrowLane = 76;

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
    case 'start':
      return <circle r={6} className={className} />;
    case 'endpoint':
    case 'proxy':
      return <circle r={11} className={className} />;
    default:
      return shape satisfies never;
  }
}

function Label({ text, className }: { text: DrawnText; className: string | undefined }) {
  return (
    <text className={className} x={text.x} y={text.y} textAnchor={text.anchor}>
      {text.text}
    </text>
  );
}

interface NodeProps {
  readonly node: DrawnNode;
  readonly isSelected: boolean;
  readonly onSelect: (step: number) => void;
}

function Mark({ node, isSelected }: Omit<NodeProps, 'onSelect'>) {
  const { step, shape, x, y, label, sublabel } = node;
  const look = step?.state === 'hypothetical' ? styles.hypothetical : styles[shape];
  return (
    <>
      <g transform={`translate(${x},${y})`}>
        <Shape shape={shape} className={`${look} ${isSelected ? styles.selected : ''}`} />
        <text className={styles.number} y={3.5}>
          {step?.number}
        </text>
      </g>
      <Label text={label} className={styles.label} />
      <Label text={sublabel} className={styles.sublabel} />
    </>
  );
}

function Node({ node, isSelected, onSelect }: NodeProps) {
  const { step } = node;
  if (step === undefined) return <Mark node={node} isSelected={false} />;
  return (
    // The list below has the same steps as buttons; the drawing is an image to assistive technology.
    // biome-ignore lint/a11y/noStaticElementInteractions: inside an element with role img
    <g className={styles.node} onClick={() => onSelect(step.number)}>
      <title>{`${step.number}. ${step.title}`}</title>
      <Mark node={node} isSelected={isSelected} />
    </g>
  );
}

function Ground({ lanes, pods }: Pick<Drawing, 'lanes' | 'pods'>) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <>
      {lanes.map(({ id, lane, x, y, width, height, name }) => (
        <g key={id}>
          <rect
            className={styles.lane}
            {...{ x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 8 }}
          />
          <Label
            text={{ ...name, text: t(`path.lanes.${lane}`) }}
            className={width < narrowLane ? styles.smallName : styles.laneName}
          />
        </g>
      ))}
      {pods.map(({ x, y, width, height }) => (
        <g key={y}>
          <rect
            className={styles.pod}
            {...{ x: x + 1, y: y + 1, width: width - 2, height: height - 2, rx: 12 }}
          />
          <text className={styles.podName} x={x + width - 10} y={y + 16} textAnchor="end">
            {t('path.pod')}
          </text>
        </g>
      ))}
    </>
  );
}

/** A path as swim lanes: along it the steps, across it where they happen. Its text is the step list. */
export function PathDrawing({ name, steps, caller, selected, onSelect }: Props) {
  const [frame, available] = useElementWidth<HTMLDivElement>();
  const drawing = drawPath(steps, {
    width: available ?? usualWidth,
    ...(caller === undefined ? {} : { caller }),
  });
  const { width, height, lanes, pods, nodes, edges } = drawing;
  return (
    <div ref={frame} className={styles.frame}>
      <svg
        className={styles.drawing}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={name}
      >
        <Ground lanes={lanes} pods={pods} />
        {edges.map(({ id, path, hypothetical }) => (
          <path
            key={id}
            d={path}
            className={hypothetical ? styles.hypotheticalEdge : styles.edge}
          />
        ))}
        {nodes.map(node => (
          <Node
            key={node.step?.number ?? 'start'}
            node={node}
            isSelected={node.step !== undefined && node.step.number === selected}
            onSelect={onSelect}
          />
        ))}
      </svg>
    </div>
  );
}
