// `test` for every file: each page is watched, and a page that throws or prints an error fails its test. A refused request
// (4xx) is printed by Chromium itself and is what the bad-input tests ask for, so it is no error of the page.

import { test as base, expect, type Page } from '@playwright/test'

export { expect }

/** A page has its buttons before its scripts: whoever is too fast presses what nobody hears. Other answers have no canvas. */
const isAlive = (): boolean => {
  const canvas = document.querySelector('#canvas')
  return canvas === null || Object.keys(canvas).some((key) => key.startsWith('__reactProps'))
}

/** An operator is never that fast. */
function waitForScripts(page: Page): void {
  const [open, reload] = [page.goto.bind(page), page.reload.bind(page)]
  const alive = async <Answer>(answer: Answer): Promise<Answer> => {
    await page.waitForFunction(isAlive)
    return answer
  }
  page.goto = async (...where) => alive(await open(...where))
  page.reload = async (...how) => alive(await reload(...how))
}

const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/

export const test = base.extend<{ readonly watchedPage: undefined }>({
  watchedPage: [
    async ({ page, javaScriptEnabled }, use) => {
      if (javaScriptEnabled !== false) waitForScripts(page)
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
