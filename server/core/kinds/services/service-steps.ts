// A service: files first, then start, reload (SIGHUP) or restart when its arguments or its namespace changed.

import { changeCommand } from '../../commands/command'
import type { Changed, HostDiff } from '../../diff/kind-diff'
import { SERVICE_FILE, serviceDirectory, type Service } from '../../host/service'
import { renderOwner } from '../../naming'
import { SIDE_BY_SIDE, timeoutForMs } from '../../render/side-by-side'
import { batchStep, type StepDraft } from '../../render/step-draft'
import { EACH, FIND, fileLines, processLine, STOP, STOP_AND_REMOVE, WAKE, WRITE_FILES } from '../process-scripts'
import { changesFiles, turnsOf } from '../server-turns'

/** One that runs is started already. It is up when it has told its pid; a pid of before says nothing. */
const BEGIN = String.raw`begin() {
  rm -f -- "$dir/pid"
  if [ "$1" = - ]; then shift && "$@"; else inside "$@"; fi || return
  n=0
  until [ -s "$dir/pid" ]; do
    n=$((n + 1))
    [ "$n" -le 250 ] || { echo "$dir/pid: it tells no pid"; return 1; }
    sleep 0.02
  done
}`
const START = String.raw`${FIND}
${SIDE_BY_SIDE}
${WAKE}
${BEGIN}
serve() { if [ -n "$pid" ]; then wake "$pid"; else begin "$@"; fi; }
${EACH}`
const RELOAD = String.raw`${FIND}
${SIDE_BY_SIDE}
${BEGIN}
serve() { if [ -n "$pid" ]; then kill -HUP "$pid"; else begin "$@"; fi; }
${EACH}`

const lineOf = (service: Service, argv: readonly string[] = []): string =>
  processLine({ netns: service.netns, directory: serviceDirectory(service.name) }, argv)
const etc = ({ name }: Service): string => `${serviceDirectory(name)}/etc`

/** What tells whose it is and where it runs, from the moment on in which there is anything of it. */
const serviceText = ({ owner, netns }: Service): string => `${owner ? renderOwner(owner) : '-'} ${netns === '' ? '-' : netns}\n`

interface Writing {
  readonly service: Service
  readonly gone: readonly string[]
}

function write(writings: readonly Writing[]): StepDraft[] {
  const services = writings.map(({ service }) => service)
  const files = services.flatMap((service) => [
    [`${serviceDirectory(service.name)}/${SERVICE_FILE}`, serviceText(service)] as const,
    ...Object.entries(service.files).map(([name, text]) => [`${etc(service)}/${name}`, text] as const),
  ])
  const gone = writings.flatMap(({ service, gone: names }) => names.map((name) => `${etc(service)}/${name}`))
  if (services.length === 0) return []
  return step(
    WRITE_FILES,
    `Write files of ${nameServices(services)}`,
    'Its configuration, before it reads it.',
    services,
    fileLines(services.map(etc), gone, files),
  )
}

const nameServices = (services: readonly Service[]): string => (services.length === 1 ? services[0]!.name : `${services.length} services`)

const step = (script: string, title: string, reason: string, services: readonly Service[], lines: readonly string[]): StepDraft[] =>
  batchStep(title, reason, lines, (stdin) => changeCommand(['sh', '-c', script], { stdin, timeoutMs: timeoutForMs(services.length) }))

const eachOf = (script: string, verb: string, reason: string, services: readonly Service[], hasArgv: boolean): StepDraft[] =>
  step(
    script,
    `${verb} ${nameServices(services)}`,
    reason,
    services,
    services.map((service) => lineOf(service, hasArgv ? service.argv : [])),
  )

export const renderServiceStop = ({ services }: HostDiff): StepDraft[] =>
  eachOf(STOP_AND_REMOVE, 'Stop and remove', 'Nothing needs it here any more.', services.removed, false)

export function renderServiceStart({ services: { added, changed } }: HostDiff): StepDraft[] {
  const { stopped, started, kept } = turnsOf(changed)
  const isWritten = (change: Changed<Service>) =>
    changesFiles(change) || change.fields.some(({ field }) => field === 'owner' || field === 'namespace')
  return [
    ...write([
      ...added.map((service) => ({ service, gone: [] })),
      ...changed
        .filter(isWritten)
        .map(({ from, to }) => ({ service: to, gone: Object.keys(from.files).filter((name) => !(name in to.files)) })),
    ]),
    ...eachOf(STOP, 'Stop', 'It does not belong there, or not with these arguments.', stopped, false),
    ...eachOf(START, 'Start', 'It serves its namespace.', [...added.filter(({ isRunning }) => isRunning), ...started], true),
    ...eachOf(
      RELOAD,
      'Reload',
      'SIGHUP makes it read its files again.',
      kept.filter(changesFiles).map(({ to }) => to),
      true,
    ),
  ]
}
