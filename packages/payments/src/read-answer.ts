import { type ProviderId, ProviderUnreachable } from '@vpn-kiosk/domain'
import type { z } from 'zod'

/**
 * Checks the shape of a success. What does not fit is an unknown outcome, not a refusal: the provider may well have done
 * what it was asked. The issues name fields, never values.
 */
export function readAnswer<T>(provider: ProviderId, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new ProviderUnreachable(`${provider} answered in a shape that its documents do not have`, {
    cause: parsed.error,
  })
}
