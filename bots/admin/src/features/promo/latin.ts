/** The Russian alphabet from its first letter on, without the one that stands outside of it. */
const letters = 'a b v g d e zh z i y k l m n o p r s t u f h c ch sh sch - y - e yu ya'
  .split(' ')
  .map((letter) => (letter === '-' ? '' : letter))

const first = 0x0430

/** A word in small Latin letters, so that one pattern finds it in both languages: `days`, `dney`. */
export const latin = (word: string): string =>
  [...word.toLowerCase().replaceAll('\u0451', '\u0435')]
    .map((letter) => letters[letter.charCodeAt(0) - first] ?? letter)
    .join('')
