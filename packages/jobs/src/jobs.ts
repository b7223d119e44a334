import type { AccessId, EndpointId, Id, PaymentId } from '@vpn-kiosk/domain'
import { defineJob } from './define-job.ts'

/**
 * Every job that this process runs; the bots run the jobs that send messages. `schedule.ts` says when each is due.
 */
export const jobs = [
  /**
   * A settlement that waits longer than half a second for its provider gives its place to others, so a provider that
   * hangs delays only its own payments. The sweep finds settlements that a crash interrupted.
   */
  defineJob('settle-payment', (shop, { paymentId }) => shop.settlePayment(paymentId as PaymentId), {
    workers: 2,
    urgentWorkers: 1,
    batch: 5,
    yieldAfterMs: 500,
  }),
  defineJob('cancel-invoice', (shop, { paymentId }) => shop.cancelInvoice(paymentId as PaymentId)),
  defineJob('edit-star-subscription', (shop, { paymentId }) => shop.editStarSubscription(paymentId as PaymentId)),
  defineJob('carry-out-refund', (shop, { refundId }) => shop.carryOutRefund(refundId as Id<'refund'>)),
  defineJob('inspect-refund', (shop, { paymentId }) => shop.inspectRefund(paymentId as PaymentId)),
  defineJob('inspect-webhook', (shop, { webhookId }) => shop.inspectWebhook(webhookId)),
  defineJob('reconcile-payments', async (shop) => {
    await shop.reconcilePayments()
    await shop.sweepStarSubscriptions()
  }),
  /**
   * An access that waits longer than a second for its endpoint gives its place to others, so an endpoint that hangs
   * delays only its own customers (`refuseWhileSilent` limits how many). The sweep finds accesses that a crash
   * interrupted.
   */
  defineJob('provision-access', (shop, { accessId }) => shop.provisionAccess(accessId as AccessId), {
    workers: 4,
    batch: 5,
    yieldAfterMs: 1000,
  }),
  defineJob('reprovision-endpoint', (shop, { endpointId }) => shop.reprovisionEndpoint(endpointId as EndpointId)),
  /** Cuts have their own fetchers, so that thousands of expiries do not delay a new key, nor the reverse. */
  defineJob('cut-access', (shop, { accessId }) => shop.provisionAccess(accessId as AccessId), {
    workers: 2,
    batch: 5,
    yieldAfterMs: 1000,
  }),
  defineJob('sweep-payments', (shop) => shop.sweepPayments()),
  defineJob('sweep-refunds', (shop) => shop.sweepRefunds()),
  defineJob('recognize-revenue', async (shop) => {
    await shop.recognizeRevenue()
    await shop.checkBooks()
  }),
  defineJob('sweep-accesses', (shop) => shop.sweepAccesses()),
  defineJob('sweep-notifications', (shop) => shop.sweepNotifications()),
  defineJob('start-stretches', async (shop) => {
    await shop.endFreezes()
    await shop.startStretches()
  }),
  defineJob('enforce-device-limit', (shop) => shop.enforceDeviceLimit()),
  defineJob('win-back', (shop) => shop.winBackCustomers()),
  defineJob('end-gifts', async (shop) => {
    await shop.remindGifts()
    await shop.returnGifts()
  }),
  defineJob('expire-subscriptions', (shop) => shop.expireSubscriptions()),
  defineJob('remind-expiry', async (shop) => {
    await shop.giveGrace()
    await shop.remindExpiry()
  }),
  defineJob('renew-subscriptions', (shop) => shop.renewSubscriptions()),
  defineJob('sync-usage', (shop) => shop.recordUsage()),
  defineJob('reconcile-endpoints', (shop) => shop.reconcileEndpoints()),
  defineJob('reconcile-endpoint', (shop, { endpointId }) => shop.reconcileEndpoint(endpointId as EndpointId)),
  defineJob('drop-connections', (shop) => shop.dropConnections()),
  defineJob('probe-servers', async (shop) => {
    await shop.probeServers()
    await shop.watchRoom()
  }),
  defineJob('watch-disk', (shop) => shop.watchDisk()),
  defineJob('probe-providers', (shop) => shop.probeProviders()),
  defineJob('refresh-figures', (shop) => shop.refreshFigures()),
  defineJob('create-backup', (shop) => shop.createBackup()),
  defineJob('clean-up', (shop) => shop.cleanUp()),
] as const
