// A VM with several networks on one NIC, in the browser: networks, trunk and VM are made, applied, set up in the guest by the
// console's own commands, looked at hop by hop, moved, and taken away again. Wrong input is refused at its field.

import type { Locator, Page } from '@playwright/test'
import { api } from './support/api'
import { dragFromPalette, openTopology } from './support/canvas'
import { planAndApply } from './support/changes'
import { fillVm, submit } from './support/design'
import { applyChanges, givenSample } from './support/given'
import { kernelCommandLine, onHost } from './support/lab'
import { hopRows, pickEnd } from './support/path'
import { sample } from './support/sample'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const TRUNK = 'edge-trunk'
const VM = 'edge-1'
const HOST = 'cmp1'
const NETWORKS = [
  { name: 'voice', cidr: '10.0.31.0/24' },
  { name: 'video', cidr: '10.0.32.0/24' },
] as const
const GUEST_VLANS = { voice: 301, video: 302 } as const
/** Booting under emulation, until the guest's agent answers. */
const BOOT_MS = 240_000

test.beforeAll(givenSample)

test.afterAll(async () => {
  const { topology } = await api.topology.get.query()
  for (const { id } of topology.vms.filter(({ name }) => name === VM)) await api.vms.remove.mutate({ id })
  for (const { id } of topology.trunks) await api.trunks.remove.mutate({ id })
  for (const { id, deviceOwner } of (await api.topology.get.query()).topology.ports)
    if (deviceOwner === '') await api.ports.remove.mutate({ id })
  for (const { id, name } of topology.networks) if (name !== sample.network) await api.networks.remove.mutate({ id })
  await applyChanges()
})

const trunkOf = async () => (await api.trunks.list.query()).find(({ name }) => name === TRUNK)!
const dialogOf = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const subPort = (dialog: Locator, number: number): Locator => dialog.getByRole('group', { name: `Subport ${number}` })

async function openTrunk(page: Page): Promise<void> {
  await visit(page, 'Trunks')
  await page.getByRole('table', { name: 'Trunks' }).getByRole('link', { name: TRUNK }).click()
  await expect(page.getByRole('heading', { name: TRUNK, level: 1 })).toBeVisible()
}

/** By the beginning of the option's words: behind them stand segment, project and reasons. */
async function choose(select: Locator, words: string): Promise<void> {
  const option = select
    .locator('option')
    .filter({ hasText: new RegExp(`^${words}`) })
    .first()
  await select.selectOption((await option.getAttribute('value')) ?? '')
}

test('an empty list says what a trunk is for', async ({ page }) => {
  await visit(page, 'Trunks')
  await expect(page.getByText('No trunks yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create trunk' })).toBeEnabled()
})

test('two networks are drawn', async ({ page }) => {
  await openTopology(page)
  for (const { name, cidr } of NETWORKS) {
    await dragFromPalette(page, 'Network', page.getByRole('region', { name: 'Topology canvas' }))
    const network = dialogOf(page, 'Create network')
    await network.getByLabel('Network name').fill(name)
    await submit(page, network, 'Create network', `Network ${name} created`)
    await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Subnet' }).click()
    const subnet = dialogOf(page, 'Create subnet')
    await subnet.getByLabel('Subnet name').fill(`${name}-v4`)
    await subnet.getByLabel('CIDR').fill(cidr)
    await submit(page, subnet, 'Create subnet', `Subnet ${name}-v4 created`)
    await page.keyboard.press('Escape')
  }
})

