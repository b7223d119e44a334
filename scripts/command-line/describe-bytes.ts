const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `1.2 MB`: three figures are enough for a person. */
export function describeBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** step
  return `${step === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[step]}`
}
