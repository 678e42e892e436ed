// Security groups in the browser: a group is made, says by presets and in numbers what may pass, gets a port, and goes again. What is wrong is
// refused at its field. Nothing here needs a host: that rules filter packets is shown by the scenarios.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { openTab, submit } from './support/design'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const PROJECT = 'guarded'
const NETWORK = 'amber'
const PORT = 'amber-1'
const SECOND_PORT = 'amber-2'
const GROUP = 'web'

let made: { readonly projectId: string; readonly networkId: string; readonly portIds: readonly string[] }

test.beforeAll(async () => {
  const { id: projectId } = await api.projects.create.mutate({ name: PROJECT })
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: NETWORK, type: 'vxlan' })
  await api.subnets.create.mutate({ networkId, name: 'amber-v4', cidr: '10.77.0.0/24', isDhcpEnabled: false })
  const portIds = []
  for (const name of [PORT, SECOND_PORT]) portIds.push((await api.ports.create.mutate({ networkId, name })).id)
  made = { projectId, networkId, portIds }
})

test.afterAll(async () => {
  for (const id of made.portIds) await api.ports.remove.mutate({ id })
  await api.networks.remove.mutate({ id: made.networkId })
  for (const { id, projectId, name } of (await api.topology.get.query()).topology.securityGroups)
    if (projectId === made.projectId && name !== 'default') await api.securityGroups.remove.mutate({ id })
  await api.projects.remove.mutate({ id: made.projectId })
})

const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const ruleOf = (dialog: Locator, number: number): Locator => dialog.getByRole('group', { name: `Rule ${number}`, exact: true })
const rowsOf = (page: Page, table: string): Locator =>
  page
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })

