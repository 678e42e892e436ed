// The command line of the lab, as data. Options come before the command; what follows `exec HOST` or `guest VM` belongs
// to that command, word for word, whatever it looks like.

import { exitCodes, LabError } from './errors'
import { checkName, defaultName, type Environment } from './paths'

type LabCommand =
  | { readonly verb: 'up'; readonly extras: readonly string[] }
  | { readonly verb: 'down' | 'status' }
  | { readonly verb: 'restart'; readonly host: string }
  | { readonly verb: 'exec' | 'guest'; readonly target: string; readonly argv: readonly string[] }

export interface LabArgs {
  readonly name: string
  readonly isJson: boolean
  readonly command: LabCommand
}

const usage = `usage: lab [--name PREFIX] [--json] COMMAND
  up [--with cmp3,cmp4,gateways]  make the practice network, or repair it; VM hosts and gateways only when asked for
  down                 remove it without a trace
  status               what is there
  restart HOST         a power cut and a boot of one host
  exec HOST CMD...     run a command on net1, cmp1, cmp2, cmp3, cmp4, gw1, gw2, wire, outside or fabric
  guest VM CMD...      run a command in a guest, through its agent`

export function parseArgs(words: readonly string[], env: Environment = {}): LabArgs {
  let name = env.LAB_NAME ?? defaultName
  let isJson = false
  let extras: readonly string[] | undefined
  const rest = [...words]
  const takeOptions = (): void => {
    while (rest[0]?.startsWith('--')) {
      const option = rest.shift()
      if (option === '--json') isJson = true
      else if (option === '--name') name = rest.shift() ?? fail('--name needs a value')
      else if (option?.startsWith('--name=')) name = option.slice('--name='.length)
      else if (option === '--with') extras = (rest.shift() ?? fail('--with needs names of VM hosts, or gateways')).split(',')
      else if (option?.startsWith('--with=')) extras = option.slice('--with='.length).split(',')
      else fail(`unknown option ${option}`)
    }
  }
  takeOptions()
  const verb = rest.shift() ?? fail('a command is needed')
  if (verb !== 'exec' && verb !== 'guest') {
    const operands = takeOperands(rest, takeOptions)
    const command = simpleCommand(verb, operands)
    if (extras !== undefined && command.verb !== 'up') fail('--with belongs to up')
    return { name: checkName(name), isJson, command: command.verb === 'up' ? { ...command, extras: extras ?? [] } : command }
  }
  const [target, ...argv] = rest
  if (target === undefined || argv.length === 0) fail(`${verb} needs a name and a command`)
  return { name: checkName(name), isJson, command: { verb, target, argv } }
}

/** For the commands without words of their own, options may also come last: `status --json` is what people type. */
function takeOperands(rest: string[], takeOptions: () => void): readonly string[] {
  const operands: string[] = []
  while (rest.length > 0) {
    takeOptions()
    const operand = rest.shift()
    if (operand !== undefined) operands.push(operand)
  }
  return operands
}

function simpleCommand(verb: string, operands: readonly string[]): LabCommand {
  const [host, ...surplus] = operands
  if (verb === 'restart' && host !== undefined && surplus.length === 0) return { verb, host }
  if (verb === 'up' && host === undefined) return { verb, extras: [] }
  if ((verb === 'down' || verb === 'status') && host === undefined) return { verb }
  return fail(`cannot understand: ${[verb, ...operands].join(' ')}`)
}

function fail(problem: string): never {
  throw new LabError(`${problem}\n${usage}`, exitCodes.usage)
}
