const assignment = /^\s*(?:export\s+)?([^=]*?)\s*=\s*(.*)$/s
const advice = 'write one NAME=value a line, as .env.example does'

/**
 * What stands in a `.env` and is not understood, as `{ message, advice }`; `known` are the names that the shop reads.
 * A sentence repeats nothing but names of the shop and their misspellings: any other text may be part of a secret.
 */
export function explainLines(text, known) {
  const lines = text.split(/\r?\n/)
  const first = new Map()
  const found = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]
    const at = index + 1
    if (/^\s*(#|$)/.test(line)) continue
    const [, name, value] = assignment.exec(line) ?? []
    if (name === undefined) {
      const meant = nearest(/^\s*(?:export\s+)?(\w*)/.exec(line)[1], known)
      found.push({ message: `line ${at} has no "="`, advice: meant ? `write ${meant}=value` : advice })
      continue
    }
    const sentence = explainName(name, at, first, known)
    if (sentence) found.push(sentence)
    index += linesInQuotes(value, lines.slice(index + 1))
  }
  return found
}

function explainName(name, at, first, known) {
  const meant = nearest(name, known)
  const before = first.get(name)
  if (before !== undefined) {
    const what = known.includes(name) ? name : 'its name'
    return { message: `line ${at} gives ${what} again, after line ${before}`, advice: 'keep one of the two' }
  }
  first.set(name, at)
  if (known.includes(name)) return null
  if (meant) return { message: `line ${at} says ${name}, which nothing reads`, advice: `did you mean ${meant}?` }
  if (/[a-z]/.test(name)) return { message: `line ${at} has a name in lower case, which nothing reads`, advice }
  return null
}

/** How many of the lines that follow belong to a value that begins with a quotation mark. */
function linesInQuotes(value, following) {
  const mark = /^["'`]/.exec(value)?.[0]
  if (!mark || value.indexOf(mark, 1) > 0) return 0
  return following.findIndex((line) => line.includes(mark)) + 1
}

function nearest(name, known) {
  const upper = name.toUpperCase()
  const [best] = known
    .map((one) => ({ one, distance: distanceOf(upper, one) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
  return best?.one ?? null
}

/** The number of letters to add, drop or change (Levenshtein). Written out: this runs before anything is installed. */
function distanceOf(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1]
    for (let column = 0; column < other.length; column += 1) {
      const change = row[column] + (one[index] === other[column] ? 0 : 1)
      next.push(Math.min(change, row[column + 1] + 1, next[column] + 1))
    }
    row = next
  }
  return row[other.length]
}
