/**
 * `react` and `react-collider`, resolved from here and loaded by Node itself, so that there is one of each. A second React,
 * from where a composition lies, would have its own hooks.
 */

import type { Plugin, RunnableDevEnvironment } from 'vite';

/** React's own, with the places of elements. */
const jsxDevRuntime = new URL('./jsxDevRuntime.js', import.meta.url).href;

export class OurPackages {
  readonly #urls = new Set<string>();

  plugin(): Plugin {
    return {
      name: 'react-collider:one-react',
      enforce: 'pre',
      resolveId: (id) => {
        const url = this.#urlOf(id);
        return url === undefined ? null : { id: url, external: true };
      },
    };
  }

  /** Vite runs what has a file URL through its own runner, external or not; these go to Node's loader. */
  leaveToNode(environment: RunnableDevEnvironment): RunnableDevEnvironment {
    const fetchModule = environment.fetchModule.bind(environment);
    environment.fetchModule = async (id, importer, options) => {
      // Where the composition's project has a package of that name, Vite leaves the name as it is written.
      const url = this.#urls.has(id) ? id : this.#urlOf(id);
      if (url === undefined) return fetchModule(id, importer, options);
      // React is CommonJS: its named exports need the runner's help.
      return { externalize: url, type: url.includes('/react/') ? 'commonjs' : 'module' };
    };
    return environment;
  }

  #urlOf(id: string): string | undefined {
    if (!/^(react|react-collider)($|\/)/.test(id)) return undefined;
    const url = id === 'react/jsx-dev-runtime' ? jsxDevRuntime : import.meta.resolve(id);
    this.#urls.add(url);
    return url;
  }
}
