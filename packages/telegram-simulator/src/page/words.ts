import { FluentBundle, FluentResource } from '@fluent/bundle'

export type Say = (key: string, variables?: Readonly<Record<string, string | number>>) => string

export interface Words {
  readonly language: string
  readonly languages: readonly string[]
  readonly say: Say
}

/**
 * The words of the page, from `<folder>/<language>/<file>` for each of `files`. The language is `?lang=`, else what was
 * chosen before, else the browser's, else the first of `languages`.
 */
export async function loadWords(languages: readonly string[], files: readonly string[]): Promise<Words> {
  const wishes = [
    new URLSearchParams(location.search).get('lang'),
    localStorage.getItem('lang'),
    ...navigator.languages,
  ]
  const spoken = wishes.map((wish) => wish?.slice(0, 2).toLowerCase() ?? '').find((wish) => languages.includes(wish))
  const language = spoken ?? languages[0] ?? 'en'
  const bundle = new FluentBundle(language, { useIsolating: false })
  for (const file of files) {
    const response = await fetch(file.replace('*', language))
    bundle.addResource(new FluentResource(await response.text()), { allowOverrides: true })
  }
  const say: Say = (key, variables = {}) => {
    const pattern = bundle.getMessage(key)?.value
    return pattern ? bundle.formatPattern(pattern, variables) : key
  }
  return { language, languages, say }
}

/** Keeps the choice for the next visit and loads the page anew. */
export function chooseLanguage(language: string): void {
  localStorage.setItem('lang', language)
  const url = new URL(location.href)
  url.searchParams.delete('lang')
  location.replace(url)
}
