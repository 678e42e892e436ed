// The README's pictures, from a running console with the sample design applied. By hand, not a test:
//   npx tsx e2e/screenshots.ts [--url http://127.0.0.1:3000]
// For the plan's picture a VM is put into the design and taken out again; hosts are only read. Nothing may be pending before.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, expect, type Page } from '@playwright/test'
import { createTRPCClient, httpLink } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '@/server/api/router'
import type { Topology, Vm } from '@/server/core/topology/topology'
import { chromiumOptions } from './support/chromium'

const { values: options } = parseArgs({ options: { url: { type: 'string', default: 'http://127.0.0.1:3000' } } })

const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${options.url}/api/trpc`, transformer: superjson })] })
const DIRECTORY = join('docs', 'images')
const THEMES = ['light', 'dark'] as const
const WAIT_MS = 90_000

interface Picture {
  readonly name: string
  readonly address: string
  /** In view when the page has everything. */
  readonly isReady: (page: Page) => Promise<void>
}

const sees = (text: string | RegExp) => (page: Page) => expect(page.getByRole('main').getByText(text).first()).toBeVisible({ timeout: 30_000 })

async function main(): Promise<void> {
  const { topology, changes } = await api.topology.get.query()
  if (changes.length > 0) throw new Error('There are pending changes. Apply or discard them first.')
  const [near, far] = findPair(topology)
  const verificationId = await verify(near, far)
  const extra = await addVm(near, topology)
  try {
    const { id: planId } = await api.plans.create.mutate()
    await take([{ name: 'plan', address: `/changes?plan=${planId}&tab=commands`, isReady: sees('Commands') }])
  } finally {
    await api.vms.remove.mutate({ id: extra })
  }
  const ends = `from=${near.portIds[0]}&to=${far.portIds[0]}`
  await take([
    { name: 'overview', address: '/', isReady: sees('Last verification') },
    { name: 'topology', address: '/topology', isReady: (page) => expect(page.getByRole('button', { name: `VM ${far.name}` })).toBeVisible({ timeout: 30_000 }) },
    { name: 'host', address: `/hosts/${near.hostId}`, isReady: sees('Open vSwitch') },
    { name: 'path', address: `/path?${ends}&verification=${verificationId}`, isReady: sees(/^\+?[\d.]+k?\/s$/) },
    { name: 'verification', address: `/verifications/${verificationId}`, isReady: sees('Ping') },
  ])
}

/** Two VMs of one VXLAN network on two hosts. */
function findPair({ networks, ports, vms }: Topology): readonly [Vm, Vm] {
  for (const network of networks.filter(({ type }) => type === 'vxlan')) {
    const plugged = vms.filter((vm) => ports.some(({ id, networkId }) => id === vm.portIds[0] && networkId === network.id))
    const [near] = plugged
    const far = plugged.find(({ hostId }) => hostId !== near?.hostId)
    if (near && far) return [near, far]
  }
  throw new Error('There are no two VMs of a VXLAN network on two hosts. Apply the sample design first.')
}

async function verify(near: Vm, far: Vm): Promise<string> {
  const ends = { sourcePortId: near.portIds[0] ?? '', destinationPortId: far.portIds[0] ?? '' }
  const { verificationId: id } = await api.verifications.start.mutate(ends)
  const status = async () => (await api.verifications.get.query({ id })).status
  await expect.poll(status, { timeout: WAIT_MS, message: 'verification' }).toBe('passed')
  return id
}

async function addVm({ projectId, hostId, memoryMib, vcpus, boot, portIds }: Vm, { ports }: Topology): Promise<string> {
  const networkIds = ports.filter(({ id }) => portIds.includes(id)).map(({ networkId }) => networkId)
  return (await api.vms.create.mutate({ projectId, name: 'web-3', hostId, networkIds, memoryMib, vcpus, boot })).id
}

async function take(pictures: readonly Picture[]): Promise<void> {
  const browser = await chromium.launch(chromiumOptions)
  try {
    for (const theme of THEMES) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })
      for (const { name, address, isReady } of pictures) {
        await page.goto(options.url + address)
        await isReady(page)
        await expect(page.getByRole('status').filter({ hasText: /^Live$/ })).toBeVisible()
        await page.screenshot({ path: join(DIRECTORY, `${name}-${theme}.png`) })
        console.log(`${name}-${theme}.png`)
      }
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

mkdirSync(DIRECTORY, { recursive: true })
await main()
