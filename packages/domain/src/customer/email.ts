/** As a mail program takes it: Latin letters, one @, a domain with a dot, at most 200 characters. Null for anything else. */
export function parseEmail(text: string): string | null {
  const email = text.trim().replace(/^mailto:/i, '')
  if (email.length > 200) return null
  return /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/i.test(
    email,
  )
    ? email
    : null
}
