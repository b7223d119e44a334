/** A line that was read, and waits for the button below what it was understood to mean. */
export interface NewPromo {
  readonly kind: 'new_promo'
  readonly line: string
  /** On which day, `2026-11-27`. */
  readonly today: string
  /** For a line that names none. */
  readonly code: string
  /** Of the button. */
  readonly requestId: string
}
