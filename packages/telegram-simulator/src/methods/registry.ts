import { editMethods } from './edits.ts'
import { mediaMethods } from './media.ts'
import { memberMethods } from './members.ts'
import { messageMethods } from './messages.ts'
import type { Method } from './method.ts'
import { paymentMethods } from './payments.ts'
import { profileMethods } from './profile.ts'
import { relayMethods } from './relay.ts'
import { topicMethods } from './topics.ts'
import { updateMethods } from './updates.ts'

const all = {
  ...updateMethods,
  ...profileMethods,
  ...messageMethods,
  ...editMethods,
  ...mediaMethods,
  ...relayMethods,
  ...topicMethods,
  ...memberMethods,
  ...paymentMethods,
}

export type SimulatedMethod = keyof typeof all

const byLowerCase = new Map(
  Object.entries(all).map(([name, run]): [string, NamedMethod] => [name.toLowerCase(), { name, run }]),
)

export interface NamedMethod {
  /** The documented spelling. */
  readonly name: string
  readonly run: Method
}

/** Finds a method whatever its case; undefined when Telegram, or this simulator, has none of that name. */
export const findMethod = (name: string): NamedMethod | undefined =>
  byLowerCase.get(name) ?? byLowerCase.get(name.toLowerCase())
