import type { ScheduledJob, Shop } from '@vpn-kiosk/shop'

/** What concerns the machine, or history that no simulated provider knows of. */
type OfTheMachine = 'create-backup' | 'watch-disk' | 'clean-up' | 'reconcile-payments'

/** Rights first, then what is made of them, then who is told. A job of the schedule that is missing here does not compile. */
const due: Readonly<Record<Exclude<ScheduledJob, OfTheMachine>, (shop: Shop) => Promise<unknown>>> = {
  'sync-usage': (shop) => shop.recordUsage(),
  'start-stretches': (shop) => shop.startStretches(),
  'expire-subscriptions': (shop) => shop.expireSubscriptions(),
  'enforce-device-limit': (shop) => shop.enforceDeviceLimit(),
  'sweep-payments': (shop) => shop.sweepPayments(),
  'sweep-refunds': (shop) => shop.sweepRefunds(),
  'recognize-revenue': (shop) => shop.recognizeRevenue(),
  'sweep-accesses': (shop) => shop.sweepAccesses(),
  'drop-connections': (shop) => shop.dropConnections(),
  'probe-servers': (shop) => shop.probeServers(),
  'probe-providers': (shop) => shop.probeProviders(),
  'reconcile-endpoints': (shop) => shop.reconcileEndpoints(),
  'refresh-figures': (shop) => shop.refreshFigures(),
  'remind-expiry': (shop) => shop.remindExpiry(),
  'renew-subscriptions': (shop) => shop.renewSubscriptions(),
  'win-back': (shop) => shop.winBackCustomers(),
  'end-gifts': async (shop) => (await shop.remindGifts()) + (await shop.returnGifts()),
  'sweep-notifications': (shop) => shop.sweepNotifications(),
}

/** Does at once all that the schedule would ask for by now. */
export async function runDue(shop: Shop): Promise<void> {
  for (const run of Object.values(due)) await run(shop)
}
