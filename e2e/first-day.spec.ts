// The main job, in the browser only: from an empty console to a proven path between two VMs on two hosts.

import { readFileSync } from 'node:fs'
import { applyButton, expectApplied, makePlan } from './support/changes'
import { createPhysicalNetwork, createProject, fillVm, submit } from './support/design'
import { dragFromPalette, networkCard, openTopology } from './support/canvas'
import { givenNothing } from './support/given'
import { openHost, registerHost, setPrepared, wireHost } from './support/hosts'
import { hostNames, onHost } from './support/lab'
import { hopRows, openPath, pickEnd, verdict, verification, verify } from './support/path'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })
test.beforeAll(givenNothing)

const [web1, web2] = sample.vms

test('an empty console says what to do first', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'First steps' })).toBeVisible()
  await expect(page.getByText('Register hosts', { exact: true })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Register host' }).click()
  await expect(page.getByRole('dialog', { name: 'Register host' })).toBeVisible()
})

test('hosts are registered after their fingerprints were compared', async ({ page }) => {
  for (const name of hostNames) await registerHost(page, name)
  await visit(page, 'Hosts')
  const rows = page.getByRole('table', { name: 'Hosts' }).getByRole('row', { name: /Reachable/ })
  await expect(rows).toHaveCount(hostNames.length)
})

test('a project and a physical network are created, hosts are wired and prepared', async ({ page }) => {
  await createProject(page, sample.project)
  await createPhysicalNetwork(page, sample.physicalNetwork, '100-199')
  for (const name of hostNames) {
    await wireHost(page, name)
    await setPrepared(page, name, true)
  }
})

test('a network is dragged onto the canvas and gets a subnet', async ({ page }) => {
  await openTopology(page)
  await dragFromPalette(page, 'Network', page.getByRole('region', { name: 'Topology canvas' }))
  const network = page.getByRole('dialog', { name: 'Create network' })
  await network.getByLabel('Network name').fill(sample.network)
  await expect(network.getByLabel('Project')).toHaveValue(/.+/)
  await submit(page, network, 'Create network', `Network ${sample.network} created`)
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Subnet' }).click()
  const subnet = page.getByRole('dialog', { name: 'Create subnet' })
  await subnet.getByLabel('Subnet name').fill(sample.subnet)
  await subnet.getByLabel('CIDR').fill(sample.cidr)
  await submit(page, subnet, 'Create subnet', `Subnet ${sample.subnet} created`)
  await expect(page.getByRole('button', { name: `Subnet ${sample.cidr}` })).toBeVisible()
})

test('VMs are dragged onto the network, one per host', async ({ page }) => {
  await openTopology(page)
  for (const { name, host } of sample.vms) {
    await dragFromPalette(page, 'VM', networkCard(page, sample.network))
    const dialog = page.getByRole('dialog', { name: 'Create VM' })
    await expect(dialog.getByLabel('Network of eth0')).toHaveValue(/.+/)
    await fillVm(dialog, { name, host })
    await submit(page, dialog, 'Create VM', `VM ${name} created`)
    await expect(page.getByRole('button', { name: `VM ${name}` })).toBeVisible()
  }
  await expect(page.getByText('created since the last applied revision').first()).toBeAttached()
})

test('the plan shows every change, command and port before anything runs', async ({ page }) => {
  await visit(page, 'Changes')
  const pending = page.getByRole('table', { name: 'Pending changes' })
  for (const name of [...hostNames, sample.network, sample.subnet, web1.name, web2.name]) {
    await expect(pending.getByRole('row').filter({ hasText: name }).first()).toBeVisible()
  }
  await makePlan(page)
  const objects = page.getByRole('list', { name: 'Changes' })
  for (const heading of ['Design', ...hostNames]) await expect(objects.getByRole('heading', { name: heading })).toBeVisible()
  await page.getByRole('tab', { name: /^Commands/ }).click()
  for (const name of hostNames) {
    await expect(page.getByRole('region', { name: `Commands on ${name}` })).toContainText('ovs-vsctl')
  }
  await page.getByRole('tab', { name: /^Blast radius/ }).click()
  await expect(page.getByText('No port loses packets; 3 ports are new.')).toBeVisible()
  for (const { host } of sample.vms) expect(await onHost(host, 'ovs-vsctl', 'list-br')).toBe('')
})

test('the plan is applied, step by step in view', async ({ page }) => {
  await makePlan(page)
  await applyButton(page).click()
  await expect(page.getByRole('status', { name: 'State of the run' })).toContainText(/Reading the hosts|Changing the hosts|Reading back/)
  for (const name of hostNames) await expect(page.getByRole('progressbar', { name: `Progress on ${name}` })).toBeVisible()
  await expectApplied(page)
  await expect(page.getByRole('button', { name: 'Cancel run' })).toBeHidden()
  await expect(page.getByText('The hosts were read back and have what the design says.')).toBeVisible()
  await visit(page, 'Topology')
  await expect(page.getByRole('button', { name: `VM ${web1.name}` })).toBeVisible()
  await expect(page.getByText('since the last applied revision')).toHaveCount(0)
})