async function openGroup(page: Page, name: string): Promise<void> {
  await visit(page, 'Security groups')
  await page.getByRole('searchbox', { name: 'Filter security groups' }).fill(PROJECT)
  await page.getByRole('table', { name: 'Security groups' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

test('a new project has its default group, which says what it is and stays', async ({ page }) => {
  await openGroup(page, 'default')
  await expect(page.getByText('The group that every project has')).toBeVisible()
  await expect(rowsOf(page, 'Ingress rules')).toHaveCount(2)
  await expect(rowsOf(page, 'Ingress rules').first()).toContainText('ports of this group')
  await expect(page.getByRole('button', { name: 'Delete security group' })).toHaveAccessibleDescription(/goes with the project/)
  await page.getByRole('button', { name: 'Edit' }).click()
  await expect(dialogOf(page, 'Edit security group default').getByLabel('Security group name')).toBeDisabled()
  await page.keyboard.press('Escape')
  // The port was made with it.
  await page.getByRole('tab', { name: /^Ports/ }).click()
  await expect(rowsOf(page, 'Ports in the group').getByRole('link', { name: PORT, exact: true })).toBeVisible()
})

test('a group is made, lets everything out, and says that nothing may come in', async ({ page }) => {
  await visit(page, 'Security groups')
  await page.getByRole('button', { name: 'Create security group' }).click()
  const dialog = dialogOf(page, 'Create security group')
  await dialog.getByRole('button', { name: 'Create security group' }).click()
  const name = dialog.getByLabel('Security group name')
  await expect(name).toHaveAccessibleDescription(/Give a name\./)
  await name.fill(GROUP)
  await dialog.getByLabel('Project').selectOption(PROJECT)
  await submit(page, dialog, 'Create security group', `Security group ${GROUP} created`)
  await expect(page.getByRole('heading', { name: GROUP, level: 1 })).toBeVisible()
  await expect(page.getByText('Nothing may come in')).toBeVisible()
  await page.getByRole('tab', { name: /^Egress rules/ }).click()
  await expect(rowsOf(page, 'Egress rules')).toHaveCount(2)
  await expect(rowsOf(page, 'Egress rules').first()).toContainText('anybody')
})

test('SSH is let in by its preset, and a ping beside it, in one edit', async ({ page }) => {
  await openGroup(page, GROUP)
  await page.getByRole('button', { name: 'Add rules' }).click()
  const dialog = dialogOf(page, `Add rules to ${GROUP}`)
  await ruleOf(dialog, 1).getByLabel('Traffic').selectOption('SSH (TCP 22)')
  await ruleOf(dialog, 1).getByLabel('From', { exact: true }).selectOption('Addresses (CIDR)…')
  await ruleOf(dialog, 1).getByLabel('CIDR').fill('10.0.0.0/8')
  await dialog.getByRole('button', { name: 'Add another rule' }).click()
  await ruleOf(dialog, 2).getByLabel('Traffic').selectOption('Ping (ICMP echo request)')
  await ruleOf(dialog, 2).getByLabel('From', { exact: true }).selectOption('web (this group)')
  await submit(page, dialog, 'Add 2 rules', '2 rules added')
  await expect(rowsOf(page, 'Ingress rules').filter({ hasText: 'TCP 22' })).toContainText('10.0.0.0/8')
  await expect(rowsOf(page, 'Ingress rules').filter({ hasText: 'ICMP echo request (type 8)' })).toContainText('ports of this group')
})

test('what is wrong with a rule stands at its field, and the form keeps what was typed', async ({ page }) => {
  await openGroup(page, GROUP)
  await page.getByRole('button', { name: 'Add rules' }).click()
  const dialog = dialogOf(page, `Add rules to ${GROUP}`)
  const rule = ruleOf(dialog, 1)
  const add = dialog.getByRole('button', { name: 'Add rule', exact: true })
  await rule.getByLabel('Traffic').selectOption('TCP ports…')
  const [first, last] = [rule.getByLabel('From port'), rule.getByLabel('To port')]
  await first.fill('90')
  await last.fill('80')
  await add.click()
  await expect(last).toHaveAccessibleDescription(/rule security-group-rule-port-order/)
  await expect(last).toHaveValue('80')
  await last.fill('90000')
  await add.click()
  await expect(last).toHaveAccessibleDescription(/rule security-group-rule-port-range/)
  await last.fill('99')
  await rule.getByLabel('From', { exact: true }).selectOption('Addresses (CIDR)…')
  const prefix = rule.getByLabel('CIDR')
  for (const [value, why] of [
    ['10.0.0.5/24', /10\.0\.0\.0\/24.*rule ip-prefix-host-bits/],
    ['2001:db8::/32', /rule security-group-rule-prefix-family/],
    ['everywhere', /rule ip-prefix-form/],
  ] as const) {
    await prefix.fill(value)
    await add.click()
    await expect(prefix).toHaveAccessibleDescription(why)
    await expect(prefix).toHaveValue(value)
  }
  // What needs the group itself is refused by the server: it has this rule already.
  await rule.getByLabel('Traffic').selectOption('SSH (TCP 22)')
  await prefix.fill('10.0.0.0/8')
  await add.click()
  await expect(rule.getByLabel('Traffic')).toHaveAccessibleDescription(/rule security-group-rule-unique/)
  await page.keyboard.press('Escape')
  await expect(rowsOf(page, 'Ingress rules')).toHaveCount(2)
})

test('a port is put into the group, and address pairs are checked beside it', async ({ page }) => {
  await openTab(page, 'Ports')
  await page.getByRole('table', { name: 'Ports' }).getByRole('row').filter({ hasText: PORT }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = dialogOf(page, `Edit port ${PORT}`)
  const groups = dialog.getByRole('group', { name: 'Security groups' })
  await expect(groups.getByLabel('default')).toBeChecked()
  await groups.getByLabel(GROUP, { exact: true }).check()
  await dialog.getByRole('button', { name: 'Add address pair' }).click()
  const pair = dialog.getByLabel('Address or CIDR')
  await pair.fill('10.77.0.9/24')
  await dialog.getByRole('button', { name: 'Save port' }).click()
  await expect(pair).toHaveAccessibleDescription(/rule ip-prefix-host-bits/)
  await pair.fill('10.77.0.100')
  // Port security takes both along, and says so before.
  await dialog.getByLabel('Port security').uncheck()
  await expect(groups).toHaveAccessibleDescription('Only with port security.')
  await dialog.getByLabel('Port security').check()
  await submit(page, dialog, 'Save port', `Port ${PORT} saved`)
  await expect(inspector.getByRole('region', { name: 'Security groups' }).getByRole('link')).toHaveText([/^default/, /^web/])
  await expect(inspector).toContainText('10.77.0.100')
})

test('ports are put into the group from its page, in one edit', async ({ page }) => {
  await openGroup(page, GROUP)
  await page.getByRole('tab', { name: /^Ports/ }).click()
  await page.getByRole('button', { name: 'Add ports' }).click()
  const dialog = dialogOf(page, `Add ports to ${GROUP}`)
  await expect(dialog.getByRole('button', { name: 'Add ports' })).toHaveAccessibleDescription('Tick the ports to add.')
  // One that is in it already is not offered.
  await expect(dialog.getByLabel(`Tick ${PORT}`)).toHaveCount(0)
  await dialog.getByLabel(`Tick ${SECOND_PORT}`).check()
  await submit(page, dialog, 'Add 1 port', `1 port added to ${GROUP}`)
  await expect(rowsOf(page, 'Ports in the group')).toHaveCount(2)
})

test('a group that is in use is not deleted, and says by whom', async ({ page }) => {
  await openGroup(page, GROUP)
  const remove = page.getByRole('button', { name: 'Delete security group' })
  await expect(remove).toBeDisabled()
  await expect(remove).toHaveAccessibleDescription(new RegExp(`in use: ports are in it .*${PORT}.*${SECOND_PORT}`))
})

test('a rule is removed after a question that names it', async ({ page }) => {
  await openGroup(page, GROUP)
  await page.getByLabel('Tick ingress IPv4 TCP 22 from 10.0.0.0/8').check()
  await page.getByRole('button', { name: 'Remove 1 rule' }).click()
  const question = dialogOf(page, `Remove 1 rule from ${GROUP}?`)
  await expect(question.getByRole('listitem')).toContainText('ingress IPv4 TCP 22 from 10.0.0.0/8')
  await expect(question).toContainText('It concerns 2 ports.')
  await submit(page, question, 'Remove 1 rule', '1 rule removed')
  await expect(rowsOf(page, 'Ingress rules')).toHaveCount(1)
})

test('without ports the group goes', async ({ page }) => {
  for (const id of made.portIds) await api.ports.update.mutate({ id, patch: { securityGroupIds: [], allowedAddressPairs: [] } })
  await page.goto(`/networks?tab=ports&sel=${made.portIds[0]}`)
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('in no group: only DHCP passes')
  await openGroup(page, GROUP)
  await page.getByRole('button', { name: 'Delete security group' }).click()
  await submit(page, dialogOf(page, `Delete security group ${GROUP}?`), 'Delete security group', `Deleted security group ${GROUP}`)
  await expect(page).toHaveURL(/\/security-groups$/)
})
