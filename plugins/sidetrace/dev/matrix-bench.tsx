import type { MatrixPage } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MatrixGrid } from '../src/components/mesh/matrix/MatrixGrid';
import type { MatrixView } from '../src/presenters/mesh/matrix-tiles';

const [rowCount, columnCount] = [2000, 300];

const answers: MatrixPage['answers'] = verdicts.map(verdict => ({
  verdict,
  delivery: 'reaches',
  control: 'registered',
  reasons: [],
  deciding: { kind: 'default', default: 'none' },
  tlsOnTheWire: 'none',
  symptom: '',
  assumptions: [],
}));

/** A matrix that is all there: what scrolling costs without the network. */
const view: MatrixView = {
  rowCount,
  columnCount,
  row: index => ({
    id: String(index),
    source: 'bench',
    heading: `group:default/team-${index % 40}`,
    cells: [],
    workloads: {
      count: 1 + (index % 3),
      list: [
        {
          id: `bench/ns-${index}/Deployment/app`,
          source: 'bench',
          ref: { kind: 'Deployment', namespace: `ns-${index}`, name: 'app' },
        },
      ],
    },
  }),
  column: index => ({ host: `host-${index}.example`, port: 443, protocol: 'TLS' }),
  cell: (row, column) => answers[(row * 7 + column * 3) % answers.length],
};

const words = {
  verdicts: {
    allowed: 'allowed',
    passthrough: 'passthrough',
    bypass: 'bypass',
    blocked: 'blocked',
    mixed: 'mixed',
    undetermined: 'undetermined',
  },
  notJudged: 'not judged',
  loading: 'loading',
};

function Bench() {
  const [place, setPlace] = useState({ row: 0, column: 0 });
  return (
    <MatrixGrid
      view={view}
      name="matrix"
      corner="Workloads"
      words={words}
      place={place}
      onPlace={setPlace}
      onOpen={() => undefined}
      onNeed={() => undefined}
    />
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Bench />);
