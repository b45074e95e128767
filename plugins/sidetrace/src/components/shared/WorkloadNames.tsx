import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import type {
  AffectedWorkloads,
  NamedWorkload,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './WorkloadNames.module.css';

/** How many names a row shows before it counts the rest. */
const shownNames = 3;

/** The workload's name, a link to its entity's tab when the catalog knows one. */
export function WorkloadName({ workload }: { readonly workload: NamedWorkload }) {
  const entityPath = useRouteRef(entityRouteRef);
  const { ref, entity } = workload;
  const name = `${ref.namespace}/${ref.name}`;
  if (entity === undefined || entityPath === undefined) return <span>{name}</span>;
  const path = entityPath(parseEntityRef(entity));
  return <Link href={`${path}/sidetrace?workload=${encodeURIComponent(workload.id)}`}>{name}</Link>;
}

/** Some of the workloads by name, and how many more there are. */
export function WorkloadNames({ workloads }: { readonly workloads: AffectedWorkloads }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const shown = workloads.list.slice(0, shownNames);
  const more = workloads.count - shown.length;
  return (
    <ul className={styles.names}>
      {shown.map(workload => (
        <li key={workload.id}>
          <WorkloadName workload={workload} />
        </li>
      ))}
      {more > 0 ? (
        <li>
          <Text color="secondary">{t('workloads.more', { count: more })}</Text>
        </li>
      ) : null}
    </ul>
  );
}
