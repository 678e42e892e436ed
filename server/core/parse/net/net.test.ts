import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsersByFile } from '../fixtures/parsers-by-file'
import { parseBrctlShow } from './brctl'
import { parseTxChecksum } from './ethtool'
import { parseGuestAddresses, parseGuestNeighbours, parseGuestRoutes } from './guest-ip'
import { parseIpsetSave } from './ipset'
import { parseIptablesSave } from './iptables'
import { parsePing } from './ping'
import { parseSysctls } from './sysctl'

const fixture = (path: string) => readFileSync(new URL(`../fixtures/neutron-21-vxlan/${path}`, import.meta.url), 'utf8')

describe('iptables-save', () => {
  const { value, unparsed } = parseIptablesSave(fixture('h1/iptables-save.txt'), 'ns', 'ipv4')

  it('keeps tables apart, and rules in order', () => {
    expect(unparsed).toEqual([])
    expect(value.filter(({ chain }) => chain === 'OUTPUT')).toEqual([
      { netns: 'ns', family: 'ipv4', table: 'raw', chain: 'OUTPUT', policy: 'ACCEPT', rules: ['-j neutron-openvswi-OUTPUT'] },
      { netns: 'ns', family: 'ipv4', table: 'filter', chain: 'OUTPUT', policy: 'ACCEPT', rules: ['-j neutron-filter-top', '-j neutron-openvswi-OUTPUT'] },
    ])
    expect(value.find(({ chain }) => chain === 'neutron-openvswi-sg-fallback')).toMatchObject({
      policy: null,
      rules: ['-m comment --comment "Default drop rule for unmatched traffic." -j DROP'],
    })
  })

  it.each(['-A NOWHERE -j DROP', '-N new', 'iptables-save: Permission denied'])('%s is Unparsed', (line) => {
    expect(parseIptablesSave(`*filter\n${line}\nCOMMIT\n`, '', 'ipv4')).toMatchObject({ value: [], unparsed: [{ text: line }] })
  })

  it('reads counters of -c', () => {
    expect(parseIptablesSave('*nat\n:A - [0:0]\n[3:180] -A A -j RETURN\n', '', 'ipv6').value[0]?.rules).toEqual(['-j RETURN'])
  })
})

describe('small tools', () => {
  it.each([
    ['net.ipv4.ip_forward = 1', 'net/ipv4/ip_forward', '1'],
    ['net.ipv4.conf.eth0/5.arp_ignore = 0', 'net/ipv4/conf/eth0.5/arp_ignore', '0'],
    ['net/ipv4/conf/eth0.5/arp_ignore:0', 'net/ipv4/conf/eth0.5/arp_ignore', '0'],
    ['/proc/sys/net/ipv4/ip_forward:1', 'net/ipv4/ip_forward', '1'],
    ['net.ipv4.tcp_rmem = 4096\t131072\t6291456', 'net/ipv4/tcp_rmem', '4096\t131072\t6291456'],
  ])('sysctl %s', (line, key, value) => expect(parseSysctls(line, 'n').value).toEqual([{ netns: 'n', key, value }]))

  it('sysctl: cannot stat is Unparsed', () => {
    expect(parseSysctls('sysctl: cannot stat /proc/sys/net/bridge: No such file or directory').unparsed).toHaveLength(1)
  })

  it('ethtool -k', () => {
    const text = 'Features for lo:\nrx-checksumming: on [fixed]\ntx-checksumming: on\n\ttx-checksum-ipv4: off [fixed]\n\nFeatures for qvo1:\ntx-checksumming: off\nwhat\n'
    const { value, unparsed } = parseTxChecksum(text)
    expect([...value]).toEqual([['lo', true], ['qvo1', false]])
    expect(unparsed.map((rest) => rest.text)).toEqual(['what'])
  })

  it('ipset save', () => {
    expect(parseIpsetSave(fixture('h1/ipset-save.txt')).value[0]).toMatchObject({ type: 'hash:net', members: ['10.0.1.12', '10.0.1.11'] })
    expect(parseIpsetSave('add unknown 10.0.0.1').unparsed).toHaveLength(1)
  })

  it('brctl show', () => {
    expect(parseBrctlShow(fixture('h1/brctl-show.txt')).value).toEqual([
      { name: 'qbrf4513237-f5', bridgeId: '8000.c20ce13b90ea', hasStp: false, ports: ['qvbf4513237-f5', 'tapf4513237-f5'] },
    ])
  })
})

