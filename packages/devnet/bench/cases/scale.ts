import type { Figure } from '../figures.ts'
import { timeBroadcasts } from '../scale/broadcasts.ts'
import { createLargeWorld } from '../scale/large-world.ts'
import { timeNewServer } from '../scale/new-server.ts'
import { timeSales } from '../scale/sales.ts'
import { timeScreens } from '../scale/screens.ts'
import { timeSweeps } from '../scale/sweeps.ts'
import type { BenchWorld } from '../world/bench-world.ts'

const parts = { timeScreens, timeSales, timeSweeps, timeBroadcasts, timeNewServer }

/** The verbs of screens and jobs in a shop of `size` customers, on a real Postgres and without other processes. */
export async function benchScale(world: BenchWorld, _isQuick: boolean, size: number): Promise<Figure[]> {
  const from = performance.now()
  const large = await createLargeWorld(world, size)
  process.stderr.write(
    `  a shop of ${size.toLocaleString('en')} customers, filled in ${Math.round((performance.now() - from) / 1000)} s\n`,
  )
  try {
    const figures: Figure[] = []
    for (const part of Object.values(parts)) figures.push(...(await part(large.world)))
    return figures
  } finally {
    await large.close()
  }
}
