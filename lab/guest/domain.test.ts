import { XMLParser } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { guestDomainXml } from './domain'

it('is well-formed and names what it was given', () => {
  const xml = guestDomainXml({ name: 'vm1', bridge: 'qbr1', tap: 'tap1', mac: 'fa:16:3e:00:00:01', mtu: 1450 })
  const { domain } = new XMLParser({ ignoreAttributes: false }).parse(xml)
  expect(domain).toMatchObject({
    name: 'vm1',
    os: { cmdline: expect.stringContaining('tapline.hostname=vm1') },
    devices: { interface: { source: { '@_bridge': 'qbr1' }, target: { '@_dev': 'tap1' }, mtu: { '@_size': '1450' } } },
  })
})
