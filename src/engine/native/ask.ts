import { SuperColliderError } from '../../errors.js';
import { decodePacket, messagesOf } from '../../osc/decode.js';
import { encodePacket } from '../../osc/encode.js';
import type { Message, ReceivedMessage } from '../../osc/message.js';
import { setResponsiveTimeout } from '../../server/setResponsiveTimeout.js';
import type { Transport } from '../../transport/transport.js';
import type { Seconds } from '../../units.js';

const REPEAT_INTERVAL_MS = 100;

/**
 * Asks one thing of a server that nobody listens to yet, again and again until it answers.
 *
 * @param gone - What ends the waiting early: the process is no more.
 * @throws SuperColliderError `timeout`.
 */
export async function ask(
  transport: Transport,
  message: Message,
  reply: string,
  timeout: Seconds,
  gone: Promise<unknown>,
): Promise<ReceivedMessage> {
  const packet = encodePacket(message);
  let repeat: ReturnType<typeof setInterval> | undefined;
  let stopWaiting: (() => void) | undefined;
  try {
    return await new Promise<ReceivedMessage>((resolve, reject) => {
      transport.listen({
        onPacket: (bytes) => {
          const answer = messagesOf(decodePacket(bytes)).find(({ address }) => address === reply);
          if (answer) resolve(answer);
        },
        onError: () => {}, // refused while the server is still starting
        onClose: (reason) =>
          reject(new SuperColliderError('transport-closed', `${transport.description}: ${reason}.`)),
      });
      const late = () =>
        new SuperColliderError(
          'timeout',
          `${transport.description} did not answer ${message[0]} within ${timeout} s.`,
        );
      stopWaiting = setResponsiveTimeout(timeout, () => reject(late()));
      void gone.then(() => reject(late()));
      transport.send(packet);
      repeat = setInterval(() => transport.send(packet), REPEAT_INTERVAL_MS);
    });
  } finally {
    clearInterval(repeat);
    stopWaiting?.();
  }
}
