/** Text that is HTML already and must not be escaped again when it is put into a sentence. */
export class RawHtml {
  readonly html: string
  constructor(html: string) {
    this.html = html
  }
}

/** Marks our own HTML (never a person's text), so that a translated sentence takes it as it is. */
export const rawHtml = (html: string): RawHtml => new RawHtml(html)

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

/** Makes any text safe inside HTML, Telegram's too: in content and in attributes with double quotes. */
export const escapeHtml = (text: string): string => text.replace(/[<>&"]/g, (sign) => entities[sign] ?? sign)
