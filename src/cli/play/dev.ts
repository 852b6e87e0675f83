import type { PlayOptions } from './playOptions.js';

/** Plays a composition and takes over every save; gives the exit code. */
export async function dev(path: string, options: PlayOptions): Promise<number> {
  const connectDevTools = options.devtools === undefined ? async () => {} : await devTools(options.devtools);
  // React Refresh must be there before React's renderer is loaded, which is with everything else.
  const { prepareForEdits } = await import('../../dev/refreshRegistry.js');
  prepareForEdits();
  const { develop } = await import('./develop.js');
  const code = await develop(path, options, connectDevTools);
  // The DevTools try to connect for ever, and would not let the program end.
  if (options.devtools !== undefined) process.exit(code);
  return code;
}

/** Returns the function that connects React's DevTools when all is loaded; that function throws earlier errors. */
async function devTools(port: number | true): Promise<() => Promise<void>> {
  const { prepareDevTools } = await import('../../devTools.js');
  return prepareDevTools(port === true ? {} : { port }).catch((error) => () => Promise.reject(error));
}
