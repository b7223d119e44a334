import { defineJob } from '../definition.ts'

export const comparePayments = defineJob('compare-payments', (shop) => shop.comparePayments())
