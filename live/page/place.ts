import { useEffect, useState } from 'preact/hooks';
import { type Place, readPlace, writePlace } from '../fragment.ts';

/**
 * The place that the address names, and how to change it without a new entry in the browser's history.
 *
 * Links change it too; the back button then works as it does everywhere.
 */
export function usePlace(): readonly [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => readPlace(location.hash));
  useEffect(() => {
    const read = (): void => setPlace(readPlace(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const change = (changes: Partial<Place>): void => {
    const next = { ...readPlace(location.hash), ...changes };
    history.replaceState(null, '', writePlace(next));
    setPlace(next);
  };
  return [place, change];
}
