import type { Actor } from './has-permission.ts'

/** The audit log's spelling: null = not a person in Telegram. */
export const auditedActor = (actor: Actor): bigint | null => (actor === 'operator' ? null : actor)
