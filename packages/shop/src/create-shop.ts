import type {
  BroadcastId,
  CustomerId,
  DeviceId,
  EndpointId,
  Id,
  Language,
  OrderId,
  PaymentId,
  PlanId,
  ProviderId,
  RawWebhook,
  ServerId,
  SubscriptionId,
  TelegramPerson,
} from '@vpn-kiosk/domain'
import { dropConnections } from './access/drop-connections.ts'
import { getKey, getKeyByToken } from './access/get-key.ts'
import { provisionAccess } from './access/provision-access.ts'
import { reconcileEndpoint } from './access/reconcile-endpoint.ts'
import { reconcileEndpoints } from './access/reconcile-endpoints.ts'
import { sweepAccesses } from './access/sweep-accesses.ts'
import { syncUsage } from './access/sync-usage.ts'
import { getDashboard } from './analytics/get-dashboard.ts'
import { keepFigures } from './analytics/keep-figures.ts'
import { createBackup } from './backup/create-backup.ts'
import { cancelBroadcast } from './broadcast/cancel-broadcast.ts'
import { claimRecipient } from './broadcast/claim-recipient.ts'
import { countRecipients } from './broadcast/count-recipients.ts'
import { createBroadcast } from './broadcast/create-broadcast.ts'
import type { OutcomeReport } from './broadcast/delivery.ts'
import { fillBroadcast } from './broadcast/fill-broadcast.ts'
import { finishBroadcast } from './broadcast/finish-broadcast.ts'
import { getBroadcastCard } from './broadcast/get-broadcast-card.ts'
import { listBroadcastWatches } from './broadcast/list-broadcast-watches.ts'
import { listBroadcasts } from './broadcast/list-broadcasts.ts'
import { listRecipients } from './broadcast/list-recipients.ts'
import { listRunningBroadcasts } from './broadcast/list-running-broadcasts.ts'
import { readBroadcast } from './broadcast/read-broadcast.ts'
import { recordOutcomes } from './broadcast/record-outcomes.ts'
import { startBroadcast } from './broadcast/start-broadcast.ts'
import { type BotMessage, type BroadcastWatch, unwatchMessage, watchBroadcast } from './broadcast/watch-broadcast.ts'
import { banCustomer } from './customer/ban-customer.ts'
import { chooseLanguage } from './customer/choose-language.ts'
import type { CustomerCursor } from './customer/customer-line.ts'
import { extendByDays } from './customer/extend-by-days.ts'
import { findCustomers } from './customer/find-customers.ts'
import { findSubscriber } from './customer/find-subscriber.ts'
import { findCustomerCard, getCustomerCard } from './customer/get-customer-card.ts'
import { type CustomerList, listCustomers } from './customer/list-customers.ts'
import { markUnreachable } from './customer/mark-unreachable.ts'
import { recognizeCustomer } from './customer/recognize-customer.ts'
import { resetTrial } from './customer/reset-trial.ts'
import { switchNews } from './customer/switch-news.ts'
import { unbanCustomer } from './customer/unban-customer.ts'
import type { ShopDeps } from './deps.ts'
import { addDevice, type NewDevice } from './device/add-device.ts'
import { closeSurplusDevices } from './device/close-surplus-devices.ts'
import { getDeviceKey } from './device/get-device-key.ts'
import { keepDevices } from './device/keep-devices.ts'
import { listDevices } from './device/list-devices.ts'
import { renameDevice } from './device/rename-device.ts'
import { revokeDevice } from './device/revoke-device.ts'
import { adoptStaffAlert } from './notification/adopt-staff-alert.ts'
import {
  claimStaffNotifications,
  type StaffNotificationToSend,
  staffNotificationDueInMs,
} from './notification/claim-staff-notifications.ts'
import { closeNotification, findNotification, type NotificationOutcome } from './notification/find-notification.ts'
import { followKeyMessage, type KeyMessage } from './notification/follow-key-message.ts'
import { gatherStaffNotifications } from './notification/gather-staff-notifications.ts'
import { listUnreachableStaff } from './notification/list-unreachable-staff.ts'
import { recordStaffNotification, type StaffNotificationOutcome } from './notification/record-staff-notification.ts'
import { sumSales } from './notification/sum-sales.ts'
import { sweepNotifications } from './notification/sweep-notifications.ts'
import { cleanUp } from './operation/clean-up.ts'
import { countUndelivered } from './operation/count-undelivered.ts'
import { getBacklog } from './operation/get-backlog.ts'
import { getHealth } from './operation/get-health.ts'
import { listProcesses } from './operation/list-processes.ts'
import { type RunningCopy, recordSign } from './operation/record-sign.ts'
import { cancelInvoice } from './payment/cancel-invoice.ts'
import { checkPayment, recheckPayment } from './payment/check-payment.ts'
import { comparePayments } from './payment/compare-payments.ts'
import { decidePayment } from './payment/decide-payment.ts'
import { findPaymentLine } from './payment/find-payment-line.ts'
import { forgetInvoiceMessage } from './payment/forget-invoice-message.ts'
import { guardProviders } from './payment/guard-providers.ts'
import { inspectRefund } from './payment/inspect-refund.ts'
import { inspectWebhook } from './payment/inspect-webhook.ts'
import type { InvoiceMessage, MessagePlace } from './payment/invoice-message.ts'
import { listInvoiceMessages } from './payment/list-invoice-messages.ts'
import { listPaymentMethods } from './payment/list-payment-methods.ts'
import { listPayments, type PaymentsQuery } from './payment/list-payments.ts'
import { receiveWebhook } from './payment/receive-webhook.ts'
import { rememberInvoiceMessage } from './payment/remember-invoice-message.ts'
import { settlePayment } from './payment/settle-payment.ts'
import { sweepPayments } from './payment/sweep-payments.ts'
import { createPlan } from './plan/create-plan.ts'
import { listPlansAsStaff } from './plan/list-plans-as-staff.ts'
import type { PlanDraft } from './plan/plan-draft.ts'
import { type PlanChange, updatePlan } from './plan/update-plan.ts'
import { checkRoom } from './purchase/check-room.ts'
import { getOrder } from './purchase/get-order.ts'
import { listPlans } from './purchase/list-plans.ts'
import type { StartPurchaseInput } from './purchase/purchase-request.ts'
import { startPurchase } from './purchase/start-purchase.ts'
import { getReferral } from './referral/get-referral.ts'
import { seedPlans } from './seed/seed-plans.ts'
import { addEndpoint, type NewEndpoint } from './server/add-endpoint.ts'
import { addServer, type NewServer } from './server/add-server.ts'
import { type ChosenServerState, changeServerState } from './server/change-server-state.ts'
import { checkServerName } from './server/check-server-name.ts'
import { deleteServer, type Remains } from './server/delete-server.ts'
import { discoverEndpoint, type EndpointDraft } from './server/discover-endpoint.ts'
import { getEndpointCard } from './server/get-endpoint-card.ts'
import { getRoom } from './server/get-room.ts'
import { getServerCard } from './server/get-server-card.ts'
import { listServers } from './server/list-servers.ts'
import { probeServers } from './server/probe-servers.ts'
import { rediscoverEndpoint } from './server/rediscover-endpoint.ts'
import { reprovisionEndpoint } from './server/reprovision-endpoint.ts'
import { type EndpointChange, updateEndpoint } from './server/update-endpoint.ts'
import { type ServerChange, updateServer } from './server/update-server.ts'
import { watchRoom } from './server/watch-room.ts'
import { changeOffer } from './setting/change-offer.ts'
import { getSettings } from './setting/get-settings.ts'
import { getShop } from './setting/get-shop.ts'
import { getShopLogo } from './setting/get-shop-logo.ts'
import { type Offer, readOffer } from './setting/read-offer.ts'
import { recall, remember, type SettingKey } from './setting/remember.ts'
import { recallSent, rememberSent } from './setting/remember-sent.ts'
import { type ShopChange, updateShop } from './setting/update-shop.ts'
import { addStaff, type NewStaff } from './staff/add-staff.ts'
import { inspectPayment } from './staff/inspect-payment.ts'
import { inspectPayments } from './staff/inspect-payments.ts'
import { listStaff } from './staff/list-staff.ts'
import { listStaffContacts } from './staff/list-staff-contacts.ts'
import { type Actor, roleOf } from './staff/may-act.ts'
import { recheckAsStaff } from './staff/recheck-as-staff.ts'
import { removeStaff } from './staff/remove-staff.ts'
import { enforceExpiry } from './subscription/enforce-expiry.ts'
import { findTrial } from './subscription/find-trial.ts'
import { getSubscription } from './subscription/get-subscription.ts'
import { previewPurchase } from './subscription/preview-purchase.ts'
import { remindExpiry } from './subscription/remind-expiry.ts'
import { startStretches } from './subscription/start-stretches.ts'
import { startTrial } from './subscription/start-trial.ts'
import { suggestPlan } from './subscription/suggest-plan.ts'
import { takeBackDays } from './subscription/take-back-days.ts'
import { winBackCustomers } from './subscription/win-back-customers.ts'
import { supportVerbs } from './support/support-verbs.ts'

