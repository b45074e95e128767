import styles from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

interface Props {
  /** Name for assistive technology. */
  readonly label: string;
  readonly text: string;
}

/** A text to copy, such as YAML. It scrolls inside itself. */
export function CodeBlock({ label, text }: Props) {
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <figure className={styles.code} tabIndex={0} aria-label={label}>
        {text}
      </figure>
      <span className={styles.copy}>
        <CopyButton text={text} />
      </span>
    </div>
  );
}
