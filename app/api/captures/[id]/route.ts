// Streams a kept capture: curl -sN …/api/captures/<id> | wireshark -k -i -

import { answerCapture } from '@/server/api/answer-capture'
import { getContext } from '@/server/api/context'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerCapture(request, getContext().store.captures, (await params).id)
}
