/** The part of react-devtools-core that this package uses, which has no types of its own. */
declare module 'react-devtools-core' {
  export function initialize(
    settings?: object | null,
    shouldStartProfilingNow?: boolean,
    profilingSettings?: object,
    componentFilters?: readonly object[],
  ): void;
  export function connectToDevTools(options: { readonly host: string; readonly port: number }): void;
}
