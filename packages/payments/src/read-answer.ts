import { type ProviderId, ProviderUnclear } from '@vpn-kiosk/domain'
import type { z } from 'zod'
import { excerptOf } from './excerpt.ts'

/**
 * Checks the shape of a success. What does not fit is an unknown outcome, not a refusal: the provider may well have done
 * what it was asked.
 */
export function readAnswer<T>(provider: ProviderId, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new ProviderUnclear(`${provider} answered in a shape that its documents do not have`, excerptOf(body), {
    cause: parsed.error,
  })
}
