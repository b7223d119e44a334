import { Secret, TOTP } from 'otpauth'

/** A seed as people copy it: in groups, in lower case, with padding. */
const clean = (seed: string): string => seed.toUpperCase().replace(/[\s-]/g, '').replace(/=+$/, '')

/** Whether a text is a base 32 seed; one mistyped letter that base 32 does not have makes it none. */
export function isSeed(seed: string): boolean {
  const text = clean(seed)
  // No whole number of bytes leaves 1, 3 or 6 letters over.
  return /^[A-Z2-7]{16,}$/.test(text) && ![1, 3, 6].includes(text.length % 8)
}

/** The six digits of RFC 6238 (SHA-1, 30 seconds) for a base 32 seed at an instant. */
export const oneTimeCode = (seed: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(clean(seed)) }).generate({ timestamp: at.getTime() })