test('a trunk is made with two subports, ports and all in one edit', async ({ page }) => {
  await visit(page, 'Trunks')
  await page.getByRole('button', { name: 'Create trunk' }).click()
  const dialog = dialogOf(page, 'Create trunk')
  await dialog.getByLabel('Trunk name').fill(TRUNK)
  const parent = dialog.getByLabel('Parent port')
  // A NIC of a VM that runs cannot become one, and says why.
  const booted = parent.locator('option').filter({ hasText: `VM ${sample.vms[0].name} has booted with it` })
  await expect(booted).toHaveAttribute('disabled', '')
  await choose(parent, sample.network)
  for (const [at, { name }] of NETWORKS.entries()) {
    await dialog.getByRole('button', { name: 'Add subport' }).click()
    await choose(subPort(dialog, at + 1).getByLabel('Port', { exact: true }), name)
    await subPort(dialog, at + 1)
      .getByLabel('VLAN in the guest')
      .fill('301')
  }
  await dialog.getByRole('button', { name: 'Create trunk' }).click()
  const second = subPort(dialog, 2).getByLabel('VLAN in the guest')
  await expect(second).toHaveAccessibleDescription(/VLAN 301 of this trunk is taken .* \(rule trunk-segmentation-unique\)/)
  expect((await api.topology.get.query()).topology.ports.filter(({ deviceOwner }) => deviceOwner === '')).toEqual([])
  await second.fill(String(GUEST_VLANS.video))
  await submit(page, dialog, 'Create trunk', `Trunk ${TRUNK} created`)
  await expect(page.getByRole('heading', { name: TRUNK, level: 1 })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Subports' }).getByRole('row')).toHaveCount(3)
  await expect(page.getByText('The parent is used by no VM yet.')).toBeVisible()
})

test('a VM is created on the parent, and the plan wires all of it', async ({ page }) => {
  test.slow()
  await openTrunk(page)
  await page.getByRole('link', { name: 'Create VM on it' }).click()
  const dialog = dialogOf(page, 'Create VM')
  await expect(dialog.getByLabel('Network of eth0')).toHaveValue(`port:${(await trunkOf()).portId}`)
  await fillVm(dialog, { name: VM, host: HOST })
  await dialog.getByLabel('Kernel command line').fill(kernelCommandLine(VM))
  await submit(page, dialog, 'Create VM', `VM ${VM} created`)
  await planAndApply(page)
  await openTrunk(page)
  await expect(page.getByRole('main').getByText('ACTIVE', { exact: true })).toBeVisible()
  const { id, subPorts } = await trunkOf()
  const bridge = `tbr-${id.slice(0, 10)}`
  for (const { portId, segmentationId } of subPorts) {
    expect(await onHost(HOST, 'ovs-vsctl', 'get', 'Port', `spt-${portId.slice(0, 11)}`, 'tag')).toBe(String(segmentationId))
  }
  expect(await onHost(HOST, 'ovs-vsctl', 'list-ports', bridge)).toContain(`spt-${subPorts[0]!.portId.slice(0, 11)}`)
})

test('wrong subports are refused at their field, with the rule’s name', async ({ page }) => {
  await openTrunk(page)
  await page.getByRole('button', { name: 'Add subports' }).click()
  const dialog = dialogOf(page, /^Add subports/)
  const [port, id] = [subPort(dialog, 1).getByLabel('Port', { exact: true }), subPort(dialog, 1).getByLabel('VLAN in the guest')]
  await choose(port, 'voice')
  for (const [value, rule] of [
    ['0', 'trunk-segmentation-range'],
    ['4095', 'trunk-segmentation-range'],
    ['ten', 'trunk-segmentation-range'],
    ['', 'trunk-segmentation-range'],
    [String(GUEST_VLANS.voice), 'trunk-segmentation-unique'],
  ] as const) {
    await id.fill(value)
    await dialog.getByRole('button', { name: 'Add subport' }).last().click()
    await expect(id).toHaveAccessibleDescription(new RegExp(`rule ${rule}`))
    await expect(id).toHaveValue(value)
  }
  await subPort(dialog, 1).getByLabel('Type').selectOption('inherit')
  await dialog.getByRole('button', { name: 'Add subport' }).last().click()
  await expect(subPort(dialog, 1).getByLabel('Type')).toHaveAccessibleDescription(/rule trunk-inherit-vlan/)
  // A parent elsewhere cannot even be chosen.
  await expect(port.locator('option').filter({ hasText: `parent of ${TRUNK}` })).toHaveAttribute('disabled', '')
})

test('the guest’s commands are copied, agreed to and run', async ({ page, context }) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openTrunk(page)
  await page.getByRole('tab', { name: 'Guest' }).click()
  const [voice] = (await api.trunks.guestCommands.query({ id: (await trunkOf()).id })).filter(
    ({ device }) => device === `eth0.${GUEST_VLANS.voice}`,
  )
  await page.getByRole('button', { name: `Copy the commands of ${voice!.device}` }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(voice!.text)
  await expect(async () => {
    const again = page.getByRole('button', { name: 'Ask again' })
    if (await again.isVisible()) await again.click()
    await expect(page.getByText('The guest agent answers')).toBeVisible({ timeout: 15_000 })
  }).toPass({ timeout: BOOT_MS })
  await page.getByRole('button', { name: 'Run in the guest' }).click()
  const question = dialogOf(page, `Run in ${VM}?`)
  await expect(question.getByLabel('Commands', { exact: true })).toContainText(voice!.text)
  await expect(question.getByRole('button', { name: 'Run 6 commands' })).toBeDisabled()
  await question.getByLabel(/^I agree/).check()
  await question.getByRole('button', { name: 'Run 6 commands' }).click()
  for (const vlan of Object.values(GUEST_VLANS)) {
    await expect(page.getByRole('region', { name: `eth0.${vlan}` }).getByText('Done in the guest')).toBeVisible({ timeout: 120_000 })
  }
})

test('the path of a subport shows the trunk bridge, and the guest’s VLAN on the strip', async ({ page }) => {
  await visit(page, 'Path')
  await pickEnd(page, 'From', `${VM} eth0.${GUEST_VLANS.voice}`)
  await pickEnd(page, 'To', 'DHCP of voice')
  const { id, subPorts } = await trunkOf()
  const device = subPorts[0]!.portId.slice(0, 11)
  const drawing = page.getByRole('region', { name: 'Path' })
  for (const name of [`eth0.${GUEST_VLANS.voice}`, `tbr-${id.slice(0, 10)}`, `spt-${device}`, `spi-${device}`]) {
    await expect(drawing.getByRole('button', { name: `${name} on` })).toHaveCount(1)
  }
  await expect(drawing.getByRole('group', { name: 'Headers along the path' })).toHaveText(
    /^guest VLAN 301untagged(tag )?\d+( \(local\))?VNI \d+/,
  )
  await expect(hopRows(page).filter({ has: page.getByRole('cell', { name: `spt-${device}`, exact: true }) })).toContainText(
    `tag ${GUEST_VLANS.voice} (guest)`,
  )
})

test('the audit names the hop of a wrong tag that somebody set by hand', async ({ page }) => {
  const [voice] = (await trunkOf()).subPorts
  const device = `spt-${voice!.portId.slice(0, 11)}`
  await onHost(HOST, 'ovs-vsctl', 'set', 'Port', device, 'tag=309')
  await openTrunk(page)
  await page.getByRole('tab', { name: 'Audit' }).click()
  await page.getByRole('button', { name: 'Listen to the guest' }).click()
  const verdict = page.getByRole('status', { name: 'Verdict' })
  await expect(verdict).toContainText(
    `${device} of "${VM} eth0.${GUEST_VLANS.voice}" has tag 309, the guest uses VLAN ${GUEST_VLANS.voice}. Frames with VLAN ${GUEST_VLANS.voice} reach no network`,
  )
  const row = page
    .getByRole('table', { name: 'Audit' })
    .getByRole('row')
    .filter({ hasText: `eth0.${GUEST_VLANS.voice}` })
  await expect(row).toContainText('differs')
  await onHost(HOST, 'ovs-vsctl', 'set', 'Port', device, `tag=${GUEST_VLANS.voice}`)
})

test('its page fits a small window, and the keyboard opens and closes what is on it', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openTrunk(page)
  await page.getByRole('table', { name: 'Subports' }).getByRole('row').nth(1).focus()
  await page.keyboard.press('Enter')
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
  await page.getByRole('tab', { name: /^Subports/ }).focus()
  for (const tab of ['Guest', 'Before and after', 'Audit']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: tab, selected: true })).toBeFocused()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), tab).toBeLessThanOrEqual(0)
  }
})

