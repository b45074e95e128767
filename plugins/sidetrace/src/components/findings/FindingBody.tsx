import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Link, Text } from '@backstage/ui';
import type { FindingDetails } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useDocsBase } from '../../hooks/use-docs-base';
import { docsLink } from '../../presenters/finding-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { Message } from '../shared/Message';
import { WorkloadName } from '../shared/WorkloadNames';
import styles from './FindingList.module.css';
import { FixDetails } from './FixDetails';
import { WaiverNote } from './WaiverNote';

interface Props {
  readonly details: FindingDetails;
  readonly onTry?: (yaml: string) => void;
}

/** The line of the field where it is known, else where its document starts. */
function Place({ finding }: { readonly finding: FindingDetails['finding'] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { source, path, position } = finding;
  if (source === undefined) return null;
  const place =
    position === undefined
      ? t('findings.place', { file: source.file, line: String(source.line) })
      : `${source.file}:${position.line}`;
  return (
    <Text as="p" color="secondary" variant="body-small" className={styles.place ?? ''}>
      {path === undefined || path === '' ? place : `${place}, ${path}`}
    </Text>
  );
}

function DocsLink({ finding }: { readonly finding: FindingDetails['finding'] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const href = docsLink(useDocsBase(), finding);
  if (href === undefined) {
    return (
      <Text as="p" color="secondary" variant="body-small">
        {t('findings.check', { id: finding.id })}
      </Text>
    );
  }
  return (
    <p className={styles.docs}>
      <Link href={href} target="_blank" rel="noreferrer">
        {t('findings.docs', { id: finding.id })}
      </Link>
    </p>
  );
}

/** Everything about a finding: what, where, why, who is affected, how to fix it, and whether it was accepted. */
export function FindingBody({ details, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { finding, workloads, fix, state, waiver } = details;
  return (
    <Flex direction="column" gap="3">
      <WaiverNote state={state} {...(waiver === undefined ? {} : { waiver })} />
      <div>
        <Text as="p">{finding.message}</Text>
        <Place finding={finding} />
      </div>
      <Text as="p" color="secondary">
        {finding.why}
      </Text>
      {workloads.length === 0 ? null : (
        <div>
          <Text
            as="span"
            weight="bold"
          >{`${t('findings.affected', { count: workloads.length })} `}</Text>
          <ul className={styles.workloads}>
            {workloads.map(workload => (
              <li key={workload.id}>
                <WorkloadName workload={workload} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {fix !== undefined ? (
        <FixDetails fix={fix} {...(onTry === undefined ? {} : { onTry })} />
      ) : finding.fix === undefined ? null : (
        <Text as="p">
          <Text as="span" weight="bold">{`${t('findings.fix')}: `}</Text>
          <Message text={finding.fix.title} />
        </Text>
      )}
      <DocsLink finding={finding} />
    </Flex>
  );
}
