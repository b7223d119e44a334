import { sql } from '@vpn-kiosk/db'
import { isLanguageCode, type LocalizedText, type MethodId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { remember } from '../setting/remember.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { isMethod, type MethodSettings, methodsKey, readMethods, settingsOf } from './read-methods.ts'

export type ChangePaymentMethodResult =
  | { readonly kind: 'changed' }
  | { readonly kind: 'invalid_method'; readonly field: 'percent' | 'title' }
  /** The shop has no such way to pay. */
  | { readonly kind: 'unknown_method' }
  /** Another has changed what `was` names. */
  | { readonly kind: 'changed_meanwhile' }
  | Forbidden

/** Either way: more is a slip of the finger. */
const mostPercent = 50
const titleLength = 40

/**
 * Offers a way to pay or not, and sets its percentage and its name. Open invoices stay as they are. `was` is what the
 * writer saw: where it is another by now, nothing is changed.
 */
export async function changePaymentMethod(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'providers'>,
  actor: Actor,
  method: MethodId,
  change: Partial<MethodSettings>,
  was: Partial<MethodSettings> = {},
): Promise<ChangePaymentMethodResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    if (!isMethod(method, deps.providers)) return { kind: 'unknown_method' }
    await sql`select pg_advisory_xact_lock(hashtext(${methodsKey}))`.execute(em.getKysely())
    const kept = await readMethods(deps, em)
    const before = settingsOf(kept, method, deps.providers)
    if (!isStill(before, was)) return { kind: 'changed_meanwhile' }
    const after = { ...before, ...change, title: tidyTitle(change.title ?? before.title) }
    if (!Number.isInteger(after.percent) || Math.abs(after.percent) > mostPercent)
      return { kind: 'invalid_method', field: 'percent' }
    if (!isTitle(after.title)) return { kind: 'invalid_method', field: 'title' }
    await remember(deps, methodsKey, { ...kept, methods: { ...kept.methods, [method]: after } }, em)
    const note = { actor: auditedActor(actor), action: 'change_payment_method', subject: `method:${method}` }
    await recordAudit(em, { ...note, before: { ...before }, after }, deps.clock.now())
    return { kind: 'changed' }
  })
}

const isStill = (before: MethodSettings, { title, ...was }: Partial<MethodSettings>): boolean =>
  Object.entries(was).every(([field, value]) => before[field as keyof MethodSettings] === value) &&
  (!title || JSON.stringify(tidyTitle(title)) === JSON.stringify(tidyTitle(before.title)))

/** A language without words is left out: there the bot's own words are read. */
const tidyTitle = (title: LocalizedText): LocalizedText =>
  Object.fromEntries(
    Object.entries(title)
      .map(([language, text]) => [language, text.replace(/\s+/g, ' ').trim()] as const)
      .filter(([, text]) => text !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const isTitle = (title: LocalizedText): boolean =>
  Object.entries(title).every(([language, text]) => isLanguageCode(language) && text.length <= titleLength)
