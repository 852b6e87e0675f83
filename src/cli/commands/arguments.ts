/** Arguments of commands, as numbers. */

import { InvalidArgumentError } from 'commander';

/** Words of the help for an option that several commands have. */
export const configHelp = 'options that are not given here (default: the nearest react-collider.config.ts)';

/** Parses a whole number; @param what - Its unit, for the error. */
export const whole =
  (min: number, max: number, what?: string) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max && text.trim() !== '') return value;
    throw new InvalidArgumentError(`It is a whole number${what ? ` (${what})` : ''} from ${min} to ${max}.`);
  };

/** Parses the number of a port. */
export const port = whole(1, 65_535);

/** Parses a number of seconds over 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It is a number of seconds over 0.');
  return value;
}

/** Parses a number of seconds from 0 up. */
export function notNegative(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && Number.isFinite(value)) || text.trim() === '')
    throw new InvalidArgumentError('It is a number of seconds from 0 up.');
  return value;
}
