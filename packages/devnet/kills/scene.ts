import type { CustomerId } from '@vpn-kiosk/domain'
import type { VerbCall } from './call-verb.ts'
import type { KillWorld } from './kill-world.ts'
import type { Facts } from './read-facts.ts'

/** What is killed, with all that has happened before. */
export interface Scene {
  readonly call: VerbCall
  readonly people: readonly CustomerId[]
  /** How many messages about it stand in the customer's chat; absent where nobody has a chat. */
  countRead?(): number
  /** What people do once the shop is up again. */
  afterwards?(): Promise<void>
  /** Leaves the world to the next scene. */
  tidy?(): Promise<void>
}

/** A verb that is killed at everything that it waits for. */
export interface KillCase {
  readonly name: string
  /**
   * `repeat`: somebody pressed, and Telegram tells the bot again of what it has not finished. `sweep`: a job called it,
   * whose row died with its process, so only the sweeps find what is left.
   */
  readonly recovery: 'repeat' | 'sweep'
  prepare(world: KillWorld): Promise<Scene>
  /** What must be true when nobody dies, and so also when somebody does. */
  readonly expected: Partial<Facts>
}
