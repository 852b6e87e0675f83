import { type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { internal } from '../hooks/internal.js';
import { VoicesContext } from '../hooks/voicesContext.js';
import type { VoiceLimit } from '../time/voiceLimit.js';

interface OneVoiceProps {
  readonly limit: VoiceLimit;
  readonly level: number;
  readonly children: ReactNode;
}

/** A note that sounds once it has a voice, until that is stolen. */
function OneVoice({ limit, level, children }: OneVoiceProps): ReactNode {
  const [isOn, setOn] = useState(false);
  // The level is that of the beginning.
  const [begun] = useState(level);
  useLayoutEffect(() => {
    const voice = { level: begun, steal: () => setOn(false) };
    setOn(limit.take(voice));
    return () => limit.end(voice);
  }, [limit, begun]);
  return isOn ? children : null;
}

/** A note, with a voice of the `<Voices>` around it if there is one. */
export function useLimited(note: ReactNode, level: unknown): ReactNode {
  const limit = useContext(VoicesContext);
  if (!limit) return note;
  const loudness = [level].flat()[0];
  return (
    <OneVoice limit={limit} level={typeof loudness === 'number' ? loudness : 1}>
      {note}
    </OneVoice>
  );
}

/** A note of a pattern, with a voice of its own. */
export function Limited({
  level,
  children,
}: {
  readonly level: unknown;
  readonly children: ReactNode;
}): ReactNode {
  return useLimited(children, level);
}

internal(OneVoice, Limited);
