/** What a person is in the middle of, one a person. In this process's memory only: a restart forgets it, and so it should. */
export interface DialogMemory<T> {
  recall(actor: bigint): T | null
  keep(actor: bigint, dialog: T): void
  forget(actor: bigint): void
}

const idleMs = 30 * 60_000

/** What was abandoned is forgotten after half an hour: it may hold passwords and keys. */
export function createDialogMemory<T>(): DialogMemory<T> {
  const kept = new Map<bigint, { readonly dialog: T; readonly timer: NodeJS.Timeout }>()
  const forget = (actor: bigint): void => {
    clearTimeout(kept.get(actor)?.timer)
    kept.delete(actor)
  }
  return {
    recall: (actor) => kept.get(actor)?.dialog ?? null,
    keep: (actor, dialog) => {
      forget(actor)
      kept.set(actor, { dialog, timer: setTimeout(() => kept.delete(actor), idleMs).unref() })
    },
    forget,
  }
}
