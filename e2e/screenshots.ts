// The README's pictures, from a running console with the sample design applied. By hand, not a test:
//   npx tsx e2e/screenshots.ts [--url http://127.0.0.1:3000]
// For the pictures of plan and trunk a VM and a trunk are put into the design, applied and taken out again. Nothing may be pending before.
// The nested one needs hosts that are VMs: `npm run -s scenario -- vlan-in-vlan --keep`, a console on the store it prints, and
//   npx tsx e2e/screenshots.ts --nested --url <that console>

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, expect, type Page } from '@playwright/test'
import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '@/server/api/router'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'
import { chromiumOptions } from './support/chromium'

const { values: options } = parseArgs({
  options: { url: { type: 'string', default: 'http://127.0.0.1:3000' }, nested: { type: 'boolean', default: false } },
})

const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${options.url}/api/trpc` })] })
const DIRECTORY = join('docs', 'images')
const THEMES = ['light', 'dark'] as const
const WAIT_MS = 90_000
/** Echo requests of the verification behind a picture with counters that move; five a second. It is cancelled then. */
const STEADY_PINGS = 100

interface Picture {
  readonly name: string
  readonly address: string
  /** In view when the page has everything. */
  readonly isReady: (page: Page) => Promise<void>
  /** Between these goes a ping while the picture is taken. */
  readonly pinged?: Ends
  /** A whole path is wider than most windows. */
  readonly isWide?: boolean
}

interface Ends {
  readonly from: string
  readonly to: string
}

const SLOW = { timeout: 30_000 } as const
const sees = (text: string | RegExp) => (page: Page) => expect(page.getByRole('main').getByText(text).first()).toBeVisible(SLOW)

async function main(): Promise<void> {
  const { topology, changes } = await api.topology.get.query()
  if (changes.length > 0) throw new Error('There are pending changes. Apply or discard them first.')
  mkdirSync(DIRECTORY, { recursive: true })
  return options.nested ? takeNested(topology) : takeSample(topology)
}

async function takeSample(topology: Topology): Promise<void> {
  const { near, far, network } = findPair(topology)
  const ends = { from: near.portIds[0]!, to: far.portIds[0]! }
  const verificationId = await verify(ends)
  await takePlan(near, network)
  await take([
    {
      name: 'topology',
      address: '/topology',
      isReady: (page) => expect(page.getByRole('button', { name: `VM ${far.name}` })).toBeVisible(SLOW),
    },
    { name: 'host', address: `/hosts/${near.hostId}`, isReady: sees('Open vSwitch') },
    { name: 'verification', address: `/verifications/${verificationId}`, isReady: sees('Ping') },
  ])
  await take([{ name: 'path', address: pathOf(ends, verificationId), isReady: hasRates, pinged: ends, isWide: true }])
  await takeTrunk(topology, near, far, network)
}

/** Two VMs of one VXLAN network on two hosts. */
function findPair({ networks, ports, vms }: Topology): { readonly near: Vm; readonly far: Vm; readonly network: Network } {
  for (const network of networks.filter(({ type }) => type === 'vxlan')) {
    const plugged = vms.filter((vm) => ports.some(({ id, networkId }) => id === vm.portIds[0] && networkId === network.id))
    const [near] = plugged
    const far = plugged.find(({ hostId }) => hostId !== near?.hostId)
    if (near && far) return { near, far, network }
  }
  throw new Error('There are no two VMs of a VXLAN network on two hosts. Apply the sample design first.')
}

async function takePlan(like: Vm, network: Network): Promise<void> {
  const extra = await addVm(like, 'web-3', { networkIds: [network.id] })
  try {
    const { id: planId } = await api.plans.create.mutate()
    await take([{ name: 'plan', address: `/changes?plan=${planId}&tab=commands`, isReady: sees('Commands') }])
  } finally {
    await api.vms.remove.mutate({ id: extra })
  }
}

/** A VM whose NIC is untagged in the VLAN network, and in VLAN 301 in the VXLAN network, where it pings `far`. */
async function takeTrunk({ networks, projects }: Topology, near: Vm, far: Vm, network: Network): Promise<void> {
  const projectId = projects[0]!.id
  const untagged = networks.find(({ type }) => type === 'vlan')!
  const subPorts = [{ networkId: network.id, segmentationType: 'vlan', segmentationId: 301 }]
  const { id } = await api.trunks.create.mutate({ projectId, name: 'edge-trunk', networkId: untagged.id, subPorts })
  const trunk = await api.trunks.get.query({ id })
  const vmId = await addVm(near, 'edge-1', { nics: [{ portId: trunk.portId }] })
  try {
    await apply()
    await expect
      .poll(async () => (await api.trunks.guestAgent.query({ id })).isAnswering, { timeout: WAIT_MS, message: 'guest agent' })
      .toBe(true)
    await api.trunks.configureGuest.mutate({ id })
    const from = trunk.subPorts[0]!.portId
    const ends = { from, to: far.portIds[0]! }
    const verificationId = await verify(ends)
    await take([
      { name: 'trunk', address: `/trunks/${id}?tab=plug&sel=${from}`, isReady: sees('What moves') },
      { name: 'trunk-path', address: pathOf(ends, verificationId), isReady: hasRates, pinged: ends, isWide: true },
    ])
  } finally {
    await api.vms.remove.mutate({ id: vmId })
    await api.trunks.remove.mutate({ id })
    for (const portId of [trunk.portId, ...trunk.subPorts.map((each) => each.portId)]) await api.ports.remove.mutate({ id: portId })
    await apply()
  }
}

/** Between the DHCP server and the VM of the network whose wire is another network's. The reading of hosts in hosts takes its time. */
async function takeNested({ physicalNetworks, networks, ports }: Topology): Promise<void> {
  const inner = physicalNetworks.find(({ carrierId }) => carrierId !== undefined)
  const network = networks.find(({ physicalNetworkId }) => inner && physicalNetworkId === inner.id)
  const [dhcp, guest] = ['network:dhcp', 'compute:nova'].map((owner) =>
    ports.find(({ networkId, deviceOwner }) => networkId === network?.id && deviceOwner === owner),
  )
  if (!dhcp || !guest) throw new Error('There is no inner network with a DHCP server and a VM. Keep the scenario vlan-in-vlan first.')
  const {
    items: [evidence],
  } = await api.verifications.list.query({})
  const address = pathOf({ from: dhcp.id, to: guest.id }, evidence?.id ?? '')
  await take([{ name: 'nested', address, isReady: isLive, isWide: true }])
}

const pathOf = ({ from, to }: Ends, verificationId: string): string => `/path?from=${from}&to=${to}&verification=${verificationId}`

/** All hosts were read while the page was open. */
async function isLive(page: Page): Promise<void> {
  await sees('All hops agree')(page)
  await expect(page.getByText(/^Live, every/)).toBeVisible({ timeout: WAIT_MS })
}

/** Both hosts were read again while the ping goes on, and Open vSwitch brought its counters up to date. */
async function hasRates(page: Page): Promise<void> {
  const rates = page.getByRole('table', { name: 'Hops' }).getByRole('row').filter({ hasText: /\d\/s/ })
  await expect.poll(() => rates.count(), SLOW).toBeGreaterThan(7)
  await expect(rates.filter({ has: page.getByRole('cell', { name: '0/s', exact: true }) })).toHaveCount(0, SLOW)
}

async function verify(ends: Ends): Promise<string> {
  const { verificationId: id } = await api.verifications.start.mutate(ends)
  const status = async () => (await api.verifications.get.query({ id })).status
  await expect.poll(status, { timeout: WAIT_MS, message: 'verification' }).toBe('passed')
  return id
}

async function whilePinging(ends: Ends | undefined, act: () => Promise<void>): Promise<void> {
  if (!ends) return act()
  const { verificationId } = await api.verifications.start.mutate({ ...ends, count: STEADY_PINGS })
  try {
    await act()
  } finally {
    await api.verifications.cancel.mutate({ verificationId })
  }
}

async function addVm(
  { projectId, hostId, memoryMib, vcpus, boot }: Vm,
  name: string,
  nics: { networkIds?: string[]; nics?: { portId: string }[] },
): Promise<string> {
  return (await api.vms.create.mutate({ projectId, name, hostId, ...nics, memoryMib, vcpus, boot })).id
}

async function apply(): Promise<void> {
  const { id: planId } = await api.plans.create.mutate()
  const { runId } = await api.runs.start.mutate({ planId })
  const status = async () => (await api.runs.get.query({ id: runId })).status
  await expect.poll(status, { timeout: WAIT_MS, message: 'run' }).toBe('succeeded')
}

async function take(pictures: readonly Picture[]): Promise<void> {
  const browser = await chromium.launch(chromiumOptions)
  try {
    for (const theme of THEMES) {
      const page = await browser.newPage({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const picture of pictures) await whilePinging(picture.pinged, () => takeOne(page, picture, theme))
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

async function takeOne(page: Page, { name, address, isReady, isWide = false }: Picture, theme: string): Promise<void> {
  await page.setViewportSize(isWide ? { width: 1920, height: 1080 } : { width: 1440, height: 900 })
  await page.goto(options.url + address)
  await isReady(page)
  await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible()
  await page.screenshot({ path: join(DIRECTORY, `${name}-${theme}.png`) })
  console.log(`${name}-${theme}.png`)
}

await main()
