import type {
  CustomerId,
  EndpointId,
  Language,
  MethodId,
  PaymentId,
  PlanId,
  ServerId,
  StaffRole,
  TermsDocument,
} from '@vpn-kiosk/domain'
import type { Offer, PlanChange, StaffPaymentMethod } from '@vpn-kiosk/shop'
import type { BotContext } from '@vpn-kiosk/telegram'
import type { SessionFlavor } from 'grammy'
import type { Place } from './features/add-server/answers.ts'
import type { AddonDialog } from './features/addons/dialogs.ts'
import type { EndpointField, ServerField } from './features/edit-server/fields.ts'
import type { InvitationField } from './features/invitations/callbacks.ts'
import type { MethodField } from './features/payment-methods/views.ts'
import type { PlanTextField } from './features/plans/fields.ts'
import type { NewPlan } from './features/plans/new-plan.ts'
import type { NewPromo } from './features/promo/new-promo.ts'
import type { SettingField } from './features/settings/callbacks.ts'

/** What the person was asked to write next. It may be lost at any time; secrets are never kept here. */
export type Dialog =
  | { readonly kind: 'find_customer'; readonly query?: string }
  | { readonly kind: 'extend'; readonly customerId: CustomerId; readonly requestId: string }
  | { readonly kind: 'refund_amount'; readonly paymentId: PaymentId }
  | { readonly kind: 'broadcast_text' }
  | { readonly kind: 'add_channel' }
  | { readonly kind: 'add_staff'; readonly role: Exclude<StaffRole, 'owner'> }
  | { readonly kind: 'add_server' }
  /** `was` = what the person saw of the field. */
  | { readonly kind: 'edit_plan'; readonly planId: PlanId; readonly field: PlanTextField; readonly was: PlanChange }
  | NewPlan
  | AddonDialog
  | NewPromo
  | { readonly kind: 'happy_hours' }
  | { readonly kind: 'win_back_offer' }
  | { readonly kind: 'personal_discount'; readonly customerId: CustomerId }
  /** Null: a new one. */
  | { readonly kind: 'discount_group'; readonly id: string | null }
  | { readonly kind: 'edit_setting'; readonly field: SettingField; readonly was: Partial<Offer> }
  | { readonly kind: 'edit_terms'; readonly document: TermsDocument; readonly language: Language }
  | { readonly kind: 'edit_invitation'; readonly field: InvitationField; readonly was: Partial<Offer> }
  | {
      readonly kind: 'edit_method'
      readonly id: MethodId
      readonly field: MethodField
      readonly was: Partial<Pick<StaffPaymentMethod, 'percent' | 'title'>>
    }
  | { readonly kind: 'edit_server'; readonly serverId: ServerId; readonly field: ServerField; readonly place?: Place }
  | {
      readonly kind: 'edit_endpoint'
      readonly endpointId: EndpointId
      readonly field: EndpointField
      readonly username?: string
    }

export interface AdminSession {
  dialog: Dialog | null
}

export type AdminContext = BotContext &
  SessionFlavor<AdminSession> & {
    /** Who acts: handed to every verb, which asks for the role again. */
    actor: bigint
    /** For what is shown; what may be done is the verbs' question. */
    role: StaffRole
  }
