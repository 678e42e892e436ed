import { describe, expect, it } from 'vitest'
import { arp, ethernet, frame } from '../packet/testing/build-frame'
import { packet } from '../packet/testing/captures'
import { computePath, isPath } from './compute-path'
import { explainVerdict } from '../explain/verdict'
import { findConflicts, nameConflict, strangerOf, strangersIn } from './address-conflict'
import { addresses, Cloud, macs, ports } from './testing/cloud'

const STRANGER = '02:00:00:00:00:99'
const cloud = new Cloud({ type: 'vxlan' })
const draw = () => {
  const path = computePath(cloud.input, ports.web1, ports.web2)
  if (!isPath(path)) throw new Error(path.code)
  return path
}
const path = draw()
const claim = (mac: string, address: string) =>
  packet(frame([...ethernet(0x0806, { source: mac, destination: macs.web1 }), ...arp(2, [mac, address], [macs.web1, addresses.web1])]))
const qbr2 = path.forth.hops.filter(({ role }) => role === 'qbr')[1]!
const observations = (strangers: readonly string[]) => {
  const observation = cloud.observation('cmp2')
  const links = strangers.map((name) => ({ netns: '', name, type: 'veth' as const, owner: null, master: qbr2.place.device }))
  return new Map([
    ['cmp1', cloud.observation('cmp1')],
    ['cmp2', { ...observation, state: { ...observation.state, links: [...observation.state.links, ...links] } }],
  ])
}

describe('two machines with one address', () => {
  it('are told from ARP, once for all hops that saw it, with the stranger that is plugged in beside the VM', () => {
    const seen = new Map(
      path.forth.hops
        .slice(-4)
        .map(({ id }) => [id, [claim(macs.web2, addresses.web2), claim(STRANGER, addresses.web2), claim(STRANGER, addresses.web2)]]),
    )
    const conflicts = findConflicts(path, ({ id }) => seen.get(id) ?? [])
    expect(conflicts.map(({ macAddress, hop }) => [macAddress, hop.id])).toEqual([[STRANGER, path.forth.hops.at(-4)!.id]])
    expect(explainVerdict(nameConflict(conflicts[0]!, strangersIn(path, observations(['foreign0']))))).toBe(
      `Two MACs answer ARP for 10.0.0.6: ${macs.web2} of web2 and ${STRANGER}; foreign0 is plugged into ${qbr2.place.device} of cmp2 and is not ours`,
    )
    expect(explainVerdict(nameConflict(conflicts[0]!, []))).toBe(`Two MACs answer ARP for 10.0.0.6: ${macs.web2} of web2 and ${STRANGER}`)
  })

  it('are not told to be two where the port itself was not heard', () => {
    const [conflict] = findConflicts(path, () => [claim(STRANGER, addresses.web2)])
    expect(explainVerdict(nameConflict(conflict!, []))).toBe(`${STRANGER} answers ARP for 10.0.0.6, the port of web2 has ${macs.web2}`)
  })

  it('are no conflict where everybody claims an own address', () => {
    expect(findConflicts(path, () => [claim(macs.web2.toUpperCase(), addresses.web2), claim(STRANGER, '10.0.0.99')])).toEqual([])
  })
})

describe('a stranger in the bridge of a VM', () => {
  it('is named, and nothing of ours is', () => {
    expect(strangersIn(path, observations([]))).toEqual([])
    expect(
      strangersIn(path, observations(['foreign0'])).map((each) => explainVerdict({ code: 'stranger', params: strangerOf(each) })),
    ).toEqual([`foreign0 is plugged into ${qbr2.place.device} of cmp2 and is not ours`])
  })
})
