/** What a person can't do, and why: the People API's refusal. */
export class PeopleError extends Error {
  override readonly name = 'PeopleError'
  /** `missing`: no such person, chat, message, button or file. `refused`: it is there, but not like this. */
  readonly kind: 'missing' | 'refused'

  constructor(kind: PeopleError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

export const missing = (what: string): PeopleError => new PeopleError('missing', what)
export const refused = (why: string): PeopleError => new PeopleError('refused', why)
