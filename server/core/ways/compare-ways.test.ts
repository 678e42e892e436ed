import { describe, expect, it } from 'vitest'
import { emptyHostState } from '../host/host-state'
import { diffHost } from '../diff/host-diff'
import { compileHost } from '../compile/compile'
import { explainNoWays, explainWayStep } from '../explain/ways'
import { floatingIp, floatingIpDesign, routerId } from '../testing/sample-floating-ip'
import { ids } from '../testing/sample-topology'
import type { FloatingIpMode } from '../topology/kinds/router/router'
import { compareWays, type WayRow, type Ways } from './compare-ways'
import { floatingIpSteps, routerSteps } from './way-steps'

const [qrouter, fip] = [`qrouter-${routerId}`, `fip-${ids.network(1)}`]
const [rfp, fpr, fg] = ['rfp-ac000001-0', 'fpr-ac000001-0', 'fg-b3000001-00']
function waysOf(floatingIpMode: FloatingIpMode): Ways {
  const ways = compareWays(floatingIpDesign({ floatingIpMode }), floatingIp)
  if (typeof ways === 'string') throw new Error(ways)
  return ways
}
const ways = waysOf('by-hand')
const rowOf = (step: WayRow['step']) => [...ways.routerRows, ...ways.floatingIpRows].find((row) => row.step === step)!

it('is the same whichever way the router leads it, and tells whose it is and where', () => {
  const { router, ...rest } = waysOf('dvr')
  expect({ router: { ...router, floatingIpMode: 'by-hand' }, ...rest }).toEqual(ways)
  expect(ways).toMatchObject({
    address: '10.0.1.50',
    fixedAddress: '10.0.3.3',
    router: { id: routerId, name: 'r1', floatingIpMode: 'by-hand' },
    host: { id: ids.host(2), name: 'cmp1' },
  })
})

describe('the steps of a floating IP', () => {
  it('are all of them', () => expect(ways.floatingIpRows.map(({ step }) => step)).toEqual(floatingIpSteps))

  it.each<[WayRow['step'], readonly string[]]>([
    [
      'pair',
      [
        `ip link add name ${rfp} netns ${qrouter} type veth peer name ${fpr} netns ${fip}`,
        `ip -n ${qrouter} link set dev ${rfp} alias tapline:router/${routerId} mtu 1500 up`,
        `ip -n ${qrouter} address replace 169.254.64.6/31 dev ${rfp}`,
        `ip -n ${fip} link set dev ${fpr} alias tapline:router/${routerId} mtu 1500 up`,
        `ip -n ${fip} address replace 169.254.64.7/31 dev ${fpr}`,
      ],
    ],
    ['rule', [`ip -n ${qrouter} rule add from 10.0.3.3/32 lookup 16 priority 32770`]],
    ['table', [`ip -n ${qrouter} route replace default via 169.254.64.7 dev ${rfp} table 16`]],
    [
      'outbound',
      [
        `ip netns exec ${qrouter} iptables -t nat -N tapline-POSTROUTING`,
        `ip netns exec ${qrouter} iptables -t nat -A tapline-POSTROUTING ! -o ${rfp} -m conntrack ! --ctstate DNAT -j ACCEPT`,
        `ip netns exec ${qrouter} iptables -t nat -A tapline-POSTROUTING -s 10.0.3.3/32 -j SNAT --to-source 10.0.1.50`,
        `ip netns exec ${qrouter} iptables -t nat -I POSTROUTING -j tapline-POSTROUTING`,
      ],
    ],
    [
      'back',
      [
        `ip -n ${fip} route replace 10.0.1.50/32 via 169.254.64.6 dev ${fpr} table main`,
        `ip netns exec ${fip} arping -q -U -c 3 -w 4 -I ${fg} 10.0.1.50`,
        `ip netns exec ${fip} arping -q -A -c 3 -w 4 -I ${fg} 10.0.1.50`,
      ],
    ],
  ])('%s: the same', (step, commands) => {
    expect(rowOf(step)).toEqual({ step, byHand: commands, asNeutron: commands })
  })

  it('outside: the same, from the namespace to the settings of its device', () => {
    const { byHand, asNeutron } = rowOf('outside')
    expect(asNeutron).toEqual(byHand)
    expect(byHand.slice(0, 2)).toEqual([`ip netns add ${fip}`, `ip -n ${fip} link set dev lo alias tapline:network/${ids.network(1)} up`])
    expect(byHand).toContain(`ip netns exec ${fip} sysctl -q -w net/ipv4/conf/${fg}/proxy_arp=1`)
    expect(byHand).toContain(`ip -n ${fip} address replace 10.0.1.70/24 dev ${fg}`)
    expect(byHand).toContain(`ip netns exec ${fip} iptables -t raw -A tapline-PREROUTING -j CT --notrack`)
    expect(byHand.some((command) => command.startsWith(`ovs-vsctl --timeout=20 -- add-port br-int ${fg} `))).toBe(true)
  })

  it.each<[WayRow['step'], readonly string[], readonly string[]]>([
    ['address', [`ip -n ${qrouter} address replace 10.0.1.50/32 dev ${rfp}`], []],
    [
      'inbound',
      [
        `ip netns exec ${qrouter} iptables -t nat -N tapline-PREROUTING`,
        `ip netns exec ${qrouter} iptables -t nat -A tapline-PREROUTING -d 10.0.1.50/32 -j DNAT --to-destination 10.0.3.3`,
        `ip netns exec ${qrouter} iptables -t nat -I PREROUTING -j tapline-PREROUTING`,
      ],
      [
        `ip netns exec ${qrouter} iptables -t nat -N tapline-PREROUTING`,
        `ip netns exec ${qrouter} iptables -t nat -A tapline-PREROUTING -d 10.0.1.50/32 -i ${rfp} -j DNAT --to-destination 10.0.3.3`,
        `ip netns exec ${qrouter} iptables -t nat -I PREROUTING -j tapline-PREROUTING`,
      ],
    ],
    [
      'local',
      [
        `ip netns exec ${qrouter} iptables -t nat -N tapline-OUTPUT`,
        `ip netns exec ${qrouter} iptables -t nat -A tapline-OUTPUT -d 10.0.1.50/32 -j DNAT --to-destination 10.0.3.3`,
        `ip netns exec ${qrouter} iptables -t nat -I OUTPUT -j tapline-OUTPUT`,
      ],
      [],
    ],
    [
      'way-out',
      [`ip -n ${fip} route replace default via 10.0.1.1 dev ${fg} table main`],
      [
        `ip -n ${fip} route replace default via 10.0.1.1 dev ${fg} table 2852012039`,
        `ip -n ${fip} rule add from all iif ${fpr} lookup 2852012039 priority 2852012039`,
      ],
    ],
  ])('%s: not the same', (step, byHand, asNeutron) => {
    expect(rowOf(step)).toEqual({ step, byHand, asNeutron })
  })

  it('say all that is different, and nothing else does', () => {
    const differing = [...ways.routerRows, ...ways.floatingIpRows].filter((row) => row.byHand.join() !== row.asNeutron.join())
    expect(differing.map(({ step }) => step)).toEqual(['address', 'inbound', 'local', 'way-out'])
    for (const { step, ...row } of [...ways.routerRows, ...ways.floatingIpRows])
      expect(explainWayStep(step).differs !== null, step).toBe(row.byHand.join() !== row.asNeutron.join())
  })
})

