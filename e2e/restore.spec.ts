// What a host does after a restart is a switch on its page: the plan takes the unit away and puts it back, and the page says so.
// That a host rebuilds itself is proven by `npm run scenario -- host-restart`.

import type { Page } from '@playwright/test'
import { expectApplied, makePlan, startApply } from './support/changes'
import { newsOf } from './support/design'
import { applyChanges, givenSample } from './support/given'
import { openHost } from './support/hosts'
import { onHost } from './support/lab'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })
test.beforeAll(givenSample)
test.afterAll(applyChanges)

const HOST = 'cmp2'
const UNIT = 'tapline-restore.service'
const UNIT_FILE = `/etc/systemd/system/${UNIT}`

async function switchRestore(page: Page, isOn: boolean): Promise<void> {
  await openHost(page, HOST)
  await page.getByRole('tab', { name: 'Settings' }).click()
  const place = page.getByRole('form', { name: 'Name and roles' })
  await place.getByLabel('Rebuild after a restart').setChecked(isOn)
  await place.getByRole('button', { name: 'Save name and roles' }).click()
  await expect(newsOf(page, 'Saved name and roles')).toBeVisible()
}

async function planAndApplyUnit(page: Page, word: 'removed' | 'created'): Promise<void> {
  await makePlan(page)
  await expect(page.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: UNIT })).toContainText(word)
  await startApply(page)
  await expectApplied(page)
  await openHost(page, HOST)
  await page.getByRole('tab', { name: 'Facts and tools' }).click()
}

test('switched off, the unit goes with the next plan', async ({ page }) => {
  await switchRestore(page, false)
  await planAndApplyUnit(page, 'removed')
  await expect(page.getByText('Nothing: after a restart, plan and apply again.')).toBeVisible()
  expect(await onHost(HOST, 'find', '/etc/systemd/system', '-name', UNIT)).toBe('')
})

test('switched on, the plan shows the unit, and the host’s page says that it is there', async ({ page }) => {
  await switchRestore(page, true)
  await planAndApplyUnit(page, 'created')
  await expect(page.getByText(/^Rebuilds revision \d+ by itself\.$/)).toBeVisible()
  expect(await onHost(HOST, 'cat', UNIT_FILE)).toContain('ExecStart=')
})
