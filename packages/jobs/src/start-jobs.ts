import type { Queue, Shop } from '@vpn-kiosk/shop'
import { cancelInvoice } from './definitions/cancel-invoice.ts'
import { cleanUp } from './definitions/clean-up.ts'
import { closeSurplusDevices } from './definitions/close-surplus-devices.ts'
import { comparePayments } from './definitions/compare-payments.ts'
import { createBackup } from './definitions/create-backup.ts'
import { cutAccess } from './definitions/cut-access.ts'
import { dropConnections } from './definitions/drop-connections.ts'
import { enforceExpiry } from './definitions/enforce-expiry.ts'
import { inspectRefund } from './definitions/inspect-refund.ts'
import { inspectWebhook } from './definitions/inspect-webhook.ts'
import { keepFigures } from './definitions/keep-figures.ts'
import { probeServers } from './definitions/probe-servers.ts'
import { provisionAccess } from './definitions/provision-access.ts'
import { reconcileEndpoint } from './definitions/reconcile-endpoint.ts'
import { reconcileEndpoints } from './definitions/reconcile-endpoints.ts'
import { remindExpiry } from './definitions/remind-expiry.ts'
import { reprovisionEndpoint } from './definitions/reprovision-endpoint.ts'
import { settlePayment } from './definitions/settle-payment.ts'
import { startStretches } from './definitions/start-stretches.ts'
import { sweepAccesses } from './definitions/sweep-accesses.ts'
import { sweepNotifications } from './definitions/sweep-notifications.ts'
import { sweepPayments } from './definitions/sweep-payments.ts'
import { syncUsage } from './definitions/sync-usage.ts'
import { winBack } from './definitions/win-back.ts'
import { type ScheduleDeps, startSchedule } from './schedule.ts'

/** Whatever happens by itself, but for what bots say: they take their own jobs. */
export const jobDefinitions = [
  settlePayment,
  cancelInvoice,
  inspectRefund,
  inspectWebhook,
  comparePayments,
  provisionAccess,
  reprovisionEndpoint,
  cutAccess,
  sweepPayments,
  sweepAccesses,
  sweepNotifications,
  startStretches,
  closeSurplusDevices,
  winBack,
  enforceExpiry,
  remindExpiry,
  syncUsage,
  reconcileEndpoints,
  reconcileEndpoint,
  dropConnections,
  probeServers,
  keepFigures,
  createBackup,
  cleanUp,
] as const

export interface JobsDeps {
  readonly shop: Shop
  readonly queue: Queue
  readonly logger: ScheduleDeps['logger']
}

/** What a crash or an outage may have left behind is looked for at once, not at the next tick. */
const recoveringJobs = [
  'start-stretches',
  'enforce-expiry',
  'sweep-payments',
  'sweep-accesses',
  'sweep-notifications',
] as const

/** Takes work until `stop`; what runs then is let finish by the queue's own closing. */
export async function startJobs({ shop, queue, logger }: JobsDeps): Promise<{ stop(): Promise<void> }> {
  for (const job of jobDefinitions) await job.register(queue, shop)
  for (const name of recoveringJobs) await queue.enqueue(name, {})
  return startSchedule({ queue, timeZone: shop.policy.timeZone, logger })
}
