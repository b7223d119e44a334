import { defineJob } from '../definition.ts'

export const remindExpiry = defineJob('remind-expiry', (shop) => shop.remindExpiry())
