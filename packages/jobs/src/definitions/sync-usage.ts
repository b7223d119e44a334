import { defineJob } from '../definition.ts'

export const syncUsage = defineJob('sync-usage', (shop) => shop.syncUsage())