describe('inside a guest', () => {
  it('addresses, with a VLAN device', () => {
    const text = '2: eth0: <BROADCAST,UP> mtu 1450 qdisc pfifo_fast qlen 1000\n    link/ether fa:16:3e:5e:1a:6f brd ff:ff:ff:ff:ff:ff\n    inet 10.0.1.11/24 scope global eth0\n3: eth0.101@eth0: <BROADCAST> mtu 1450 qdisc noqueue\n    link/ether fa:16:3e:00:00:02 brd ff:ff:ff:ff:ff:ff\n'
    expect(parseGuestAddresses(text)).toEqual({
      value: [
        { name: 'eth0', parent: null, isUp: true, mtu: 1450, macAddress: 'fa:16:3e:5e:1a:6f', addresses: ['10.0.1.11/24'] },
        { name: 'eth0.101', parent: 'eth0', isUp: false, mtu: 1450, macAddress: 'fa:16:3e:00:00:02', addresses: [] },
      ],
      unparsed: [],
    })
  })

  it('routes and neighbours', () => {
    expect(parseGuestRoutes('default via 10.0.1.1 dev eth0 \n10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.11 \n').value).toEqual([
      { destination: 'default', via: '10.0.1.1', link: 'eth0', source: null },
      { destination: '10.0.1.0/24', via: null, link: 'eth0', source: '10.0.1.11' },
    ])
    expect(parseGuestNeighbours('10.0.1.12 dev eth0 lladdr fa:16:3e:da:ec:c3 REACHABLE \n10.0.1.99 dev eth0 FAILED \n').value).toEqual([
      { ipAddress: '10.0.1.12', link: 'eth0', macAddress: 'fa:16:3e:da:ec:c3', state: 'REACHABLE' },
      { ipAddress: '10.0.1.99', link: 'eth0', macAddress: null, state: 'FAILED' },
    ])
  })
})

describe('ping', () => {
  it('reads iputils', () => {
    const text = 'PING 10.0.1.12 (10.0.1.12) from 10.0.1.11 eth0: 56(84) bytes of data.\n64 bytes from 10.0.1.12: icmp_seq=1 ttl=64 time=1.80 ms\nFrom 10.0.1.11 icmp_seq=2 Destination Host Unreachable\nping: local error: message too long, mtu=1450\n\n--- 10.0.1.12 ping statistics ---\n3 packets transmitted, 1 received, +1 errors, 66.6667% packet loss, time 602ms\nrtt min/avg/max/mdev = 1.454/1.820/2.211/0.309 ms, pipe 2\n'
    expect(parsePing(text)).toEqual({
      value: {
        destination: '10.0.1.12',
        transmitted: 3,
        received: 1,
        lossPercent: 66.6667,
        rttMs: { min: 1.454, avg: 1.82, max: 2.211 },
        replies: [{ sequence: 1, from: '10.0.1.12', ttl: 64, timeMs: 1.8, isDuplicate: false }],
        errors: ['From 10.0.1.11 icmp_seq=2 Destination Host Unreachable', 'ping: local error: message too long, mtu=1450'],
      },
      unparsed: [],
    })
  })

  it('reads busybox', () => {
    const text = 'PING 10.0.1.12 (10.0.1.12): 56 data bytes\n64 bytes from 10.0.1.12: seq=0 ttl=64 time=0.033 ms\n\n--- 10.0.1.12 ping statistics ---\n2 packets transmitted, 1 packets received, 50% packet loss\nround-trip min/avg/max = 0.033/0.046/0.060 ms\n'
    expect(parsePing(text)).toMatchObject({ value: { destination: '10.0.1.12', transmitted: 2, received: 1, lossPercent: 50, rttMs: { max: 0.06 } }, unparsed: [] })
  })

  it('a host that does not answer has no round trip', () => {
    expect(parsePing('2 packets transmitted, 0 received, 100% packet loss, time 1001ms\npipe 2').value).toMatchObject({ received: 0, lossPercent: 100, rttMs: null })
  })
})

describe('laws of every text parser', () => {
  const real = ['h1/appctl.txt', 'h1/iptables-save.txt', 'h1/brctl-show.txt', 'h1/vsctl-show.txt', 'h1/trace-arp-request.txt', 'h1/of/br-int.ports-stats.txt', 'guests/vm1.txt', 'ping.txt'].flatMap((path) => fixture(path).split('\n'))
  const line = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom(...real), fc.tuple(fc.constantFrom(...real), fc.nat(60)).map(([text, cut]) => text.slice(cut)))

  it.each(parsersByFile)('%s never throws', (_, parser) => {
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (lines) => void parser(lines.join('\n'))), { numRuns: 60 })
  })

  it.each(parsersByFile)('%s is bounded', (_, parser) => {
    const hostile = [`${' '.repeat(50_000)}x`, `${'a,'.repeat(50_000)}`, `${'1 '.repeat(50_000)}!`, `group_id=1,type=all${',a=b'.repeat(20_000)}\n`, `${'[{"a":'.repeat(20_000)}`, `bridge("${'-'.repeat(50_000)}`]
    const start = performance.now()
    for (const text of hostile) parser(text)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
