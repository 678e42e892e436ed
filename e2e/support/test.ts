// `test` for every file: each page is watched, and a page that throws or prints an error fails its test. A refused request
// (4xx) is printed by Chromium itself and is what the bad-input tests ask for, so it is no error of the page.

import { test as base, expect } from '@playwright/test'

export { expect }

const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/

export const test = base.extend<{ readonly watchedPage: undefined }>({
  watchedPage: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' && !REFUSED.test(message.text())) errors.push(`${page.url()}: ${message.text()}`)
      })
      await use(undefined)
      expect(errors, 'errors in the browser console').toEqual([])
    },
    { auto: true },
  ],
})
