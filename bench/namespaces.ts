// What DHCP servers cost a network host, each with a namespace, a device, an address, a route and a rule for checksums: to be started, to be
// read by a console over SSH, text to HostState, and to be taken away. The floors are what the same host takes, just before, for the least that could be
// meant by each: as many namespaces with a port of Open vSwitch and a bare server, the programs of a
// reading in each with as little to tell as can be, and all of it taken away.
//
//   npm run bench -- namespaces [--lab NAME] [--count 200] [--runs 5]

import { parseArgs } from 'node:util'
import { labExec, labUp } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { planAndApply, type Applied } from '@/lab/scenarios/conduct'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { registerHost } from '@/lab/scenarios/design'
import { atMost, medianMs, noBar, type Bench, type Measured } from './lib/bench'

const HOST = 'net1'
const READ_BAR_MS = 600
const CHANGE_BAR_MS = 2000
const STEPS_BAR = 12

export const bench: Bench = {
  about: 'DHCP servers on the practice network: what it takes to start, read and remove 200',
  needs: packages,
  run,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      count: { type: 'string', default: '200' },
      runs: { type: 'string', default: '5' },
    },
  })
  const [count, runs] = [Number(values.count), Number(values.runs)]
  const lab = await labUp({ name: values.lab })
  const { api, close } = await openConsole()
  try {
    const { id: physicalNetworkId } = await api.physicalNetworks.create({
      name: 'physnet1',
      mtu: 1500,
      vlanRanges: [{ min: 100, max: 199 }],
    })
    const { id } = await registerHost(
      api,
      lab.hosts.find(({ name }) => name === HOST)!,
      physicalNetworkId,
    )
    await api.hosts.probe({ id })
    await api.hosts.setPrepared({ id, isPrepared: true })
    await planAndApply(api)
    const read = () => medianMs(runs, () => api.hosts.observe({ id }))
    const bare = await read()
    const floors = await bareFloors(values.lab, count)
    const networkIds = await drawServers(api, count)
    const started = await planAndApply(api)
    const full = await read()
    await eraseServers(api, networkIds)
    const removed = await planAndApply(api)
    await api.hosts.setPrepared({ id, isPrepared: false })
    await planAndApply(api)
    return [
      noBar({ case: 'a host without them, read (ms)', ours: bare }),
      atMost(READ_BAR_MS, { case: `${count} more, read (ms)`, ours: full - bare, floor: floors.read }),
      ...changeRows(`start ${count}`, started, floors.start),
      ...changeRows(`remove ${count}`, removed, floors.remove),
    ]
  } finally {
    await close()
  }
}

/** Commands alone; and from pressing apply to the read-back. Then what each command took. */
function changeRows(what: string, { plan, run: { timings, steps }, applyMs }: Applied, floor: number): Measured[] {
  return [
    atMost(CHANGE_BAR_MS, { case: `${what}, commands (ms)`, ours: timings[0]!.executeMs, floor }),
    atMost(STEPS_BAR, { case: `${what}, steps`, ours: plan.hosts[0]!.steps.length }),
    noBar({ case: `${what}, apply to read-back (ms)`, ours: applyMs }),
    ...steps.map(({ title, result }) => noBar({ case: `${what}: ${title} (ms)`, ours: result?.durationMs ?? 0 })),
  ]
}

async function drawServers(api: Api, count: number): Promise<string[]> {
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const networkIds: string[] = []
  for (let index = 0; index < count; index += 1) {
    const { id: networkId } = await api.networks.create({ projectId, name: `net-${index}`, type: 'vxlan' })
    await api.subnets.create({ networkId, name: `sub-${index}`, cidr: `10.200.${index}.0/24` })
    networkIds.push(networkId)
  }
  return networkIds
}

async function eraseServers(api: Api, networkIds: readonly string[]): Promise<void> {
  const { topology } = await api.topology.get()
  for (const { id } of topology.subnets) await api.subnets.remove({ id })
  for (const id of networkIds) await api.networks.remove({ id })
}

interface Floors {
  readonly start: number
  readonly read: number
  readonly remove: number
}

/** Milliseconds, as the host's own clock tells them. */
async function bareFloors(lab: string, count: number): Promise<Floors> {
  const { code, stdout, stderr } = await labExec(lab, HOST, ['sh', '-c', BARE, 'sh', String(count)])
  if (code !== 0) throw new Error(`${HOST}: ${stderr}`)
  const [start = 0, read = 0, remove = 0] = stdout.split(' ').map(Number)
  return { start, read, remove }
}

/** As few programs as there can be, with as much at once as our own commands have. */
const BARE = String.raw`
set -e
place=$(mktemp -d)
reading='grep -s "" /proc/sys/net/ipv4/conf/*/arp_ignore; iptables-save; exec ip -j -d -s address'
now() { echo $(($(date +%s%N) / 1000000)); }
each() { seq 1 "$count" | sed "s|.*|$1|"; }
count=$1
ovs-vsctl add-br br-floor -- set Bridge br-floor datapath_type=netdev
start=$(now)
each 'netns add floor&' | ip -batch -
each '-- add-port br-floor floor& -- set Interface floor& type=internal' | xargs ovs-vsctl
each 'link set dev floor& netns floor&' | ip -batch -
each 'floor&' | xargs -P 8 -I '{}' nsenter --net=/run/netns/'{}' dnsmasq --port=0 --conf-file=/dev/null "--pid-file=$place/{}"
started=$(now)
each 'floor&' | xargs -P 4 -I '{}' nsenter --net=/run/netns/'{}' sh -c "$reading" >/dev/null
read=$(now)
cat "$place"/* | xargs kill
each 'netns delete floor&' | ip -batch -
each '-- del-port br-floor floor&' | xargs ovs-vsctl
removed=$(now)
ovs-vsctl del-br br-floor
rm -r "$place"
echo $((started - start)) $((read - started)) $((removed - read))
`
