import { WebhookRejected } from '@vpn-kiosk/domain'
import type { z } from 'zod'

const maxWebhookBytes = 256 * 1024

/** The webhook's bytes as checked JSON; `WebhookRejected` when they are too many, not UTF-8, not JSON or of another shape. */
export function readWebhookBody<T>(schema: z.ZodType<T>, body: Uint8Array): T {
  assertWebhookSize(body)
  return parseWebhookPart(schema, parseJson(body))
}

/** Refuses a body larger than any provider sends, before anything is computed over it. */
export function assertWebhookSize(body: Uint8Array): void {
  if (body.byteLength > maxWebhookBytes)
    throw new WebhookRejected(`the webhook is larger than ${maxWebhookBytes} bytes`)
}

export function parseWebhookPart<T>(schema: z.ZodType<T>, part: unknown): T {
  const parsed = schema.safeParse(part)
  if (parsed.success) return parsed.data
  throw new WebhookRejected('the webhook has another shape than the provider documents', { cause: parsed.error })
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    // The parser's complaint quotes the body, which may be anything: it is not kept as a cause.
    throw new WebhookRejected('the webhook is not JSON')
  }
}
