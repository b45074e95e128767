import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { EditIssue } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './IssueList.module.css';

const statuses = { error: 'danger', warning: 'warning', info: 'info' } as const;

/** What in the edits is wrong or was not used, with the line of the text. */
export function IssueList({ issues }: { readonly issues: readonly EditIssue[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [first] = issues;
  if (first === undefined) return null;
  const worst = issues.some(({ severity }) => severity === 'error') ? 'error' : first.severity;
  return (
    <Alert
      role="status"
      status={statuses[worst]}
      icon
      title={t('whatIf.issues', { count: issues.length })}
      description={
        <ul className={styles.list}>
          {issues.map(({ message, hint, line }, index) => (
            <li key={index}>
              {line === undefined ? '' : `${t('whatIf.line', { line: String(line) })}: `}
              {hint === undefined ? message : `${message}; ${hint}`}
            </li>
          ))}
        </ul>
      }
    />
  );
}
