import { render, type TemplateResult } from 'lit-html'
import { createFormats } from './formats.ts'
import type { Page } from './page.ts'
import { people } from './people-client.ts'
import { createStore } from './store.ts'
import { watchPeople } from './watch-people.ts'
import type { Words } from './words.ts'

interface PageOptions {
  readonly words: Words
  /** An IANA name: times are shown in it, wherever the browser is. */
  readonly timeZone?: string
  now?(): number
}

interface PageParts {
  persons(): readonly number[]
  /** The whole page; `isLost` while the server does not answer. */
  view(isLost: boolean): TemplateResult
  /** Says what is before somebody's eyes, before each drawing. */
  places(): readonly string[]
}

/** Makes what the parts of the page share, hands it to `build`, and draws what that returns whenever something changes. */
export function startPage({ words, timeZone, now = Date.now }: PageOptions, build: (page: Page) => PageParts): Page {
  const { language, say } = words
  document.documentElement.lang = language
  document.title = say('title')
  const root = document.body.appendChild(document.createElement('div'))
  root.className = 'page'
  const store = createStore()
  let isLost = false
  let isDrawn = true
  let parts: PageParts | undefined
  const draw = (): void => {
    isDrawn = true
    if (!parts) return
    store.look(parts.places())
    render(parts.view(isLost), root)
  }
  const redraw = (): void => {
    if (!isDrawn) return
    isDrawn = false
    requestAnimationFrame(draw)
  }
  let nudge = (): void => {}
  const formats = createFormats(language, timeZone)
  const page: Page = { people, store, say, formats, language, now, redraw, nudge: () => nudge() }
  parts = build(page)
  const built = parts
  nudge = watchPeople({
    people,
    store,
    persons: built.persons,
    onChange: redraw,
    onLost: (lost) => {
      isLost = lost
      redraw()
    },
  }).nudge
  redraw()
  return page
}
