import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainedPieces } from '../testing/explained'
import { unknownParts } from '../host/unknown-parts'
import { parseHostRead } from './host-read'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const recorded = readFileSync(new URL('./fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')
const read = (text: string, nonce = NONCE) =>
  parseHostRead({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 5, nonce, text })
const section = (name: string, text: string, code = 0) => `${text}\n@@${NONCE} ${code} ${name}\n`
const whole = (...sections: string[]) => read([...sections, section('done', '')].join(''))

const PORT = 'f4513237-f571-4e9e-a454-cd5927cdb9df'
const NETWORK = '0b5e0b0e-1111-4222-8333-444444444444'

describe('a recorded reading', () => {
  const { state, facts, unparsed, ...rest } = read(recorded)

  it('is understood whole', () => {
    expect(unparsed).toEqual([])
    expect(rest).toEqual({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 5 })
    expect(state.namespaces.map(({ name }) => name)).toContain(`qdhcp-${NETWORK}`)
  })

  it('tells the facts', () => {
    expect(facts).toMatchObject({
      hostname: 'compute-1',
      kernel: '6.1.0-38-amd64',
      ovsVersion: '3.1.0',
      ovsDatapathTypes: ['netdev'],
      hasKernelDatapath: false,
      kvm: 'no-device',
      libvirtVersion: '9.0.0',
      neutronAgents: [],
      sshLink: 'lo',
    })
    expect(facts.tools).toMatchObject({ 'ovs-ofctl': true, conntrack: false, 'qemu-system-x86_64': true })
  })

  it('knows a hybrid plug', () => {
    const link = (name: string, netns = '') => state.links.find((candidate) => candidate.name === name && candidate.netns === netns)
    expect(link('qbrf4513237-f5')).toMatchObject({
      type: 'bridge',
      owner: { kind: 'port', id: PORT },
      bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 },
    })
    expect(link('qvbf4513237-f5')).toMatchObject({
      type: 'veth',
      owner: { kind: 'port', id: PORT },
      master: 'qbrf4513237-f5',
      peer: { netns: '', name: 'qvof4513237-f5' },
      hasTxChecksumOffload: false,
    })
    expect(link('tapf4513237-f5')).toMatchObject({ type: 'tap', owner: null, master: 'qbrf4513237-f5', mtu: 1450 })
    expect(link('br-int')).toMatchObject({ type: 'ovs-internal', owner: null })
    expect(state.sysctls).toContainEqual({ netns: '', key: 'net/ipv4/conf/qbrf4513237-f5/arp_announce', value: '2' })
  })

  it('knows a namespace by the alias of its lo, and what is in it', () => {
    const netns = `qdhcp-${NETWORK}`
    expect(state.namespaces).toContainEqual({ name: netns, owner: { kind: 'network', id: NETWORK }, nsid: 10 })
    expect(state.links.find((link) => link.netns === netns && link.name.startsWith('tap'))).toMatchObject({
      type: 'ovs-internal',
      isUp: true,
      mtu: 1450,
    })
    expect(state.addresses).toContainEqual({ netns, link: 'tapd4c00000-01', cidr: '10.0.1.2/24', scope: 'global' })
    expect(state.routes).toContainEqual(
      expect.objectContaining({ netns, table: 'main', destination: 'default', via: '10.0.1.1', link: 'tapd4c00000-01' }),
    )
    expect(state.rules).toContainEqual({ netns, priority: 32766, source: 'all', table: 'main' })
    expect(state.iptables).toContainEqual({
      netns,
      family: 'ipv4',
      table: 'mangle',
      chain: 'tapline-POSTROUTING',
      policy: null,
      rules: ['-p udp -m udp --dport 68 -j CHECKSUM --checksum-fill'],
    })
    expect(state.dnsmasq).toMatchObject([
      {
        networkId: NETWORK,
        netns,
        isRunning: true,
        files: { host: 'fa:16:3e:5e:1a:6f,host-10-0-1-11.openstacklocal,10.0.1.11\n', opts: 'tag:subnet-x,option:router,10.0.1.1\n' },
        leases: [{ expiresAt: 0, ipAddress: '10.0.1.11', clientId: '*' }],
      },
    ])
    expect(state.dnsmasq[0]?.argv.slice(0, 2)).toEqual(['dnsmasq', '--no-hosts'])
  })

  it('pairs veth ends across namespaces', () => {
    const ends = state.links.filter((link) => link.name === 'tapx1' || link.name === 'tapy1')
    expect(ends.map(({ netns, peer }) => [netns, peer])).toEqual([
      ['', { netns: 'qdhcp-00000001', name: 'tapy1' }],
      ['qdhcp-00000001', { netns: '', name: 'tapx1' }],
    ])
  })

  it('reads a running domain as it was defined', () => {
    expect(state.domains).toEqual([
      {
        uuid: '11111111-2222-4333-8444-555555555555',
        name: 'instance-0000000a',
        title: 'web & <db> "1"',
        owner: { kind: 'vm', id: '11111111-2222-4333-8444-555555555555' },
        isRunning: true,
        memoryMib: 64,
        vcpus: 1,
        virtType: 'qemu',
        boot: { kind: 'disk', path: '/var/lib/libvirt/d.qcow2', format: 'qcow2' },
        interfaces: [
          {
            type: 'bridge',
            source: 'qbrf4513237-f5',
            target: 'tapf4513237-f5',
            macAddress: 'fa:16:3e:5e:1a:6f',
            mtu: 1450,
            model: 'virtio',
          },
        ],
        hasGuestAgent: true,
        freePciPorts: 1,
      },
    ])
  })

  it('names the ports of flows that were dumped with numbers', () => {
    expect(state.flows).toContainEqual(
      expect.objectContaining({
        bridge: 'br-int',
        table: 25,
        match: 'dl_src=fa:16:3e:5e:1a:6f,in_port=qvof4513237-f5',
        actions: 'resubmit(,30)',
        owner: null,
      }),
    )
    expect(state.flows.filter((flow) => /(in_port=|output:)\d/.test(`${flow.match} ${flow.actions}`))).toEqual([])
  })
})

