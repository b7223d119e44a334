import { adoptStaffAlert } from './adopt-staff-alert.ts'
import { checkNotification } from './check-notification.ts'
import { claimStaffNotifications } from './claim-staff-notifications.ts'
import { closeNotification } from './close-notification.ts'
import { followKeyMessage } from './follow-key-message.ts'
import { gatherStaffNotifications } from './gather-staff-notifications.ts'
import { getStaffNotificationDelay } from './get-staff-notification-delay.ts'
import { listUnreachableStaff } from './list-unreachable-staff.ts'
import { recordStaffNotification } from './record-staff-notification.ts'
import { resumeStaffNotifications } from './resume-staff-notifications.ts'
import { sumSales } from './sum-sales.ts'
import { sweepNotifications } from './sweep-notifications.ts'

export const notificationVerbs = {
  adoptStaffAlert,
  claimStaffNotifications,
  closeNotification,
  checkNotification,
  followKeyMessage,
  gatherStaffNotifications,
  listUnreachableStaff,
  recordStaffNotification,
  resumeStaffNotifications,
  getStaffNotificationDelay,
  sumSales,
  sweepNotifications,
}
