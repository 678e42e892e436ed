import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { quoteArgv } from '../commands/quote'
import { MAX_INLINE_LENGTH } from '../kinds/ovs/transactions'
import { compileHost } from '../compile/compile'
import { emptyHostState, type HostState } from '../host/host-state'
import type { HostFacts, HostObservation } from '../host/observation'
import type { Link } from '../host/link'
import type { OvsInterface, OvsPort } from '../host/ovs'
import { contentDigest } from '../host/restore-unit'
import { cookieOf } from '../naming'
import { parseRoutes } from '../parse/testing/parse-parts'
import { said } from '../testing/said'
import { sampleTopology } from '../testing/sample-topology'
import { listDeviations, listOurs, planHost } from './plan-host'
import { wayBack } from './testing/way-back'

const topology = sampleTopology({ networks: [2] })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string): Link => ({ netns: '', name, type: 'physical', owner: null, isUp: true })

const facts: HostFacts = {
  hostname: 'cmp1',
  kernel: '6.1.0',
  ovsVersion: '3.1.0',
  ovsDatapathTypes: ['netdev'],
  hasKernelDatapath: false,
  kvm: 'no-device',
  libvirtVersion: '9.0.0',
  tools: {},
  neutronAgents: [],
  sshLink: null,
}

const bond: Link = { ...nic('bond0'), type: 'other' }

const ovsBond: OvsPort = {
  bridge: 'br-ex', name: 'bond1', owner: null, tag: null, vlanMode: null, trunks: [], otherConfig: {}, externalIds: {},
  interface: { type: '', options: {}, externalIds: {} }, members: [{ name: 'ens38', ofport: 1 }, { name: 'ens39', ofport: 2 }],
} // prettier-ignore

const observe = (state: Partial<HostState>, changes: Partial<HostFacts> = {}): HostObservation => ({
  hostId: host.id,
  observedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  state: { ...emptyHostState, links: [nic('ens37'), nic('ens38')], ...state },
  facts: { ...facts, ...changes },
  unparsed: [],
})

/** The host after the plan ran: what was asked for, and its NICs. */
const applied = observe({ ...desired, links: [...desired.links.filter((link) => link.type !== 'physical'), nic('ens37'), nic('ens38')] })

