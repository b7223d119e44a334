/**
 * What the watched people see, by person and chat. `apply` takes one answer of `/world/watch`; then `onChange` is told.
 */
export function createStore(onChange) {
  const persons = new Map()
  const unread = new Map()
  const visible = new Set()

  const chatsOf = (person) => {
    if (!persons.has(person)) persons.set(person, new Map())
    return persons.get(person)
  }

  const ensureChat = (person, ref) => {
    const chats = chatsOf(person)
    if (!chats.has(ref))
      chats.set(ref, { ref, title: '', keyboard: [], topics: [], isBlocked: false, messages: new Map() })
    return chats.get(ref)
  }

  const applyChange = (person, { kind, message }, counts) => {
    const { messages } = ensureChat(person, message.chat)
    const isNew = kind === 'sent' && !messages.has(message.id)
    if (kind === 'deleted') messages.delete(message.id)
    else if (kind === 'sent' || messages.has(message.id)) messages.set(message.id, message)
    const place = keyOf(person, message.chat, message.topic)
    if (isNew && counts && !message.isMine && !isService(message) && !visible.has(place)) {
      unread.set(place, (unread.get(place) ?? 0) + 1)
    }
  }

  return {
    isKnown: (person) => persons.has(person),
    chat: (person, ref) => persons.get(person)?.get(ref),
    messages: (person, ref, topic) => {
      const all = [...(persons.get(person)?.get(ref)?.messages.values() ?? [])]
      return topic === undefined ? all : all.filter((message) => (message.topic ?? null) === topic)
    },
    apply: ({ changes, chats }, counts) => {
      for (const [person, list] of Object.entries(chats)) {
        chatsOf(Number(person))
        for (const seen of list) Object.assign(ensureChat(Number(person), seen.ref), seen)
      }
      for (const [person, list] of Object.entries(changes)) {
        for (const change of list) applyChange(Number(person), change, counts)
      }
      onChange()
    },
    /** How many unread messages there are in one topic, one chat, or all chats of a person. */
    unread: (person, ref, topic) => {
      const start = topic === undefined ? (ref === undefined ? `${person}|` : `${person}|${ref}|`) : null
      if (start === null) return unread.get(keyOf(person, ref, topic)) ?? 0
      return [...unread].reduce((sum, [key, count]) => (key.startsWith(start) ? sum + count : sum), 0)
    },
    /** Says which places a person at the page has before their eyes: they count as read. */
    look: (places) => {
      visible.clear()
      for (const place of places) {
        visible.add(place)
        unread.delete(place)
      }
    },
  }
}

export const keyOf = (person, ref, topic) => `${person}|${ref}|${topic ?? ''}`

/** A service message has a body and neither text nor buttons of an invoice. */
export const isService = ({ body }) => body !== null && !('invoice' in body)
