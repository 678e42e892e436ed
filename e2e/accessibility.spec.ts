// What axe finds on the pages of the console, light and dark: nothing.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { listAddresses } from './support/addresses'
import { givenEvidence, givenSample } from './support/given'
import { expect, test } from './support/test'

test.beforeAll(async () => {
  await givenSample()
  await givenEvidence()
})

/** Whoever speaks to the machine says what stands there. axe counts it as an experiment. */
const NAMES_SAY_WHAT_IS_SHOWN = 'label-content-name-mismatch'

/** Per broken rule the elements that break it. */
async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).options({ rules: { [NAMES_SAY_WHAT_IS_SHOWN]: { enabled: true } } }).analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme })
    for (const address of await listAddresses()) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1, includeHidden: true })).toBeVisible()
      await expect(page.locator('main [role=status][aria-busy=true]'), `${address} loads`).toHaveCount(0)
      expect.soft(await violations(page), address).toEqual([])
    }
  })
}