describe('planHost', () => {
  it('[PLAN-1] plans nothing for a host that is as the design wants it', () => {
    const plan = planHost(host, desired, applied)
    expect([plan.steps, plan.changes, plan.blocked, plan.kept]).toEqual([[], [], [], []])
  })

  it('[PLAN-2] keeps the loop-safe order: dead ports, flows, then peers and tags', () => {
    const titles = planHost(host, desired, observe({})).steps.map((step) => step.command.argv.slice(0, 2).join(' '))
    expect(titles.indexOf('ovs-vsctl --timeout=20')).toBeLessThan(titles.indexOf('ovs-ofctl -O'))
    expect(titles.lastIndexOf('ovs-ofctl -O')).toBeLessThan(titles.lastIndexOf('ovs-vsctl --timeout=20'))
    const [prepare, connect] = planHost(host, desired, observe({})).steps.filter((step) => step.command.argv[0] === 'ovs-vsctl')
    expect(prepare?.command.argv).toContain('options:"peer"="nonexistent-peer"')
    expect(prepare?.command.argv).toContain('tag=4095')
    expect(connect?.command.argv).toContain('tag=12')
  })

  it('[PLAN-3] uses few round trips: one batch, one transaction on either side of one bundle per bridge', () => {
    const argv = planHost(host, desired, observe({})).steps.map((step) => step.command.argv[0])
    expect(argv.filter((program) => program === 'ovs-vsctl')).toHaveLength(2)
    expect(argv.filter((program) => program === 'ovs-ofctl')).toHaveLength(3)
    expect(argv).toHaveLength(11)
  })

  it('[PLAN-3] feeds a transaction that SSH could not carry as one command line through standard input', () => {
    const ports = Array.from({ length: 1000 }, (_, index) => ({
      ...desired.ovsPorts.find(({ name }) => name.startsWith('qvo'))!,
      name: `qvo${index}`,
    }))
    const { steps } = planHost(host, { ...desired, ovsPorts: [...desired.ovsPorts, ...ports] }, observe({}))
    const commands = steps.map(({ command }) => command).filter(({ argv }) => argv.includes('ovs-vsctl'))
    expect(commands).toHaveLength(2)
    expect(Math.max(...commands.map(({ argv }) => quoteArgv(argv).length))).toBeLessThan(120 * 1024)
    expect(commands[0]!.stdin!.match(/^add-port\nbr-int\nqvo\d+$/gm)).toHaveLength(1000)
  })

  it('[PLAN-12] makes no command line that grows with the number of devices', () => {
    const many = <Item>(items: readonly Item[], rename: (item: Item, index: number) => Item) =>
      items.flatMap((item) => Array.from({ length: 300 }, (_, index) => rename(item, index)))
    const links = many(
      desired.links.filter(({ name }) => /^(qbr|qvb|qvo)/.test(name)),
      (link, index) => ({ ...link, name: `${link.name.slice(0, 10)}${index}` }),
    )
    const sysctls = many(desired.sysctls, (sysctl, index) => ({ ...sysctl, key: `${sysctl.key}${index}` }))
    const namespaces = Array.from({ length: 2000 }, (_, index) => ({
      name: `qdhcp-${index}`,
      owner: { kind: 'network', id: topology.networks[0]!.id } as const,
    }))
    const { steps } = planHost(
      host,
      { ...desired, links: [...desired.links, ...links], sysctls: [...desired.sysctls, ...sysctls], namespaces },
      observe({}),
    )
    expect(steps.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Set \d+ sysctls$/),
        expect.stringMatching(/checksum offload off on \d+ devices$/),
        'Add 2,000 namespaces',
      ]),
    )
    expect(Math.max(...steps.map(({ command }) => quoteArgv(command.argv).length))).toBeLessThan(MAX_INLINE_LENGTH)
  })

  it('[PLAN-4] removes exactly what was made', () => {
    const plan = planHost(host, emptyHostState, applied)
    expect(plan.changes.every((change) => change.action === 'remove')).toBe(true)
    expect(plan.changes.map((change) => change.label).sort()).toEqual([...listOurs(applied)].sort())
    expect(plan.steps.map((step) => step.command.argv[0])).toEqual(['virsh', 'virsh', 'ovs-vsctl', 'ovs-vsctl', 'ip'])
  })

  it('[PLAN-5] the way back from a half-made host brings back what was there', () => {
    const half = observe({ links: [...applied.state.links], ovsBridges: desired.ovsBridges.slice(0, 1) })
    const { steps, leftovers } = wayBack(host, desired, observe({}), half)
    expect(leftovers.map((each) => said(each).sentence)).toContain('OVS bridge br-int')
    expect(steps.at(-1)?.command.stdin).toContain('link del dev qbrff000022-00')
    expect(wayBack(host, desired, observe({}), observe({})).steps).toEqual([])
  })

  describe('on the kernel datapath, which shows as the master of every port of Open vSwitch', () => {
    const isPort = ({ name }: Pick<Link, 'name'>) => name.startsWith('qvo') || name === 'ens38'
    const before = observe({
      ...applied.state,
      links: applied.state.links.map((link) => (isPort(link) ? { ...link, master: 'ovs-system' } : link)),
    })
    const lost = (name: string) => /^(qvo|qvb|qbr|tap)/.test(name)
    const half = observe({
      ...before.state,
      links: before.state.links.filter(({ name }) => !lost(name)),
      ovsPorts: desired.ovsPorts.filter(({ name }) => !lost(name)),
      domains: [],
    })

    it('[PLAN-5] the way back is empty when nothing was changed', () => {
      expect(wayBack(host, emptyHostState, before, before)).toEqual({ steps: [], leftovers: [], unknown: [], hidden: [] })
    })

    it('[PLAN-5] brings ports back by their rows: `ip` cannot make that device a master', () => {
      const { steps } = wayBack(host, emptyHostState, before, half)
      const lines = steps.flatMap(({ command }) => (command.argv[0] === 'ip' ? command.stdin!.split('\n') : []))
      expect(lines).toContainEqual(expect.stringMatching(/^link set dev qvoff000022-00 alias tapline:port\/\S+ .*up$/))
      expect(lines.filter((line) => /ovs-system|nomaster/.test(line))).toEqual([])
      expect(steps.flatMap(({ command }) => command.argv).join(' ')).toContain('add-port br-int qvoff000022-00')
    })

    it('[DIFF-10] a plan that removes ports shows such a way back, too', () => {
      const { steps, undo } = planHost(host, emptyHostState, before)
      expect(JSON.stringify(steps)).toMatch(/link del dev qv[bo]ff000022-00/)
      expect(JSON.stringify(undo)).not.toContain('ovs-system')
    })
  })

  it('[PLAN-8] the way back includes what was made but not marked', () => {
    const unmarked = observe({ links: [...observe({}).state.links, { netns: '', name: 'qbrff000022-00', type: 'bridge', owner: null }] })
    expect(wayBack(host, desired, observe({}), unmarked).leftovers.map((each) => said(each).sentence)).toEqual(['bridge qbrff000022-00'])
    expect(wayBack(host, desired, unmarked, unmarked).leftovers).toEqual([])
  })

  it.each<[string, Partial<HostState>, Partial<HostFacts>, string, RegExp]>([
    [
      'a foreign bridge of the same name',
      { ovsBridges: [{ ...desired.ovsBridges[0]!, owner: null, externalIds: {} }] },
      {},
      'foreign-in-the-way',
      /OVS bridge br-int is already there/,
    ],
    [
      "another console's bridge",
      { ovsBridges: [{ ...desired.ovsBridges[0]!, owner: { kind: 'host', id: topology.hosts[2]!.id }, externalIds: {} }] },
      {},
      'other-registration',
      /mark of host cc000003-.*another console/,
    ],
    [
      'a foreign device of the same name',
      { links: [nic('ens37'), nic('ens38'), { netns: '', name: 'qbrff000022-00', type: 'bridge', owner: null }] },
      {},
      'foreign-in-the-way',
      /device qbrff000022-00/,
    ],
    [
      'a device that has the name of a bridge',
      { links: [nic('ens37'), nic('ens38'), { ...bond, name: 'br-ens38' }] },
      {},
      'foreign-in-the-way',
      /device br-ens38 is already there/,
    ],
    ['a NIC that is not there', { links: [nic('ens37')] }, {}, 'missing-nic', /no NIC ens38/],
    [
      'a NIC with an address',
      { addresses: [{ netns: '', link: 'ens38', cidr: '192.0.2.1/24' }] },
      {},
      'nic-has-address',
      /192\.0\.2\.1\/24/,
    ],
    ['the NIC of our own session', {}, { sshLink: 'ens38' }, 'nic-carries-ssh', /carries this SSH session/],
    [
      'a bond that has the NIC and carries our session',
      { links: [nic('ens37'), { ...nic('ens38'), master: 'bond0' }, bond] },
      { sshLink: 'bond0' },
      'nic-carries-ssh',
      /ens38 carries this SSH session, by bond0/,
    ],
    [
      'a bond that has the NIC',
      { links: [nic('ens37'), { ...nic('ens38'), master: 'bond0' }, bond] },
      {},
      'nic-taken',
      /ens38 is a port of bond0, which is not ours/,
    ],
    [
      'a bond of Open vSwitch that has the NIC',
      { ovsPorts: [ovsBond] },
      {},
      'nic-taken',
      /ens38 is a member of bond bond1 of br-ex, which is not ours/,
    ],
    [
      'a bond of Open vSwitch that has the NIC, and whose bridge carries our session',
      { ovsPorts: [ovsBond] },
      { sshLink: 'br-ex' },
      'nic-carries-ssh',
      /ens38 carries this SSH session, by br-ex/,
    ],
    [
      'a master that was not read',
      { links: [nic('ens37'), { ...nic('ens38'), master: 'team0' }] },
      {},
      'nic-taken',
      /ens38 is a port of team0/,
    ],
    [
      'a bond that is mapped and has an address',
      { links: [nic('ens37'), { ...bond, name: 'ens38' }], addresses: [{ netns: '', link: 'ens38', cidr: '192.0.2.1/24' }] },
      {},
      'nic-has-address',
      /192\.0\.2\.1\/24/,
    ],
    ['a part of the host that could not be read', {}, {}, 'not-observed', /Open vSwitch does not answer/],
    ['a Neutron agent', {}, { neutronAgents: ['neutron-openvswitch-agent'] }, 'agent-present', /One writer per host/],
    ['a missing tool', {}, { tools: { 'ovs-ofctl': false } }, 'missing-tool', /ovs-ofctl is not installed/],
    [
      'a VM that lost its mark and is as wanted otherwise',
      { ...applied.state, domains: desired.domains.map((domain) => ({ ...domain, owner: null })) },
      {},
      'foreign-in-the-way',
      /VM .* is already there and is not ours/,
    ],
    [
      'a foreign flow of the same match',
      { flows: [{ ...desired.flows[0]!, cookie: '0x99', owner: null }] },
      {},
      'foreign-in-the-way',
      /cookie 0x99/,
    ],
  ])('[PLAN-6] is blocked by %s, and names it', (_, state, changed, code, message) => {
    const unparsed =
      code === 'not-observed' ? [{ section: 'ovsdb', text: '', reason: quote('Open vSwitch does not answer: exit code 1') }] : []
    const { blocked } = planHost(host, desired, { ...observe(state, changed), unparsed })
    expect(blocked.map(said)).toContainEqual(expect.objectContaining({ code, sentence: expect.stringMatching(message) }))
  })

  it('[PLAN-6] is blocked by a NIC that does not exist where nothing else is to do', () => {
    const links = applied.state.links.filter(({ name }) => name !== 'ens38')
    expect(planHost(host, desired, observe({ ...applied.state, links })).blocked.map(({ code, subject }) => [code, subject.name])).toEqual([
      ['missing-nic', 'ens38'],
    ])
  })

  it('[PLAN-6] is not blocked by the flow that Open vSwitch itself puts into a bridge without fail_mode', () => {
    const own = {
      ...desired.flows.find(({ table, priority, match }) => table === 0 && priority === 0 && match === '')!,
      actions: 'NORMAL',
      cookie: '0x0',
      owner: null,
    }
    const ovsBridges = desired.ovsBridges.map((bridge) => ({ ...bridge, failMode: null }))
    const blockedBy = (actions: string) =>
      planHost(host, desired, observe({ ovsBridges, flows: [{ ...own, actions }] })).blocked.map(({ code }) => code)
    expect([blockedBy('NORMAL'), blockedBy('drop')]).toEqual([[], ['foreign-in-the-way']])
  })

  it('[PLAN-6] is not blocked by a VLAN interface of the NIC that carries our session', () => {
    const vlan = { netns: '', name: 'ens38.7', type: 'vlan' as const, owner: null, vlan: { lower: 'ens38', id: 7 } }
    expect(planHost(host, desired, observe({ links: [nic('ens37'), nic('ens38'), vlan] }, { sshLink: 'ens38.7' })).blocked).toEqual([])
  })

  it('[PLAN-6] is not blocked by a NIC that moves between bridges of ours', () => {
    const held = applied.state.links.map((link) => (link.name === 'ens38' ? { ...link, master: 'ovs-system' } : link))
    const renamed = {
      ...topology,
      hosts: topology.hosts.map((each) => ({
        ...each,
        bridgeMappings: each.bridgeMappings.map((mapping) => ({ ...mapping, bridge: 'br-phys' })),
      })),
    }
    const { blocked } = planHost(
      host,
      compileHost(renamed, host.id),
      observe({ ...applied.state, links: [...held, { ...nic('ovs-system'), type: 'other' }] }),
    )
    expect(blocked).toEqual([])
  })

  it('[PLAN-23] reads back a port that Open vSwitch could not open as a deviation, with its error', () => {
    const reading = (dead: Partial<OvsInterface>) =>
      listDeviations(host, desired, {
        ...applied,
        state: {
          ...applied.state,
          ovsPorts: desired.ovsPorts.map((port) => (port.name === 'ens38' ? { ...port, interface: { ...port.interface, ...dead } } : port)),
        },
      }).map((each) => said(each).sentence)
    expect(reading({ ofport: 4, error: null })).toEqual([])
    expect(reading({ ofport: -1, error: 'could not add network device ens38 to ofproto (Device or resource busy)' })).toEqual([
      'Open vSwitch cannot use ens38: could not add network device ens38 to ofproto (Device or resource busy)',
    ])
    expect(reading({ ofport: -1 })).toEqual(['Open vSwitch cannot use ens38 (ofport -1): its device is missing'])
  })

  it('[PLAN-6] is blocked by a VM for KVM on a host that has none, but not by one that is there already', () => {
    const kvm = { ...desired, domains: desired.domains.map((domain) => ({ ...domain, virtType: 'kvm' })) }
    const blockedOn = (state: Partial<HostState>, found: Partial<HostFacts>) => planHost(host, kvm, observe(state, found)).blocked.map(said)
    expect(blockedOn({}, { kvm: 'no-processor' })).toEqual([
      expect.objectContaining({
        code: 'missing-kvm',
        sentence: expect.stringMatching(/is to run with KVM, but the processor shows neither vmx nor svm/),
      }),
    ])
    expect(blockedOn({}, { kvm: 'usable' })).toEqual([])
    expect(blockedOn({ domains: kvm.domains }, { kvm: 'no-processor' })).toEqual([])
  })

  it('defines a VM anew when it runs by other means than meant', () => {
    const kvm = { ...desired, domains: desired.domains.map((domain) => ({ ...domain, virtType: 'kvm' })) }
    const { changes } = planHost(host, kvm, { ...applied, facts: { ...applied.facts, kvm: 'usable' } })
    expect(changes.map(({ kind, fields }) => [kind, fields])).toEqual([['domains', [{ field: 'virtualisation', from: 'qemu', to: 'kvm' }]]])
  })

  it('[PLAN-9] marks an internal port again that Open vSwitch made anew after a reboot, without calling it foreign', () => {
    const rebooted = applied.state.links.map((link) => (link.name === 'br-ens37' ? { ...link, owner: null, isUp: false } : link))
    const plan = planHost(host, desired, { ...applied, state: { ...applied.state, links: rebooted } })
    expect(plan.blocked).toEqual([])
    expect(plan.steps[0]?.command.stdin).toBe(`link set dev br-ens37 alias tapline:host/${host.id} up\n`)
  })

  it('[PLAN-10] makes an abandoned internal port anew, with its addresses and routes', () => {
    const dhcpHost = topology.hosts[0]!
    const wanted = compileHost(topology, dhcpHost.id)
    const links = wanted.links.map((link) => (link.netns === '' ? link : { ...link, type: 'other' as const }))
    const { steps } = planHost(dhcpHost, wanted, { ...applied, state: { ...wanted, links } })
    const lines = steps.map((step) => step.command.stdin?.replaceAll(/tapff\S+|qdhcp-\S+/g, (name) => name.slice(0, 5)))
    expect(lines).toEqual([
      'link del dev tapff\n',
      'link set dev tapff netns qdhcp\n',
      expect.stringMatching(
        /^link set dev tapff alias .* address fa:16:3e:00:02:01 mtu 1500 up\naddress replace 10.0.2.2\/24 dev tapff\nroute replace default via 10.0.2.1 dev tapff table main\n$/,
      ),
    ])
  })

  describe('with a gateway outside the subnet', () => {
    const dhcpHost = topology.hosts[0]!
    const served = (gatewayIp: string | null) =>
      compileHost({ ...topology, subnets: topology.subnets.map((subnet) => ({ ...subnet, gatewayIp })) }, dhcpHost.id)
    const wanted = served('192.0.2.1')
    const { netns, link } = wanted.routes[0]!
    /** As `ip -j route` shows what the plan wrote: the default route first. */
    const { value: shown } = parseRoutes(
      `[{"dst":"default","gateway":"192.0.2.1","dev":"${link}","flags":[]},{"dst":"192.0.2.1","dev":"${link}","scope":"link","flags":[]}]`,
      netns,
    )
    const seen = (state: HostState, routes: HostState['routes']): HostObservation => ({ ...applied, state: { ...state, routes } })
    const routeLines = (steps: readonly { readonly command: { readonly stdin?: string } }[]) =>
      steps.flatMap(({ command }) => command.stdin?.match(/^route .*$/gm) ?? []).map((line) => line.replaceAll(link!, 'tap'))
    const both = ['route replace 192.0.2.1/32 dev tap table main', 'route replace default via 192.0.2.1 dev tap table main']

    it('[PLAN-1] finds what it wrote, and has nothing left to do', () => {
      expect(routeLines(planHost(dhcpHost, wanted, seen(wanted, [])).steps)).toEqual(both)
      expect(planHost(dhcpHost, wanted, seen(wanted, shown)).steps).toEqual([])
    })

    it('[PLAN-5] comes back in the order that the kernel wants, whatever order it was read in', () => {
      const inside = served('10.0.2.1')
      expect(routeLines(planHost(dhcpHost, inside, seen(wanted, shown)).steps)).toEqual([
        'route del 192.0.2.1/32 dev tap table main',
        'route replace default via 10.0.2.1 dev tap table main',
      ])
      expect(routeLines(wayBack(dhcpHost, inside, seen(wanted, shown), seen(inside, inside.routes)).steps)).toEqual(both)
      expect(routeLines(wayBack(dhcpHost, inside, seen(wanted, shown), seen(inside, [])).steps)).toEqual(both)
    })
  })

  it('[PLAN-11] moves a NIC to a bridge of another name in one transaction', () => {
    const renamed = {
      ...topology,
      hosts: topology.hosts.map((each) => ({
        ...each,
        bridgeMappings: each.bridgeMappings.map((mapping) => ({ ...mapping, bridge: 'br-phys' })),
      })),
    }
    const [prepare, connect] = planHost(host, compileHost(renamed, host.id), applied)
      .steps.filter((step) => step.command.argv[0] === 'ovs-vsctl')
      .map((step) => step.command.argv.join(' '))
    expect(prepare).toMatch(/-- del-port br-ens38 ens38 .*-- add-port br-phys ens38/)
    expect(connect).not.toMatch(/del-port \S+ ens38/)
  })

  describe('[PLAN-19] what another registration of the machine left', () => {
    const former = 'f0f0f0f0-0000-4000-8000-000000000001'
    const leftBy = (state: HostState): HostState =>
      JSON.parse(
        JSON.stringify(state)
          .replaceAll(host.id, former)
          .replaceAll(cookieOf({ kind: 'host', id: host.id }), cookieOf({ kind: 'host', id: former })),
      )
    const stray: Link = {
      netns: '',
      name: 'qbrdeadbeef-00',
      type: 'bridge',
      owner: { kind: 'port', id: 'deadbeef-0000-4000-8000-000000000000' },
    }
    const left = { ...leftBy(applied.state), links: [...leftBy(applied.state).links, stray] }
    const adopting = { ...host, adoptedHostIds: [former] }

    it('blocks the plan as a whole and says how to go on, until it is adopted', () => {
      const { blocked, warnings } = planHost(host, desired, observe(left))
      expect(blocked).toMatchObject([{ code: 'other-registration', params: { formerId: former } }])
      expect(said(blocked[0]!).sentence).toMatch(/Adopt them/)
      expect(warnings).toEqual([])
    })

    it('is marked anew where the design has it and removed where it has not, and the plan says so', () => {
      const { blocked, changes, warnings, undo } = planHost(adopting, desired, observe(left))
      expect(blocked).toEqual([])
      expect(changes.filter(({ action }) => action === 'create')).toEqual([])
      expect(changes.filter(({ action }) => action === 'remove').map(({ label }) => label)).toEqual(['bridge qbrdeadbeef-00'])
      expect(changes.filter(({ action }) => action === 'change').map(({ label }) => label)).toContain('OVS bridge br-int')
      expect(warnings!.map(said)).toEqual([
        expect.objectContaining({ code: 'adopted', sentence: expect.stringContaining(`what host ${former} left here is adopted`) }),
      ])
      expect(JSON.stringify(undo)).toContain(former)
    })

    it('leaves nothing to do once it is marked anew, and adopting nothing changes nothing', () => {
      expect(planHost(adopting, desired, applied)).toMatchObject({ steps: [], changes: [], blocked: [], warnings: [] })
    })
  })

  it('warns, and no longer blocks, beside a Neutron agent that the operator accepts', () => {
    const agents = { neutronAgents: ['neutron-dhcp-agent'] }
    const { blocked, warnings } = planHost({ ...host, isAgentAccepted: true }, desired, observe({}, agents))
    expect(blocked).toEqual([])
    expect(warnings!.map(said)).toEqual([
      expect.objectContaining({ code: 'beside-agent', sentence: expect.stringMatching(/neutron-dhcp-agent .*Two writers/) }),
    ])
    expect(planHost({ ...host, isAgentAccepted: true, isReadOnly: true }, desired, observe({}, agents)).blocked).toEqual([
      expect.objectContaining({ code: 'host-read-only' }),
    ])
  })

  it('[PLAN-7] keeps a bridge of ours that holds a foreign port, and says so', () => {
    const foreign = { ...desired.ovsPorts[0]!, bridge: 'br-int', name: 'by-hand', owner: null, externalIds: {} }
    const plan = planHost(host, emptyHostState, observe({ ...applied.state, ovsPorts: [...applied.state.ovsPorts, foreign] }))
    expect(plan.kept.map((kept) => said(kept).sentence)).toEqual(['OVS bridge br-int stays: it holds port by-hand, which is not ours.'])
    expect(plan.steps.flatMap((step) => step.command.argv)).not.toContain('br-hand')
    const deleted = plan.steps
      .filter((step) => step.command.argv.includes('del-br'))
      .map((step) => step.command.argv.join(' '))
      .join()
    expect(deleted).not.toContain('del-br br-int')
    expect(deleted).toContain('del-br br-tun')
  })

  describe('with a restore unit', () => {
    const restoring = { ...topology, hosts: topology.hosts.map((each) => ({ ...each, hasRestoreUnit: true })) }
    const wanted = compileHost(restoring, host.id)
    const [unit] = wanted.restoreUnits
    /** As a host shows it: digests, no texts. */
    const { files: _, ...seen } = unit!
    const shown = (restoreUnits: HostState['restoreUnits']): HostObservation => ({ ...applied, state: { ...applied.state, restoreUnits } })

    it('[PLAN-1] plans nothing where the unit is what the design makes', () => {
      expect(planHost(host, wanted, shown([seen])).steps).toEqual([])
    })

    it.each([
      ['was changed', { ...seen, digests: { ...seen.digests, 'steps.sh': '0'.repeat(40) } }],
      ['was switched off', { ...seen, isEnabled: false }],
    ])('[PLAN-21] is written again where it %s', (_, other) => {
      const { steps } = planHost(host, wanted, shown([other]))
      expect(steps.map(({ title }) => title)).toEqual(['Write the restore unit'])
      expect(steps[0]!.command.stdin).toContain(`restore.sh ${unit!.files!['restore.sh']!.split('\n').length - 1}\n#!/bin/sh\n`)
    })

    it('[PLAN-21] blocks on a unit of that name without a mark, and never removes it', () => {
      const foreign = { ...seen, owner: null, digests: {} }
      expect(planHost(host, wanted, shown([foreign])).blocked.map((each) => said(each).sentence)).toEqual([
        'cmp1: /etc/systemd/system/tapline-restore.service is already there and is not ours. Rename or remove it; Tapline does not touch it.',
      ])
      expect(planHost(host, desired, shown([foreign])).steps).toEqual([])
    })

    it('[PLAN-22] the way back puts the former content in force, or takes the unit away where there was none', () => {
      const former = { ...seen, digests: { ...seen.digests, 'steps.sh': '0'.repeat(40) } }
      const back = wayBack(host, wanted, shown([former]), shown([seen])).steps
      expect(back.map(({ title, command }) => [title, command.argv.at(-1)])).toEqual([
        ['Put the former restore unit in force', contentDigest(former)],
      ])
      expect(wayBack(host, wanted, shown([]), shown([seen])).steps.map(({ title }) => title)).toEqual(['Remove the restore unit'])
    })
  })
})
