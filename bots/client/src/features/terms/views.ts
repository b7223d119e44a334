import { parseTermsText, type Terms, type TermsDocument, termsDocuments, textIn } from '@vpn-kiosk/domain'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { openHelp } from '../help/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { agreeToTerms, openTerms, readTerms } from './callbacks.ts'

/** A button for each document that the shop has: its page, or its text here. */
function documentRows(t: Translator, { documents }: Terms): Keyboard {
  return termsDocuments.flatMap((document): Keyboard => {
    const text = parseTermsText(textIn(documents[document], t.language))
    if (!text) return []
    const label = t.plain(`terms-${document}`)
    return [[text.kind === 'link' ? { text: label, url: text.url } : readTerms.button(label, { document })]]
  })
}

export function termsView(t: Translator, terms: Terms): View {
  const rows = documentRows(t, terms)
  return {
    text: t(rows.length > 0 ? 'terms-title' : 'terms-none'),
    keyboard: [...rows, [openHelp.button(t.plain('menu-help'), {})], [menuButton(t)]],
  }
}

export function termsTextView(t: Translator, { documents }: Terms, document: TermsDocument): View {
  const text = parseTermsText(textIn(documents[document], t.language))
  return {
    text:
      text?.kind === 'text'
        ? t('terms-text', { title: t.plain(`terms-${document}`), text: bounded(text.text, 4000) })
        : t('terms-none'),
    keyboard: [[openTerms.button(t.plain('back'), {})], [menuButton(t)]],
  }
}

/** Before the first payment. */
export const askTermsView = (t: Translator, terms: Terms): View => ({
  text: t('terms-ask', { has: textIn(terms.documents.privacy, t.language) ? 'both' : 'offer' }),
  keyboard: [
    ...documentRows(t, terms),
    [agreeToTerms.button(t.plain('terms-agree'), { version: terms.version }, 'primary')],
    [openPlans.button(t.plain('back'), {})],
    [menuButton(t)],
  ],
})