test('before and after the trunk stand column under column', async ({ page }) => {
  await openTrunk(page)
  await page.getByRole('tab', { name: 'Before and after' }).click()
  const moves = page.getByRole('table', { name: 'What moves' })
  await expect(moves.getByRole('row').filter({ hasText: /^\+\s*tbr-/ })).toContainText('new')
  await page.getByLabel('Frames of').selectOption({ label: `VLAN ${GUEST_VLANS.video}: video` })
  await expect(page.getByRole('region', { name: 'After the trunk' })).toContainText(`guest VLAN ${GUEST_VLANS.video}`)
  await expect(page.getByRole('region', { name: 'Before the trunk' })).toContainText('untagged')
  await expect(moves.getByRole('row').filter({ hasText: 'eth1' })).toContainText('no longer needed')
})

test('a subport moves to another network in one edit, and all goes away again', async ({ page }) => {
  test.slow()
  await openTrunk(page)
  await page.getByRole('button', { name: `Move VLAN ${GUEST_VLANS.video} to another network` }).click()
  const move = dialogOf(page, /^Move /)
  await choose(move.getByLabel('To', { exact: true }), 'voice')
  await submit(page, move, 'Move subport', `VLAN ${GUEST_VLANS.video} moved`)
  await page.getByLabel(`Tick VLAN ${GUEST_VLANS.voice}`).check()
  await page.getByRole('button', { name: 'Remove 1 subport' }).click()
  const removal = dialogOf(page, /^Remove 1 subport/)
  await submit(page, removal, 'Remove 1 subport', '1 subport removed')
  await expect(page.getByRole('table', { name: 'Subports' }).getByRole('row')).toHaveCount(2)
  await planAndApply(page)
  await openTrunk(page)
  await expect(page.getByRole('main').getByText('ACTIVE', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Delete trunk' }).click()
  await submit(page, dialogOf(page, `Delete trunk ${TRUNK}?`), 'Delete trunk', `Deleted trunk ${TRUNK}`)
  await planAndApply(page)
  expect(await onHost(HOST, 'ovs-vsctl', 'list-br')).not.toContain('tbr-')
})
