import { defineJob } from '../definition.ts'

export const sweepPayments = defineJob('sweep-payments', (shop) => shop.sweepPayments())
