import { type Id, type IdKind, idPrefixes, isId, randomText } from '@vpn-kiosk/domain'
import type { CallbackQueryContext, Composer, Context } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'

/** One value inside callback data. `read` gets untrusted text and says undefined when it is malformed. */
export interface CallbackField<T> {
  write(value: T): string
  read(text: string): T | undefined
}

/**
 * An id of ours, written without its prefix: 20 characters.
 *
 * @example
 * defineCallback('plan', { plan: idField('plan') }).pack({ plan: plan.id }) // 'plan:8x2k…'
 */
export function idField<K extends IdKind>(kind: K): CallbackField<Id<K>> {
  const prefix = `${idPrefixes[kind]}_`
  return {
    write: (id) => id.slice(prefix.length),
    read: (text) => (isId(kind, prefix + text) ? ((prefix + text) as Id<K>) : undefined),
  }
}

/**
 * A safe integer, e.g. a page or a count of days.
 *
 * @example
 * defineCallback('page', { page: intField() }).pack({ page: 2 }) // 'page:2'
 */
export const intField = (): CallbackField<number> => ({
  write: (value) => {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`)
    return value.toString(36)
  },
  read: (text) => {
    if (!/^-?[0-9a-z]{1,11}$/.test(text)) return undefined
    const value = Number.parseInt(text, 36)
    return Number.isSafeInteger(value) && value.toString(36) === text ? value : undefined
  },
})

/**
 * One of a fixed list of short words, written as it is so that the list may grow without breaking old buttons.
 *
 * @example
 * defineCallback('sort', { by: choiceField(['name', 'age']) })
 */
export const choiceField = <const T extends string>(choices: readonly T[]): CallbackField<T> => ({
  write: (value) => value,
  read: (text) => choices.find((choice) => choice === text),
})

/**
 * Yes or no, one character.
 *
 * @example
 * defineCallback('news', { on: flagField() }).pack({ on: true }) // 'news:1'
 */
export const flagField = (): CallbackField<boolean> => ({
  write: (value) => (value ? '1' : '0'),
  read: (text) => (text === '1' ? true : text === '0' ? false : undefined),
})

/**
 * A short word that comes from elsewhere, e.g. a provider's id: `[A-Za-z0-9_.-]`, at most `max` characters.
 *
 * @example
 * defineCallback('pay', { method: wordField() }).pack({ method: 'yookassa' }) // 'pay:yookassa'
 */
export const wordField = (max = 24): CallbackField<string> => ({
  write: (value) => value,
  read: (text) => (text.length <= max && /^[\w.-]+$/.test(text) ? text : undefined),
})

const requestIdLength = 8

/**
 * Names what a screen offered once: made when the screen is shown, carried by its button, stored by the verb under a
 * unique key with what it created. The second press of the same button then returns the first result.
 *
 * @example
 * const request = newRequestId()
 * buy.button(t.plain('buy'), { plan: plan.id, request })
 */
export const newRequestId = (): string => randomText(requestIdLength)

/**
 * A request id in a button: 8 characters.
 *
 * @example
 * defineCallback('buy', { plan: idField('plan'), request: requestField() })
 */
export const requestField = (): CallbackField<string> => ({
  write: (value) => value,
  read: (text) => (/^[0-9a-z]{8}$/.test(text) ? text : undefined),
})

/**
 * Another field, or null.
 *
 * @example
 * defineCallback('list', { after: optionalField(idField('customer')) }).pack({ after: null }) // 'list:-'
 */
export const optionalField = <T>(field: CallbackField<T>): CallbackField<T | null> => ({
  write: (value) => (value === null ? '-' : `+${field.write(value)}`),
  read: (text) => (text === '-' ? null : text.startsWith('+') ? field.read(text.slice(1)) : undefined),
})

type Fields = Readonly<Record<string, CallbackField<unknown>>>
type ValueOf<F> = F extends CallbackField<infer T> ? T : never
export type CallbackValues<F> = { readonly [K in keyof F]: ValueOf<F[K]> }

/** A button that survives deploys and may be sent by background work. Who may press it is the verb's question (A4). */
export interface Callback<V> {
  readonly name: string
  /** The data of a button. Throws a `RangeError` over 64 bytes. */
  pack(values: V): string
  /** The values in the data, or null when it is somebody else's, malformed, or of another version. */
  parse(data: string | undefined): V | null
  /** For `composer.filter(buy.filter, …)`. Malformed data does not match and so falls through to `unhandled`. */
  filter<C extends Context>(ctx: C): ctx is CallbackQueryContext<C>
  /** The values of an update that passed `filter`; throws otherwise. */
  read(ctx: Context): V
  /** The obvious way: `buy.handle(feature, async (ctx, { plan }) => …)`. */
  handle<C extends Context>(composer: Composer<C>, handler: (ctx: CallbackQueryContext<C>, values: V) => unknown): void
  button(text: string, values: V, style?: 'primary' | 'success' | 'danger'): InlineKeyboardButton.CallbackButton
}

const separator = ':'
const maxBytes = 64

/**
 * Defines a button's data: `name:field:field`, e.g. `buy:8x2k…:1`. Fields are positional, in the order of `fields`;
 * change their meaning only together with the name (`buy` → `buy2`), so that old buttons fall through politely.
 *
 * @example
 * const openPlan = defineCallback('plan', { plan: idField('plan') })
 * openPlan.button('One month', { plan: plan.id })
 * openPlan.handle(feature, (ctx, { plan }) => showPlan(ctx, plan))
 */
export function defineCallback<const F extends Fields>(name: string, fields: F): Callback<CallbackValues<F>> {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name)) throw new RangeError(`not a callback name: ${name}`)
  type V = CallbackValues<F>
  const entries = Object.entries(fields) as [keyof V & string, CallbackField<unknown>][]

  const parse = (data: string | undefined): V | null => {
    if (data === undefined || !data.startsWith(name)) return null
    const [head, ...texts] = data.split(separator)
    if (head !== name || texts.length !== entries.length) return null
    const values: Record<string, unknown> = {}
    for (const [index, [key, field]] of entries.entries()) {
      const value = field.read(texts[index] ?? '')
      if (value === undefined) return null
      values[key] = value
    }
    return values as V
  }
  const pack = (values: V): string => {
    const data = [name, ...entries.map(([key, field]) => field.write(values[key]))].join(separator)
    if (Buffer.byteLength(data) > maxBytes)
      throw new RangeError(`callback ${name} takes ${Buffer.byteLength(data)} bytes, ${maxBytes} is the limit`)
    if (parse(data) === null) throw new RangeError(`callback ${name} could not be read back: ${data}`)
    return data
  }
  const filter = <C extends Context>(ctx: C): ctx is CallbackQueryContext<C> => parse(ctx.callbackQuery?.data) !== null
  const read = (ctx: Context): V => {
    const values = parse(ctx.callbackQuery?.data)
    if (values === null) throw new Error(`this update is no ${name} button`)
    return values
  }
  return {
    name,
    pack,
    parse,
    filter,
    read,
    handle: (composer, handler) => {
      composer.filter(filter, (ctx) => handler(ctx, read(ctx)))
    },
    button: (text, values, style) => ({ text, callback_data: pack(values), ...(style ? { style } : {}) }),
  }
}
