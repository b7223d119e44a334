import { createOutageTeller, type OutageTellerDeps } from './outage-teller.ts'

/** Often enough to tell within seconds of the minute, rare enough to cost nothing. */
const lookEveryMs = 15_000

/** Looks after the database until `stop`; see `createOutageTeller`. Resolves when it has looked once. */
export async function watchDatabase(deps: OutageTellerDeps): Promise<{ close(): Promise<void> }> {
  const teller = createOutageTeller(deps)
  await teller.look()
  let looking: Promise<void> | null = null
  const timer = setInterval(() => {
    looking ??= teller.look().finally(() => {
      looking = null
    })
  }, lookEveryMs)
  return {
    close: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
