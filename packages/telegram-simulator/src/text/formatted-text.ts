import { badRequest } from '../world/bot-api-error.ts'
import type { WireEntity } from '../world/wire.ts'
import { detectEntities } from './detect-entities.ts'
import { type FormattedText, inOrder } from './entities.ts'
import { parseHtml } from './html.ts'

export interface TextInput {
  readonly text: string
  readonly parseMode: string | undefined
  /** The method's own `entities`; they win over the parse mode's absence only. */
  readonly entities: readonly WireEntity[] | undefined
}

const limits = { text: 4096, caption: 1024 } as const

/** Reads what a bot sends as a text: parses, trims, finds links and commands. */
function readFormattedText({ text, parseMode, entities }: TextInput): FormattedText {
  const parsed = trim(parse(text, parseMode, entities ?? []))
  const found = detectEntities(parsed.text)
  const free = found.filter((entity) => !parsed.entities.some((other) => overlaps(entity, other)))
  return free.length === 0 ? parsed : { text: parsed.text, entities: inOrder([...parsed.entities, ...free]) }
}

/** The text of a message: 1–4096 characters after parsing. */
export function readMessageText(input: TextInput): FormattedText {
  if (input.text === '') throw badRequest('message text is empty')
  const formatted = readFormattedText(input)
  if (formatted.text === '') throw badRequest('text must be non-empty')
  if (formatted.text.length > limits.text) throw badRequest('message is too long')
  return formatted
}

/** The caption under a file: 0–1024 characters after parsing. */
export function readCaption(input: TextInput): FormattedText {
  const formatted = readFormattedText(input)
  if (formatted.text.length > limits.caption) throw badRequest('message caption is too long')
  return formatted
}

function parse(text: string, parseMode: string | undefined, entities: readonly WireEntity[]): FormattedText {
  switch (parseMode?.toLowerCase()) {
    case undefined:
    case '':
    case 'none':
      return { text, entities }
    case 'html':
      return parseHtml(text)
    default:
      throw badRequest('unsupported parse_mode')
  }
}

function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  if (trimmed.length === text.length) return { text, entities }
  const moved = entities.map((entity) => {
    const from = Math.max(0, entity.offset - start)
    const to = Math.min(trimmed.length, entity.offset - start + entity.length)
    return { ...entity, offset: from, length: to - from }
  })
  return { text: trimmed, entities: moved.filter((entity) => entity.length > 0) }
}

const overlaps = (a: WireEntity, b: WireEntity): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length && isOpaque(b)

/** Inside these nothing more is looked for. */
const isOpaque = ({ type }: WireEntity): boolean => ['code', 'pre', 'text_link', 'text_mention'].includes(type)
