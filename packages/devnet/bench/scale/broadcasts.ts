import type { BroadcastId, CustomerId } from '@vpn-kiosk/domain'
import type { Figure } from '../figures.ts'
import { type LargeWorld, settleWork } from './large-world.ts'
import { type Timed, timeAll, timeCalls } from './time-calls.ts'

const tapMs = 100
const pageMs = 20
const recipients = 100

/** A broadcast to everybody: counted, started, written down, read page by page, looked at. */
export async function timeBroadcasts(world: LargeWorld): Promise<Figure[]> {
  const { shop, db } = world.app
  const count: Timed = { what: 'recipients counted', aimMs: 300, call: () => shop.countRecipients(world.owner) }
  const start: Timed = {
    what: 'broadcast started by a tap',
    aimMs: tapMs,
    call: async () => {
      const id = await draft(world)
      const from = performance.now()
      await shop.startBroadcast(world.owner, id)
      return { partMs: performance.now() - from }
    },
  }
  const figures = await timeAll(world, [count, start])
  const id = await draft(world)
  await shop.startBroadcast(world.owner, id)
  figures.push(
    await timeCalls(world, { what: 'page of people written down', aimMs: null, call: () => shop.fillBroadcast(id) }),
  )
  while ((await shop.fillBroadcast(id)).kind === 'more');
  figures.push(await timeCalls(world, readPages(world, id, 'page of recipients, all waiting')))
  await db
    .em()
    .execute(
      `update broadcast_recipients set state = 'sent', at = now() where broadcast_id = ? and customer_id < 'cus_8'`,
      [id],
    )
  figures.push(await timeCalls(world, readPages(world, id, 'page of recipients, half of them sent just now')))
  figures.push(
    ...(await timeAll(world, [
      { what: "broadcast's card", aimMs: 150, call: () => shop.getBroadcastCard(world.owner, id) },
      { what: 'broadcasts', aimMs: 150, call: () => shop.listBroadcasts(world.owner) },
    ])),
  )
  await settleWork(world)
  return figures
}

async function draft({ app: { shop }, owner }: LargeWorld): Promise<BroadcastId> {
  const created = await shop.createBroadcast(owner, 'News')
  if (created.kind !== 'created') throw new Error(`no broadcast was made: ${created.kind}`)
  return created.broadcastId
}

/** As a process reads them that has just started: the first page from the beginning, the others by key. */
function readPages({ app: { shop } }: LargeWorld, id: BroadcastId, what: string): Timed {
  let after: CustomerId | null = null
  const call = async () => {
    const page = await shop.listRecipients(id, { after, count: recipients })
    after = page.at(-1)?.customerId ?? null
  }
  return { what, aimMs: pageMs, call }
}
