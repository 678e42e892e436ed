// DNS header and the names that are asked for; answers are counted, not read. Names may point back into the message:
// pointers are followed only backwards, so a hostile message cannot make a loop.
//
// Rules: RFC 1035 sections 4.1.1 (header), 4.1.2 (question), 4.1.4 (compression), 2.3.4 (255 bytes per name).

import { printableText } from '../bytes'
import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface DnsLayer extends LayerBase {
  readonly protocol: 'dns'
  readonly id: number
  readonly isResponse: boolean
  readonly responseCode: number
  readonly questions: readonly DnsQuestion[]
  readonly answerCount: number
}

interface DnsQuestion {
  readonly name: string
  readonly type: string
}

/** Real messages ask one question; more than a few only cost time. */
const MAX_QUESTIONS = 16
const MAX_NAME_LENGTH = 255
const MAX_LABEL_LENGTH = 63
const POINTER_BITS = 0xc0

const typeNames = new Map<number, string>([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [255, 'ANY'],
])

export function decodeDns(reader: FieldReader): LayerStep<DnsLayer> | undefined {
  const start = reader.position
  const id = reader.u16('id')
  const flags = reader.raw(2)
  const isResponse = reader.part('response', (flags & 0x8000) !== 0)
  const responseCode = reader.part('responseCode', flags & 0x0f)
  const questionCount = reader.u16('questionCount')
  const answerCount = reader.u16('answerCount')
  reader.u16('authorityCount')
  reader.u16('additionalCount')
  const questions = reader.failure ? [] : readQuestions(reader, start, Math.min(questionCount, MAX_QUESTIONS))
  return reader.finish({ protocol: 'dns', id, isResponse, responseCode, questions, answerCount })
}

function readQuestions(reader: FieldReader, messageStart: number, count: number): DnsQuestion[] {
  return reader.section(reader.rest.length, (section) => {
    const questions: DnsQuestion[] = []
    for (let index = 0; index < count && !section.failure; index += 1) {
      const name = readName(section, messageStart)
      const type = section.u16('questionType')
      section.take(2)
      if (!section.failure) questions.push({ name, type: typeNames.get(type) ?? String(type) })
    }
    return questions
  })
}

function readName(section: FieldReader, messageStart: number): string {
  const found = nameAt(section.bytes, messageStart, section.position)
  section.take(found.length)
  if (found.labels === undefined) section.fail({ code: 'endless-name', params: {} })
  return section.part('questionName', found.labels?.join('.') || '.')
}

/** `length` counts the bytes in place, which end at the first pointer. */
function nameAt(bytes: Uint8Array, messageStart: number, start: number): { labels?: string[]; length: number } {
  const labels: string[] = []
  let position = start
  let runStart = start
  let inPlace: number | undefined
  for (let cost = 0; cost <= MAX_NAME_LENGTH; cost += 1) {
    const size = bytes[position]
    if (size === undefined) break
    if (size === 0) return { labels, length: inPlace ?? position + 1 - start }
    if ((size & POINTER_BITS) === POINTER_BITS) {
      inPlace ??= position + 2 - start
      const target = messageStart + (((size & ~POINTER_BITS) << 8) | (bytes[position + 1] ?? 0))
      if (target >= runStart) break
      position = runStart = target
    } else if (size > MAX_LABEL_LENGTH) {
      break
    } else {
      labels.push(printableText(bytes.subarray(position + 1, position + 1 + size)))
      position += 1 + size
      cost += size
    }
  }
  return { length: inPlace ?? 0 }
}
