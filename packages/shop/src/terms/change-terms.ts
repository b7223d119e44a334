import { sql } from '@vpn-kiosk/db'
import { type Language, parseTermsText, type Terms, type TermsDocument } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { remember } from '../setting/remember.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { getTerms, termsKey } from './get-terms.ts'

export type TermsChange =
  /** `text`: null takes the document away in this language. */
  | {
      readonly kind: 'write'
      readonly document: TermsDocument
      readonly language: Language
      readonly text: string | null
    }
  | { readonly kind: 'require'; readonly isRequired: boolean }
  /** Everybody agrees anew, to `version`; pressed twice, it is one. */
  | { readonly kind: 'ask_again'; readonly version: number }

export type ChangeTermsResult =
  | { readonly kind: 'changed'; readonly terms: Terms }
  | { readonly kind: 'invalid_text' }
  /** There is nothing yet to agree to. */
  | { readonly kind: 'no_offer' }
  | Forbidden

/** Changes the shop's legal texts. Without an offer, nobody has to agree to anything. */
export async function changeTerms(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  change: TermsChange,
): Promise<ChangeTermsResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    await sql`select pg_advisory_xact_lock(hashtext(${termsKey}))`.execute(em.getKysely())
    const before = await getTerms(deps, em)
    const after = changed(before, change)
    if ('kind' in after) return after
    await remember(deps, termsKey, after, em)
    const note = { actor: auditedActor(actor), action: 'change_terms', subject: termsKey }
    await recordAudit(em, { ...note, before: { ...before }, after: { ...after } }, deps.clock.now())
    return { kind: 'changed', terms: after }
  })
}

function changed(terms: Terms, change: TermsChange): Terms | ChangeTermsResult {
  switch (change.kind) {
    case 'write': {
      const { document, language, text } = change
      if (text !== null && !parseTermsText(text)) return { kind: 'invalid_text' }
      const { [language]: _, ...others } = terms.documents[document]
      const written = text === null ? others : { ...others, [language]: text.trim() }
      const documents = { ...terms.documents, [document]: written }
      return { ...terms, documents, isRequired: terms.isRequired && hasOffer(documents) }
    }
    case 'require':
      if (change.isRequired && !hasOffer(terms.documents)) return { kind: 'no_offer' }
      return { ...terms, isRequired: change.isRequired }
    case 'ask_again':
      return { ...terms, version: Math.max(terms.version, Math.min(change.version, terms.version + 1)) }
  }
}

const hasOffer = ({ offer }: Terms['documents']): boolean => Object.values(offer).some(Boolean)
