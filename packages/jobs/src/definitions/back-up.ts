import { defineJob } from '../definition.ts'

export const backUp = defineJob('back-up', (shop) => shop.backUp())
