// What is proven of a distributed router that translates, seen from the lab's outside client: its VMs leave with the address of its gateway, by ping and by
// TCP, one with a floating IP by its own; nobody gets out while SNAT is off; its central part moves to another host; and one edit makes the router a
// centralized one, and back.

import { setTimeout as delay } from 'node:timers/promises'
import { snatNamespace } from '@/server/core/naming'
import { labExec } from '../lab'
import { applied, outside } from './floating-ip-proofs'
import { runInGuest } from './guest'
import type { RouterSide } from './router-design'
import { FAR_OUTSIDE, PING, type RouterProof, type RouterStage } from './router-proofs'

const PORT = 8080

export const proveSnat: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const { projectId, gateway } = await api.routers.get({ id: design.routerId })
  const own = await addressOf(stage, gateway!.portId)
  const [blue, green] = design.sides
  const problems: string[] = []
  const prove = async (when: string, found: Promise<readonly string[]>) => {
    problems.push(...(await found).map((problem) => `${when}: ${problem}`))
  }
  const edit = async (when: string, made: Promise<unknown>) => {
    onProgress(when)
    await made
    problems.push(...(await applied(stage, when)))
  }
  const change = (patch: { isDistributed?: boolean; gateway?: { networkId: string; ipAddress?: string; isSnatEnabled?: boolean } }) =>
    api.routers.update({ id: design.routerId, patch })
  const translating = (isSnatEnabled: boolean) => change({ gateway: { networkId: design.externalId!, isSnatEnabled } })

  onProgress('leaving by the network host')
  for (const side of design.sides) await prove('at first', proveLeaves(stage, side, own))

  const floatingIp = api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: blue.portId })
  await edit('a VM has a floating IP', floatingIp)
  const { id, ipAddress } = await api.floatingIps.get(await floatingIp)
  await prove('a VM has a floating IP', proveLeaves(stage, blue, ipAddress!))
  await prove('another VM has a floating IP', proveLeaves(stage, green, own))
  await edit('no VM has a floating IP', api.floatingIps.remove({ id }))
  await prove('no VM has a floating IP', proveLeaves(stage, blue, own))

  await edit('SNAT is off', translating(false))
  await prove('SNAT is off', proveStays(blue))
  await prove('SNAT is off', proveGone(stage, 'net1'))
  await edit('SNAT is on again', translating(true))
  await prove('SNAT is on again', proveLeaves(stage, green, own))

  const other = own.replace(/\d+$/, '177')
  await edit('the gateway has another address', change({ gateway: { networkId: design.externalId!, ipAddress: other } }))
  await prove('the gateway has another address', proveLeaves(stage, green, other))

  // To a host that has a VM of the router as well.
  const hostId = design.hostIds[blue.guest.host]!
  await api.hosts.update({ id: hostId, patch: { roles: ['compute', 'network'] } })
  await edit('the central part moves', api.routers.update({ id: design.routerId, patch: { hostId } }))
  for (const side of design.sides) await prove('the central part has moved', proveLeaves(stage, side, other))
  await prove('the central part has moved', proveGone(stage, 'net1'))

  await edit('the router is centralized', change({ isDistributed: false }))
  await prove('the router is centralized', proveLeaves(stage, blue, other))
  await prove('the router is centralized', proveGone(stage, blue.guest.host))
  await edit('the router is distributed again', change({ isDistributed: true }))
  for (const side of design.sides) await prove('the router is distributed again', proveLeaves(stage, side, other))
  return problems
}

async function addressOf({ api }: RouterStage, portId: string): Promise<string> {
  return (await api.topology.get()).topology.ports.find(({ id }) => id === portId)!.fixedIps[0]!.ipAddress
}

/** By ping and by TCP, and who is outside sees that address and no other. */
async function proveLeaves(stage: RouterStage, { guest }: RouterSide, address: string): Promise<string[]> {
  const capture = `(icmp[icmptype] == icmp-echo or (tcp[tcpflags] & tcp-syn != 0 and dst port ${PORT})) and dst ${FAR_OUTSIDE}`
  const heard = outside(stage, ['timeout', '30', 'tcpdump', '-nlc', '4', '-i', 'eth0', capture])
  const said = outside(stage, ['timeout', '30', 'nc', '-l', FAR_OUTSIDE, String(PORT)])
  // Until they listen.
  await delay(1_000)
  const ping = await runInGuest(guest, ['sh', '-c', PING, 'sh', FAR_OUTSIDE])
  await runInGuest(guest, ['sh', '-c', 'echo hello | nc -w 3 "$1" "$2" || true', 'sh', FAR_OUTSIDE, String(PORT)])
  const sources = new Set([...(await heard).matchAll(/IP ((?:\d+\.){3}\d+)(?:\.\d+)? > /g)].map(([, source]) => source))
  const who = `the VM on ${guest.host}`
  return [
    ...(ping.includes(' 3 received') ? [] : [`${who} does not reach the outside: ${ping}`]),
    ...((await said).includes('hello') ? [] : [`${who} does not reach the outside by TCP`]),
    ...(sources.size === 1 && sources.has(address) ? [] : [`${who} is not seen outside as ${address}: ${[...sources].join(', ')}`]),
  ]
}

async function proveStays({ guest }: RouterSide): Promise<string[]> {
  const ping = await runInGuest(guest, ['sh', '-c', PING, 'sh', FAR_OUTSIDE])
  return ping.includes(' 0 received') ? [] : [`the VM on ${guest.host} reaches the outside: ${ping}`]
}

async function proveGone(stage: RouterStage, host: string): Promise<string[]> {
  const netns = snatNamespace(stage.design.routerId)
  const { stdout } = await labExec(stage.design.sides[0].guest.lab, host, ['ip', 'netns', 'list'])
  return stdout.includes(netns) ? [`${netns} is still on ${host}`] : []
}
