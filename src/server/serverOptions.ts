import { nearest, SuperColliderError } from '../errors.js';
import { checkOptions } from './optionLimits.js';
import { defaultServerOptions, type ServerOptions } from './options.js';

/**
 * Options with some of them changed; the given object stays as it is.
 *
 * @throws SuperColliderError `invalid-option` naming the option, its value and its limits.
 */
export function serverOptions(
  changes: Partial<ServerOptions> = {},
  base: ServerOptions = defaultServerOptions,
): ServerOptions {
  for (const name of Object.keys(changes)) {
    if (name in defaultServerOptions) continue;
    const names = Object.keys(defaultServerOptions);
    const near = nearest(name, names) ?? names.find((known) => nearest(name, [withoutAffixes(known)]));
    throw new SuperColliderError(
      'invalid-option',
      `There is no server option "${name}". ` +
        (near === undefined
          ? `There are: ${Object.keys(defaultServerOptions).join(', ')}.`
          : `Did you mean "${near}"?`),
    );
  }
  const given = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    // The command line has no negative zero.
    .map(([name, value]) => [name, typeof value === 'number' ? value + 0 : value]);
  const options: ServerOptions = Object.freeze({ ...base, ...Object.fromEntries(given) });
  checkOptions(options);
  return options;
}

/** The name without what sclang puts around it, for those who write `buffers` or `outputChannels`. */
const withoutAffixes = (name: string): string =>
  name.replace(/^(num|reservedNum|rec)(?=[A-Z])/, '').replace('BusChannels', 'Channels');
