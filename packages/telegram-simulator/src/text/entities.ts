import type { WireEntity } from '../world/wire.ts'

/** A text and what is marked in it. */
export interface FormattedText {
  readonly text: string
  readonly entities: readonly WireEntity[]
}

/** By offset, the longer first: the order in which Telegram lists entities. */
export const inOrder = (entities: readonly WireEntity[]): WireEntity[] =>
  [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
