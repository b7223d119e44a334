import { writeJson } from './loose-text.ts'

const longestExcerpt = 300

/**
 * An answer for a human to read: bounded, printable, and without what identifies a payer or opens an account
 * (mail addresses, long digit runs, long tokens).
 */
export function excerptOf(body: unknown): string {
  const text = typeof body === 'string' ? body : writeJson(body)
  return text
    .slice(0, 4 * longestExcerpt)
    .toWellFormed()
    .replace(/[^\s"'<>@]+@[^\s"'<>@]+/g, '…@…')
    .replace(/\d{6,}/g, '…')
    .replace(/[A-Za-z0-9_+/=-]{24,}/g, '…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, longestExcerpt)
    .trim()
}
