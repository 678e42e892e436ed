import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainedPieces } from '../testing/explained'
import { whySuspended } from '../explain/host'
import { renderDomainXml } from '../kinds/domains/domain-xml'
import type { Domain } from '../host/domain'
import { checkLine } from '../topology/rules/names'
import { parseDomainXml } from './libvirt'
import { parseDaemonVersion, parseDomains } from './virsh'

const UUID = '11111111-2222-4333-8444-555555555555'
const domain = (more: Partial<Domain> = {}): Domain => ({
  uuid: UUID,
  name: 'instance-0000000a',
  owner: { kind: 'vm', id: UUID },
  isRunning: true,
  memoryMib: 128,
  vcpus: 2,
  virtType: 'qemu',
  boot: { kind: 'kernel', kernel: '/boot/vmlinuz', initrd: '/boot/initrd', cmdline: "console=ttyS0 'a' & <b>" },
  interfaces: [{ type: 'bridge', source: 'qbr1', target: 'tap1', macAddress: 'fa:16:3e:5e:1a:6f', mtu: 1450, model: 'virtio' }],
  hasGuestAgent: true,
  ...more,
})

describe('domain XML', () => {
  it.each([
    ['with a kernel', domain()],
    ['with a disk and a title', domain({ title: 'web & <db> "1"', boot: { kind: 'disk', path: '/var/lib/a b.qcow2', format: 'qcow2' } })],
    [
      'with a kernel and a read-only disk',
      domain({
        boot: {
          kind: 'kernel',
          kernel: '/k',
          initrd: '/i',
          cmdline: 'root=/dev/vda',
          disk: { path: '/img', format: 'raw', isReadOnly: true },
        },
      }),
    ],
    ['without network, agent or owner', domain({ interfaces: [], hasGuestAgent: false, owner: null, boot: null })],
    ['with KVM', domain({ virtType: 'kvm' })],
    [
      'with two cards',
      domain({
        interfaces: [
          ...domain().interfaces,
          { type: 'bridge', source: 'br0', target: null, macAddress: 'fa:16:3e:00:00:02', mtu: null, model: 'e1000' },
        ],
      }),
    ],
  ])('that we render is read back: %s', (_, wanted) => {
    expect(parseDomainXml(renderDomainXml(wanted), true)).toEqual({ ok: true, value: wanted })
  })

  it("takes the processor of the host with KVM, and QEMU's own without", () => {
    expect(renderDomainXml(domain({ virtType: 'kvm' }))).toContain("<domain type='kvm'>")
    expect(renderDomainXml(domain({ virtType: 'kvm' }))).toContain("<cpu mode='host-model'/>")
    expect(renderDomainXml(domain({ virtType: 'qemu' }))).not.toContain('<cpu')
  })

  it('gives back every name, path and command line that the rules allow', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => checkLine(text, '', 'cmdline').length === 0 && text.trim() !== '')
    fc.assert(
      fc.property(line, line, line, (title, path, cmdline) => {
        const wanted = domain({ title, boot: { kind: 'kernel', kernel: `/${path}`, initrd: `/${path} `, cmdline } })
        expect(parseDomainXml(renderDomainXml(wanted), true)).toEqual({ ok: true, value: wanted })
      }),
    )
  })

  it.each([
    ['<domain><name>a</name><uuid>u</uuid><memory unit="GiB">1</memory></domain>', 1024],
    ['<domain><name>a</name><uuid>u</uuid><memory>131072</memory></domain>', 128],
  ])('%s', (xml, memoryMib) =>
    expect(parseDomainXml(xml, false)).toMatchObject({ ok: true, value: { memoryMib, boot: null, interfaces: [] } }),
  )

  it('tells a NIC whose cable is out', () => {
    const withLink = (state: string) => renderDomainXml(domain()).replace('</interface>', `<link state='${state}'/></interface>`)
    const told = (state: string) => parseDomainXml(withLink(state), true)
    expect(told('down')).toEqual({ ok: true, value: domain({ interfaces: [{ ...domain().interfaces[0]!, isLinkDown: true }] }) })
    expect(told('up')).toEqual({ ok: true, value: domain() })
  })

  it('counts root ports that nothing is in, as libvirt writes them', () => {
    const ports = [1, 2, 3].map(
      (index) =>
        `<controller type='pci' index='${index}' model='pcie-root-port'><address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x${index}'/></controller>`,
    )
    const nic =
      "<interface type='bridge'><mac address='fa:16:3e:00:00:02'/><address type='pci' domain='0x0000' bus='0x02' slot='0x00' function='0x0'/></interface>"
    const xml = `<domain><name>a</name><uuid>u</uuid><memory>131072</memory><devices>${ports.join('')}${nic}</devices></domain>`
    expect(parseDomainXml(xml, true)).toMatchObject({ ok: true, value: { freePciPorts: 2 } })
  })

  it.each([
    ['a DOCTYPE', '<!DOCTYPE d [<!ENTITY a "aaaa">]><domain>&a;</domain>'],
    ['no XML', 'error: failed to get domain'],
    ['no uuid', '<domain><name>a</name><memory>1</memory></domain>'],
    ['an unknown unit', '<domain><name>a</name><uuid>u</uuid><memory unit="moon">1</memory></domain>'],
    ['a huge document', `<domain>${'<a/>'.repeat(300_000)}</domain>`],
  ])('%s is refused', (_, xml) => expect(parseDomainXml(xml, false).ok).toBe(false))

  it('leaves entities that XML does not know as they are', () => {
    const xml = renderDomainXml(domain({ title: 'x' })).replace('>x<', '>&nbsp;&amp;amp;<')
    expect(parseDomainXml(xml, true)).toMatchObject({ value: { title: '&nbsp;&amp;' } })
  })

  it('bounded in depth', () => {
    expect(parseDomainXml(`${'<a>'.repeat(100_000)}`, false).ok).toBe(false)
  })
})

