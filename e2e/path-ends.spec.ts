// Ends of a path that are no ports, chosen in the browser by name and by address: somebody outside, and a floating IP. Both ways are drawn, and proven by
// packets. What can be no end is refused in words.

import { api } from './support/api'
import { applyChanges, givenSample } from './support/given'
import { hopRows, pickEnd, verdict, verification, verify } from './support/path'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })

/** Behind the upstream router of the lab's outside. */
const OUTSIDE = '198.51.100.10'
const FLOATING = '203.0.113.150'
const EXTERNAL = { name: 'ends-outside', cidr: '203.0.113.0/24', gatewayIp: '203.0.113.1' } as const
const [near] = sample.vms

let made: { readonly routerId: string; readonly networkId: string; readonly subnetId: string; readonly floatingId: string }

test.beforeAll(async () => {
  test.slow()
  await givenSample()
  const { topology } = await api.topology.get.query()
  const projectId = topology.projects.find(({ name }) => name === sample.project)?.id ?? ''
  const physicalNetworkId = topology.physicalNetworks.find(({ name }) => name === sample.physicalNetwork)?.id ?? ''
  const subnetId = topology.subnets.find(({ name }) => name === sample.subnet)?.id ?? ''
  const { id: networkId } = await api.networks.create.mutate({
    projectId,
    name: EXTERNAL.name,
    type: 'flat',
    physicalNetworkId,
    isExternal: true,
  })
  await api.subnets.create.mutate({
    networkId,
    name: `${EXTERNAL.name}-v4`,
    cidr: EXTERNAL.cidr,
    gatewayIp: EXTERNAL.gatewayIp,
    isDhcpEnabled: false,
    allocationPools: [{ start: '203.0.113.100', end: '203.0.113.199' }],
  })
  const { id: routerId } = await api.routers.create.mutate({ projectId, name: 'ends-router', gateway: { networkId } })
  await api.routers.addInterface.mutate({ id: routerId, subnetId })
  const { portId } = await readVm(near.name)
  const { id: floatingId } = await api.floatingIps.create.mutate({ projectId, networkId, ipAddress: FLOATING, fixedPortId: portId })
  made = { routerId, networkId, subnetId, floatingId }
  await applyChanges()
})

test.afterAll(async () => {
  await api.floatingIps.remove.mutate({ id: made.floatingId })
  await api.routers.removeInterface.mutate({ id: made.routerId, subnetId: made.subnetId })
  await api.routers.remove.mutate({ id: made.routerId })
  await api.networks.remove.mutate({ id: made.networkId })
  await applyChanges()
})

test('an address that nobody in the cloud has is somebody outside: the path leaves by a NIC, and every hop is proven', async ({ page }) => {
  test.slow()
  const { ipAddress } = await readVm(near.name)
  await page.goto('/path')
  await pickEnd(page, 'From', ipAddress)
  await pickEnd(page, 'To', OUTSIDE)
  await expect(page).toHaveURL(new RegExp(`to=${OUTSIDE.replaceAll('.', String.raw`\.`)}`))
  const drawing = page.getByRole('region', { name: 'Path', exact: true })
  await expect(drawing.getByRole('list', { name: 'Addresses and TTL' })).toContainText(`${FLOATING}`)
  await expect(drawing.getByRole('list', { name: 'MACs' }).getByRole('listitem').first()).toContainText('fa:16:3e:')
  await expect(hopRows(page).last()).toContainText('to 203.0.113.1 by ens38')
  await verify(page, 'passed')
  await expect(verdict(page)).toContainText('Proven')
})

test('a floating IP is asked for from outside, and the way in is proven by the replies of its VM', async ({ page }) => {
  test.slow()
  await page.goto('/path')
  await pickEnd(page, 'From', OUTSIDE)
  await pickEnd(page, 'To', FLOATING)
  await expect(page).toHaveURL(new RegExp(`to=${made.floatingId}`))
  await expect(page.getByRole('combobox', { name: 'To' })).toHaveValue(`${near.name} ${FLOATING}`)
  await expect(hopRows(page).first()).toContainText('outside')
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(verification(page)).toContainText(/nobody here can send from 198\.51\.100\.10|security group/, { timeout: 180_000 })
})

test('what can be no end is not offered, and what is the cloud’s own is told', async ({ page }) => {
  const { portId } = await readVm(near.name)
  await page.goto(`/path?from=${portId}`)
  const to = page.getByRole('combobox', { name: 'To' })
  for (const address of ['224.0.0.5', '127.0.0.1', '198.51.100.010']) {
    await to.click()
    await to.fill(address)
    await expect(page.getByRole('listbox', { name: 'To' })).toContainText('No port or floating IP')
    await to.press('Escape')
  }
  await page.goto(`/path?from=${portId}&to=10.0.5.200`)
  await expect(page.getByText(`10.0.5.200 is not outside: it is an address of ${sample.network}, and no port has it.`)).toBeVisible()
})

test('search by the address of a floating IP offers the path to it', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find or do' })
  await expect(palette).toBeVisible()
  await page.keyboard.type(FLOATING)
  await palette.getByRole('option', { name: `Path to ${near.name}` }).click()
  await expect(page).toHaveURL(new RegExp(`/path\\?to=${made.floatingId}`))
})
