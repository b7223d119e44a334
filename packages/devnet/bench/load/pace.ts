import { setTimeout as pause } from 'node:timers/promises'

/** Runs `work` with `atOnce` under way until `durationMs` is over or `work` returns false; returns how many were done. */
export async function keepBusy(
  { atOnce, durationMs }: { atOnce: number; durationMs: number },
  work: () => Promise<boolean>,
): Promise<number> {
  const endAt = performance.now() + durationMs
  let done = 0
  const worker = async () => {
    while (performance.now() < endAt && (await work())) done += 1
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return done
}

/**
 * Starts `work` `rate` times a second whether or not the earlier ones have ended, as people do who don't know of each
 * other. `dueAt` is when it should have started: waiting in our own queue counts too.
 */
export async function keepPace(
  { rate, count }: { rate: number; count: number },
  work: (index: number, dueAt: number) => Promise<void>,
): Promise<void> {
  const startAt = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    const dueAt = startAt + (index * 1000) / rate
    const earlyMs = dueAt - performance.now()
    if (earlyMs > 1) await pause(earlyMs)
    running.push(work(index, dueAt))
  }
  await Promise.all(running)
}
