import { defineJob } from '../definition.ts'

export const sweepNotifications = defineJob('sweep-notifications', (shop) => shop.sweepNotifications())