describe('what a switch learned', () => {
  const macs = ' port  VLAN  MAC                Age\n    1     0  02:00:00:00:00:01    2\n'
  it('is there for the bridges that told it', () => {
    const { state, unparsed } = whole(
      section('ovs-macs br-x', macs),
      section('ovs-macs br-y', '\n'),
      section('groups br-x', 'OFPST_GROUP_DESC reply (OF1.4) (xid=0x2):\n'),
      section('groups br-y', ''),
      section('port-flags br-x', 'OFPST_PORT_DESC reply (xid=0x2):\n'),
      section('port-flags br-y', '\n'),
    )
    expect([state.learned, unparsed]).toEqual([
      { ovsMacs: { 'br-x': [{ port: '1', vlan: 0, macAddress: '02:00:00:00:00:01' }] }, groups: { 'br-x': [] }, portFlags: { 'br-x': [] } },
      [],
    ])
  })
  it('is not known where a line of it is not understood, and that is said', () => {
    const { state, unparsed } = whole(section('ovs-macs br-x', `${macs}rain\n`))
    expect([state.learned?.ovsMacs, unparsed.map(({ text }) => text)]).toEqual([{}, ['rain']])
  })
})

describe('what a host learned', () => {
  const neighbours = JSON.stringify([
    { dst: '10.0.0.4', dev: 'tap1', lladdr: '02:00:00:00:00:04', refcnt: 1, used: 7, probes: 1, state: ['STALE'] },
    { dst: '10.0.0.5', dev: 'tap1', refcnt: 1, probes: 3, state: ['FAILED'] },
    { dst: '10.0.0.6', dev: 'tap1', lladdr: '02:00:00:00:00:06', probes: 0, state: ['PERMANENT'] },
  ])
  const settings = JSON.stringify([
    { family: 'inet', interface: 'tap1', forwarding: true, rp_filter: 'loose', proxy_neigh: false },
    { family: 'inet', interface: 'all', forwarding: false, rp_filter: 'strict', proxy_neigh: true },
    { family: 'inet6', interface: 'tap1', forwarding: true },
  ])
  const entry = (address: string, macAddress: string | null, isPermanent: boolean) => ({
    netns: 'qdhcp-1',
    link: 'tap1',
    address,
    macAddress,
    isPermanent,
  })

  it('neighbours, those that a router answers for, and settings of devices', () => {
    const proxied = JSON.stringify([{ dst: '10.0.0.9', dev: 'tap1', proxy: null }])
    const { state, unparsed } = whole(section('ip qdhcp-1', `${neighbours}\n${proxied}\n${settings}`))
    expect(state.learned?.proxied).toEqual([{ netns: 'qdhcp-1', link: 'tap1', address: '10.0.0.9' }])
    expect(unparsed).toEqual([])
    expect(state.learned?.neighbours).toEqual([
      entry('10.0.0.4', '02:00:00:00:00:04', false),
      entry('10.0.0.5', null, false),
      entry('10.0.0.6', '02:00:00:00:00:06', true),
    ])
    expect(state.neighbours).toEqual([{ netns: 'qdhcp-1', link: 'tap1', address: '10.0.0.6', macAddress: '02:00:00:00:00:06' }])
    expect(state.sysctls.map(({ netns, key, value }) => `${netns} ${key.replace('net/ipv4/conf/', '')} ${value}`)).toEqual([
      'qdhcp-1 tap1/forwarding 1',
      'qdhcp-1 tap1/rp_filter 2',
      'qdhcp-1 tap1/proxy_arp 0',
      'qdhcp-1 all/forwarding 0',
      'qdhcp-1 all/rp_filter 1',
      'qdhcp-1 all/proxy_arp 1',
    ])
  })

  it('[PLAN-25] what is not understood of them is said, and matters only where some are wanted or ours', () => {
    const observation = whole(section('ip qdhcp-1', `${neighbours.replace('"tap1"', '7')}\n${settings.replace('loose', 'moon')}`))
    expect(observation.unparsed.map(({ section: name }) => name)).toEqual(['neigh qdhcp-1', 'netconf qdhcp-1'])
    expect(unknownParts(observation).map(({ section: name, kinds, netns, mayBeIdle }) => [name, kinds, netns, mayBeIdle])).toEqual([
      ['neigh qdhcp-1', ['neighbours'], 'qdhcp-1', true],
      ['netconf qdhcp-1', ['sysctls'], 'qdhcp-1', true],
    ])
    expect([observation.state.learned?.neighbours?.length, observation.state.sysctls.length]).toEqual([2, 3])
  })

  it('MAC tables of Linux bridges and sets of addresses, whole or not at all', () => {
    const macs = '[{"mac":"02:00:00:00:00:04","ifname":"tap1","flags":[],"master":"qbr1","state":""}]'
    const sets = 'create NIPv4a hash:net family inet\nadd NIPv4a 10.0.0.0/24\nadd NIPv4a 10.0.0.7 nomatch\n'
    const { learned, ipsets } = whole(section('fdb', macs), section('ipset', sets), section('ipset qrouter-1', 'rain\n')).state
    const learnedMac = { netns: '', bridge: 'qbr1', port: 'tap1', macAddress: '02:00:00:00:00:04', vlan: null, isLocal: false }
    expect(learned?.bridgeMacs).toEqual([learnedMac])
    expect(ipsets).toEqual([
      { netns: '', name: 'NIPv4a', type: 'hash:net', addressFamily: 'inet', entries: ['10.0.0.0/24', '10.0.0.7 nomatch'] },
    ])
    expect(whole(section('fdb', macs.replace('"tap1"', '7'))).state.learned?.bridgeMacs).toBeUndefined()
    expect(whole(section('fdb', macs, 1)).state.learned?.bridgeMacs).toBeUndefined()
  })
})

