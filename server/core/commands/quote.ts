// argv -> one line of POSIX shell text that gives exactly that argv back. SSH carries a command as text for the login
// shell, so this is the only place of the project where data meets a shell; everything else passes argv arrays.
// Quoting follows POSIX.1-2017, Shell Command Language 2.2.2: between single quotes every character is itself, and the
// single quote alone cannot appear. fish and csh read single quotes differently: the login shell must be POSIX-like.

import { AppError } from '@/server/core/app-error'

/** Characters that no POSIX shell treats specially anywhere in a word; `~`, `=`, `{`, `!` and `^` are absent on purpose. */
const SAFE_WORD = /^[A-Za-z0-9_@%+:,./-]+$/

/** An assignment is one only before the program's name, so further words may show `key=value` without quotes. */
const SAFE_LATER_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/

/** Words that start shell syntax when they come first; unquoted, a program of that name could not be run. */
const RESERVED_WORDS = new Set([
  'case',
  'coproc',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'select',
  'then',
  'time',
  'until',
  'while',
])

/** Half of a surrogate pair has no UTF-8 form: it would arrive as U+FFFD, which is not what was asked for. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** Renders argv for `sh`. Words that need no quotes stay bare, so that logs and messages remain readable. */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ')
}

function quoteWord(word: string, index: number): string {
  assertPassable(word, index)
  return isBare(word, index) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function isBare(word: string, index: number): boolean {
  return index === 0 ? SAFE_WORD.test(word) && !RESERVED_WORDS.has(word) : SAFE_LATER_WORD.test(word)
}

function assertPassable(word: string, index: number): void {
  const hasNul = word.includes('\0')
  if (!hasNul && !LONE_SURROGATE.test(word)) return
  throw new AppError(
    'invalid_input',
    `A command argument contains ${hasNul ? 'a NUL byte' : 'half of a surrogate pair'}, which no program can receive.`,
    {
      field: `argv.${index}`,
      rule: 'argv-passable',
    },
  )
}
