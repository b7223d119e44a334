/** A message of a Fluent file: where it begins and what it is filled with. */
interface Message {
  line: number
  /** Names after `$`, those of its attributes included. */
  variables: ReadonlySet<string>
}

export interface MessageList {
  messages: ReadonlyMap<string, Message>
  /** Ids that occur a second time. */
  repeated: string[]
  /** Numbers of lines that are neither message, comment nor continuation. */
  unreadable: number[]
}

/** Reads messages, terms (`-name`) and attributes (`message.attribute`) of a Fluent file. */
export function readMessages(text: string): MessageList {
  const messages = new Map<string, { line: number; variables: Set<string> }>()
  const repeated: string[] = []
  const unreadable: number[] = []
  let message = ''
  let current = ''
  for (const [index, line] of text.split('\n').entries()) {
    const start = /^(-?[a-zA-Z][\w-]*)\s*=/.exec(line)?.[1]
    const attribute = /^\s+\.([a-zA-Z][\w-]*)\s*=/.exec(line)?.[1]
    if (start) message = start
    const id = start ?? (attribute && `${message}.${attribute}`)
    if (id) {
      if (messages.has(id)) repeated.push(id)
      messages.set(id, { line: index + 1, variables: new Set() })
      current = id
    } else if (!/^(\s|#|$|\})/.test(line)) unreadable.push(index + 1)
    if (line.startsWith('#')) continue
    for (const [, variable = ''] of line.matchAll(/\$([a-zA-Z][\w-]*)/g)) messages.get(current)?.variables.add(variable)
  }
  return { messages, repeated, unreadable }
}
