import { expect, test } from 'vitest'
import { translations } from '../test/example-feature.ts'

test("this room's own sentences are there in every language", () => {
  for (const language of translations.languages)
    for (const key of ['button-outdated', 'not-understood', 'too-fast', 'error-unexpected', 'only-private'])
      expect(translations.translatorFor(language).has(key)).toBe(true)
})
