// A reading as it is stored: a line of JSON for the reading itself, then its lists in pieces of some hundred resources, a line each, all of
// it compressed. In pieces, because tens of thousands of flows in one go would hold up everybody else; compressing has a thread of its own.

import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { readObservation } from '@/server/core/host/stored'
import { invariant } from '@/server/core/invariant'
import { inSlices } from '../in-slices'
import { readJson, writeJson } from './json'

/** Of 5.0 MB of JSON with 20,000 flows it makes 298 kB in 25 ms; quality 5 201 kB in 90 ms, gzip at its third level 322 kB in 20 ms. */
const QUALITY = 2
/** Written in half a millisecond. */
const PIECE = 250

const STATES = ['state', 'unseen'] as const
type Piece = readonly [state: (typeof STATES)[number], list: string, resources: readonly unknown[]]
/** A reading whose states have no lists yet. */
type Draft = { readonly [S in (typeof STATES)[number]]?: Record<string, unknown> }

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

export async function packReading(observation: HostObservation): Promise<Uint8Array<ArrayBuffer>> {
  const text = Buffer.concat(await inSlices(toLines(observation)))
  return new Uint8Array(await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }))
}

export async function unpackReading(packed: Uint8Array): Promise<HostObservation> {
  return readObservation(complete(await inSlices(fromLines(await decompress(packed)))))
}

/** As readings were stored before they were packed. */
export const readPlainReading = (text: Uint8Array): HostObservation =>
  readObservation(complete(readJson<HostObservation>(Buffer.from(text).toString())))

function* toLines(observation: HostObservation): Generator<void, readonly Buffer[]> {
  const { state, unseen } = observation
  const lines = [toLine({ ...observation, state: withoutLists(state), ...(unseen && { unseen: withoutLists(unseen) }) })]
  for (const name of STATES) {
    for (const [list, resources] of Object.entries(observation[name] ?? {})) {
      for (let start = 0; Array.isArray(resources) && start < resources.length; start += PIECE) {
        lines.push(toLine([name, list, resources.slice(start, start + PIECE)] satisfies Piece))
        yield
      }
    }
  }
  return lines
}

const toLine = (value: unknown): Buffer => Buffer.from(`${writeJson(value)}\n`)

function* fromLines(text: Buffer): Generator<void, HostObservation> {
  const [first, ...rest] = lineEnds(text)
  const draft = readJson<Draft>(text.toString('utf8', 0, first))
  let start = (first ?? 0) + 1
  for (const end of rest) {
    const [name, list, resources] = readJson<Piece>(text.toString('utf8', start, end))
    const state = draft[name]
    invariant(state, `a stored reading has no ${name} for its ${list}`)
    ;((state[list] ??= []) as unknown[]).push(...resources)
    start = end + 1
    yield
  }
  return draft as unknown as HostObservation
}

/** JSON has no line break of its own. */
function lineEnds(text: Buffer): readonly number[] {
  const ends: number[] = []
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) ends.push(end)
  return ends
}

const withoutLists = (state: HostState): object => Object.fromEntries(Object.entries(state).filter(([, value]) => !Array.isArray(value)))

/** Lists that are empty are not stored, nor are kinds of resource that there were not when the reading was taken. */
const complete = (stored: HostObservation): HostObservation => ({
  ...stored,
  state: { ...emptyHostState, ...stored.state },
  ...(stored.unseen && { unseen: { ...emptyHostState, ...stored.unseen } }),
})
