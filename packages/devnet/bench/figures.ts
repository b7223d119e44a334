/** One line of the table. */
export interface Figure {
  readonly what: string
  readonly measured: string
  /** The limit or the bare counterpart, measured in the same run. */
  readonly beside: string
  readonly aim: string
  /** Null: nothing was promised. */
  readonly isMet: boolean | null
}

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Of any number of samples; all zero when there are none. */
export function percentilesOf(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** The middle one: a neighbour's burst of work moves it less than the mean. */
export const medianOf = (values: readonly number[]): number => percentilesOf(values).p50

export const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`)
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`
export const percent = (share: number): string => `${Math.round(share * 100)} %`
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

export const describe = ({ p50, p95, p99 }: Percentiles, unit: (ms: number) => string = milliseconds): string =>
  `p50 ${unit(p50)} · p95 ${unit(p95)} · p99 ${unit(p99)}`
