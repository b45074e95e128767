import type { ValueOf } from '../../schema';
import type { serviceEntrySchema } from '../../schema/kinds/service-entry';

/** A ServiceEntry's spec as istiod decodes it. */
export type ServiceEntryMessage = ValueOf<typeof serviceEntrySchema>;
