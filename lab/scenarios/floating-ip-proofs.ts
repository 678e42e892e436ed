// What is proven of a floating IP, from the lab's outside client: it is pinged and reached by TCP, and the VM reaches out with it for a source; it moves to
// another VM, and one host alone answers for it then; without it nobody is reached.

import { setTimeout as delay } from 'node:timers/promises'
import { labExec } from '../lab'
import { isReapplyEmpty, planAndApply } from './conduct'
import { letEverybodyIn } from './design'
import { runInGuest, waitForAddresses } from './guest'
import { listenOn } from './reach'
import type { RouterSide } from './router-design'
import { FAR_OUTSIDE, PING, type RouterProof, type RouterStage } from './router-proofs'

const PORT = 8080
const BOOT_TIMEOUT_MS = 300_000

export const proveFloatingIps: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const [blue, green] = design.sides
  await letEverybodyIn(api)
  for (const { guest } of design.sides) await listenOn(guest, [PORT])
  const { projectId, isDistributed } = await api.routers.get({ id: design.routerId })
  onProgress('giving a VM a floating IP')
  const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: blue.portId })
  const address = await floatingAddressOf(stage, id)
  const given = [...(await applied(stage, 'giving it')), ...(await proveReached(stage, address, blue))]
  onProgress('moving it to the other VM')
  await api.floatingIps.update({ id, patch: { fixedPortId: green.portId } })
  const listening = await listenToAnswers(stage, address)
  const moving = await applied(stage, 'moving it')
  const moved = [
    ...moving,
    ...(await proveOneAnswered(stage, address, listening, isDistributed)),
    ...(await proveReached(stage, address, green)),
  ]
  onProgress('taking it away')
  await api.floatingIps.update({ id, patch: { fixedPortId: null } })
  const taken = await applied(stage, 'taking it away')
  const answers = await outside(stage, ['arping', '-c', '3', '-w', '3', '-I', 'eth0', address])
  if (answers.includes('reply from')) taken.push(`somebody answers for ${address}: ${answers}`)
  await api.floatingIps.remove({ id })
  return [...given, ...moved, ...taken]
}

/** A VM that moves keeps its floating IP, and its new host alone answers for it. */
export const proveMovedVm: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const [{ vmId, portId, guest, address: own }, green] = design.sides
  const { projectId } = await api.routers.get({ id: design.routerId })
  onProgress('moving a VM with its floating IP')
  const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: portId })
  const problems = await applied(stage, 'giving it')
  const address = await floatingAddressOf(stage, id)
  const listening = await listenToAnswers(stage, address)
  await api.vms.update({ id: vmId, patch: { hostId: design.hostIds[green.guest.host]! } })
  problems.push(...(await applied(stage, 'moving its VM')), ...(await proveOneAnswered(stage, address, listening, true)))
  const moved = { ...guest, host: green.guest.host }
  await waitForAddresses(moved, [own], BOOT_TIMEOUT_MS)
  await listenOn(moved, [PORT])
  problems.push(...(await proveReached(stage, address, { ...design.sides[0], guest: moved })))
  await api.floatingIps.remove({ id })
  return problems
}

export async function floatingAddressOf({ api }: RouterStage, id: string): Promise<string> {
  const { floatingIps, ports } = (await api.topology.get()).topology
  const portId = floatingIps.find((each) => each.id === id)?.portId
  return ports.find((port) => port.id === portId)!.fixedIps[0]!.ipAddress
}

export async function applied({ api }: RouterStage, what: string): Promise<string[]> {
  await planAndApply(api)
  return (await isReapplyEmpty(api)) ? [] : [`planning again is not empty after ${what}`]
}

const labOf = ({ design }: RouterStage): string => design.sides[0].guest.lab
export const outside = async (stage: RouterStage, argv: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await labExec(labOf(stage), 'outside', argv)
  return `${stdout}${stderr}`
}

/** Asks for the address as often as answers come, and keeps who answers; tells where. All of it goes on when this ends. */
const LISTEN = `kept=$(mktemp -d)
tcpdump -nl -i eth0 'arp[6:2] = 2' </dev/null >"$kept/answers" 2>/dev/null &
echo $! >"$kept/pid"
setsid sh -c 'while [ ! -e "$1/stop" ]; do arping -q -c 1 -w 1 -I eth0 "$2"; done' sh "$kept" "$1" </dev/null >/dev/null 2>&1 &
echo "$kept"`
const HEARD = `touch "$1/stop"; sleep 1; kill "$(cat "$1/pid")"; cat "$1/answers"; rm -r "$1"`

const listenToAnswers = async (stage: RouterStage, address: string): Promise<string> =>
  (await outside(stage, ['sh', '-c', LISTEN, 'sh', address])).trim()

/** First the one host, then the other, and never the first again; a centralized router all the time. */
async function proveOneAnswered(stage: RouterStage, address: string, kept: string, isDistributed: boolean): Promise<string[]> {
  const heard = await outside(stage, ['sh', '-c', HEARD, 'sh', kept])
  const macs = [...heard.matchAll(/Reply (\S+) is-at (\S+?),/g)].flatMap(([, asked, mac]) => (asked === address ? [mac] : []))
  const changes = macs.filter((mac, index) => index > 0 && mac !== macs[index - 1]).length
  return changes === (isDistributed ? 1 : 0) && macs.length > 1
    ? []
    : [`while ${address} moved, the host that answered for it changed ${changes} times: ${macs.join(' ')}`]
}

export async function proveReached(stage: RouterStage, address: string, { guest }: RouterSide): Promise<string[]> {
  const ping = await outside(stage, ['ping', '-q', '-c', '3', '-i', '0.3', '-W', '5', address])
  const hello = await outside(stage, ['sh', '-c', 'nc -w 5 "$1" "$2" </dev/null', 'sh', address, String(PORT)])
  const heard = outside(stage, ['timeout', '8', 'tcpdump', '-nlc', '1', '-i', 'eth0', `icmp and src ${address} and dst ${FAR_OUTSIDE}`])
  // Until it listens.
  await delay(1_000)
  const out = await runInGuest(guest, ['sh', '-c', PING, 'sh', FAR_OUTSIDE])
  const macs = new Set(
    (await outside(stage, ['arping', '-c', '3', '-w', '4', '-I', 'eth0', address])).match(/([0-9A-F]{2}:){5}[0-9A-F]{2}/gi),
  )
  return [
    ...(ping.includes(' 3 received') ? [] : [`${address} does not answer from outside: ${ping}`]),
    ...(hello.includes('hello') ? [] : [`${address} is not reached by TCP: ${hello}`]),
    ...(out.includes(' 3 received') ? [] : [`the VM on ${guest.host} does not reach the outside: ${out}`]),
    ...((await heard).includes(`${address} > ${FAR_OUTSIDE}`) ? [] : [`the VM on ${guest.host} is not seen outside as ${address}`]),
    ...(macs.size === 1 ? [] : [`${macs.size} hosts answer for ${address}: ${[...macs].join(', ')}`]),
  ]
}
