// The Open vSwitch of a compiled host on a host of the practice network, and nothing else of it: what a design would plug in are internal
// ports, for nobody sends by them. Steps are those that a plan has.

import { diffHost } from '@/server/core/diff/host-diff'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { OvsPort } from '@/server/core/host/ovs'
import { renderSteps } from '@/server/core/render/render-steps'
import { outputOf } from './output-of'
import { unixctl } from './unixctl'

export async function laySwitch(lab: string, host: string, state: HostState): Promise<void> {
  await removeSwitch(lab, host, state)
  const nics = new Set(state.links.filter(({ type }) => type === 'physical').map(({ name }) => name))
  const ovsPorts = state.ovsPorts.map((port) => (nics.has(port.name) ? port : plugged(port)))
  const own = { ...emptyHostState, ovsBridges: state.ovsBridges, flows: state.flows, ovsPorts }
  for (const { command } of renderSteps(diffHost(own, emptyHostState), host)) await outputOf(lab, host, command.argv, command.stdin)
  await giveTunnelsTheirWay(lab, host, state)
}

const plugged = (port: OvsPort): OvsPort =>
  port.interface.type === '' ? { ...port, interface: { ...port.interface, type: 'internal' } } : port

/** The userspace datapath wraps a frame only when it knows by which bridge, and to which MAC. */
async function giveTunnelsTheirWay(lab: string, host: string, { addresses, ovsBridges, ovsPorts }: HostState): Promise<void> {
  const vtep = addresses.find(({ netns, link }) => netns === '' && ovsBridges.some(({ name }) => name === link))
  if (!vtep) return
  await outputOf(lab, host, ['ip', 'address', 'replace', vtep.cidr, 'dev', vtep.link])
  await outputOf(lab, host, ['ip', 'link', 'set', vtep.link, 'up'])
  const farEnds = ovsPorts.flatMap(({ interface: { type, options } }) => (type === 'vxlan' ? [options['remote_ip']!] : []))
  await unixctl(
    lab,
    host,
    farEnds.map((address, index) => ['tnl/neigh/set', [vtep.link, address, `02:00:00:00:02:0${index}`]]),
  )
}

export async function removeSwitch(lab: string, host: string, { ovsBridges }: Pick<HostState, 'ovsBridges'>): Promise<void> {
  await outputOf(lab, host, ['ovs-vsctl', ...ovsBridges.flatMap(({ name }) => ['--', '--if-exists', 'del-br', name]).slice(1)])
}
