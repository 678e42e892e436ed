// What people get wrong, in the browser: the sentence stands at the field or the step, the form keeps what was typed, and
// nothing half made stays behind.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { openTab, submit } from './support/design'
import { consoleUrl } from './support/settings'
import { expect, test } from './support/test'

const ODD = {
  project: 'odd',
  physicalNetwork: 'physnet-odd',
  network: 'grey',
  cidr: '10.9.0.0/24',
  macAddress: 'fa:16:3e:00:0d:0d',
  vlanId: 150,
}
const shellBait = `it's "odd"; $(reboot) \`id\` && rm -rf / | <b>x</b> \\n`

let made: { readonly projectId: string; readonly physicalNetworkId: string; readonly networkId: string; readonly portId: string }

test.beforeAll(async () => {
  const { id: projectId } = await api.projects.create.mutate({ name: ODD.project })
  const { id: physicalNetworkId } = await api.physicalNetworks.create.mutate({
    name: ODD.physicalNetwork,
    vlanRanges: [{ min: 100, max: 199 }],
  })
  const vlan = { type: 'vlan', physicalNetworkId, segmentationId: ODD.vlanId } as const
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: ODD.network, ...vlan })
  await api.subnets.create.mutate({ networkId, name: 'grey-v4', cidr: ODD.cidr, isDhcpEnabled: false })
  const { id: portId } = await api.ports.create.mutate({ networkId, name: 'taken', macAddress: ODD.macAddress })
  made = { projectId, physicalNetworkId, networkId, portId }
})

test.afterAll(async () => {
  await api.ports.remove.mutate({ id: made.portId })
  await api.networks.remove.mutate({ id: made.networkId })
  await api.physicalNetworks.remove.mutate({ id: made.physicalNetworkId })
  await api.projects.remove.mutate({ id: made.projectId })
})

/** The field is marked, says why, and still has what was typed. */
async function expectRefused(field: Locator, value: string, why: string | RegExp): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(why)
  await expect(field).toHaveValue(value)
}

async function openForm(page: Page, tab: 'Networks' | 'Ports', button: string): Promise<Locator> {
  await openTab(page, tab)
  await page.getByRole('button', { name: button, exact: true }).click()
  return page.getByRole('dialog', { name: button })
}

test('a name may look like a command: it is shown as it was typed, and no more', async ({ page }) => {
  const project = await openForm(page, 'Networks', 'Create project')
  await project.getByLabel('Project name').fill(shellBait)
  await submit(page, project, 'Create project', `Project ${shellBait} created`)
  const row = page.getByRole('table', { name: 'Networks' }).getByRole('row').filter({ hasText: shellBait })
  await expect(row).toHaveCount(1)
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Delete project' }).click()
  await page
    .getByRole('dialog', { name: `Delete project ${shellBait}?` })
    .getByRole('button', { name: 'Delete project' })
    .click()
  await expect(row).toHaveCount(0)
})

test('a name that is empty, too long or cannot be printed is refused at the field', async ({ page }) => {
  const dialog = await openForm(page, 'Networks', 'Create network')
  const name = dialog.getByLabel('Network name')
  await dialog.getByLabel('Project').selectOption(ODD.project)
  for (const [value, why] of [
    ['', 'Give a name. (rule name-not-empty)'],
    [' ', 'Give a name. (rule name-not-empty)'],
    ['x'.repeat(300), 'A name has at most 255 characters; this one has 300. (rule name-length)'],
    ['tab\there', /one line of printable characters/],
    ['\u202eright to left', /one line of printable characters/],
  ] as const) {
    await name.fill(value)
    await dialog.getByRole('button', { name: 'Create network' }).click()
    await expectRefused(name, value, why)
  }
  // A line end never arrives: the box has one line.
  await name.fill('two\nlines')
  await expect(name).toHaveValue(/^two ?lines$/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('table', { name: 'Networks' }).getByRole('row').filter({ hasText: 'xxx' })).toHaveCount(0)
})

