export type { EnqueueOptions, JobData, JobName, Queue, ScheduledJob, WorkOptions } from '@vpn-kiosk/queue'
export type { Key, WayIn } from './access/get-key.ts'
export type { ProvisionAccessResult } from './access/provision-access.ts'
export type { Dashboard } from './analytics/get-dashboard.ts'
export type { RecipientCount } from './broadcast/count-recipients.ts'
export { broadcastLength, type CreateBroadcastResult } from './broadcast/create-broadcast.ts'
export type {
  BroadcastToSend,
  Claim,
  OutcomeReport,
  Recipient,
  RecipientOutcome,
} from './broadcast/delivery.ts'
export type { BroadcastCard, BroadcastLine } from './broadcast/get-broadcast-card.ts'
export type { CancelBroadcastResult, StartBroadcastResult } from './broadcast/start-broadcast.ts'
export type { BotMessage, BroadcastWatch } from './broadcast/watch-broadcast.ts'
export { createShop, type Shop } from './create-shop.ts'
export type { BanCustomerResult } from './customer/ban-customer.ts'
export type { CustomerCursor, CustomerLine, CustomerPage } from './customer/customer-line.ts'
export { type ExtendByDaysResult, maxExtensionDays } from './customer/extend-by-days.ts'
export type { CustomerCard } from './customer/get-customer-card.ts'
export type { AccessLine, AccessState } from './customer/list-accesses.ts'
export { type CustomerList, customerLists } from './customer/list-customers.ts'
export type { Recognized } from './customer/recognize-customer.ts'
export type { ResetTrialResult } from './customer/reset-trial.ts'
export type { UnbanCustomerResult } from './customer/unban-customer.ts'
export type { Policy, ShopDeps } from './deps.ts'
export type { AddDeviceResult, NewDevice } from './device/add-device.ts'
export type { DeviceKey } from './device/device-key.ts'
export type { KeepDevicesResult } from './device/keep-devices.ts'
export type { DeviceList, DevicePlace, DeviceSummary, SharedKeyUse } from './device/list-devices.ts'
export type { StaffNotificationToSend } from './notification/claim-staff-notifications.ts'
export type {
  NotificationOutcome,
  NotificationToSend,
} from './notification/find-notification.ts'
export type { KeyMessage } from './notification/follow-key-message.ts'
export { listUnreachableStaff } from './notification/list-unreachable-staff.ts'
export type { StaffNotificationOutcome } from './notification/record-staff-notification.ts'
export { type Undelivered, type UndeliveredCause, waitReasons } from './operation/count-undelivered.ts'
export type { Backlog } from './operation/get-backlog.ts'
export { getHealth, type ShopHealth } from './operation/get-health.ts'
export { listProcesses, type ProcessLine } from './operation/list-processes.ts'
export type { RunningCopy } from './operation/record-heartbeat.ts'
export type { CheckPaymentResult } from './payment/check-payment.ts'
export type { InvoiceMessage, MessagePlace, ShownInvoice } from './payment/invoice-message.ts'
export type { PaymentLine, PaymentPage } from './payment/list-payments.ts'
export type { ReceiveWebhookResult } from './payment/receive-webhook.ts'
export type { SettlePaymentResult } from './payment/settlement.ts'
export type { CreatePlanResult } from './plan/create-plan.ts'
export type { StaffPlan } from './plan/list-plans-as-staff.ts'
export type { InvalidPlan, PlanDraft, PlanField } from './plan/plan-draft.ts'
export type { PlanChange, UpdatePlanResult } from './plan/update-plan.ts'
export type { RoomForCustomer } from './purchase/check-room.ts'
export type { OrderSummary } from './purchase/get-order.ts'
export type { StartPurchaseInput } from './purchase/purchase-request.ts'
export type { StartPurchaseResult } from './purchase/start-purchase.ts'
export type { ReferralSummary } from './referral/get-referral.ts'
export { checkSecretKey, hasSealedValues, type SecretKeyCheck } from './secrets/check-secret-key.ts'
export { type ResealReport, resealSecrets } from './secrets/reseal-secrets.ts'
export {
  createVault,
  type SealedColumn,
  type SealedPlace,
  type Vault,
  type VaultKey,
  vaultKey,
} from './secrets/vault.ts'
export type { AddEndpointResult, NewEndpoint } from './server/add-endpoint.ts'
export type { AddServerResult, NewServer } from './server/add-server.ts'
export type { ChangeServerStateResult, ChosenServerState } from './server/change-server-state.ts'
export type { CheckServerNameResult } from './server/check-server-name.ts'
export type { DeleteServerResult, Occupants, Remains } from './server/delete-server.ts'
export type { DiscoverEndpointResult, EndpointDraft } from './server/discover-endpoint.ts'
export type { EndpointCauseFound, EndpointFailure } from './server/endpoint-failure.ts'
export { createEndpointPool, type EndpointPool } from './server/endpoint-pool.ts'
export type { EndpointCard } from './server/get-endpoint-card.ts'
export { getRoom, type Room } from './server/get-room.ts'
export type { EndpointLine, ServerLine } from './server/list-servers.ts'
export type { ProbeReport } from './server/probe-servers.ts'
export type { OfferedChoice, RediscoverEndpointResult } from './server/rediscover-endpoint.ts'
export type { PlaceField, ServerPlace } from './server/server-place.ts'
export type { EndpointChange, UpdateEndpointResult } from './server/update-endpoint.ts'
export type { ServerChange, UpdateServerResult } from './server/update-server.ts'
export type { RoomForecast } from './server/watch-room.ts'
export type { ChangeOfferResult } from './setting/change-offer.ts'
export type { LastChange, Settings } from './setting/get-settings.ts'
export type { ShopFace } from './setting/get-shop.ts'
export { maxPictureBytes } from './setting/read-logo.ts'
export type { Offer } from './setting/read-offer.ts'
export { maxShopName, type ShopChange, type UpdateShopResult } from './setting/update-shop.ts'
export type { AddStaffResult, NewStaff } from './staff/add-staff.ts'
export type { Actor, Forbidden, Seen } from './staff/has-permission.ts'
export type { StaffMember } from './staff/list-staff.ts'
export type { StaffContact } from './staff/list-staff-contacts.ts'
export type { RecheckAsStaffResult } from './staff/recheck-as-staff.ts'
export type { RemoveStaffResult } from './staff/remove-staff.ts'
export type { TrialTerms } from './subscription/find-trial.ts'
export type { SubscriptionSummary } from './subscription/get-subscription.ts'
export type { PurchasePreview } from './subscription/preview-purchase.ts'
export type { StartTrialResult } from './subscription/start-trial.ts'
export type { TakeBackDaysResult } from './subscription/take-back-days.ts'
export type { BareTopic } from './support/adopt-topic.ts'
export type { ClaimMessagesResult, OwedMessage } from './support/claim-messages.ts'
export type { ClaimTopicResult } from './support/claim-topic.ts'
export type { CloseTicketResult } from './support/close-ticket.ts'
export type { TicketCard } from './support/get-ticket-card.ts'
export type { TicketLine } from './support/list-customer-tickets.ts'
export type { OwingTicket } from './support/list-owing-tickets.ts'
export type { HistoryLine } from './support/read-ticket-history.ts'
export type { AgentMessage, ReceiveAgentMessageResult } from './support/receive-agent-message.ts'
export type { ReceiveCustomerMessageResult } from './support/receive-customer-message.ts'
export type { ReceiveTicketEditResult, TicketEdit } from './support/receive-ticket-edit.ts'
export type { ReopenTicketResult } from './support/reopen-ticket.ts'
export type { CopyPlace, SettledMessage } from './support/settle-messages.ts'
export type {
  DeskPlace,
  IncomingMessage,
  TicketCustomer,
  TicketKey,
  TicketRef,
  TicketSide,
  TopicKey,
} from './support/ticket.ts'
