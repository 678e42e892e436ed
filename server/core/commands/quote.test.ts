// The law of quoting is proven against a real shell, not against our reading of the standard.

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAppError } from '@/server/core/app-error'
import { quoteArgv } from './quote'

/** One command that writes an argv: how many words there are, and the words, each ended by the one byte that no word holds. */
const written = (argv: readonly string[]): string => quoteArgv(['printf', '%s\\0', String(argv.length), ...argv])

/** Many argvs by one script: a shell is dear to start, and a line that is quoted wrong spoils the rest as well. */
const scriptOf = (argvs: readonly (readonly string[])[]): string => argvs.map(written).join('\n')

function throughShell(shell: string, script: string): string[][] {
  const words = execFileSync(shell, ['-c', script]).toString('utf8').split('\0').slice(0, -1)
  const argvs: string[][] = []
  for (let at = 0; at < words.length; at += 1 + Number(words[at])) argvs.push(words.slice(at + 1, at + 1 + Number(words[at])))
  return argvs
}

/** Words that shells are known to trip over, mixed with arbitrary text. */
const hostileWord = fc.constantFrom(
  '',
  ' ',
  '\n',
  '\t',
  "'",
  "''",
  "'\\''",
  '"',
  '\\',
  '\\\\',
  '$(id)',
  '`id`',
  '$HOME',
  '${IFS}',
  '~',
  '~root',
  '*',
  '?',
  '[a]',
  '{a,b}',
  '#',
  '!',
  '!!',
  ';',
  '&',
  '&&',
  '|',
  '<',
  '>',
  '>&2',
  '(',
  ')',
  '-n',
  '--',
  '%s',
  '\r\n',
  '\u001e',
  '\u2028',
  'a=b',
  'if',
  'time',
  '^a^b',
  'naïve',
  '網路',
  '👩‍🚀',
  "trailing'",
  "'leading",
  'x\ny',
  '\u007f',
  '\ufeff',
)
const anyWord = fc.oneof(
  hostileWord,
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(hostileWord).map((words) => words.join('')),
)
const passableWord = anyWord.map((word) => word.replaceAll('\0', ''))

describe('quoteArgv', () => {
  const argvs = fc.array(fc.array(passableWord, { minLength: 1, maxLength: 8 }), { minLength: 30, maxLength: 40 })

  it.each(['/bin/sh', '/bin/bash'])('gives the same argv back from %s', (shell) => {
    fc.assert(
      fc.property(argvs, (some) => {
        expect(throughShell(shell, scriptOf(some))).toEqual(some)
      }),
      { numRuns: 12 },
    )
  })

  it('survives a second shell, as when sh runs sh', () => {
    fc.assert(
      fc.property(argvs, (some) => {
        expect(throughShell('/bin/sh', quoteArgv(['sh', '-c', scriptOf(some)]))).toEqual(some)
      }),
      { numRuns: 12 },
    )
  })

  it.each([
    [['ip', '-j', 'link', 'show', 'tap0'], 'ip -j link show tap0'],
    [['ovs-vsctl', 'set', 'port', 'tap0', 'tag=7'], 'ovs-vsctl set port tap0 tag=7'],
    [['a=b', 'c'], "'a=b' c"],
    [['if', 'if'], "'if' if"],
    [['echo', ''], "echo ''"],
    [['echo', "it's"], "echo 'it'\\''s'"],
    [['echo', '~', '$HOME'], "echo '~' '$HOME'"],
    [[], ''],
  ])('writes %j as %s', (argv, expected) => {
    expect(quoteArgv(argv)).toBe(expected)
  })

  it.each([
    ['a NUL byte', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800'],
  ])('refuses %s and names the argument', (fault, word) => {
    const error = caught(() => quoteArgv(['echo', word]))
    expect(isAppError(error) && { code: error.code, field: error.context.field, message: error.message }).toEqual({
      code: 'invalid_input',
      field: 'argv.1',
      message: `A command argument contains ${fault}, which no program can receive.`,
    })
  })
})

function caught(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}
