// From edits to hosts, in the browser.

import type { Page } from '@playwright/test'
import { expect } from './test'
import { visit } from './visit'

/** Reading three hosts and comparing takes a second or two, more while guests start. */
const PLAN_MS = 120_000
const APPLY_MS = 180_000

export const applyButton = (page: Page) => page.getByRole('button', { name: /^Apply: / })

/** From wherever the page is to a plan in view. */
export async function makePlan(page: Page): Promise<void> {
  await visit(page, 'Changes')
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  await expect(page.getByRole('tab', { name: /^Objects/ })).toBeVisible({ timeout: PLAN_MS })
}

/** Presses Apply and says yes where ports lose packets. */
export async function startApply(page: Page): Promise<void> {
  await applyButton(page).click()
  const question = page.getByRole('dialog', { name: 'Apply a plan that costs packets?' })
  await expect(question.or(page.getByRole('status', { name: 'State of the run' }))).toBeVisible()
  if (await question.isVisible()) await question.getByRole('button', { name: 'Apply now' }).click()
}

export async function expectApplied(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'State of the run' })).toHaveText('Succeeded', { timeout: APPLY_MS })
}

export async function planAndApply(page: Page): Promise<void> {
  await makePlan(page)
  await startApply(page)
  await expectApplied(page)
}
