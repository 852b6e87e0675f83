import { createContext, use, useEffect, useState } from 'react';

/** `auto` is what the system has. */
export type SchemeChoice = 'auto' | 'light' | 'dark';

const KEY = 'react-collider-inspector-scheme';
const QUERY = '(prefers-color-scheme: dark)';

/** The colours that hold now. */
export const SchemeContext = createContext<'light' | 'dark'>('light');

export const useScheme = (): 'light' | 'dark' => use(SchemeContext);

/** The user's choice, which is kept for the next time, and what holds by it. */
export function useSchemeChoice(): [SchemeChoice, 'light' | 'dark', (choice: SchemeChoice) => void] {
  const [choice, setChoice] = useState<SchemeChoice>(() => stored() ?? 'auto');
  const [isDark, setDark] = useState(() => matchMedia(QUERY).matches);
  useEffect(() => {
    const query = matchMedia(QUERY);
    const onChange = (): void => setDark(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  const choose = (next: SchemeChoice): void => {
    setChoice(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A page that may store nothing forgets it.
    }
  };
  return [choice, choice === 'auto' ? (isDark ? 'dark' : 'light') : choice, choose];
}

function stored(): SchemeChoice | undefined {
  try {
    const found = localStorage.getItem(KEY);
    return found === 'light' || found === 'dark' ? found : undefined;
  } catch {
    return undefined;
  }
}
