// What a ping loses when a member of a gateway cluster is taken out by plan, and when it loses its power; and that a member that comes back serves again.

import { labExec, labUp } from '../lab'
import { findKeepers } from '../node/keeper'
import { addressOf, fabric, outside as outsideNode } from '../topology'
import { waitFor } from '../wait'
import { isReapplyEmpty, planAndApply } from './conduct'
import { letEverybodyIn } from './design'
import { applied, outside } from './floating-ip-proofs'
import { MEMBERS, VIP } from './gateway-design'
import { giveFloatingIp, PORT, proveInAndOut } from './gateway-proofs'
import { runInGuest } from './guest'
import { pingFromGuest, pingThrough } from './measured-ping'
import { listenOn } from './reach'
import type { RouterSide } from './router-design'
import { FAR_OUTSIDE, type RouterProof, type RouterStage } from './router-proofs'

const ROUTES_TIMEOUT_MS = 120_000
/** From the guest: as long as any of the events takes. */
const COUNT = 1_500

export const proveFailover: RouterProof = async (stage) => {
  const { api, design, onProgress, measured } = stage
  const [blue] = design.sides
  const id = design.clusterId!
  await letEverybodyIn(api)
  await listenOn(blue.guest, [PORT])
  const { address, id: floatingIpId } = await giveFloatingIp(stage, blue)
  const problems = await applied(stage, 'a floating IP')
  await waitForMembers(stage, address, MEMBERS.length)
  problems.push(...(await proveInAndOut(stage, address, blue)))
  await wakeUp(stage, address, blue)

  const leaving = await carrierOf(stage, address)
  onProgress(`taking ${leaving} out by plan`)
  const staying = MEMBERS.filter((name) => name !== leaving).map((name) => design.hostIds[name]!)
  await api.gatewayClusters.update({ id, patch: { memberHostIds: staying } })
  const removed = await through(address, blue, 'a member is taken out by plan', () => planAndApply(api))
  measured.push(...removed)
  problems.push(
    ...removed
      .filter(({ transmitted, received }) => received < transmitted)
      .map((each) => `${each.event}, and ${each.way} packets are lost`),
    ...((await isReapplyEmpty(api)) ? [] : ['planning again is not empty without a member']),
  )

  onProgress(`bringing ${leaving} back`)
  await api.gatewayClusters.update({ id, patch: { memberHostIds: MEMBERS.map((name) => design.hostIds[name]!) } })
  problems.push(...(await applied(stage, 'a member comes back')))
  await waitForMembers(stage, address, MEMBERS.length)
  await wakeUp(stage, address, blue)

  const dying = await carrierOf(stage, address)
  onProgress(`cutting the power of ${dying}`)
  measured.push(...(await through(address, blue, 'a member loses its power', () => cutPower(stage, dying))))
  problems.push(...(await proveInAndOut(stage, address, blue)))
  await labUp({ name: blue.guest.lab })
  problems.push(...(await applied(stage, 'the power is back')))
  await waitForMembers(stage, address, MEMBERS.length)
  problems.push(...(await proveInAndOut(stage, address, blue)))
  await api.floatingIps.remove({ id: floatingIpId })
  return problems
}

async function through(address: string, { guest }: RouterSide, event: string, happen: () => Promise<unknown>) {
  const fromGuest = await pingFromGuest(guest, FAR_OUTSIDE, event, COUNT)
  const fromOutside = await pingThrough(guest.lab, address, event, happen)
  return [fromOutside, await fromGuest()]
}

/** Each member hears once of the VM's host: the switch drops what goes to one that it has not heard of (lab/README.md). */
async function wakeUp(stage: RouterStage, address: string, { guest }: RouterSide): Promise<void> {
  const knock = `for port in $(seq 9001 9016); do nc -w 1 "$1" "$port" </dev/null & done; wait; true`
  await runInGuest(guest, ['sh', '-c', knock, 'sh', FAR_OUTSIDE])
  await outside(stage, ['sh', '-c', knock, 'sh', address])
}

const onFabric = async ({ design }: RouterStage, argv: readonly string[]): Promise<string> =>
  (await labExec(design.sides[0].guest.lab, fabric.name, argv)).stdout

/** Who is sent what comes from outside. */
async function carrierOf(stage: RouterStage, address: string): Promise<string> {
  const from = ['from', addressOf({ address: outsideNode.addresses[0] }), 'iif', fabric.legs[2].nic]
  const via = /via (\S+)/.exec(await onFabric(stage, ['ip', 'route', 'get', address, ...from]))?.[1]
  const { ports, hosts } = (await stage.api.topology.get()).topology
  const port = ports.find(
    ({ deviceId, fixedIps }) => deviceId === stage.design.clusterId && fixedIps.some(({ ipAddress }) => ipAddress === via),
  )
  const name = hosts.find(({ id }) => id === port?.hostId)?.name
  if (name === undefined) throw new Error(`nobody carries ${address}: ${via}`)
  return name
}

/** Until so many announce the address, and the VIP. */
async function waitForMembers(stage: RouterStage, address: string, count: number): Promise<void> {
  const announcing = async (each: string) => [...(await onFabric(stage, ['ip', 'route', 'show', each])).matchAll(/via /g)].length
  await waitFor(
    `${count} members`,
    async () => ((await announcing(address)) === count && (await announcing(VIP)) === count ? true : undefined),
    { timeoutMs: ROUTES_TIMEOUT_MS, everyMs: 250 },
  )
}

async function cutPower({ design }: RouterStage, host: string): Promise<void> {
  const pid = findKeepers(design.sides[0].guest.lab).get(host)?.pid
  if (pid === undefined) throw new Error(`${host} is not running`)
  process.kill(pid, 'SIGKILL')
}