describe('virsh', () => {
  it('pairs each document with the state behind it', () => {
    const [on, off] = [renderDomainXml(domain()), renderDomainXml(domain({ uuid: UUID.replace('1', '2') }))]
    const { value, unparsed } = parseDomains(`${on}\n\nrunning\n\n${off}\n\nshut off\n\n`)
    expect(value.map(({ isRunning }) => isRunning)).toEqual([true, false])
    expect(unparsed).toEqual([])
  })

  it.each([
    ['running (booted)', true, undefined],
    ['idle', true, undefined],
    ['shut off (destroyed)', false, undefined],
    ['paused (I/O error)', true, { name: 'paused', reason: 'I/O error' }],
    ['paused (user)', true, { name: 'paused', reason: 'user' }],
    ['pmsuspended', true, { name: 'pmsuspended', reason: '' }],
    ['in shutdown (user)', true, { name: 'in shutdown', reason: 'user' }],
    ['crashed (panicked)', false, undefined],
  ])('keeps the word and the reason of %s', (word, isRunning, state) => {
    const { value, unparsed } = parseDomains(`${renderDomainXml(domain())}\n\n${word}\n\n`)
    expect(unparsed).toEqual([])
    expect([value[0]?.isRunning, value[0]?.state, value[0] && whySuspended(value[0])]).toEqual([
      isRunning, state, /^pa|^pm/.test(word) ? `is ${state?.name}${state?.reason ? ` (${state.reason})` : ''}: it neither sends nor answers` : null,
    ]) // prettier-ignore
  })

  it('takes an id for running when the state is missing', () => {
    const xml = renderDomainXml(domain())
    expect(parseDomains(`${xml.replace("type='qemu'", "type='qemu' id='4'")}\n${xml}`).value.map(({ isRunning }) => isRunning)).toEqual([
      true,
      false,
    ])
  })

  it('says what is left', () => {
    expect(explainedPieces(parseDomains('error: Domain not found').unparsed)).toEqual([
      { section: 'domains', text: 'error: Domain not found', reason: 'Not a domain' },
    ])
  })

  it('names a refused VM that has no mark of ours, and none that has', () => {
    const refused = (metadata: string) =>
      `<domain><name>theirs</name><uuid>${UUID}</uuid>${metadata}<memory unit="moon">1</memory></domain>\n\nrunning\n`
    const foreign = (text: string) => parseDomains(text).unparsed.map((piece) => piece.foreign)
    expect(foreign(refused(''))).toEqual([[UUID, 'theirs']])
    expect(foreign(refused('<metadata><o xmlns="urn:tapline:owner:1">vm/x</o></metadata>'))).toEqual([undefined])
    expect(foreign('<domain><name>a</name><memory>1</memory></domain>')).toEqual([undefined])
  })

  it('reads the version of the daemon', () => {
    expect(parseDaemonVersion('Compiled against library: libvirt 9.0.0\nRunning against daemon: 9.0.0\n')).toBe('9.0.0')
    expect(parseDaemonVersion('error: failed to connect')).toBeNull()
  })
})
