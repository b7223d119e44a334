import { type BaseNode, FluentParser, type SelectExpression, type VariableReference, Visitor } from '@fluent/syntax'

/** A message of a Fluent file: the line where it begins, and its variables. */
interface Message {
  readonly line: number
  /** Names of its variables, without `$`. */
  readonly variables: ReadonlySet<string>
  /** Plural variants whose text lacks the number. */
  readonly numberless: readonly Numberless[]
}

interface Numberless {
  readonly line: number
  /** `one`, `few` … */
  readonly variant: string
  readonly selector: string
}

export interface MessageList {
  readonly messages: ReadonlyMap<string, Message>
  /** Ids that occur more than once. */
  readonly repeated: readonly string[]
  /** Numbers of the lines that are not valid Fluent. */
  readonly unreadable: readonly number[]
}

/** Reads messages, terms (`-name`) and attributes (`message.attribute`) of a Fluent file. */
export function readMessages(text: string): MessageList {
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length
  const messages = new Map<string, Message>()
  const repeated: string[] = []
  const unreadable: number[] = []
  const add = (id: string, node: BaseNode, at: number) => {
    if (messages.has(id)) repeated.push(id)
    messages.set(id, { line: lineOf(at), variables: variablesIn(node), numberless: numberlessIn(node, lineOf) })
  }
  for (const entry of new FluentParser().parse(text).body) {
    const at = entry.span?.start ?? 0
    if (entry.type === 'Junk') unreadable.push(lineOf(at))
    if (entry.type !== 'Message' && entry.type !== 'Term') continue
    const id = entry.type === 'Term' ? `-${entry.id.name}` : entry.id.name
    if (entry.value) add(id, entry.value, entry.id.span?.start ?? at)
    for (const attribute of entry.attributes)
      add(`${id}.${attribute.id.name}`, attribute.value, attribute.span?.start ?? at)
  }
  return { messages, repeated, unreadable }
}

function variablesIn(node: BaseNode): ReadonlySet<string> {
  const finder = new VariableFinder()
  finder.visit(node)
  return finder.names
}

class VariableFinder extends Visitor {
  readonly names = new Set<string>()
  override visitVariableReference({ id }: VariableReference): void {
    this.names.add(id.name)
  }
}

function numberlessIn(node: BaseNode, lineOf: (at: number) => number): Numberless[] {
  const finder = new SelectFinder()
  finder.visit(node)
  return finder.found.flatMap(({ selector, variants }) => {
    if (selector.type !== 'VariableReference') return []
    const { name } = selector.id
    return variants.flatMap(({ key, value, span }) =>
      key.type !== 'Identifier' || variablesIn(value).has(name)
        ? []
        : [{ line: lineOf(span?.start ?? 0), variant: key.name, selector: name }],
    )
  })
}

class SelectFinder extends Visitor {
  readonly found: SelectExpression[] = []
  override visitSelectExpression(expression: SelectExpression): void {
    this.found.push(expression)
    this.genericVisit(expression)
  }
}
