import { defineJob } from '../definition.ts'

export const enforceExpiry = defineJob('enforce-expiry', (shop) => shop.enforceExpiry())
