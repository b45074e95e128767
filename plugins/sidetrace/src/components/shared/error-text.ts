/** `ResponseError`s carry the backend's own error in `cause`. */
const innermost = (error: Error): Error => (error.cause instanceof Error ? error.cause : error);

/** The backend's own words about what went wrong, or the browser's when it did not answer. */
export const errorText = (error: Error): string => innermost(error).message;

export const isForbidden = (error: Error): boolean => innermost(error).name === 'NotAllowedError';

/** The browser could not reach the backend at all (Fetch standard: a network error is a TypeError). */
export const isUnreachable = (error: Error): boolean => innermost(error) instanceof TypeError;
