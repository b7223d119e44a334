import type { MessageEntity } from '@grammyjs/types'
import { badRequest } from '../world/bot-api-error.ts'
import type { WireEntity } from '../world/wire.ts'
import { type FormattedText, inOrder } from './entities.ts'

type Place = Pick<WireEntity, 'offset' | 'length'>

interface OpenTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly offset: number
}

const plainEntities: Readonly<Record<string, MessageEntity.CommonMessageEntity['type']>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  blockquote: 'blockquote',
}

const knownTags: ReadonlySet<string> = new Set([...Object.keys(plainEntities), 'a', 'pre', 'tg-emoji'])

const namedCharacters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const characterReference = /^&(?:#(\d{1,8})|#x([0-9a-f]{1,8})|(lt|gt|amp|quot));?/i

/** Reads Telegram's HTML; throws its `can't parse entities: …` with the byte offset of the trouble. */
export function parseHtml(source: string): FormattedText {
  return new HtmlReader(source).read()
}

class HtmlReader {
  readonly #source: string
  readonly #open: OpenTag[] = []
  readonly #entities: WireEntity[] = []
  /** Of the code that was read: told only by a `pre` around it. */
  readonly #languages = new Map<WireEntity, string | undefined>()
  #at = 0
  #text = ''

  constructor(source: string) {
    this.#source = source
  }

  read(): FormattedText {
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at]
      if (char === '&') this.#text += this.#readCharacter()
      else if (char === '<') this.#readTag()
      else this.#readPlain()
    }
    const unclosed = this.#open.at(-1)
    if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
    return { text: this.#text, entities: inOrder(this.#entities) }
  }

  #readPlain(): void {
    const rest = this.#source.slice(this.#at)
    const end = rest.search(/[<&]/)
    const plain = end < 0 ? rest : rest.slice(0, end)
    this.#text += plain
    this.#at += plain.length
  }

  /** A reference that HTML doesn't know stays as it was written. */
  #readCharacter(): string {
    const match = characterReference.exec(this.#source.slice(this.#at, this.#at + 12))
    if (!match) {
      this.#at++
      return '&'
    }
    this.#at += match[0].length
    const [, decimal, hex, name] = match
    if (name) return namedCharacters[name.toLowerCase()]!
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex!, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : match[0]
  }

  #readTag(): void {
    if (this.#source[this.#at + 1] === '/') this.#readEndTag()
    else this.#readStartTag()
  }

  #readStartTag(): void {
    const startByte = this.#byteOffset(this.#at)
    const name = this.#takeWhile(this.#at + 1, /[^\s>]/).toLowerCase()
    this.#at += 1 + name.length
    if (this.#at >= this.#source.length) throw cannotParse(`Unclosed start tag at byte offset ${startByte}`)
    if (!knownTags.has(name)) {
      throw cannotParse(`Unsupported start tag "${name}" at byte offset ${startByte}`)
    }
    const attributes = this.#readAttributes(name, startByte)
    if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
      throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${startByte}`)
    }
    this.#open.push({ name, attributes, offset: this.#text.length })
  }

  #readAttributes(tag: string, startByte: number): Map<string, string> {
    const attributes = new Map<string, string>()
    for (;;) {
      this.#skipSpaces()
      if (this.#at >= this.#source.length) throw cannotParse(`Unclosed start tag "${tag}" at byte offset ${startByte}`)
      if (this.#source[this.#at] === '>') {
        this.#at++
        return attributes
      }
      const name = this.#takeWhile(this.#at, /[^\s=>/"']/)
      if (!name) throw cannotParse(`Empty attribute name in the tag "${tag}" at byte offset ${startByte}`)
      this.#at += name.length
      attributes.set(name.toLowerCase(), this.#readAttributeValue(tag, startByte))
    }
  }

  #readAttributeValue(tag: string, startByte: number): string {
    this.#skipSpaces()
    if (this.#source[this.#at] !== '=') return ''
    this.#at++
    this.#skipSpaces()
    const quote = this.#source[this.#at]
    if (quote !== '"' && quote !== "'") {
      const bare = this.#takeWhile(this.#at, /[a-z0-9.-]/i)
      this.#at += bare.length
      return bare
    }
    this.#at++
    let value = ''
    while (this.#at < this.#source.length && this.#source[this.#at] !== quote) {
      value += this.#source[this.#at] === '&' ? this.#readCharacter() : this.#source[this.#at++]
    }
    if (this.#at >= this.#source.length) throw cannotParse(`Unclosed start tag "${tag}" at byte offset ${startByte}`)
    this.#at++
    return value
  }

  #readEndTag(): void {
    const startByte = this.#byteOffset(this.#at)
    const name = this.#takeWhile(this.#at + 2, /[^\s>]/).toLowerCase()
    this.#at += 2 + name.length
    this.#skipSpaces()
    const tag = this.#open.pop()
    if (!tag) throw cannotParse(`Unexpected end tag at byte offset ${startByte}`)
    if (this.#source[this.#at] !== '>') throw cannotParse(`Unclosed end tag at byte offset ${startByte}`)
    if (name && name !== tag.name) {
      throw cannotParse(`Unmatched end tag at byte offset ${startByte}, expected "</${tag.name}>", found "</${name}>"`)
    }
    this.#at++
    this.#close(tag)
  }

  #close(tag: OpenTag): void {
    const length = this.#text.length - tag.offset
    if (length === 0) return
    const place = { offset: tag.offset, length }
    const { attributes } = tag
    if (tag.name === 'a') this.#addLink(place, attributes.get('href') ?? this.#text.slice(tag.offset))
    else if (tag.name === 'tg-emoji') this.#addEmoji(place, attributes.get('emoji-id') ?? '')
    else if (tag.name === 'blockquote' && attributes.has('expandable'))
      this.#entities.push({ type: 'expandable_blockquote', ...place })
    else if (tag.name === 'pre') this.#addPre(place)
    else this.#addPlain(tag, place)
  }

  #addPlain(tag: OpenTag, place: Place): void {
    const entity = { type: plainEntities[tag.name]!, ...place }
    this.#entities.push(entity)
    if (tag.name === 'code') this.#languages.set(entity, codeLanguage(tag))
  }

  #addEmoji(place: Place, id: string): void {
    if (!/^-?\d+$/.test(id)) throw cannotParse('Invalid custom emoji identifier specified')
    this.#entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: id })
  }

  /** An address that is none leaves plain text, as upstream: no error tells the bot. */
  #addLink(place: Place, href: string): void {
    const url = readLink(href)
    if (url) this.#entities.push({ type: 'text_link', ...place, url })
  }

  /** `<pre><code class="language-x">` is one entity. */
  #addPre(place: Place): void {
    const inner = this.#entities.at(-1)
    const isWrapped = inner?.type === 'code' && inner.offset === place.offset && inner.length === place.length
    if (isWrapped) this.#entities.pop()
    this.#entities.push({ type: 'pre', ...place, language: isWrapped ? this.#languages.get(inner) : undefined })
  }

  #skipSpaces(): void {
    this.#at += this.#takeWhile(this.#at, /\s/).length
  }

  #takeWhile(from: number, allowed: RegExp): string {
    let end = from
    while (end < this.#source.length && allowed.test(this.#source[end]!)) end++
    return this.#source.slice(from, end)
  }

  #byteOffset(index: number): number {
    return Buffer.byteLength(this.#source.slice(0, index))
  }
}

const cannotParse = (why: string) => badRequest(`can't parse entities: ${why}`)

function codeLanguage({ attributes }: OpenTag): string | undefined {
  const className = attributes.get('class')
  return className?.startsWith('language-') ? className.slice('language-'.length) : undefined
}

/** The address as Telegram stores it, or null when it takes it for no link. */
function readLink(href: string): string | null {
  if (/^tg:\/\//i.test(href)) return href
  const full = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`
  if (!/^https?:/i.test(full) || !URL.canParse(full)) return null
  const url = new URL(full)
  return url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : null
}