describe('what is not understood is said', () => {
  it('a section that no parser knows', () => {
    expect(explainedPieces(whole(section('weather', 'rain')).unparsed)).toEqual([
      { section: 'weather', text: 'rain', reason: 'A section that no parser knows' },
    ])
  })

  it.each([
    ['ovsdb', 1, '', 'Open vSwitch does not answer: exit code 1'],
    ['flows br-x', 127, 'sh: 1: ovs-ofctl: not found\n', 'The bridge does not answer: sh: 1: ovs-ofctl: not found (exit code 127)'],
    [
      'flows br-x',
      1,
      'x\novs-ofctl: br-x is not a bridge or a socket\n',
      'The bridge does not answer: ovs-ofctl: br-x is not a bridge or a socket (exit code 1)',
    ],
    ['flows br-x', 142, 'ovs-ofctl: terminating with signal 14 (Alarm clock)\n', 'The bridge does not answer within 5 s'],
    ['virsh', 124, '', 'Libvirt does not answer within 45 s'],
    ['domains', 124, '', 'Libvirt does not answer in time'],
    [
      'gone qrouter-1',
      1,
      'nsenter: reassociate to namespace failed: Invalid argument',
      'The namespace is gone, only its name is left: "ip netns del qrouter-1" removes it',
    ],
  ])('a section %s that failed with %d, in the words of who failed', (name, code, said, reason) => {
    const errors = said === '' ? [] : [section(`errors ${name}`, said)]
    expect(explainedPieces(whole(section(name, '', code), ...errors).unparsed)).toEqual([{ section: name, text: '', reason }])
  })

  it('a command inside a namespace, with what was said there', () => {
    const failed = [
      section('ip qdhcp-1', '', 255),
      section('namespace qdhcp-1', ''),
      section('errors namespace qdhcp-1', 'RTNETLINK answers: No buffer space\u001b[0m available'),
    ]
    expect(explainedPieces(whole(...failed).unparsed).map(({ reason }) => reason)).toEqual([
      'It could not be read as a whole: RTNETLINK answers: No buffer space [0m available (exit code 255)',
    ])
  })

  it('a namespace that was not read to its end, though its name is told', () => {
    const { unparsed } = whole(
      section('namespace', ''),
      section('namespaces', 'read lost dead'),
      section('namespace read', ''),
      section('gone dead', '', 1),
    )
    expect(explainedPieces(unparsed)).toContainEqual({
      section: 'namespace lost',
      text: '',
      reason: 'The namespace was not read to its end',
    })
    expect(unparsed.map(({ section: name }) => name)).not.toContain('namespace read')
    expect(whole(section('namespaces', '')).unparsed.map(({ section: name }) => name)).toContain('namespace')
  })

  it('a bridge of the OVSDB that was not asked for its flows', () => {
    const bridges = '{"data":[["br-{odd}","",[]]],"headings":["name","datapath_type","ports"]}'
    expect(explainedPieces(whole(section('ovsdb', bridges), section('name', 'br-{odd}')).unparsed)).toContainEqual({
      section: 'flows br-{odd}',
      text: '',
      reason: 'The bridge was not asked for its flows',
    })
  })

  it('more flows of one bridge than a reading may hold, and none of them', () => {
    const flow = ' cookie=0x0, table=0, priority=0 actions=NORMAL\n'
    const { state, unparsed } = whole(section('flows br-ovn', flow.repeat(Math.ceil((8 * 1024 * 1024) / flow.length)), 141))
    expect(state.flows).toEqual([])
    expect(explainedPieces(unparsed)).toEqual([
      {
        section: 'flows br-ovn',
        text: '',
        reason: 'br-ovn has more flows than a reading may hold (8 MB of text for one bridge): they were cut off',
      },
    ])
  })

  it('nothing of what the login printed', () => {
    const { facts, unparsed } = whole(
      section('login', 'Welcome to net1'),
      section('facts', 'hostname net1\nipv6 no\nlibvirt stopped\nguest 11111111-2222-4333-8444-555555555555'),
    )
    expect(unparsed).toEqual([])
    expect(facts).toMatchObject({
      hostname: 'net1',
      hasIpv6: false,
      isLibvirtStopped: true,
      runningGuests: ['11111111-2222-4333-8444-555555555555'],
    })
  })

  it('a reading that was cut short', () => {
    const { unparsed } = read(`${section('facts', 'hostname a')}[{"ifindex":1`)
    expect(explainedPieces(unparsed).map(({ reason }) => reason)).toEqual([
      'The reading ended before its last section',
      'Text outside of every section',
    ])
  })

  it('one bad row does not take its neighbours with it', () => {
    const text = '[{"ifindex":1,"ifname":"lo","flags":["UP"],"mtu":65536},{"ifindex":"two","ifname":"eth0"}]'
    const { state, unparsed } = whole(section('ip', text))
    expect(state.links.map(({ name }) => name)).toEqual(['lo'])
    expect(unparsed).toHaveLength(1)
    expect(explainedPieces(unparsed)[0]?.reason).toMatch(/^ifindex: /)
  })

  it('a flow that no dictionary knows', () => {
    const { state, unparsed } = whole(
      section('flows br-x', ' cookie=0x0, table=0, priority=0 actions=NORMAL\n cookie=0x0, table=1, priority=0 actions=teleport:3'),
    )
    expect(state.flows).toHaveLength(1)
    expect(explainedPieces(unparsed)).toEqual([
      { section: 'flows br-x', text: ' cookie=0x0, table=1, priority=0 actions=teleport:3', reason: 'Unknown action "teleport"' },
    ])
  })
})

