export function explainLines(text: string, known: readonly string[]): { message: string; advice: string }[]
