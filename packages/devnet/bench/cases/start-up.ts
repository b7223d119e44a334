import { setTimeout as pause } from 'node:timers/promises'
import { type Figure, medianOf, megabytes, seconds } from '../figures.ts'
import { type BenchWorld, processes } from '../world/bench-world.ts'
import type { RunningChild } from '../world/child-process.ts'

/** What is loaded late or freed early has settled by then. */
const settleMs = 2_000

/** Each process alone: from its spawn to its word that it works, and what it holds while nobody asks anything. */
export async function benchStartUp(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const repeats = isQuick ? 1 : 2
  const bare = await observe(() => world.startBaseline('bare-process'), repeats)
  const figures: Figure[] = []
  for (const name of processes) {
    const { readyMs, memory } = await observe(() => world.startProcess(name), repeats)
    figures.push({
      what: `${name}: start-up and memory at rest`,
      measured: `${seconds(readyMs)}, ${megabytes(memory)}`,
      beside: `empty Node process ${seconds(bare.readyMs)}, ${megabytes(bare.memory)}`,
      aim: '–',
      isMet: null,
    })
  }
  return figures
}

async function observe(
  start: () => Promise<RunningChild>,
  repeats: number,
): Promise<{ readyMs: number; memory: number }> {
  const seen: { readyMs: number; memory: number }[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const child = await start()
    await pause(settleMs)
    seen.push({ readyMs: child.readyMs, memory: child.memory() })
    await child.close()
  }
  return { readyMs: medianOf(seen.map((one) => one.readyMs)), memory: medianOf(seen.map((one) => one.memory)) }
}
