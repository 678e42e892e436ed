// `virsh dumpxml` → Domain. Entities are not expanded by the XML parser and a DOCTYPE is refused, so a hostile document
// cannot grow; the five entities of XML itself are put back here.
//
//   <domain type='qemu' id='1'><name>instance-0000000a</name><uuid>…</uuid>
//     <metadata><tapline:owner xmlns:tapline="urn:tapline:owner:1">vm/…</tapline:owner></metadata>

import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import type { Domain, DomainInterface } from '../host/domain'
import { parseOwner, type Owner } from '../naming'
import type { VmBoot, VmDisk } from '../topology/kinds/vm/vm'
import { noFit } from './json'
import { failed, parsed, type ParseResult } from './parse-result'

/** Libvirt's own limit of a domain document is 10 MB; a real one has 10 KB. */
const MAX_XML = 1_000_000

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  removeNSPrefix: true,
  isArray: (name) => name === 'interface' || name === 'channel' || name === 'disk' || name === 'controller',
})

/** An element with text and attributes, or text alone. */
const textElement = z.union([z.string(), z.object({ '#text': z.string().default('') }).transform((element) => element['#text'])])
const named = (attribute: string) => z.object({ [attribute]: z.string().optional() })

const interfaceSchema = z.object({
  '@type': z.string(),
  mac: z.object({ '@address': z.string() }),
  source: named('@bridge').extend({ '@network': z.string().optional(), '@dev': z.string().optional() }).optional(),
  target: named('@dev').optional(),
  model: named('@type').optional(),
  mtu: named('@size').optional(),
  link: named('@state').optional(),
  address: named('@type').extend({ '@bus': z.string().optional() }).optional(),
})

const diskSchema = z.object({
  '@device': z.string().default('disk'),
  driver: named('@type').optional(),
  source: named('@file').optional(),
  /** An element without content. */
  readonly: z.unknown().optional(),
})

/** An element without children is text to the XML parser. */
const orEmpty = <T extends z.ZodType>(schema: T) =>
  z
    .union([
      schema,
      z
        .string()
        .regex(/^\s*$/)
        .transform(() => undefined),
    ])
    .optional()

const domainSchema = z.object({
  domain: z.object({
    '@type': z.string().default(''),
    name: textElement,
    uuid: textElement,
    title: textElement.optional(),
    metadata: orEmpty(z.object({ owner: textElement.optional() })),
    memory: z.union([
      z.string().transform((text) => ({ '#text': text, '@unit': 'KiB' })),
      z.object({ '#text': z.string(), '@unit': z.string().default('KiB') }),
    ]),
    vcpu: textElement.default('1'),
    os: orEmpty(z.object({ kernel: textElement.optional(), initrd: textElement.optional(), cmdline: textElement.optional() })),
    devices: orEmpty(
      z.object({
        interface: z.array(interfaceSchema).default([]),
        disk: z.array(diskSchema).default([]),
        controller: z.array(named('@model').extend({ '@index': z.string().optional() })).default([]),
        channel: z.array(z.object({ target: named('@name').optional() })).default([]),
      }),
    ),
  }),
})
type DomainElement = z.infer<typeof domainSchema>['domain']

export function parseDomainXml(xml: string, isRunning: boolean): ParseResult<Domain> {
  if (xml.length > MAX_XML) return failed({ code: 'long-document', params: { characters: xml.length } }, xml)
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return failed({ code: 'doctype', params: {} }, xml)
  const document = readXml(xml)
  if (!document.ok) return document
  const result = domainSchema.safeParse(document.value)
  if (!result.success) return failed(noFit(result.error), xml)
  const memoryMib = memoryInMib(result.data.domain.memory)
  return memoryMib === null
    ? failed({ code: 'memory-unit', params: {} }, xml)
    : parsed({ ...toDomain(result.data.domain, memoryMib, isRunning), ...freePorts(result.data.domain, xml) })
}

function readXml(xml: string): ParseResult<unknown> {
  try {
    return parsed(parser.parse(xml))
  } catch (error) {
    return failed({ code: 'not-xml', params: { said: error instanceof Error ? error.message : '' } }, xml)
  }
}

function toDomain(element: DomainElement, memoryMib: number, isRunning: boolean): Domain {
  const devices = element.devices
  return {
    uuid: element.uuid.trim(),
    name: unescapeXml(element.name),
    ...(element.title ? { title: unescapeXml(element.title) } : {}),
    owner: ownerOf(element),
    isRunning,
    memoryMib,
    vcpus: Number.parseInt(element.vcpu, 10) || 1,
    virtType: element['@type'],
    boot: bootOf(element),
    interfaces: (devices?.interface ?? []).map(toInterface),
    ...pciOrder(devices?.interface ?? []),
    hasGuestAgent: (devices?.channel ?? []).some((channel) => channel.target?.['@name'] === 'org.qemu.guest_agent.0'),
  }
}

