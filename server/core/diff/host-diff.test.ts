import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { Flow } from '../host/flow'
import { emptyHostState, type HostState } from '../host/host-state'
import { ids, sampleTopology } from '../testing/sample-topology'
import { diffHost, isEmptyDiff, reverseDiff } from './host-diff'

const desired = compileHost(sampleTopology(), ids.host(2))
const summary = (state: HostState, other: HostState) =>
  Object.fromEntries(
    Object.entries(diffHost(state, other)).map(([kind, part]) => [kind, [part.added.length, part.changed.length, part.removed.length]]),
  )

describe('diffHost', () => {
  it('[DIFF-1] is empty between equal states', () => {
    expect(isEmptyDiff(diffHost(desired, desired))).toBe(true)
  })

  it('takes the order of our jumps in a built-in chain for nothing, and that of rules in a chain of ours for something', () => {
    const withRules = (chain: string, rules: readonly string[]): HostState => ({
      ...emptyHostState,
      iptables: [{ netns: '', family: 'bridge', table: 'nat', chain, policy: null, rules }],
    })
    const jumps = ['-i tap1 -j tapline-i-tap1', '-i tap2 -j tapline-i-tap2']
    const isSame = (chain: string) => isEmptyDiff(diffHost(withRules(chain, jumps), withRules(chain, [...jumps].reverse())))
    expect([isSame('PREROUTING'), isSame('tapline-i-tap1')]).toEqual([true, false])
    expect(isEmptyDiff(diffHost(withRules('PREROUTING', jumps), withRules('PREROUTING', jumps.slice(1))))).toBe(false)
  })

  it('[DIFF-2] reversed twice is itself', () => {
    const diff = diffHost(desired, emptyHostState)
    expect(reverseDiff(reverseDiff(diff))).toEqual(diff)
  })

  it('[DIFF-3] adds everything but requirements to an empty host', () => {
    const added = summary(desired, emptyHostState)
    expect(added['links']).toEqual([desired.links.filter((link) => link.owner !== null).length, 0, 0])
    expect(added['flows']).toEqual([desired.flows.length, 0, 0])
  })

  it('[DIFF-4] never removes what carries no mark', () => {
    const foreign: HostState = {
      ...emptyHostState,
      namespaces: [{ name: 'by-hand', owner: null }],
      links: [{ netns: '', name: 'hand0', type: 'bridge', owner: null }],
      addresses: [{ netns: '', link: 'hand0', cidr: '10.9.0.1/24' }],
      routes: [{ netns: 'by-hand', table: 'main', destination: 'default', via: '10.9.0.1', link: 'x' }],
      ovsBridges: [
        { name: 'br-hand', owner: null, datapathType: 'netdev', failMode: null, protocols: [], otherConfig: {}, externalIds: {} },
      ],
      flows: [{ bridge: 'br-hand', table: 0, priority: 7, match: 'in_port=1', actions: 'drop', cookie: '0x5', owner: null }],
      iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'HAND', policy: null, rules: ['-j ACCEPT'] }],
      domains: [],
    }
    expect(isEmptyDiff(diffHost(emptyHostState, foreign))).toBe(true)
    expect(diffHost(desired, { ...desired, ...foreign }).flows.removed).toEqual([])
  })

  it('[DIFF-5] names the fields of a change, and only fields the design sets', () => {
    const [qvo] = desired.ovsPorts.filter((port) => port.name === 'qvoff000032-00')
    const observed = {
      ...desired,
      ovsPorts: desired.ovsPorts.map((port) =>
        port === qvo
          ? { ...port, tag: 99, interface: { ...port.interface, ofport: 7, externalIds: { ...port.interface.externalIds, extra: 'x' } } }
          : port,
      ),
    }
    expect(diffHost(desired, observed).ovsPorts.changed.map((change) => change.fields)).toEqual([[{ field: 'tag', from: '99', to: '13' }]])
  })

  it('[DIFF-7] writes all flows of a bridge whose fail_mode is set again, because that clears them', () => {
    const observed = {
      ...desired,
      ovsBridges: desired.ovsBridges.map((bridge) => (bridge.name === 'br-tun' ? { ...bridge, failMode: null } : bridge)),
    }
    const diff = diffHost(desired, observed)
    expect(diff.ovsBridges.changed.map((change) => change.fields)).toEqual([[{ field: 'fail_mode', from: null, to: 'secure' }]])
    expect(diff.flows.added).toEqual(desired.flows.filter((flow) => flow.bridge === 'br-tun'))
  })

  it('[DIFF-10] takes the kernel datapath for no master, on either side', () => {
    const held = {
      ...desired,
      links: desired.links.map((link) => (link.name.startsWith('qvo') ? { ...link, master: 'ovs-system' } : link)),
    }
    const free = { ...desired, links: desired.links.map((link) => ({ ...link, master: link.master ?? null })) }
    expect([diffHost(desired, held), diffHost(held, free), diffHost(free, held)].map(isEmptyDiff)).toEqual([true, true, true])
    expect(diffHost(emptyHostState, held).links.removed.filter(({ master }) => master === 'ovs-system')).toEqual([])
    expect(
      diffHost(desired, {
        ...desired,
        links: desired.links.map((link) => (link.type === 'tap' ? { ...link, master: 'ovs-system' } : link)),
      }).links.changed[0]!.fields,
    ).toEqual([{ field: 'master', from: null, to: expect.stringMatching(/^qbr/) }])
  })

  it('[DIFF-6] writes a flow again that is wanted and would time out', () => {
    const [flow, ...others] = desired.flows as [Flow, ...Flow[]]
    const diff = diffHost(desired, { ...desired, flows: [{ ...flow, idleTimeout: 500 }, ...others] })
    expect(diff.flows).toEqual({
      added: [],
      changed: [{ from: { ...flow, idleTimeout: 500 }, to: flow, fields: [{ field: 'idle_timeout', from: '500', to: '0' }] }],
      removed: [],
    })
  })

  it('[DIFF-6] ignores learned flows although they carry our cookie', () => {
    const learned = { ...desired.flows[0]!, table: 20, priority: 1, match: 'dl_dst=fa:16:3e:00:00:01', hardTimeout: 300 }
    expect(isEmptyDiff(diffHost(desired, { ...desired, flows: [...desired.flows, learned] }))).toBe(true)
  })
})
