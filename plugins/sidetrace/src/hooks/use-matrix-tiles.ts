import { useApi } from '@backstage/core-plugin-api';
import type { MatrixPage, MatrixRequest } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { sidetraceApiRef } from '../api/sidetrace-api-ref';
import {
  type MatrixView,
  matrixView,
  type Tile,
  tileKey,
  tileSize,
} from '../presenters/mesh/matrix-tiles';

/** A matrix that loads as far as it is looked at. */
export interface MatrixTiles {
  readonly view: MatrixView;
  /** Makes these tiles load, unless they are there or on their way. */
  readonly need: (tiles: readonly Tile[]) => void;
  readonly error: Error | undefined;
  readonly retry: () => void;
}

interface Loaded {
  readonly first: MatrixPage;
  readonly tiles: ReadonlyMap<string, MatrixPage>;
}

const loadedFrom = (first: MatrixPage): Loaded => ({ first, tiles: new Map([['0 0', first]]) });

/** `first` is the tile at the top left, for the same request. */
export function useMatrixTiles(request: MatrixRequest, first: MatrixPage): MatrixTiles {
  const api = useApi(sidetraceApiRef);
  const [loaded, setLoaded] = useState(() => loadedFrom(first));
  const [error, setError] = useState<Error>();
  const [attempt, setAttempt] = useState(0);
  const onTheWay = useRef(new Set<string>());
  const current = loaded.first === first ? loaded : loadedFrom(first);
  useEffect(() => {
    onTheWay.current = new Set();
    setError(undefined);
    setLoaded(before => (before.first === first ? before : loadedFrom(first)));
  }, [first]);
  const need = useCallback(
    (tiles: readonly Tile[]) => {
      const asked = onTheWay.current;
      for (const tile of tiles) {
        const key = tileKey(tile);
        if (asked.has(key) || current.tiles.has(key)) continue;
        if (tile.offset >= first.total || tile.columnOffset >= first.columnTotal) continue;
        asked.add(key);
        api
          .matrix({ ...request, ...tile, limit: tileSize.rows, columnLimit: tileSize.columns })
          .then(
            page =>
              setLoaded(before =>
                before.first === first
                  ? { first, tiles: new Map(before.tiles).set(key, page) }
                  : before,
              ),
            (reason: unknown) =>
              setError(reason instanceof Error ? reason : new Error(String(reason))),
          );
      }
    },
    [api, request, first, current.tiles, attempt],
  );
  const retry = useCallback(() => {
    onTheWay.current = new Set();
    setError(undefined);
    setAttempt(count => count + 1);
  }, []);
  const view = useMemo(() => matrixView(first, current.tiles), [first, current.tiles]);
  return { view, need, error, retry };
}
