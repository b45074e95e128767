import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Does something that the audit log has to tell of: who asked for it, and whether it was done. */
export async function audited<T>(
  auditor: AuditorService,
  event: {
    readonly eventId: string;
    readonly request: Request;
    readonly meta?: Readonly<Record<string, string>>;
  },
  act: () => Promise<T>,
): Promise<T> {
  const { eventId, request, meta } = event;
  const started = await auditor.createEvent({
    eventId,
    request,
    severityLevel: 'medium',
    ...(meta === undefined ? {} : { meta: { ...meta } }),
  });
  try {
    const result = await act();
    await started.success();
    return result;
  } catch (error) {
    await started.fail({ error: error instanceof Error ? error : new Error(String(error)) });
    throw error;
  }
}
