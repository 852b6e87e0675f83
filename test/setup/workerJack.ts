/** Native servers of this worker's tests find the JACK server of this worker, which `jack.ts` has started. */

export const jackOfWorker = (run: string, worker: number | string): string => `${run}-${worker}`;

const { REACT_COLLIDER_TEST_JACK: run, VITEST_POOL_ID: worker } = process.env;
if (run && worker) process.env.JACK_DEFAULT_SERVER = jackOfWorker(run, worker);
