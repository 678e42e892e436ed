// What DHCP servers cost a network host, each with a namespace, a device, an address, a route and a rule for checksums: to be started, to be
// read by a console over SSH, text to HostState, and to be taken away. The floor of starting is the time that as many programs of that name
// take to come up in the same host with nothing around them.
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

export const bench: Bench = { about: 'DHCP servers on the practice network: what it takes to start, read and remove 200', needs: packages, run }

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { lab: { type: 'string', default: 'bench' }, count: { type: 'string', default: '200' }, runs: { type: 'string', default: '5' } },
  })
  const [count, runs] = [Number(values.count), Number(values.runs)]
  const lab = await labUp({ name: values.lab })
  const { api, close } = await openConsole()
  try {
    const { id: physicalNetworkId } = await api.physicalNetworks.create({ name: 'physnet1', mtu: 1500, vlanRanges: [{ min: 100, max: 199 }] })
    const { id } = await registerHost(api, lab.hosts.find(({ name }) => name === HOST)!, physicalNetworkId)
    await api.hosts.probe({ id })
    await api.hosts.setPrepared({ id, isPrepared: true })
    await planAndApply(api)
    const read = () => medianMs(runs, () => api.hosts.observe({ id }))
    const bare = await read()
    const floor = await startAlone(values.lab, count)
    const networkIds = await drawServers(api, count)
    const started = await planAndApply(api)
    const full = await read()
    await eraseServers(api, networkIds)
    const removed = await planAndApply(api)
    await api.hosts.setPrepared({ id, isPrepared: false })
    await planAndApply(api)
    return [
      noBar({ case: 'a host without them, read (ms)', ours: bare }),
      atMost(READ_BAR_MS, { case: `${count} more, read (ms)`, ours: full - bare }),
      ...changeRows(`start ${count}`, started, floor),
      ...changeRows(`remove ${count}`, removed),
    ]
  } finally {
    await close()
  }
}

/** Commands alone; and from pressing apply to the read-back. Then what each command took. */
function changeRows(what: string, { plan, run: { timings, steps }, applyMs }: Applied, floor?: number): Measured[] {
  return [
    atMost(CHANGE_BAR_MS, { case: `${what}, commands (ms)`, ours: timings[0]!.executeMs, ...(floor !== undefined && { floor }) }),
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

/** Milliseconds, as the host's own clock tells them. */
async function startAlone(lab: string, count: number): Promise<number> {
  const { code, stdout, stderr } = await labExec(lab, HOST, ['sh', '-c', ALONE, 'sh', String(count)])
  if (code !== 0) throw new Error(`${HOST}: ${stderr}`)
  return Number(stdout)
}

const ALONE = String.raw`
set -e
place=$(mktemp -d)
start=$(date +%s%N)
seq 1 "$1" | xargs -P 8 -I '{}' dnsmasq --port=0 --conf-file=/dev/null "--pid-file=$place/{}"
end=$(date +%s%N)
cat "$place"/* | xargs kill
rm -r "$place"
echo $(((end - start) / 1000000))
`
