import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../explain/violation'
import type { TopologyEdit } from '../edit'
import { updateHost } from '../kinds/host/host-edits'
import { networkPatchInput } from '../kinds/network/network-input'
import { updateNetwork } from '../kinds/network/network-edits'
import { addInterface } from '../kinds/router/router-interfaces'
import { updateRouter } from '../kinds/router/router-edits'
import { makeSample } from '../testing/sample'

/** Two network hosts, one of them without a tunnel, and a router on the other. */
function make() {
  const sample = makeSample()
  const { draft, demo, blue, blueSubnet, green, net1, cmp1 } = sample
  const net2 = draft.host('net2', 30, { roles: ['network'] })
  const bare = draft.host('bare', 31, { roles: ['network'], tunnel: null })
  const router = draft.router({ projectId: demo, name: 'r1' })
  draft.make(addInterface(router, { subnetId: blueSubnet }, draft.ids))
  const lone = draft.router({ projectId: demo, name: 'lone' })
  const spread = draft.router({ projectId: demo, name: 'spread', isDistributed: true })
  const put = (id: string, hostId: string) => updateRouter(id, { hostId }, draft.ids)
  const serve = (networkId: string, dhcpHostId: string) => updateNetwork(networkId, networkPatchInput.parse({ dhcpHostId }), draft.ids)
  const said = (edit: TopologyEdit<unknown>) => {
    const outcome = edit(draft.topology)
    return outcome.ok ? [] : outcome.violations.map((each) => `${each.field} ${each.rule}: ${explainViolation(each)}`)
  }
  return { ...sample, blue, green, net1, net2, bare, cmp1, router, lone, spread, put, serve, said }
}

describe('a router or a DHCP server is put', () => {
  const { draft, demo, blue, net2, bare, cmp1, router, lone, spread, put, serve, said } = make()
  const still = draft.network({ projectId: demo, name: 'still', type: 'vxlan' })
  it.each<[string, TopologyEdit<unknown>, readonly string[]]>([
    ['on a network host', put(router, net2), []],
    [
      'on no other one',
      put(router, cmp1),
      ['hostId service-host-network: Host "cmp1" is no network host; routers and DHCP servers run on one.'],
    ],
    [
      'where its networks are carried',
      put(router, bare),
      ['hostId tunnel-address: Host "bare" has no tunnel address, which the VXLAN network "blue" needs.'],
    ],
    ['on a host that there is', put(router, blue), ['hostId known-object: This host does not exist, or no longer.']],
    [
      'when it joins something',
      put(lone, net2),
      ['hostId router-host-unused: The router joins no network yet; with its first interface it gets a network host.'],
    ],
    [
      'unless it is everywhere',
      put(spread, net2),
      [
        'hostId router-host-distributed: A distributed router stands on every host with a port of its networks. Only one with a central part, for SNAT, has a network host.',
      ],
    ],
    ['on a network host, as the DHCP server of a network', serve(blue, net2), []],
    [
      'on no other one, as a DHCP server',
      serve(blue, cmp1),
      ['dhcpHostId service-host-network: Host "cmp1" is no network host; routers and DHCP servers run on one.'],
    ],
    [
      'for a network that has DHCP',
      serve(still, net2),
      ['dhcpHostId network-without-dhcp: No subnet of the network has DHCP, so no host serves it.'],
    ],
    [
      'not where nothing may come',
      (topology) => {
        const outcome = updateHost(net2, { isSchedulable: false }, draft.ids)(topology)
        return outcome.ok ? put(router, net2)(outcome.topology) : outcome
      },
      ['hostId host-schedulable: Host "net2" takes no VMs, routers and DHCP servers at the moment; its switch for them is off.'],
    ],
  ])('%s', (_, edit, expected) => expect(said(edit)).toEqual(expected))
})

it('it stays where it was put', () => {
  const { draft, blue, net1, net2, router, put, serve } = make()
  const where = () => [
    draft.topology.routers.find(({ id }) => id === router)?.hostId,
    draft.topology.ports.find((port) => port.networkId === blue && port.deviceOwner === 'network:dhcp')?.hostId,
  ]
  for (const hostId of [net2, net1, net2]) {
    draft.make(put(router, hostId))
    draft.make(serve(blue, hostId))
    expect(where()).toEqual([hostId, hostId])
  }
})
