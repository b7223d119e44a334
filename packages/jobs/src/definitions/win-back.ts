import { defineJob } from '../definition.ts'

export const winBack = defineJob('win-back', (shop) => shop.winBackCustomers())