test('subnets that overlap, or are none, are refused at the CIDR', async ({ page }) => {
  const dialog = await openForm(page, 'Networks', 'Create subnet')
  const cidr = dialog.getByLabel('CIDR')
  await dialog.getByLabel('Network').selectOption(ODD.network)
  await dialog.getByLabel('Subnet name').fill('second')
  for (const [value, why] of [
    ['10.9.0.128/25', /overlaps 10\.9\.0\.0\/24 of subnet .grey-v4. in the same network/],
    ['10.9.1.7/24', '10.9.1.7/24 is an address in a subnet; the subnet is 10.9.1.0/24. (rule cidr-canonical)'],
    ['10.9.1.0', /.+/],
    ['$(id)', /.+/],
  ] as const) {
    await cidr.fill(value)
    await dialog.getByRole('button', { name: 'Create subnet' }).click()
    await expectRefused(cidr, value, why)
    await expect(dialog.getByLabel('Subnet name')).toHaveValue('second')
  }
})

test('what a form knows by itself is told when its field is left, and the server is not asked; the first wrong field has the focus', async ({
  page,
}) => {
  const dialog = await openForm(page, 'Networks', 'Create subnet')
  const asked: string[] = []
  page.on('request', (request) => void (request.method() === 'POST' && asked.push(request.url())))
  const network = dialog.getByLabel('Network')
  await network.selectOption('Choose a network')
  await network.focus()
  // What is told makes the form taller while the button is down; the click is not lost.
  await dialog.getByLabel('DHCP').click()
  await expect(dialog.getByLabel('DHCP')).not.toBeChecked()
  await expectRefused(network, '', 'Choose a network.')
  const [name, cidr] = [dialog.getByLabel('Subnet name'), dialog.getByLabel('CIDR')]
  await cidr.fill('10.9.1.7/24')
  await cidr.press('Tab')
  await expectRefused(cidr, '10.9.1.7/24', '10.9.1.7/24 is an address in a subnet; the subnet is 10.9.1.0/24. (rule cidr-canonical)')
  await cidr.fill(ODD.cidr)
  await dialog.getByRole('button', { name: 'Create subnet' }).click()
  await expectRefused(network, '', 'Choose a network.')
  await expectRefused(name, '', 'Give a name. (rule name-not-empty)')
  await expect(network).toBeFocused()
  await network.selectOption(ODD.network)
  await expect(network).not.toHaveAttribute('aria-invalid')
  await dialog.getByRole('button', { name: 'Create subnet' }).click()
  await expect(name).toBeFocused()
  await name.fill('second')
  expect(asked).toEqual([])
  await dialog.getByRole('button', { name: 'Create subnet' }).click()
  await expectRefused(cidr, ODD.cidr, /overlaps 10\.9\.0\.0\/24 of subnet .grey-v4. in the same network/)
  await expect(cidr).toBeFocused()
})

test('a VLAN id that is taken is refused, and says by which network', async ({ page }) => {
  const dialog = await openForm(page, 'Networks', 'Create network')
  await dialog.getByLabel('Network name').fill('second')
  await dialog.getByLabel('Project').selectOption(ODD.project)
  await dialog.getByLabel('Type').selectOption('VLAN: tagged on a physical network')
  await dialog.getByLabel('Physical network').selectOption(ODD.physicalNetwork)
  const vlanId = dialog.getByLabel('VLAN id')
  await vlanId.fill(String(ODD.vlanId))
  await dialog.getByRole('button', { name: 'Create network' }).click()
  await expectRefused(
    vlanId,
    String(ODD.vlanId),
    new RegExp(`VLAN ${ODD.vlanId} on physical network .+ is taken by network .${ODD.network}`),
  )
  await vlanId.fill('5000')
  await dialog.getByRole('button', { name: 'Create network' }).click()
  await expectRefused(vlanId, '5000', /from 1 to 4094/)
  await expect(dialog.getByLabel('Network name')).toHaveValue('second')
})

test('a MAC address that is used twice is refused, and says by which port', async ({ page }) => {
  const dialog = await openForm(page, 'Ports', 'Create port')
  await dialog.getByLabel('Port name').fill('second')
  await dialog.getByLabel('Network').selectOption(ODD.network)
  const mac = dialog.getByLabel('MAC address')
  await mac.fill(ODD.macAddress)
  await dialog.getByRole('button', { name: 'Create port' }).click()
  await expectRefused(mac, ODD.macAddress, /is the MAC address of .taken. in the same network/)
  await mac.fill('01:00:5e:00:00:01')
  await dialog.getByRole('button', { name: 'Create port' }).click()
  await expectRefused(mac, '01:00:5e:00:00:01', /multicast/)
  await expect(dialog.getByLabel('Port name')).toHaveValue('second')
})

test('a method that no page has is refused', async ({ request }) => {
  expect((await request.fetch(consoleUrl, { method: 'TRACE' })).status()).toBe(405)
})
