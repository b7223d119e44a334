import { defineJob } from '../definition.ts'

export const inspectWebhook = defineJob('inspect-webhook', (shop, { webhookId }) => shop.inspectWebhook(webhookId))
