import { pendingToWire } from '../updates/inbox.ts'
import { WebhookSender } from '../updates/webhook.ts'
import { badRequest, conflict } from '../world/bot-api-error.ts'
import type { UpdateKind } from '../world/wire.ts'
import type { Call, Methods } from './method.ts'
import { readFlag, readInteger, readList, readText } from './params.ts'

/** How updates reach a bot: by long polling or by webhook, never by both. */
export const updateMethods = {
  getUpdates: async (call) => {
    if (call.world.webhooks.has(call.bot.user.id)) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    setAllowed(call)
    const request = {
      offset: readInteger(call.params, 'offset') ?? 0,
      limit: clamp(readInteger(call.params, 'limit') ?? 100, 1, 100),
      timeoutS: clamp(readInteger(call.params, 'timeout') ?? 0, 0, 50),
    }
    const updates = await call.bot.inbox.poll(request, call.onClose)
    return updates.map(pendingToWire)
  },

  setWebhook: (call) => {
    const url = readText(call.params, 'url') ?? ''
    if (url === '') return removeWebhook(call)
    assertWebhookUrl(url)
    const secretToken = readText(call.params, 'secret_token')
    if (secretToken && !/^[\w-]{1,256}$/.test(secretToken)) {
      throw badRequest('secret token contains unallowed characters')
    }
    const maxConnections = clamp(readInteger(call.params, 'max_connections') ?? 40, 1, 100)
    setAllowed(call)
    call.bot.inbox.endPoll('terminated by setWebhook request')
    call.world.webhooks.get(call.bot.user.id)?.close()
    if (readFlag(call.params, 'drop_pending_updates')) call.bot.inbox.clear()
    call.world.webhooks.set(call.bot.user.id, createSender(call, { url, secretToken, maxConnections }))
    return true
  },

  deleteWebhook: (call) => removeWebhook(call),

  getWebhookInfo: ({ world, bot }) => {
    const sender = world.webhooks.get(bot.user.id)
    const failure = sender?.lastFailure ?? undefined
    return {
      url: sender?.settings.url ?? '',
      has_custom_certificate: false,
      pending_update_count: bot.inbox.size,
      max_connections: sender?.settings.maxConnections,
      last_error_date: failure && Math.floor(failure.at.getTime() / 1000),
      last_error_message: failure?.message,
      allowed_updates: bot.inbox.allowed.length > 0 ? bot.inbox.allowed : undefined,
    }
  },

  /** Leaves the cloud for a server of one's own: here only the polling ends. */
  logOut: ({ bot }) => {
    bot.inbox.endPoll('terminated by logOut request')
    return true
  },
  close: ({ bot }) => {
    bot.inbox.endPoll('terminated by close request')
    return true
  },
} satisfies Methods

function removeWebhook(call: Call): true {
  call.world.webhooks.get(call.bot.user.id)?.close()
  call.world.webhooks.delete(call.bot.user.id)
  if (readFlag(call.params, 'drop_pending_updates')) call.bot.inbox.clear()
  return true
}

function createSender(call: Call, settings: WebhookSender['settings']): WebhookSender {
  const { world, bot } = call
  return new WebhookSender(settings, {
    inbox: bot.inbox,
    now: () => world.clock.now(),
    runMethod: async ({ method, ...params }) => {
      await call.invoke(String(method), params)
    },
    retryMs: world.options.webhookRetryMs,
  })
}

/** Left out, the list stays as it was; updates that wait already are not touched. Unknown names match nothing. */
function setAllowed(call: Call): void {
  const allowed = readList(call.params, 'allowed_updates')
  if (allowed) call.bot.inbox.allowed = allowed.map((kind) => String(kind) as UpdateKind)
}

/** HTTPS anywhere; plain HTTP on this machine only, as a Bot API server of one's own allows. */
function assertWebhookUrl(value: string): void {
  if (!URL.canParse(value)) throw badRequest('bad webhook: invalid webhook URL specified')
  const url = new URL(value)
  const isLocal = ['localhost', '[::1]'].includes(url.hostname) || url.hostname.startsWith('127.')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
