import { escapeHtml } from '@vpn-kiosk/i18n'

/** Markup that needs no more escaping. */
export interface Html {
  readonly markup: string
}

type Piece = Html | string | number | null | false | readonly Piece[]

/** Markup of our own, as it is. */
export const trusted = (markup: string): Html => ({ markup })

/** Writes markup; whatever is put in is escaped, in text and in quoted attributes alike, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return trusted(strings.reduce((text, part, index) => text + write(pieces[index - 1] ?? null) + part))
}

function write(piece: Piece): string {
  if (piece === null || piece === false) return ''
  if (typeof piece === 'string') return escapeHtml(piece)
  if (typeof piece === 'number') return String(piece)
  return 'markup' in piece ? piece.markup : piece.map(write).join('')
}
