export type { EnqueueOptions, JobData, JobName, Queue, ScheduledJob, WorkOptions } from '@vpn-kiosk/queue'
export type { Key, WayIn } from './access/get-key.ts'
export type { GrantAccessResult } from './access/grant-access.ts'
export type { Dashboard } from './analytics/see-dashboard.ts'
export type { AudienceCount } from './broadcast/count-audience.ts'
export type {
  BroadcastToSend,
  Claim,
  OutcomeReport,
  Recipient,
  RecipientOutcome,
} from './broadcast/deliver-broadcast.ts'
export { broadcastLength, type CreateBroadcastResult } from './broadcast/prepare-broadcast.ts'
export type { BroadcastCard, BroadcastLine } from './broadcast/see-broadcast.ts'
export type { CancelBroadcastResult, StartBroadcastResult } from './broadcast/start-broadcast.ts'
export type { BotMessage, BroadcastWatch } from './broadcast/watch-broadcast.ts'
export { createShop, type Shop } from './create-shop.ts'
export {
  type BanCustomerResult,
  type ExtendByDaysResult,
  maxExtensionDays,
  type ResetTrialResult,
  type UnbanCustomerResult,
} from './customer/change-customer.ts'
export type { CustomerCursor, CustomerLine, CustomerPage } from './customer/customer-line.ts'
export type { AccessLine, AccessState } from './customer/list-accesses.ts'
export { type CustomerList, customerLists } from './customer/list-customers.ts'
export type { Recognized } from './customer/recognize-customer.ts'
export type { CustomerCard } from './customer/see-customer.ts'
export type { Policy, ShopDeps } from './deps.ts'
export type { AddDeviceResult, NewDevice } from './device/add-device.ts'
export type { DeviceKey } from './device/change-device.ts'
export type { KeepDevicesResult } from './device/keep-devices.ts'
export type { DeviceList, DevicePlace, DeviceSummary, SharedKeyUse } from './device/list-devices.ts'
export type { KeyMessage } from './notice/follow-key-message.ts'
export type { NoticeOutcome, NoticeToSend } from './notice/read-notice.ts'
export type { StaffNotificationToSend } from './notification/claim-staff-notifications.ts'
export { listUnreachableStaff } from './notification/list-unreachable-staff.ts'
export type { StaffNotificationOutcome } from './notification/record-staff-notification.ts'
export { type Undelivered, type UndeliveredCause, waitReasons } from './operation/count-undelivered.ts'
export { listProcesses, type ProcessLine } from './operation/list-processes.ts'
export type { RunningCopy } from './operation/record-sign.ts'
export type { Backlog } from './operation/see-backlog.ts'
export { type ShopHealth, seeHealth } from './operation/see-health.ts'
export type { CheckPaymentResult } from './payment/check-payment.ts'
export type { InvoiceMessage, MessagePlace, ShownInvoice } from './payment/invoice-messages.ts'
export type { PaymentLine, PaymentPage } from './payment/list-payments.ts'
export type { ReceiveNoticeResult } from './payment/receive-notice.ts'
export type { SettlePaymentResult } from './payment/settlement.ts'
export type { CreatePlanResult } from './plan/create-plan.ts'
export type { StaffPlan } from './plan/list-plans-as-staff.ts'
export type { InvalidPlan, PlanDraft, PlanField } from './plan/plan-draft.ts'
export type { PlanChange, UpdatePlanResult } from './plan/update-plan.ts'
export type { RoomForCustomer } from './purchase/check-room.ts'
export type { OrderSummary } from './purchase/get-order.ts'
export type { StartPurchaseInput } from './purchase/purchase-request.ts'
export type { StartPurchaseResult } from './purchase/start-purchase.ts'
export type { ReferralSummary } from './referral/see-referral.ts'
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
export type {
  DiscoverEndpointResult,
  EndpointCauseFound,
  EndpointDraft,
  EndpointFailure,
} from './server/discover-endpoint.ts'
export { createEndpointPool, type EndpointPool } from './server/endpoint-pool.ts'
export type { EndpointLine, ServerLine } from './server/list-servers.ts'
export type { ProbeReport } from './server/probe-servers.ts'
export type { OfferedChoice, RediscoverEndpointResult } from './server/rediscover-endpoint.ts'
export type { EndpointCard } from './server/see-endpoint.ts'
export { type Room, seeRoom } from './server/see-room.ts'
export type { PlaceField, ServerPlace } from './server/server-place.ts'
export type { EndpointChange, UpdateEndpointResult } from './server/update-endpoint.ts'
export type { ServerChange, UpdateServerResult } from './server/update-server.ts'
export type { RoomForecast } from './server/watch-room.ts'
export type { ChangeOfferResult } from './setting/change-offer.ts'
export type { ShopFace } from './setting/get-shop.ts'
export { maxPictureBytes } from './setting/read-logo.ts'
export type { Offer } from './setting/read-offer.ts'
export type { LastChange, Settings } from './setting/see-settings.ts'
export { maxShopName, type ShopChange, type UpdateShopResult } from './setting/update-shop.ts'
export type { AddStaffResult, NewStaff, RemoveStaffResult, StaffMember } from './staff/change-staff.ts'
export type { RecheckAsStaffResult } from './staff/inspect-payments.ts'
export type { StaffContact } from './staff/list-staff-contacts.ts'
export type { Actor, Forbidden, Seen } from './staff/permission.ts'
export type { PurchasePreview } from './subscription/preview-purchase.ts'
export type { SubscriptionSummary } from './subscription/see-subscription.ts'
export type { TrialTerms } from './subscription/see-trial.ts'
export type { StartTrialResult } from './subscription/start-trial.ts'
export type { TakeBackDaysResult } from './subscription/take-back-days.ts'
export type { BareTopic } from './support/adopt-topic.ts'
export type { ClaimMessagesResult, OwedMessage } from './support/claim-messages.ts'
export type { ClaimTopicResult } from './support/claim-topic.ts'
export type { CloseTicketResult } from './support/close-ticket.ts'
export type { TicketLine } from './support/list-customer-tickets.ts'
export type { OwingTicket } from './support/list-owing-tickets.ts'
export type { HistoryLine } from './support/read-ticket-history.ts'
export type { AgentMessage, ReceiveAgentMessageResult } from './support/receive-agent-message.ts'
export type { ReceiveCustomerMessageResult } from './support/receive-customer-message.ts'
export type { ReceiveTicketEditResult, TicketEdit } from './support/receive-ticket-edit.ts'
export type { ReopenTicketResult } from './support/reopen-ticket.ts'
export type { TicketCard } from './support/see-ticket-card.ts'
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
