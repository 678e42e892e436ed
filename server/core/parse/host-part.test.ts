import { describe, expect, it } from 'vitest'
import { bridgePart, DHCP_SERVERS, GUESTS, isWithin, namespacePart, partOf, wordsOf, type HostPart } from './host-part'
import { READ_NAMESPACE } from './read-namespaces'
import { READ_SCRIPT } from './read-script'

describe('the part of a host that a section belongs to', () => {
  it.each([
    ['ip', null],
    ['iptables', null],
    ['ovsdb', null],
    ['namespaces', null],
    ['errors namespace', null],
    ['ip qdhcp-1', 'netns/qdhcp-1'],
    ['gone qdhcp-1', 'netns/qdhcp-1'],
    ['errors namespace qdhcp-1', 'netns/qdhcp-1'],
    ['flows br-int', 'bridge/br-int'],
    ['errors flows br-int', 'bridge/br-int'],
    ['ovs-macs br-int', 'bridge/br-int'],
    ['groups br-int', 'bridge/br-int'],
    ['facts', 'guests'],
    ['errors virsh', 'guests'],
    ['domains', 'guests'],
    ['dnsmasq', 'dnsmasq'],
    ['restore', 'restore'],
    ['services', 'services'],
  ])('%s: %s', (section, part) => expect(partOf(section)).toBe(part))

  it('is that of its place, for everything that a namespace tells of itself', () => {
    const sections = [...READ_NAMESPACE.matchAll(/\bend ([a-z0-9]+)/g)].map(([, name]) => name!)
    expect(sections).toContain('ip6tables')
    for (const name of sections) expect(partOf(`${name} qdhcp-1`)).toBe('netns/qdhcp-1')
  })
})

describe('what is asked for', () => {
  it('is never nothing, which would be everything', () => {
    expect(wordsOf(new Set())).toEqual(['root'])
  })

  it('is words that the read script passes on', () => {
    const scope = new Set<HostPart>([
      GUESTS,
      DHCP_SERVERS,
      namespacePart('qdhcp-1'),
      bridgePart('br-int'),
      bridgePart('br-{odd}'),
      namespacePart('a b'),
      namespacePart('-x'),
      namespacePart(''),
      namespacePart('a/b'),
      bridgePart('*'),
    ])
    expect(wordsOf(scope)).toEqual(['root', 'bridge/br-int', 'dnsmasq', 'guests', 'netns/qdhcp-1'])
  })

  it('are words that the script knows', () => {
    for (const word of [GUESTS, DHCP_SERVERS, '"netns/', '"bridge/']) expect(READ_SCRIPT).toContain(`asked ${word}`)
  })

  it('holds what is within it', () => {
    const scope = new Set<HostPart>([GUESTS, bridgePart('br-int')])
    expect([
      isWithin(new Set(), scope),
      isWithin(scope, scope),
      isWithin(new Set([GUESTS]), scope),
      isWithin(new Set([DHCP_SERVERS]), scope),
    ]).toEqual([true, true, true, false])
  })
})
