import { defineJob } from '../definition.ts'

export const keepFigures = defineJob('keep-figures', (shop) => shop.keepFigures())
