import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { startXuiSimulator } from '../../src/panels/xui/start-xui-simulator.ts'
import type { Figure } from '../figures.ts'
import { addBenchServer } from '../world/bench-world.ts'
import { type LargeWorld, settleWork } from './large-world.ts'
import { buy, settle } from './sales.ts'
import { figureOf, timeOnce } from './time-calls.ts'

const sweeps = 5

/** A server is added to a shop whose running subscriptions all get an access there, while people go on buying. */
export async function timeNewServer(world: LargeWorld): Promise<Figure[]> {
  const { shop, db } = world.app
  const panel = await startXuiSimulator({ clock: createSimulatedClock(), generation: 'modern' })
  try {
    await addBenchServer(world.app, panel, 'new-1', Math.min(2 * world.size, 1_000_000))
    const settled: number[] = []
    let isFilling = true
    const filling = timeOnce(
      `new server: ${sweeps} sweeps that fill it`,
      { aimMs: null, beside: 'the panel agrees at once' },
      async () => {
        for (let n = 0; n < sweeps; n++) {
          await shop.sweepAccesses()
          // The panel is not what is measured: it has agreed with all of them.
          await db
            .em()
            .execute(
              'update accesses set applied_revision = desired_revision where applied_revision < desired_revision',
            )
        }
        isFilling = false
      },
    )
    for (let n = 0; isFilling || settled.length < 20; n++)
      settled.push(await settle(world, (await buy(world, world.customer(n + 50).customerId)).paymentId))
    const figure = await filling
    const [row] = await db
      .em()
      .execute<{ count: number }[]>(
        `select places_taken as count from endpoints e join servers v on v.id = e.server_id where v.name = 'new-1'`,
      )
    await settleWork(world)
    return [
      { ...figure, what: `${figure.what}, ${row?.count} accesses` },
      figureOf('settling of a renewal meanwhile, its transaction', settled, 50),
    ]
  } finally {
    await panel.close()
  }
}