describe('host text cannot pass for the script', () => {
  it('a delimiter with another nonce is text', () => {
    const forged = `hostname a\n\n@@${NONCE.replace('5', '6')} 0 facts\n`
    expect(explainedPieces(whole(section('facts', forged)).unparsed)[0]).toMatchObject({ section: 'facts', reason: 'Not a fact' })
  })

  it('a nonce that is a pattern is refused', () => {
    expect(explainedPieces(read(recorded, '.*.*.*.*').unparsed)[0]?.reason).toBe('The reading ended before its last section')
  })
})

describe('laws', () => {
  it('arbitrary section text never throws', () => {
    const names = fc.constantFrom(
      'facts',
      'ip',
      'sysctl',
      'iptables',
      'ethtool a',
      'ovsdb',
      'flows b',
      'dnsmasq',
      'virsh',
      'domains',
      'namespace x',
      'name',
      '__proto__',
      'constructor',
    )
    const part = fc.record({ name: names, text: fc.string({ unit: 'binary', maxLength: 120 }), code: fc.nat(255) })
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        (parts) => void whole(...parts.map(({ name, text, code }) => section(name, text, code))),
      ),
    )
  })

  it('a damaged reading never throws and never loses a link in silence', () => {
    fc.assert(
      fc.property(fc.nat(recorded.length), fc.nat(200), (at, cut) => {
        const observation = read(recorded.slice(0, at) + recorded.slice(at + cut))
        expect(observation.state.links.length + observation.unparsed.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  it('deep JSON is refused, not followed', () => {
    const deep = `[{"ifindex":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`
    expect(whole(section('ip', deep)).unparsed).toHaveLength(1)
  })
})
