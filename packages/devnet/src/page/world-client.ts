import { callServer } from '@vpn-kiosk/telegram-simulator/page'
import type { readAccounts, readInvoices, readPeers, readStage, WorldState } from '../control/world-state.ts'

/** What comes over JSON: dates are text. */
type Json<T> = T extends Date
  ? string
  : T extends readonly (infer U)[]
    ? Json<U>[]
    : T extends object
      ? { readonly [K in keyof T]: Json<T[K]> }
      : T

export type Stage = Json<ReturnType<typeof readStage>>
export type State = Json<WorldState>
export type Account = Json<Awaited<ReturnType<typeof readAccounts>>>[number]
export type Peer = Json<Awaited<ReturnType<typeof readPeers>>>[number]
export type Invoice = Json<ReturnType<typeof readInvoices>>[number]

/** What of the world can be read. */
interface Readings {
  readonly stage: Stage
  readonly state: State
  readonly accounts: Account[]
  readonly peers: Peer[]
  readonly invoices: Invoice[]
}

export const readWorld = <K extends keyof Readings>(what: K): Promise<Readings[K]> => callServer(`/world/${what}`)

/** Changes something of the world; some verbs answer with its new state. */
export const changeWorld = (verb: string, body: object): Promise<State> => callServer(`/world/${verb}`, body)
