/*
 * Text that comes from outside: from people, providers, panels. Postgres keeps neither U+0000 nor half of a surrogate
 * pair, as text or inside JSON, and refuses the whole statement.
 */

/** Text as the database can keep it: U+FFFD stands for what cannot be stored. */
export const toStorable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** JSON in which every text can be stored, names of fields too. */
export const toStorableJson = (value: unknown): string =>
  JSON.stringify(value).replace(unstorableEscape, (found) => (found === backslash ? found : '\uFFFD'))

/** What cannot be stored is written as an escape; an escaped backslash is taken with them, so that none begins in its middle. */
const unstorableEscape = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g
const backslash = '\\\\'

/** The beginning of a text, at most `max` UTF-16 units; a surrogate pair is not cut in half. */
export const cutText = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

/** Control characters, line ends, halves of surrogate pairs, and marks that turn the direction of what follows. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu

/** A name that somebody typed, as one line of at most `max` UTF-16 units; '' when nothing of it is left. */
export const tidyName = (name: string, max: number): string =>
  cutText(name.replace(unfit, ' ').replace(/\s+/g, ' ').trim(), max).trim()
