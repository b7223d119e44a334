/** A state machine as a table: for each state, the states that may follow. A final state has an empty list. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>

export const canMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean => table[from].includes(to)

/** The states from which `to` may be reached in one step: what a compare-and-set's WHERE names. */
export const statesBefore = <S extends string>(table: Transitions<S>, to: S): S[] =>
  (Object.keys(table) as S[]).filter((from) => table[from].includes(to))

export const isFinal = <S extends string>(table: Transitions<S>, state: S): boolean => table[state].length === 0

/** Every state that can be reached from `start`, `start` included. */
export function reachable<S extends string>(table: Transitions<S>, start: S): Set<S> {
  const seen = new Set<S>([start])
  for (const state of seen) for (const next of table[state]) seen.add(next)
  return seen
}
