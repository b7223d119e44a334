/**
 * How many devices may use the shared key at once: each device with a key of its own takes one from the limit. The shared
 * key itself always works on one device, because nobody's key may die of a spare one: who has as many separate keys as
 * the limit allows connects one device more.
 */
export const sharedDevices = (deviceLimit: number, separateKeys: number): number =>
  Math.max(1, deviceLimit - separateKeys)
