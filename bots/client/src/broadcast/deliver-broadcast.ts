import type { BroadcastId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { escapeHtml, type Logger, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { createPauses } from './pauses.ts'
import { type Attempt, type AttemptResult, type Broadcasting, sendOne } from './send-one.ts'
import { createWaitingList } from './waiting-list.ts'

export type BroadcastShop = Pick<
  Shop,
  | 'readBroadcast'
  | 'fillBroadcast'
  | 'listRecipients'
  | 'claimRecipient'
  | 'recordOutcomes'
  | 'finishBroadcast'
  | 'listRunningBroadcasts'
>

export interface RunBroadcastDeps {
  readonly shop: BroadcastShop
  /** The client bot's own: its sender keeps the rate (G1) and waits out a 429. */
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
  /** Aborted when the process ends: nobody new is claimed, what is on its way is waited for. */
  readonly signal: AbortSignal
}

export type RunBroadcastResult = { readonly kind: 'finished' | 'not_running' | 'interrupted' }

/** Messages that wait or are on their way at once: enough to reach 30 a second while an answer takes up to half a second. */
const atOnce = 15
const pageSize = 100
/** How long somebody else's messages are waited for at the end, e.g. those of a process that was killed. */
const waits = { rounds: 20, ms: 1000 }
/** How long a runner that has told everybody who is written down waits for more of them. */
const fillingRestMs = 200

/**
 * Writes down whom a broadcast is for, and sends it to whoever is left of it, as fast as the rate budget lets it. Any number of runners may share
 * one broadcast: each person is claimed by one of them, when their turn in the budget has come and before Telegram is
 * asked.
 */
export async function deliverBroadcast(deps: RunBroadcastDeps, id: BroadcastId): Promise<RunBroadcastResult> {
  const broadcast = await deps.shop.readBroadcast(id)
  if (broadcast?.state !== 'running') return { kind: 'not_running' }
  const text = escapeHtml(broadcast.text)
  const pauses = createPauses(deps.signal)
  const filling = fillAll(deps, id)
  // Waited for below; until then its failure is nobody's.
  filling.catch(() => {})
  for (let round = 0; ; ) {
    if ((await sendToAll({ ...deps, id, text, pauses })) === 'not_running') return { kind: 'not_running' }
    if (deps.signal.aborted) return { kind: 'interrupted' }
    const ended = await deps.shop.finishBroadcast(id, { waitForOthers: round < waits.rounds })
    if (ended.kind === 'finished' || ended.kind === 'not_running') return { kind: ended.kind }
    if (ended.kind === 'filling') await Promise.race([filling, pauses.rest(fillingRestMs)])
    if (ended.kind === 'in_flight') {
      round += 1
      await pauses.rest(waits.ms)
    }
  }
}

/** Page by page, beside the sending; another runner may do the same. */
async function fillAll({ shop, signal }: RunBroadcastDeps, id: BroadcastId): Promise<void> {
  while (!signal.aborted && (await shop.fillBroadcast(id)).kind === 'more');
}

/** Returns when the list is at its end, or when the process ends and those who had their turn are written down. */
async function sendToAll(run: Broadcasting & Pick<RunBroadcastDeps, 'shop'>): Promise<'nobody_left' | 'not_running'> {
  const { shop, pauses } = run
  const waiting = createWaitingList((after) => shop.listRecipients(run.id, { after, count: pageSize }))
  const underWay = new Map<Attempt, Promise<AttemptResult>>()
  let isRunning = true
  const work = async (worker: number): Promise<void> => {
    while (isRunning && (await pauses.mayGo(worker))) {
      const recipient = await waiting.next()
      if (!recipient) return
      const attempt = { recipient, worker, hasTurn: false }
      const sending = sendOne(run, attempt).finally(() => underWay.delete(attempt))
      underWay.set(attempt, sending)
      const result = await sending
      if (result === 'kept_back') waiting.giveBack(recipient)
      if (result === 'not_running') isRunning = false
    }
  }
  const workers = Promise.allSettled(Array.from({ length: atOnce }, (_, worker) => work(worker)))
  const outcomes = (await Promise.race([workers, pauses.ending])) ?? []
  // A process that ends waits for nobody's turn, only for whom Telegram is being asked about.
  await Promise.allSettled([...underWay].filter(([attempt]) => attempt.hasTurn).map(([, sending]) => sending))
  // All have come to rest before a failure is thrown on: nothing is on its way any more.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return isRunning ? 'nobody_left' : 'not_running'
}
