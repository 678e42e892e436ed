// What a chain comes to where not all of it can be told, and how chains of ebtables end.

import { describe, expect, it } from 'vitest'
import type { IptablesChain } from '../../../host/iptables'
import { echoRequest, type IpPayload } from '../../frame'
import { runChain, type ChainResult } from './run-chain'
import { buildRuleset } from './ruleset'
import type { Subject } from './subject'

const frame = echoRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.1' }, { mac: '02:00:00:00:00:02', ip: '10.0.0.2' })

const subject: Omit<Subject, 'mark' | 'connectionMark'> = {
  frame, ip: frame.payload as IpPayload, arp: null, inDevice: 'eth0', outDevice: 'eth1', physIn: null, physOut: null, isBridged: false, state: 'NEW', isReply: false,
  nat: { dnat: false, snat: false }, addressType: () => 'UNICAST', isInSet: () => null,
} // prettier-ignore

/** `name policy` or `name` → rules. */
function run(
  chains: Readonly<Record<string, readonly string[]>>,
  asked: Partial<typeof subject> = {},
  family: IptablesChain['family'] = 'ipv4',
): ChainResult {
  const rows = Object.entries(chains).map(([head, rules]): IptablesChain => {
    const [chain = '', policy = null] = head.split(' ')
    return { netns: '', family, table: 'filter', chain, policy, rules }
  })
  return runChain(
    buildRuleset(rows, family),
    'filter',
    'FORWARD',
    { ...subject, ...asked },
    { mark: 0, connectionMark: 0, zone: 0, isUntracked: false },
  )!
}

const UNSURE = '-m length --length 100'
const MARK = '-j MARK --set-xmark 0x7/0xffffffff'

describe('a note is as sure as the way to it', () => {
  it.each([
    ['on the way', { 'FORWARD ACCEPT': [MARK] }, 7],
    ['of a chain that may not be jumped to', { 'FORWARD ACCEPT': [`${UNSURE} -j other`], other: [MARK] }, null],
    ['behind what may have returned', { 'FORWARD ACCEPT': ['-j other'], other: [`${UNSURE} -j RETURN`, MARK] }, null],
    ['behind what may have accepted', { 'FORWARD ACCEPT': [`${UNSURE} -j ACCEPT`, MARK] }, null],
    ['in the caller of what may have returned', { 'FORWARD ACCEPT': ['-j other', MARK], other: [`${UNSURE} -j RETURN`] }, 7],
  ])('%s', (_, chains, mark) => expect(run(chains).notes.mark).toBe(mark))

  it('a rule that reads it then may match or not', () =>
    expect(run({ 'FORWARD ACCEPT': [`${UNSURE} -j other`, '-m mark --mark 0x7 -j DROP'], other: [MARK] }).verdict.kind).toBe(
      'not-understood',
    ))
  it('nobody knows the connection of what may not be tracked', () =>
    expect(run({ 'FORWARD ACCEPT': [`${UNSURE} -j CT --notrack`] }).notes).toMatchObject({ isUntracked: false, zone: null }))
})

describe('chains of ebtables that were made', () => {
  const kind = (chains: Readonly<Record<string, readonly string[]>>) => run(chains, {}, 'bridge').verdict.kind
  it.each([
    ['end by their policy', { 'FORWARD ACCEPT': ['-j own'], 'own DROP': ['-p ARP -j ACCEPT'] }, 'drop'],
    ['which may be to accept', { 'FORWARD ACCEPT': ['-j own', '-j DROP'], 'own ACCEPT': [] }, 'accept'],
    ['or to return', { 'FORWARD ACCEPT': ['-j own', '-j DROP'], 'own RETURN': [] }, 'drop'],
    ['but not where a rule returns', { 'FORWARD ACCEPT': ['-j own'], 'own DROP': ['-p IPv4 -j RETURN'] }, 'accept'],
    ['and may, where one may return', { 'FORWARD ACCEPT': ['-j own'], 'own DROP': ['--pkttype-type host -j RETURN'] }, 'not-understood'],
  ])('%s', (_, chains, expected) => expect(kind(chains)).toBe(expected))

  it('knows the bridge group address by its name', () => {
    const toBridges = { ...frame, destinationMac: '01:80:c2:00:00:00' }
    expect(run({ 'FORWARD ACCEPT': ['-d BGA -j DROP'] }, { frame: toBridges }, 'bridge').verdict.kind).toBe('drop')
  })
})

