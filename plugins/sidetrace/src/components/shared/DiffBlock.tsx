import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMemo } from 'react';
import { type DiffLine, diffLines } from '../../presenters/text/line-diff';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

interface Props {
  /** Name for assistive technology. */
  readonly label: string;
  /** Empty for a new text. */
  readonly before: string;
  readonly after: string;
}

const signs = { same: '  ', added: '+ ', removed: '- ' } as const;

function Line({ line }: { readonly line: DiffLine }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  if (line.kind === 'gap') {
    return (
      <span className={`${styles.line} ${styles.gap}`}>{t('code.gap', { count: line.count })}</span>
    );
  }
  const tone = line.kind === 'same' ? '' : styles[line.kind];
  return <span className={`${styles.line} ${tone}`}>{`${signs[line.kind]}${line.text}`}</span>;
}

/** What changes in a text, line by line, with signs as well as colours. The new text can be copied. */
export function DiffBlock({ label, before, after }: Props) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <figure className={styles.code} tabIndex={0} aria-label={label}>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </figure>
      <span className={styles.copy}>
        <CopyButton text={after} />
      </span>
    </div>
  );
}