/** What the business can do, its dependencies already in hand. Ask for a slice: `Pick<Shop, 'listPlans'>`. */
export type Shop = ReturnType<typeof createShop>

type OwnDevice = { customerId: CustomerId; deviceId: DeviceId }

export function createShop(given: ShopDeps) {
  const guarded = guardProviders(given.providers, given.clock)
  const deps: ShopDeps = { ...given, providers: guarded.providers }
  return {
    policy: deps.policy,
    listPaymentMethods: () => listPaymentMethods(guarded),

    recognizeCustomer: (person: TelegramPerson, referralCode?: string) => recognizeCustomer(deps, person, referralCode),
    switchNews: (id: CustomerId, news: { readonly isOn: boolean }) => switchNews(deps, id, news),
    chooseLanguage: (id: CustomerId, language: Language) => chooseLanguage(deps, id, language),
    markUnreachable: (telegramId: bigint) => markUnreachable(deps, telegramId),

    listPlans: () => listPlans(deps),
    listPlansAsStaff: (actor: Actor) => listPlansAsStaff(deps, actor),
    createPlan: (actor: Actor, draft: PlanDraft) => createPlan(deps, actor, draft),
    updatePlan: (actor: Actor, id: PlanId, change: PlanChange, was?: PlanChange) =>
      updatePlan(deps, actor, id, change, was),
    readOffer: () => readOffer(deps),
    changeOffer: (actor: Actor, change: Partial<Offer>, was?: Partial<Offer>) => changeOffer(deps, actor, change, was),
    getSettings: (actor: Actor) => getSettings(deps, actor),
    checkRoom: (id: CustomerId) => checkRoom(deps, id),
    previewPurchase: (id: CustomerId, planId: PlanId) => previewPurchase(deps, id, planId),
    startPurchase: (input: StartPurchaseInput) => startPurchase(deps, input),
    checkPayment: (customerId: CustomerId, id: PaymentId) => checkPayment(deps, customerId, id),
    recheckPayment: (id: PaymentId) => recheckPayment(deps, id),
    listPayments: (of: { customerId?: CustomerId; olderThan?: PaymentId }) => listPayments(deps, of),
    findPayment: (id: PaymentId) => findPaymentLine(deps, id),
    receiveWebhook: (provider: ProviderId, raw: RawWebhook) => receiveWebhook(deps, provider, raw),
    settlePayment: (id: PaymentId) => settlePayment(deps, id),
    sweepPayments: () => sweepPayments(deps),
    comparePayments: () => comparePayments(deps),
    cancelInvoice: (id: PaymentId) => cancelInvoice(deps, id),
    inspectRefund: (id: PaymentId) => inspectRefund(deps, id),
    inspectWebhook: (id: string) => inspectWebhook(deps, id),
    rememberInvoiceMessage: (shown: InvoiceMessage) => rememberInvoiceMessage(deps, shown),
    forgetInvoiceMessage: (message: MessagePlace) => forgetInvoiceMessage(deps, message),
    listInvoiceMessages: (orderId: OrderId, botId: number) => listInvoiceMessages(deps, orderId, botId),
    getOrder: (customerId: CustomerId, id: OrderId) => getOrder(deps, customerId, id),

    findTrial: () => findTrial(deps),
    startTrial: (id: CustomerId) => startTrial(deps, id),
    getSubscription: (id: CustomerId) => getSubscription(deps, id),
    suggestPlan: (id: CustomerId) => suggestPlan(deps, id),
    winBackCustomers: () => winBackCustomers(deps),
    startStretches: () => startStretches(deps),
    enforceExpiry: () => enforceExpiry(deps),
    remindExpiry: () => remindExpiry(deps),

    getKey: (id: CustomerId) => getKey(deps, id),
    getKeyByToken: (token: string, language?: Language) => getKeyByToken(deps, token, language),
    provisionAccess: (id: Parameters<typeof provisionAccess>[1]) => provisionAccess(deps, id),
    sweepAccesses: () => sweepAccesses(deps),
    syncUsage: () => syncUsage(deps),
    reconcileEndpoints: (isDryRun?: boolean) => reconcileEndpoints(deps, isDryRun),
    reconcileEndpoint: (id: EndpointId) => reconcileEndpoint(deps, id),
    dropConnections: () => dropConnections(deps),

    listDevices: (id: CustomerId) => listDevices(deps, id),
    addDevice: (input: NewDevice) => addDevice(deps, input),
    keepDevices: (id: CustomerId, kept: readonly DeviceId[]) => keepDevices(deps, id, kept),
    closeSurplusDevices: () => closeSurplusDevices(deps),
    renameDevice: (of: OwnDevice, name: string) => renameDevice(deps, of, name),
    revokeDevice: (of: OwnDevice) => revokeDevice(deps, of),
    getDeviceKey: (of: OwnDevice) => getDeviceKey(deps, of),

    getReferral: (id: CustomerId) => getReferral(deps, id),

    findNotification: (id: string) => findNotification(deps, id),
    followKeyMessage: (message: KeyMessage) => followKeyMessage(deps, message),
    closeNotification: (id: string, outcome: NotificationOutcome) => closeNotification(deps, id, outcome),
    sweepNotifications: () => sweepNotifications(deps),
    adoptStaffAlert: (notification: Parameters<typeof adoptStaffAlert>[1]) => adoptStaffAlert(deps, notification),
    gatherStaffNotifications: () => gatherStaffNotifications(deps),
    claimStaffNotifications: () => claimStaffNotifications(deps),
    recordStaffNotification: (told: StaffNotificationToSend, outcome: StaffNotificationOutcome) =>
      recordStaffNotification(deps, told, outcome),
    staffNotificationDueInMs: () => staffNotificationDueInMs(deps),
    listUnreachableStaff: () => listUnreachableStaff(deps),
    sumSales: (alertId: Id<'alert'>) => sumSales(deps, alertId),

    createBackup: () => createBackup(deps),
    keepFigures: () => keepFigures(deps),
    getRoom: () => getRoom(deps),
    watchRoom: () => watchRoom(deps),
    countUndelivered: () => countUndelivered(deps),
    getBacklog: () => getBacklog(deps),
    getHealth: () => getHealth(deps),
    recordSign: (copy: RunningCopy, state: 'running' | 'stopped') => recordSign(deps, copy, state),
    cleanUp: () => cleanUp(deps),
    listProcesses: () => listProcesses(deps),
    roleOf: (telegramId: bigint) => roleOf(deps, telegramId),
    listStaff: (actor: Actor) => listStaff(deps, actor),
    addStaff: (actor: Actor, person: NewStaff) => addStaff(deps, actor, person),
    removeStaff: (actor: Actor, id: Id<'staff'>) => removeStaff(deps, actor, id),
    listStaffContacts: () => listStaffContacts(deps),
    inspectPayments: (actor: Actor, of: PaymentsQuery) => inspectPayments(deps, actor, of),
    decidePayment: (actor: Actor, id: PaymentId, isDecided: boolean) => decidePayment(deps, actor, id, isDecided),
    inspectPayment: (actor: Actor, id: PaymentId) => inspectPayment(deps, actor, id),
    recheckAsStaff: (actor: Actor, id: PaymentId) => recheckAsStaff(deps, actor, id),
    getDashboard: (actor: Actor) => getDashboard(deps, actor),

    findSubscriber: (id: SubscriptionId) => findSubscriber(deps, id),
    findCustomers: (actor: Actor, query: string, after?: CustomerCursor | null) =>
      findCustomers(deps, actor, query, after),
    listCustomers: (actor: Actor, list: CustomerList, after?: CustomerCursor | null) =>
      listCustomers(deps, actor, list, after),
    getCustomerCard: (actor: Actor, id: CustomerId) => getCustomerCard(deps, actor, id),
    findCustomerCard: (actor: Actor, telegramId: bigint) => findCustomerCard(deps, actor, telegramId),
    extendByDays: (actor: Actor, id: CustomerId, by: { days: number; requestId?: string }) =>
      extendByDays(deps, actor, id, by),
    takeBackDays: (actor: Actor, id: CustomerId, requestId: string) => takeBackDays(deps, actor, id, requestId),
    banCustomer: (actor: Actor, id: CustomerId) => banCustomer(deps, actor, id),
    unbanCustomer: (actor: Actor, id: CustomerId) => unbanCustomer(deps, actor, id),
    resetTrial: (actor: Actor, id: CustomerId) => resetTrial(deps, actor, id),

    discoverEndpoint: (actor: Actor, draft: EndpointDraft) => discoverEndpoint(deps, actor, draft),
    checkServerName: (actor: Actor, name: string) => checkServerName(deps, actor, name),
    addServer: (actor: Actor, server: NewServer) => addServer(deps, actor, server),
    addEndpoint: (actor: Actor, id: ServerId, endpoint: NewEndpoint) => addEndpoint(deps, actor, id, endpoint),
    updateServer: (actor: Actor, id: ServerId, change: ServerChange) => updateServer(deps, actor, id, change),
    deleteServer: (actor: Actor, id: ServerId, remains?: Remains) => deleteServer(deps, actor, id, remains),
    getEndpointCard: (actor: Actor, id: EndpointId) => getEndpointCard(deps, actor, id),
    rediscoverEndpoint: (actor: Actor, id: EndpointId) => rediscoverEndpoint(deps, actor, id),
    updateEndpoint: (actor: Actor, id: EndpointId, change: EndpointChange) => updateEndpoint(deps, actor, id, change),
    reprovisionEndpoint: (id: EndpointId) => reprovisionEndpoint(deps, id),
    listServers: (actor: Actor) => listServers(deps, actor),
    getServerCard: (actor: Actor, id: ServerId) => getServerCard(deps, actor, id),
    changeServerState: (actor: Actor, id: ServerId, state: ChosenServerState) =>
      changeServerState(deps, actor, id, state),
    probeServers: () => probeServers(deps),

    createBroadcast: (actor: Actor, text: string) => createBroadcast(deps, actor, text),
    countRecipients: (actor: Actor) => countRecipients(deps, actor),
    startBroadcast: (actor: Actor, id: BroadcastId) => startBroadcast(deps, actor, id),
    cancelBroadcast: (actor: Actor, id: BroadcastId) => cancelBroadcast(deps, actor, id),
    getBroadcastCard: (actor: Actor, id: BroadcastId) => getBroadcastCard(deps, actor, id),
    listBroadcasts: (actor: Actor) => listBroadcasts(deps, actor),
    listRunningBroadcasts: () => listRunningBroadcasts(deps),
    readBroadcast: (id: BroadcastId) => readBroadcast(deps, id),
    listRecipients: (id: BroadcastId, page: { after: CustomerId | null; count: number }) =>
      listRecipients(deps, id, page),
    claimRecipient: (id: BroadcastId, customerId: CustomerId) => claimRecipient(deps, id, customerId),
    recordOutcomes: (id: BroadcastId, reports: readonly OutcomeReport[]) => recordOutcomes(deps, id, reports),
    fillBroadcast: (id: BroadcastId) => fillBroadcast(deps, id),
    watchBroadcast: (watch: BroadcastWatch) => watchBroadcast(deps, watch),
    unwatchMessage: (message: BotMessage) => unwatchMessage(deps, message),
    listBroadcastWatches: (botId: bigint) => listBroadcastWatches(deps, botId),
    finishBroadcast: (id: BroadcastId, how: { waitForOthers: boolean }) => finishBroadcast(deps, id, how),

    ...supportVerbs(deps),

    getShop: () => getShop(deps),
    getShopLogo: () => getShopLogo(deps),
    updateShop: (actor: Actor, change: ShopChange) => updateShop(deps, actor, change),

    seedPlans: () => seedPlans(deps),
    remember: <T>(key: SettingKey, value: T) => remember(deps, key, value),
    recall: <T>(key: SettingKey) => recall<T>(deps, key),
    rememberSent: (bot: string, chatId: number | string, agesMs: readonly number[]) =>
      rememberSent(deps, bot, chatId, agesMs),
    recallSent: (bot: string, chatId: number | string) => recallSent(deps, bot, chatId),
  }
}
