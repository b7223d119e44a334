import type { BroadcastId } from '@vpn-kiosk/domain'
import type { Recipient, RecipientOutcome, Shop } from '@vpn-kiosk/shop'
import { escapeHtml, type Logger, notify } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { createPauses } from './pauses.ts'
import { judgeSend } from './send-outcome.ts'

export type BroadcastShop = Pick<
  Shop,
  'readBroadcast' | 'claimRecipients' | 'recordOutcomes' | 'finishBroadcast' | 'listRunningBroadcasts'
>

export interface RunBroadcastDeps {
  readonly shop: BroadcastShop
  /** The client bot's own: its sender keeps the rate (G1) and waits out a 429. */
  readonly api: Api
  readonly logger: Logger
  /** Aborted when the process ends: nobody new is claimed, what is on its way is waited for. */
  readonly signal: AbortSignal
}

export type RunBroadcastResult = { readonly kind: 'finished' | 'not_running' | 'interrupted' }

/**
 * Messages on their way at once: enough to reach 30 a second while an answer takes up to half a second, and all that
 * a kill -9 can leave with an unknown outcome.
 */
const atOnce = 15
/** How long somebody else's messages are waited for at the end, e.g. those of a process that was killed. */
const patience = { rounds: 20, ms: 1000 }

/**
 * Sends a broadcast to whoever is left of it, as fast as the rate budget lets it. Any number of runners may share
 * one broadcast: each person is claimed by one of them, before Telegram is asked.
 */
export async function runBroadcast(deps: RunBroadcastDeps, id: BroadcastId): Promise<RunBroadcastResult> {
  const broadcast = await deps.shop.readBroadcast(id)
  if (broadcast?.state !== 'running') return { kind: 'not_running' }
  const text = escapeHtml(broadcast.text)
  for (let round = 0; ; ) {
    if ((await sendToAll(deps, id, text)) === 'not_running') return { kind: 'not_running' }
    if (deps.signal.aborted) return { kind: 'interrupted' }
    const ended = await deps.shop.finishBroadcast(id, { waitForOthers: round < patience.rounds })
    if (ended.kind === 'finished' || ended.kind === 'not_running') return { kind: ended.kind }
    if (ended.kind === 'in_flight') {
      round += 1
      await createPauses(deps.signal).rest(patience.ms)
    }
  }
}

async function sendToAll(
  deps: RunBroadcastDeps,
  id: BroadcastId,
  text: string,
): Promise<'nobody_left' | 'not_running'> {
  const pauses = createPauses(deps.signal)
  let stopped: 'nobody_left' | 'not_running' | null = null
  const work = async (worker: number): Promise<void> => {
    while (stopped === null) {
      if (!(await pauses.mayGo(worker))) return
      const claim = await deps.shop.claimRecipients(id, 1)
      if (claim.kind !== 'claimed') {
        stopped = claim.kind
        return
      }
      for (const recipient of claim.recipients) await sendOne(deps, id, { recipient, text, pauses })
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, (_, worker) => work(worker)))
  // All have come to rest before a failure is thrown on: nothing is on its way any more.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return stopped ?? 'nobody_left'
}

interface Sending {
  readonly recipient: Recipient
  readonly text: string
  readonly pauses: ReturnType<typeof createPauses>
}

async function sendOne(deps: RunBroadcastDeps, id: BroadcastId, { recipient, text, pauses }: Sending): Promise<void> {
  const { customerId, telegramId } = recipient
  const record = (outcome: RecipientOutcome) => deps.shop.recordOutcomes(id, [{ customerId, outcome }])
  try {
    await notify(deps.api, Number(telegramId), { text }, { priority: 'broadcast' })
  } catch (error) {
    const { outcome, waitMs, isFatal, kind } = judgeSend(error)
    await record(outcome)
    if (outcome === 'failed')
      deps.logger.warn({ broadcastId: id, customerId, kind }, 'a broadcast was refused to one person')
    if (isFatal) throw error
    if (waitMs !== null) pauses.trouble(waitMs)
    return
  }
  pauses.fine()
  await record('sent')
}
