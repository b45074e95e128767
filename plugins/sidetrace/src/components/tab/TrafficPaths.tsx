import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Flex, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  RiArrowLeftRightLine,
  RiDashboardLine,
  RiLoginBoxLine,
  RiLogoutBoxLine,
  RiLoopLeftLine,
  RiServerLine,
} from '@remixicon/react';
import type { TrafficPath } from '@sidetrace/core';
import { useQueryParam } from '../../hooks/use-query-param';
import { capital } from '../../presenters/text/message-parts';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { TraceDetails } from './TraceDetails';
import styles from './TrafficPaths.module.css';

const icons: Readonly<Record<TrafficPath['kind'], typeof RiServerLine>> = {
  'remote-to-local': RiLoginBoxLine,
  'local-to-remote': RiLogoutBoxLine,
  'prometheus-to-local': RiDashboardLine,
  'local-to-local': RiLoopLeftLine,
  'envoy-internal': RiArrowLeftRightLine,
  'sidecar-to-istiod': RiServerLine,
};

interface KindListProps {
  readonly paths: readonly TrafficPath[];
  readonly selected: TrafficPath;
  readonly onSelect: (kind: string) => void;
}

function KindList({ paths, selected, onSelect }: KindListProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <ul className={styles.kinds} aria-label={t('path.kinds')}>
      {paths.map(path => {
        const Icon = icons[path.kind];
        return (
          <li key={path.kind}>
            <button
              type="button"
              className={styles.kind}
              aria-pressed={path === selected}
              onClick={() => onSelect(path.kind)}
            >
              <Icon size={18} aria-hidden />
              <span className={styles.name}>{path.kind}</span>
              <span className={styles.answer}>{path.answer}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function SelectedPath({ path }: { readonly path: TrafficPath }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [caseIndex, setCase] = useQueryParam('case');
  const [step, setStep] = useQueryParam('step');
  const item = path.cases[Number(caseIndex)] ?? path.cases[0];
  if (item === undefined) return <Text>{path.answer}</Text>;
  const at = String(path.cases.indexOf(item));
  const note = item.note ?? path.note;
  return (
    <Flex direction="column" gap="4">
      <div>
        <Text as="h3" variant="title-x-small" weight="bold">
          {path.title}
        </Text>
        <Text as="p" color="secondary">
          {path.meaning}
        </Text>
      </div>
      {path.cases.length > 1 ? (
        <ToggleButtonGroup
          selectionMode="single"
          disallowEmptySelection
          aria-label={t('tab.case')}
          className={styles.cases ?? ''}
          selectedKeys={[at]}
          onSelectionChange={keys => {
            const [key] = [...keys];
            setCase(key === undefined || key === '0' ? '' : String(key));
          }}
        >
          {path.cases.map(({ title }, index) => (
            <ToggleButton key={title} id={String(index)} size="small">
              {title}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      ) : null}
      <Text as="p">{item.answer}</Text>
      {note === undefined ? null : (
        <Alert
          status="info"
          icon
          title={t('path.differs')}
          description={`${capital(note)}. ${t('path.published', { path: path.published.join(' → ') })}`}
        />
      )}
      <TraceDetails
        trace={item.trace}
        name={t('path.drawing', { title: item.title, answer: item.answer })}
        step={step}
        onStep={setStep}
      />
    </Flex>
  );
}

/** The six kinds of traffic: a list with one-line answers, and the selected one drawn and listed. */
export function TrafficPaths({ paths }: { readonly paths: readonly TrafficPath[] }) {
  const [kind, setKind] = useQueryParam('path');
  const selected =
    paths.find(path => path.kind === kind) ??
    paths.find(path => path.kind === 'local-to-remote') ??
    paths[0];
  if (selected === undefined) return null;
  return (
    <div className={styles.columns}>
      <KindList paths={paths} selected={selected} onSelect={setKind} />
      <SelectedPath key={selected.kind} path={selected} />
    </div>
  );
}
