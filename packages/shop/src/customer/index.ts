import { banCustomer } from './ban-customer.ts'
import { changeLanguage } from './change-language.ts'
import { deleteReceiptEmail } from './delete-receipt-email.ts'
import { findCustomerCard } from './find-customer-card.ts'
import { findCustomers } from './find-customers.ts'
import { getCustomerCard } from './get-customer-card.ts'
import { getNotificationSwitches } from './get-notification-switches.ts'
import { getReceiptEmail } from './get-receipt-email.ts'
import { listCustomers } from './list-customers.ts'
import { markUnreachable } from './mark-unreachable.ts'
import { recognizeCustomer } from './recognize-customer.ts'
import { saveReceiptEmail } from './save-receipt-email.ts'
import { switchNotifications } from './switch-notifications.ts'
import { unbanCustomer } from './unban-customer.ts'

export const customerVerbs = {
  banCustomer,
  changeLanguage,
  deleteReceiptEmail,
  findCustomerCard,
  findCustomers,
  getCustomerCard,
  getNotificationSwitches,
  getReceiptEmail,
  listCustomers,
  markUnreachable,
  recognizeCustomer,
  saveReceiptEmail,
  switchNotifications,
  unbanCustomer,
}
