import type { WireEntity } from '../world/wire.ts'

const tags: Readonly<Record<string, readonly [open: string, close: string]>> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  underline: ['<u>', '</u>'],
  strikethrough: ['<s>', '</s>'],
  spoiler: ['<span class="spoiler">', '</span>'],
  code: ['<code>', '</code>'],
  pre: ['<pre>', '</pre>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  expandable_blockquote: ['<blockquote>', '</blockquote>'],
}

/** A text with its entities as HTML that is safe to put into a page: everything that its author wrote is escaped. */
export function toHtml(text: string, entities: readonly WireEntity[] = []): string {
  let html = ''
  let at = 0
  const open: { readonly end: number; readonly close: string }[] = []
  const closeUntil = (position: number) => {
    for (let top = open.at(-1); top && top.end <= position; top = open.at(-1)) {
      html += escapeHtml(text.slice(at, top.end)) + top.close
      at = top.end
      open.pop()
    }
  }
  for (const entity of entities) {
    closeUntil(entity.offset)
    const end = Math.min(entity.offset + entity.length, open.at(-1)?.end ?? text.length)
    if (entity.offset < at || end <= entity.offset) continue
    html += escapeHtml(text.slice(at, entity.offset))
    at = entity.offset
    const [start, close] = tagOf(entity, text)
    html += start
    open.push({ end, close })
  }
  closeUntil(text.length)
  return html + escapeHtml(text.slice(at))
}

function tagOf(entity: WireEntity, text: string): readonly [string, string] {
  const shown = text.slice(entity.offset, entity.offset + entity.length)
  if (entity.type === 'text_link') return link(entity.url ?? '')
  if (entity.type === 'url') return link(shown)
  return tags[entity.type] ?? [`<span class="${escapeHtml(entity.type)}">`, '</span>']
}

/** Only what a browser may follow without running anything. */
const link = (url: string): readonly [string, string] =>
  /^(https?|tg):/i.test(url) ? [`<a href="${escapeHtml(url)}">`, '</a>'] : ['<span>', '</span>']

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
