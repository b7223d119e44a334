import type { WireEntity } from '../world/wire.ts'

const patterns: readonly {
  readonly type: 'bot_command' | 'url' | 'email' | 'mention' | 'hashtag'
  readonly pattern: RegExp
}[] = [
  { type: 'bot_command', pattern: /(?<![\w/])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/])/gi },
  { type: 'url', pattern: /(?<![\w@])https?:\/\/[^\s<>"]+[^\s<>".,!?;:)]/gi },
  { type: 'email', pattern: /(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  { type: 'mention', pattern: /(?<![\w@./])@[a-z]\w{3,31}(?!\w)/gi },
  { type: 'hashtag', pattern: /(?<![\w#/&])#[\p{L}\d_]*[\p{L}_][\p{L}\d_]*/gu },
]

/** What Telegram itself marks in a text: commands, links, addresses, mentions, hashtags. The first pattern wins a place. */
export function detectEntities(text: string): WireEntity[] {
  // Most texts hold none of them; a look at single characters is cheaper than five patterns.
  if (!/[/@#]/.test(text)) return []
  const found: WireEntity[] = []
  for (const { type, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (
        !found.some(
          (other) => other.offset < entity.offset + entity.length && entity.offset < other.offset + other.length,
        )
      )
        found.push(entity)
    }
  }
  return found.sort((a, b) => a.offset - b.offset)
}
