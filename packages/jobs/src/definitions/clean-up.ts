import { defineJob } from '../definition.ts'

export const cleanUp = defineJob('clean-up', (shop) => shop.cleanUp())