test('the path shows every hop, and the headers that the hosts really put on', async ({ page }) => {
  await visit(page, 'Path')
  await pickEnd(page, 'From', web1.name)
  await pickEnd(page, 'To', web2.name)
  const drawing = page.getByRole('region', { name: 'Path' })
  const [near, far] = [await readVm(web1.name), await readVm(web2.name)]
  for (const device of [near.tap, near.qbr, near.qvb, near.qvo, far.qvo, far.qvb, far.qbr, far.tap]) {
    await expect(drawing.getByRole('button', { name: `${device} on` })).toHaveCount(1)
  }
  for (const [vm, host] of [
    [near, web1.host],
    [far, web2.host],
  ] as const) {
    expect(await onHost(host, 'ovs-vsctl', 'get', 'Port', vm.qvo, 'tag')).toBe(String(vm.localVlan))
  }
  const strip = drawing.getByRole('group', { name: 'Headers along the path' })
  await expect(strip).toHaveText(headersOf(near.localVlan, near.vni, far.localVlan))
})

/** untagged → local VLAN → VNI → local VLAN → untagged, each as long as its stretch allows; below it one pair of MACs and of addresses, all the way. */
function headersOf(nearVlan: number, vni: number, farVlan: number): RegExp {
  const local = (vlan: number) => `(tag )?${vlan}( \\(local\\))?`
  return new RegExp(
    `^untagged${local(nearVlan)}VNI ${vni}${local(farVlan)}untagged(\\S{17})→ (?!\\5)\\S{17}[\\d.]{7,}  TTL 64→ [\\d.]{7,}$`,
  )
}

test('the path is proven at every hop', async ({ page }) => {
  test.slow()
  await openPath(page, web1.name, web2.name)
  await verify(page, 'passed')
  await expect(verification(page)).toContainText('5 of 5 pings answered')
  await expect(verdict(page)).toContainText('All hops agree')
  const rows = hopRows(page)
  await expect(rows.filter({ hasText: 'as expected' })).not.toHaveCount(0)
  await expect(rows.filter({ hasText: /nothing seen|no (?:replies|requests) seen|seen, but different/ })).toHaveCount(0)
  for (const vm of [await readVm(web1.name), await readVm(web2.name)]) {
    for (const device of [vm.tap, vm.qvo]) {
      await expect(rows.filter({ has: page.getByRole('cell', { name: device, exact: true }) })).toContainText('as expected')
    }
  }
  await page.getByRole('link', { name: 'Open evidence' }).click()
  await expect(page.getByRole('table', { name: 'DHCP' }).getByRole('row', { name: /lease and guest agree/ })).toHaveCount(2)
})

test('a kept capture is downloaded as pcap', async ({ page }) => {
  await visit(page, 'Verifications')
  await page
    .getByRole('table', { name: 'Verifications' })
    .getByRole('row', { name: /Passed/ })
    .first()
    .click()
  const { tap } = await readVm(web1.name)
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: `Download pcap of ${tap}` }).click()
  const file = readFileSync(await (await waiting).path())
  expect(pcapMagics).toContain(file.subarray(0, 4).toString('hex'))
})

/** Microseconds or nanoseconds, little or big endian (pcap-savefile(5)). */
const pcapMagics = ['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d']

test('planning again finds nothing to do', async ({ page }) => {
  await makePlan(page)
  await expect(page.getByText('Nothing changes', { exact: true })).toBeVisible()
  await expect(applyButton(page)).toBeDisabled()
  await expect(applyButton(page)).toHaveAccessibleDescription('Nothing to do: the hosts already have what the design says.')
})

test('what is in view is in the URL: it survives a reload, and Back works', async ({ page }) => {
  await openHost(page, 'cmp1')
  await page.getByRole('tab', { name: 'Facts and tools' }).click()
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Facts and tools', selected: true })).toBeVisible()

  const { portId, qvo } = await readVm(web1.name)
  await openPath(page, web1.name, web2.name)
  await page
    .getByRole('region', { name: 'Path' })
    .getByRole('button', { name: `${qvo} on` })
    .click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('heading', { name: qvo })).toBeVisible()
  await page.reload()
  await expect(inspector.getByRole('heading', { name: qvo })).toBeVisible()

  await page.getByRole('button', { name: 'Swap ends' }).click()
  await expect(page).toHaveURL(new RegExp(`to=${portId}`))
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`from=${portId}`))
  await expect(page.getByRole('combobox', { name: 'From' })).toHaveValue(new RegExp(web1.name))
})
