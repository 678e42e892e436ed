// Everything goes again, in the browser: VMs, the network, the preparation, the hosts. Afterwards the lab's hosts are what
// they were before the first run.

import type { Page } from '@playwright/test'
import { leftBehind, snapshot } from '@/lab/scenarios/snapshot'
import { makePlan, startApply, expectApplied } from './support/changes'
import { newsOf, openTab } from './support/design'
import { givenSample } from './support/given'
import { openHost, setPrepared } from './support/hosts'
import { hostNames } from './support/lab'
import { sample } from './support/sample'
import { labName, readStage } from './support/settings'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })
test.beforeAll(givenSample)

test('VMs and the network are deleted after a question that names what goes', async ({ page }) => {
  for (const { name } of sample.vms) await deleteObject(page, { tab: 'VMs', kind: 'VM', name, takes: `port ${name} eth0` })
  await deleteObject(page, { tab: 'Networks', kind: 'network', name: sample.network, takes: `subnet ${sample.subnet} ${sample.cidr}` })
})

test('hosts are switched off', async ({ page }) => {
  for (const name of hostNames) {
    await openHost(page, name)
    await setPrepared(page, name, false)
  }
})

test('the plan lists what is removed, and applying it leaves the hosts bare', async ({ page }) => {
  await makePlan(page)
  const objects = page.getByRole('list', { name: 'Changes' })
  for (const name of [sample.network, sample.subnet, ...sample.vms.map((vm) => vm.name)]) {
    await expect(objects.getByRole('listitem').filter({ hasText: name }).first()).toContainText('removed')
  }
  await page.getByRole('tab', { name: /^Blast radius/ }).click()
  await expect(page.getByText('3 ports lose packets: 3 removed.')).toBeVisible()
  await startApply(page)
  await expectApplied(page)
  const { bareHosts } = readStage()
  for (const name of hostNames) {
    expect(leftBehind(new Set(bareHosts[name]), await snapshot(labName, name), name), `left over on ${name}`).toEqual([])
  }
})

test('hosts leave the console, which then begins anew', async ({ page }) => {
  for (const name of hostNames) {
    await openHost(page, name)
    await page.getByRole('button', { name: 'Remove host' }).click()
    const question = page.getByRole('dialog', { name: `Remove host ${name}?` })
    await question.getByRole('button', { name: 'Remove host' }).click()
    await expect(page).toHaveURL(/\/hosts$/)
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
  }
  await expect(page.getByText('No hosts yet')).toBeVisible()
})

interface Deletion {
  readonly tab: 'VMs' | 'Networks'
  readonly kind: 'VM' | 'network'
  readonly name: string
  /** One of the things that the question says go with it. */
  readonly takes: string
}

async function deleteObject(page: Page, { tab, kind, name, takes }: Deletion): Promise<void> {
  await openTab(page, tab)
  await page.getByRole('table', { name: tab }).getByRole('row').filter({ hasText: name }).first().click()
  await page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('button', { name: `Delete ${kind}` })
    .click()
  const question = page.getByRole('dialog', { name: `Delete ${kind} ${name}?` })
  await expect(question.getByRole('listitem').filter({ hasText: takes })).toBeVisible()
  await question.getByRole('button', { name: `Delete ${kind}` }).click()
  await expect(newsOf(page, `Deleted ${kind} ${name}`)).toBeVisible()
}
