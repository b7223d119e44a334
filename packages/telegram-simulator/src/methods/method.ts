import type { Bot } from '../world/chat.ts'
import type { WireResults } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import type { Params } from './params.ts'

export interface UploadedFile {
  readonly name: string
  readonly mimeType: string
  readonly bytes: Buffer
}

/** One method call: who asks, with what. */
export interface Call {
  readonly world: World
  readonly bot: Bot
  readonly params: Params
  /** Uploaded parts by field name; `attach://name` refers to them. */
  readonly files: ReadonlyMap<string, UploadedFile>
  /** Calls `closed` when the bot hangs up before the answer. */
  onClose(closed: () => void): void
  /** Runs another method for the same bot, for a webhook's answer. */
  invoke(method: string, params: Params): Promise<unknown>
}

type MethodName = keyof WireResults

/** Returns what goes into `result`, in the shape that Telegram documents; throws a BotApiError for a refusal. */
export type Method<Name extends MethodName = MethodName> = (
  call: Call,
) => WireResults[Name] | Promise<WireResults[Name]>

/** Methods by their documented names. */
export type Methods = { readonly [Name in MethodName]?: Method<Name> }
