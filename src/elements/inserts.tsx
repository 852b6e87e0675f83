/** Inserts: effects that process a bus in place, as those of a track. */

import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { BusHandle } from '../scene/handles.js';

/** The place of an `<Effect>` that is an insert. */
export interface InsertPlace {
  /** The bus that the insert processes. */
  readonly bus: BusHandle;
  /** True when the inserts around have been mounted: a later one fades in. */
  readonly isRunning: RefObject<boolean>;
}

const InsertContext = createContext<InsertPlace | undefined>(undefined);

/** The place of an insert; `undefined` for an effect that has its sound inside. */
export const useInsertPlace = (): InsertPlace | undefined => useContext(InsertContext);

/**
 * Inserts in a group whose destination is the bus.
 *
 * An insert that leaves knows by that group that the sound goes on without it (`exit="close"`).
 */
export function Inserts({
  bus,
  isRunning,
  children,
}: InsertPlace & { readonly children: ReactNode }): ReactNode {
  const place = useMemo(() => ({ bus, isRunning }), [bus, isRunning]);
  return <InsertContext value={place}>{children}</InsertContext>;
}

/** A reference to true when the component is mounted, for its inserts. */
export function useIsRunning(): RefObject<boolean> {
  const isRunning = useRef(false);
  useLayoutEffect(() => {
    isRunning.current = true;
  }, []);
  return isRunning;
}

/** True where there is no insert. */
export const isEmpty = (inserts: ReactNode): boolean =>
  inserts === undefined || inserts === null || typeof inserts === 'boolean';