describe('NAT', () => {
  it.each([
    ['SNAT --to-source 10.0.0.9', 'snat', false],
    ['SNAT --to-source 10.0.0.9 --persistent', 'snat', false],
    ['SNAT --to-source 10.0.0.9:5000', 'snat', true],
    ['SNAT --to-source 10.0.0.9 --random-fully', 'snat', true],
    ['SNAT --to-source 10.0.0.8-10.0.0.9', 'not-understood', undefined],
    ['DNAT --to-destination 10.0.0.9:80', 'dnat', false],
    ['DNAT --to-destination 10.0.0.9:80-90', 'dnat', true],
    ['DNAT --to-destination 10.0.0.9 --random', 'dnat', true],
    ['MASQUERADE', 'masquerade', false],
    ['MASQUERADE --random-fully', 'masquerade', true],
    ['MASQUERADE --to-ports 5000-5010', 'masquerade', true],
    ['REDIRECT', 'redirect', false],
    ['REDIRECT --to-ports 99', 'redirect', false],
    ['REDIRECT --to-ports 99-105', 'redirect', true],
  ])('%s: %s, with a port of the kernel’s: %s', (target, kind, isPortOpen) => {
    const { verdict } = run({ 'FORWARD ACCEPT': [`-j ${target}`] })
    expect([verdict.kind, 'isPortOpen' in verdict ? verdict.isPortOpen : undefined]).toEqual([kind, isPortOpen])
  })
})

describe('conditions', () => {
  const later = { ...(frame.payload as IpPayload), protocol: 6, fragment: 'later', transport: { kind: 'none' } } as const
  it.each<[string, Partial<typeof subject>, string]>([
    ['-m conntrack --ctstate DNAT', {}, 'accept'],
    ['-m conntrack --ctstate DNAT', { nat: { dnat: true, snat: false } }, 'drop'],
    ['-m conntrack ! --ctstate DNAT', {}, 'drop'],
    ['-m conntrack --ctstate RELATED,SNAT', { nat: { dnat: true, snat: false } }, 'accept'],
    ['-m conntrack --ctstate RELATED,SNAT', { nat: { dnat: false, snat: true } }, 'drop'],
    ['-m conntrack --ctstate DNAT', { state: null }, 'not-understood'],
    ['-m conntrack --ctstate ESTABLISHED --ctdir REPLY', { state: 'ESTABLISHED', isReply: true }, 'drop'],
    ['-m conntrack --ctstate ESTABLISHED --ctdir REPLY', { state: 'ESTABLISHED' }, 'accept'],
    ['-m conntrack --ctdir ORIGINAL', {}, 'drop'],
    ['-m conntrack --ctdir ORIGINAL', { isReply: null }, 'not-understood'],
    ['-m iprange --src-range 10.0.0.1-10.0.0.9', {}, 'drop'],
    ['-m iprange ! --src-range 10.0.0.2-10.0.0.9', {}, 'drop'],
    ['-m iprange --dst-range 10.0.0.3-10.0.0.9', {}, 'accept'],
    ['-m iprange --src-range fe80::1-fe80::9', {}, 'not-understood'],
    ['-p tcp -m tcp ! --dport 80', { ip: later }, 'accept'],
    ['-p tcp -m multiport ! --dports 80,443', { ip: later }, 'accept'],
    ['-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN', { ip: later }, 'accept'],
    ['! -s 10.9.0.0/16 -p tcp', { ip: later }, 'drop'],
  ])('%s, %j: %s', (rule, asked, expected) => expect(run({ 'FORWARD ACCEPT': [`${rule} -j DROP`] }, asked).verdict.kind).toBe(expected))
})
