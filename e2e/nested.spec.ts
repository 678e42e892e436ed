// VLAN in VLAN in the browser: a wire inside the wire whose VLANs must not meet the outer ones, an uplink plugged into a running
// VM, and a path that zooms in and out of hosts that are VMs. Nothing boots inside the practice VMs, so what is in them is drawn
// from the design alone; `npm run scenario -- vlan-in-vlan` proves it with packets.

import { api } from './support/api'
import { makePlan, expectApplied, startApply } from './support/changes'
import { openTab, pressForNews, submit } from './support/design'
import { applyChanges, givenSample } from './support/given'
import { onHost } from './support/lab'
import { pickEnd } from './support/path'
import { sample } from './support/sample'
import { expect, test } from './support/test'
import { visit } from './support/visit'

test.describe.configure({ mode: 'serial' })

const INNER = 'inner'
const [OUTER, OTHER] = sample.vms
const PROVIDER_BRIDGE = 'br-ens38'

test.beforeAll(givenSample)

test.afterAll(async () => {
  // What is inside was never applied.
  await api.changes.discard.mutate()
  const { topology } = await api.topology.get.query()
  for (const { id } of topology.nestedUplinks) await api.nestedUplinks.remove.mutate({ id })
  for (const { id, name } of topology.physicalNetworks) if (name === INNER) await api.physicalNetworks.remove.mutate({ id })
  await applyChanges()
})

test('VLANs of an inner wire that meet the outer one’s are refused at their field', async ({ page }) => {
  await openTab(page, 'Physical networks')
  await page.getByRole('button', { name: 'Create physical network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create physical network' })
  await dialog.getByLabel('Physical network name').fill(INNER)
  await dialog.getByLabel('On the wire of').selectOption(sample.physicalNetwork)
  const ranges = dialog.getByLabel('VLAN ranges')
  await ranges.fill('150-250')
  await dialog.getByRole('button', { name: 'Create physical network' }).click()
  await expect(ranges).toHaveAccessibleDescription(
    /share a wire, and the VLAN ranges of both have VLANs 150 to 199: .*injected into a foreign network.*rule wire-vlan-ranges/,
  )
  await ranges.fill('1200-1299')
  await submit(page, dialog, 'Create physical network', `Physical network ${INNER} created`)
  await expect(page.getByRole('table', { name: 'Physical networks' }).getByRole('row', { name: INNER })).toContainText(
    sample.physicalNetwork,
  )
  await visit(page, 'Changes')
  await expect(page.getByText(/travels on the wire of .* but no VM has a nested uplink .*rule carrier-without-uplink/)).toBeVisible()
})

test('an uplink is plugged into a VM that runs, and the plan warns of what it opens', async ({ page }) => {
  const domainId = await readDomainId()
  await openTab(page, 'VMs')
  await page.getByRole('table', { name: 'VMs' }).getByRole('row').filter({ hasText: OUTER.name }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const add = inspector.getByRole('button', { name: `Add nested uplink to ${sample.physicalNetwork}` })
  await pressForNews(page, add, `Nested uplink to ${sample.physicalNetwork} added`)
  await expect(inspector.getByText(`qvb-data ═ qvo-data → ${PROVIDER_BRIDGE}`)).toBeVisible()
  await makePlan(page)
  await expect(page.getByText('1 thing to know before applying')).toBeVisible()
  await expect(page.getByRole('main').getByText(/past br-int, its security groups and its anti-spoofing/)).toBeVisible()
  await startApply(page)
  await expectApplied(page)
  expect((await onHost(OUTER.host, 'ovs-vsctl', 'list-ports', PROVIDER_BRIDGE)).split('\n')).toContain('qvo-data')
  expect(await readDomainId(), 'the VM runs on').toBe(domainId)
})

/** libvirt gives another one whenever a VM starts. */
async function readDomainId(): Promise<string> {
  const vm = (await api.vms.list.query()).find(({ name }) => name === OUTER.name)!
  return onHost(OUTER.host, 'virsh', 'domid', `instance-${vm.id.slice(0, 8)}`)
}

test('the path between inner VMs nests in the outer ones, and zooms in and out of them', async ({ page }) => {
  await drawInnerCloud()
  await visit(page, 'Path')
  await pickEnd(page, 'From', 'deep-1')
  await pickEnd(page, 'To', 'deep-2')
  const drawing = page.getByRole('region', { name: 'Path' })
  const uplink = drawing.getByRole('button', { name: 'qvo-data on' }).first()
  const [outerHost, innerPatch] = [
    drawing.getByRole('button', { name: `${OUTER.name} = in1` }),
    drawing.getByRole('button', { name: 'int-br-eth1 on in1' }),
  ]
  await expect(innerPatch).toBeVisible()
  await expect(uplink).toBeVisible()
  await outerHost.click()
  await expect(innerPatch).toHaveCount(0)
  const folded = drawing.getByRole('button', { name: `${OUTER.name} on ${OUTER.host}` })
  await expect(folded).toContainText(/host in1, 9 hops inside/)
  await page.reload()
  await folded.click()
  await expect(innerPatch).toBeVisible()
})

/** Two hosts that are the sample's VMs, never entered, with a VLAN network between them and a VM on each. */
async function drawInnerCloud(): Promise<void> {
  const { topology } = await api.topology.get.query()
  const outer = topology.physicalNetworks.find(({ name }) => name === sample.physicalNetwork)!
  const inner = topology.physicalNetworks.find(({ name }) => name === INNER)!
  const { id: projectId } = topology.projects[0]!
  const other = topology.vms.find(({ name }) => name === OTHER.name)!
  await api.nestedUplinks.create.mutate({ vmId: other.id, physicalNetworkId: outer.id })
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: 'inner-blue', type: 'vlan', physicalNetworkId: inner.id })
  await api.subnets.create.mutate({ networkId, name: 'inner-blue', cidr: '10.9.0.0/24', isDhcpEnabled: false })
  for (const [index, { name }] of sample.vms.entries()) {
    const vm = topology.vms.find((each) => each.name === name)!
    const hostId = await registerUnentered(`in${index + 1}`, index + 1, vm.id, inner.id)
    await api.vms.create.mutate({
      projectId,
      name: `deep-${index + 1}`,
      hostId,
      networkIds: [networkId],
      memoryMib: 64,
      vcpus: 1,
      boot: vm.boot,
    })
  }
}

/** Without a fingerprint nothing connects. */
async function registerUnentered(name: string, port: number, vmId: string, physicalNetworkId: string): Promise<string> {
  const bridgeMappings = [{ physicalNetworkId, bridge: 'br-eth1', nic: 'eth1' }]
  const { id } = await api.hosts.register.mutate({
    name,
    address: '127.0.0.1',
    port,
    user: 'root',
    auth: { kind: 'agent' },
    roles: ['compute'],
    virtType: 'qemu',
    vmId,
    bridgeMappings,
  })
  await api.hosts.setPrepared.mutate({ id, isPrepared: true })
  return id
}
