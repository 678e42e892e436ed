// Libvirt domain XML (libvirt formatdomain). Every value is escaped; names of people appear only as the title.

import { type Domain, DOMAIN_METADATA_URI, type DomainInterface } from '../../host/domain'
import { MARK, renderOwner } from '../../naming'
import type { VmDisk, VmBoot } from '../../topology/kinds/vm/vm'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!)

export function renderDomainXml(domain: Domain): string {
  return [
    `<domain type='${escapeXml(domain.virtType)}'>`,
    `  <name>${escapeXml(domain.name)}</name>`,
    `  <uuid>${escapeXml(domain.uuid)}</uuid>`,
    ...(domain.title ? [`  <title>${escapeXml(domain.title)}</title>`] : []),
    ...(domain.owner ? [metadata(domain.owner)] : []),
    `  <memory unit='MiB'>${domain.memoryMib}</memory>`,
    `  <vcpu>${domain.vcpus}</vcpu>`,
    ...(domain.virtType === 'kvm' ? [HOST_CPU] : []),
    '  <os>',
    "    <type arch='x86_64' machine='q35'>hvm</type>",
    ...(domain.boot?.kind === 'kernel' ? kernel(domain.boot) : []),
    '  </os>',
    '  <features><acpi/></features>',
    '  <on_crash>destroy</on_crash>',
    '  <devices>',
    "    <controller type='usb' model='none'/>",
    ...pciPorts(domain),
    ...disksOf(domain).flatMap(disk),
    ...domain.interfaces.map((iface) => renderInterfaceXml(iface, '    ')),
    "    <serial type='pty'><target port='0'/></serial>",
    ...(domain.hasGuestAgent ? [AGENT] : []),
    "    <memballoon model='none'/>",
    '  </devices>',
    '</domain>',
    '',
  ].join('\n')
}

/** Nova's default with KVM ([libvirt] cpu_mode): the processor of the host, as libvirt can describe it. QEMU emulates one of its own. */
const HOST_CPU = "  <cpu mode='host-model'/>"

const metadata = (owner: NonNullable<Domain['owner']>): string =>
  `  <metadata><${MARK}:owner xmlns:${MARK}="${DOMAIN_METADATA_URI}">${escapeXml(renderOwner(owner))}</${MARK}:owner></metadata>`

const kernel = (boot: Extract<VmBoot, { kind: 'kernel' }>): string[] => [
  `    <kernel>${escapeXml(boot.kernel)}</kernel>`,
  `    <initrd>${escapeXml(boot.initrd)}</initrd>`,
  `    <cmdline>${escapeXml(boot.cmdline)}</cmdline>`,
]

function disksOf({ boot }: Domain): VmDisk[] {
  if (boot?.kind === 'disk') return [{ ...boot, isReadOnly: false }]
  return boot?.disk ? [boot.disk] : []
}

const disk = ({ path, format, isReadOnly }: VmDisk): string[] => [
  "    <disk type='file' device='disk'>",
  `      <driver name='qemu' type='${format}'/>`,
  `      <source file='${escapeXml(path)}'/>`,
  "      <target dev='vda' bus='virtio'/>",
  ...(isReadOnly ? ['      <readonly/>'] : []),
  '    </disk>',
]

/** For NICs that are plugged into the running VM: the root bus of q35 takes none (libvirt, pci-hotplug). */
const SPARE_PCI_PORTS = 4

/** Libvirt puts one device into each port, in its own order, and never leaves a free one by itself. */
function pciPorts(domain: Domain): string[] {
  const devices = disksOf(domain).length + domain.interfaces.length + (domain.hasGuestAgent ? 1 : 0)
  const ports = Array.from({ length: devices + SPARE_PCI_PORTS }, () => "    <controller type='pci' model='pcie-root-port'/>")
  return ["    <controller type='pci' index='0' model='pcie-root'/>", ...ports]
}

/** One NIC, as it stands in a domain and as libvirt takes it for a running one. */
export function renderInterfaceXml(iface: DomainInterface, indent = ''): string {
  const lines = [
    `    <interface type='${escapeXml(iface.type)}'>`,
    `      <mac address='${escapeXml(iface.macAddress)}'/>`,
    ...(iface.source ? [`      <source bridge='${escapeXml(iface.source)}'/>`] : []),
    ...(iface.target ? [`      <target dev='${escapeXml(iface.target)}'/>`] : []),
    `      <model type='${escapeXml(iface.model)}'/>`,
    // vhost would hand frames to the kernel with checksums left open; QEMU's own backend fills them in.
    "      <driver name='qemu'/>",
    ...(iface.mtu ? [`      <mtu size='${iface.mtu}'/>`] : []),
    "      <rom enabled='no'/>",
    '    </interface>',
  ]
  return lines.map((line) => indent + line.slice(4)).join('\n')
}

const AGENT = "    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
