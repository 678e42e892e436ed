// What the console notes for whoever runs it. One per process, made where the process begins and handed on like the clock; what is decided
// (core) never logs. Lines of JSON, or of text where a person looks on. What an operator should read is an answer of the API, not a line here.

import pino, { type DestinationStream } from 'pino'
import { prettyFactory } from 'pino-pretty'
import { cleanFields } from './clean-fields'
import type { LogLevel } from './log-level'

/** `err` is what was thrown, with its causes. Names of fields are camelCase; nothing in them needs to be made safe before (clean-fields.ts). */
export interface LogFields {
  readonly err?: unknown
  readonly [name: string]: unknown
}

type Log = (message: string, fields?: LogFields) => void

export type Logger = Readonly<Record<LogLevel, Log>>

export interface LoggerOptions {
  /** Less important lines are left out. */
  readonly level: LogLevel
  readonly isTerminal: boolean
  readonly stream: DestinationStream
}

export function createLogger({ level, isTerminal, stream }: LoggerOptions): Logger {
  const lines = pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: cleanFields },
      // It is plain data by then.
      serializers: { err: (cleaned: unknown) => cleaned },
    },
    isTerminal ? inText(stream) : stream,
  )
  const at =
    (each: LogLevel): Log =>
    (message, fields = {}) =>
      lines[each](fields, message)
  return { fatal: at('fatal'), error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') }
}

function inText(stream: DestinationStream): DestinationStream {
  const print = prettyFactory({ colorize: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
  return { write: (line) => stream.write(print(line)) }
}

/** On stderr, written at once: the last line of a process that ends is the one that matters. */
export const openLog = (level: LogLevel): Logger =>
  createLogger({ level, isTerminal: process.stderr.isTTY === true, stream: pino.destination({ fd: 2, sync: true }) })
