// How long subports take from apply to read-back: a running VM whose trunk gets 10, 50 and 200 subports, each in a VXLAN
// network of its own, in one call and one plan, and loses them again the same way.
//
//   npx tsx bench/trunk-subports.ts [--lab NAME] [--counts 10,50,200]

import { parseArgs } from 'node:util'
import { labUp } from '@/lab/lab'
import { planAndApply, type Applied } from '@/lab/scenarios/conduct'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { registerHosts } from '@/lab/scenarios/design'

const HOST = 'cmp1'

const { values } = parseArgs({ options: { lab: { type: 'string', default: 'bench' }, counts: { type: 'string', default: '10,50,200' } } })
const counts = values.counts.split(',').map(Number)

const lab = await labUp({ name: values.lab })
const { api, close } = await openConsole()
try {
  const design = await drawTrunk()
  await planAndApply(api)
  const rows = []
  for (const count of counts) rows.push(await measure(design, count))
  console.table(rows)
  await api.trunks.remove({ id: design.trunkId })
  await api.vms.remove({ id: design.vmId })
  await api.ports.remove({ id: design.parentPortId })
  await api.networks.remove({ id: design.networkId })
  for (const id of Object.values(design.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
  await planAndApply(api)
} finally {
  await close()
}

async function drawTrunk() {
  const hostIds = await registerHosts(api, lab)
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'parent', type: 'vxlan' })
  const { id: parentPortId } = await api.ports.create({ name: 'parent', networkId })
  const { id: trunkId } = await api.trunks.create({ projectId, portId: parentPortId })
  const host = lab.hosts.find((each) => each.name === HOST)!
  const boot = { kind: 'kernel', kernel: host.guestKernel, initrd: host.guestInitrd, cmdline: 'console=ttyS0 quiet tapline.dhcp=none' } as const
  const { id: vmId } = await api.vms.create({ projectId, name: 'bench', hostId: hostIds[HOST]!, nics: [{ portId: parentPortId }], memoryMib: 128, vcpus: 1, boot })
  return { hostIds, projectId, networkId, parentPortId, trunkId, vmId }
}

type Design = Awaited<ReturnType<typeof drawTrunk>>

async function measure(design: Design, count: number) {
  const networkIds: string[] = []
  const portIds: string[] = []
  const subPorts: Parameters<Api['trunks']['addSubports']>[0]['subPorts'] = []
  for (let index = 1; index <= count; index += 1) {
    const { id: networkId } = await api.networks.create({ projectId: design.projectId, name: `sub-${index}`, type: 'vxlan' })
    const { id: portId } = await api.ports.create({ name: `sub-${index}`, networkId })
    networkIds.push(networkId)
    portIds.push(portId)
    subPorts.push({ portId, segmentationType: 'vlan', segmentationId: index })
  }
  await api.trunks.addSubports({ id: design.trunkId, subPorts })
  const added = await planAndApply(api)
  const { status, statusReason } = await api.trunks.get({ id: design.trunkId })
  if (status !== 'ACTIVE') throw new Error(`${count} subports: the trunk is ${status}: ${statusReason}`)
  const flows = (await api.hosts.inside({ id: design.hostIds[HOST]! })).ovsBridges.find((bridge) => bridge.name === 'br-int')?.flowCount
  await api.trunks.removeSubports({ id: design.trunkId, portIds })
  const removed = await planAndApply(api)
  for (const portId of portIds) await api.ports.remove({ id: portId })
  for (const id of networkIds) await api.networks.remove({ id })
  return { subports: count, ...timesOf('add', added), 'br-int flows': flows, ...timesOf('remove', removed) }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** Commands alone, and everything from pressing apply to the read-back: reading again, commands, reading back, the revision. */
function timesOf(what: string, { plan, run, planMs, applyMs }: Applied) {
  const host = run.timings.find((timing) => timing.hostName === HOST)
  const steps = plan.hosts.find((each) => each.hostName === HOST)?.steps.length
  return { [`${what}: plan`]: seconds(planMs), [`${what}: apply to read-back`]: seconds(applyMs), [`${what}: commands`]: seconds(host?.executeMs ?? 0), [`${what}: steps`]: steps }
}
