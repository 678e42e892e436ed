// What must be true while VLAN in VLAN is built, each as a list of sentences about what is not.

import { labExec } from '../lab'
import type { Applied } from './conduct'
import type { Api } from './console-under-test'
import { INNER_VLANS, type OuterDesign, type OuterVm } from './nested-design'
import { isExpectedWithTag, type ScenarioReport } from './report'

/** What lint must not let pass: an inner range on outer VLANs, and the outer MAC base. */
export async function findRefusals(api: Api, { physicalNetworkId: carrierId }: OuterDesign): Promise<string[]> {
  const attempts = [
    ['an inner range that meets the outer one', { vlanRanges: [{ min: 150, max: 210 }] }],
    ['the outer MAC base', { macBase: 'fa:16:3e' }],
  ] as const
  const outcomes = await Promise.all(
    attempts.map(async ([what, changes]) => {
      const isAccepted = await api.physicalNetworks
        .create({ name: 'refused', carrierId, ...changes, vlanRanges: 'vlanRanges' in changes ? [...changes.vlanRanges] : [] })
        .then(
          () => true,
          () => false,
        )
      return isAccepted ? [`${what} was accepted`] : []
    }),
  )
  return outcomes.flat()
}

export interface OuterReading {
  readonly host: string
  /** What br-int does, without what it counts. */
  readonly flows: string
  /** Process of the outer VM: another one would mean that it was restarted. */
  readonly pid: string
}

export const readOuter = (labName: string, { vms }: OuterDesign): Promise<OuterReading[]> =>
  Promise.all(
    vms.map(async ({ host, vmId }) => {
      const flows = await labExec(labName, host, ['ovs-ofctl', '--no-stats', '--names', '--sort', 'dump-flows', 'br-int'])
      const pid = await labExec(labName, host, ['cat', `/run/libvirt/qemu/instance-${vmId.slice(0, 8)}.pid`])
      return { host, flows: flows.stdout, pid: pid.stdout.trim() }
    }),
  )

export const compareOuter = (before: readonly OuterReading[], after: readonly OuterReading[]): string[] =>
  before.flatMap(({ host, flows, pid }, index) => [
    ...(flows !== '' && flows === after[index]!.flows ? [] : [`br-int of ${host} has other flows than before the uplinks`]),
    ...(pid !== '' && pid === after[index]!.pid ? [] : [`the outer VM on ${host} was restarted`]),
  ])

/** `--config`: the definition that libvirt boots from next time has the NIC too. */
export async function findUnpersistent(labName: string, api: Api, { vms }: OuterDesign): Promise<string[]> {
  const uplinks = await api.nestedUplinks.list()
  const missing = await Promise.all(
    vms.map(async ({ host, name, vmId }: OuterVm) => {
      const { stdout } = await labExec(labName, host, ['virsh', '-c', 'qemu:///system', 'dumpxml', '--inactive', vmId])
      const { macAddress } = uplinks.find((uplink) => uplink.vmId === vmId)!
      return stdout.includes(macAddress) ? [] : [`${name} would lose its uplink at a restart`]
    }),
  )
  return missing.flat()
}

export function findPlugProblems({ plan }: Applied): string[] {
  const stops = plan.hosts.flatMap((host) =>
    host.steps.filter(({ command: { argv } }) => argv.includes('destroy') || argv.includes('define')),
  )
  const lost = plan.impacts.filter(({ kind }) => kind !== 'new')
  return [
    ...stops.map(({ title }) => `plugging an uplink in takes a step "${title}"`),
    ...lost.map(({ label, kind }) => `the plan says that ${label} is ${kind}`),
  ]
}

/** The inner id, and no other tag, on every outer host: at the VM's tap, at qvo-data and at the NIC. */
export function findTagProblems(hops: ScenarioReport['hops'], { vms }: OuterDesign): string[] {
  const tagged = hops.filter(
    (hop) => hop.method === 'capture' && hop.status === 'agrees' && hop.packets > 0 && isExpectedWithTag(hop, INNER_VLANS.min),
  )
  return vms.flatMap(({ host }) => {
    const seen = tagged.filter((hop) => hop.host === host).map((hop) => hop.interface)
    return [/^tap/, /^qvo-data$/, /^ens38$/]
      .filter((name) => !seen.some((device) => name.test(device)))
      .map((name) => `VLAN ${INNER_VLANS.min} was not seen at ${name.source} of ${host}`)
  })
}
