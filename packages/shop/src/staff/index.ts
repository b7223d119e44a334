import { addStaff } from './add-staff.ts'
import { findPaymentAsStaff } from './find-payment-as-staff.ts'
import { findRole } from './find-role.ts'
import { inspectPayment } from './inspect-payment.ts'
import { inspectPayments } from './inspect-payments.ts'
import { listStaff } from './list-staff.ts'
import { listStaffContacts } from './list-staff-contacts.ts'
import { recheckAsStaff } from './recheck-as-staff.ts'
import { removeStaff } from './remove-staff.ts'

export const staffVerbs = {
  addStaff,
  findPaymentAsStaff,
  inspectPayment,
  inspectPayments,
  listStaff,
  listStaffContacts,
  recheckAsStaff,
  removeStaff,
  findRole,
}
