// What is proven of a floating IP that is led out by hand, beside what every one must do: the host of the VM reaches it, from its own namespace as from
// the router's, and the VM reaches the host's management address. One edit and one plan lead it out as Neutron does, and back, while it is in use.

import type { FloatingIpMode } from '@/server/core/topology/kinds/router/router'
import { routerNamespace } from '@/server/core/naming'
import { labExec } from '../lab'
import { isReapplyEmpty } from './conduct'
import { applied, floatingAddressOf, outside, proveReached } from './floating-ip-proofs'
import { runInGuest } from './guest'
import { changeLive, type PingRate } from './live-change'
import { openConnection, whichCarry, type OpenConnection } from './open-connection'
import { listenOn } from './reach'
import { FAR_OUTSIDE, PING, type RouterProof, type RouterStage } from './router-proofs'

/** In the external network, as a host has one whose only way out is that of its VMs. */
const MANAGEMENT = '203.0.113.60'
const PORT = 8081
const KEPT_PORT = 9001
/** Longer than the change takes on a busy machine. */
const PINGS: PingRate = { count: 1500, intervalMs: 20 }

/** Begins and ends in the mode that the router has. */
export const proveByHand: RouterProof = async (stage) => {
  const { api, design, onProgress } = stage
  const [blue] = design.sides
  const { projectId, floatingIpMode } = await api.routers.get({ id: design.routerId })
  await listenOn(blue.guest, [PORT])
  onProgress('giving a VM a floating IP that changes its way')
  const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: blue.portId })
  const problems = await applied(stage, 'giving it')
  const address = await floatingAddressOf(stage, id)
  const pids: string[] = []
  const start = async (argv: readonly string[]) => pids.push((await outside(stage, ['sh', '-c', START, 'sh', ...argv])).trim())
  const connection = await openConnection(start, blue.guest, address, KEPT_PORT)
  for (const mode of [floatingIpMode === 'dvr' ? 'by-hand' : 'dvr', floatingIpMode] as const) {
    problems.push(...(await proveChange(stage, mode, connection)), ...(await proveReached(stage, address, blue)))
    if (mode === 'by-hand') problems.push(...(await proveHostAndVm(stage, address)))
  }
  for (const pid of pids) await outside(stage, ['kill', '--', `-${pid}`])
  await api.floatingIps.remove({ id })
  return problems
}

/** Goes on when this ends; tells its process group. */
const START = 'setsid "$@" </dev/null >/dev/null 2>&1 & echo $!'

/** The host has its address on a port of its own, made by hand on the bridge of the external network. */
async function proveHostAndVm({ design, onProgress }: RouterStage, address: string): Promise<string[]> {
  const [{ guest }] = design.sides
  const onHost = async (script: string, ...args: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await labExec(guest.lab, guest.host, ['sh', '-c', script, 'sh', ...args])
    return `${stdout}${stderr}`
  }
  onProgress('reaching it from the host itself, and the host from the VM')
  await onHost(MANAGE, `${MANAGEMENT}/24`)
  try {
    const ping = await onHost('ping -q -c 3 -i 0.3 -W 5 "$1"', address)
    const hello = await onHost('nc -w 5 "$1" "$2" </dev/null', address, String(PORT))
    const inRouter = await onHost('ip netns exec "$2" ping -q -c 3 -i 0.3 -W 5 "$1"', address, routerNamespace(design.routerId))
    const back = await runInGuest(guest, ['sh', '-c', PING, 'sh', MANAGEMENT])
    return [
      ...(ping.includes(' 3 received') ? [] : [`the host does not reach ${address}: ${ping}`]),
      ...(hello.includes('hello') ? [] : [`the host does not reach ${address} by TCP: ${hello}`]),
      ...(inRouter.includes(' 3 received') ? [] : [`${address} is not reached inside the router: ${inRouter}`]),
      ...(back.includes(' 3 received') ? [] : [`the VM does not reach ${MANAGEMENT} of its host: ${back}`]),
    ]
  } finally {
    await onHost('ovs-vsctl --if-exists del-port br-ens38 mgmt0')
  }
}

const MANAGE = `ovs-vsctl --may-exist add-port br-ens38 mgmt0 -- set Interface mgmt0 type=internal
ip address replace "$1" dev mgmt0
ip link set mgmt0 up`

/** What it may change, on the one host where it changes anything. */
const TOUCHED = new Set(['addresses', 'routes', 'rules', 'iptables'])

async function proveChange(
  { api, design, onProgress }: RouterStage,
  floatingIpMode: FloatingIpMode,
  connection: OpenConnection,
): Promise<string[]> {
  const [{ guest }] = design.sides
  onProgress(`changing the mode to ${floatingIpMode}`)
  const touched: string[] = []
  const { pings, isSpanned, impacts } = await changeLive(
    api,
    guest,
    PINGS,
    floatingIpMode,
    [{ over: 'eth0', address: FAR_OUTSIDE }],
    async () => {
      await api.routers.update({ id: design.routerId, patch: { floatingIpMode } })
      for (const { hostName, changes } of (await api.plans.create()).hosts)
        touched.push(
          ...changes.filter(({ kind }) => hostName !== guest.host || !TOUCHED.has(kind)).map(({ label }) => `${hostName}: ${label}`),
        )
    },
  )
  const [ping] = pings
  const lost = ping ? ping.transmitted - ping.received : null
  onProgress(`${lost} of ${ping?.transmitted} packets lost`)
  const [carries] = await whichCarry([connection])
  return [
    ...touched.map((label) => `to become ${floatingIpMode} it touches ${label}`),
    ...(impacts.length === 0 ? [] : [`to become ${floatingIpMode} it interrupts ${impacts.length}`]),
    ...(isSpanned ? [] : [`the ping ended before the mode was ${floatingIpMode}`]),
    ...(lost === null || lost > 5 ? [`when the mode became ${floatingIpMode}, ${lost} packets were lost`] : []),
    ...(carries ? [] : [`a connection did not go on when the mode became ${floatingIpMode}`]),
    ...((await isReapplyEmpty(api)) ? [] : [`planning again is not empty as ${floatingIpMode}`]),
  ]
}
