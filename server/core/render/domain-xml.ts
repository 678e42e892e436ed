// Libvirt domain XML (libvirt formatdomain). Every value is escaped; names of people appear only as the title.

import type { Domain, DomainInterface } from '../host/domain'
import { DOMAIN_METADATA_URI } from '../host/domain'
import { MARK, renderOwner } from '../naming'
import type { VmBoot } from '../topology/topology'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character]!)

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
    "  <os>",
    "    <type arch='x86_64' machine='q35'>hvm</type>",
    ...(domain.boot?.kind === 'kernel' ? kernel(domain.boot) : []),
    '  </os>',
    '  <features><acpi/></features>',
    '  <on_crash>destroy</on_crash>',
    '  <devices>',
    "    <controller type='usb' model='none'/>",
    ...(domain.boot?.kind === 'disk' ? disk(domain.boot) : []),
    ...domain.interfaces.map(nic),
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

const disk = (boot: Extract<VmBoot, { kind: 'disk' }>): string[] => [
  "    <disk type='file' device='disk'>",
  `      <driver name='qemu' type='${boot.format}'/>`,
  `      <source file='${escapeXml(boot.path)}'/>`,
  "      <target dev='vda' bus='virtio'/>",
  '    </disk>',
]

function nic(iface: DomainInterface): string {
  return [
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
  ].join('\n')
}

const AGENT = "    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
