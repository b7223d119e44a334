import type { LocalizedText } from '../language/language.ts'

/** What a customer agrees to: the public offer, and how personal data is treated. */
export const termsDocuments = ['offer', 'privacy'] as const
export type TermsDocument = (typeof termsDocuments)[number]

/** The shop's legal texts: each a text, or the address of one, for each language. */
export interface Terms {
  readonly documents: Readonly<Record<TermsDocument, LocalizedText>>
  /** Nobody pays before they have agreed. */
  readonly isRequired: boolean
  /** Who has agreed to an earlier one is asked again. Grows when staff want that, not with each correction. */
  readonly version: number
}

/** One message of Telegram's, with its heading. */
export const longestTerms = 3_900

export type TermsText =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'text'; readonly text: string }

/** Null: too long, empty, or an address that is not `https`. */
export function parseTermsText(written: string): TermsText | null {
  const text = written.trim()
  if (text === '' || text.length > longestTerms) return null
  if (/\s/.test(text) || !/^[a-z][a-z\d+.-]*:/i.test(text)) return { kind: 'text', text }
  const url = URL.canParse(text) ? new URL(text) : null
  return url?.protocol === 'https:' && url.hostname.includes('.') && text.length <= 500
    ? { kind: 'link', url: url.href }
    : null
}
