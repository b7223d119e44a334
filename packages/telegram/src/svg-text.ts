/** A text for a picture: no markup, nothing that XML refuses, and no more letters than `most`. */
export function svgText(text: string, most: number): string {
  const letters = [...text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')]
  const shown = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
  return shown.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
