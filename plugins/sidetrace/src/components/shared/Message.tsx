import { messageParts } from '../../presenters/text/message-parts';
import styles from './Message.module.css';

/** A message of core: literals that it has in back ticks are set as code. */
export function Message({ text }: { readonly text: string }) {
  return (
    <>
      {messageParts(text).map((part, index) =>
        part.literal ? (
          <code key={index} className={styles.literal}>
            {part.text}
          </code>
        ) : (
          <span key={index}>{part.text}</span>
        ),
      )}
    </>
  );
}
