// Our DHCP directories, read by one grep that puts the file's name before each line, and the command lines of the pids
// found in them (their NULs as unit separators):
//
//   0b5e0b0e-…/host:fa:16:3e:5e:1a:6f,host-10-0-1-11.openstacklocal,10.0.1.11
//   0b5e0b0e-…/pid:4711
//   /proc/4711/cmdline:dnsmasq␟--no-hosts␟--pid-file=/var/lib/tapline/dhcp/0b5e0b0e-…/pid␟
//
// A pid is believed only while its command line names that very pid file: numbers are reused.

import type { DhcpLease, DnsmasqInstance } from '../host/dnsmasq'
import type { Unparsed } from '../host/observation'
import { dhcpDirectory, dhcpNamespace } from '../naming'
import { addProcess, argumentsOf, type Processes } from './process-line'
import { failed, notA, parseEach, parsed, unparsed, type ParseResult, type Parsed } from './parse-result'

/** Read and compared; every other file in the directory is dnsmasq's own. */
const CONFIG_FILES = ['host', 'addn_hosts', 'opts'] as const
const FILES = new Set<string>([...CONFIG_FILES, 'leases', 'pid'])

const FILE_LINE = /^(?:\.\/)?([0-9A-Za-z-]{1,64})\/([a-z_]{1,20}):(.*)$/

interface Listing {
  /** Network → file → lines. */
  readonly files: Map<string, Map<string, string[]>>
  readonly processes: Processes
}

export function parseDnsmasqListing(text: string, section = 'dnsmasq'): Parsed<readonly DnsmasqInstance[]> {
  const listing: Listing = { files: new Map(), processes: new Map() }
  const rest: Unparsed[] = []
  for (const line of text.split('\n')) {
    if (line !== '' && !addProcess(listing.processes, line) && !addFile(listing, line))
      rest.push(unparsed(section, line, notA('dhcp-line')))
  }
  const instances = [...listing.files].map(([networkId, files]) => toInstance(networkId, files, listing.processes, section))
  return { value: instances.map(({ value }) => value), unparsed: [...rest, ...instances.flatMap((instance) => instance.unparsed)] }
}

function addFile(listing: Listing, line: string): boolean {
  const [, networkId, file, text = ''] = FILE_LINE.exec(line) ?? []
  if (networkId === undefined || file === undefined || !FILES.has(file)) return false
  const files = listing.files.get(networkId) ?? new Map<string, string[]>()
  const lines = files.get(file)
  if (lines) lines.push(text)
  else files.set(file, [text])
  listing.files.set(networkId, files)
  return true
}

function toInstance(
  networkId: string,
  files: ReadonlyMap<string, readonly string[]>,
  processes: Processes,
  section: string,
): Parsed<DnsmasqInstance> {
  const directory = dhcpDirectory(networkId)
  const pid = Number(files.get('pid')?.[0] ?? NaN)
  const argv = argumentsOf(processes, pid)
  const isRunning = argv.includes(`--pid-file=${directory}/pid`)
  const leases = parseLeases((files.get('leases') ?? []).join('\n'), section)
  const value: DnsmasqInstance = {
    networkId,
    netns: dhcpNamespace(networkId),
    directory,
    argv: isRunning ? argv : [],
    files: Object.fromEntries(CONFIG_FILES.map((name) => [name, fileText(files.get(name))])),
    isRunning,
    ...(isRunning ? { pid } : {}),
    leases: leases.value,
  }
  return { value, unparsed: leases.unparsed }
}

const fileText = (lines: readonly string[] | undefined): string => (lines ?? []).map((line) => `${line}\n`).join('')

/** `1790000000 fa:16:3e:5e:1a:6f 10.0.1.11 host-10-0-1-11 01:fa:16:3e:5e:1a:6f`; `duid …` is the server's own. */
export function parseLeases(text: string, section = 'leases'): Parsed<readonly DhcpLease[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('duid '))
  return parseEach(lines, section, parseLease)
}

function parseLease(line: string): ParseResult<DhcpLease> {
  const [expires = '', macAddress, ipAddress, hostname, clientId = '*', ...more] = line.trim().split(/\s+/)
  if (!/^\d{1,12}$/.test(expires) || !macAddress || !ipAddress || !hostname || more.length > 0) return failed(notA('lease'), line)
  return parsed({ expiresAt: Number(expires), macAddress, ipAddress, hostname, clientId })
}
