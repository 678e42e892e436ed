// A VM that is there is changed in the browser: the form says what that means before it is saved, the plan says it again, and applying it brings
// the VM to another host with its address.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { openTopology } from './support/canvas'
import { applyButton, expectApplied, makePlan, startApply } from './support/changes'
import { openTab, submit } from './support/design'
import { applyChanges, givenSample } from './support/given'
import { onHost, type HostName } from './support/lab'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })
test.beforeAll(givenSample)

const [web1, web2] = sample.vms

/** As it was: the other tests know where it is. */
test.afterAll(async () => {
  const { topology } = await api.topology.get.query()
  const { id, portIds } = topology.vms.find(({ name }) => name === web1.name)!
  const hostId = topology.hosts.find(({ name }) => name === web1.host)!.id
  await api.vms.update.mutate({ id, patch: { hostId, memoryMib: 128, nics: portIds.slice(0, 1).map((portId) => ({ portId })) } })
  await applyChanges()
})

const effects = (dialog: Locator): Locator => dialog.getByRole('status', { name: 'What it means' })
const guestsOf = (host: HostName): Promise<string> => onHost(host, 'virsh', '-q', '-c', 'qemu:///system', 'list', '--all', '--title')

async function openForm(page: Page): Promise<Locator> {
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Edit', exact: true }).click()
  return page.getByRole('dialog', { name: `Edit VM ${web1.name}` })
}

test('more memory means a new start, another host a cold move', async ({ page }) => {
  await openTab(page, 'VMs')
  await page.getByRole('table', { name: 'VMs' }).getByRole('row').filter({ hasText: web1.name }).click()
  const dialog = await openForm(page)
  await expect(effects(dialog)).toBeEmpty()
  await dialog.getByLabel('Memory').fill('160')
  await expect(effects(dialog)).toContainText('switched off and started anew: its memory')
  await dialog.getByLabel('Host', { exact: true }).selectOption(web2.host)
  await expect(effects(dialog)).toContainText(
    `switched off on ${web1.host} and started on ${web2.host}. MAC and IP addresses stay: ${(await readVm(web1.name)).ipAddress}`,
  )
  await submit(page, dialog, 'Save VM', `VM ${web1.name} saved`)
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('160 MiB')
})

test('the plan says so, and applying it brings the VM there', async ({ page }) => {
  test.slow()
  const { ipAddress } = await readVm(web1.name)
  await makePlan(page)
  const objects = page.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: web1.name })
  await expect(objects.first()).toContainText(`${web1.host} → ${web2.host}`)
  await expect(applyButton(page)).toHaveText(/1 rebuilt/)
  await page.getByRole('tab', { name: /^Blast radius/ }).click()
  await expect(page.getByRole('region', { name: 'Ports that are rebuilt' })).toContainText(
    `VM ${web1.name} is stopped on ${web1.host} and started on ${web2.host}; its addresses stay`,
  )
  await startApply(page)
  await expectApplied(page)
  expect(await guestsOf(web1.host)).not.toContain(web1.name)
  expect(await guestsOf(web2.host)).toContain(web1.name)
  expect((await readVm(web1.name)).ipAddress).toBe(ipAddress)
})

test('NICs are added, put in another order and taken out, from the topology', async ({ page }) => {
  await openTopology(page)
  await page.getByRole('button', { name: `VM ${web1.name}` }).click()
  const dialog = await openForm(page)
  await dialog.getByLabel('Memory').fill('8')
  await dialog.getByRole('button', { name: 'Save VM', exact: true }).click()
  await expect(dialog.getByLabel('Memory')).toHaveAccessibleDescription(/from 32/)
  await dialog.getByLabel('Memory').fill('160')
  await dialog.getByRole('button', { name: 'Add NIC' }).click()
  const option = dialog
    .getByLabel('Network of eth1')
    .locator('option')
    .filter({ hasText: new RegExp(`^${sample.network} `) })
  await dialog.getByLabel('Network of eth1').selectOption((await option.getAttribute('value')) ?? '')
  await expect(effects(dialog)).toContainText('1 NIC comes while the VM runs')
  await dialog.getByRole('button', { name: 'eth1 earlier' }).click()
  await expect(effects(dialog)).toContainText('the order of its NICs cannot change while it runs')
  await dialog.getByRole('button', { name: 'eth0 later' }).click()
  await submit(page, dialog, 'Save VM', `VM ${web1.name} saved`)
  const again = await openForm(page)
  await again.getByRole('button', { name: 'Remove eth1' }).click()
  await submit(page, again, 'Save VM', `VM ${web1.name} saved`)
  await expect(page.getByRole('link', { name: 'Changes', exact: true })).toBeVisible()
})
