import { addStaff } from './add-staff.ts'
import { inspectPayment } from './inspect-payment.ts'
import { inspectPayments } from './inspect-payments.ts'
import { listStaff } from './list-staff.ts'
import { listStaffContacts } from './list-staff-contacts.ts'
import { roleOf } from './may-act.ts'
import { recheckAsStaff } from './recheck-as-staff.ts'
import { removeStaff } from './remove-staff.ts'

export const staffVerbs = {
  addStaff,
  inspectPayment,
  inspectPayments,
  listStaff,
  listStaffContacts,
  recheckAsStaff,
  removeStaff,
  roleOf,
}
