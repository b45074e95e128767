import manifest from '../package.json';

/** Version of the command, as published. */
export const version: string = manifest.version;
