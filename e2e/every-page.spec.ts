// What holds for every page of the console, light and dark: axe finds nothing, and nothing scrolls sideways.

import type { Page } from '@playwright/test'
import { listAddresses } from './support/addresses'
import { api } from './support/api'
import { violations } from './support/axe'
import { givenEvidence, givenRouter, givenSample } from './support/given'
import { expect, test } from './support/test'

test.beforeAll(async () => {
  await givenSample()
  await givenEvidence()
  await givenRouter()
})

test.afterAll(async () => {
  await api.changes.discard.mutate()
})

/** Whoever speaks to the machine says what stands there. axe counts it as an experiment. */
const NAMES_SAY_WHAT_IS_SHOWN = 'label-content-name-mismatch'

/** Those of axe that look at colours, as far as they are of the levels that it asks for unless told. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 1024, height: 768 }

const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth)

// A page is opened once, for all that is asked of it. Dark, it has the same elements with other colours, so only what axe says of colours is asked
// again.
test('on no page axe finds anything, and none scrolls sideways in a window of 1024 pixels, light and dark', async ({ page }) => {
  test.slow()
  for (const address of await listAddresses()) {
    await page.setViewportSize(WIDE)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
    await expect(page.locator('main [role=status][aria-busy=true]'), `${address} loads`).toHaveCount(0)
    const rules = { [NAMES_SAY_WHAT_IS_SHOWN]: { enabled: true } }
    expect.soft(await violations(page, (axe) => axe.options({ rules })), address).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect.soft(await violations(page, (axe) => axe.withRules(RULES_OF_COLOUR)), `${address}, dark`).toEqual([])
    await page.setViewportSize(NARROW)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect.soft(await sidewaysOverflow(page), `${address}, ${colorScheme}`).toBeLessThanOrEqual(0)
    }
  }
})