describe('the steps of the router', () => {
  it('are all of them but for networks that are there without it', () => {
    expect(ways.routerRows.map(({ step }) => step)).toEqual(routerSteps.filter((step) => step !== 'networks'))
    expect(rowOf('neighbours').byHand).toContain(
      `ip -n ${qrouter} neigh replace 10.0.3.3 lladdr fa:16:3e:00:03:02 dev qr-b0000003-00 nud permanent`,
    )
  })

  it('have every flow that the router brings, once', () => {
    const design = floatingIpDesign()
    const without = { ...design, routers: [], floatingIps: [], ports: design.ports.filter(({ deviceId }) => deviceId !== routerId) }
    const compile = (topology: typeof design) =>
      compileHost(
        { ...topology, ports: topology.ports.filter(({ deviceOwner }) => !deviceOwner.startsWith('network:floatingip')) },
        ids.host(2),
      )
    const { flows } = diffHost(compile({ ...design, floatingIps: [] }), compile(without))
    const told = ways.routerRows.flatMap(({ byHand }) =>
      byHand.flatMap((command) => command.split('\n').filter((line) => /^(add|modify_strict) cookie/.test(line))),
    )
    expect(told).toHaveLength(flows.added.length + flows.changed.length)
    expect(flows.added.length).toBeGreaterThan(5)
  })
})

describe('there is nothing to compare', () => {
  const design = floatingIpDesign()
  it.each([
    ['leads-nowhere', { ...floatingIp, fixedPortId: null, fixedIpAddress: null, routerId: null }, design],
    ['not-distributed', floatingIp, floatingIpDesign({ isDistributed: false })],
    ['by-gateway', floatingIp, floatingIpDesign({ floatingIpMode: 'gateway' })],
    ['no-host', floatingIp, { ...design, ports: design.ports.map((port) => ({ ...port, hostId: null })) }],
  ] as const)('%s', (reason, each, topology) => {
    expect(compareWays(topology, each)).toBe(reason)
    expect(explainNoWays(reason)).toMatch(/\.$/)
  })
})

it('leaves alone what is compiled of the host itself, and needs no prepared one', () => {
  const design = floatingIpDesign()
  const before = compileHost(design, ids.host(2))
  compareWays(design, floatingIp)
  expect(compileHost(design, ids.host(2))).toBe(before)
  const unprepared = { ...design, hosts: design.hosts.map((host) => ({ ...host, isPrepared: false })) }
  expect(compileHost(unprepared, ids.host(2))).toEqual(emptyHostState)
  expect(compareWays(unprepared, floatingIp)).toMatchObject({ floatingIpRows: waysOf('dvr').floatingIpRows })
})