/** A root port makes the bus of its own index; a device on it has that bus in its address, whatever kind of device it is. */
function freePorts({ devices }: DomainElement, xml: string): Pick<Domain, 'freePciPorts'> {
  const ports = (devices?.controller ?? []).filter(
    (controller) => controller['@model'] === 'pcie-root-port' && controller['@index'] !== undefined,
  )
  if (ports.length === 0) return {}
  const taken = new Set([...xml.matchAll(/<address type=['"]pci['"][^>]* bus=['"](0x[0-9a-f]+)['"]/g)].map(([, bus]) => Number(bus)))
  return { freePciPorts: ports.filter((port) => !taken.has(Number(port['@index']))).length }
}

/** Each on a bus of its own, behind its root port. Not known while one has no place yet. */
function pciOrder(nics: readonly InterfaceElement[]): Pick<Domain, 'pciOrder'> {
  const placed = nics.map((nic) => ({
    mac: toInterface(nic).macAddress,
    bus: nic.address?.['@type'] === 'pci' ? Number(nic.address['@bus']) : Number.NaN,
  }))
  const sorted = placed.toSorted((left, right) => left.bus - right.bus)
  if (placed.some(({ bus }) => Number.isNaN(bus)) || sorted.every((each, index) => each === placed[index])) return {}
  return { pciOrder: sorted.map(({ mac }) => mac) }
}

const ownerOf = (element: DomainElement): Owner | null => parseOwner(element.metadata?.owner?.trim())

type InterfaceElement = z.infer<typeof interfaceSchema>

/** What it is plugged into, which each type of interface names in its own way. */
const sourceOf = ({ source }: InterfaceElement): string | undefined => source?.['@bridge'] ?? source?.['@network'] ?? source?.['@dev']
const textOrNull = (text: string | undefined): string | null => (text === undefined ? null : unescapeXml(text))

function toInterface(nic: InterfaceElement): DomainInterface {
  const mtu = Number(nic.mtu?.['@size'])
  return {
    type: nic['@type'],
    source: textOrNull(sourceOf(nic)),
    target: textOrNull(nic.target?.['@dev']),
    macAddress: nic.mac['@address'].toLowerCase(),
    mtu: Number.isInteger(mtu) && mtu > 0 ? mtu : null,
    model: unescapeXml(nic.model?.['@type'] ?? ''),
    ...(nic.link?.['@state'] === 'down' ? { isLinkDown: true } : {}),
  }
}

function bootOf(element: DomainElement): VmBoot | null {
  const { kernel, initrd, cmdline } = element.os ?? {}
  const disk = diskOf(element)
  if (kernel)
    return {
      kind: 'kernel',
      kernel: unescapeXml(kernel),
      initrd: unescapeXml(initrd ?? ''),
      cmdline: unescapeXml(cmdline ?? ''),
      ...(disk && { disk }),
    }
  return disk && { kind: 'disk', path: disk.path, format: disk.format }
}

function diskOf(element: DomainElement): VmDisk | null {
  const disk = element.devices?.disk.find((candidate) => candidate['@device'] === 'disk')
  const path = disk?.source?.['@file']
  const format = disk?.driver?.['@type']
  if (path === undefined || (format !== 'qcow2' && format !== 'raw')) return null
  return { path: unescapeXml(path), format, isReadOnly: disk?.readonly !== undefined }
}

/** Unit → bytes (libvirt formatdomain, "Memory Allocation"). */
const units: ReadonlyMap<string, number> = new Map([
  ['b', 1], ['bytes', 1], ['KB', 1e3], ['k', 1024], ['KiB', 1024], ['MB', 1e6], ['M', 2 ** 20], ['MiB', 2 ** 20],
  ['GB', 1e9], ['G', 2 ** 30], ['GiB', 2 ** 30], ['TB', 1e12], ['T', 2 ** 40], ['TiB', 2 ** 40],
]) // prettier-ignore

function memoryInMib(memory: { '#text': string; '@unit': string }): number | null {
  const unit = units.get(memory['@unit'])
  const amount = Number(memory['#text'].trim())
  return unit === undefined || !Number.isFinite(amount) ? null : Math.round((amount * unit) / 2 ** 20)
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const unescapeXml = (text: string): string => text.replaceAll(/&([a-z]{2,4});/g, (whole, name: string) => entities.get(name) ?? whole)
