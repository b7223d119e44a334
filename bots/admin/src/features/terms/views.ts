import { type Language, parseTermsText, type TermsDocument, termsDocuments } from '@vpn-kiosk/domain'
import type { StaffTerms } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openSettings } from '../settings/callbacks.ts'
import { askTermsAgain, askTermsText, dropTermsText, openTerms, requireTerms } from './callbacks.ts'

interface Which {
  readonly document: TermsDocument
  readonly language: Language
}

export function termsView(t: Translator, terms: StaffTerms, note: string | null): View {
  const { isRequired, version, languages } = terms
  const all = termsDocuments.flatMap((document) => languages.map((language) => ({ document, language })))
  return {
    text: [
      note ?? '',
      t('terms-title'),
      all.map((which) => t('terms-line', { ...nameOf(t, which), text: shortOf(t, terms, which) })).join('\n'),
      t('terms-required', { on: isRequired ? 'yes' : 'no', version }),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...all.map((which) => [askTermsText.button(t.plain('terms-edit', nameOf(t, which)), which)]),
      [requireTerms.button(t.plain(isRequired ? 'terms-stop' : 'terms-require'), { on: !isRequired })],
      ...(isRequired ? [[askTermsAgain.button(t.plain('terms-again'), { page: version + 1 })]] : []),
      [openSettings.button(t.plain('menu-settings'), {})],
    ],
  }
}

const nameOf = (t: Translator, { document, language }: Which) => ({
  document: t.plain(`terms-document-${document}`),
  language: language.toUpperCase(),
})

function shortOf(t: Translator, { documents }: StaffTerms, { document, language }: Which): string {
  const text = parseTermsText(documents[document][language] ?? '')
  if (!text) return t.plain('terms-absent')
  return bounded(text.kind === 'link' ? text.url : text.text.replace(/\s+/g, ' '), 80)
}

export function askingView(t: Translator, terms: StaffTerms, which: Which, problem: string | null): View {
  const now = terms.documents[which.document][which.language]
  return {
    text: [
      problem ?? '',
      t('terms-prompt', nameOf(t, which)),
      ...(now ? [t('terms-now', { text: bounded(now, 3000) })] : []),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...(now ? [[dropTermsText.button(t.plain('terms-drop'), which)]] : []),
      [openTerms.button(t.plain('cancel'), {})],
    ],
  }
}
