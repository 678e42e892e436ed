// Directories of our services, read by one grep that puts the file's name before each line, and the command lines of their pids (NULs as unit
// separators):
//
//   radvd-0b5e…/service:network/0b5e0b0e-… qrouter-0b5e…
//   radvd-0b5e…/etc/radvd.conf:interface qr-1
//   radvd-0b5e…/pid:4711
//   /proc/4711/cmdline:radvd␟-p␟/var/lib/tapline/services/radvd-0b5e…/pid␟
//
// A pid is believed only while its command line names that very pid file: numbers are reused.

import type { Unparsed } from '../host/observation'
import { SERVICE_FILE, serviceDirectory, type Service } from '../host/service'
import { parseOwner } from '../naming'
import { argumentsOf, addProcess, type Processes } from './process-line'
import { notA, unparsed, type Parsed } from './parse-result'

const NAME = String.raw`[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}`
const FILE_LINE = new RegExp(String.raw`^(${NAME})/(?:(${SERVICE_FILE}|pid)|etc/(${NAME})):(.*)$`)
const SERVICE_LINE = /^(\S+) ([A-Za-z0-9_.:@-]+)$/

interface Draft {
  readonly own: Map<string, string[]>
  readonly etc: Map<string, string[]>
}

export function parseServices(text: string, section = 'services'): Parsed<readonly Service[]> {
  const [drafts, processes, rest] = [new Map<string, Draft>(), new Map() as Processes, [] as Unparsed[]]
  for (const line of text.split('\n')) {
    if (line !== '' && !addProcess(processes, line) && !addLine(drafts, line)) rest.push(unparsed(section, line, notA('service-line')))
  }
  const services = [...drafts].map(([name, draft]) => ({ name, service: toService(name, draft, processes) }))
  return {
    value: services.flatMap(({ service }) => service ?? []),
    unparsed: [
      ...rest,
      ...services.flatMap(({ name, service }) => (service ? [] : [unparsed(section, name, { code: 'service-without-place', params: {} })])),
    ],
  }
}

function addLine(drafts: Map<string, Draft>, line: string): boolean {
  const [, name, own, etc, text = ''] = FILE_LINE.exec(line) ?? []
  if (name === undefined) return false
  const draft = drafts.get(name) ?? { own: new Map(), etc: new Map() }
  drafts.set(name, draft)
  const [files, file] = own === undefined ? [draft.etc, etc ?? ''] : [draft.own, own]
  files.set(file, [...(files.get(file) ?? []), text])
  return true
}

function toService(name: string, { own, etc }: Draft, processes: Processes): Service | null {
  const [, owner, netns] = SERVICE_LINE.exec(own.get(SERVICE_FILE)?.[0] ?? '') ?? []
  if (owner === undefined || netns === undefined) return null
  const pid = Number(own.get('pid')?.[0] ?? NaN)
  const argv = argumentsOf(processes, pid)
  const isRunning = argv.some((argument) => argument.endsWith(`${serviceDirectory(name)}/pid`))
  return {
    name,
    owner: parseOwner(owner),
    netns: netns === '-' ? '' : netns,
    argv: isRunning ? argv : [],
    files: Object.fromEntries([...etc].map(([file, lines]) => [file, lines.map((line) => `${line}\n`).join('')])),
    isRunning,
    ...(isRunning ? { pid } : {}),
  }
}
