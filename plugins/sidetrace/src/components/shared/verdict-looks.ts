import {
  RiArrowRightCircleLine,
  RiCheckboxCircleLine,
  RiForbid2Line,
  RiGitBranchLine,
  RiQuestionLine,
  RiShuffleLine,
} from '@remixicon/react';
import styles from './VerdictBadge.module.css';

/** Shape and tone of each verdict. */
export const verdictLooks = {
  allowed: { Icon: RiCheckboxCircleLine, tone: styles.good },
  passthrough: { Icon: RiArrowRightCircleLine, tone: styles.notice },
  bypass: { Icon: RiGitBranchLine, tone: styles.warning },
  blocked: { Icon: RiForbid2Line, tone: styles.bad },
  mixed: { Icon: RiShuffleLine, tone: styles.warning },
  undetermined: { Icon: RiQuestionLine, tone: styles.unknown },
} as const;
